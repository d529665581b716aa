"""This program's own sheet of all projects: it repeats what the projects say, so only what it says otherwise matters."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from importers.excel.headers import SEARCHED_ROWS
from importers.excel.sheet import Sheet, whole_rows
from importers.form_tables import label_key, squeeze
from importers.recognise import Recognition
from importers.report import Kind, Note, Report, shortened
from models.document.overview import COLUMNS, overview
from models.document.values import parse_number

_UNIT = re.compile(r"（[^（）]*）$")


def is_overview(sheet: Sheet) -> bool:
    """Whether one of the first rows has the headers of that sheet, all of them."""
    return _header(sheet) is not None


def compare(found: Recognition, sheets: Iterable[Sheet]) -> Recognition:
    """What these sheets say otherwise than the projects of the text is kept and reported; what they repeat is not."""
    sheets = tuple(sheets)
    if not sheets:
        return found
    expected = overview(found.document)
    lines = Counter(map(_meaning, (expected.header, *expected.lines, expected.total, (expected.note,))))
    unplaced, notes = list(found.document.unplaced), list(found.report.notes)
    for sheet in sheets:
        differing = _differing(sheet, lines.copy())
        if differing:
            number, words = differing[0]
            notes.append(
                Note(
                    Kind.UNPLACED,
                    f"工作表「{sheet.name}」有 {len(differing)} 行与各项目的内容不一致，没有采用，已保留。"
                    f"第一处在第 {number} 行：「{shortened(words)}」",
                )
            )
            unplaced.append("\n".join((f"工作表「{sheet.name}」", *(f"第{at}行：{text}" for at, text in differing))))
    return replace(found, document=replace(found.document, unplaced=tuple(unplaced)), report=Report(tuple(notes)))


def _header(sheet: Sheet) -> int | None:
    for number in sorted(sheet.rows)[:SEARCHED_ROWS]:
        if {_UNIT.sub("", label_key(text)) for text in sheet.rows[number].values()} >= set(COLUMNS):
            return number
    return None


def _differing(sheet: Sheet, expected: Counter[tuple[object, ...]]) -> list[tuple[int, str]]:
    """The rows that are none of the expected ones: number and words."""
    differing = []
    rows = whole_rows(sheet)
    for number in sorted(rows):
        own = rows[number]
        meaning = _meaning([own.get(column, "") for column in range(1, max(own) + 1)])
        if expected[meaning]:
            expected[meaning] -= 1
        elif meaning:
            differing.append((number, "\t".join(own[column] for column in sorted(own) if own[column].strip())))
    return differing


def _meaning(words: Sequence[str]) -> tuple[object, ...]:
    """What two rows are compared by: words without white space, numbers by their value; blank cells at the end count not."""
    cells: list[object] = [_number_or_words(text) for text in words]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)


def _number_or_words(text: str) -> Decimal | str:
    number = parse_number(text)
    return squeeze(text) if number is None else number
