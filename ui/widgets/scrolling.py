"""Scrolls pages until what the keyboard is at can be seen."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget


def bring_into_view(widget: QWidget, place: QRect) -> None:
    """Scrolls every page around the widget until that place of it can be seen."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea) and holder.widget() is not None:
            at = QRect(widget.mapTo(holder.widget(), QPoint(place.left(), place.top())), place.size())
            holder.ensureVisible(at.center().x(), at.center().y(), at.width() // 2, at.height() // 2 + at.height())
        holder = holder.parentWidget()


def show_focus() -> None:
    """Brings the field with the focus into view; of a long text the line with the cursor."""
    focus = QApplication.focusWidget()
    if focus is not None:
        bring_into_view(focus, focus.cursorRect() if isinstance(focus, QPlainTextEdit) else focus.rect())
