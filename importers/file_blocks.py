"""What a reader of any kind of file hands on: blocks, and what stands beside them."""

from dataclasses import dataclass

from models.document.blocks import Block


@dataclass(frozen=True, slots=True)
class FileBlocks:
    """What a file shows. `extra`: words that stand outside the text's flow (text boxes, notes, words under merged cells);
    `left_out`: sentences on what has no words here (pictures, comments); `keywords`: of its properties."""

    blocks: tuple[Block, ...]
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    keywords: str = ""
