"""From blocks to finished pages, by arithmetic alone; Word lays the exported file out on the same pages.

The rules (GB/T 9704-2012 and how Word keeps lines together): lines of one fixed pitch; at least two lines of a paragraph
at the foot and at the head of a page; a title stays with what follows it; a table's rows are whole and its header is
repeated. Widths are those of any Chinese font (squares) and of Times, so the pages do not depend on the font scheme.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from exporters.block_order import (
    Entry,
    contents_entries,
    entries_by_bookmark,
    front_length,
    marked,
    needs_line_before,
    without_blank_ends,
)
from exporters.grid import Drawn, Grid, Slice
from exporters.line_breaking import BrokenLine
from exporters.looks import (
    COVER_TOP,
    TAIL_HEIGHT,
    Look,
    contents_entry,
    contents_title,
    looks,
    type_area,
)
from exporters.metrics import EM, width_of
from exporters.placed_pages import Box, Heading, Link, Page, page_numbers
from exporters.placing import broken, number_line, place_line, with_number
from models.bulk import making_many
from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Table, paragraph
from models.document.template import Page as Paper
from models.document.template import Template

_LEAST_LINES = 2  # of a paragraph, at the foot and at the head of a page
_SPARE = 1e-6  # what the sums of many fractions may be off by


def paginate(blocks: Sequence[Block], template: Template, *, below_unit: bool = False) -> tuple[Page, ...]:
    """The pages of the blocks: cover and contents without numbers, then the text counted from 1.

    `below_unit`: whether they go on after blocks that hold a unit's heading.
    """
    with making_many():
        return _paginate(blocks, template, below_unit)


def _paginate(blocks: Sequence[Block], template: Template, below_unit: bool) -> tuple[Page, ...]:
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    paper = template.page
    sheets = _sheets(_items(kept[front:], paper, below_unit=below_unit), paper)
    pages = [_finish(sheet, paper, number) for number, sheet in enumerate(sheets, 1)]
    return (*paginate_front(blocks, page_numbers(pages), template), *pages) if front else tuple(pages)


def paginate_front(blocks: Sequence[Block], numbers: Mapping[str, int], template: Template) -> tuple[Page, ...]:
    """The pages of cover and contents alone. `numbers`: the page of every bookmark; of the text the headings will do."""
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    if not front:
        return ()
    sheets = _sheets(_front_items(kept, front, template.page, numbers), template.page)
    if len(sheets) % 2:
        sheets.append(_Sheet())  # the back of the last one stays empty: page 1 is a right-hand page
    return tuple(_finish(sheet, template.page, None) for sheet in sheets)


def renumbered(page: Page, number: int, template: Template) -> Page:
    """The same page of the text under another number."""
    if page.number in {number, None}:
        return page
    line = number_line(type_area(template.page), template.page, number)
    return replace(page, number=number, lines=(*page.lines[:-1], line))


class PageEnds(NamedTuple):
    """Where pages end. `numbers`: the printed page of every bookmark; `parted`: for each table, by its place among the
    blocks, the rows before which a page ends and labels of merged cells are named again."""

    numbers: Mapping[str, int]
    parted: Mapping[int, Collection[int]]


def page_ends(blocks: Sequence[Block], template: Template) -> PageEnds:
    """What `paginate` finds of it, without placing the lines."""
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    with making_many():
        items = _items(kept[front:], template.page)
        sheets = _sheets(items, template.page, placing=False)
    numbers = {heading.bookmark: number for number, sheet in enumerate(sheets, 1) for heading in sheet.headings}
    return PageEnds(numbers, {item.block: item.parted for item in items if isinstance(item, Grid) and item.parted})


def has_odd_front(blocks: Sequence[Block], template: Template) -> bool:
    """Whether cover and contents take an odd number of pages, so that an empty one comes before page 1."""
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    items = _front_items(kept, front, template.page, {})
    return front > 0 and len(_sheets(items, template.page, placing=False)) % 2 == 1


@dataclass(slots=True)
class _Lines:
    """A paragraph broken into lines. `entry`: the number printed at the right edge and the place it leads to; `heading`: what
    the contents say of it."""

    paragraph: Paragraph
    look: Look
    lines: tuple[BrokenLine, ...]
    block: int
    new_page: bool = False
    entry: tuple[str, str] | None = None
    heading: Entry | None = None

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
class _Sheet:
    """One page while it fills. `y`: points used of the type area."""

    y: float = 0.0
    filled: bool = False
    drawn: Drawn = field(default_factory=lambda: Drawn([], [], []))
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


_Item = _Lines | Grid


def _tail(block: int, *, new_page: bool = False) -> _Lines:
    """The line of no height that Word needs for a break, or after a table."""
    empty = Paragraph()
    look = Look(TAIL_HEIGHT, TAIL_HEIGHT)
    return _Lines(empty, look, broken(empty, look, 1.0), block, new_page)


def _items(kept: Sequence[tuple[int, Block]], paper: Paper, *, below_unit: bool = False) -> list[_Item]:
    """What stands on the body's pages, as the Word file holds it."""
    items: list[_Item] = []
    if kept and isinstance(kept[0][1], PageBreak):
        kept = kept[1:]  # this is the head of a page already
    blocks = [block for _, block in kept]
    area, roles = type_area(paper), looks(paper)
    entries = entries_by_bookmark(blocks, below_unit=below_unit)
    new_page = False
    for place, (index, block) in enumerate(kept):
        if isinstance(block, PageBreak):
            new_page = True
        elif isinstance(block, Paragraph):
            look = roles[block.role]
            heading = entries.get(block.bookmark) if block.bookmark else None
            items.append(_Lines(block, look, broken(block, look, area.width), index, new_page, heading=heading))
            new_page = False
        elif isinstance(block, Table):
            if needs_line_before(place, blocks, new_page):
                items.append(_tail(index, new_page=new_page))
                new_page = False
            items.append(Grid(block, paper, roles, area, index))
    if not blocks or isinstance(blocks[-1], Table):
        items.append(_tail(-1))
    return items


