"""Keys for buttons that act at once."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton


def give_key(button: QAbstractButton, keys: str) -> None:
    """The keys do what the button does, while it can be seen and pressed.

    A button's own shortcut shows it pressed first and acts 100 ms later: what is struck in between would go to the field
    that is about to be left.
    """
    QShortcut(QKeySequence(keys), button).activated.connect(button.click)
