"""A Word table as rows of cells with their spans, by the elements that are there."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from importers.word.words import W
from models.blocks import Cell, Paragraph, Row, Table

_ROW, _CELL, _TABLE, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}tbl", f"{W}p"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_VALUE = f"{W}val"


@dataclass(slots=True)
class _Place:
    """A cell as found: where it begins on the grid, how wide it is, whether it says it continues the one above."""

    column: int
    colspan: int
    continues: bool
    paragraphs: tuple[Paragraph, ...]
    rowspan: int = 1
    covered: bool = False


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table, the tables that stand inside its cells, and words hidden under merged cells."""

    table: Table
    nested: tuple["WordTable", ...]
    hidden: tuple[str, ...]


def read_table(table: etree._Element, read: Callable[[etree._Element], Paragraph | None]) -> WordTable:
    """A w:tbl. `read` gives a paragraph's words, or None for one that is not printed."""
    nested: list[WordTable] = []
    rows = [_read_row(row, read, nested) for row in _children(table, _ROW) if not _is_deleted(row)]
    hidden: list[str] = []
    for above, below in itertools.pairwise(rows):
        starts = {place.column: place for place in above}
        for place in below:
            if place.continues and (over := starts.get(place.column)) and over.colspan == place.colspan:
                place.covered = True
    _extend_upwards(rows, hidden)
    grid = tuple(
        Row(tuple(Cell(place.paragraphs, place.colspan, place.rowspan) for place in row if not place.covered))
        for row in rows
    )
    return WordTable(Table(grid), tuple(nested), tuple(hidden))


def _extend_upwards(rows: list[list[_Place]], hidden: list[str]) -> None:
    """Each covered place lengthens the cell that begins above it; a continuation with nothing above is a cell of its own."""
    open_cells: dict[int, _Place] = {}
    for row in rows:
        current: dict[int, _Place] = {}
        for place in row:
            over = open_cells.get(place.column)
            place.covered = place.covered and over is not None
            if place.covered and over is not None:
                over.rowspan += 1
                hidden += [part.text for part in place.paragraphs if part.text.strip()]
                current[place.column] = over
            else:
                current[place.column] = place
        open_cells = current


def _read_row(
    row: etree._Element, read: Callable[[etree._Element], Paragraph | None], nested: list[WordTable]
) -> list[_Place]:
    properties = row.find(f"{W}trPr")
    column = _count(None if properties is None else properties.find(f"{W}gridBefore"), 0)
    places: list[_Place] = []
    if column:
        places.append(_Place(0, column, False, ()))
    for cell in _children(row, _CELL):
        width, continues, joined_left = _spans(cell)
        paragraphs = tuple(_read_cell(cell, read, nested))
        if joined_left and places:
            places[-1].colspan += width
            places[-1].paragraphs += paragraphs
        else:
            places.append(_Place(column, width, continues, paragraphs))
        column += width
    return places


def _spans(cell: etree._Element) -> tuple[int, bool, bool]:
    """(columns, continues the cell above, continues the cell on the left)."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, False, False
    vertical, horizontal = properties.find(f"{W}vMerge"), properties.find(f"{W}hMerge")
    return (
        _count(properties.find(f"{W}gridSpan"), 1),
        vertical is not None and vertical.get(_VALUE) != "restart",
        horizontal is not None and horizontal.get(_VALUE) != "restart",
    )


def _read_cell(
    cell: etree._Element, read: Callable[[etree._Element], Paragraph | None], nested: list[WordTable]
) -> Iterator[Paragraph]:
    for node in _children(cell, _PARAGRAPH, _TABLE):
        if node.tag == _TABLE:
            nested.append(read_table(node, read))
        elif (found := read(node)) is not None:
            yield found


def _children(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements of those kinds, in content controls and accepted insertions too."""
    for node in parent:
        if node.tag in tags:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _children(node, *tags)


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _count(node: etree._Element | None, default: int) -> int:
    """A number of columns; within what any table has."""
    value = "" if node is None else node.get(_VALUE, "")
    return min(max(int(value), 1), 64) if value.isdigit() else default
