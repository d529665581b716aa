"""Files that another program put whole into a Word file (altChunk): HTML, text, or a Word file of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from importers.html import read_html
from importers.text_reader import decode, read_text
from importers.web_archive import html_of_archive, is_archive
from importers.word.word_package import WordPackage
from models.document.blocks import Block
from models.errors import UserError

MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Chunk:
    """What such a file shows."""

    blocks: tuple[Block, ...]
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_chunk(package: WordPackage, relation: str, go_on: Callable[[], bool]) -> Chunk | None:
    """The file a relation leads to; None where it lies elsewhere, is too large or of a kind that is not read."""
    data = package.related(relation, MAX_BYTES)
    if data is None:
        return None
    try:
        if data.startswith(b"PK\x03\x04"):
            return _word(data, package, go_on)
        html = html_of_archive(data, relation) if is_archive(data) else decode(data, relation)
        if "<" in html[:2000]:
            read = read_html(html)
            return Chunk(read.blocks, read.extra, read.left_out)
        return Chunk(read_text(html))
    except UserError:
        return None


def _word(data: bytes, package: WordPackage, go_on: Callable[[], bool]) -> Chunk | None:
    """A Word file inside another one; what is put into that one is not read."""
    from importers.word.word_reader import read_word  # it reads chunks, too

    if package.is_inside:
        return None
    read = read_word(data, "altChunk", go_on, is_inside=True)
    return Chunk(read.blocks, read.extra, read.left_out)
