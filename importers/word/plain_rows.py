"""Rows of a Word table that hold words and merges alone, read in one walk over the few elements that matter: most rows are such."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from lxml import etree

from importers.budget import MUCH, TooMuchError
from importers.word.symbols import is_symbol_font
from importers.word.word_text import CHANGES_WORDS, FONT_NAMES, W

MAX_COLUMNS = 64
MAX_CELLS_IN_A_ROW = 256
"""Word itself allows 63."""

WRAPPERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""What holds rows, cells and paragraphs as if it were not there."""

_ROW, _CELL, _PARAGRAPH, _RUN, _TEXT = f"{W}tr", f"{W}tc", f"{W}p", f"{W}r", f"{W}t"
_STYLE, _FONTS, _SPAN, _VERTICAL = f"{W}pStyle", f"{W}rFonts", f"{W}gridSpan", f"{W}vMerge"
_VALUE = f"{W}val"
_OTHERS = ("tbl", "del", "moveFrom", "hMerge", "gridBefore", "numPr", "tcPrChange")
_LOOKED_AT = (
    *(_ROW, _CELL, _PARAGRAPH, _TEXT, _STYLE, _FONTS, _SPAN, _VERTICAL),
    *(*WRAPPERS, *CHANGES_WORDS, *(f"{W}{name}" for name in _OTHERS)),
)
"""Every element that says more than how the page looks."""


class FoundRow(NamedTuple):
    """A row: for each cell the pieces of each paragraph's words, its width where it has one, and what it says of a merge
    downwards; the characters of all words. That is all there is to know of it where it `is_plain`."""

    node: etree._Element
    cells: list[list[list[str]]]
    widths: dict[int, int]
    merges: dict[int, str]
    characters: int
    is_plain: bool


def plain_rows(table: etree._Element, styles: AbstractSet[str], characters: int) -> list[FoundRow] | None:
    """The rows of a w:tbl; None where one stands elsewhere than tables have it, so that each level is to be looked at.

    `styles`: those of paragraphs that say more than their words. TooMuchError beyond that many characters.
    """
    rows: list[FoundRow] = []
    cells: list[list[list[str]]] = []
    paragraphs: list[list[str]] = []
    pieces: list[str] = []
    widths: dict[int, int] = {}
    merges: dict[int, str] = {}
    row = cell = paragraph = table
    plain, taken, before = True, 0, 0
    for node in table.iterdescendants(*_LOOKED_AT):
        tag = node.tag
        if tag == _TEXT:
            run = node.getparent()
            plain = plain and run is not None and run.getparent() is paragraph and run.tag == _RUN
            text = node.text or ""
            pieces.append(text)
            taken += len(text)
            if taken > characters:
                raise TooMuchError(MUCH)
        elif tag == _STYLE:
            plain = plain and node.get(_VALUE) not in styles
        elif tag == _PARAGRAPH:
            plain = plain and node.getparent() is cell
            paragraph, pieces = node, []
            paragraphs.append(pieces)
        elif tag == _CELL:
            plain = plain and node.getparent() is row
            cell, paragraphs = node, []
            cells.append(paragraphs)
        elif tag == _ROW:
            if node.getparent() is not table:
                return None
            rows.append(FoundRow(row, cells, widths, merges, taken - before, plain))
            row, cells, widths, merges, plain, before = node, [], {}, {}, True, taken
        else:
            plain = _note(node, tag, len(cells) - 1, widths, merges) and plain
    rows.append(FoundRow(row, cells, widths, merges, taken - before, plain))
    return rows[1:]  # what stood before the first of them is none


def _note(node: etree._Element, tag: str, cell: int, widths: dict[int, int], merges: dict[int, str]) -> bool:
    """Takes what an element says of a cell; False for one that says more."""
    if tag == _VERTICAL:
        merges[cell] = node.get(_VALUE, "continue")
    elif tag == _SPAN:
        widths[cell] = max(columns(node), 1)
    else:
        return tag == _FONTS and not any(map(is_symbol_font, map(node.get, FONT_NAMES)))
    return True


def columns(node: etree._Element) -> int:
    """A number of columns; within what any table has."""
    value = node.get(_VALUE, "")
    return min(int(value), MAX_COLUMNS) if value.isdecimal() and len(value) < 10 else 1
