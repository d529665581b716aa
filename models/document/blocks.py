"""The one neutral form of a page: paragraphs, tables with spans, page breaks and the contents.

Readers yield blocks, writers draw them; nothing else knows what a page looks like.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

_new = tuple.__new__


class Role(StrEnum):
    """What a paragraph or a cell is, and so which style draws it. Readers that saw no style say BODY."""

    BODY = "body"
    BLANK = "blank"
    COVER = "cover"
    COVER_DATE = "cover_date"
    TITLE = "title"
    PART = "part"
    PART_NAME = "part_name"
    SECTION = "section"
    ITEM = "item"
    UNIT = "unit"
    PROJECT_TITLE = "project_title"
    CELL = "cell"
    CELL_LABEL = "cell_label"
    CELL_VALUE = "cell_value"
    CELL_TEXT = "cell_text"


class SpanRole(StrEnum):
    """What a stretch of words inside a paragraph is."""

    PLAIN = "plain"
    NUMBER = "number"
    RUN_IN = "run_in"
    LABEL = "label"


class Span(NamedTuple):
    """A stretch of words that shows one field (or none: labels, drawn numbers)."""

    text: str
    path: str | None = None
    role: SpanRole = SpanRole.PLAIN


class Paragraph(NamedTuple):
    """One paragraph; no line break inside. `bookmark`: the name the form gives this place (domain.md §7)."""

    spans: tuple[Span, ...] = ()
    role: Role = Role.BODY
    bookmark: str | None = None

    @property
    def text(self) -> str:
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


def paragraph(text: str, role: Role = Role.BODY, path: str | None = None) -> Paragraph:
    """A paragraph of one span; of none when the text is empty."""
    return Paragraph((Span(text, path),) if text else (), role)


def paragraphs(text: str, role: Role = Role.BODY, path: str | None = None) -> tuple[Paragraph, ...]:
    """One paragraph a line; at least one, so that an empty cell still has its path."""
    if "\n" not in text:
        # As the names would make them; there are very many.
        return (_new(Paragraph, ((_new(Span, (text, path, SpanRole.PLAIN)),), role, None)),)
    return tuple(Paragraph((Span(line, path),), role) for line in text.split("\n"))


class Cell(NamedTuple):
    """A cell at its upper left corner; it covers `colspan` columns and `rowspan` rows."""

    paragraphs: tuple[Paragraph, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    role: Role = Role.CELL

    @property
    def text(self) -> str:
        parts = self.paragraphs
        return parts[0].text if len(parts) == 1 else "\n".join([part.text for part in parts])


REPEATED_LABEL = "续页标签"
"""The name of the lists by which a Word file names a merged cell again where it goes on on another page."""


REPEATED_IN_SHEET = "\u2003"
"""What an Excel file holds where it names a merged cell again below the end of a page: a space; its number format draws the words."""


GOES_ON_IN_SHEET = "\u2003\u2009"
"""What a cell of an Excel file begins with that holds more words of the one above: so many as a printed page holds."""


class Row(NamedTuple):
    """The cells that begin in this row, left to right; places covered from above hold none."""

    cells: tuple[Cell, ...] = ()


class PlacedCell(NamedTuple):
    """A cell on the grid; `covered`: the place is part of a cell that began in a row above."""

    column: int
    cell: Cell
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows on a grid. `columns`: widths in twips (1/1440 inch), empty when unknown; `header_rows` repeat on each page."""

    rows: tuple[Row, ...] = ()
    columns: tuple[int, ...] = ()
    header_rows: int = 0

    def placed(self) -> Iterator[tuple[PlacedCell, ...]]:
        """Each row's cells at their columns, the covered places included, left to right."""
        return (tuple([PlacedCell(*place) for place in row]) for row in self.places())

    def places(self) -> Iterator[list[tuple[int, Cell, bool]]]:
        """The same as bare (column, cell, covered)."""
        below: dict[int, tuple[int, Cell]] = {}  # column → rows still to cover, cell
        for row in self.rows:
            placed: list[tuple[int, Cell, bool]] = []
            following: dict[int, tuple[int, Cell]] = {}
            column = 0
            for cell in row.cells:
                while column in below:
                    left, above = below[column]
                    placed.append((column, above, True))
                    if left > 1:
                        following[column] = (left - 1, above)
                    column += above.colspan
                placed.append((column, cell, False))
                _, colspan, rowspan, _ = cell
                if rowspan > 1:
                    following[column] = (rowspan - 1, cell)
                column += colspan
            if below:
                for start in sorted([start for start in below if start >= column]):
                    left, above = below[start]
                    placed.append((start, above, True))
                    if left > 1:
                        following[start] = (left - 1, above)
            below = following
            yield placed


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents stands here; writers fill it from the bookmarked paragraphs."""

    title: str


Block = Paragraph | Table | PageBreak | Contents


def strip(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same page with roles, paths and bookmarks taken away: what a reader without any style knowledge sees."""
    return tuple(_strip(block) for block in blocks if not isinstance(block, Contents))


def _strip(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return paragraph(block.text)
    if isinstance(block, Table):
        return Table(tuple(Row(tuple(_strip_cell(cell) for cell in row.cells)) for row in block.rows))
    return block


def _strip_cell(cell: Cell) -> Cell:
    return cell._replace(paragraphs=tuple(paragraph(part.text) for part in cell.paragraphs), role=Role.CELL)
