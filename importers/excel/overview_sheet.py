"""This program's own sheet of all projects: it repeats what the projects say, so only what it says otherwise matters."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from importers.reading.headers import SEARCHED_ROWS
from importers.reading.sheet import Sheet, whole_rows
from importers.recognise import Recognition
from importers.report import Kind, Note, shortened
from importers.table_grid import label_key, squeeze
from models.document.list_head import OVERVIEW_SHEET, head_lines, read_head
from models.document.overview import COLUMNS, SUBTOTAL, TOTAL, UNIT, Overview, overview
from models.document.tree import GoalDocument
from models.document.values import parse_number

_AMOUNT_UNIT = re.compile(r"（[^（）]*）$")
_NEEDED = frozenset(COLUMNS) - {COLUMNS[UNIT]}
"""The columns such a sheet has had in every version of the program."""


def header_row(sheet: Sheet) -> int | None:
    """The row of the headers of that sheet; None where there is none."""
    for number in sorted(sheet.rows)[:SEARCHED_ROWS]:
        if set(map(_label, sheet.rows[number].values())) >= _NEEDED:
            return number
    return None


def compare(found: Recognition, sheets: Sequence[Sheet]) -> Recognition:
    """What these sheets say otherwise than the projects of the text is kept and reported; what they repeat is not."""
    if not sheets:
        return found
    expected = overview(found.document)
    unplaced, notes = [], []
    for sheet in sheets:
        differing = _differing(sheet, expected, found.document)
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
    return found.more(unplaced, notes)


def _label(text: str) -> str:
    return _AMOUNT_UNIT.sub("", label_key(text))


def _differing(sheet: Sheet, expected: Overview, document: GoalDocument) -> list[tuple[int, str]]:
    """The rows that are none of those expected: number and words. Sums that follow from another row, or
    were not computed, are not expected."""
    rows = whole_rows(sheet)
    header = header_row(sheet) or 0
    columns = {column: _label(text) for column, text in rows[header].items()}
    lines = (expected.header, *expected.lines, *expected.subtotals, expected.total)
    known = Counter(
        _meaning([line[COLUMNS.index(name)] for name in columns.values() if name in COLUMNS]) for line in lines
    )
    known.update(
        _meaning([words]) for words in (*head_lines(document, OVERVIEW_SHEET, expected.amount_unit), expected.note)
    )
    stated = read_head(rows, header)
    differing = []
    for number in sorted(rows.keys() - (stated.rows if stated else frozenset())):
        own = rows[number]
        meaning = _meaning([own.get(column, "") for column in range(1, max(own) + 1)])
        if known[meaning]:
            known[meaning] -= 1
        elif meaning:
            differing.append((number, "\t".join(own[column] for column in sorted(own) if own[column].strip())))
    sums = {number for number, _ in differing if label_key(rows[number].get(min(columns), "")) in (TOTAL, SUBTOTAL)}
    blank = {number for number in sums if not any(map(str.isdigit, "".join(rows[number].values())))}
    others = [pair for pair in differing if pair[0] not in sums]
    return others or [pair for pair in differing if pair[0] not in blank]


def _meaning(words: Sequence[str]) -> tuple[object, ...]:
    """What two rows are compared by: words without white space, numbers by their value; blank cells at the end count not."""
    cells: list[object] = [_number_or_words(text) for text in words]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)


def _number_or_words(text: str) -> Decimal | str:
    number = parse_number(text)
    return squeeze(text) if number is None else number
