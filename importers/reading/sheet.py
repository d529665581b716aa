"""A sheet as what is written on it: words by row and column, and which places one merged cell covers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from importers.budget import Budget, TooMuchError
from models.document.blocks import GOES_ON_IN_SHEET, REPEATED_IN_SHEET, Block, Paragraph, Table

FULL = frozenset((32_767, 32_767 // 2))
"""Characters of a cell that is full: what did not fit goes on in the cell below (half as many where some count twice)."""

Place = tuple[int, int]
"""(row, column), counted from 1."""


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range, counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows`: the words of each written row by column; no empty words. `anchors`: the merged cells by their upper left
    place; `covered`: for each row the covered columns and the place each belongs to, as far as the sheet is written."""

    name: str
    rows: Mapping[int, Mapping[int, str]]
    width: int = 0
    anchors: Mapping[Place, Area] = field(default_factory=dict)
    covered: Mapping[int, Mapping[int, Place]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    """Words that stand under a merged cell, where nobody sees them."""

    def area(self, row: int, column: int) -> Area:
        """The merged cell at a place, else the place alone."""
        anchor = self.covered.get(row, {}).get(column, (row, column))
        return self.anchors.get(anchor) or Area(row, column, row, column)

    def text(self, row: int, column: int) -> str:
        """The words seen at a place: those of the merged cell where one covers it."""
        owner = self.covered.get(row, {}).get(column)
        return self.rows.get(owner[0], {}).get(owner[1], "") if owner else self.rows.get(row, {}).get(column, "")


def make_sheet(name: str, rows: dict[int, dict[int, str]], merges: Iterable[Area], budget: Budget) -> Sheet:
    """The sheet of these words. Merged cells are cut at the last written row and column. TooMuchError where they cover more
    than the budget has."""
    merges = _whole_again(rows, merges)
    rows = {number: row for number, row in rows.items() if row}
    if not rows:
        return Sheet(name, {})
    bottom, width = max(rows), max(max(row) for row in rows.values())
    anchors: dict[Place, Area] = {}
    covered: dict[int, dict[int, Place]] = {}
    hidden: list[str] = []
    for merge in merges:
        area = Area(merge.top, merge.left, min(merge.bottom, bottom), min(merge.right, width))
        if area.top > bottom or area.left > width or _meets(area, covered):
            continue
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size > budget.places:
            raise TooMuchError("的合并单元格大得不正常")
        budget.take(places=size)
        anchor = (area.top, area.left)
        anchors[anchor] = area
        for row in range(area.top, area.bottom + 1):
            places = covered.setdefault(row, {})
            for column in range(area.left, area.right + 1):
                if (row, column) != anchor:
                    places[column] = anchor
                    under = rows.get(row, {}).pop(column, "")
                    hidden += [under] if under.strip() else []
    return Sheet(name, {number: row for number, row in rows.items() if row}, width, anchors, covered, tuple(hidden))


def _whole_again(rows: dict[int, dict[int, str]], merges: Iterable[Area]) -> Iterable[Area]:
    """The merged cells, those that the program parted where a page ends one again and with all their words."""
    again = sorted(
        (row, column)
        for row, words in rows.items()
        for column, text in words.items()
        if text == REPEATED_IN_SHEET or text.startswith(GOES_ON_IN_SHEET)
    )
    if not again:
        return merges
    areas = {(area.top, area.left): area for area in merges}
    above = {(area.bottom, area.left): area for area in areas.values()}
    for row, column in again:
        lower = areas.get((row, column), Area(row, column, row, column))
        upper = above.get((row - 1, column), Area(row - 1, column, row - 1, column))
        if upper.right == lower.right and rows.get(upper.top, {}).get(column):
            rows[upper.top][column] += rows[row].pop(column)[len(GOES_ON_IN_SHEET) :]
            areas.pop((row, column), None)
            whole = Area(upper.top, column, lower.bottom, upper.right)
            areas[whole.top, column] = above[whole.bottom, column] = whole
    return areas.values()


def _meets(area: Area, covered: Mapping[int, Mapping[int, Place]]) -> bool:
    """Damaged files hold merged cells that overlap; the first one stands."""
    corners = ((row, column) for row in (area.top, area.bottom) for column in (area.left, area.right))
    return any(column in covered.get(row, {}) for row, column in corners)


def counts_columns(row: Mapping[int, str]) -> bool:
    """Whether a row below headers only counts the columns: 1, 2, 3 …, 栏次 or 甲, 乙 in front of them."""
    texts = [row[column].strip() for column in sorted(row)]
    while texts and texts[0] in _BEFORE_COUNTS:
        texts = texts[1:]
    numbers = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= _DIGITS]
    return len(texts) == len(numbers) >= _LEAST_COUNTED and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    )


_BEFORE_COUNTS = frozenset(("栏次", "列次", "行次", "甲", "乙", "丙", "丁", "**", "*"))
_DIGITS = 3
_LEAST_COUNTED = 4


def whole_rows(sheet: Sheet) -> dict[int, dict[int, str]]:
    """The rows of a sheet; a row that only goes on with full cells of the one above is joined to it."""
    rows: dict[int, dict[int, str]] = {}
    last = 0
    portions: Mapping[int, str] = {}
    for number in sorted(sheet.rows):
        own = sheet.rows[number]
        if last and all(len(portions.get(column, "")) in FULL for column in own):
            for column, text in own.items():
                rows[last][column] += text
        else:
            rows[number] = dict(own)
            last = number
        portions = own
    return rows


def sheet_of(name: str, blocks: Iterable[Block], budget: Budget) -> Sheet:
    """The same of lines and tables one below the other; a line stands in the first column."""
    rows: dict[int, dict[int, str]] = {}
    merges: list[Area] = []
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.text.strip():
            number += 1
            rows[number] = {1: block.text}
        elif isinstance(block, Table):
            for placed in block.placed():
                number += 1
                budget.take(places=len(placed))
                row = rows[number] = {}
                for column, cell, covered in placed:
                    if covered:
                        continue
                    if cell.colspan > 1 or cell.rowspan > 1:
                        merges.append(Area(number, column + 1, number + cell.rowspan - 1, column + cell.colspan))
                    if cell.text.strip():
                        row[column + 1] = cell.text
    return make_sheet(name, rows, merges, budget)
