"""Colours made from those of the palette."""

from PySide6.QtGui import QColor, QPalette


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """`share` of the first colour (0 to 1) laid over the second."""

    def part(front: int, back: int) -> int:
        return round(share * front + (1 - share) * back)

    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()))


_TINT, _GREY, _FRAME = 0.25, 0.12, 0.6


def chosen_ground(palette: QPalette, has_keyboard: bool) -> QColor:
    """Of chosen cells: tinted in the table that has the keyboard, grey in one that has not, so that one sees where one is."""
    base = palette.color(QPalette.ColorRole.Base)
    if has_keyboard:
        return blend(palette.color(QPalette.ColorRole.Highlight), base, _TINT)
    return blend(palette.color(QPalette.ColorRole.Text), base, _GREY)


def current_frame(palette: QPalette, has_keyboard: bool) -> QColor:
    """Around the current cell: plain to see on its ground, with the keyboard and without it, in light and dark."""
    if has_keyboard:
        return palette.color(QPalette.ColorRole.Highlight)
    return blend(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), _FRAME)


_ON_LIGHT = {"error": "#b3261e", "warn": "#8a5a00", "info": "#2c5f8a", "carried": "#5b4a8c", "remark": "#8c2f6b"}
_ON_DARK = {"error": "#ffb4ab", "warn": "#f2c469", "info": "#9ecbf0", "carried": "#c9bbf2", "remark": "#f0b3d6"}


def mark_colour(kind: str, ground: QColor) -> QColor:
    """The colour of a mark of that kind on a light or a dark ground; each can be read on it, and it as ground for the other."""
    return QColor((_ON_LIGHT if ground.lightness() > 127 else _ON_DARK)[kind])
