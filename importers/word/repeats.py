"""Rows written like an earlier row of the same file, but for their words: taken as words, without reading their elements again.

A program that writes a table writes thousands of rows alike. Such a row is taken out of the file's bytes before they are parsed
and its words are left in its place, as the text of one mark. What it says of spans, merges and paragraphs was read from the
elements of a row like it; wherever anything is unusual, the row is left as it is, or is put together again.
"""

import itertools
import re
import secrets
from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from importers.word.word_package import safe_parser

MARK = f"row-{secrets.token_hex(8)}"
"""The element that stands for a row. No file can hold one of its own: the name is another in each process."""


class PlainCell(NamedTuple):
    """A cell of a row: its first column, how many it spans, its merges (`tables.py`), and the words of each paragraph as
    places in the row's list of words."""

    column: int
    colspan: int
    continues: bool
    merged: bool
    paragraphs: tuple[tuple[int, ...], ...]


RowShape = tuple[PlainCell, ...]
Learn = Callable[[etree._Element, int], RowShape | None]
"""The shape of a w:tr whose words are `numbered(0)`, `numbered(1)` … up to that many; None where only its elements tell."""

_LONGEST_START = _LONGEST_ROW = 1 << 16
_MOST_SHAPES, _MOST_KEYS = 500, 50_000
_BODY, _END = b"<w:body>", b"</w:tr>"
_WORDS = re.compile(rb'<w:t(?: xml:space="preserve")?>([^<&\]\x00-\x1f]*)</w:t>')
"""Words that stand in the file as they are: no entity, no line end that a parser would change, no «]]>», which it refuses."""
_EDITED = re.compile(rb' w(?:14)?:(?:rsid[A-Za-z]{1,8}|paraId|textId)="[0-9A-Fa-f]{8}"')
"""What Word notes of when a row or paragraph was edited; it says nothing of what is in it."""
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding=["'](?!utf-8["'])""", re.IGNORECASE)
_NUMBER = re.compile("\ue000([0-9]+)\ue000")


def numbered(place: int) -> str:
    """What stands for the words at that place while a shape is learnt."""
    return f"\ue000{place}\ue000"


def places_of(words: str) -> tuple[int, ...] | None:
    """The places named by words made of `numbered`; None where there are other words too."""
    return None if _NUMBER.sub("", words) else tuple(map(int, _NUMBER.findall(words)))


class _Known(NamedTuple):
    """What the rows of one shape share: the shape, their bytes around the words, and the mark up to its words."""

    shape: RowShape
    parts: list[bytes]
    mark: bytes


class RowShortener:
    """Goes between a file's bytes and their parser. A row is shortened where one like it was met twice before.

    Two rows are alike where they are the same bytes, words and marks of editing aside; so one is well-formed where the other
    is. That takes namespaces that hold for the whole body and a body without comments and the like: else nothing is shortened.
    """

    def __init__(self, learn: Learn) -> None:
        self._learn = learn
        self._start = self._held = b""
        self._on: bool | None = None  # None until the body begins
        self._once: set[int] = set()
        self._shapes: dict[bytes, _Known | None] = {}
        self._known: list[_Known] = []

    def feed(self, chunk: bytes) -> bytes:
        """What the parser is to be given for a further chunk; the bytes of a row that has no end yet are held back."""
        data, self._held = self._held + chunk, b""
        return self._begin(data) if self._on is None else self._shortened(data)

    def rest(self) -> bytes:
        """What is still held back."""
        data, self._held = self._held, b""
        return data

    def read(self, mark: etree._Element) -> tuple[RowShape, list[str]]:
        """The row a mark stands for: its shape and its words."""
        known = self._known[int(mark.get("n", ""))]
        return known.shape, (mark.text or "").split("\n")

    def element(self, mark: etree._Element) -> etree._Element:
        """The same by its elements."""
        known = self._known[int(mark.get("n", ""))]
        words = [escape(each).encode() for each in (mark.text or "").split("\n")]
        row = self._parsed(known.parts, words[: len(known.parts) - 1])
        assert row is not None  # a row like it was parsed before
        return row

    def _begin(self, data: bytes) -> bytes:
        """Looks for the body; the bytes before it are held back, within bounds."""
        start, body, rest = data.partition(_BODY)
        if body:
            self._start = start + body
            self._on = b"<!" not in start and start.count(b"<?") <= 1 and not _ENCODING.search(start)
            return self._start + self._shortened(rest)
        if len(data) > _LONGEST_START:
            self._on = False
            return data
        self._held = data
        return b""

    def _shortened(self, data: bytes) -> bytes:
        if not self._on:
            return data
        given: list[bytes] = []
        *parts, last = data.split(_END)
        for place, part in enumerate(parts):
            start = _row_start(part)
            mark = self._mark(part[start:]) if start >= 0 and len(part) - start < _LONGEST_ROW else None
            shown = part if mark is None else part[:start]
            if _hides_more(shown):
                self._on = False
                return b"".join(given) + _END.join((*parts[place:], last))
            given += (shown, _END if mark is None else mark)
        given.append(self._holding_back(last))
        return b"".join(given)

    def _holding_back(self, last: bytes) -> bytes:
        """The bytes after the last row without what is unfinished in them: a row, or else a tag or words."""
        start = _row_start(last)
        start = last.rfind(b"<") if start < 0 else start
        if (start >= 0 and len(last) - start > _LONGEST_ROW) or _hides_more(last):
            self._on = False  # a row no program writes, or a body that is more than elements and words
        elif start >= 0:
            last, self._held = last[:start], last[start:]
        return last

    def _mark(self, row: bytes) -> bytes | None:
        """The mark for a row; None where it is to be read by its elements."""
        parts = _WORDS.split(row)
        key = b"\0".join(parts[::2])
        if b"rsid" in key or b"paraId" in key:
            key = _EDITED.sub(b"", key)
        known = self._shapes[key] if key in self._shapes else self._learnt(key)
        if known is None or len(parts) != 2 * len(known.parts) - 1:  # others where the file holds a zero itself
            return None
        return b"%b%b</%b>" % (known.mark, b"\n".join(parts[1::2]), MARK.encode())

    def _learnt(self, key: bytes) -> _Known | None:
        """What rows with that key share, once a second one is met."""
        mark = hash(key)
        if mark not in self._once:
            if len(self._once) < _MOST_KEYS:
                self._once.add(mark)
            return None
        if len(self._shapes) >= _MOST_SHAPES:
            return None
        parts = key.split(b"\0")
        words = [numbered(place).encode() for place in range(len(parts) - 1)]
        try:
            # An entity could hide what looks like a number.
            row = None if b"&" in key else self._parsed(parts, words)
        except etree.XMLSyntaxError:
            row = None
        shape = None if row is None else self._learn(row, len(words))
        known = None
        if shape is not None:
            known = _Known(shape, parts, b'<%b n="%d">' % (MARK.encode(), len(self._known)))
            self._known.append(known)
        self._shapes[key] = known
        return known

    def _parsed(self, parts: list[bytes], words: list[bytes]) -> etree._Element | None:
        """The element of a row put together; None where it is not one row alone."""
        around = (b'<w:t xml:space="preserve">%b</w:t>' % each for each in words)
        row = b"".join(itertools.chain(*itertools.zip_longest(parts, around, fillvalue=b"")))
        end = b"</w:tr></w:tbl></w:body></w:document>"
        body = etree.fromstring(self._start + b"<w:tbl>" + row + end, safe_parser())[-1]
        return body[0][0] if len(body) == len(body[0]) == 1 else None


def _hides_more(data: bytes) -> bool:
    """Whether what follows may be other than it looks: in a comment or the like, or in another namespace."""
    return b"<!" in data or b"<?" in data or b"xmlns" in data


def _row_start(part: bytes) -> int:
    """Where the last row that begins in these bytes does; -1 where none does."""
    return max(part.rfind(b"<w:tr>"), part.rfind(b"<w:tr "))
