"""Labels of cells that are named again where their cell goes on on another page."""

import re
from collections.abc import Collection
from dataclasses import replace

from models.document.blocks import Cell, Role, Row, Table

LONGEST_LABEL = 100
"""Characters of the longest words that are named again."""

_UNDRAWN = re.compile("[%\t]")
_TIERS = (".tier1", ".tier2")


def is_named_again(cell: Cell) -> bool:
    """Whether its words are repeated where it goes on on another page: those that say what stands beside it."""
    return cell.role is Role.CELL_LABEL or (path_of(cell) or "").endswith(_TIERS)


def is_parted(cell: Cell) -> bool:
    """Whether it is one cell on each page it stands on, and named again on each: if its words can be drawn as a list's are."""
    text = cell.text
    return is_named_again(cell) and len(text.strip()) > 0 and len(text) <= LONGEST_LABEL and not _UNDRAWN.search(text)


def with_labels_parted(table: Table, cuts: Collection[int]) -> tuple[Table, frozenset[tuple[int, int]]]:
    """The table with merged labels that go on into these rows begun again there, and the row and column of each such place."""
    again: set[tuple[int, int]] = set()
    rows: list[Row] = []
    left: dict[int, int] = {}  # column → rows that its label still covers
    for number, places in enumerate(table.places()):
        cells: list[Cell] = []
        for column, cell, covered in places:
            left[column] = left[column] - 1 if covered else cell.rowspan
            begins = covered and number in cuts and is_parted(cell)
            if begins:
                again.add((number, column))
            if begins or not covered:
                last = number + left[column]
                end = min((cut for cut in cuts if number < cut < last), default=last) if is_parted(cell) else last
                cells.append(cell._replace(rowspan=end - number))
        rows.append(Row(tuple(cells)))
    return replace(table, rows=tuple(rows)), frozenset(again)


def path_of(cell: Cell) -> str | None:
    """The first field that its words show."""
    return next((span.path for paragraph in cell.paragraphs for span in paragraph.spans if span.path), None)
