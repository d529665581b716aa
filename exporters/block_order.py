"""What every paged writer must know of the order of blocks: where the front pages end, which blank lines count."""

from collections.abc import Sequence

from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Table


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
    front = [place for place, block in enumerate(blocks) if _is_front(block)]
    return front[-1] + 1 if front and front[-1] + 1 < len(blocks) else 0


def contents_entries(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs the contents list."""
    return [block for block in blocks if isinstance(block, Paragraph) and block.bookmark]


def contents_level(paragraph: Paragraph) -> int:
    """1 for sections and units, 2 for project titles."""
    return 2 if paragraph.role is Role.PROJECT_TITLE else 1


def needs_line_before(place: int, blocks: Sequence[Block], new_page: bool) -> bool:
    """Whether an empty line of no height stands before this table: to carry a page break, to keep it apart from another."""
    return new_page or (place > 0 and isinstance(blocks[place - 1], Table))


def _is_front(block: Block) -> bool:
    return isinstance(block, Contents) or (isinstance(block, Paragraph) and block.role is Role.COVER)
