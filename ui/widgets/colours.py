"""Colours made from those of the palette."""

from PySide6.QtGui import QColor


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """`share` of the first colour (0 to 1) laid over the second."""

    def part(front: int, back: int) -> int:
        return round(share * front + (1 - share) * back)

    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()))
