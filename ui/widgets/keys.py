"""Keys for buttons, those that act at once; and Enter, on buttons and on the lines of lists and tables."""

from collections.abc import Callable

from PySide6 import QtCore  # not Qt by its name: see ui/widgets/theme.py
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget


def give_key(button: QAbstractButton, keys: str) -> None:
    """The keys do what the button does, while it can be seen and pressed.

    A button's own shortcut shows it pressed first and acts 100 ms later: what is struck in between would go to the field
    that is about to be left.
    """
    QShortcut(QKeySequence(keys), button).activated.connect(button.click)


def give_key_on(page: QWidget, keys: str, done: Callable[[], object]) -> None:
    """The keys do that while the page, or anything on it, has the keyboard."""
    QShortcut(QKeySequence(keys), page).activated.connect(done)


def is_enter(event: QKeyEvent) -> bool:
    """Whether one of the two Enter keys was struck."""
    return event.key() in {QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter}


class EnterOpens:
    """A list, tree or table of whose lines Enter opens the current one; stands before the Qt class among the bases."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.opened.emit()  # type: ignore[call-overload]  # bound by the Qt class beside this one
        else:
            super().keyPressEvent(event)  # type: ignore[misc]


def press_focused(event: QKeyEvent) -> bool:
    """Enter presses the button with the focus, as it does in dialogs; elsewhere Qt knows the space bar alone."""
    button = QApplication.focusWidget()
    if not is_enter(event) or not isinstance(button, QPushButton):
        return False
    button.click()
    return True
