"""Rows of indicators below their header in a form, until labels of the form follow again."""

from collections.abc import Mapping
from dataclasses import replace

from importers.reading.form_fields import FormCell, FormFields
from importers.reading.header_rows import NO_HEADER, HeaderRows
from importers.reading.headers import Header, Headers
from importers.reading.indicator_rows import read_row
from importers.reading.listed import ListedProject, ListedRow, Listing, last_of
from importers.reading.reading_labels import DETAIL, PROJECT, Label, Vocabulary
from importers.reading.sheet import Sheet
from importers.table_grid import squeeze
from models.document.template import Template
from models.document.tree import Indicator, Scope


class FormIndicators(HeaderRows):
    """`scope`: what the title of the table says of its period."""

    def __init__(
        self, sheet: Sheet, headers: Headers, template: Template, fields: FormFields, listing: Listing
    ) -> None:
        super().__init__(sheet, sheet.rows, headers, template, listing)
        self._fields = fields
        self.scope = ""

    @property
    def is_open(self) -> bool:
        """Whether a header was met whose rows go on."""
        return self.header is not NO_HEADER

    def begin(self, header: Header) -> None:
        self.use(header, {**header.fields, **header.signs})
        self._fields.project()

    def finish(self) -> None:
        """Keeps the words of headers nobody knows."""
        self._leave_headers()

    def ends(self, number: int, cells: list[FormCell]) -> bool:
        """Whether a row below a header is one of labels again: its first cell is one, of a project or a group."""
        if len(cells) > 1 and self._is_left_group(number, cells[0].column):
            return False
        first = label_of(cells[0].text, self._vocabulary)
        if first is None or (len(cells) == 1 and self.header.fields.get(cells[0].column)):
            return False
        if squeeze(cells[0].text) in self._tiers:
            return False
        column = self.header.fields.get(cells[0].column, "")
        return column != "name" or (len(cells) > 1 and first.field.startswith((PROJECT, DETAIL)))

    def is_below_all(self, cells: list[FormCell]) -> bool:
        """Whether a row below indicators is one of signatures: it begins with one at the left edge."""
        first = cells[0]
        is_left = first.column <= min(self.header.fields, default=first.column)
        return self.is_open and is_left and self._vocabulary.is_signature(first.text)

    def stands_below_names(self, cell: FormCell) -> bool:
        """Whether a cell stands in the column of the indicators' names."""
        return self.header.fields.get(cell.column) == "name"

    def read(self, number: int, cells: list[FormCell]) -> None:
        header = self.header
        values = {field: self._value(number, column, field) for column, field in self._named_columns}
        fitting = [c for c in cells if self._columns.get(c.column) in ("name", "value", "description", "basis")]
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
        annual = next((row.indicator for row in reversed(listed.rows) if row.row == number), Indicator(""))
        self._add_long_term(listed, number, values, annual)
        name = values.get("name", "")
        for column, where, text in self._unknown(number, ((cell.column, cell.text) for cell in cells)):
            if not self._is_left_group(number, column):
                self._fields.leave(number, where, f"{name}：{text}" if name else text)

    def _is_left_group(self, number: int, column: int) -> bool:
        """Whether a cell stands in front of the indicators and heads them."""
        label = self._vocabulary.label(self._sheet.rows[number][column])
        return column < min(self.header.fields, default=1) and label is not None and label.group

    def _add_row(self, listed: ListedProject, number: int, values: Mapping[str, str], tier1: str) -> None:
        scope: Scope = "long_term" if self.scope == "long_term" else "annual"
        read = read_row(values, last_of(listed, scope), self._vocabulary, self._tiers, tier1)
        for field, words in read.left:
            self._fields.leave(number, self._column(field), words)
        if read.led:
            self._listing.led.append(f"第{number}行「{read.led}」")
        self._listing.add_row(listed, ListedRow(self._sheet.name, number, replace(read.indicator, scope=scope)))


def label_of(text: str, vocabulary: Vocabulary) -> Label | None:
    """What a label of a form says; None for one that only heads columns."""
    label = vocabulary.label(text)
    known = label is not None and ("." in label.field or label.field in ("group", "name_or_group"))
    return label if known else None
