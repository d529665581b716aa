"""Rewrites the file Qt's PDF writer makes: right text, bookmarks, links and properties, and the same bytes every time.

Qt maps a glyph back to whichever character it finds first («⼀», the radical, for «一») and to none beyond the BMP; it
numbers its objects in the order of a hash. So the tables from glyphs to text are rewritten and objects renumbered.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exporters.made import Properties
from exporters.pdf_archive import PRODUCER, colour_profile, glyph_set, pdf_date, xmp
from exporters.placed_pages import Box

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_SEE_THROUGH = re.compile(rb"/SMask \d")  # as coloured pictures of characters are
_TABLE_LENGTH = 100  # as many entries as one block of a glyph table may have


class Target(NamedTuple):
    """A place: the page's index and points from its upper edge."""

    page: int
    top: float


class Bookmark(NamedTuple):
    """An entry of the outline with those below it."""

    title: str
    target: Target
    below: tuple["Bookmark", ...] = ()


class Spot(NamedTuple):
    """A rectangle of a page, in points from its upper left corner, that leads somewhere."""

    page: int
    box: Box
    target: Target


@dataclass(frozen=True, slots=True)
class Extras:
    """What the pages themselves do not hold.

    `glyphs`: for each font, in the order of first use, the text of each glyph in the order of first use.
    `front`: how many pages come before page 1; `complete`: whether the fonts have every character that is drawn.
    """

    properties: Properties
    glyphs: Sequence[Sequence[str]]
    bookmarks: Sequence[Bookmark] = ()
    spots: Sequence[Spot] = ()
    front: int = 0
    complete: bool = True


@dataclass(slots=True)
class _File:
    """A parsed file: the bodies of its objects by number, its pages by index."""

    objects: dict[int, bytes]
    root: int
    pages: list[int] = field(default_factory=list)

    def add(self, body: bytes) -> int:
        number = max(self.objects) + 1
        self.objects[number] = body
        return number


def finish(data: bytes, extras: Extras) -> bytes:
    """The file of `data`, as Qt wrote it, with the extras."""
    file = _parse_objects(data)
    whole = _mend_glyph_tables(file, extras.glyphs)
    _name_fonts(file)
    _leave_out_other_colours(file)
    _add_links(file, extras.spots)
    whole = whole and extras.complete and not any(map(_SEE_THROUGH.search, file.objects.values()))
    _write_catalog(file, extras, for_archive=whole)
    information = file.add(_information(extras.properties))
    return _put_together(file, information)


def _parse_objects(data: bytes) -> _File:
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    lines = data[start:].split(b"\n")
    count = int(lines[1].split()[1])
    offsets = {n: int(lines[2 + n][:10]) for n in range(count) if lines[2 + n][17:18] == b"n"}
    ends = dict(zip(sorted(offsets.values()), [*sorted(offsets.values())[1:], start], strict=True))
    objects = {}
    for number, offset in offsets.items():
        body = data[data.index(b"obj", offset) + 3 : data.rindex(b"endobj", offset, ends[offset])]
        objects[number] = body.strip(b"\r\n ")
    root = _number(rb"/Root (\d+) 0 R", data[start:])
    file = _File(objects, root)
    tree = objects[_number(rb"/Pages (\d+) 0 R", objects[root])]
    kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)
    file.pages = [int(found) for found in _REFERENCE.findall(kids[1])] if kids else []
    return file


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"no {pattern!r} in the file of Qt's PDF writer")
    return int(found[1])


def _fonts(file: _File) -> list[int]:
    """In the order of their first use."""
    return sorted(number for number, body in file.objects.items() if b"/ToUnicode" in body.partition(b"stream")[0])


