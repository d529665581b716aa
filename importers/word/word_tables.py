"""A Word table as rows of cells with their spans, by the elements that are there."""

import itertools
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from importers.budget import WIDE, Budget, TooMuchError
from importers.word.plain_rows import MAX_CELLS_IN_A_ROW, WRAPPERS, FoundRow, columns, plain_rows
from importers.word.word_text import COMPATIBILITY, W, chosen, is_prompt
from models.document.blocks import Cell, Paragraph, Role, Row, Table

_new = tuple.__new__

MAX_DEPTH = 12
"""Tables inside tables that are read. Layout tables of old forms have two or three."""


class ReadsParagraphs(Protocol):
    """Gives the words of paragraphs, in their order."""

    def read(self, node: etree._Element) -> Paragraph | None:
        """The words of a w:p; None for one that is not printed."""

    @property
    def special_styles(self) -> AbstractSet[str]:
        """The styles of paragraphs that say more than their words."""

    @property
    def goes_on(self) -> bool:
        """Whether something began in a paragraph before that changes the words of the next ones."""

    @property
    def known(self) -> Mapping[str, Paragraph]:
        """The paragraph of any words."""

    def is_repeated(self, node: etree._Element) -> bool:
        """Whether the w:p only names the label of its cell again at the head of a page."""


_ROW, _CELL, _TABLE, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}tbl", f"{W}p"
_WRAPPERS = frozenset(WRAPPERS)
_CONTROL, _CHOICES = f"{W}sdt", f"{COMPATIBILITY}AlternateContent"
_CELL_LOOK, _ROW_LOOK, _DELETED = f"{W}tcPr", f"{W}trPr", f"{W}del"
_SPAN, _VERTICAL, _HORIZONTAL, _BEFORE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}gridBefore"
_VALUE = f"{W}val"
_NESTED = "的表格层层嵌套，多得不正常"


@dataclass
class _Place:
    """A cell as found: where it begins on the grid, how wide it is, whether it says it is part of a merge and whether it says it
    continues the one above; `repeats`: by naming it again at the head of a page; `top`: the cell that covers it."""

    column: int
    colspan: int
    paragraphs: list[Paragraph]
    # Most cells keep these, which cost nothing while they stand in the class.
    merged: bool = field(default=False, init=False)
    continues: bool = field(default=False, init=False)
    repeats: bool = field(default=False, init=False)
    rowspan: int = field(default=1, init=False)
    top: "_Place | None" = field(default=None, init=False)


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
    rows = reader.rows(table)
    hidden: list[str] = []
    for above, below in itertools.pairwise(rows):
        _extend_upwards(above, below, hidden)
    grid = tuple(
        [
            Row(
                tuple(
                    [
                        _new(Cell, (tuple(place.paragraphs), place.colspan, place.rowspan, Role.CELL))
                        for place in row
                        if place.top is None
                    ]
                )
            )
            for row in rows
        ]
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


def _extend_upwards(above: list[_Place], below: list[_Place], hidden: list[str]) -> None:
    """Each place that continues a merged cell of the same width right above lengthens the cell that began there; a continuation
    with nothing above is a cell of its own."""
    continuing = [place for place in below if place.continues]
    if not continuing:
        return
    starts = {place.column: place for place in above}
    for place in continuing:
        over = starts.get(place.column)
        if over is None or over.colspan != place.colspan or not (place.repeats or over.merged):
            continue
        top = over.top or over
        if top.continues and any(part.spans for part in place.paragraphs):
            continue  # no cell said it begins a merge: words of its own begin a cell
        place.top = top
        top.rowspan += 1
        hidden += [part.text for part in place.paragraphs if part.spans and part.text.strip()]


class _RowReader:
    """Reads rows into places; tables inside cells are gathered in `nested`."""

    def __init__(self, read: ReadsParagraphs, budget: Budget, depth: int) -> None:
        self._read, self._budget, self._depth = read, budget, depth
        self.nested: list[WordTable] = []

    def rows(self, table: etree._Element) -> list[list[_Place]]:
        """The places of each row that was not deleted."""
        found = plain_rows(table, self._read.special_styles, self._budget.characters)
        if found is None:
            return [places for node in _rows(table) if (places := self._looked_at(node)) is not None]
        rows = []
        for row in found:
            is_plain = row.is_plain and len(row.cells) <= MAX_CELLS_IN_A_ROW and not self._read.goes_on
            places = self._plain(row) if is_plain else self._looked_at(row.node)
            if places is not None:
                rows.append(places)
        return rows

    def _plain(self, row: FoundRow) -> list[_Place]:
        self._budget.take(cells=len(row.cells), characters=row.characters)
        known, width, merges = self._read.known, row.widths.get, row.merges
        places, column = [], 0
        for at, paragraphs in enumerate(row.cells):
            if len(paragraphs) == 1:
                pieces = paragraphs[0]
                parts = [known[pieces[0] if len(pieces) == 1 else "".join(pieces)]]
            else:
                parts = [known["".join(pieces)] for pieces in paragraphs]
            wide = width(at, 1)
            place = _Place(column, wide, parts)
            if at in merges:
                place.merged, place.continues = True, merges[at] != "restart"
            column += wide
            places.append(place)
        return places

    def _looked_at(self, row: etree._Element) -> list[_Place] | None:
        """The places of a row, element by element; None for one that was deleted."""
        places: list[_Place] = []
        look = row.find(_ROW_LOOK)
        for node in () if look is None else look:
            if node.tag == _DELETED:
                return None
            if node.tag == _BEFORE and columns(node):
                places.append(_Place(0, columns(node), []))
        self._take_cells(row, places)
        self._budget.take(cells=len(places))
        return places

    def _take_cells(self, parent: etree._Element, places: list[_Place]) -> None:
        for node in parent:
            tag = node.tag
            if tag == _CELL:
                if len(places) >= MAX_CELLS_IN_A_ROW:
                    raise TooMuchError(WIDE)
                place = _Place(places[-1].column + places[-1].colspan if places else 0, 1, [])
                if self._take_cell(node, place) and places:
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
            place.colspan = max(columns(node), 1)
        elif tag == _VERTICAL:
            place.merged = True
            place.continues = node.get(_VALUE) != "restart"
        elif tag == _HORIZONTAL:
            joined = node.get(_VALUE) != "restart"
    return joined
