"""How differing words of two texts are found and shown: underlined and bold, since colour alone would not say it."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.binding import utf16_units


def mark_places(text: QPlainTextEdit, places: Iterable[tuple[int, int]]) -> None:
    """Underlines and sets in bold the characters from … to of a text field, and no others."""
    shown = text.toPlainText()
    look = QTextCharFormat()
    look.setFontUnderline(True)
    look.setFontWeight(QFont.Weight.Bold)
    cursor = QTextCursor(text.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setCharFormat(QTextCharFormat())
    for start, end in places:
        cursor.setPosition(utf16_units(shown[:start]))
        cursor.setPosition(utf16_units(shown[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(look)
