"""Lays the lines of one page beside those of another: which line of the second a line of the first is, edited or not."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from models.comparing.line_match import Range, align
from models.grouping import grouped

_ALIKE = 0.5
"""From which share of equal characters on two lines are one line that was edited."""
_TELLING = 6
"""Characters from which a line that stands once in the draft is known by its words alone."""
_MOST_COMPARED = 600
"""Lines, or pairs of projects, that are compared one with all others."""

Key = tuple[str, bool]
"""A line's words without white space, and whether it stands in a table."""


def key(text: str, in_cell: bool) -> Key:
    return "".join(text.split()), in_cell


class Match:
    """Which of our lines one of theirs is. Projects are paired first, since they may have been moved."""

    def __init__(self, theirs: Sequence[Key], ours: Sequence[Key]) -> None:
        # Blank lines outside of tables come and go with the program that wrote the file.
        self._places = [at for at, (words, in_cell) in enumerate(theirs) if in_cell or words]
        self._theirs = [theirs[at] for at in self._places]
        self._ours = ours
        self._found: dict[int, int] = {}
        self._sections = _paired_sections(self._theirs, self._ours)
        for left, right in self._sections:
            if right is not None:
                align(self._theirs, self._ours, left, right, self._found)
        self._placed = sorted(self._found)
        self._shapes: dict[tuple[int, int], bool] = {}
        once = Counter(self._ours)
        self._once = {key: at for at, key in enumerate(self._ours) if once[key] == 1 and len(key[0]) >= _TELLING}

    def line(self, line: int) -> int | None:
        """Our line for one of theirs, both counted from 0; None where there is none."""
        at = bisect_left(self._places, line)
        if at == len(self._places):
            return None
        found = self._found.get(at)
        if found is None:
            section = bisect_right(self._sections, at, key=lambda pair: pair[0][0]) - 1
            left, right = self._sections[section]
            # Words that stand nowhere else are known wherever they were moved to.
            found = self._once.get(self._theirs[at])
            if found is None and right is not None:
                found = self._between(at, left, right)
        return found

    def _between(self, at: int, left: Range, right: Range) -> int | None:
        """The edited line between the same two neighbours: the one in the same place, else the most alike."""
        theirs, ours = self._gap(at, left, right)
        if self._have_one_shape(theirs, ours):
            same = ours[theirs.index(at)]
            if self._theirs[at][1] or len(ours) == 1 or self._alike(at, same) >= _ALIKE / 2:
                return same
        if len(ours) > _MOST_COMPARED:
            return None
        alike = [(self._alike(at, each), -each) for each in ours if self._ours[each][1] == self._theirs[at][1]]
        share, negative = max(alike, default=(0.0, 0))
        return -negative if share >= _ALIKE else None

    def _gap(self, at: int, left: Range, right: Range) -> tuple[range, range]:
        """The lines of both sides between the nearest two around a place that were found, within their sections."""
        place = bisect_left(self._placed, at)
        low = self._placed[place - 1] if place else -1
        high = self._placed[place] if place < len(self._placed) else left[1]
        first, last = (low + 1, self._found[low] + 1) if low >= left[0] else (left[0], right[0])
        end, other_end = (high, self._found[high]) if high < left[1] else (left[1], right[1])
        return range(first, end), range(last, other_end)

    def _have_one_shape(self, theirs: range, ours: range) -> bool:
        """Whether as many lines stand on both sides, each in a table where the other is."""
        known = theirs.start, ours.start
        if known not in self._shapes:
            sides = (self._theirs[theirs.start : theirs.stop], self._ours[ours.start : ours.stop])
            shapes = [[in_cell for _words, in_cell in side] for side in sides]
            self._shapes[known] = shapes[0] == shapes[1]
        return self._shapes[known]

    def _alike(self, theirs: int, ours: int) -> float:
        one, other = self._theirs[theirs][0][:400], self._ours[ours][0][:400]
        return SequenceMatcher(None, one, other, False).ratio() if one and other else 0.0


def _paired_sections(theirs: Sequence[Key], ours: Sequence[Key]) -> list[tuple[Range, Range | None]]:
    """What stands before the first project, then each project of the file with the one of the draft; None: there is none.

    A project is known by its title, else by most of its words, else, where as many are left on both sides, by its place.
    """
    left, right = _sections(theirs), _sections(ours)
    pairs: dict[Range, Range] = {}
    titled = grouped((_title(ours[section[0]]), section) for section in right[1:])
    for section in left[1:]:
        same = titled.get(_title(theirs[section[0]]))
        if same:
            pairs[section] = same.pop(0)
    rest = [section for section in left[1:] if section not in pairs]
    taken = set(pairs.values())
    free = [section for section in right[1:] if section not in taken]
    if len(rest) * len(free) <= _MOST_COMPARED:
        for section in rest:
            shares = [(_shared(theirs[slice(*section)], ours[slice(*other)]), -at) for at, other in enumerate(free)]
            share, at = max(shares, default=(0.0, 0))
            if share >= _ALIKE:
                pairs[section] = free.pop(-at)
    return [(left[0], right[0]), *((section, pairs.get(section)) for section in left[1:])]


def _sections(keys: Sequence[Key]) -> list[Range]:
    """The lines before the first project, then those of each: it begins with the line before a table."""
    starts = [at for at in range(len(keys) - 1) if not keys[at][1] and keys[at + 1][1]]
    return list(zip((0, *starts), (*starts, len(keys)), strict=True))


def _title(key: Key) -> str:
    """The words of a title without the project's number."""
    return key[0].lstrip("0123456789.．、")


def _shared(one: Sequence[Key], other: Sequence[Key]) -> float:
    """Which share of the lines of two projects they have in common."""
    common = (Counter(one) & Counter(other)).total()
    return common / max(len(one), len(other), 1)
