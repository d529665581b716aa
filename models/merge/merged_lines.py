"""A text of several lines that changed on two sides: both changes together where they do not touch each other."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.comparing.line_match import matched


class _Edit(NamedTuple):
    """Lines `start` to `end` of the text before become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged_lines(base: str, theirs: str, ours: str) -> tuple[str, bool]:
    """(the text with the changes of both, True); where they touch each other, (their change instead of ours there, False)."""
    before = _lines(base)
    their_edits, our_edits = tuple(_edits(before, _lines(theirs))), tuple(_edits(before, _lines(ours)))
    known = frozenset(their_edits)
    kept = [edit for edit in our_edits if edit not in known]
    apart = [edit for edit in kept if not _touches(edit, their_edits)]
    merged, done = list[str](), 0
    for edit in sorted([*their_edits, *apart]):
        merged += (*before[done : edit.start], *edit.lines)
        done = edit.end
    return "\n".join([*merged, *before[done:]]), len(apart) == len(kept)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[_Edit]:
    """What changed, in the order of the lines; no two of the edits touch each other."""
    place = other = 0
    for one, two in (*matched(before, after), (len(before), len(after))):
        if place < one or other < two:
            yield _Edit(place, one, tuple(after[other:two]))
        place, other = one + 1, two + 1


def _touches(edit: _Edit, others: Sequence[_Edit]) -> bool:
    first = bisect_left(others, edit.start, key=lambda other: other.end)
    return first < len(others) and others[first].start <= edit.end
