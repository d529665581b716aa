"""The sheets that are lists: one row a project or an indicator, to filter, sort, add up and print across. Knows no Excel."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from exporters.sheets import (
    BODY_SIZE,
    MAX_HEIGHT,
    MAX_TEXT,
    SIZES,
    Number,
    Sheet,
    Slot,
    height_needed,
    line_height,
    portions,
)
from models.document.blocks import Role
from models.document.list_head import DETAIL_SHEET, OVERVIEW_SHEET, head_lines
from models.document.overview import AMOUNTS, COLUMNS, NO_UNIT, UNIT, Overview, overview
from models.document.template import Template
from models.document.tree import GoalDocument
from models.document.values import parse_number

MAX_WIDTH = 1340.0
"""Points a column can be wide: 255 digits of the workbook's font."""

_OVERVIEW_WIDTHS = (34.0, 160.0, 180.0, 180.0, 84.0, 84.0, 84.0, 46.0)
_COUNT = len(COLUMNS) - 1
_SMALLEST = 1.0
_WIDER, _SMALLER = 1.25, 0.9
_ODD_CRITERION = re.compile(r"[*?~]|^[=<>]|^[\d.,+\-\s%]*$")
"""Words that SUMIF would take for a pattern, a comparison or a number."""

_LONGEST_CRITERION = 255
_MOST_RANGES = 200
_EXACT_DIGITS = 15  # what a spreadsheet keeps of a number


def list_sheet(
    name: str, lines: Sequence[tuple[str, ...]], widths: tuple[float, ...], head: Sequence[str] = ()
) -> Sheet:
    """A sheet of plain rows to filter and copy from, under the first one as its header. `head`: title and lines above it.

    What a row of Excel's greatest height would cut off makes its column wider, and the type smaller after that.
    """
    widths = _wide_enough(lines[1:], widths)
    sheet = Sheet(name, widths, is_list=True)
    for place, title in enumerate(head):
        _add_line(sheet, title, Role.BODY if place else Role.PROJECT_TITLE)
    size, first = SIZES[Role.CELL], len(head) + 1
    tallest = max(height_needed(label, width, size) for label, width in zip(lines[0], widths, strict=True))
    sheet.rows.append((tallest, [Slot(label, Role.CELL_LABEL) for label in lines[0]]))
    sheet.header = (first, first)
    slots: dict[str, Slot] = {}  # most words stand in many rows
    for words in lines[1:]:
        for line in _lines_of_portions(words):
            height = max(height_needed(text, width, size) for text, width in zip(line, widths, strict=True))
            row = [slots.get(text) or slots.setdefault(text, Slot(text, Role.CELL_TEXT)) for text in line]
            if height > MAX_HEIGHT:
                row = [_fitting(slot, width) for slot, width in zip(row, widths, strict=True)]
            sheet.rows.append((min(height, MAX_HEIGHT), row))
    sheet.filtered = (first, len(sheet.rows))
    return sheet


def projects_list(document: GoalDocument) -> Sheet:
    """One row a project with its amounts as numbers, the sums of each unit and of all as formulas, and a line on amounts
    the sums leave out. Filter and sorting take the projects alone."""
    found = overview(document)
    header = tuple(label.replace("（", "\n（") for label in found.header)
    lines = (header, *found.lines, *found.subtotals, found.total)
    head = head_lines(document, OVERVIEW_SHEET, found.amount_unit)
    sheet = list_sheet(OVERVIEW_SHEET, lines, _OVERVIEW_WIDTHS, head)
    first = len(head) + 2
    sheet.filtered = (first - 1, first + len(found.lines) - 1)
    sums = _Sums(found, first) if len(sheet.rows) == len(head) + len(lines) else None
    for number in range(first, len(sheet.rows) + 1):
        height, row = sheet.rows[number - 1]
        slots = [_number(slot, place, sums.formula(number, place) if sums else "") for place, slot in _written(row)]
        sheet.rows[number - 1] = (height, slots)
    if found.note:
        _add_line(sheet, found.note, Role.CELL_TEXT)
    return sheet


def details(document: GoalDocument, template: Template) -> Sheet:
    """One row an indicator, of all projects, for filtering and copying; the weight where any has one."""
    fields = [(column.label, column.field) for column in template.indicator_columns]
    if any(row.weight for project in document.projects for row in project.annual_indicators):
        fields.append(("权重", "weight"))
    wide = {"description": 190.0, "name": 120.0, "tier1": 65.0, "tier2": 105.0, "weight": 40.0}
    widths = (135.0, 170.0, 170.0, *(wide.get(name, 90.0) for _, name in fields))
    lines = [("项目编码", "项目名称", COLUMNS[UNIT], *(label for label, _ in fields))]
    for project in document.projects:
        own = (project.code, project.name, project.unit.code + project.unit.name)
        lines += [(*own, *(getattr(row, name) for _, name in fields)) for row in project.annual_indicators]
    return list_sheet(DETAIL_SHEET, lines, widths, head_lines(document, DETAIL_SHEET))


