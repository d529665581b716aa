"""The sign in the corner of a cell that says something is wrong, carried over or remarked: the same in every table."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui.widgets.colours import mark_colour

_SIZE = 0.75
"""Of the cell's type."""


def mark_width(symbol: str, font: QFont) -> int:
    """Of the sign with its ground, which is at least as wide as high, in cells of that type."""
    metrics = QFontMetrics(_sign_font(font))
    return max(metrics.height(), metrics.horizontalAdvance(symbol) + metrics.height() // 3)


def paint_mark(painter: QPainter, cell: QRect, symbol: str, kind: str, font: QFont, ground: QColor) -> None:
    """A sign in the cell's upper right corner, on a ground of its kind's colour, whatever the cell is painted like."""
    signs = _sign_font(font)
    width, height = mark_width(symbol, font), QFontMetrics(signs).height()
    corner = QRect(cell.right() - width - 1, cell.top() + 1, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark_colour(kind, ground))
    painter.drawRoundedRect(corner, height / 4, height / 4)
    painter.setFont(signs)
    painter.setPen(ground)
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, symbol)
    painter.restore()


def _sign_font(font: QFont) -> QFont:
    signs = QFont(font)
    signs.setPointSizeF(font.pointSizeF() * _SIZE)
    signs.setBold(True)
    return signs
