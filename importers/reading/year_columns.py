"""Columns and labels of several years beside each other («2025年指标值 | 2026年指标值»): the plan's year says which one counts."""

import re
from collections.abc import Mapping

from importers.reading.front_lines import YEAR, read_line, title_year
from importers.reading.reading_labels import Label, Vocabulary
from importers.reading.sheet import Sheet
from importers.table_grid import squeeze

_YEARS = re.compile(r"(?<!\d)20\d{2}(?!\d)")

_YEAR_ALONE = re.compile(r"20\d{2}年?度?")

Columns = dict[int, tuple[Label | None, str]]


def of_plan_year(sheet: Sheet, first: int, row: int, columns: Columns, vocabulary: Vocabulary) -> Columns:
    """The columns, but that those of other years have no label: their words are kept. Where nothing above says the plan's year,
    none of several years has one."""
    years = {place: year_in(sheet.text(row, place)) or year_in(above) for place, (_label, above) in columns.items()}
    by_field: dict[str, set[str]] = {}
    for place, (label, _above) in columns.items():
        if label is not None and label.field and years[place]:
            by_field.setdefault(label.field, set()).add(years[place])
    divided = {field for field, named in by_field.items() if len(named) > 1}
    if not divided:
        return columns
    plan = _plan_year(sheet, first, vocabulary)
    return {
        place: (None if label and label.field in divided and years[place] not in ("", plan) else label, above)
        for place, (label, above) in columns.items()
    }


def is_year(text: str) -> bool:
    """Whether a header is a year and nothing else."""
    return _YEAR_ALONE.fullmatch(squeeze(text)) is not None


def _plan_year(sheet: Sheet, first: int, vocabulary: Vocabulary) -> str:
    """The one year the lines above the headers name, else the sheet's title; "" where there is none, or several."""
    lines = [text for row, own in sheet.rows.items() if row < first for text in own.values()]
    found = {title_year(text) or read_line(text, vocabulary).fields.get(YEAR, "") for text in lines} - {""}
    return found.pop() if len(found) == 1 else "" if found else year_in(sheet.name)


def year_in(text: str) -> str:
    """The one year a header or label names; "" where it names none, or a period."""
    found: Mapping[str, None] = dict.fromkeys(_YEARS.findall(text))
    return next(iter(found)) if len(found) == 1 else ""
