"""Puts the leaves of a table under a new root: where a page that leads to rows is broken, the rows need not be.

After SQLite's file format, 1.6 and 2.1. What is read that way proves itself by the checksum of its draft, or counts as partly read.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

_LEAF, _INTERIOR = 13, 5
_NULL, _INTEGER, _TEXT, _BLOB = "null", "integer", "text", "blob"
_INTEGERS = range(1, 10)
_FIRST_TEXT = 12
_TOO_HIGH = 1 << 49
"""Numbers of rows, which begin with 1, do not come so far."""
_MOST_CHILDREN = 200
"""Of one page; more fit on the smallest there is only with short numbers, and a page of pages has room for the rest."""

SHAPES = {
    "drafts": (range(17, 19), (_NULL, _INTEGER, _TEXT, _TEXT)),
    "items": (range(11, 12), (_NULL, _INTEGER, _TEXT, _INTEGER)),
    "projects": (range(16, 18), (_NULL, _INTEGER, _INTEGER, _TEXT)),
    "indicators": (range(11, 13), (_NULL, _INTEGER, _INTEGER, _TEXT)),
    "unplaced_lines": (range(3, 4), (_INTEGER, _INTEGER, _TEXT)),
    "surroundings": (range(3, 4), (_INTEGER, _TEXT, _TEXT)),
    "revisions": (range(7, 9), (_NULL, _INTEGER, _TEXT, _TEXT, _TEXT, _BLOB, _BLOB)),
    "remembered": (range(2, 4), (_TEXT, _TEXT)),
}
"""Of each table: how many columns its rows have, those of older versions too, and of which kind the first are."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of rows, with the numbers of its first and last one and how many there are."""

    page: int
    first: int
    last: int
    rows: int


def with_new_root(content: bytes, table: str, root: int) -> bytes | None:
    """The file with every leaf that looks like one of that table, and is not free, under the page `root`. None: there is none."""
    size = int.from_bytes(content[16:18])
    if size < 512 or table not in SHAPES or not 1 < root <= len(content) // size:
        return None
    leaves = _in_order(_leaves(content, size, table, _free_pages(content, size)))
    if not leaves:
        return None
    pages = bytearray(content[: len(content) // size * size])
    children = [(leaf.page, leaf.last) for leaf in leaves]
    while len(children) > _MOST_CHILDREN:
        groups = [children[at : at + _MOST_CHILDREN] for at in range(0, len(children), _MOST_CHILDREN)]
        children = []
        for group in groups:
            pages += _interior(group, pages, size)
            children.append((len(pages) // size, group[-1][1]))
    pages[(root - 1) * size : root * size] = _interior(children, pages, size)
    pages[28:32] = (len(pages) // size).to_bytes(4)
    pages[92:96] = pages[24:28]  # the size just written counts
    return bytes(pages)


def _interior(children: list[tuple[int, int]], pages: bytearray, size: int) -> bytes:
    """A page that leads to these, each with the highest number in it; an only one itself."""
    if len(children) == 1:
        start = (children[0][0] - 1) * size
        return bytes(pages[start : start + size])
    page, end, places = bytearray(size), size, []
    for child, highest in children[:-1]:
        cell = child.to_bytes(4) + _varint(highest)
        end -= len(cell)
        page[end : end + len(cell)] = cell
        places.append(end)
    header = bytes([_INTERIOR, 0, 0]) + len(places).to_bytes(2) + (end % 0x10000).to_bytes(2) + b"\0"
    head = header + children[-1][0].to_bytes(4) + b"".join(place.to_bytes(2) for place in places)
    page[: len(head)] = head
    return bytes(page)


def _in_order(leaves: Iterator[_Leaf]) -> list[_Leaf]:
    """By their numbers; of two that claim the same rows, one of an earlier time, the fuller stays."""
    kept: list[_Leaf] = []
    for leaf in sorted(leaves, key=lambda leaf: -leaf.rows):
        if all(leaf.last < other.first or leaf.first > other.last for other in kept):
            kept.append(leaf)
    return sorted(kept, key=lambda leaf: leaf.first)


def _leaves(content: bytes, size: int, table: str, free: set[int]) -> Iterator[_Leaf]:
    for number in range(2, len(content) // size + 1):
        page = content[(number - 1) * size : number * size]
        if page[0] == _LEAF and number not in free:
            with suppress(IndexError):
                numbers = [_row_number(page, place, table) for place in _places(page)]
                if numbers and None not in numbers and numbers == sorted(numbers, key=lambda one: one or 0):
                    yield _Leaf(number, numbers[0] or 0, numbers[-1] or 0, len(numbers))


def _places(page: bytes) -> Iterator[int]:
    """Where the rows of a leaf begin."""
    for cell in range(int.from_bytes(page[3:5])):
        yield int.from_bytes(page[8 + 2 * cell : 10 + 2 * cell])


def _row_number(page: bytes, place: int, table: str) -> int | None:
    """None where the row is not one of the table. IndexError where it is no row at all."""
    _length, place = _read_varint(page, place)
    number, place = _read_varint(page, place)
    header, at = _read_varint(page, place)
    kinds = []
    while at < place + header:
        serial, at = _read_varint(page, at)
        kinds.append(_kind(serial))
    counts, first = SHAPES[table]
    fits = len(kinds) in counts and tuple(kinds[: len(first)]) == first and number < _TOO_HIGH
    return number if fits else None


def _kind(serial: int) -> str:
    if serial >= _FIRST_TEXT:
        return _TEXT if serial % 2 else _BLOB
    return _INTEGER if serial in _INTEGERS else _NULL


def _free_pages(content: bytes, size: int) -> set[int]:
    """Those whose rows were deleted, as far as the list of them can be followed."""
    found: set[int] = set()
    trunk = int.from_bytes(content[32:36])
    while 0 < trunk <= len(content) // size and trunk not in found:
        found.add(trunk)
        page = content[(trunk - 1) * size : trunk * size]
        count = min(int.from_bytes(page[4:8]), size // 4 - 2)
        found |= {int.from_bytes(page[8 + 4 * place : 12 + 4 * place]) for place in range(count)}
        trunk = int.from_bytes(page[:4])
    return found


def _read_varint(page: bytes, at: int) -> tuple[int, int]:
    """The number, and where it ends (SQLite's file format, 1.6)."""
    value = 0
    for place in range(9):
        byte = page[at + place]
        if place == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            break
    return value, at + place + 1


def _varint(value: int) -> bytes:
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))
