"""The handle at the corner of the chosen cells that fills down, as in Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen

if TYPE_CHECKING:
    from ui.editor.table.indicator_table import IndicatorTable


class CellHandles:
    """Drawn over the cells; where there is nothing to press, the view handles the mouse as ever."""

    def __init__(self, view: IndicatorTable) -> None:
        self._view = view
        self._until = -1
        """The row the fill handle was dragged to, -1 while it is not."""

    # Where they are

    def handle(self) -> QRect:
        """At the lower right corner of the selected cells."""
        area = self._area()
        if not area or not self._is_free():
            return QRect()
        bottom, right = area[2], area[3]
        cell = self._view.visualRect(self._view.indicators.index(bottom, right))
        side = max(6, self._view.fontMetrics().height() // 3)
        return QRect(cell.right() - side + 1, cell.bottom() - side + 1, side, side)

    def _is_free(self) -> bool:
        return self._view.indicators.is_editable and self._view.editor is None

    def _area(self) -> tuple[int, int, int, int] | None:
        """Top, left, bottom and right of the selected cells; None where they are no rectangle."""
        cells = self._view.selected_cells()
        if not cells:
            return None
        rows, columns = {row for row, _ in cells}, {column for _, column in cells}
        top, left, bottom, right = min(rows), min(columns), max(rows), max(columns)
        whole = (bottom - top + 1) * (right - left + 1) == len(cells)
        return (top, left, bottom, right) if whole else None

    # The mouse

    def press(self, event: QMouseEvent) -> bool:
        """Whether the press was for it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        place = event.position().toPoint()
        if self.handle().contains(place):
            self._until = self._area_bottom()
            return True
        return False

    def move(self, event: QMouseEvent) -> bool:
        """Whether the handle is being dragged; without a button, the pointer shows what a press would do."""
        place = event.position().toPoint()
        if self._until >= 0:
            row = self._view.rowAt(place.y())
            last = self._view.indicators.rowCount() - 1
            self._until = max(row if row >= 0 else last, self._area_bottom())
            self._view.viewport().update()
            return True
        self._show_pointer(place)
        return False

    def release(self) -> bool:
        """Whether it ended what was begun at it."""
        if self._until >= 0:
            until, self._until = self._until, -1
            area = self._area()
            self._view.viewport().update()
            if area and until > area[2]:
                self._view.fill_on(area, until)
            return True
        return False

    def _area_bottom(self) -> int:
        area = self._area()
        return area[2] if area else -1

    def _show_pointer(self, place: QPoint) -> None:
        shapes = Qt.CursorShape
        shape = shapes.CrossCursor if self.handle().contains(place) else shapes.ArrowCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)

    # Painting

    def paint(self, painter: QPainter) -> None:
        palette = self._view.palette()
        handle = self.handle()
        if not handle.isEmpty() and self._view.hasFocus():
            painter.fillRect(handle, palette.color(QPalette.ColorRole.Base))
            painter.fillRect(handle.adjusted(1, 1, 0, 0), palette.color(QPalette.ColorRole.Highlight))
        area = self._area()
        if area and self._until > area[2]:
            first = self._view.visualRect(self._view.indicators.index(area[0], area[1]))
            last = self._view.visualRect(self._view.indicators.index(self._until, area[3]))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2, Qt.PenStyle.DashLine))
            painter.drawRect(first.united(last).adjusted(1, 1, -2, -2))
