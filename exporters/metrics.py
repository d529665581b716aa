"""How wide characters are: Chinese ones take the square of the type size, Latin ones what Times New Roman gives them."""

import re
import tomllib
import unicodedata
from functools import cache

from resources import ROOT

EM = 2048
"""Units of width in one type size."""

SHARED_SIGNS = "·×÷±°§\u2010-\u2027\u2030-\u205e\u2100-\u2bff"
"""Punctuation and signs both kinds of font have, as a character class; the Chinese font draws them, a full square wide."""

WIDE = (
    f"{SHARED_SIGNS}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f000-\U0003ffff"
)
"""The characters of the Chinese font, as a character class: ideographs, full-width forms, signs, pictures."""

IS_WIDE = re.compile(f"[{WIDE}]").match
_WITHOUT_WIDTH = {"Mn", "Me", "Cf", "Cc", "Cs"}
_TAB = EM  # as wide as one Chinese character


@cache
def _times() -> dict[str, int]:
    values = tomllib.loads((ROOT / "metrics" / "times.toml").read_text(encoding="utf-8"))
    scale = EM / values["units_per_em"]
    return {
        chr(row["first"] + place): round(width * scale)
        for row in values["rows"]
        for place, width in enumerate(row["widths"])
    }


class _Widths(dict[str, int]):
    """Each character's width in 1/EM of the type size, found out when first asked for."""

    def __missing__(self, character: str) -> int:
        width = self[character] = _width(character)
        return width


class _Narrow(dict[str, bool]):
    """Whether a character belongs to the Latin font, so that no line breaks beside it and another such."""

    def __missing__(self, character: str) -> bool:
        narrow = self[character] = not IS_WIDE(character) and character not in " \t"
        return narrow


def _width(character: str) -> int:
    if character == "\t":
        return _TAB
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    if IS_WIDE(character):
        return EM
    return _times().get(character, EM // 2)


WIDTHS = _Widths()
NARROW = _Narrow()


def width_of(text: str) -> int:
    """The width of the words on one line, in 1/EM of the type size."""
    return sum(map(WIDTHS.__getitem__, text))
