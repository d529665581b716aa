"""Walks a Word file's body, one child at a time, and yields blocks; what is not printed is left out and counted."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from importers.word.numbers import WordNumbers
from importers.word.package import WordPackage
from importers.word.tables import WordTable, read_table
from importers.word.words import W, WordText
from models.blocks import Block, Paragraph, Table, paragraph
from models.cleaning import clean_text
from models.errors import CancelledError

MAX_NODES = 12_000_000
"""Elements of the body; a text of 2,000 projects × 20 indicators has about 6 million."""
MAX_PARAGRAPHS = 600_000
"""Paragraphs outside of tables. A text has some hundreds."""

_BODY, _PARAGRAPH, _TABLE, _PROPERTIES = f"{W}body", f"{W}p", f"{W}tbl", f"{W}pPr"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a Word file shows. `extra`: words that stand outside the text's flow (footnotes, words under merged cells);
    `left_out`: sentences on what has no words here (pictures, text boxes)."""

    blocks: tuple[Block, ...]
    extra: tuple[str, ...]
    left_out: tuple[str, ...]


def read_word(data: bytes, name: str, go_on: Callable[[], bool] = lambda: True) -> WordReading:
    """The blocks of a .docx. UserError names the file where it is damaged, protected, hostile or no Word file.

    `go_on` is asked now and then; CancelledError once it says no.
    """
    package = WordPackage(data, name)
    reader = _BodyReader(package, go_on)
    try:
        blocks = tuple(reader.blocks())
    except (etree.XMLSyntaxError, zipfile.BadZipFile, EOFError, OSError, RecursionError):
        raise package.broken("的正文已损坏") from None
    left_out = tuple(f"有 {count} 处{what}没有读入。" for what, count in reader.text.left_out.items())
    return WordReading(blocks, (*reader.hidden, *reader.notes()), left_out)


class _BodyReader:
    def __init__(self, package: WordPackage, go_on: Callable[[], bool]) -> None:
        self._package = package
        self._go_on = go_on
        self._styles = package.tree("styles")
        self._numbers = WordNumbers(package.tree("numbering"), self._styles)
        self._contents_styles = _contents_styles(self._styles)
        self.text = WordText()
        self.hidden: list[str] = []
        self._carried = ""

    def blocks(self) -> Iterator[Block]:
        for child in self._body():
            yield from self._child(child)
        if self._carried:
            yield paragraph(self._carried)

    def notes(self) -> Iterator[str]:
        """The words of the foot- and endnotes the text refers to."""
        for kind in ("footnotes", "endnotes"):
            wanted = {note for each, note in self.text.notes if each == kind}
            root = self._package.tree(kind) if wanted else None
            for note in root if root is not None else ():
                if note.get(f"{W}id") in wanted:
                    reader = WordText()
                    words = "\n".join(filter(str.strip, (reader.read(each) for each in note.iter(_PARAGRAPH))))
                    yield clean_text(words)[0].strip()

    def _body(self) -> Iterator[etree._Element]:
        """The body's children, each forgotten once it was read: a large file never stands in memory whole."""
        depth = nodes = loose = 0
        with self._package.open(self._package.main) as stream:
            events = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
            )
            for event, node in events:
                if event == "start":
                    depth += 1
                    nodes += 1
                    if depth == 1 and isinstance(node.tag, str) and node.tag.startswith(_STRICT):
                        raise self._package.broken("是「严格的 Open XML」格式，本程序读不了")
                    if nodes > MAX_NODES or loose > MAX_PARAGRAPHS:
                        raise self._package.broken("内容多得不正常")
                    continue
                depth -= 1
                if depth == 2 and node.getparent().tag == _BODY:
                    loose += node.tag == _PARAGRAPH
                    yield node
                    node.clear()
                    while node.getprevious() is not None:
                        del node.getparent()[0]
                    if not self._go_on():
                        raise CancelledError

    def _child(self, node: etree._Element) -> Iterator[Block]:
        if node.tag == _PARAGRAPH:
            found = self._paragraph(node)
            if found is not None:
                yield found
        elif node.tag == _TABLE:
            yield from self._tables(read_table(node, self._paragraph))
        elif node.tag in _WRAPPERS and not _is_contents(node):
            for child in node:
                yield from self._child(child)

    def _tables(self, found: WordTable) -> Iterator[Table]:
        self.hidden += found.hidden
        if any(part.text.strip() for row in found.table.rows for cell in row.cells for part in cell.paragraphs):
            yield found.table
        for nested in found.nested:
            yield from self._tables(nested)

    def _paragraph(self, node: etree._Element) -> Paragraph | None:
        """None for a line of the contents, and for one whose end was deleted: its words go on in the next."""
        began_in_contents = self.text.in_contents
        properties = node.find(_PROPERTIES)
        words = self.text.read(node)
        if began_in_contents or self.text.in_contents or self._is_contents_line(properties):
            return None
        number = self._numbers.draw(properties) if words.strip() else ""
        text = self._carried + clean_text(number + words)[0]
        self._carried = ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = text
            return None
        return paragraph(text)

    def _is_contents_line(self, properties: etree._Element | None) -> bool:
        style = None if properties is None else properties.find(f"{W}pStyle")
        return style is not None and style.get(f"{W}val", "") in self._contents_styles


def _is_contents(node: etree._Element) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _contents_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the styles Word gives to lines of a table of contents."""
    if styles is None:
        return frozenset()
    found = set()
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and name.get(f"{W}val", "").lower().startswith("toc "):
            found.add(style.get(f"{W}styleId", ""))
    return frozenset(found)
