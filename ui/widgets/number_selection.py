"""A double click in a number takes the whole number and nothing else: Qt's words end at its point, and hold Chinese beside it."""

import re

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.widgets.text_units import utf16_units

_NUMBER = re.compile(r"(?<![A-Za-z0-9])\d+(?:[.．]\d+|,\d{3}(?!\d))*(?![A-Za-z0-9])")


def number_at(text: str, place: int) -> tuple[int, int] | None:
    """From … to of the number in which, or at whose edge, that place between two characters is; None for none. Digits of a
    code, among letters, are none."""
    found = (match.span() for match in _NUMBER.finditer(text))
    return next((span for span in found if span[0] <= place <= span[1]), None)


def take_number(field: QLineEdit | QPlainTextEdit, click: QPoint) -> None:
    """Selects the number that was double-clicked; what Qt has selected stays where it was none."""
    # Places are counted in UTF-16 units; a number has no character of two.
    if isinstance(field, QLineEdit):
        span = number_at(_units(field.text()), field.cursorPositionAt(click))
        if span is not None:
            field.setSelection(span[0], span[1] - span[0])
        return
    cursor = field.cursorForPosition(click)
    start = cursor.block().position()
    span = number_at(_units(cursor.block().text()), cursor.position() - start)
    if span is not None:
        cursor.setPosition(start + span[0])
        cursor.setPosition(start + span[1], QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _units(text: str) -> str:
    """One character for every UTF-16 unit."""
    return "".join(char if utf16_units(char) == 1 else "\ufffd\ufffd" for char in text)
