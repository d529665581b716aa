"""The list that a box in a cell drops down: as wide as its words, and no dead end for whoever goes on typing."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox


def widen_list(view: QAbstractItemView) -> None:
    """A narrow column shall not cut the words of its list."""
    room = view.verticalScrollBar().sizeHint().width()
    view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * room)


def pass_typing_on(box: QComboBox) -> None:
    """What is typed while the list of a line of text is open goes into the line, and looks for a phrase."""
    if box.view().findChild(_TypedOn) is None:
        _TypedOn(box)


class _TypedOn(QObject):
    def __init__(self, box: QComboBox) -> None:
        super().__init__(box.view())
        self._box = box
        box.view().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        line = self._box.lineEdit()
        pressed = event.type() == QEvent.Type.KeyPress
        words = event.text() if pressed and isinstance(event, QKeyEvent) else ""
        if line is not None and words.strip() and words.isprintable():
            self._box.hidePopup()
            line.selectAll()
            QApplication.sendEvent(line, event)
            return True
        return super().eventFilter(watched, event)
