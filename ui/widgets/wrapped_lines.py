"""Lines of a list that wrap: none of their last words are cut off."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets.style import characters
from ui.widgets.view_options import option_of


def wrap_lines(shown: QListView) -> None:
    """The lines of a list wrap at its edge, a little apart."""
    shown.setWordWrap(True)
    shown.setTextElideMode(Qt.TextElideMode.ElideNone)
    shown.setSpacing(1)
    shown.setResizeMode(QListView.ResizeMode.Adjust)
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class WrappedLines(QStyledItemDelegate):
    """A line is as high as its words: Qt leaves the sheet's padding out of the width it wraps them in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        shown = option_of(option).widget
        bar = shown.verticalScrollBar()
        # The sheet's padding is measured by the height of a line, which in some fonts is half as much again as in others.
        em, style = shown.fontMetrics().height(), shown.style()
        aside = 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, shown) + 2)
        bar_width = 0 if bar.isVisible() else bar.sizeHint().width()
        room = shown.viewport().width() - bar_width - aside - math.ceil(0.6 * em)
        layout = QTextLayout(
            str(index.data()).replace("\n", "\u2028"), index.data(Qt.ItemDataRole.FontRole) or shown.font()
        )
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room, characters(shown, 4)))
            height += line.height()
        layout.endLayout()
        return QSize(0, math.ceil(height) + math.ceil(0.7 * em) + 2)