def _name_fonts(file: _File) -> None:
    """Gives each subset of a font its mark; those of Qt come from a hash and stand in one of three places only."""
    for place, number in enumerate(_fonts(file)):
        below = _number(rb"/DescendantFonts \[(\d+) 0 R", file.objects[number])
        descriptor = _number(rb"/FontDescriptor (\d+) 0 R", file.objects[below])
        mark = b"/GOAL%c%c+" % (65 + place // 26 % 26, 65 + place % 26)
        for part in (number, below, descriptor):
            named = rb"(?<=/BaseFont )/|(?<=/FontName )/(?:[A-Z]{6}\+)?"
            file.objects[part] = re.sub(named, mark, file.objects[part], count=1)


def _leave_out_other_colours(file: _File) -> None:
    """Qt names colours for print that no page uses, and that a file to keep must not name."""
    for number, body in file.objects.items():
        if b"/CSpcmyk" in body:
            file.objects[number] = re.sub(rb"/P?CSpcmyk (?:/DeviceCMYK|\d+ 0 R)\s*", b"", body)


def _mend_glyph_tables(file: _File, glyphs: Sequence[Sequence[str]]) -> bool:
    """Whether every font lies in the file."""
    fonts = _fonts(file)
    # Fonts that may not be embedded are drawn as shapes and are not among them; then Qt's tables are kept.
    if len(fonts) != len(glyphs):
        return False
    for number, texts in zip(fonts, glyphs, strict=True):
        file.objects[_number(rb"/ToUnicode (\d+) 0 R", file.objects[number])] = _packed(b"", _glyph_table(texts))
        below = _number(rb"/DescendantFonts \[(\d+) 0 R", file.objects[number])
        descriptor = _number(rb"/FontDescriptor (\d+) 0 R", file.objects[below])
        held = file.add(_packed(b"", glyph_set(len(texts) + 1)))
        file.objects[descriptor] = re.sub(rb">>\s*$", b"/CIDSet %d 0 R\n>>" % held, file.objects[descriptor])
    return True


def _glyph_table(texts: Sequence[str]) -> bytes:
    """From glyph to text; glyph 0 is the one of characters no font has."""
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    ]
    for start in range(0, len(texts), _TABLE_LENGTH):
        some = texts[start : start + _TABLE_LENGTH]
        rows = "".join(f"<{place:04X}> <{_utf16(text)}>\n" for place, text in enumerate(some, start + 1))
        parts.append(f"{len(some)} beginbfchar\n{rows}endbfchar\n")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "".join(parts).encode("ascii")


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex().upper()


def _text(text: str) -> bytes:
    return f"<FEFF{_utf16(text)}>".encode("ascii")


def _destination(file: _File, target: Target) -> bytes:
    page = file.pages[target.page]
    return b"[%d 0 R /XYZ 0 %.2f null]" % (page, max(_height(file, page) - target.top, 0.0))


def _height(file: _File, page: int) -> float:
    box = re.search(rb"/MediaBox \[\S+ \S+ \S+ ([\d.]+)\]", file.objects[page])
    return float(box[1]) if box else 842.0


def _add_links(file: _File, spots: Iterable[Spot]) -> None:
    by_page: dict[int, list[bytes]] = {}
    for spot in spots:
        height = _height(file, file.pages[spot.page])
        left, top, width, tall = spot.box
        link = b"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [%.2f %.2f %.2f %.2f] /Dest %b >>" % (
            left,
            height - top - tall,
            left + width,
            height - top,
            _destination(file, spot.target),
        )
        by_page.setdefault(file.pages[spot.page], []).append(b"%d 0 R" % file.add(link))
    for page, links in by_page.items():
        annotations = b"/Annots [%b]" % b" ".join(links)
        file.objects[page] = re.sub(rb"/Annots \d+ 0 R", annotations, file.objects[page])


