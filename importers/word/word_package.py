"""The zip a Word file is: opened with bounds, so that a hostile one is refused before it costs anything."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from lxml import etree

from importers.budget import MUCH, Budget, TooMuchError
from importers.word.word_text import W
from importers.zipped import BoundedZip, Bounds, FileKind
from models.errors import CancelledError, UserError

BOUNDS = Bounds(unpacked=400 * 1024 * 1024)
"""A text of 2,000 projects has about 60 million bytes; real texts shrink 10 to 40 times by packing."""

MAX_TREE = 100_000_000
"""Bytes of memory a part read as a whole may take. What Word keeps of styles and lists takes some millions."""

MAX_TAGS = 50_000_000
"""Tags of the body; a text of 2,000 projects × 20 indicators has about 6 million, as Word itself writes it 25 million."""
MAX_HELD = 250_000_000
"""Bytes of memory one child of the body may take, such as a table. One of 1,000 rows as LibreOffice writes it takes 60 million."""

_BODY = f"{W}body"
CHUNK = 1 << 17
_NODE, _ATTRIBUTE = 121, 230
"""What libxml2 keeps for one of them, in bytes: an element, words between two tags, an attribute."""

_WIDE = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")
"""It names the encoding the part no longer has."""

_PROPERTIES, _MOST_PROPERTIES = "docProps/core.xml", 1 << 16
_DOCTYPE = "带有文档类型定义（可能是恶意文件）"
_KIND = FileKind("Word", ".docx", ".doc", "Word 或 WPS")
_MAIN_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
)


class Held:
    """The memory that the elements of some bytes take. It is counted in full where a quick look finds that it may be too much."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.tags = 0
        """Of all bytes taken."""
        self.begin()

    def begin(self, chunk: bytes = b"") -> None:
        """Forgets all but this one, whose tags are counted already."""
        self._counted, self._at_most, self._chunks = 0, _at_most(chunk, chunk.count(b"<")), [chunk]

    def take(self, chunk: bytes) -> None:
        """Adds more bytes. TooMuchError where their elements take too much."""
        tags = chunk.count(b"<")
        self.tags += tags
        self._chunks.append(chunk)
        self._at_most += _at_most(chunk, tags)
        if self._at_most > self._most:
            self._counted += sum(map(_memory, self._chunks))
            self._at_most = self._counted
            self._chunks.clear()
            if self._counted > self._most:
                raise TooMuchError(MUCH)


def _at_most(chunk: bytes, tags: int) -> int:
    """No less than `_memory`: as if words stood between all tags, and none closed an element."""
    return 2 * tags * _NODE + chunk.count(b"=") * _ATTRIBUTE + len(chunk)


def _memory(chunk: bytes) -> int:
    nodes = 2 * chunk.count(b"<") - chunk.count(b"</") - chunk.count(b"><")
    return nodes * _NODE + chunk.count(b"=") * _ATTRIBUTE + len(chunk)


