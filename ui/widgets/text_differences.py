"""Two texts side by side, their differing words underlined and bold, since colour alone would not say it."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from models.comparing.diff import differing
from ui.widgets.parts import row_of, stacked, text_to_read
from ui.widgets.style import characters, labelled
from ui.widgets.text_units import utf16_units


class TextPair(QWidget):
    """Two texts to be read, each below its name; `least`: how high, in characters, they are at least."""

    def __init__(self, names: tuple[str, str], least: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = (text_to_read(), text_to_read())
        for text in self.texts:
            text.setMinimumHeight(characters(self, least))
        pairs = zip(names, self.texts, strict=True)
        row_of(self, *((stacked(labelled(name, text), (text, 1)), 1) for name, text in pairs))

    def show_pair(self, one: str, other: str) -> None:
        """Shows the two. Where one of them is empty all of the other differs, and nothing is marked."""
        places = differing(one, other) if one and other else ([], [])
        for text, shown, found in zip(self.texts, (one, other), places, strict=True):
            text.setPlainText(shown)
            mark_places(text, found)


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
