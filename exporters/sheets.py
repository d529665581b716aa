"""Lays blocks out on sheets: which words stand in which cell, how tall each row is, what is merged. Knows no Excel."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from math import ceil, floor
from typing import Literal, NamedTuple

from exporters.looks import type_area
from exporters.merged_labels import is_parted
from exporters.metrics import WIDE
from exporters.sheet_names import SheetNames
from models.document.blocks import GOES_ON_IN_SHEET, Block, Cell, Paragraph, Role, Row, Table
from models.document.list_head import DETAIL_SHEET, OVERVIEW_SHEET
from models.document.template import Page, Template

MAX_TEXT = 32_767
"""Characters a cell holds, those outside the basic plane counted twice; the rest goes to the next row."""

MAX_HEIGHT = 409.0
"""Points a row can be tall; what needs more is several rows, merged."""

_PART_HEIGHT = 100.0
"""Points that each of those takes at most."""

CERTAIN = 0.97
"""Of a page: what stands further down another program may put on the next one."""

TEXT_SHEET = "整体绩效目标"

BODY_SIZE = 12.0
SIZES = {
    Role.COVER: 18.0,
    Role.TITLE: 18.0,
    Role.PART: 14.0,
    Role.PART_NAME: 18.0,
    Role.PROJECT_TITLE: 14.0,
    Role.CELL: 10.5,
    Role.CELL_LABEL: 10.5,
    Role.CELL_VALUE: 10.5,
    Role.CELL_TEXT: 10.5,
}
"""Type sizes in points, BODY_SIZE for the rest: smaller than on paper, for reading on a screen."""

_LINE = 1.45  # line pitch in type sizes
_WIDER = 0.3  # of a half-width character, what a Latin one may be wider than that
_PADDING, _MARGIN = 5.0, 7.0  # points a cell keeps free above and below, left and right of its words
_NUMBER = re.compile(rf"[^{WIDE}\s]*\d[^{WIDE}\s]*")
_FIGURES = re.compile(rf"[^{WIDE}\sA-Za-z]*\d[^{WIDE}\sA-Za-z]*")
_OF_PARTS = {Role.PART, Role.PART_NAME}
OF_TABLES = {Role.CELL, Role.CELL_LABEL, Role.CELL_VALUE, Role.CELL_TEXT}
_ONE_CHARACTER, _SHORT_LINE = 2, 8  # in half-width ones
_LONGEST_NUMBER, _LEAST_SHARE = 40, 0.45  # of its own size, what such words are drawn with at least
_READABLE, _SMALLER = 8.0, 0.5  # points of type, at least, of words that a page would not hold else; steps down to it
_ABOVE = 90.0  # points of a page, for the headings that stay with a long line
_LEAST_ROOM = 100.0  # points, below a header however tall
_UNBROKEN = re.compile(r"[0-9A-Za-z.,:/_-]{1,20}\Z")  # a number, a Latin word, or the beginning of one
_SPARE_COLUMN = 60.0  # points, for a table wider than its form
_AMOUNTS = (".budget", ".fiscal_funds", ".other_funds")
_FUND_AMOUNTS = (".year_start", ".full_year", ".executed", ".expected")

Number = Literal["", "typed", "money", "count"]
"""How words that are a number are shown: not as one; with the digits typed; as money in a list; as a whole number."""


class Slot(NamedTuple):
    """What stands at one place of the grid. `formula`: what makes the number; `size`: of the type where it is not the
    role's own; `shrinks`: it stands on one line, drawn smaller where the column is too narrow; `drawn`: words that are
    shown in the place of `text`; `at_top`: they stand at the upper edge of a cell of several pages."""

    text: str
    role: Role
    number: Number = ""
    formula: str = ""
    size: float = 0.0
    shrinks: bool = False
    drawn: str = ""
    at_top: bool = False


Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; rows count from 1, columns from 0."""


