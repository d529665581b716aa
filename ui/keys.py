"""Keys for buttons: those that act at once, and Enter."""

from PySide6 import QtCore  # not Qt by its name: see ui/look.py
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton


def give_key(button: QAbstractButton, keys: str) -> None:
    """The keys do what the button does, while it can be seen and pressed.

    A button's own shortcut shows it pressed first and acts 100 ms later: what is struck in between would go to the field
    that is about to be left.
    """
    QShortcut(QKeySequence(keys), button).activated.connect(button.click)


def press_focused(event: QKeyEvent) -> bool:
    """Enter presses the button with the focus, as it does in dialogs; elsewhere Qt knows the space bar alone."""
    button = QApplication.focusWidget()
    if event.key() not in {QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter} or not isinstance(button, QPushButton):
        return False
    button.click()
    return True
