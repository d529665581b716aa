"""From blocks to finished pages, by arithmetic alone; Word lays the exported file out on the same pages.

The rules (GB/T 9704-2012 and how Word keeps lines together): lines of one fixed pitch; at least two lines of a paragraph
at the foot and at the head of a page; a title stays with what follows it; a blank line heads no page; a table's rows are
whole and its header is repeated. Widths are those of any Chinese font (squares) and of Times, so the pages do not depend on the font scheme.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
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
from exporters.grid import Grid
from exporters.line_breaking import BrokenLine
from exporters.looks import COVER_TOP, Look, closer, closer_looks, contents_entry, contents_title, looks, type_area
from exporters.metrics import EM, width_of
from exporters.page_filling import Item, Lines, Sheet, filled, tail
from exporters.placed_pages import Page, page_numbers
from exporters.placing import broken, number_line
from models.bulk import making_many
from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Table, paragraph
from models.document.template import Page as Paper
from models.document.template import Template


@making_many()
def paginate(blocks: Sequence[Block], template: Template, *, below_unit: bool = False) -> tuple[Page, ...]:
    """The pages of the blocks: cover and contents without numbers, then the text counted from 1.

    `below_unit`: whether they go on after blocks that hold a unit's heading.
    """
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    paper = template.page
    found = [
        (sheet, part.is_close) for part in _parts(kept[front:], paper, below_unit=below_unit) for sheet in part.sheets
    ]
    pages = [_finish(sheet, paper, number, is_close=close) for number, (sheet, close) in enumerate(found, 1)]
    return (*paginate_front(blocks, page_numbers(pages), template), *pages) if front else tuple(pages)


def paginate_front(blocks: Sequence[Block], numbers: Mapping[str, int], template: Template) -> tuple[Page, ...]:
    """The pages of cover and contents alone. `numbers`: the page of every bookmark; of the text the headings will do."""
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    if not front:
        return ()
    sheets = filled(_front_items(kept, front, template.page, numbers), type_area(template.page))
    if len(sheets) % 2:
        sheets.append(Sheet())  # the back of the last one stays empty: page 1 is a right-hand page
    return tuple(_finish(sheet, template.page, None) for sheet in sheets)


def renumbered(page: Page, number: int, template: Template) -> Page:
    """The same page of the text under another number."""
    if page.number in {number, None}:
        return page
    line = number_line(type_area(template.page), template.page, number)
    return replace(page, number=number, lines=(*page.lines[:-1], line))


class PageEnds(NamedTuple):
    """Where pages end. `numbers`: the printed page of every bookmark; `parted`: for each table, by its place among the
    blocks, the rows before which labels of merged cells are parted and named again; `close`: the blocks whose lines stand
    closer; `tall`: the rows of tables that are taller than a page, with the lines of each on its pages; `thin`: the blank
    lines that a page's end takes the height of; `pushed`: the rows of tables that are at least so many points tall, to stand on
    the next page."""

    numbers: Mapping[str, int]
    parted: Mapping[int, Collection[int]]
    close: Collection[int]
    tall: Mapping[int, Mapping[int, Sequence[int]]]
    thin: Collection[int]
    pushed: Mapping[int, Mapping[int, float]]


@making_many()
def page_ends(blocks: Sequence[Block], template: Template) -> PageEnds:
    """What `paginate` finds of it, without placing the lines."""
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    parts = list(_parts(kept[front:], template.page, placing=False))
    sheets = [sheet for part in parts for sheet in part.sheets]
    numbers = {heading.bookmark: number for number, sheet in enumerate(sheets, 1) for heading in sheet.headings}
    tables = [item for part in parts for item in part.items if isinstance(item, Grid)]
    close = frozenset(item.block for part in parts if part.is_close for item in part.items)
    parted = {table.block: table.parted for table in tables if table.parted}
    tall = {table.block: table.parts for table in tables if table.parts}
    thin = frozenset(item.block for part in parts for item in part.items if isinstance(item, Lines) and item.thin)
    pushed = {table.block: table.pushed for table in tables if table.pushed}
    return PageEnds(numbers, parted, close, tall, thin, pushed)


def has_odd_front(blocks: Sequence[Block], template: Template) -> bool:
    """Whether cover and contents take an odd number of pages, so that an empty one comes before page 1."""
    kept = without_blank_ends(marked(blocks))
    front = front_length([block for _, block in kept])
    items = _front_items(kept, front, template.page, {})
    return front > 0 and len(filled(items, type_area(template.page), placing=False)) % 2 == 1


class _Part(NamedTuple):
    """What begins a page and goes on up to the next break. `is_close`: lines stand closer, so that it takes a page less."""

    items: list[Item]
    sheets: list[Sheet]
    is_close: bool


def _parts(
    kept: Sequence[tuple[int, Block]], paper: Paper, *, below_unit: bool = False, placing: bool = True
) -> Iterator[_Part]:
    """The parts of the body; one whose last page would hold next to nothing is pulled in where that is possible."""
    entries = entries_by_bookmark([block for _, block in kept], below_unit=below_unit)
    pieces: list[list[tuple[int, Block]]] = [[]]
    for index, block in kept:
        if not isinstance(block, PageBreak):
            pieces[-1].append((index, block))
        elif pieces[-1]:
            pieces.append([])
    area = type_area(paper)
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        items = _items(piece, paper, looks(paper), entries, first=first, last=last)
        sheets = filled(items, area, placing=placing)
        if len(sheets) > 1 and sheets[-1].is_sparse:
            nearer = _items(piece, closer(paper), closer_looks(paper), entries, first=first, last=last)
            fewer = filled(nearer, area, placing=placing)
            if len(fewer) < len(sheets):
                yield _Part(nearer, fewer, is_close=True)
                continue
        yield _Part(items, [sheet for sheet in sheets if sheet.filled], is_close=False)


def _items(
    piece: Sequence[tuple[int, Block]],
    paper: Paper,
    roles: Mapping[Role, Look],
    entries: Mapping[str, Entry],
    *,
    first: bool,
    last: bool,
) -> list[Item]:
    """What stands on the pages of a part of the body, as the Word file holds it."""
    items: list[Item] = []
    blocks, area = [block for _, block in piece], type_area(paper)
    for place, (index, block) in enumerate(piece):
        if isinstance(block, Paragraph):
            look = roles[block.role]
            heading = entries.get(block.bookmark) if block.bookmark else None
            items.append(Lines(block, look, broken(block, look, area.width), index, heading=heading))
        elif isinstance(block, Table):
            if needs_line_before(place, blocks, not first and not place):
                items.append(tail(index))
            items.append(Grid(block, paper, roles, area, index))
    if last and (not blocks or isinstance(blocks[-1], Table)):
        items.append(tail(-1))
    return items


def _front_items(kept: Sequence[tuple[int, Block]], front: int, paper: Paper, numbers: Mapping[str, int]) -> list[Item]:
    """Cover and contents; `numbers`: the page of every bookmark."""
    items: list[Item] = []
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
            items.append(Lines(block, look, broken(block, look, area.width), index, new_page))
        elif isinstance(block, Contents):
            entries = contents_entries([following for _, following in kept[front:]])
            items.extend(_contents(block, entries, index, paper, numbers, new_page=new_page))
        new_page = False
    items.append(tail(-1))
    return items


def _contents(
    block: Contents,
    entries: Sequence[Entry],
    index: int,
    paper: Paper,
    numbers: Mapping[str, int],
    *,
    new_page: bool,
) -> list[Item]:
    width, look = type_area(paper).width, contents_title(paper)
    title = paragraph(block.title)
    items: list[Item] = [Lines(title, look, broken(title, look, width), index, new_page)]
    for entry in entries:
        look = contents_entry(paper, entry.level)
        shown = paragraph(entry.text)
        number = numbers.get(entry.bookmark)
        target = ("" if number is None else str(number), entry.bookmark)
        lines = broken(shown, look, width)
        if lines[-1].width + width_of(target[0]) > (width - look.left) / look.size * EM:
            lines = (*lines, BrokenLine(len(shown.text), 0, ()))
        items.append(Lines(shown, look, lines, index, entry=target))
    if entries:
        items.append(tail(-1))
    return items


def _finish(sheet: Sheet, paper: Paper, number: int | None, *, is_close: bool = False) -> Page:
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
        is_close,
    )
