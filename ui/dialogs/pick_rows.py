"""A dialog to pick from many rows: groups at the left, a search box, and the rows to tick at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.pinyin import matches
from ui.dialogs import buttons
from ui.style import characters, hint, labelled, roomy

_ALL = "全部"
_Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row to pick. `group`: where it stands in the tree, from the outermost; `texts`: its cells, the first is searched."""

    group: _Group
    texts: tuple[str, ...]
    value: object


@dataclass(frozen=True, slots=True)
class Wording:
    """What the dialog says. `shares`: how the columns share the width; `several`: whether more than one may be picked."""

    title: str
    explanation: str
    groups: str
    rows: str
    headers: tuple[str, ...]
    shares: tuple[int, ...]
    accept: str
    empty: str
    several: bool = True


class _Rows(QTreeWidget):
    """Its columns share the width there is; what does not fit ends in «…» and is told by the tool tip."""

    def __init__(self, shares: Sequence[int]) -> None:
        super().__init__()
        self._shares = shares

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(self._shares[:-1]):  # the last one takes the rest
            self.header().resizeSection(column, width * share // sum(self._shares))


class PickRows(QDialog):
    """Space ticks a row, Enter takes the ticked ones, or the current row where none is ticked."""

    def __init__(self, wording: Wording, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording, self._choices = wording, choices
        self.setWindowTitle(wording.title)
        self.search = QLineEdit()
        self.search.setPlaceholderText("输入文字或拼音首字母")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.groups, self.rows = self._group_tree(), self._row_tree()
        self._told = QLabel()
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(hint(wording.explanation))
        column.addWidget(labelled("查找", self.search))
        column.addWidget(self.search)
        column.addWidget(self._halves(), 1)
        column.addWidget(self._told)
        box = buttons(wording.accept)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self._accept = next(b for b in box.buttons() if box.buttonRole(b) == QDialogButtonBox.ButtonRole.AcceptRole)
        column.addWidget(box)
        room = self.screen().availableSize() * 0.9
        self.resize(min(characters(self, 64), room.width()), min(characters(self, 34), room.height()))
        self._filter()
        self.search.setFocus()

    def picked(self) -> list[object]:
        """The values of the ticked rows in their order, or of the current one."""
        items = [self.rows.topLevelItem(at) for at in range(self.rows.topLevelItemCount())]
        ticked = [c.value for item, c in zip(items, self._choices, strict=True) if _is_ticked(item)]
        current = self.rows.currentItem()
        if ticked or current is None or current.isHidden():
            return ticked
        return [self._choices[self.rows.indexOfTopLevelItem(current)].value]

    # Making it

    def _halves(self) -> QSplitter:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        for text, tree in ((self._wording.groups, self.groups), (self._wording.rows, self.rows)):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(labelled(text, tree))
            column.addWidget(tree)
            halves.addWidget(side)
        halves.setStretchFactor(1, 1)
        halves.setSizes([characters(self, 15), characters(self, 47)])
        return halves

    def _group_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        made: dict[_Group, QTreeWidgetItem] = {(): QTreeWidgetItem(tree, [f"{_ALL}（{len(self._choices)}）"])}
        made[()].setData(0, Qt.ItemDataRole.UserRole, ())
        for choice in self._choices:
            for depth in range(1, len(choice.group) + 1):
                group = choice.group[:depth]
                if group not in made:
                    count = sum(each.group[:depth] == group for each in self._choices)
                    words = [f"{group[-1] or '（未填）'}（{count}）"]
                    made[group] = QTreeWidgetItem(made[group[:-1]] if depth > 1 else tree, words)
                    made[group].setData(0, Qt.ItemDataRole.UserRole, group)
        tree.expandAll()
        tree.setCurrentItem(made[()])
        tree.currentItemChanged.connect(lambda _now, _before: self._filter())
        return tree

    def _row_tree(self) -> QTreeWidget:
        tree = _Rows(self._wording.shares)
        tree.setRootIsDecorated(False)
        tree.setAllColumnsShowFocus(True)
        tree.setHeaderLabels(self._wording.headers)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for choice in self._choices:
            item = QTreeWidgetItem(tree, [" ".join(text.split("\n")) for text in choice.texts])
            for column, text in enumerate(choice.texts):
                item.setToolTip(column, text)
            if self._wording.several:
                item.setCheckState(0, Qt.CheckState.Unchecked)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tree.itemChanged.connect(lambda _item, _column: self._tell())
        tree.currentItemChanged.connect(lambda _now, _before: self._tell())
        tree.itemDoubleClicked.connect(lambda _item, _column: self.accept())
        return tree

    # Using it

    def _filter(self) -> None:
        """Shows the rows of the chosen group that answer to the search."""
        chosen = self.groups.currentItem()
        group: _Group = chosen.data(0, Qt.ItemDataRole.UserRole) if chosen else ()
        group, wanted, first = tuple(group), self.search.text(), None
        for at, choice in enumerate(self._choices):
            item = self.rows.topLevelItem(at)
            shown = choice.group[: len(group)] == group and matches(choice.texts[0], wanted) is not None
            item.setHidden(not shown)
            first = first or (item if shown else None)
        current = self.rows.currentItem()
        if current is None or current.isHidden():
            self.rows.setCurrentItem(first)
        self._tell()

    def _tell(self) -> None:
        if not hasattr(self, "_accept"):
            return
        count = len(self.picked())
        rows = [self.rows.topLevelItem(at) for at in range(self.rows.topLevelItemCount())]
        shown = sum(not item.isHidden() for item in rows)
        words = f"显示 {shown} 条，将采用 {count} 条" if shown else "没有符合的，请换一个词或另选一类。"
        self._told.setText(words if self._choices else self._wording.empty)
        self._accept.setEnabled(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._accept.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)


def _is_ticked(item: QTreeWidgetItem) -> bool:
    return item.checkState(0) == Qt.CheckState.Checked
