"""How much narrower a cell's words are drawn, so that no number breaks and no character stands alone on its last line."""

import re
from functools import lru_cache

from exporters.line_breaking import NOT_FIRST, wrap
from exporters.metrics import EM, WIDE, width_of

LEAST = 50
"""Percent of their own width that numbers keep at least; what does not fit even then breaks."""

_LEAST_FOR_ONE = 80
"""Percent that words keep where it is only for a character that stands alone."""

_NUMBER = re.compile(rf"[^{WIDE}\sA-Za-z]*\d[^{WIDE}\sA-Za-z]*")
_GAP = re.compile("(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
_SLACK = 0.995  # others round the widths of narrower characters their own way


@lru_cache(maxsize=50_000)
def condensed(text: str, room: int) -> int:
    """The percent at which a paragraph of a cell is drawn. `room`: of its lines in 1/EM of the type size."""
    if len(text) * EM <= room:
        return 100
    widest = max(map(width_of, _NUMBER.findall(text)), default=0)
    percent = min(100, int(room * _SLACK * 100 / widest)) if widest > room else 100
    if percent < LEAST:
        percent = 100
    count = len(lines_of(text, room, percent))
    if count == 1 and percent == 100:
        return _with_gaps(text, room)
    if count > 1 and _ends_alone(text, room, percent):
        narrower = range(percent - 1, _LEAST_FOR_ONE - 1, -1)
        fitting = next((less for less in narrower if _fits(text, room, less, count)), percent)
        return min(fitting, _with_gaps(text, room)) if count == 2 and fitting < percent else fitting  # on one line now
    return percent


def _with_gaps(text: str, room: int) -> int:
    """The percent at which the words stay on one line also where a program puts gaps between Chinese and Latin, as LibreOffice
    does whatever the file says."""
    needed = width_of(text) + len(_GAP.findall(text)) * EM // 4
    percent = int(room * _SLACK * 100 / needed) if needed > room else 100
    return percent if percent >= _LEAST_FOR_ONE else 100


def room_at(room: int, percent: int) -> int:
    """The room for words drawn at that percent of their width, in 1/EM of the type size."""
    return room if percent == 100 else int(room * _SLACK * 100 / percent)


def lines_of(text: str, room: int, percent: int) -> tuple[str, ...]:
    """The lines of words drawn at that percent of their width. `room`: of a line in 1/EM of the type size."""
    at = room_at(room, percent)
    return tuple("".join(piece.text for piece in line.pieces) for line in wrap(text, at, at))


def _ends_alone(text: str, room: int, percent: int) -> bool:
    return len(lines_of(text, room, percent)[-1].strip(NOT_FIRST)) == 1


def _fits(text: str, room: int, percent: int, count: int) -> bool:
    return len(lines_of(text, room, percent)) < count
