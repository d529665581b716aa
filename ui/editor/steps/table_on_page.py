"""Keeps the current cell of a table in view on the page around it, and moves the page no further than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication

from ui.widgets.style import characters

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea

    from ui.editor.table.indicator_view import IndicatorView

_STAYS = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class TableOnPage(QObject):
    """Whoever comes to the table, or adds rows to it, is shown as much of it as the page can; a row that only grows with its
    text leaves the page where it is, as long as the current cell is seen."""

    placed = Signal()
    """The table has another place or size."""

    def __init__(self, page: QScrollArea, table: IndicatorView) -> None:
        super().__init__(page)
        self._page, self._table = page, table
        self._is_here = self._shows_whole = False
        """Whether the keyboard is in the table; whether as much of it as possible is to be seen."""
        table.cell_focused.connect(self._come)
        table.grown.connect(self.show_table)
        bar = page.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: table.follow_editor())
        # The page has its new height when it is laid out with the table's.
        bar.rangeChanged.connect(lambda _least, _most: self.show_cell())
        table.installEventFilter(self)

    def _come(self, _path: str) -> None:
        self._shows_whole = self._shows_whole or not self._is_here
        self._is_here = self._table.has_keyboard()
        self.show_cell()

    def show_table(self) -> None:
        """As much of the table as the page can show, and the current cell in any case."""
        self._shows_whole = True
        self.show_cell()

    def show_cell(self) -> None:
        """The current cell; the table itself scrolls within its own height."""
        table, page = self._table, self._page
        if not table.has_keyboard():
            return
        cell = table.visualRect(table.currentIndex())
        place = QRect(table.viewport().mapTo(page.widget(), QPoint(cell.left(), cell.top())), cell.size())
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # Under a pressed button nothing but the cell may move the page: a second click would meet another one.
            self._shows_whole = False
        if self._shows_whole:
            top = table.mapTo(page.widget(), QPoint(0, 0)).y()
            for edge in (top + table.height(), top):
                page.ensureVisible(place.center().x(), edge, 0, characters(page, 0.5))
        elif page.viewport().rect().contains(place.translated(page.widget().pos())):
            return
        page.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + characters(page, 2))

    def _follow(self) -> None:
        self.placed.emit()
        self.show_cell()
        self._table.follow_editor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rows that were added make the table higher, and a line above it moves it: the cell is shown all the same."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            QTimer.singleShot(0, self, self._follow)
        elif event.type() == QEvent.Type.KeyPress:
            self._shows_whole = False  # from here on it is work in the cells that makes the table higher
        elif isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS:
            self._is_here = self._table.has_keyboard()
        return super().eventFilter(watched, event)
