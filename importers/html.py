"""HTML as Word, WPS, LibreOffice and browsers put it on the clipboard or save it, read into blocks; nothing it names is fetched."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from importers.budget import MUCH, Budget, TooMuchError
from importers.file_blocks import FileBlocks
from models.document.blocks import Block, Cell, Paragraph, Row, Table, paragraph
from models.document.cleaning import clean_text

MAX_DEPTH = 12
MAX_TAGS = 1_000_000
"""What Word writes for a text of 600 projects × 20 indicators."""
MAX_COLUMNS, MAX_ROWS = 64, 10_000

_PARAGRAPHS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "hr", "pre", "center"),
        *("body", "html", "blockquote", "section", "article", "header", "footer", "form"),
    )
)
_SILENT = frozenset(("style", "script", "head", "title", "xml", "noscript", "template", "del", "select", "textarea"))
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "col", "base", "area", "embed", "source", "wbr"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment|mso-special-character\s*:\s*(?:comment|footnote)",
    re.IGNORECASE,
)
_NOTES = re.compile(r"mso-element\s*:\s*(?:foot|end)note-list", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_DECLARATION = re.compile(r"<[!?][^<>]{0,300}>")
# An opened tag that another one follows is a sign; the parser would look for its end again and again.
_STRAY = re.compile(r"<(?![a-zA-Z/][^<>]*>)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
# A line of the source that ends between two Chinese characters ends no word.
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]+[ \t]*(?=[{_WIDE}])")


_BEGINNING = 4_000
"""Bytes among which a file written in HTML has one of its elements."""
_ELEMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|h[1-6])[\s>]", re.IGNORECASE)
_NO_LETTERS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def is_html(data: bytes) -> bool:
    """Whether a file is HTML, whatever its name says."""
    start = data[:_BEGINNING].replace(b"\0", b"")  # in UTF-16 every second byte of a tag is zero
    return start.lstrip(_NO_LETTERS).startswith(b"<") and _ELEMENT.search(start) is not None


def read_html(html: str) -> FileBlocks:
    """What was copied or saved; the words of foot- and endnotes stand outside of its flow. TooMuchError where they are beyond anything a text has."""
    if html.count("<") > MAX_TAGS:
        raise TooMuchError(MUCH)
    reader = _Reader()
    start = html.find("<")  # the clipboard's own header stands before it
    reader.feed(_plain(html[max(start, 0) :]))
    reader.close()
    return reader.finish()


def _plain(html: str) -> str:
    """The HTML without what is no element: comments (Word keeps there what other programs are not to see), conditions,
    declarations. A mark that opens one and never closes it is taken out alone."""
    kept, place = [], 0
    while (start := html.find("<!--", place)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[place:start])
        place = end + 3
    kept.append(html[place:])
    text = _DECLARATION.sub("", "".join(kept)).replace("<!", "").replace("<?", "")
    return _STRAY.sub("&lt;", text)


@dataclass(slots=True)
class _CellParts:
    """What a cell holds so far: its lines and the tables in it, in order."""

    colspan: int = 1
    rowspan: int = 1
    content: list[Block] = field(default_factory=list)

    @property
    def lines(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.content if isinstance(block, Paragraph))


_TableRows = list[list[_CellParts]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._body: list[Block] = []
        self._notes: list[Block] = []
        self._current = self._body
        self._number = ""
        self._tables: list[_TableRows] = []
        self._words: list[str] = []
        self._silent: list[str] = []
        self._marker: list[str] = []
        self._marker_words: list[str] = []
        self._lists: list[int | None] = []
        """For each open list the number of its next item, None where items have none."""
        self._budget = Budget()
        self._deeper = self._pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag == self._silent[0]:
                self._silent.append(tag)
        elif tag in _SILENT or (tag not in _VOID and _HIDDEN.search(values.get("style", ""))):
            self._silent.append(tag)
        elif self._marker:
            if tag == self._marker[0]:
                self._marker.append(tag)
        elif _LIST_NUMBER.search(values.get("style", "")):
            self._marker.append(tag)
        else:
            self._open(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[0]:
                self._silent.pop()
        elif self._marker:
            if tag == self._marker[0]:
                self._marker.pop()
                if not self._marker:
                    self._end_marker()
        elif tag in ("table", "tr", "td", "th"):
            self._close_table_part(tag)
        elif tag in _PARAGRAPHS:
            self._end_line()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        (self._marker_words if self._marker else self._words).append(_WIDE_BREAK.sub("", data))

    def finish(self) -> FileBlocks:
        """What was read, tables that were never closed included."""
        while self._tables:
            self._end_table()
        self._end_line()
        left_out = (f"有 {self._pictures} 处图片没有读入。",) if self._pictures else ()
        extra = tuple(each.text for each in self._notes if isinstance(each, Paragraph))
        return FileBlocks(tuple(self._body), extra, left_out)

    def _open(self, tag: str, values: dict[str, str]) -> None:
        if tag == "br":
            self._end_line()
        elif tag == "img":
            self._pictures += 1
        elif tag == "table":
            self._begin_table()
        elif tag in ("tr", "td", "th"):
            self._begin_table_part(tag, values)
        elif tag in _PARAGRAPHS:
            self._end_line()
            self._open_list(tag, values)
            if _NOTES.search(values.get("style", "")):
                self._current = self._notes  # they stand at the end

    def _open_list(self, tag: str, values: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            start = values.get("start", "1")
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            self._lists.append(first if tag == "ol" else None)
        elif tag == "li" and self._lists and (number := self._lists[-1]) is not None:
            self._number = f"{number}."
            self._lists[-1] = number + 1

    def _end_marker(self) -> None:
        """A list number that Word wrote as words: the blanks after it are its distance to the text."""
        number = _SPACES.sub(" ", "".join(self._marker_words)).replace("\xa0", " ").strip()
        self._marker_words.clear()
        self._words.append(number if number not in _BULLETS else "")

    def _content(self) -> list[Block]:
        """Where the next line or table goes."""
        for rows in reversed(self._tables):
            if rows and rows[-1]:
                return rows[-1][-1].content
        return self._current

    def _end_line(self) -> None:
        if self._words:
            words = _SPACES.sub(" ", "".join(self._words)).strip(" ").replace("\xa0", " ")
            self._words.clear()
            if words.strip():
                self._budget.take(characters=len(words), lines=1, texts=1)
                self._content().append(paragraph(clean_text(self._number + words)[0]))
                self._number = ""

    def _begin_table(self) -> None:
        self._end_line()
        if len(self._tables) >= MAX_DEPTH:
            self._deeper += 1
        else:
            self._tables.append([])

    def _begin_table_part(self, tag: str, values: dict[str, str]) -> None:
        self._end_line()
        if not self._tables:
            self._tables.append([])  # Excel's fragment may begin inside its table
        rows = self._tables[-1]
        if tag == "tr" or not rows:
            rows.append([])
        if tag != "tr":
            self._budget.take(cells=1)
            columns, reach = _span(values.get("colspan", ""), MAX_COLUMNS), _span(values.get("rowspan", ""), MAX_ROWS)
            rows[-1].append(_CellParts(columns, reach))

    def _close_table_part(self, tag: str) -> None:
        self._end_line()
        if tag == "table" and self._deeper:
            self._deeper -= 1
        elif tag == "table" and self._tables:
            self._end_table()

    def _end_table(self) -> None:
        self._end_line()
        rows = self._tables.pop()
        cells = [cell for row in rows for cell in row]
        nested = [block for cell in cells for block in cell.content if isinstance(block, Table)]
        target = self._content()
        if len(cells) == 1 or (nested and all(len(row) <= 1 for row in rows)):
            for cell in cells:  # a frame around text and other tables
                target += cell.content
        elif cells:
            target.append(Table(tuple(self._row(row, len(rows) - place) for place, row in enumerate(rows))))
            target += nested

    def _row(self, row: list[_CellParts], left: int) -> Row:
        """A row; `left`: how many there are from it on, which no cell reaches beyond."""
        cells = tuple(Cell(parts.lines, parts.colspan, min(parts.rowspan, left)) for parts in row)
        self._budget.take(places=sum(cell.rowspan for cell in cells))
        return Row(cells)


_BULLETS = frozenset("·•●○■□◆◇§Øü▪–oulnnvqw")
"""What Word writes for a bullet, letters of symbol fonts among them."""


def _span(value: str, most: int) -> int:
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 8 else 1
