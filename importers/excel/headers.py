"""The columns of an indicator list, known by their headers; the headers stand in resources/excel/columns.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from importers.excel.sheet import Sheet
from importers.form_tables import label_key, squeeze
from models.errors import UserError
from resources import ROOT

FILE = ROOT / "excel" / "columns.toml"
SEARCHED_ROWS = 10
"""Written rows among which the first header is looked for."""

_LEAST = 3
_LONGEST = 40  # characters of a header, what stands in brackets included
_MONEY = re.compile(r"(?P<label>.+?)(?:（(?:单位：)?|[/:：])(?P<unit>亿元|万元|千元|元)）?")
_BRACKETS = re.compile(r"（[^（）]*）$")
_LITERAL_SIGNS = frozenset(("≥", "≤", "＝", "＞", "＜", ">=", "<=", "=", ">", "<", "≧", "≦", "⩾", "⩽", "＞＝", "＜＝"))

PROJECT = "project."
"""Begins the field names of a project's columns."""


@dataclass(frozen=True, slots=True)
class Header:
    """A row of headers: the field each column holds ("" for a column to pass over), the words of all, units of amounts."""

    row: int
    fields: Mapping[int, str]
    labels: Mapping[int, str]
    amount_units: Mapping[int, str]

    @property
    def is_surely_a_list(self) -> bool:
        """Whether it has columns that the form's own table has not."""
        return any(field.startswith(PROJECT) or field in ("sign", "unit", "weight") for field in self.fields.values())


@dataclass(frozen=True, slots=True)
class Columns:
    """What the file of headers says: fields by header, signs by word, words of totals."""

    fields: Mapping[str, str]
    signs: Mapping[str, str]
    totals: frozenset[str]

    def sign(self, words: str) -> str | None:
        """The sign a cell means, as typed where it is one; None for other words."""
        return words if words in _LITERAL_SIGNS else self.signs.get(words)

    def is_total(self, words: str) -> bool:
        """Whether a cell says that its row holds sums; what stands in brackets or a colon after it aside."""
        return len(words) <= _LONGEST and _sum_key(words) in self.totals

    def ends_in_total(self, words: str) -> bool:
        """Whether words end in one of those of sums."""
        return len(words) <= _LONGEST and _sum_key(words).endswith(tuple(self.totals))

    def may_be_header(self, text: str) -> bool:
        """Whether a cell holds the words of a header."""
        return len(text) <= _LONGEST and self._field(text)[0] is not None

    def find(self, sheet: Sheet) -> Header | None:
        """The first row of headers, among the first rows of a sheet."""
        first = sorted(sheet.rows)[:SEARCHED_ROWS]
        return next((found for row in first if (found := self.header(sheet, row)) is not None), None)

    def header(self, sheet: Sheet, row: int) -> Header | None:
        """The row as one of headers; None where it is none. A header may be merged with the row above, or stand in it."""
        own = sheet.rows.get(row, {})
        if sum(map(self.may_be_header, own.values())) < 2:
            return None
        labels = {}
        for column in range(1, sheet.width + 1):
            text = sheet.text(row, column)
            if not text and self._field(sheet.text(row - 1, column))[0]:
                text = sheet.text(row - 1, column)
            labels[column] = text
        fields: dict[int, str] = {}
        units: dict[int, str] = {}
        for column, label in labels.items():
            field, unit = self._field(label)
            if field is not None and (field == "" or field not in fields.values()):
                fields[column] = field
                if unit:
                    units[column] = unit
        known = {field for field in fields.values() if field}
        if len(known) < _LEAST or "name" not in known or not known & {"value", "tier1", "tier2"}:
            return None
        return Header(row, fields, {column: squeeze(label) for column, label in labels.items()}, units)

    def _field(self, label: str) -> tuple[str | None, str]:
        """(field, unit of the amounts) of a header; (None, "") for one nobody knows."""
        key = label_key(label).strip("*＊★")
        if not key:
            return None, ""
        money = _MONEY.fullmatch(key)
        if money and (field := self.fields.get(money["label"], "")) in _AMOUNTS:
            return field, money["unit"]
        return self.fields.get(key, self.fields.get(_BRACKETS.sub("", key))), ""


@lru_cache(maxsize=10_000)  # the same few words stand in most cells of a column
def _sum_key(words: str) -> str:
    return _BRACKETS.sub("", label_key(words).rstrip("：:")).rstrip("：:")


_AMOUNTS = frozenset(f"{PROJECT}{name}" for name in ("budget", "fiscal_funds", "other_funds"))


@cache
def load_columns(checkpoints: tuple[str, ...]) -> Columns:
    """The known columns; `checkpoints`: headers of the spending plan's cells. UserError where the file is faulty."""
    try:
        data = tomllib.loads(FILE.read_text(encoding="utf-8"))
        return _columns(data, checkpoints)
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise UserError(f"表头文件 {FILE} 有错（{error}），请改正后重新打开程序。") from None


def _columns(data: Mapping[str, Any], checkpoints: tuple[str, ...]) -> Columns:
    fields = {label_key(header): "" for header in data["ignored"]["columns"]}
    fields |= {label_key(header): name for name, headers in data["indicator"].items() for header in headers}
    for name, headers in data["project"].items():
        fields |= {label_key(header): PROJECT + name for header in headers}
    for place, label in enumerate(checkpoints):
        fields |= {label_key(header): f"{PROJECT}spending_plan[{place}]" for header in (label, f"{label}支出计划")}
    signs = {word: sign for sign, words in data["signs"].items() for word in words}
    return Columns(fields, signs, frozenset(map(_sum_key, data["totals"]["words"])))
