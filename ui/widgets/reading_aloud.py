"""What a screen reader is told beyond what Qt tells it: a sentence, and the line a list stands at when the keyboard comes to it."""

from __future__ import annotations

from functools import partial

from PySide6 import QtGui, QtWidgets  # their classes when they are asked for: the first paint needs none
from PySide6.QtCore import QTimer


def speak(widget: QtWidgets.QWidget, text: str) -> None:
    """One sentence for who listens; nothing is shown."""
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, text))


def read_current_lines(app: QtWidgets.QApplication) -> None:
    """From now on a list or table that gets the keyboard is read with the line it stands at: Qt reads its name alone."""
    app.focusChanged.connect(_focus_changed)


def _focus_changed(_before: QtWidgets.QWidget | None, now: QtWidgets.QWidget | None) -> None:
    if isinstance(now, QtWidgets.QAbstractItemView) and QtGui.QAccessible.isActive():
        QTimer.singleShot(0, now, partial(_read_current, now))  # behind the name, which is told after this


def _read_current(view: QtWidgets.QAbstractItemView) -> None:
    place = _place_of_current(view)
    if place is not None and view.hasFocus():
        event = QtGui.QAccessibleEvent(view, QtGui.QAccessible.Event.Focus)
        event.setChild(place)
        QtGui.QAccessible.updateAccessibility(event)


def _place_of_current(view: QtWidgets.QAbstractItemView) -> int | None:
    """The number of the current line or cell among the view's accessible children, whose first row are its headings."""
    index = view.currentIndex()
    if not index.isValid():
        return None
    if isinstance(view, QtWidgets.QTableView):
        columns = view.model().columnCount() + 1
        return (index.row() + 1) * columns + index.column() + 1
    if isinstance(view, QtWidgets.QListView):
        return index.row()
    if isinstance(view, QtWidgets.QTreeView) and not index.parent().isValid() and not view.model().hasChildren(index):
        return (index.row() + 1) * view.model().columnCount() + index.column()
    return None
