"""Reads an indicator list, one indicator a row and its parts in columns, as the bureaus' systems hand them out."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from importers.excel.headers import PROJECT, Columns, Header
from importers.excel.listed import (
    ListedProject,
    ListedRow,
    Listing,
    code_and_name,
    compose,
    may_be_one,
    read_unit,
    set_field,
)
from importers.excel.sheet import Sheet, whole_rows
from importers.form_tables import squeeze
from importers.numbered_lines import written_lines
from importers.report import Kind, Note
from models.document.list_head import read_head
from models.document.template import Template
from models.document.tree import Indicator, Unit

_CONTENT = ("name", "description", "value", "basis")
_UNIT, _UNIT_CODE = f"{PROJECT}unit", f"{PROJECT}unit_code"
_PROJECT_NAMES = {f"{PROJECT}{name}" for name in ("project", "code", "name")}
_MONEY_LINE = re.compile(r"(?:金额)?单位[:：](?P<unit>亿元|万元|千元|元)")
_UNIT_LINE = re.compile(r"(?:填报|预算|实施|编制)?(?:单位|部门)(?:名称)?(?:（公章）|（盖章）)?[:：](?P<name>.+)")
_PROJECT_LINE = re.compile(r"(?:预算)?项目(?:名称)?[:：](?P<name>.+)")
_NAMELESS = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)


def read_list(sheet: Sheet, header: Header, columns: Columns, template: Template, listing: Listing) -> None:
    """Adds the rows of a sheet to the listing."""
    _ListReader(sheet, header, columns, template, listing).read()


class _ListReader:
    def __init__(self, sheet: Sheet, header: Header, columns: Columns, template: Template, listing: Listing) -> None:
        self._sheet, self._header, self._columns = sheet, header, columns
        self._template, self._listing = template, listing
        self._front: dict[str, str] = {}
        self._other_names: set[str] = set()
        self._current: ListedProject | None = None
        self._pending: tuple[int, Mapping[str, str]] | None = None
        self._rows = whole_rows(sheet)
        self._odd_signs: list[str] = []
        self._is_own = False
        before, after = template.labels.project_title.split("{name}")
        number = re.escape(before).replace(re.escape("{n}."), r"(?:\d++\s*+[.．、]\s*+)?")
        self._title = re.compile(rf"{number}(?P<name>.+){re.escape(after)}", re.DOTALL)

    def read(self) -> None:
        stated = read_head(self._rows, self._header.row)
        self._listing.state(stated, self._sheet)
        self._is_own = stated is not None
        for number in sorted(self._rows):
            if number < self._header.row:
                if stated is None or number not in stated.rows:
                    self._read_front(number)
            elif number > self._header.row:
                self._header = self._repeated(number) or self._header
                if self._header.row != number:
                    self._read_row(number)
        self._leave_pending()
        if self._odd_signs:
            words = "、".join(dict.fromkeys(self._odd_signs))
            self._listing.notes.append(
                Note(
                    Kind.HINT,
                    f"工作表「{self._sheet.name}」的符号列写着「{words}」，没有换成 ≥、≤ 等符号，请核对这些指标值。",
                )
            )

    def _repeated(self, number: int) -> Header | None:
        """The headers once more, as lists of several pages have them; in another order, too."""
        own = self._rows[number]
        asked = (own.get(column, "") for column, field in self._header.fields.items() if field in ("name", "tier1"))
        if not any(map(self._columns.may_be_header, asked)):
            return None
        self._listing.budget.take(places=self._sheet.width)
        return self._columns.header(self._sheet, number)

    def _read_front(self, number: int) -> None:
        """A line above the headers: the unit of amounts, the unit, the project, or loose words."""
        for column, text in self._rows[number].items():
            if number == self._header.row - 1 and squeeze(text) == self._header.labels.get(column):
                continue
            words = squeeze(text)
            if found := _MONEY_LINE.fullmatch(words):
                taken = self._take_front("unit of amounts", found["unit"])
            elif found := _PROJECT_LINE.fullmatch(words):
                taken = self._take_front("project", found["name"])
            elif found := _UNIT_LINE.fullmatch(words):
                taken = self._take_front("unit", found["name"])
            elif (title := self._title.fullmatch(text.strip())) and not self._has_project_columns():
                taken = self._take_front("project", title["name"])
            else:
                taken = self._is_part_of_header(number, column)
            if not taken:
                self._listing.leave(self._sheet.name, "表头以外", number, text)

    def _take_front(self, what: str, words: str) -> bool:
        """Takes what a line above the headers says; False where one before it says otherwise."""
        return self._front.setdefault(what, words) == words

    def _is_part_of_header(self, number: int, column: int) -> bool:
        """Whether a cell above the headers is merged with one of them, or heads a group of them."""
        area = self._sheet.anchors.get((number, column))
        return area is not None and (
            area.bottom >= self._header.row
            or (area.bottom == self._header.row - 1 and area.right - area.left + 1 < self._sheet.width)
        )

    def _has_project_columns(self) -> bool:
        return any(field in _PROJECT_NAMES for field in self._header.fields.values())

    def _read_row(self, number: int) -> None:
        own = self._rows[number]
        values = {field: self._value(number, column, field) for column, field in self._header.fields.items() if field}
        written = {
            field for column, field in self._header.fields.items() if field and own.get(column, "").strip()
        }  # fmt: skip
        if self._adds_up(own, written):
            self._leave_row(number, own)
        elif written & set(_CONTENT):
            self._begin(number, values)
            self._read_project_fields(number, values, written)
            self._read_indicator(number, values)
            self._leave_unknown(number, own)
        elif {self._header.fields.get(column) for column in own} <= _PROJECT_NAMES:
            self._leave_pending()
            self._pending = (number, values)
        elif written & _PROJECT_NAMES and all(field.startswith(PROJECT) for field in written):
            self._begin(number, values)
            self._read_project_fields(number, values, written)
            self._leave_unknown(number, own)
        elif found := self._headline(own):
            self._current = self._listing.project("", found, self._unit({}), self._template)
        else:
            self._leave_row(number, own)

    def _adds_up(self, own: Mapping[int, str], written: set[str]) -> bool:
        """Whether a row holds sums. 「甲科小计」 does where a project should stand; an indicator may be called so."""
        if any(map(self._columns.is_total, own.values())):
            return True
        named = [text for column, text in own.items() if self._header.fields.get(column, "") in _PROJECT_NAMES]
        return not written & {"name", "value"} and any(map(self._columns.ends_in_total, named))

    def _value(self, number: int, column: int, field: str) -> str:
        """The words of a place; those of a merged cell count for each of its rows, but a weight only once."""
        owner = self._sheet.covered.get(number, {}).get(column)
        if owner is None:
            text = self._rows[number].get(column, "")
        elif field == "weight" or owner[1] != column or owner[0] <= self._header.row:
            text = ""
        else:
            text = self._sheet.text(number, column)
            self._listing.budget.take(characters=len(text))
        return "\n".join(written_lines([text])) if text else ""

    def _headline(self, own: Mapping[int, str]) -> str:
        """The project that a line of its own between the rows names; "" for another line."""
        if len(own) != 1:
            return ""
        (text,) = own.values()
        found = _PROJECT_LINE.fullmatch(squeeze(text)) or self._title.fullmatch(text.strip())
        return found["name"] if found else ""

    def _begin(self, number: int, values: Mapping[str, str]) -> None:
        """The project of a row: the one it names, else the one a row above it names."""
        code, name = _named(values)
        if self._pending is not None:
            pending = _named(self._pending[1])
            if not (code or name) or (code, name) == pending:
                (code, name), self._pending = pending, None
            self._leave_pending()
        unit, current = self._unit(values), self._current
        if self._is_own:  # every row names its project whole
            self._current = self._listing.named_whole(code, name, unit, self._template)
        elif code or name or current is None or not may_be_one(current.project.unit, unit):
            above = current.project.name if current else self._front.get("project", "") or self._sheet_name()
            name = name or ("" if code else above)
            self._current = self._listing.project(code, name, unit, self._template, current)
            self._keep_other_name(number, name)

    def _unit(self, values: Mapping[str, str]) -> Unit:
        """The unit of a row: the one it names, else the one above the headers."""
        unit = Unit()
        for field in (_UNIT, _UNIT_CODE):
            if values.get(field):
                unit = read_unit(unit, field.removeprefix(PROJECT), values[field])
        front = self._front.get("unit", "")
        return read_unit(unit, "unit", front) if front and unit == Unit() else unit

    def _keep_other_name(self, number: int, name: str) -> None:
        """A code of the budget system names the project; where the name beside it is another, both are kept."""
        assert self._current is not None
        if name and squeeze(name) != squeeze(self._current.project.name) and name not in self._other_names:
            self._other_names.add(name)
            self._listing.leave(self._sheet.name, "与同一编码的项目名称不同", number, name)

    def _leave_pending(self) -> None:
        """A row with nothing but words in the project's column, and no rows of that project below: no project."""
        if self._pending is not None:
            number, _values = self._pending
            self._leave_row(number, self._rows[number])
            self._pending = None

    def _sheet_name(self) -> str:
        return "" if _NAMELESS.fullmatch(self._sheet.name.strip()) else self._sheet.name

    def _read_project_fields(self, number: int, values: Mapping[str, str], written: set[str]) -> None:
        listed = self._current
        assert listed is not None  # _begin made one
        self._read_amount_unit(listed)
        for field, text in values.items():
            name = field.removeprefix(PROJECT)
            if field in _PROJECT_NAMES or not field.startswith(PROJECT) or not text:
                continue
            if name == "year":
                self._read_year(number, text)
            elif not set_field(listed, name, self._amount(field, text, listed), self._template) and field in written:
                self._listing.leave(self._sheet.name, self._column(field), number, text)

    def _read_year(self, number: int, text: str) -> None:
        found = re.fullmatch(r"(20\d{2})年?度?", squeeze(text))
        if found:
            self._listing.years.add(int(found[1]))
        else:
            self._listing.leave(self._sheet.name, self._column(f"{PROJECT}year"), number, text)

    def _read_amount_unit(self, listed: ListedProject) -> None:
        unit = next(iter(self._header.amount_units.values()), self._front.get("unit of amounts", ""))
        if unit and not listed.has_amount_unit:
            listed.has_amount_unit = True
            listed.project = replace(listed.project, amount_unit=unit)

    def _amount(self, field: str, text: str, listed: ListedProject) -> str:
        """An amount as typed; where its column counts in another unit than the project, that unit follows it."""
        unit = next((u for c, u in self._header.amount_units.items() if self._header.fields[c] == field), "")
        return f"{text}{unit}" if unit and unit != listed.project.amount_unit and text[-1:].isdigit() else text

    def _read_indicator(self, number: int, values: Mapping[str, str]) -> None:
        assert self._current is not None
        rows = self._current.rows
        above = rows[-1].indicator if rows else Indicator("")
        tier1 = values.get("tier1", "") or above.tier1
        tier2 = values.get("tier2", "") or (above.tier2 if tier1 == above.tier1 else "")
        sign = squeeze(values.get("sign", ""))
        literal = self._columns.sign(sign) if sign else ""
        composed = compose(sign, literal, values.get("value", ""), values.get("unit", ""))
        for field, left in (("sign", composed.left_sign), ("unit", composed.left_unit)):
            if left:
                self._listing.leave(self._sheet.name, self._column(field), number, left)
        if literal is None:
            self._odd_signs.append(sign)
        plain: dict[str, Any] = {field: values.get(field, "") for field in ("name", "description", "basis", "weight")}
        rows.append(ListedRow(self._sheet.name, number, Indicator("", tier1, tier2, value=composed.value, **plain)))

    def _column(self, field: str) -> str:
        label = next(self._header.labels[c] for c, each in self._header.fields.items() if each == field)
        return f"「{label}」列"

    def _leave_unknown(self, number: int, own: Mapping[int, str]) -> None:
        for column, text in own.items():
            if column not in self._header.fields and text.strip():
                label = self._header.labels.get(column, "")
                place = f"「{label}」列" if label else "没有表头的列"
                self._listing.leave(self._sheet.name, place, number, text)

    def _leave_row(self, number: int, own: Mapping[int, str]) -> None:
        words = "\t".join(own[column] for column in sorted(own) if own[column].strip())
        if words:
            self._listing.leave(self._sheet.name, "指标以外的行", number, words)


def _named(values: Mapping[str, str]) -> tuple[str, str]:
    """(code, name) of the project in these columns."""
    prefix = len(PROJECT)
    return code_and_name(
        {field[prefix:]: " ".join(values[field].split("\n")) for field in _PROJECT_NAMES & values.keys()}
    )
