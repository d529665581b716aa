"""A Word table as rows of cells with their spans, by the elements that are there."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from importers.budget import WIDE, Budget, TooMuchError
from importers.word.symbols import is_symbol_font
from importers.word.word_text import COMPATIBILITY, W, chosen, is_prompt
from models.document.blocks import Cell, Paragraph, Row, Table

MAX_DEPTH = 12
"""Tables inside tables that are read. Layout tables of old forms have two or three."""
MAX_COLUMNS = 64
MAX_CELLS_IN_A_ROW = 256
"""Word itself allows 63."""


class ReadsParagraphs(Protocol):
    """Gives the words of paragraphs, in their order."""

    def read(self, node: etree._Element) -> Paragraph | None:
        """The words of a w:p; None for one that is not printed."""

    def plain(self, style: str, words: str) -> Paragraph | None:
        """The same for a paragraph of that style which holds nothing but these words; None where `read` has to look."""

    def is_repeated(self, node: etree._Element) -> bool:
        """Whether the w:p only names the label of its cell again at the head of a page."""


_ROW, _CELL, _TABLE, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}tbl", f"{W}p"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_TEXT, _STYLE = f"{W}t", f"{W}pStyle"
_FONTS, _FONT = f"{W}rFonts", f"{W}ascii"
_CONTROL, _CHOICES = f"{W}sdt", f"{COMPATIBILITY}AlternateContent"
_CELL_LOOK, _ROW_LOOK, _DELETED = f"{W}tcPr", f"{W}trPr", f"{W}del"
_SPAN, _VERTICAL, _HORIZONTAL, _BEFORE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}gridBefore"
_VALUE = f"{W}val"
_NESTED = "的表格层层嵌套，多得不正常"


PLAIN_LOOKS = frozenset(
    W + name
    for name in (
        *(
            "tc",
            "tcPr",
            "tcW",
            "vAlign",
            "tcBorders",
            "top",
            "left",
            "bottom",
            "right",
            "start",
            "end",
            "shd",
            "noWrap",
        ),
        *("tcMar", "tcFitText", "textDirection", "hideMark", "cnfStyle"),
        *(
            "pPr",
            "keepNext",
            "keepLines",
            "widowControl",
            "suppressLineNumbers",
            "suppressAutoHyphens",
            "spacing",
            "ind",
        ),
        *(
            "jc",
            "bidi",
            "snapToGrid",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
        ),
        *("adjustRightInd", "contextualSpacing", "mirrorIndents", "textAlignment", "outlineLvl", "tabs", "pBdr"),
        *(
            "r",
            "rPr",
            "rStyle",
            "b",
            "bCs",
            "i",
            "iCs",
            "color",
            "sz",
            "szCs",
            "lang",
            "kern",
            "highlight",
            "u",
        ),
        *("w", "position", "em", "bdr", "eastAsianLayout", "bookmarkStart", "bookmarkEnd", "proofErr"),
        *("lastRenderedPageBreak", "effect", "fitText", "noProof"),
    )
)
"""Elements in a cell that say how it looks, or hold others, and nothing about its words."""


@dataclass(slots=True)
class _Place:
    """A cell as found: where it begins on the grid, how wide it is, whether it says it is part of a merge and whether it says it
    continues the one above; `repeats`: by naming it again at the head of a page."""

    column: int
    colspan: int
    continues: bool
    paragraphs: list[Paragraph]
    merged: bool = False
    repeats: bool = False
    rowspan: int = 1
    covered: bool = False


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table, the tables that stand inside its cells, and words hidden under merged cells."""

    table: Table
    nested: tuple["WordTable", ...]
    hidden: tuple[str, ...]


def read_table(table: etree._Element, read: ReadsParagraphs, budget: Budget, depth: int = 1) -> WordTable:
    """A w:tbl. TooMuchError beyond the bounds."""
    if depth > MAX_DEPTH:
        raise TooMuchError(_NESTED)
    reader = _RowReader(read, budget, depth)
    rows = [row for node in _rows(table) if (row := reader.read(node)) is not None]
    for above, below in itertools.pairwise(rows):
        _cover(above, below)
    hidden: list[str] = []
    _extend_upwards(rows, hidden)
    grid = tuple(
        Row(tuple([Cell(tuple(place.paragraphs), place.colspan, place.rowspan) for place in row if not place.covered]))
        for row in rows
    )
    return WordTable(Table(grid), tuple(reader.nested), tuple(hidden))


def framed_cells(table: etree._Element, depth: int) -> list[etree._Element] | None:
    """The cells of a table that only frames what stands in it: its one cell, or one column of cells around other tables."""
    if depth > MAX_DEPTH:
        raise TooMuchError(_NESTED)
    cells = []
    for row in _rows(table):
        own = list(row.iterchildren(_CELL))
        if len(own) != 1 or row.find(f"{W}sdt") is not None:
            return None
        cells += own
    return cells if len(cells) == 1 or any(cell.find(_TABLE) is not None for cell in cells) else None


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    """The rows, in content controls and accepted insertions too."""
    for node in parent:
        tag = node.tag
        if tag == _ROW:
            yield node
        elif tag in _WRAPPERS:
            yield from _rows(node)
        elif tag == _CHOICES:
            yield from _rows(chosen(node))


def _cover(above: list[_Place], below: list[_Place]) -> None:
    """Marks the places that continue a merged cell of the same width right above."""
    if any(place.continues for place in below):
        starts = {place.column: place.colspan for place in above}
        merged = {place.column for place in above if place.merged}
        for place in below:
            is_same = starts.get(place.column) == place.colspan
            place.covered = place.continues and is_same and (place.repeats or place.column in merged)


