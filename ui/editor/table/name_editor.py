"""The editor of a name: several lines, and below it the indicators that answer to what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMoveEvent,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.indicators.indicator_library import Entry
from ui.editor.table.cell_editors import TextEditor
from ui.widgets.keys import is_enter
from ui.widgets.style import characters
from ui.widgets.view_options import ViewOption, option_of

LIST_NAME = "三级指标候选"
WITH_VALUE = "↓ 选择，Enter 选用；Ctrl+Enter 连同括号里的指标值一起选用"
_PAUSE = 40
"""Milliseconds after a key until what answers to the text is looked for: the key is shown first."""
_THROUGH = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up})
_CLOSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class _Line(QStyledItemDelegate):
    """Paints a line once and shows its picture from then on: each key that makes the name a line longer moves the list."""

    def __init__(self, view: _Offers) -> None:
        super().__init__(view)
        self._view = view
        self._pictures: dict[tuple[int, bool, int], QPixmap] = {}
        """By row, whether it is marked, and width."""

    def forget(self) -> None:
        """Other lines are shown from now on, or the same in another look."""
        self._pictures.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place = option_of(option).rect
        key = (index.row(), index.row() == self._view.marked(), place.width())
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._picture(option_of(option), index, marked=key[1])
        painter.drawPixmap(place.topLeft(), picture)

    def _picture(self, line: ViewOption, index: QModelIndex | QPersistentModelIndex, *, marked: bool) -> QPixmap:
        ratio, place = self._view.devicePixelRatioF(), QRect(QPoint(), line.rect.size())
        picture = QPixmap(place.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        ground, role = QPalette.ColorRole.Base, QPalette.ColorRole.Text
        if marked:
            ground, role = QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText
        elif not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            role = QPalette.ColorRole.PlaceholderText
        with QPainter(picture) as painter:
            painter.fillRect(place, line.palette.brush(ground))
            painter.setPen(line.palette.color(role))
            painter.setFont(line.font)
            beside = line.fontMetrics.height() // 3
            room = place.adjusted(beside, 0, -beside, 0)
            words = line.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return picture


class _Offers(QListView):
    """Never has the keyboard: the composition in the editor must not break off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = QStandardItemModel(self)
        self._count = 0
        self._wanted = QSize()
        """Of its lines, measured once for all the places the list is put while they stay."""
        self.is_above = False
        """Whether it stands above the editor, whose last line it cannot cover there."""
        self._line = _Line(self)
        self.setItemDelegate(self._line)
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
        self._line.forget()
        self._count, self._wanted = len(entries), QSize()
        for entry in entries:
            when = f"{entry.year} 年" if entry.year else "往年" if entry.uses else entry.source
            value = f"{when} {entry.value}" if entry.value else ""
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
        """Below the editor, above it where the window ends; where it has room on neither side on the larger one, and scrolls."""
        if not self._wanted.isValid():
            self._wanted = self._measured()
        window, rows = self.parentWidget() or self.window(), self._wanted.height()
        width = min(max(editor.width(), self._wanted.width()), window.width())
        place = QRect(editor.mapTo(window, QPoint(0, 0)), editor.size())
        above, below = place.top(), window.height() - place.bottom() - 1
        self.is_above = below < rows and (above >= rows or above > below)
        rows = min(rows, above if self.is_above else below)
        top = above - rows if self.is_above else place.bottom() + 1
        self.setGeometry(max(0, min(place.left(), window.width() - width)), top, width, rows)

    def _measured(self) -> QSize:
        frame = 2 * self.frameWidth()
        height = min(self._lines.rowCount(), 9) * (self.sizeHintForRow(0) if self.count() else 0)
        return QSize(self.sizeHintForColumn(0) + frame + characters(self, 1), height + frame)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._wanted = QSize()  # another type size
        self._line.forget()


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
        self._is_growing = False
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self.follow)
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
            self._close_list()

    def offer(self) -> None:
        """Shows what answers to the text; nothing where it is the only answer itself."""
        self._pause.stop()
        text = self.text().strip()
        self._entries = self._suggest(text)
        if not self._entries or [entry.name for entry in self._entries] == [text]:
            self._close_list()
            return
        self._offers.fill(self._entries)
        # With room for the next line, so that the list below does not move while one types.
        self.reserved = self.text_room() + self.fontMetrics().lineSpacing()
        self.grown.emit()
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
            self._close_list()
            return True
        if key in _CLOSING or is_enter(event):
            self._pick(chosen)
            return True
        return False

    def _close_list(self) -> None:
        self._offers.hide()
        if self.reserved:
            self.reserved = 0
            self.grown.emit()

    def _mark(self, row: int) -> None:
        self.setAccessibleDescription(self._offers.mark(row))

    def _pick(self, row: int, with_value: bool = False) -> None:
        if row < len(self._entries):  # the last line may be one that only names the keys
            entry = self._entries[row]
            self._offers.hide()
            self.picked.emit(entry, with_value)

    def _grow(self) -> None:
        before, self._is_growing = self._is_growing, True
        super()._grow()
        self._is_growing = before

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._moved()

    def _moved(self) -> None:
        """A key that makes the name a line longer is shown first where the list hides no more than the first line meanwhile."""
        if not (self._is_growing and self._offers.is_above):
            self.follow()
        elif not self._later.isActive():
            self._later.start()

    def follow(self) -> None:
        """The list stays beside the editor."""
        self._later.stop()
        if self._offers.isVisible():
            self._offers.place_at(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()
        self._later.stop()
        self._offers.hide()
