"""Numbers of a table with a bar behind each, as long as the number is large among all of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets.charts.chart import mixed
from ui.widgets.view_options import option_of


class CellBars(QStyledItemDelegate):
    """Cells without a number are left as they are."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        number = _number(index)
        if number:
            model = index.model()
            cells = (model.index(row, at) for row in range(model.rowCount()) for at in range(1, model.columnCount()))
            bar = option_of(option).rect.adjusted(1, 3, -1, -3)
            bar.setWidth(max(round(bar.width() * number / max(map(_number, cells))), 2))
            painter.fillRect(bar, mixed(option_of(option).palette, QPalette.ColorRole.Highlight, 0.35))
        super().paint(painter, option, index)


def _number(index: QModelIndex | QPersistentModelIndex) -> int:
    text = str(index.data() or "")
    return int(text) if text.isascii() and text.isdigit() else 0