@dataclass(slots=True)
class Sheet:
    """`columns`: widths in points. `rows`: height in points, and a slot or None for each column.
    `labels`: those of the merged places that may be parted where a page ends, and named again on the next;
    `undivided`: the rows that stand on one page with the next one, because the words of a cell stand in both.
    `header`: first and last row that repeat in print; `is_list`: plain rows under a header that stays in view, printed
    across; `filtered`: the header's row and the last one that its filter sorts and hides."""

    name: str
    columns: tuple[float, ...]
    rows: list[tuple[float, Sequence[Slot | None]]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    labels: list[Area] = field(default_factory=list)
    undivided: set[int] = field(default_factory=set)
    header: tuple[int, int] | None = None
    has_table: bool = False
    is_list: bool = False
    filtered: tuple[int, int] | None = None


def lay_out(blocks: Iterable[Block], template: Template) -> Iterator[Sheet]:
    """The sheets of a text: each project's tables on one of their own, at last the sheet of all paragraphs."""
    names = SheetNames((TEXT_SHEET, OVERVIEW_SHEET, DETAIL_SHEET))
    text = Sheet(TEXT_SHEET, (sum(template.columns) / 20,))
    project: Sheet | None = None
    for block, above in _with_headings(blocks):
        if isinstance(block, Table):
            if project is None:
                project = Sheet(names.new("表"), _widths(template))
            if project.has_table:
                project.rows.append((line_height(1, BODY_SIZE), ()))
            _Rows(project, block, template.page).add()
            project.has_table = True
        elif isinstance(block, Paragraph) and block.role is Role.PROJECT_TITLE:
            if project:
                yield project
            project = Sheet(names.new(block.text), _widths(template))
            _add_lines(project, (*above, block), template.page)
        elif isinstance(block, Paragraph) and block.role is not Role.BLANK:
            _add_lines(text, (*above, block), template.page)
    if project:
        yield project
    yield text


def _with_headings(blocks: Iterable[Block]) -> Iterator[tuple[Block, Sequence[Paragraph]]]:
    """Each block, with the headings of a part that stand above it where it is the first line below them."""
    headings: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.role in _OF_PARTS:
            headings.append(block)
        elif isinstance(block, Paragraph) and block.role is not Role.BLANK:
            yield block, headings
            headings = []
        else:
            yield block, ()
    if headings:
        yield headings[-1], headings[:-1]


def page_sheets(pages: Iterable[tuple[str, Sequence[Block]]], columns: Sequence[int], paper: Page) -> Iterator[Sheet]:
    """A sheet for each of these pages of lines and tables, named by its words. `columns`: widths in twips."""
    names = SheetNames((OVERVIEW_SHEET,))
    for name, blocks in pages:
        sheet = Sheet(names.new(name), tuple(width / 20 for width in columns))
        for block in blocks:
            if isinstance(block, Table):
                _Rows(sheet, block, paper).add()
            elif isinstance(block, Paragraph):
                _add_lines(sheet, (block,), paper)
        yield sheet


def portions(text: str) -> tuple[str, ...]:
    """The text in parts a cell can hold; one, as a rule."""
    if len(text) <= MAX_TEXT // 2:
        return (text,)
    size = MAX_TEXT if text.isascii() or max(text) <= "\uffff" else MAX_TEXT // 2
    return tuple(text[start : start + size] for start in range(0, len(text), size))


def _widths(template: Template) -> tuple[float, ...]:
    return tuple(width / 20 for width in template.columns)


def printed_height(columns: Sequence[float], page: Page) -> float:
    """Points of a sheet of these columns that a page holds, printed one page wide."""
    area = type_area(page)
    return area.height / min(1.0, area.width / sum(columns))


def _add_lines(sheet: Sheet, lines: Iterable[Paragraph], page: Page) -> None:
    """Paragraphs over the whole width of the sheet."""
    for line in lines:
        row = Row((Cell((line,), len(sheet.columns), role=line.role),))
        _Rows(sheet, Table((row,)), page, _ABOVE).add()


def line_height(lines: int, size: float) -> float:
    return lines * size * _LINE + _PADDING


@lru_cache(maxsize=10_000)  # the same few words stand in most cells of a column
def height_needed(text: str, width: float, size: float) -> float:
    """The height in points of words of that size wrapped into that width."""
    line = int((width - _MARGIN) / size * 2)  # in half-width characters, as GB 18030 counts bytes
    if len(text) * 2 <= line and "\n" not in text:
        return line_height(1, size)
    return line_height(sum(max(1, ceil(_half_widths(part) / max(line - 1, 1))) for part in text.split("\n")), size)


@lru_cache(maxsize=10_000)
def shrinks_into(text: str, width: float, role: Role) -> bool:
    """Whether it is too wide for its column and must not be broken: a number, a code or the like that is not twice as wide, or
    words whose last character would stand alone."""
    line = (width - _MARGIN) / SIZES.get(role, BODY_SIZE) * 2
    if len(text) * 2 <= line or role not in OF_TABLES or len(text) > _LONGEST_NUMBER or "\n" in text:
        return False
    needed = _half_widths(text)
    most = line / _LEAST_SHARE if _NUMBER.fullmatch(text) else line + _ONE_CHARACTER if line > _SHORT_LINE else line
    return line < needed <= most


@lru_cache(maxsize=10_000)
def number_size(text: str, width: float, role: Role) -> float:
    """The type size of words among which is a number wider than their column, so that it is not broken; else the role's own."""
    size = SIZES.get(role, BODY_SIZE)
    line = (width - _MARGIN) / size * 2
    if len(text) * 2 <= line or role not in OF_TABLES:
        return size
    widest = max(map(_half_widths, _FIGURES.findall(text)), default=0.0)
    share = line / widest if widest > line else 1.0
    return floor(size * share * 10) / 10 if _LEAST_SHARE <= share < 1 else size


def _half_widths(text: str) -> float:
    """The width of words in half-width characters. A Latin one counts more than one: where the named font is missing, that
    of the font which stands in is wider, and a row must not cut the words off."""
    bytes_ = len(text.encode("gb18030", "replace"))
    return bytes_ + max(0, 2 * len(text) - bytes_) * _WIDER


class _Measured(NamedTuple):
    """A cell at its upper left corner, its words by portions. `size`: of the type where it is not the role's own."""

    row: int
    column: int
    cell: Cell
    texts: tuple[str, ...]
    shrinks: bool
    size: float


def _fitted(cell: Cell, width: float, room: float) -> tuple[tuple[str, ...], bool, float]:
    """A cell's words by portions that find room on a page, whether they are drawn on one line, and their type size."""
    text, own = cell.text, SIZES.get(cell.role, BODY_SIZE)
    if shrinks_into(text, width, cell.role):
        return (text,), True, 0.0
    size = most = number_size(text, width, cell.role)
    while size >= min(_READABLE, most) and len(text) * 2 <= MAX_TEXT:
        if height_needed(text, width, size) <= room:
            return (text,), False, size if size < own else 0.0
        size -= _SMALLER
    return tuple(_page_parts(text, width, most, room)), False, most if most < own else 0.0


def _page_parts(text: str, width: float, size: float, room: float) -> Iterator[str]:
    """The words in parts that find room on a page each."""
    most = int(room / size) * int(width / size + 1) * 2  # more do not, whatever they are
    while text:
        least, end = 1, min(len(text), most)
        while least < end:
            middle = (least + end + 1) // 2
            if height_needed(text[:middle], width, size) <= room:
                least = middle
            else:
                end = middle - 1
        if end < len(text) and _UNBROKEN.match(text[end]):
            begun = _UNBROKEN.search(text, max(1, end - _LONGEST_NUMBER), end)
            end = begun.start() if begun else end
        yield text[:end]
        text = text[end:]


class _Rows:
    """Adds a table to a sheet. A row of it takes one row of the sheet, or several: where it is too tall for one, and
    where the words of a cell go on below because a page cannot hold them.

    What a page holds of a cell's words stays on one page: no page's end cuts through a line. Words a little longer than a page
    stand in smaller type; those of several pages are parted, each part typed where it is printed."""

    def __init__(self, sheet: Sheet, table: Table, page: Page, above: float = 0.0) -> None:
        self._sheet, self._header_rows = sheet, table.header_rows
        self._placed = list(table.placed())
        count = max((row[-1].column + row[-1].cell.colspan for row in self._placed if row), default=0)
        sheet.columns += (_SPARE_COLUMN,) * (count - len(sheet.columns))
        self._page = printed_height(sheet.columns, page) * CERTAIN - above
        self._cells: list[_Measured] = []
        self._heights: list[list[float]] = []  # points, of each row, of each portion of its words
        self._starts: list[list[int]] = []  # the row of the sheet where each portion begins
        self._ends: list[int] = []  # the row of the sheet where each row ends

    def add(self) -> None:
        self._measure()
        first = len(self._sheet.rows) + 1
        points = self._number(first)
        grid: list[list[Slot | None]] = [[None] * len(self._sheet.columns) for _ in points]
        for measured in self._cells:
            self._draw(measured, grid, first)
        self._sheet.rows.extend(zip(points, grid, strict=True))
        if self._header_rows and self._ends:
            self._sheet.header = (first, self._ends[min(self._header_rows, len(self._ends)) - 1])

    def _draw(self, measured: _Measured, grid: list[list[Slot | None]], first: int) -> None:
        """Puts a cell's words where they stand. `first`: the grid's row on the sheet."""
        number, column, cell, texts, shrinks, size = measured
        end = self._ends[self._last_row(number, cell) if cell.rowspan > 1 else number]
        look: Number = "typed" if cell.role is Role.CELL_VALUE and _is_amount(cell) else ""
        tops = self._starts[number]
        if cell.colspan == 1 and len(texts) == 1 and tops[0] == end:
            grid[end - first][column] = Slot(texts[0], cell.role, look, size=size, shrinks=shrinks)
            return
        for place, text in enumerate(texts):
            bottom = end if place == len(texts) - 1 else tops[place + 1] - 1
            area = (tops[place], column, bottom, column + cell.colspan - 1)
            words = GOES_ON_IN_SHEET + text if place else text
            at_top = cell.rowspan == 1 and len(tops) > 1 and not is_parted(cell)
            self._fill(grid, first, area, Slot(words, cell.role, look, size=size, shrinks=shrinks, at_top=at_top))
            if area[2] > area[0] and len(texts) == 1 and is_parted(cell):
                self._sheet.labels.append(area)
            elif cell.rowspan > 1:
                self._sheet.undivided.update(range(area[0], area[2]))

    def _last_row(self, number: int, cell: Cell) -> int:
        return min(number + cell.rowspan, len(self._placed)) - 1

    def _room(self, row: int) -> float:
        """Points that words of that row find at most: what every page holds under the table's header."""
        header = sum(map(sum, self._heights[: self._header_rows])) if row >= self._header_rows else 0.0
        return max(self._page - header, _LEAST_ROOM)

    def _measure(self) -> None:
        merged: list[tuple[int, int, float]] = []
        starts = (0.0, *accumulate(self._sheet.columns))
        for number, row in enumerate(self._placed):
            heights, room = [0.0], self._room(number)
            for column, cell, covered in row:
                if covered:
                    continue
                width = starts[column + cell.colspan] - starts[column]
                texts, shrinks, size = _fitted(cell, width, room)
                self._cells.append(_Measured(number, column, cell, texts, shrinks, size))
                size = size or SIZES.get(cell.role, BODY_SIZE)
                if len(texts) > len(heights):
                    heights.extend([0.0] * (len(texts) - len(heights)))
                for place, text in enumerate(texts):
                    needed = line_height(1, size) if shrinks else height_needed(text, width, size)
                    if cell.rowspan > 1 and place == len(texts) - 1:
                        merged.append((number, self._last_row(number, cell), needed))
                    elif needed > heights[place]:
                        heights[place] = needed
            self._heights.append(heights)
        for first, last, needed in merged:
            lack = needed - sum(map(sum, self._heights[first : last + 1]))
            self._heights[last][-1] += max(lack, 0.0)

    def _number(self, next_row: int) -> list[float]:
        """Gives every portion of every row its rows of the sheet; the heights of these."""
        points: list[float] = []
        for heights in self._heights:
            starts = []
            for height in heights:
                top = next_row + len(points)
                count = 1 if height <= MAX_HEIGHT and len(heights) == 1 else ceil(height / _PART_HEIGHT)
                starts.append(top)
                points.extend([round(height / count, 2)] * count)
                self._sheet.undivided.update(range(top, top + count - 1))
            self._starts.append(starts)
            self._ends.append(next_row + len(points) - 1)
        return points

    def _fill(self, grid: list[list[Slot | None]], first: int, area: Area, slot: Slot) -> None:
        top, left, bottom, right = area
        if bottom > top or right > left:
            blank = Slot("", slot.role)
            for row in grid[top - first : bottom - first + 1]:
                row[left : right + 1] = [blank] * (right + 1 - left)
            self._sheet.merged.append(area)
        grid[top - first][left] = slot


def _is_amount(cell: Cell) -> bool:
    if len(cell.paragraphs) != 1 or len(cell.paragraphs[0].spans) != 1:
        return False
    path = cell.paragraphs[0].spans[0].path
    return path is not None and (path.endswith(_AMOUNTS) or (".funds[" in path and path.endswith(_FUND_AMOUNTS)))