class WordPackage(BoundedZip):
    """An opened Word file. Parts are found by the package's own relations; nothing outside of it is ever followed."""

    damage = (etree.XMLSyntaxError,)

    def __init__(self, data: bytes, name: str, is_inside: bool = False) -> None:
        super().__init__(data, name, _KIND, BOUNDS)
        self.is_inside = is_inside
        self.budget = Budget()
        self.main = self._main_part()

    def tree(self, kind: str) -> etree._Element | None:
        """The root of the main part's companion of that kind (styles, numbering, footnotes …); None where there is none."""
        part = self._companions.get(kind)
        if part is None or part not in self.names:
            return None
        return self._root(part)

    def keywords(self) -> str:
        """The keywords of the file's properties; "" where there are none, or none that can be read."""
        try:
            if _PROPERTIES not in self.names or self.check(_PROPERTIES) > _MOST_PROPERTIES:
                return ""
            root = self._root(_PROPERTIES)
        except UserError:
            return ""
        return "".join(node.text or "" for node in root if str(node.tag).endswith("}keywords"))

    def related(self, relation: str, most: int) -> bytes | None:
        """The bytes of the part that a relation of the main part leads to; None where there is none of at most that size."""
        part = self._targets.get(relation)
        if part is None or part not in self.names or self.check(part) > most:
            return None
        with self.open(part) as stream:
            return stream.read(most)

    def body(self, go_on: Callable[[], bool]) -> Iterator[etree._Element]:
        """Each child of w:body, in order, forgotten once it was read, so that a large file never stands in memory whole. A child is
        whole when the next one has begun."""
        parser: etree.XMLPullParser = etree.XMLPullParser(("start",), tag="{*}body", **SAFE)
        body: etree._Element | None = None
        held = Held(MAX_HELD)
        for chunk in self.chunks(self.main):
            if not go_on():
                raise CancelledError
            held.take(chunk)
            if held.tags > MAX_TAGS:
                raise TooMuchError(MUCH)
            parser.feed(chunk)
            body = self._found_body(parser) if body is None else body
            if body is not None and len(body) > 1:
                held.begin(chunk)
                yield from _taken(body, leave=1)
        body = self._found_body(parser) if body is None else body
        parser.close()
        if body is None:
            raise self.broken("没有正文")
        yield from _taken(body, leave=0)

    def _found_body(self, parser: etree.XMLPullParser) -> etree._Element | None:
        """The body once the parser has met it. UserError for another kind of elements."""
        for _event, node in parser.read_events():
            assert isinstance(node, etree._Element)  # no other events were asked for
            if node.tag != _BODY:
                raise self.broken("是「严格的 Open XML」格式，本程序读不了")
            self._check_type(node)
            return node
        return None

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, little by little."""
        with self.open(part) as stream:
            for place, chunk in enumerate(_in_utf8(stream)):
                if place == 0 and b"<!DOCTYPE" in chunk:  # before its entities cost anything
                    raise self.broken(_DOCTYPE)
                yield chunk

    def _check_type(self, node: etree._Element) -> None:
        """UserError where the part this element is of declares a document type."""
        if node.getroottree().docinfo.internalDTD is not None:
            raise self.broken(_DOCTYPE)

    def _root(self, part: str) -> etree._Element:
        """A part read as a whole."""
        with self.reading(f"的内部文件 {part} "):
            parser, held = etree.XMLParser(**SAFE), Held(MAX_TREE)
            for chunk in self.chunks(part):
                held.take(chunk)
                parser.feed(chunk)
            root = parser.close()
        self._check_type(root)
        return root

    def _main_part(self) -> str:
        if "[Content_Types].xml" not in self.names:
            raise self.broken("不是完整的 Word 文件")
        found = [
            node.get("PartName", "").lstrip("/")
            for node in self._root("[Content_Types].xml")
            if (node.get("ContentType") or "").endswith(_MAIN_TYPES)
        ]
        if not found:
            raise self.broken("不是 Word 文档（后缀是 .docx，内容不是）")
        relations = self._relations(found[0])
        self._companions = {kind: target for kind, _name, target in relations}
        self._targets = {name: target for _kind, name, target in relations}
        return found[0]

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """(kind, id, part it leads to) of each relation inside the package."""
        folder, _slash, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if relations not in self.names:
            return []
        found = []
        for node in self._root(relations):
            target = node.get("Target") or ""
            if node.get("TargetMode") != "External":
                whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                found.append(((node.get("Type") or "").rpartition("/")[2], node.get("Id") or "", whole))
        return found


def _taken(body: etree._Element, leave: int) -> Iterator[etree._Element]:
    for child in list(body)[: len(body) - leave]:
        yield child
        child.clear()  # frees what stands in it; removed whole, lxml would walk through it once more
        body.remove(child)


def _in_utf8(stream: IO[bytes]) -> Iterator[bytes]:
    """A part, little by little: what is in UTF-16 comes in UTF-8, for the parser's own way with it differs by system."""
    chunk = stream.read(CHUNK)
    wide = next((name for start, name in _WIDE if chunk.startswith(start)), "")
    if not wide:
        while chunk:
            yield chunk
            chunk = stream.read(CHUNK)
        return
    decoder = codecs.getincrementaldecoder(wide)()
    text = _DECLARATION.sub("", decoder.decode(chunk), count=1)
    while chunk:
        if text:
            yield text.encode()
        chunk = stream.read(CHUNK)
        text = decoder.decode(chunk, final=not chunk)


SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""What keeps a parser from following anything: no entity, no document type, no network."""
