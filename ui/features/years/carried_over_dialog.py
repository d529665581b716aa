"""沿用上年的内容: every amount and value still as last year had it, the way there, and its confirmation."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.document.places import place_words
from models.session.session import Session
from ui.editor.carried_over_lines import confirm, confirm_all
from ui.editor.field_places import value_at
from ui.widgets.keys import EnterOpens
from ui.widgets.parts import push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ListDialog
from ui.widgets.shared_table import show_tree_of_lines
from ui.widgets.style import characters, hint, labelled
from ui.widgets.view_options import tree_item

_PATH = Qt.ItemDataRole.UserRole
_HEADERS = ("位置", "项目或指标", "沿用的内容")


class _Lines(EnterOpens, QTreeWidget):
    """Enter goes to the field, Space confirms."""

    confirmed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)


class CarriedOverDialog(ListDialog):
    """Stays open above the window. `wanted`: the path of the field to go to."""

    wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("沿用上年的内容", parent, help_place="rollover#carried_over")
        self._session = session
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.lines = _Lines()
        show_tree_of_lines(self.lines)
        self.lines.setHeaderLabels(_HEADERS)
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.lines.opened.connect(self._go)
        self.lines.confirmed.connect(self.confirm_chosen)
        self.lines.itemDoubleClicked.connect(lambda _item, _column: self._go())
        self._message = sentence()
        wanted = (("到那一处", self._go), ("确认所选", self.confirm_chosen), ("全部确认", self.confirm_all))
        self._needing = [push_button(text, done) for text, done in wanted]
        roomy_column(
            self,
            hint("回车到那一处修改，空格确认它今年照用；改过或确认后从这里消失。确认可以撤销。"),
            labelled("沿用上年，待确认", self.lines),
            (self.lines, 1),
            self._message,
            side_by_side(1, *self._needing, push_button("关闭", self.close)),
        )
        self.resize_within_screen(46, 26)
        self.lines.setColumnWidth(0, characters(self, 15))
        self.lines.setColumnWidth(1, characters(self, 16))
        self._stop = session.subscribe(lambda _change: self._fill())
        self.finished.connect(lambda _result: self._stop())
        self._fill()

    def _fill(self) -> None:
        """The marks there are; the line after the one that goes is the next."""
        marks = self._session.draft.provenance.carried_over
        left = frozenset(marks)
        at, before = self._current(), self.lines.topLevelItemCount()
        for row in reversed(range(self.lines.topLevelItemCount())):
            if tree_item(self.lines, row).data(0, _PATH) not in left:
                self.lines.takeTopLevelItem(row)
        if self.lines.topLevelItemCount() != len(marks):
            self._refill(marks)
        count = self.lines.topLevelItemCount()
        if count and count != before:
            self.lines.setCurrentItem(tree_item(self.lines, min(at, count - 1)))
        self._message.setText(f"还有 {count} 处。" if count else "没有沿用上年而未确认的内容。")
        for button in self._needing:
            button.setEnabled(bool(count))

    def _current(self) -> int:
        item = self.lines.currentItem()
        return max(self.lines.indexOfTopLevelItem(item), 0) if item else 0

    def _refill(self, marks: tuple[str, ...]) -> None:
        self.lines.clear()
        items, words_of = [], place_words(self._session.document)
        for path in marks:
            texts = (words_of(path), self._text(f"{path.rpartition('.')[0]}.name"), self._text(path))
            item = QTreeWidgetItem(texts)
            item.setData(0, _PATH, path)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
            items.append(item)
        self.lines.addTopLevelItems(items)

    def _text(self, path: str) -> str:
        return str(value_at(self._session, path) or "").replace("\n", " ")

    def _go(self) -> None:
        item = self.lines.currentItem()
        if item is not None:
            self.wanted.emit(item.data(0, _PATH))

    def confirm_chosen(self) -> None:
        """Those selected; one undo step."""
        confirm(self._session, tuple(item.data(0, _PATH) for item in self.lines.selectedItems()))

    def confirm_all(self) -> None:
        confirm_all(self._session, self)