def _front_items(
    kept: Sequence[tuple[int, Block]], front: int, paper: Paper, numbers: Mapping[str, int]
) -> list[_Item]:
    """Cover and contents; `numbers`: the page of every bookmark."""
    items: list[_Item] = []
    area, roles = type_area(paper), looks(paper)
    new_page = False
    for index, block in kept[:front]:
        if isinstance(block, PageBreak):
            new_page = True
            continue
        if isinstance(block, Paragraph):
            look = roles[block.role]
            if block.role is Role.COVER and not items:
                look = replace(look, before=COVER_TOP)
            items.append(_Lines(block, look, broken(block, look, area.width), index, new_page))
        elif isinstance(block, Contents):
            entries = contents_entries([following for _, following in kept[front:]])
            items.extend(_contents(block, entries, index, paper, numbers, new_page=new_page))
        new_page = False
    items.append(_tail(-1))
    return items


def _contents(
    block: Contents,
    entries: Sequence[Entry],
    index: int,
    paper: Paper,
    numbers: Mapping[str, int],
    *,
    new_page: bool,
) -> list[_Item]:
    width, look = type_area(paper).width, contents_title(paper)
    title = paragraph(block.title)
    items: list[_Item] = [_Lines(title, look, broken(title, look, width), index, new_page)]
    for entry in entries:
        look = contents_entry(paper, entry.level)
        shown = paragraph(entry.text)
        number = numbers.get(entry.bookmark)
        target = ("" if number is None else str(number), entry.bookmark)
        lines = broken(shown, look, width)
        if lines[-1].width + width_of(target[0]) > (width - look.left) / look.size * EM:
            lines = (*lines, BrokenLine(len(shown.text), 0, ()))
        items.append(_Lines(shown, look, lines, index, entry=target))
    if entries:
        items.append(_tail(-1))
    return items


def _sheets(items: Sequence[_Item], paper: Paper, *, placing: bool = True) -> list[_Sheet]:
    composer = _Composer(paper, placing)
    composer.compose(items)
    return composer.sheets


