"""What every paged writer must know of the order of blocks: where the front pages end, which blank lines count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Table

_PART_BOOKMARK, _ITEM_BOOKMARK = "_Toc_1_1_{n:010d}", "_Toc_5_5_{n:010d}"
_LEVELS = {Role.PART: 1, Role.PART_NAME: 1, Role.SECTION: 2, Role.UNIT: 2, Role.PROJECT_TITLE: 2, Role.ITEM: 3}


_COVER = (Role.COVER, Role.COVER_DATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, of the navigation pane and of a PDF's outline. `level` counts from 1."""

    text: str
    bookmark: str
    level: int


def without_blank_ends(blocks: Sequence[Block]) -> list[tuple[int, Block]]:
    """The blocks with their places, without the blank lines at the end of a page: after a table that fills it they
    would make a page of their own. Without page breaks at the end of the text.
    """
    kept: list[tuple[int, Block]] = []
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if not kept or isinstance(kept[-1][1], PageBreak):
            if isinstance(block, Paragraph) and block.role is Role.BLANK and not block.text:
                continue
            if isinstance(block, PageBreak):
                continue
        kept.append((place, block))
    return kept[::-1]


def front_length(blocks: Sequence[Block]) -> int:
    """How many blocks belong to cover and contents; 0 where nothing follows them."""
    front = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Contents) or (isinstance(block, Paragraph) and block.role in _COVER)
    ]
    return front[-1] + 1 if front and front[-1] + 1 < len(blocks) else 0


def marked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a bookmark on the lines of the parts and on the headings of items, too."""
    parts, items = count(1), count(1)
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and not block.bookmark:
            if block.role is Role.PART or (block.role is Role.PART_NAME and not _is_part(found[-1:])):
                block = block._replace(bookmark=_PART_BOOKMARK.format(n=next(parts)))
            elif block.role is Role.ITEM:
                block = block._replace(bookmark=_ITEM_BOOKMARK.format(n=next(items)))
        found.append(block)
    return tuple(found)


def headings(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs the contents are made of."""
    return [block for block in blocks if isinstance(block, Paragraph) and block.role in _LEVELS]


def contents_entries(blocks: Sequence[Block], *, below_unit: bool = False) -> list[Entry]:
    """What the contents list: parts, sections and items; units and projects. A part's line is shown with its name.

    `below_unit`: whether a unit's heading stands before these blocks; a project stands one level below it.
    """
    found = headings(blocks)
    entries = []
    for place, heading in enumerate(found):
        below_unit = below_unit or heading.role is Role.UNIT
        if heading.bookmark:
            following = found[place + 1 : place + 2] if heading.role is Role.PART else []
            named = [each.text for each in following if each.role is Role.PART_NAME and not each.bookmark]
            level = _LEVELS[heading.role] + (below_unit and heading.role is Role.PROJECT_TITLE)
            entries.append(Entry("\u3000".join((heading.text, *named)), heading.bookmark, level))
    return entries


def entries_by_bookmark(blocks: Sequence[Block], *, below_unit: bool = False) -> Mapping[str, Entry]:
    """The same by their bookmarks, the first of each."""
    return {entry.bookmark: entry for entry in reversed(contents_entries(blocks, below_unit=below_unit))}


def _is_part(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Paragraph) and block.role is Role.PART for block in blocks)


def needs_line_before(place: int, blocks: Sequence[Block], new_page: bool) -> bool:
    """Whether an empty line of no height stands before this table: to carry a page break, to keep it apart from another."""
    return new_page or (place > 0 and isinstance(blocks[place - 1], Table))
