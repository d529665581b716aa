"""Rows of indicators below their header in a form, until labels of the form follow again."""

from collections.abc import Mapping
from dataclasses import replace

from importers.numbered_lines import written_lines
from importers.reading.form_fields import FormCell, FormFields
from importers.reading.headers import Header, Headers
from importers.reading.indicator_rows import known_tiers, read_long_term, read_row
from importers.reading.kept_words import leave_headers, only_counts
from importers.reading.listed import ListedProject, ListedRow, Listing, last_of
from importers.reading.reading_labels import DETAIL, PROJECT, Label, Vocabulary
from importers.reading.sheet import Sheet
from importers.table_grid import squeeze
from models.document.template import Template
from models.document.tree import Indicator, Scope


class FormIndicators:
    """`header`: the one that holds for the rows below; `scope`: what the title of the table says of its period."""

    def __init__(
        self, sheet: Sheet, headers: Headers, template: Template, fields: FormFields, listing: Listing
    ) -> None:
        self._sheet, self._headers, self._fields, self._listing = sheet, headers, fields, listing
        self._vocabulary, self._tiers = headers.vocabulary, known_tiers(template)
        self.header: Header | None = None
        self.scope = ""
        self._used: list[Header] = []

    def begin(self, header: Header) -> None:
        self.header = header
        self._used.append(header)
        self._fields.project()

    def finish(self) -> None:
        """Keeps the words of headers nobody knows."""
        leave_headers(self._used, self._headers, self._sheet, self._listing)

    def ends(self, number: int, cells: list[FormCell]) -> bool:
        """Whether a row below a header is one of labels again: its first cell is one, of a project or a group."""
        assert self.header is not None
        if len(cells) > 1 and self._is_left_group(number, cells[0].column):
            return False
        first = label_of(cells[0].text, self._vocabulary)
        if first is None or (len(cells) == 1 and self.header.fields.get(cells[0].column)):
            return False
        if squeeze(cells[0].text) in self._tiers:
            return False
        column = self.header.fields.get(cells[0].column, "")
        return column != "name" or (len(cells) > 1 and first.field.startswith((PROJECT, DETAIL)))

    def stands_below_names(self, cell: FormCell) -> bool:
        """Whether a cell stands in the column of the indicators' names."""
        return self.header is not None and self.header.fields.get(cell.column) == "name"

    def read(self, number: int, cells: list[FormCell]) -> None:
        header = self.header
        assert header is not None
        columns = {**header.fields, **header.signs}
        values = {field: self._value(number, column, field) for column, field in columns.items() if field}
        read = {column for column, field in columns.items() if field}
        counts = {c.column for c in cells if columns.get(c.column) == "" and only_counts(c.text, number)}
        taken = {*read, *counts, *header.long_term, *(column for each in header.more for column in each.fields)}
        left = {cell.column: cell.text for cell in cells if cell.column not in taken}
        fitting = [cell for cell in cells if columns.get(cell.column) in ("name", "value", "description", "basis")]
        listed = self._fields.project()
        if listed is None or not (fitting or header.more):
            self._fields.leave(
                number,
                "表格以外的行" if listed is not None else "部门整体绩效目标表的指标",
                "\t".join(c.text for c in cells),
            )
            return
        sets: list[tuple[str, Mapping[str, str]]] = [(header.tier1, values)] if fitting else []
        for each in header.more:
            sets.append((each.tier1, {name: self._value(number, column, name) for column, name in each.fields.items()}))
        for tier1, own in sets:
            if own.get("name") or own.get("value"):
                self._add_row(listed, number, own, tier1)
        self._add_long_term(listed, number, values)
        for column, text in left.items():
            words = header.labels.get(column, "")
            if not self._is_left_group(number, column):
                where = f"「{words}」列" if words else "没有表头的列"
                self._fields.leave(number, where, f"{values.get('name', '')}：{text}" if values.get("name") else text)

    def _is_left_group(self, number: int, column: int) -> bool:
        """Whether a cell stands in front of the indicators and heads them."""
        assert self.header is not None
        first = min(self.header.fields, default=1)
        label = self._vocabulary.label(self._sheet.rows[number][column])
        return column < first and label is not None and label.group

    def _add_row(self, listed: ListedProject, number: int, values: Mapping[str, str], tier1: str) -> None:
        scope: Scope = "long_term" if self.scope == "long_term" else "annual"
        read = read_row(values, last_of(listed, scope), self._vocabulary, self._tiers, tier1)
        for field, words in read.left:
            self._fields.leave(number, f"「{self._header_of(field)}」列", words)
        if read.led:
            self._listing.led.append(f"第{number}行「{read.led}」")
        self._listing.add_row(listed, ListedRow(self._sheet.name, number, replace(read.indicator, scope=scope)))

    def _add_long_term(self, listed: ListedProject, number: int, values: Mapping[str, str]) -> None:
        assert self.header is not None
        own = {name: self._value(number, column, name) for column, name in self.header.long_term.items()}
        annual = next((row.indicator for row in reversed(listed.rows) if row.row == number), Indicator(""))
        read = read_long_term(values, own, annual, self._vocabulary, self._tiers)
        if read is not None:
            self._listing.add_row(listed, ListedRow(self._sheet.name, number, read))

    def _header_of(self, field: str) -> str:
        assert self.header is not None
        columns = {**self.header.fields, **self.header.signs}
        return next((self.header.labels[column] for column, each in columns.items() if each == field), "")

    def _value(self, number: int, column: int, field: str) -> str:
        """The words of a place; those of a cell merged downwards count for each of its rows, but a weight only once."""
        assert self.header is not None
        owner = self._sheet.covered.get(number, {}).get(column)
        if owner is None:
            text = self._sheet.rows.get(number, {}).get(column, "")
        elif field == "weight" or owner[1] != column or owner[0] <= self.header.row:
            return ""
        else:
            text = self._sheet.text(number, column)
            self._listing.budget.take(characters=len(text))
        return "\n".join(written_lines([text])) if text else ""


def label_of(text: str, vocabulary: Vocabulary) -> Label | None:
    """What a label of a form says; None for one that only heads columns."""
    label = vocabulary.label(text)
    known = label is not None and ("." in label.field or label.field in ("group", "name_or_group"))
    return label if known else None