def _extend_upwards(rows: list[list[_Place]], hidden: list[str]) -> None:
    """Each covered place lengthens the cell that begins above it; a continuation with nothing above is a cell of its own."""
    open_cells: dict[int, _Place] = {}
    for row in rows:
        current: dict[int, _Place] = {}
        for place in row:
            over = open_cells.get(place.column) if place.covered else None
            if over is not None and over.continues and any(part.spans for part in place.paragraphs):
                over = None  # no cell said it begins a merge: words of its own begin a cell
            place.covered = over is not None
            if over is not None:
                over.rowspan += 1
                hidden += [part.text for part in place.paragraphs if part.text.strip()]
                current[place.column] = over
            else:
                current[place.column] = place
        open_cells = current


class _RowReader:
    """Reads rows into places; tables inside cells are gathered in `nested`."""

    def __init__(self, read: ReadsParagraphs, budget: Budget, depth: int) -> None:
        self._read, self._budget, self._depth = read, budget, depth
        self.nested: list[WordTable] = []

    def read(self, row: etree._Element) -> list[_Place] | None:
        """The places of a row; None for one that was deleted."""
        places = []
        look = row.find(_ROW_LOOK)
        for node in () if look is None else look:
            if node.tag == _DELETED:
                return None
            if node.tag == _BEFORE and _count(node):
                places.append(_Place(0, _count(node), False, []))
        self._take_cells(row, places)
        self._budget.take(cells=len(places))
        return places

    def _take_cells(self, parent: etree._Element, places: list[_Place]) -> None:
        for node in parent:
            tag = node.tag
            if tag == _CELL:
                if len(places) >= MAX_CELLS_IN_A_ROW:
                    raise TooMuchError(WIDE)
                place = _Place(places[-1].column + places[-1].colspan if places else 0, 1, False, [])
                if not self._take_plain(node, place) and self._take_cell(node, place) and places:
                    places[-1].colspan += place.colspan
                    places[-1].paragraphs += place.paragraphs
                else:
                    places.append(place)
            elif tag in _WRAPPERS:
                before = len(places)
                self._take_cells(node, places)
                if tag == _CONTROL and is_prompt(node):
                    for place in places[before:]:
                        place.paragraphs = []
            elif tag == _CHOICES:
                self._take_cells(chosen(node), places)

    def _take_plain(self, cell: etree._Element, place: _Place) -> bool:
        """Fills the place from a cell of words and looks alone, in one walk: most are. False, with nothing taken, for others."""
        paragraphs: list[Paragraph] = []
        words: list[str] | None = None
        style, colspan, merge = "", 1, None
        for node in cell.iter():
            tag = node.tag
            if tag in PLAIN_LOOKS or (tag == _FONTS and not is_symbol_font(node.get(_FONT))):
                continue
            if tag == _TEXT and words is not None:
                words.append(node.text or "")
            elif tag == _PARAGRAPH:
                if words is not None and not self._add_plain(style, words, paragraphs):
                    return False
                style, words = "", []
            elif tag == _STYLE:
                style = node.get(_VALUE, "")
            elif tag == _SPAN:
                colspan = max(_count(node), 1)
            elif tag == _VERTICAL:
                merge = node.get(_VALUE, "continue")
            else:
                return False
        if words is not None and not self._add_plain(style, words, paragraphs):
            return False
        place.paragraphs, place.colspan = paragraphs, colspan
        place.merged, place.continues = merge is not None, merge not in (None, "restart")
        return True

    def _add_plain(self, style: str, words: list[str], paragraphs: list[Paragraph]) -> bool:
        found = self._read.plain(style, words[0] if len(words) == 1 else "".join(words))
        if found is not None:
            paragraphs.append(found)
        return found is not None

    def _take_cell(self, parent: etree._Element, place: _Place) -> bool:
        """Fills the place; whether the cell continues the one on its left."""
        joined = False
        for node in parent:
            tag = node.tag
            if tag == _PARAGRAPH:
                found = self._read.read(node)
                if found is not None and not found.spans and self._read.is_repeated(node):
                    place.repeats = True
                elif found is not None:
                    place.paragraphs.append(found)
            elif tag == _CELL_LOOK:
                joined = _take_spans(node, place)
            elif tag == _TABLE:
                self.nested.append(read_table(node, self._read, self._budget, self._depth + 1))
            elif tag in _WRAPPERS:
                if tag != _CONTROL or not is_prompt(node):
                    self._take_cell(node, place)
            elif tag == _CHOICES:
                self._take_cell(chosen(node), place)
        place.repeats = place.repeats and not any(part.spans for part in place.paragraphs)
        place.merged, place.continues = place.merged or place.repeats, place.continues or place.repeats
        return joined


def _take_spans(properties: etree._Element, place: _Place) -> bool:
    """Width and merges of a w:tcPr; whether the cell continues the one on its left."""
    joined = False
    for node in properties:
        tag = node.tag
        if tag == _SPAN:
            place.colspan = max(_count(node), 1)
        elif tag == _VERTICAL:
            place.merged = True
            place.continues = node.get(_VALUE) != "restart"
        elif tag == _HORIZONTAL:
            joined = node.get(_VALUE) != "restart"
    return joined


def _count(node: etree._Element) -> int:
    """A number of columns; within what any table has."""
    value = node.get(_VALUE, "")
    return min(int(value), MAX_COLUMNS) if value.isdecimal() and len(value) < 10 else 1
