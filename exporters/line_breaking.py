"""Breaks a paragraph into lines as Word does: anywhere between Chinese characters, never inside a Latin word, no line
that begins with a closing mark or ends with an opening one.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from exporters.metrics import EM, IS_WIDE, NARROW, WIDE, WIDTHS, width_of

NOT_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
NOT_LAST = "([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（［｛￡￥"
"""Marks that begin no line and marks that end none. The Word file's settings carry the same two lists."""

_NOT_FIRST, _NOT_LAST = frozenset(NOT_FIRST), frozenset(NOT_LAST)
_NEVER_PARTED = frozenset("—…")
_PIECE = re.compile(f"[{WIDE}]+|[^{WIDE} \t]+[ \t]*|[ \t]+")


class Piece(NamedTuple):
    """Characters of one font: a stretch of Chinese, or one Latin word with the spaces after it. Lengths in 1/EM.
    `span`: which of the paragraph's it belongs to, where there are several.
    """

    start: int
    text: str
    wide: bool
    x: int
    width: int
    span: int = 0


class BrokenLine(NamedTuple):
    """A line: where it begins in the paragraph, its width in 1/EM of the type size, its pieces."""

    start: int
    width: int
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=50_000)
def wrap(text: str, first: int, rest: int) -> tuple[BrokenLine, ...]:
    """The lines of a paragraph, at least one. `first`, `rest`: the room of the first and of other lines in 1/EM of the
    type size. White space at the end of a line hangs over and is not drawn.
    """
    if len(text) * EM <= first:
        return (_line(text, 0, len(text)),)
    reached = list(accumulate(map(WIDTHS.__getitem__, text), initial=0))
    lines = []
    start, room = 0, first
    while reached[-1] - reached[start] > room:
        end = _line_end(text, start, bisect_right(reached, reached[start] + room) - 1)
        if end >= len(text):
            break
        lines.append(_line(text, start, end))
        start, room = end, rest
    lines.append(_line(text, start, len(text)))
    return tuple(lines)


def count_lines(text: str, first: int, rest: int) -> int:
    """How many lines `wrap` makes of it."""
    return 1 if len(text) * EM <= first else len(wrap(text, first, rest))


def _line_end(text: str, start: int, overflow: int) -> int:
    """Where the line that begins at `start` ends, when the character at `overflow` does not fit any more."""
    end = max(overflow, start + 1)
    while end < len(text) and text[end] in " \t":  # hangs over
        end += 1
    for place in range(end, start, -1):
        if place == len(text) or _may_part(text[place - 1], text[place]):
            return place
    end = max(overflow, start + 1)  # a word longer than the line
    while end < len(text) and not WIDTHS[text[end]]:
        end += 1
    return end


def _may_part(before: str, after: str) -> bool:
    if after in " \t" or after in _NOT_FIRST or not WIDTHS[after]:
        return False
    if before in " \t":
        return True
    if before in _NOT_LAST or (before == after and after in _NEVER_PARTED):
        return False
    return not (NARROW[before] and NARROW[after])


def _line(text: str, start: int, end: int) -> BrokenLine:
    shown = text[start:end] if end == len(text) else text[start:end].rstrip(" \t")
    pieces = []
    x = 0
    for found in _PIECE.finditer(shown):
        words = found[0]
        width = width_of(words)
        pieces.append(Piece(start + found.start(), words, IS_WIDE(words) is not None, x, width))
        x += width
    return BrokenLine(start, x, tuple(pieces))
