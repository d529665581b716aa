"""A plain table of a report: a line each, under a header that repeats on every page."""

from collections.abc import Iterable, Sequence

from models.document.blocks import Cell, Role, Row, Table, paragraph
from models.document.template import Template


def listed_table(
    columns: Sequence[str], lines: Iterable[Sequence[str]], shares: Sequence[int], template: Template
) -> Table:
    """`shares`: of the width of the page, in percent, for each column."""
    head = Row(tuple(Cell((paragraph(text),), role=Role.CELL_LABEL) for text in columns))
    rows = tuple(Row(tuple(_cell(text) for text in line)) for line in lines)
    return Table((head, *rows), tuple(sum(template.columns) * share // 100 for share in shares), header_rows=1)


def _cell(text: str) -> Cell:
    return Cell(tuple(paragraph(line) for line in text.split("\n")), role=Role.CELL_TEXT)
