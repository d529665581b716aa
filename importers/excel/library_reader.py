"""Reads a workbook of indicators for the user's own library: one row an indicator, its parts in columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from importers.budget import Budget
from importers.excel.workbook import ExcelWorkbook
from importers.opened import read_whole
from importers.reading.sheet import Sheet
from models.document.cleaning import clean_line, clean_text
from models.document.values import SIGNS, parse_value
from models.errors import UserError
from models.indicators.indicator_library import Entry
from models.indicators.own_library import COLUMNS

_SEARCHED_ROWS = 20
"""Among which the line with the columns' names is looked for."""
_LARGEST = 20 * 1024 * 1024
_CALLED = {
    **{label: name for name, label in COLUMNS.items()},
    "指标名称": "name", "指标": "name", "指标描述": "description", "指标说明": "description", "指标解释": "description",
    "指标符号": "sign", "计量单位": "unit", "确定依据": "basis", "指标值": "value", "年度": "year",
}  # fmt: skip
_SAME_SIGN = {">=": "≥", "<=": "≤", "=": "＝", ">": "＞", "<": "＜"}


@dataclass(frozen=True, slots=True)
class OwnLibraryReading:
    """The indicators of a workbook, and sentences on what of it was not read."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def read_own_library(path: Path) -> OwnLibraryReading:
    """The indicators of all visible sheets. UserError names the file where it cannot be read or holds none."""
    workbook = ExcelWorkbook(read_whole(path, _LARGEST), path.name, lambda: True)
    rows: list[Entry] = []
    notes: list[str] = []

    def take(sheet: Sheet) -> None:
        header, columns = _header(sheet)
        if header:
            rows.extend(_rows(sheet, header, columns, workbook.budget))
        else:
            notes.append(f"工作表「{sheet.name}」没有「三级指标」这一栏，没有读入。")

    workbook.each(take)
    entries = tuple(entry for entry in rows if entry.name)
    if not entries:
        raise UserError(f"文件「{path.name}」里没有指标：第一行应写「三级指标」「二级指标」等栏名，下面一行一个指标。")
    if len(rows) > len(entries):
        notes.append(f"{len(rows) - len(entries)} 行没有写三级指标，没有读入。")
    return OwnLibraryReading(entries, (*notes, *workbook.notes))


def _header(sheet: Sheet) -> tuple[int, Mapping[int, str]]:
    """The row of the columns' names and which column is what; 0 where there is none."""
    for number in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        names = {column: _CALLED.get("".join(text.split())) for column, text in sheet.rows[number].items()}
        columns = {column: name for column, name in names.items() if name}
        if "name" in columns.values() and len(set(columns.values())) > 1:
            return number, columns
    return 0, {}


def _rows(sheet: Sheet, header: int, columns: Mapping[int, str], budget: Budget) -> Iterator[Entry]:
    """An empty tier is the one of the row above, as printed tables leave it out."""
    tiers = {"tier1": "", "tier2": ""}
    for number in sorted(sheet.rows):
        if number <= header:
            continue
        texts: dict[str, str] = {}
        for column, name in columns.items():
            clean = clean_text if name == "description" else clean_line
            text = sheet.text(number, column)
            budget.take(characters=len(text))
            texts.setdefault(name, clean(text)[0].strip())
        for tier in tiers:
            if texts.get(tier) and tier == "tier1" and texts[tier] != tiers[tier]:
                tiers["tier2"] = ""
            tiers[tier] = texts.get(tier) or tiers[tier]
        if any(texts.values()):
            yield _entry({**texts, **tiers})


def _entry(texts: Mapping[str, str]) -> Entry:
    value = parse_value(texts.get("value", ""))
    written = texts.get("sign", "") or value.sign
    sign = _SAME_SIGN.get(written, written)
    year = texts.get("year", "").removesuffix("年").strip()
    entry = Entry(texts["tier1"], texts["tier2"], texts.get("name", ""), texts.get("description", ""))
    return replace(
        entry,
        sign=sign if sign in SIGNS else "",
        unit=texts.get("unit", "") or value.unit,
        basis=texts.get("basis", ""),
        value=texts.get("value", ""),
        year=int(year) if year.isdecimal() and len(year) == 4 else 0,
    )
