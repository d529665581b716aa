"""What is written in each place of a table, and words as labels are compared."""

from functools import lru_cache
from typing import NamedTuple

from importers.numbered_lines import written_lines
from models.document.blocks import Cell, Table
from models.kept_answers import remembered

_LONGEST_LABEL = 60
_ONE_WIDTH = str.maketrans("():％", "（）：%")


def squeeze(text: str) -> str:
    """The words without any white space: what labels are compared by."""
    return "".join(text.split())


@remembered(8192)
def label_key(text: str) -> str:
    """A label's words, white space and a closing colon aside, brackets, colons and percent signs in one width."""
    return squeeze(text).translate(_ONE_WIDTH).rstrip("：")


class GridCell(NamedTuple):
    """A place of a table's row: its column on the grid, its words (lines without white-only ones), those words as a label
    would be compared, covered from above or not."""

    column: int
    text: str
    key: str
    covered: bool = False


GridRow = tuple[GridCell, ...]


def grid(table: Table) -> list[GridRow]:
    """The rows of a table with what is written in each place."""
    return [
        tuple([_covered(column) if covered else _grid_cell(column, _written(cell)) for column, cell, covered in row])
        for row in table.places()
    ]


@lru_cache(maxsize=256)
def _covered(column: int) -> GridCell:
    """A place covered from above: in every table the same, and so made once."""
    return GridCell(column, "", "", True)


@remembered(8192)
def _grid_cell(column: int, text: str) -> GridCell:
    """A place with its words, which most often were in the tables before too."""
    return GridCell(column, text, label_key(text) if 0 < len(text) <= _LONGEST_LABEL else "")


def _written(cell: Cell) -> str:
    """The written lines of a cell; most have one, of one span."""
    paragraphs = cell.paragraphs
    if len(paragraphs) == 1:
        spans = paragraphs[0].spans
        if not spans:
            return ""
        text = spans[0].text
        if len(spans) == 1 and "\n" not in text and "\t" not in text:
            return "" if text.isspace() else text
    return "\n".join(written_lines([part.text for part in paragraphs]))
