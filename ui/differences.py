"""How differing words of two texts are found and shown: underlined and bold, since colour alone would not say it."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from ui.binding import utf16_units


def mark_places(text: QPlainTextEdit, places: Iterable[tuple[int, int]]) -> None:
    """Underlines and sets in bold the characters from … to of a text field."""
    shown = text.toPlainText()
    look = QTextCharFormat()
    look.setFontUnderline(True)
    look.setFontWeight(QFont.Weight.Bold)
    look.setBackground(text.palette().alternateBase())
    selections = []
    for start, end in places:
        selection = QTextEdit.ExtraSelection()
        cursor = text.textCursor()
        cursor.setPosition(utf16_units(shown[:start]))
        cursor.setPosition(utf16_units(shown[:end]), cursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, look
        selections.append(selection)
    text.setExtraSelections(selections)
