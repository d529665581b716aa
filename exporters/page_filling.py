"""Fills pages with lines and tables: how many lines stand together, which rows a page holds, where the next one begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from exporters.block_order import Entry
from exporters.grid import Drawn, Grid, Slice
from exporters.line_breaking import BrokenLine
from exporters.looks import TAIL_HEIGHT, Area, Look
from exporters.placed_pages import Box, Heading, Link
from exporters.placing import broken, place_line, with_number
from models.document.blocks import Paragraph, Role

SPARSE_LINES = 2
"""Lines of a page that a clerk would rather not print."""

_FEW_LINES, _FEW_ROWS = 4, 2
_BLANK = (Role.BLANK, Role.BODY)
_LEAST_LINES = 2  # of a paragraph, at the foot and at the head of a page
_SPARE = 1e-6  # what the sums of many fractions may be off by


@dataclass(slots=True)
class Lines:
    """A paragraph broken into lines. `entry`: the number printed at the right edge and the place it leads to; `heading`: what
    the contents say of it; `thin`: a blank line that a page's end took the height of, found while pages are filled."""

    paragraph: Paragraph
    look: Look
    lines: tuple[BrokenLine, ...]
    block: int
    new_page: bool = False
    entry: tuple[str, str] | None = None
    heading: Entry | None = None
    thin: bool = False

    @property
    def height(self) -> float:
        return self.look.before + len(self.lines) * self.look.pitch + self.look.after

    @property
    def least(self) -> float:
        """Points the part of it needs that must not leave what stands before."""
        count = len(self.lines)
        if not self.look.keep_lines and count >= 2 * _LEAST_LINES:
            count = _LEAST_LINES
        return self.look.before + count * self.look.pitch


@dataclass(slots=True)
class Sheet:
    """One page while it fills. `y`: points used of the type area; `lines`, `rows`: how many stand on it, headers of tables
    left out."""

    y: float = 0.0
    filled: bool = False
    lines: int = 0
    rows: int = 0
    drawn: Drawn = field(default_factory=lambda: Drawn([], [], []))
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    @property
    def is_sparse(self) -> bool:
        """Whether only a few lines, or two rows of a table at most, stand on it: not much more than a heading takes along."""
        return self.rows <= _FEW_ROWS if self.rows else self.lines <= _FEW_LINES


Item = Lines | Grid


def tail(block: int) -> Lines:
    """The line of no height that Word needs for a break, or after a table."""
    empty = Paragraph()
    look = Look(TAIL_HEIGHT, TAIL_HEIGHT)
    return Lines(empty, look, broken(empty, look, 1.0), block)


def filled(items: Sequence[Item], area: Area, *, placing: bool = True) -> list[Sheet]:
    """The pages of the items. `placing`: with the lines themselves, not only with what they take."""
    composer = _Composer(area, placing)
    composer.compose(items)
    return composer.sheets


