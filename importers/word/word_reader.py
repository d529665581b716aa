"""Walks a Word file's body, one child at a time, and yields blocks; what is not printed is left out and counted."""

from collections.abc import Callable, Iterator

from lxml import etree

from importers.file_blocks import FileBlocks
from importers.html import read_html
from importers.report import removed_message
from importers.text_reader import decode, read_text
from importers.true_kinds import is_zip
from importers.web_archive import html_of_archive, is_archive
from importers.word.numbers import WordNumbers, value_of
from importers.word.word_package import WordPackage
from importers.word.word_tables import WordTable, framed_cells, read_table
from importers.word.word_text import COMPATIBILITY, W, WordText, chosen, is_prompt, shown_below
from models.document.blocks import Block, Paragraph, Table, paragraph
from models.document.cleaning import clean_text
from models.errors import UserError

_PARAGRAPH, _TABLE, _PROPERTIES, _STYLE = f"{W}p", f"{W}tbl", f"{W}pPr", f"{W}pStyle"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_LIST, _MARK = f"{W}numPr", f"{W}rPr"
_GONE = (f"{W}del", f"{W}moveFrom")
_VALUE = f"{W}val"
_CONTROL, _CHOICES = f"{W}sdt", f"{COMPATIBILITY}AlternateContent"
_CHUNK, _CHUNK_ID = f"{W}altChunk", "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_word(data: bytes, name: str, go_on: Callable[[], bool] = lambda: True, is_inside: bool = False) -> FileBlocks:
    """The blocks of a .docx. UserError names the file where it is damaged, protected, hostile or no Word file.

    `go_on` is asked now and then; CancelledError once it says no. `is_inside`: it stands in another Word file.
    """
    package = WordPackage(data, name, is_inside)
    reader = _BodyReader(package, go_on)
    with package.reading("的正文"):
        blocks = tuple(reader.blocks())
        extra = (*reader.hidden, *reader.boxes(), *reader.notes())
    left_out = (*reader.text.left_out_messages(), *reader.unread, *removed_message(reader.removed))
    return FileBlocks(blocks, extra, left_out, package.keywords())


class _Paragraphs(dict[str, Paragraph]):
    """The paragraph of any words; one does for all that say the same."""

    def __init__(self, make: Callable[[str], Paragraph]) -> None:
        self._make = make

    def __missing__(self, words: str) -> Paragraph:
        return self._make(words)


