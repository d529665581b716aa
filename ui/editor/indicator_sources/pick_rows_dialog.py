"""A dialog to pick from many rows: groups at the left, a search box, and the rows to tick at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QTreeView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.indicators.indicator_library import Entry
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.keys import press_focused
from ui.widgets.lines_model import Index, LinesModel
from ui.widgets.parts import halves_of, push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.shared_table import SharedColumns, show_tree_of_lines
from ui.widgets.style import hint, labelled

if TYPE_CHECKING:
    from models.indicators.indicator_search import IndicatorIndex

_ALL = "全部"
PRESENT = "✓ 已有"
_Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row to pick. `group`: where it stands in the tree, from the outermost; `texts`: its cells, of which the first two are
    searched; `present`: the project has it, so that it cannot be picked; `quick`: among those the quick button ticks."""

    group: _Group
    texts: tuple[str, ...]
    value: object
    present: bool = False
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What the dialog says. `shares`: how the columns share the width; `several`: whether more than one may be picked;
    `quick`: the words of the button that ticks the choices marked so, "" for none."""

    title: str
    explanation: str
    groups: str
    rows: str
    headers: tuple[str, ...]
    shares: tuple[int, ...]
    accept: str
    empty: str
    several: bool = True
    quick: str = ""


class RowsModel(LinesModel):
    """The places of the choices that are shown, in their order, and which of all of them are ticked."""

    lines: Sequence[int]
    ticked_some = Signal()

    def __init__(self, wording: Wording, choices: Sequence[Choice]) -> None:
        super().__init__(wording.headers)
        self._wording, self._choices = wording, choices
        self.ticked: set[int] = set()

    def tick(self, places: Sequence[int], on: bool = True) -> None:
        """Ticks choices, shown or not; one that is present already cannot be."""
        free = {place for place in places if not self._choices[place].present}
        self.ticked = self.ticked | free if on else self.ticked - free
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0))
        self.ticked_some.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place, column = self.lines[index.row()], index.column()
        choice, roles = self._choices[place], Qt.ItemDataRole
        if role == roles.DisplayRole:
            text = " ".join(choice.texts[column].split("\n"))
            return f"{PRESENT}　{text}" if choice.present and column == 0 else text
        if role == roles.ToolTipRole:
            return choice.texts[column]
        if role == roles.CheckStateRole and column == 0 and self._wording.several and not choice.present:
            return Qt.CheckState.Checked if place in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.lines[index.row()]], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        free = not self._choices[self.lines[index.row()]].present
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 and free else flags


class _Rows(SharedColumns, QTreeView):
    """What does not fit is shown in the tool tip."""

    def __init__(self, shares: Sequence[int]) -> None:
        super().__init__()
        self.shares = shares
        show_tree_of_lines(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Wherever in the row the mouse was, the space bar ticks the row.
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            first = current.siblingAtColumn(0)
            state = first.data(Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                on = Qt.CheckState(state) == Qt.CheckState.Unchecked
                value = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                self.model().setData(first, value, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)


class PickRows(ProgramDialog):
    """Space ticks a row, Enter takes the ticked ones, or the current row where none is ticked."""

    def __init__(
        self,
        wording: Wording,
        choices: Sequence[Choice],
        parent: QWidget | None = None,
        coverage: Mapping[_Group, str] | None = None,
    ) -> None:
        """`coverage`: what is said of a group behind its name and number."""
        super().__init__(wording.title, parent, help_place="table#sources")
        self._wording, self._choices, self._coverage = wording, choices, coverage or {}
        self._index: IndicatorIndex | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("几个词（不分先后）、拼音或首字母，空格隔开")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.model = RowsModel(wording, choices)
        self.groups, self.rows = self._group_tree(), self._row_tree()
        self._message, self._detail = sentence(), hint("")
        self._detail.setAccessibleName("所选一行的全文")
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._detail.setFixedHeight(hint("字\n字").sizeHint().height())
        roomy_column(
            self,
            hint(wording.explanation),
            side_by_side(labelled("查找", self.search), (self.search, 1)),
            (halves_of((wording.groups, self.groups, 28), (wording.rows, self.rows, 72)), 1),
            self._detail,
            self._message,
            self._buttons(),
        )
        self.resize_within_screen(80, 42, 0.9)
        self._filter()
        self.search.setFocus()

    def picked(self) -> list[object]:
        """The values of the ticked rows in their order, or of the current one."""
        if self.model.ticked:
            return [choice.value for place, choice in enumerate(self._choices) if place in self.model.ticked]
        current = self.rows.currentIndex()
        choice = self._choices[self.model.lines[current.row()]] if current.isValid() else None
        return [choice.value] if choice and not choice.present else []

    # Making it

    def _buttons(self) -> QDialogButtonBox:
        box = AnswerButtons(self, self._wording.accept)
        if self._wording.quick:
            marked = [place for place, choice in enumerate(self._choices) if choice.quick]
            quick = push_button(self._wording.quick, lambda: self.model.tick(marked))
            quick.setEnabled(bool(marked))
            box.addButton(quick, QDialogButtonBox.ButtonRole.ActionRole)
        self._accept = box.accept
        return box

    def _group_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        counts: dict[_Group, int] = {}
        for choice in self._choices:
            for depth in range(len(choice.group) + 1):
                counts[choice.group[:depth]] = counts.get(choice.group[:depth], 0) + 1
        made: dict[_Group, QTreeWidgetItem] = {(): QTreeWidgetItem(tree, [f"{_ALL}　{len(self._choices)}"])}
        made[()].setData(0, Qt.ItemDataRole.UserRole, ())
        for choice in self._choices:
            for depth in range(1, len(choice.group) + 1):
                group = choice.group[:depth]
                if group not in made:
                    line = "　".join(filter(None, (group[-1], str(counts[group]), self._coverage.get(group, ""))))
                    made[group] = QTreeWidgetItem(made[group[:-1]] if depth > 1 else tree, [line])
                    made[group].setData(0, Qt.ItemDataRole.UserRole, group)
                    made[group].setToolTip(0, line)
        tree.expandAll()
        tree.setCurrentItem(made[()])
        tree.currentItemChanged.connect(lambda _now, _before: self._filter())
        return tree

    def _row_tree(self) -> _Rows:
        view = _Rows(self._wording.shares)
        view.setModel(self.model)
        self.model.ticked_some.connect(self._tell)
        view.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        view.doubleClicked.connect(lambda _index: self._take())
        return view

    # Using it

    def _found(self) -> list[int]:
        """The places of the choices that answer to the search, the best first; all in their order where it is empty."""
        text = self.search.text().strip()
        if not text:
            return list(range(len(self._choices)))
        from models.indicators.indicator_search import IndicatorIndex

        if self._index is None:
            self._index = IndicatorIndex(
                Entry("", "", *_name_and_description(choice.texts)) for choice in self._choices
            )
        return self._index.places(text)

    def _filter(self) -> None:
        """Shows the rows of the chosen group that answer to the search."""
        chosen = self.groups.currentItem()
        group: _Group = tuple(chosen.data(0, Qt.ItemDataRole.UserRole) or ()) if chosen else ()
        current = self.rows.currentIndex()
        before = self.model.lines[current.row()] if current.isValid() else -1
        found = [place for place in self._found() if self._choices[place].group[: len(group)] == group]
        self.model.show_lines(found)
        if found:
            free = next((row for row, place in enumerate(found) if not self._choices[place].present), 0)
            row = found.index(before) if before in found and not self.search.text() else free
            self.rows.setCurrentIndex(self.model.index(row, 0))
        self._tell()

    def _tell(self) -> None:
        if not hasattr(self, "_accept"):
            return
        current, picked = self.rows.currentIndex(), self.picked()
        self._message.setText(self._what_comes(bool(picked)) if self._choices else self._wording.empty)
        texts = self._choices[self.model.lines[current.row()]].texts if current.isValid() else ()
        pairs = zip(self._wording.headers, (" ".join(text.split()) for text in texts), strict=False)
        self._detail.setText("　".join(f"{head}：{text}" for head, text in pairs if text))
        self._accept.setEnabled(bool(picked))

    def _what_comes(self, some: bool) -> str:
        """How many rows are shown, and what the button will do."""
        shown, ticked = len(self.model.lines), len(self.model.ticked)
        there = f"列出 {shown} 条" if shown else "没有符合的，请换一个词或另选一类"
        if ticked:
            hidden = len(self.model.ticked.difference(self.model.lines))
            beyond = f"，其中 {hidden} 条现在没有列出" if hidden else ""
            return f"{there}。已勾选 {ticked} 条，按「{self._wording.accept}」就用这 {ticked} 条{beyond}。"
        if not some:
            return f"{there}。" + ("光标所在的一条已有，请另选。" if shown else "")
        return f"{there}。没有勾选，按「{self._wording.accept}」只用光标所在的这一条。"

    def _take(self) -> None:
        if self._accept.isEnabled():
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not press_focused(event):
                self._take()
        else:
            super().keyPressEvent(event)


def _name_and_description(texts: Sequence[str]) -> tuple[str, str]:
    name, description = (*texts, "", "")[:2]
    return name, description
