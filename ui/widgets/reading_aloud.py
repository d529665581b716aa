"""What a screen reader is told beyond what Qt tells it: a sentence, and the line a list stands at when the keyboard comes to it."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QTableView, QTreeView, QWidget


def speak(widget: QWidget, text: str) -> None:
    """One sentence for who listens; nothing is shown."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def read_current_lines(app: QApplication) -> None:
    """From now on a list or table that gets the keyboard is read with the line it stands at: Qt reads its name alone."""
    app.focusChanged.connect(_focus_changed)


def _focus_changed(_before: QWidget | None, now: QWidget | None) -> None:
    if isinstance(now, QAbstractItemView) and QAccessible.isActive():
        QTimer.singleShot(0, now, partial(_read_current, now))  # behind the name, which is told after this


def _read_current(view: QAbstractItemView) -> None:
    place = _place_of_current(view)
    if place is not None and view.hasFocus():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(place)
        QAccessible.updateAccessibility(event)


def _place_of_current(view: QAbstractItemView) -> int | None:
    """The number of the current line or cell among the view's accessible children, whose first row are its headings."""
    index = view.currentIndex()
    if not index.isValid():
        return None
    if isinstance(view, QTableView):
        columns = view.model().columnCount() + 1
        return (index.row() + 1) * columns + index.column() + 1
    if isinstance(view, QListView):
        return index.row()
    if isinstance(view, QTreeView) and not index.parent().isValid() and not view.model().hasChildren(index):
        return (index.row() + 1) * view.model().columnCount() + index.column()
    return None
