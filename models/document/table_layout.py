"""The layout of a form's tables as data: a grid, rows of cells, and which rows repeat for each part of a record."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.document.toml_values import TomlValues, is_field
from models.document.tree import Indicator, Project

EACH = 0
"""In the place of a number of rows: down to the end of the rows that repeat next."""

ALIGNED = ("label", "value", "text")
_BRACES = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
Records = Mapping[str, type[Any]]
"""What a row shows: under "" the record itself, under each name that rows may repeat for its parts."""
ANNUAL, LONG_TERM = "indicators", "long_term_indicators"
OF_PROJECT: Records = {"": Project, ANNUAL: Indicator, LONG_TERM: Indicator}


@dataclass(frozen=True, slots=True)
class FormCell:
    """A label, or a field of what the row shows. A label may hold fields in braces: «项目资金（{amount_unit}）»; what stands in
    square brackets is left out where its fields are empty: «总体目标[（{details.starts}-{details.ends}）]».

    `rows`: how many it covers, or EACH; `align`: one of ALIGNED; `merge`: equal neighbours below are one cell.
    """

    label: str | None
    field: str | None
    columns: int = 1
    rows: int = 1
    align: str = "value"
    merge: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """What it shows of the record."""
        return (self.field,) if self.field else tuple(_BRACES.findall(self.label or ""))


@dataclass(frozen=True, slots=True)
class FormRow:
    """`each`: the parts of the record (`indicators`) the row is repeated for; "" once, for the record itself. `optional`: left
    out where all of its fields are empty."""

    cells: tuple[FormCell, ...]
    each: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FormTable:
    """`columns`: widths in twips. `header_rows`: those at the top that are repeated on each page."""

    columns: tuple[int, ...]
    rows: tuple[FormRow, ...]
    header_rows: int = 0

    def places(self) -> list[list[FormCell | None]]:
        """The cells of each row as a table has them: None where one from above covers the place."""
        covered: list[list[int]] = [[] for _ in self.rows]  # columns where a cell from above covers, each with its span
        found: list[list[FormCell | None]] = []
        for number, row in enumerate(self.rows):
            taken = dict(zip(covered[number][::2], covered[number][1::2], strict=True))
            places: list[FormCell | None] = []
            column = 0
            for cell in row.cells:
                while column in taken:
                    places.append(None)
                    column += taken[column]
                places.append(cell)
                for below in range(number + 1, min(self.end_of(number, cell), len(self.rows))):
                    covered[below] += [column, cell.columns]
                column += cell.columns
            places += [None for start in taken if start >= column]
            found.append(places)
        return found

    def end_of(self, number: int, cell: FormCell) -> int:
        """The row behind the last one a cell of that row covers."""
        if cell.rows != EACH:
            return number + cell.rows
        return next((at + 1 for at in range(number, len(self.rows)) if self.rows[at].each), len(self.rows))


def read_tables(values: TomlValues, records: Records = OF_PROJECT) -> tuple[FormTable, ...]:
    """The tables of a form's file. UserError where they do not fit their grids, or show what is not there."""
    return tuple(_read_table(entry, records) for entry in values.tables("tables"))


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a label, each with whether it is left out where its fields are empty."""
    for place, part in enumerate(_OPTIONAL.split(text)):
        if part:
            yield part, place % 2 == 1


def braces(text: str) -> Iterator[tuple[str, str]]:
    """(words, field) of a text with fields in braces, one after the other; the last field may be ""."""
    end = 0
    for found in _BRACES.finditer(text):
        yield text[end : found.start()], found[1]
        end = found.end()
    yield text[end:], ""


def _read_table(values: TomlValues, records: Records) -> FormTable:
    values.refuse_unknown(("columns", "header_rows", "rows"))
    columns = values.list_of("columns", int)
    entries = values.tables("rows")
    rows = tuple(_read_row(entry, records) for entry in entries)
    table = FormTable(columns, rows, values.take("header_rows", int, 0))
    for number, (entry, places) in enumerate(zip(entries, table.places(), strict=True)):
        own = [cell for cell in places if cell]
        if any(table.end_of(number, cell) > len(rows) for cell in own):
            raise entry.fault("cells", "中有单元格向下超出了表格")
        if rows[number].optional and (any(cell.rows != 1 for cell in own) or _covered(table, number)):
            raise entry.fault("optional", "不能用于含有跨行单元格的行")
        width = sum(cell.columns for cell in own) + _covered(table, number)
        if width != len(columns):
            raise entry.fault("cells", f"合计 {width} 列，应为 {len(columns)} 列")
    return table


def _covered(table: FormTable, number: int) -> int:
    """How many columns of a row are covered from above."""
    above = ((at, cell) for at in range(number) for cell in table.rows[at].cells)
    return sum(cell.columns for at, cell in above if table.end_of(at, cell) > number)


def _read_row(values: TomlValues, records: Records) -> FormRow:
    values.refuse_unknown(("each", "optional", "cells"))
    each = values.text("each", "")
    if each not in records:
        raise values.fault("each", f"不能是「{each}」，应为 {'、'.join(filter(None, records))}")
    cells = tuple(_read_cell(cell, records[each]) for cell in values.tables("cells"))
    return FormRow(cells, each, values.take("optional", bool, False))


def _read_cell(values: TomlValues, shows: type[Any]) -> FormCell:
    values.refuse_unknown(("label", "field", "columns", "rows", "align", "merge"))
    label, field = values.text("label", ""), values.field_of(shows, default="")
    if values.has("label") == bool(field):
        raise values.fault("label", "与 field 必须恰有一个")
    for name in _BRACES.findall(label):
        if not is_field(shows, name):
            raise values.fault("label", f"指向不存在的栏目「{name}」")
    align = values.text("align", "value" if field else "label")
    if align not in ALIGNED:
        raise values.fault("align", f"不能是「{align}」，应为 {'、'.join(ALIGNED)}")
    rows = EACH if values.has("rows") and values.is_text("rows", "each") else values.span("rows")
    return FormCell(
        None if field else label, field or None, values.span("columns"), rows, align, values.take("merge", bool, False)
    )


def field_names(tables: Sequence[FormTable], each: str = "") -> tuple[str, ...]:
    """The fields these tables show of the record itself, or of each of its parts."""
    cells = (cell for table in tables for row in table.rows if row.each == each for cell in row.cells)
    return tuple(dict.fromkeys(name for cell in cells for name in cell.fields))