class _Composer:
    """Fills sheet after sheet. `placing`: with the lines themselves, not only with what they take."""

    def __init__(self, paper: Paper, placing: bool) -> None:
        self._area, self._placing = type_area(paper), placing
        self._sheet = _Sheet()
        self.sheets = [self._sheet]

    def compose(self, items: Sequence[_Item]) -> None:
        """Places the items in their order."""
        together = 0  # the item up to which all was found to fit on this sheet
        for place, item in enumerate(items):
            if isinstance(item, _Lines) and item.new_page:
                self._break()
            if place >= together:
                together = self._keep(items, place)
            if isinstance(item, _Lines):
                self._place_paragraph(item)
            else:
                self._place_table(item)

    @property
    def _room(self) -> float:
        return self._area.height - self._sheet.y + _SPARE

    def _break(self) -> None:
        if self._sheet.filled:
            self._sheet = _Sheet()
            self.sheets.append(self._sheet)

    def _keep(self, items: Sequence[_Item], place: int) -> int:
        """Begins a page where a title would part from what follows; the place of the first item that is free to part."""
        end, need = place, 0.0
        while end < len(items):
            item = items[end]
            if not isinstance(item, _Lines) or not item.look.keep_next or (end > place and item.new_page):
                break
            need += item.height
            end += 1
        if end < len(items) and not _begins_page(items[end]):
            need += self._least(items[end])
        if need > self._room and need <= self._area.height:
            self._break()
        return max(end, place + 1)

    def _least(self, item: _Item) -> float:
        if isinstance(item, _Lines):
            return item.least
        above = sum(item.heights[: item.header_rows]) + item.border
        first = item.heights[item.header_rows] if len(item.heights) > item.header_rows else 0.0
        need = above + (first if first <= self._area.height - above else item.least_part)
        return need if need <= self._area.height else 0.0

    def _place_paragraph(self, item: _Lines) -> None:
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

    def _place_lines(self, item: _Lines, start: int, end: int) -> None:
        area, sheet, look = self._area, self._sheet, item.look
        if not start and item.heading:
            text, bookmark, level = item.heading.text, item.heading.bookmark, item.heading.level
            sheet.headings.append(Heading(bookmark, text, level, area.top + sheet.y))
        if self._placing:
            for number in range(start, end):
                self._place_line(item, number, area.top + sheet.y + (number - start) * look.pitch)
        sheet.y += (end - start) * look.pitch
        sheet.filled = True

    def _place_line(self, item: _Lines, number: int, top: float) -> None:
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
        for number in range(len(header), len(grid.heights)):
            line, more = 0, True
            while more:
                begun = len(rows) > len(header)
                part = grid.part(number, line, self._room - used, self._area.height - above)
                if part is None and (begun or self._sheet.filled):
                    if begun:
                        used += grid.part_labels(rows, number, self._room - used)
                        self._draw(grid, rows, used)
                    self._break()
                    rows, used = list(header), above
                    continue
                part = part or grid.forced_part(number, line, self._area.height - above)
                rows.append(part)
                used += part.height
                line, more = line + grid.lines_in(part), part.more
        if rows:
            self._draw(grid, rows, used)

    def _draw(self, grid: Grid, rows: Sequence[Slice], height: float) -> None:
        if self._placing:
            grid.draw(rows, self._area.top + self._sheet.y + grid.border / 2, self._sheet.drawn)
        self._sheet.y += height
        self._sheet.filled = True


def _begins_page(item: _Item) -> bool:
    return isinstance(item, _Lines) and item.new_page


def _cut(count: int, fit: int, *, whole: bool) -> int:
    """How many of the lines left stand on this page, where `fit` find room; 0 where all must go to the next."""
    if count <= fit:
        return count
    taken = min(fit, count - _LEAST_LINES)
    return 0 if whole or taken < _LEAST_LINES else taken


def _finish(sheet: _Sheet, paper: Paper, number: int | None) -> Page:
    area, drawn = type_area(paper), sheet.drawn
    footer = () if number is None else (number_line(area, paper, number),)
    return Page(
        area.paper_width,
        area.paper_height,
        number,
        (*drawn.lines, *footer),
        tuple(drawn.rules),
        tuple(drawn.cells),
        tuple(sheet.links),
        tuple(sheet.headings),
    )