# Rows


def _add_line(sheet: Sheet, words: str, role: Role) -> None:
    """Words over the whole width of the list."""
    number = len(sheet.rows) + 1
    size = SIZES.get(role, BODY_SIZE)
    height = min(height_needed(words, sum(sheet.columns), size), MAX_HEIGHT)
    sheet.rows.append((height, [Slot(words, role), *[Slot("", role)] * (len(sheet.columns) - 1)]))
    sheet.merged.append((number, 0, number, len(sheet.columns) - 1))


def _lines_of_portions(words: Sequence[str]) -> Iterator[list[str]]:
    if max(map(len, words)) <= MAX_TEXT // 2:
        yield list(words)
        return
    cut = [portions(text) for text in words]
    for place in range(max(map(len, cut))):
        yield [parts[place] if place < len(parts) else "" for parts in cut]


def _wide_enough(lines: Iterable[Sequence[str]], widths: Sequence[float]) -> tuple[float, ...]:
    """The widths at which no row is taller than a row can be, as far as columns can be that wide."""
    wide, size = list(widths), SIZES[Role.CELL]
    few = int(MAX_HEIGHT / line_height(1, size))  # as many characters can be no taller, one a line
    for line in lines:
        for place, text in enumerate(line):
            if len(text) > few:
                part = text[:MAX_TEXT]
                while wide[place] < MAX_WIDTH and height_needed(part, wide[place], size) > MAX_HEIGHT:
                    wide[place] = min(wide[place] * _WIDER, MAX_WIDTH)
    return tuple(wide)


def _fitting(slot: Slot, width: float) -> Slot:
    """The same in a type small enough for the tallest row."""
    size = SIZES[slot.role]
    while size > _SMALLEST and height_needed(slot.text, width, size) > MAX_HEIGHT:
        size = round(max(size * _SMALLER, _SMALLEST), 1)
    return slot if size == SIZES[slot.role] else slot._replace(size=size)


# Sums


def _written(row: Sequence[Slot | None]) -> Iterator[tuple[int, Slot]]:
    return ((place, slot) for place, slot in enumerate(row) if slot is not None)


def _number(slot: Slot, place: int, formula: str) -> Slot:
    """The slot as a number, where its column holds numbers and the words are one a spreadsheet keeps."""
    look: Number = "money" if place in AMOUNTS else "count" if place in (0, _COUNT) else ""
    return slot._replace(number=look, formula=formula) if look and is_kept(slot.text) else slot


def is_kept(text: str) -> bool:
    """Whether the words are a number that a spreadsheet keeps to the digit."""
    return parse_number(text) is not None and sum(map(str.isdigit, text)) <= _EXACT_DIGITS


class _Sums:
    """The formulas below the projects of an overview that begins at row `first`."""

    def __init__(self, found: Overview, first: int) -> None:
        self._found, self._first = found, first
        self._last = first + len(found.lines) - 1
        self._groups = [line[UNIT] for line in found.subtotals]
        self._alike = Counter(words.casefold() for words in self._groups)
        # A number kept as text is in no sum of a spreadsheet: such a column's sums are plain numbers.
        self._added = [
            place in (*AMOUNTS, _COUNT)
            and all(is_kept(line[place]) or parse_number(line[place]) is None for line in found.lines)
            for place in range(len(COLUMNS))
        ]

    def formula(self, row: int, place: int) -> str:
        """The one of that place; "" where there is none."""
        at = row - self._last - 1
        if at < 0 or at > len(self._groups) or not self._added[place]:
            return ""
        letter = "ABCDEFGH"[place]
        if at == len(self._groups):
            return f"SUM({letter}{self._first}:{letter}{self._last})"
        unit, words = "ABCDEFGH"[UNIT], self._groups[at]
        plain = len(words) <= _LONGEST_CRITERION and not _ODD_CRITERION.search(words)
        if plain and self._alike[words.casefold()] == 1 and words != NO_UNIT:
            units = f"${unit}${self._first}:${unit}${self._last}"
            return f"SUMIF({units},${unit}{row},{letter}${self._first}:{letter}${self._last})"
        return self._by_rows(words, letter)

    def _by_rows(self, words: str, letter: str) -> str:
        own = "" if words == NO_UNIT else words
        rows = [self._first + at for at, line in enumerate(self._found.lines) if line[UNIT] == own]
        runs = [list(run) for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])]
        ranges = [f"{letter}{run[0][1]}:{letter}{run[-1][1]}" for run in runs]
        return f"SUM({','.join(ranges)})" if len(ranges) <= _MOST_RANGES else ""
