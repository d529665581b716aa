"""Words in a field of one line stand on the line of its label, also where Chinese comes from another font than asked for.

Qt centres the font that was asked for in such a field; labels, lists and placeholders centre the one the characters really
come from, which is taller. Without this, words stand two or three pixels high beside their label at 11 pt, five at 20 pt.
"""

from functools import cache

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QLineEdit

_KEPT = "kept on line"
_EAST = "\u2e80"
"""From here on characters are Chinese, or as wide."""


def keep_on_line(field: QLineEdit) -> None:
    """Moves the field's words now and whenever it is filled or emptied; to be called again after a change of font."""
    if not field.property(_KEPT):
        field.setProperty(_KEPT, True)
        field.textChanged.connect(lambda _text: _place(field))
    _place(field)


def _place(field: QLineEdit) -> None:
    text = field.text()
    more = _more_above(field.font().toString()) if text else 0
    # Half of it for the font asked for, and once Chinese is among the words Qt goes up by the other half.
    lower = round(more if any(char >= _EAST for char in text) else more / 2)
    margins = field.textMargins()
    if margins.top() != lower:
        field.setTextMargins(margins.left(), lower, margins.right(), -lower)


@cache
def _more_above(description: str) -> float:
    """What the font Chinese comes from has more above the line, less what it has more below it, in pixels; measured on the
    screen at 9 to 20 pt, Qt is off by just that."""
    font = QFont()
    font.fromString(description)
    asked, layout = QFontMetricsF(font), QTextLayout("字g0", font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100 * asked.height())  # before that a line has no font but the one asked for
    more = (line.ascent() - line.descent()) - (asked.ascent() - asked.descent())
    layout.endLayout()
    return max(0.0, more)