class _BodyReader:
    def __init__(self, package: WordPackage, go_on: Callable[[], bool]) -> None:
        self._package = package
        self._go_on = go_on
        styles = package.tree("styles")
        self._budget = package.budget
        self._numbers = WordNumbers(package.tree("numbering"), styles, self._budget)
        self._contents_styles = _contents_styles(styles)
        self.special_styles = self._contents_styles | self._numbers.styles.keys()
        self.text = WordText()
        self.hidden: list[str] = []
        self._unended: list[str] = []
        self.known = _Paragraphs(self._new_paragraph)
        self.removed = 0
        self.unread: list[str] = []
        """Sentences on files put into the text that were not read, or not whole."""

    def blocks(self) -> Iterator[Block]:
        """Everything the body shows, blank paragraphs outside of tables aside."""
        for child in self._package.body(self._go_on):
            self._budget.take(lines=child.tag == _PARAGRAPH)
            yield from self._child(child)
        if self._unended:
            yield self._new_paragraph("".join(self._unended))

    def boxes(self) -> Iterator[str]:
        """The words of text boxes."""
        return (self._cleaned(words) for words in self.text.boxed)

    def notes(self) -> Iterator[str]:
        """The words of the foot- and endnotes the text refers to."""
        for kind in ("footnotes", "endnotes"):
            wanted = {note for each, note in self.text.notes if each == kind}
            root = self._package.tree(kind) if wanted else None
            for note in root if root is not None else ():
                if note.get(f"{W}id") in wanted:
                    reader = WordText()
                    words = [reader.read(each) for each in shown_below(note, _PARAGRAPH)]
                    yield self._cleaned("\n".join(filter(str.strip, (*words, *reader.boxed)))).strip()

    def _child(self, node: etree._Element, depth: int = 1) -> Iterator[Block]:
        tag = node.tag
        if tag == _PARAGRAPH:
            found = self.read(node)
            if found is not None and found.spans:
                yield found
        elif tag == _TABLE:
            yield from self._table(node, depth)
        elif tag in _WRAPPERS and not _is_contents(node) and not (tag == _CONTROL and is_prompt(node)):
            for child in node:
                yield from self._child(child, depth)
        elif tag == _CHOICES:
            for child in chosen(node):
                yield from self._child(child, depth)
        elif tag == _CHUNK:
            yield from self._chunk(node)

    def _chunk(self, node: etree._Element) -> Iterator[Block]:
        """What another program put in as a file of its own; one that cannot be read is reported."""
        found = _read_chunk(self._package, node.get(_CHUNK_ID, ""), self._go_on)
        if found is None:
            self.unread.append("有 1 处嵌入的文件（altChunk）没有读入，请在 Word 里打开，另存一份后再导入。")
            return
        self._budget.take(characters=sum(map(_characters, found.blocks)), lines=len(found.blocks))
        self.hidden += found.extra
        self.unread += found.left_out
        yield from found.blocks

    def _table(self, node: etree._Element, depth: int) -> Iterator[Block]:
        """A table; what stands in a frame (a table of one cell, or of one column around other tables) is text like any."""
        cells = framed_cells(node, depth)
        if cells is None:
            yield from self._tables(read_table(node, self, self._budget, depth))
            return
        for framed in cells:
            for child in framed:
                yield from self._child(child, depth + 1)

    def _tables(self, found: WordTable) -> Iterator[Table]:
        self.hidden += found.hidden
        if any(part.spans for row in found.table.rows for cell in row.cells for part in cell.paragraphs):
            yield found.table
        for nested in found.nested:
            yield from self._tables(nested)

    @property
    def goes_on(self) -> bool:
        """Whether a field is open, or a paragraph whose end was deleted."""
        return self.text.in_field or bool(self._unended)

    def is_repeated(self, node: etree._Element) -> bool:
        """Whether the w:p only names the label of its cell again at the head of a page."""
        numbered = node.find(f"{_PROPERTIES}/{_LIST}")
        return numbered is not None and self._numbers.repeats(numbered)

    def read(self, node: etree._Element) -> Paragraph | None:
        """None for a line of the contents, and for one whose end was deleted: its words go on in the next."""
        reader = self.text
        began_in_contents = reader.in_contents
        words = reader.read(node)
        properties = next(iter(node), None)
        if began_in_contents or reader.in_contents:
            return None
        ended = True
        if properties is not None and properties.tag == _PROPERTIES:
            style, numbered, ended = _look(properties)
            if style in self._contents_styles:
                return None
            if numbered is not None or style in self._numbers.styles:
                number = self._numbers.draw(style, numbered) if ended or words else ""
                words = number + words if words.strip() else words
        self._budget.take(characters=len(words))
        if ended and not self._unended:
            return self.known[words]
        self._unended.append(words)
        if not ended:
            return None
        text = "".join(self._unended)
        self._unended.clear()
        return self._new_paragraph(text)

    def _new_paragraph(self, text: str) -> Paragraph:
        """A paragraph of these words, remembered: labels and values repeat in every table, and one will do for all."""
        self._budget.take(texts=1)
        before = self.removed
        made = paragraph(self._cleaned(text))
        if len(self.known) < _KNOWN and self.removed == before:
            self.known[text] = made
        return made

    def _cleaned(self, words: str) -> str:
        """The words without characters no file can hold; `removed` counts them."""
        cleaned, count = clean_text(words)
        self.removed += count
        return cleaned


_KNOWN = 20_000
_MOST_OF_CHUNK = 16 * 1024 * 1024


def _read_chunk(package: WordPackage, relation: str, go_on: Callable[[], bool]) -> FileBlocks | None:
    """The file a relation leads to: HTML, text, or a Word file of its own, but not in one that is inside another one itself.
    None where it lies elsewhere, is too large or of a kind that is not read."""
    data = package.related(relation, _MOST_OF_CHUNK)
    if data is None:
        return None
    try:
        if is_zip(data):
            return None if package.is_inside else read_word(data, "altChunk", go_on, is_inside=True)
        text = html_of_archive(data, relation) if is_archive(data) else decode(data, relation)
        return read_html(text) if "<" in text[:2000] else FileBlocks(read_text(text))
    except UserError:
        return None


def _characters(block: Block) -> int:
    return (
        len(block.text)
        if isinstance(block, Paragraph)
        else sum(len(cell.text) for row in getattr(block, "rows", ()) for cell in row.cells)
    )


def _look(properties: etree._Element) -> tuple[str, etree._Element | None, bool]:
    """(style, list, whether the paragraph's end was kept) of a w:pPr."""
    style, numbered, ended = "", None, True
    for node in properties:
        tag = node.tag
        if tag == _STYLE:
            style = node.get(_VALUE, "")
        elif tag == _LIST:
            numbered = node
        elif tag == _MARK:
            ended = all(mark.tag not in _GONE for mark in node)
    return style, numbered, ended


def _is_contents(node: etree._Element) -> bool:
    return value_of(node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == "Table of Contents"


def _contents_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the styles Word gives to lines of a table of contents."""
    found = () if styles is None else styles.iter(f"{W}style")
    named = (style for style in found if value_of(style.find(f"{W}name")).lower().startswith("toc "))
    return frozenset(style.get(f"{W}styleId", "") for style in named)
