"""The editor of a name: several lines, and below it the indicators that answer to what is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from models.indicators.indicator_library import Entry
from ui.editor.table.cell_editors import TextEditor, is_enter
from ui.widgets.style import characters

LIST_NAME = "三级指标候选"
WITH_VALUE = "↓ 选择，Enter 选用；Ctrl+Enter 连同括号里的往年指标值一起选用"
_PAUSE = 40
"""Milliseconds after a key until what answers to the text is looked for: the key is shown first."""
_THROUGH = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up})
_CLOSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class _Offers(QListView):
    """Never has the keyboard: the composition in the editor must not break off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = QStandardItemModel(self)
        self._count = 0
        self.setModel(self._lines)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(LIST_NAME)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAutoFillBackground(True)
        self.hide()

    def fill(self, entries: Sequence[Entry]) -> None:
        self._lines.clear()
        self._count = len(entries)
        for entry in entries:
            value = f"{entry.year or '往'} 年 {entry.value}" if entry.value else ""
            about = "　".join(filter(None, (value, entry.tier2, f"{entry.sign}{entry.unit}", entry.description)))
            item = QStandardItem(f"{entry.name}　（{about}）" if about else entry.name)
            item.setToolTip(f"{item.text()}\n来源：{entry.source}" if entry.source else item.text())
            self._lines.appendRow(item)
        if any(entry.value for entry in entries):
            heading = QStandardItem(WITH_VALUE)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self._lines.appendRow(heading)

    def count(self) -> int:
        """How many can be picked; a line that names the keys may stand below them."""
        return self._count

    def marked(self) -> int:
        """The marked line, -1 where none is."""
        return self.currentIndex().row()

    def mark(self, row: int) -> str:
        """Marks that line; its words."""
        index = self._lines.index(row, 0)
        self.setCurrentIndex(index)
        return str(index.data() or "")

    def place_at(self, editor: QWidget) -> None:
        """Below the editor, above it where the window ends."""
        rows = min(self._lines.rowCount(), 9) * (self.sizeHintForRow(0) if self.count() else 0) + 2 * self.frameWidth()
        window = self.parentWidget() or self.window()
        wanted = self.sizeHintForColumn(0) + 2 * self.frameWidth() + characters(self, 1)
        width = min(max(editor.width(), wanted), window.width())
        below = editor.mapTo(window, QPoint(0, editor.height()))
        above = editor.mapTo(window, QPoint(0, 0)).y() - rows
        top = below.y() if below.y() + rows <= window.height() or above < 0 else above
        self.setGeometry(max(0, min(below.x(), window.width() - width)), top, width, rows)


class NameEditor(TextEditor):
    """↓ and ↑ go through the list, Enter or Tab takes the marked line, Ctrl+Enter takes it with the value used last; F4
    shows the list of a text as it stands."""

    picked = Signal(object, bool)
    """The entry, and whether its value is wanted, too."""

    def __init__(self, suggest: Callable[[str], Sequence[Entry]], parent: QWidget) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._entries: Sequence[Entry] = ()
        self._last = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.offer)
        self._offers = _Offers(parent.window())
        self._offers.clicked.connect(lambda index: self._pick(index.row()))
        self.destroyed.connect(self._offers.deleteLater)
        self.textChanged.connect(self._typed)

    @property
    def offers(self) -> _Offers:
        return self._offers

    def show_text(self, text: str) -> None:
        self._last = text
        super().show_text(text)

    @property
    def is_waiting(self) -> bool:
        """Whether what answers to the text is still to be looked for."""
        return self._pause.isActive()

    def _typed(self) -> None:
        text = self.text()
        if text == self._last or self.preedit:
            return  # only its layout changed, or the composition; one that a click ends must not open a list under the mouse
        self._last = text
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._offers.hide()

    def offer(self) -> None:
        """Shows what answers to the text; nothing where it is the only answer itself."""
        self._pause.stop()
        text = self.text().strip()
        self._entries = self._suggest(text)
        if not self._entries or [entry.name for entry in self._entries] == [text]:
            self._offers.hide()
            return
        self._offers.fill(self._entries)
        self._offers.place_at(self)
        self._offers.show()
        self._offers.raise_()
        self.setAccessibleDescription(f"{len(self._entries)} 个候选，按 ↓ 选择")

    def takes_key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key = event.key()
        if key == Qt.Key.Key_F4:
            self.offer()
            return True
        if self._pause.isActive() and key in _THROUGH:
            self.offer()  # who strikes ↓ at once goes into the list of what was typed
        chosen = self._offers.marked()
        if not self._offers.isVisible():
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and is_enter(event) and chosen >= 0:
            self._pick(chosen, with_value=True)
            return True
        if held:
            return False
        if key in _THROUGH:
            by = 1 if key == Qt.Key.Key_Down else -1
            # One place more than lines: none is marked, and Enter takes what is typed.
            self._mark((chosen + 1 + by) % (self._offers.count() + 1) - 1)
            return True
        if chosen < 0:
            return False
        if key == Qt.Key.Key_Escape:
            self._offers.hide()
            return True
        if key in _CLOSING or is_enter(event):
            self._pick(chosen)
            return True
        return False

    def _mark(self, row: int) -> None:
        self.setAccessibleDescription(self._offers.mark(row))

    def _pick(self, row: int, with_value: bool = False) -> None:
        if row < len(self._entries):  # the last line may be one that only names the keys
            entry = self._entries[row]
            self._offers.hide()
            self.picked.emit(entry, with_value)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow()

    def follow(self) -> None:
        """The list stays beside the editor."""
        if self._offers.isVisible():
            self._offers.place_at(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()
        self._offers.hide()
