"""The arrow in the current cell of a table, as in Excel: one click on it opens the cell's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPolygon

if TYPE_CHECKING:
    from ui.editor.table.cell_table import CellTable


class ListArrow:
    """Drawn over the cell, at its lower right."""

    def __init__(self, view: CellTable) -> None:
        self._view = view
        self._is_pressed = False

    def place(self) -> QRect:
        """Nothing where the cell has no list, cannot be written into, or is being edited."""
        view, current = self._view, self._view.currentIndex()
        if not current.isValid() or view.editor is not None or not view.has_list(current):
            return QRect()
        cell, side = view.visualRect(current), view.fontMetrics().height()
        height = min(side, cell.height() - 4)
        # Beside the mark of a problem where the cell is too low to have both in its corners.
        beside = side if view.has_mark(current) and cell.height() < 2 * side + 4 else 0
        return QRect(cell.right() - side - beside, cell.bottom() - height - 2, side, height)

    def press(self, event: QMouseEvent) -> bool:
        """Whether the press was for the arrow."""
        on_arrow = event.button() == Qt.MouseButton.LeftButton and self.place().contains(event.position().toPoint())
        self._is_pressed = on_arrow
        return on_arrow

    @property
    def is_pressed(self) -> bool:
        return self._is_pressed

    def release(self, event: QMouseEvent) -> bool:
        """Whether it ended what was begun at the arrow."""
        was_pressed, self._is_pressed = self._is_pressed, False
        if was_pressed and self.place().contains(event.position().toPoint()):
            self._view.open_list()
        return was_pressed

    def paint(self, painter: QPainter) -> None:
        arrow, palette = self.place(), self._view.palette()
        if arrow.isEmpty():
            return
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawRect(arrow.adjusted(0, 0, -2, -1))
        width, middle = max(3, arrow.width() // 4), arrow.center() - QPoint(1, 0)
        points = [middle + QPoint(-width, -width // 2), middle + QPoint(width, -width // 2)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.ButtonText))
        painter.drawPolygon(QPolygon([*points, middle + QPoint(0, width // 2 + 1)]))