class _Composer:
    """Fills sheet after sheet. `placing`: with the lines themselves, not only with what they take."""

    def __init__(self, area: Area, placing: bool) -> None:
        self._area, self._placing = area, placing
        self._sheet = Sheet()
        self.sheets = [self._sheet]

    def compose(self, items: Sequence[Item]) -> None:
        """Places the items in their order."""
        together = 0  # the item up to which all was found to fit on this sheet
        for place, item in enumerate(items):
            if isinstance(item, Lines) and item.new_page:
                self._break()
            if _is_blank(item) and self._sheet.filled and item.look.pitch > self._room:
                before_table = isinstance(items[place + 1], Grid) if place + 1 < len(items) else False
                item.look, item.thin = replace(item.look, pitch=TAIL_HEIGHT, keep_next=before_table), True
            if place >= together:
                together = self._keep(items, place)
            if isinstance(item, Lines):
                self._place_paragraph(item)
            else:
                self._place_table(item)

    @property
    def _room(self) -> float:
        return self._area.height - self._sheet.y + _SPARE

    def _break(self) -> None:
        if self._sheet.filled:
            self._sheet = Sheet()
            self.sheets.append(self._sheet)

    def _keep(self, items: Sequence[Item], place: int) -> int:
        """Begins a page where a title would part from what follows; the place of the first item that is free to part."""
        end, need = place, 0.0
        while end < len(items):
            item = items[end]
            if not isinstance(item, Lines) or not item.look.keep_next or (end > place and item.new_page):
                break
            need += item.height
            end += 1
        if end < len(items) and not _begins_page(items[end]):
            need += self._least(items[end])
        if need > self._room and need <= self._area.height:
            self._break()
        return max(end, place + 1)

    def _least(self, item: Item) -> float:
        if isinstance(item, Lines):
            return item.least
        above = sum(item.heights[: item.header_rows]) + item.border
        first = item.heights[item.header_rows] if len(item.heights) > item.header_rows else 0.0
        need = above + (first if first <= self._area.height - above else item.least_part)
        return need if need <= self._area.height else 0.0

    def _place_paragraph(self, item: Lines) -> None:
        look, count = item.look, len(item.lines)
        self._sheet.y += look.before
        done = 0
        while done < count:
            fit = int(self._room / look.pitch)
            taken = _cut(count - done, fit, whole=look.keep_lines)
            if not taken and self._sheet.filled:
                self._break()
                continue
            taken = max(taken, min(fit, count - done), 1) if not self._sheet.filled else taken
            self._place_lines(item, done, done + taken)
            done += taken
            if done < count:
                self._break()
        self._sheet.y += look.after

    def _place_lines(self, item: Lines, start: int, end: int) -> None:
        area, sheet, look = self._area, self._sheet, item.look
        if not start and item.heading:
            text, bookmark, level = item.heading.text, item.heading.bookmark, item.heading.level
            sheet.headings.append(Heading(bookmark, text, level, area.top + sheet.y))
        if self._placing:
            for number in range(start, end):
                self._place_line(item, number, area.top + sheet.y + (number - start) * look.pitch)
        sheet.y += (end - start) * look.pitch
        sheet.filled = True
        sheet.lines += (end - start) * (look.pitch > TAIL_HEIGHT)

    def _place_line(self, item: Lines, number: int, top: float) -> None:
        area, sheet, look = self._area, self._sheet, item.look
        last, right = number == len(item.lines) - 1, area.left + area.width
        line = place_line(item.lines[number], item.paragraph, look, area.left, right, top, item.block, last=last)
        if item.entry is not None:
            sheet.links.append(Link(Box(area.left, top, area.width, look.pitch), item.entry[1]))
            line = with_number(line, item.entry[0], look) if last else line
        if line.runs or line.path is not None:
            sheet.drawn.lines.append(line)

    def _place_table(self, grid: Grid) -> None:
        whole = sum(grid.heights) + grid.border
        if grid.heights and whole <= self._room:
            self._draw(grid, [Slice(number, height) for number, height in enumerate(grid.heights)], whole)
            return
        header = [Slice(number, grid.heights[number]) for number in range(grid.header_rows)]
        # Every row brings the border below it; the one above the first row is the page's.
        used = above = sum(part.height for part in header) + grid.border
        rows = list(header)
        number, line = len(header), 0
        while number < len(grid.heights):
            begun = len(rows) > len(header)
            part = grid.part(number, line, self._room - used, self._area.height - above)
            if part is None and (begun or self._sheet.filled):
                if begun:
                    back = grid.taken_back(rows[len(header) :], number, self._room - used)
                    number -= back
                    used -= sum(taken.height for taken in rows[len(rows) - back :])
                    rows = rows[: len(rows) - back]
                    used += grid.part_labels(rows, number, self._room - used)
                    self._draw(grid, rows, used)
                self._break()
                rows, used = list(header), above
                continue
            part = part or grid.forced_part(number, line, self._area.height - above)
            rows.append(part)
            used += part.height
            taken = grid.take(part)
            number, line = (number, line + taken) if part.more else (number + 1, 0)
        if rows:
            self._draw(grid, rows, used)

    def _draw(self, grid: Grid, rows: Sequence[Slice], height: float) -> None:
        if self._placing:
            grid.draw(rows, self._area.top + self._sheet.y + grid.border / 2, self._sheet.drawn)
        self._sheet.y += height
        self._sheet.filled = True
        self._sheet.rows += sum(part.row >= grid.header_rows for part in rows)


def _begins_page(item: Item) -> bool:
    return isinstance(item, Lines) and item.new_page


def _is_blank(item: Item) -> TypeGuard[Lines]:
    """Whether it only keeps apart what stands around it."""
    return isinstance(item, Lines) and item.paragraph.role in _BLANK and not item.paragraph.text.strip()


def _cut(count: int, fit: int, *, whole: bool) -> int:
    """How many of the lines left stand on this page, where `fit` find room; 0 where all must go to the next."""
    if count <= fit:
        return count
    taken = min(fit, count - _LEAST_LINES)
    return 0 if whole or taken < _LEAST_LINES else taken
