"""Draws a form's tables from their layout: rows repeat for the parts of a record, equal neighbours are merged."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from models.document import fieldpath
from models.document.blocks import Cell, Paragraph, Role, Row, Span, SpanRole, Table, paragraph, paragraphs
from models.document.numbering import draw
from models.document.table_layout import ANNUAL, EACH, LONG_TERM, FormCell, FormRow, FormTable, braces, stretches
from models.document.tree import Indicator, Project

_ROLES = {"label": Role.CELL_LABEL, "value": Role.CELL_VALUE, "text": Role.CELL_TEXT}


class Named(Protocol):
    """What a line or a label shows."""

    def words(self, field: str) -> tuple[str, str]:
        """The words of a field, and its path."""


class Record(Named, Protocol):
    """What a row shows."""

    def content(self, field: str, role: Role) -> tuple[Paragraph, ...]:
        """The paragraphs of a field."""
        text, path = self.words(field)
        return paragraphs(text, role, path)

    def parts(self, each: str) -> "Sequence[Record]":
        """What a row is repeated for; KeyError where it has no such parts."""
        raise KeyError(each)


class IndicatorRecord(Record):
    """A row of indicators."""

    def __init__(self, row: Indicator, path: str) -> None:
        self._row, self._path = row, path

    def words(self, field: str) -> tuple[str, str]:
        return getattr(self._row, field), f"{self._path}.{field}"

    def content(self, field: str, role: Role) -> tuple[Paragraph, ...]:
        # As the words would make it; there are very many.
        return paragraphs(getattr(self._row, field), role, f"{self._path}.{field}")


class ProjectRecord(Record):
    """A project with its indicators of the year. `amount_word`: what stands before the unit of the amounts in its own cell."""

    def __init__(self, project: Project, path: str, amount_word: str = "") -> None:
        self._project, self._path, self._amount_word = project, path, amount_word

    def words(self, field: str) -> tuple[str, str]:
        return fieldpath.get(self._project, field), f"{self._path}.{field}"

    def content(self, field: str, role: Role) -> tuple[Paragraph, ...]:
        project, path = self._project, f"{self._path}.{field}"
        if field == "unit":
            unit = project.unit
            return (Paragraph((Span(unit.code, f"{path}.code"), Span(unit.name, f"{path}.name")), role),)
        if field == "amount_unit":
            return (Paragraph((Span(self._amount_word), Span(project.amount_unit, path)), role),)
        if field == "goals":
            return tuple(self._goals(path, role)) or (Paragraph((Span("", path),), role),)
        return super().content(field, role)

    def parts(self, each: str) -> Sequence[Record]:
        if each not in (ANNUAL, LONG_TERM):
            raise KeyError(each)
        project = self._project
        rows = project.annual_indicators if each == ANNUAL else project.long_term_indicators
        return [IndicatorRecord(row, f"{self._path}.indicators[{row.id}]") for row in rows]

    def _goals(self, path: str, role: Role) -> Iterator[Paragraph]:
        for place, goal in enumerate(self._project.goals):
            first, *rest = goal.split("\n")
            marker = Span(draw(self._project.goals_numbering, place + 1), None, SpanRole.NUMBER)
            yield Paragraph((marker, Span(first, f"{path}[{place}]")), role)
            yield from (paragraph(line, role, f"{path}[{place}]") for line in rest)


def drawn(table: FormTable, record: Record) -> Table:
    """The table of a record."""
    parts = [record.parts(row.each) if row.each else [record] for row in table.rows]
    rows: list[Row] = []
    for number, row in enumerate(table.rows):
        if row.optional and not _says_something(row, record):
            continue
        heights = [_height(table, number, cell, parts) for cell in row.cells]
        rows += _repeated(row, parts[number]) if row.each else [_row(row, record, heights)]
    return Table(tuple(rows), table.columns, header_rows=table.header_rows)


def _says_something(row: FormRow, record: Record) -> bool:
    fields = (name for cell in row.cells for name in cell.fields)
    return any(part.text.strip() for name in fields for part in record.content(name, Role.CELL))


def _height(table: FormTable, number: int, cell: FormCell, parts: Sequence[Sequence[Record]]) -> int:
    if cell.rows != EACH:
        return cell.rows
    return sum(map(len, parts[number : table.end_of(number, cell)]))


def _row(row: FormRow, record: Record, heights: Sequence[int]) -> Row:
    return Row(tuple(_cell(cell, record, height) for cell, height in zip(row.cells, heights, strict=True)))


def _repeated(row: FormRow, records: Sequence[Record]) -> Iterator[Row]:
    """A row for each; of cells that merge one goes on as long as it and all that merge left of it say the same."""
    spans: list[list[int]] = []
    keys: list[tuple[str, ...]] = [()] * len(records)
    for cell in row.cells:
        if cell.merge and cell.field:
            keys = [(*key, one.words(cell.field)[0]) for key, one in zip(keys, records, strict=True)]
        spans.append(_runs(keys) if cell.merge else [1] * len(records))
    # Of all cells of a large text most are drawn here: what the rows share is found once.
    layout = [(cell, cell.field, cell.columns, _ROLES[cell.align]) for cell in row.cells]
    for record, heights in zip(records, zip(*spans, strict=True), strict=True):
        content = record.content
        yield Row(
            tuple(
                [
                    Cell(content(field, role), columns, height, role)
                    if field is not None
                    else _cell(cell, record, height)
                    for (cell, field, columns, role), height in zip(layout, heights, strict=True)
                    if height
                ]
            )
        )


def _cell(cell: FormCell, record: Record, rows: int) -> Cell:
    role = _ROLES[cell.align]
    if cell.field is not None:
        # As the name would make it; there are very many.
        return tuple.__new__(Cell, (record.content(cell.field, role), cell.columns, rows, role))
    label = cell.label or ""
    if "{" not in label:
        return _label_cell(label, role, cell.columns, rows)
    return Cell((Paragraph(tuple(label_spans(label, record)), role),), cell.columns, rows, role)


@lru_cache(maxsize=2000)
def _label_cell(label: str, role: Role, columns: int, rows: int) -> Cell:
    """A label says the same in the table of every record."""
    return Cell((paragraph(label, role),), columns, rows, role)


def label_spans(label: str, record: Named) -> Iterator[Span]:
    """The words of a label, its fields in their places."""
    for part, may_lack in stretches(label):
        named = list(braces(part))
        if may_lack and not any(record.words(field)[0].strip() for _, field in named if field):
            continue
        for words, field in named:
            if words:
                yield Span(words)
            if field:
                text, path = record.words(field)
                yield Span(text.replace("\n", " "), path)


def _runs(values: Sequence[object]) -> list[int]:
    """For each place the length of the run of equal values that begins there, 0 inside a run."""
    runs: list[int] = [0] * len(values)
    start = 0
    for place, value in enumerate(values):
        if place and value != values[place - 1]:
            start = place
        runs[start] += 1
    return runs