def _write_catalog(file: _File, extras: Extras, *, for_archive: bool) -> None:
    """With metadata of our own: Qt's carry a random name."""
    tree = _number(rb"/Pages (\d+) 0 R", file.objects[file.root])
    parts = [
        b"<< /Type /Catalog /Pages %d 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >>" % tree,
        b"/PageLabels << /Nums [%b] >>" % _labels(extras.front, len(file.pages)),
        b"/Metadata %d 0 R"
        % file.add(_stream(b"/Type /Metadata /Subtype /XML", xmp(extras.properties, for_archive=for_archive))),
        b"/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB)"
        b" /DestOutputProfile %d 0 R >>]" % file.add(_packed(b"/N 3", colour_profile())),
    ]
    if extras.bookmarks:
        parts.append(b"/Outlines %d 0 R /PageMode /UseOutlines" % _outline(file, extras.bookmarks))
    file.objects[file.root] = b"\n".join([*parts, b">>"])


def _labels(front: int, count: int) -> bytes:
    """Roman numbers for cover and contents, then the printed ones."""
    before = b"0 << /S /r >> " if front else b""
    return before + (b"%d << /S /D >>" % front if front < count else b"")


def _outline(file: _File, bookmarks: Sequence[Bookmark]) -> int:
    root = file.add(b"")
    first, last, count = _branch(file, bookmarks, root)
    file.objects[root] = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, count)
    return root


def _branch(file: _File, bookmarks: Sequence[Bookmark], parent: int) -> tuple[int, int, int]:
    """(first, last, how many are visible) of the entries on one level, all of them open."""
    numbers = [file.add(b"") for _ in bookmarks]
    visible = len(numbers)
    for place, (number, bookmark) in enumerate(zip(numbers, bookmarks, strict=True)):
        parts = [b"<< /Title %b /Parent %d 0 R" % (_text(bookmark.title), parent)]
        parts.append(b"/Dest %b" % _destination(file, bookmark.target))
        if place:
            parts.append(b"/Prev %d 0 R" % numbers[place - 1])
        if place + 1 < len(numbers):
            parts.append(b"/Next %d 0 R" % numbers[place + 1])
        if bookmark.below:
            inside = _branch(file, bookmark.below, number)
            parts.append(b"/First %d 0 R /Last %d 0 R /Count %d" % inside)
            visible += inside[2]
        file.objects[number] = b" ".join([*parts, b">>"])
    return numbers[0], numbers[-1], visible


def _information(properties: Properties) -> bytes:
    named = (("Title", properties.title), ("Author", properties.author), ("Subject", properties.subject))
    shown = [b"/%b %b" % (name.encode(), _text(text)) for name, text in named if text]
    shown.append(b"/Producer (%b)" % PRODUCER.encode())
    if properties.made is not None:
        moment = pdf_date(properties.made).encode()
        shown.append(b"/CreationDate (%b) /ModDate (%b)" % (moment, moment))
    return b"<< %b >>" % b" ".join(shown)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def _packed(entries: bytes, content: bytes) -> bytes:
    return _stream(b"%b /Filter /FlateDecode" % entries, zlib.compress(content, 9))


def _put_together(file: _File, information: int) -> bytes:
    order = {old: new for new, old in enumerate(_reached(file, information), 1)}

    def renumbered(found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % order.get(int(found[1]), 0)

    parts = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"]
    at, offsets = len(parts[0]), []
    for old, new in order.items():
        head, stream, rest = file.objects[old].partition(b"stream\n")
        part = b"%d 0 obj\n%b%b%b\nendobj\n" % (new, _REFERENCE.sub(renumbered, head), stream, rest)
        offsets.append(at)
        at += len(part)
        parts.append(part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(order) + 1, table))
    name = hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest().encode()
    parts.append(
        b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(order) + 1, order[file.root], order[information], name, name, at)
    )
    return b"".join(parts)


def _reached(file: _File, information: int) -> Iterator[int]:
    """Every object the file needs, in the order in which the references lead to it."""
    seen: set[int] = set()
    waiting = [information, file.root]
    while waiting:
        number = waiting.pop()
        if number in seen or number not in file.objects:
            continue
        seen.add(number)
        yield number
        head = file.objects[number].partition(b"stream\n")[0]
        waiting.extend(reversed([int(found) for found in _REFERENCE.findall(head)]))
