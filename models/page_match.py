"""Lays the lines of one page beside those of another: which line of the second a line of the first is, edited or not."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

_LARGEST_GAP = 60_000
"""Lines times lines that are compared each with each."""
_ALIKE = 0.5
"""From which share of equal characters on two lines are one line that was edited."""
_TELLING = 6
"""Characters from which a line that stands once in the draft is known by its words alone."""
_MOST_COMPARED = 600
"""Lines, or pairs of projects, that are compared one with all others."""

Key = tuple[str, bool]
"""A line's words without white space, and whether it stands in a table."""
_Range = tuple[int, int]


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
                _align(self._theirs, self._ours, left, right, self._found)
        once = Counter(self._ours)
        self._once = {key: at for at, key in enumerate(self._ours) if once[key] == 1 and len(key[0]) >= _TELLING}

    def line(self, line: int) -> int | None:
        """Our line for one of theirs, both counted from 0; None where there is none."""
        at = bisect_left(self._places, line)
        if at == len(self._places):
            return None
        found = self._found.get(at)
        if found is None:
            left, right = next((pair for pair in self._sections if pair[0][0] <= at < pair[0][1]), ((0, 0), None))
            # Words that stand nowhere else are known wherever they were moved to.
            found = self._once.get(self._theirs[at])
            if found is None and right is not None:
                found = self._between(at, left, right)
        return found

    def _between(self, at: int, left: _Range, right: _Range) -> int | None:
        """The edited line between the same two neighbours: the one in the same place, else the most alike."""
        low = next((each for each in range(at - 1, left[0] - 1, -1) if each in self._found), left[0] - 1)
        high = next((each for each in range(at + 1, left[1]) if each in self._found), left[1])
        ours = range(
            self._found[low] + 1 if low >= left[0] else right[0], self._found[high] if high < left[1] else right[1]
        )
        theirs = range(low + 1, high)
        if [self._ours[each][1] for each in ours] == [self._theirs[each][1] for each in theirs]:
            same = ours[theirs.index(at)]
            if self._theirs[at][1] or len(ours) == 1 or self._alike(at, same) >= _ALIKE / 2:
                return same
        if len(ours) > _MOST_COMPARED:
            return None
        alike = [(self._alike(at, each), -each) for each in ours if self._ours[each][1] == self._theirs[at][1]]
        share, negative = max(alike, default=(0.0, 0))
        return -negative if share >= _ALIKE else None

    def _alike(self, theirs: int, ours: int) -> float:
        one, other = self._theirs[theirs][0][:400], self._ours[ours][0][:400]
        return SequenceMatcher(None, one, other, False).ratio() if one and other else 0.0


def _paired_sections(theirs: Sequence[Key], ours: Sequence[Key]) -> list[tuple[_Range, _Range | None]]:
    """What stands before the first project, then each project of the file with the one of the draft; None: there is none.

    A project is known by its title, else by most of its words, else, where as many are left on both sides, by its place.
    """
    left, right = _sections(theirs), _sections(ours)
    pairs: dict[_Range, _Range] = {}
    titled: dict[str, list[_Range]] = {}
    for section in right[1:]:
        titled.setdefault(_title(ours[section[0]]), []).append(section)
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


def _sections(keys: Sequence[Key]) -> list[_Range]:
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


def _align(theirs: Sequence[Key], ours: Sequence[Key], left: _Range, right: _Range, found: dict[int, int]) -> None:
    """Pairs equal lines in their order: those that stand once on either side, and so on between them; then those from the
    top, since what repeats in a row of a table stands right of what tells it; then those from the bottom."""
    waiting = [(left, right)]
    while waiting:
        (a, b), (c, d) = waiting.pop()
        pairs = _unique_pairs(theirs, ours, (a, b), (c, d))
        if pairs:
            for one, other in pairs:
                found[one] = other
                waiting.append(((a, one), (c, other)))
                a, c = one + 1, other + 1
            waiting.append(((a, b), (c, d)))
            continue
        length = b - a
        while a < b and c < d and theirs[a] == ours[c]:
            found[a] = c
            a, c = a + 1, c + 1
        while a < b and c < d and theirs[b - 1] == ours[d - 1]:
            b, d = b - 1, d - 1
            found[b] = d
        if b - a < length:
            waiting.append(((a, b), (c, d)))
        elif a < b and c < d:
            _align_small(theirs, ours, (a, b), (c, d), found)


def _unique_pairs(theirs: Sequence[Key], ours: Sequence[Key], left: _Range, right: _Range) -> list[tuple[int, int]]:
    """The lines that stand once on each side, as many as keep their order."""
    if left[0] >= left[1] or right[0] >= right[1]:
        return []
    counts, others = Counter(theirs[left[0] : left[1]]), Counter(ours[right[0] : right[1]])
    places = {ours[at]: at for at in range(*right) if others[ours[at]] == 1}
    pairs = [(at, places[theirs[at]]) for at in range(*left) if counts[theirs[at]] == 1 and theirs[at] in places]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, in their order, whose second parts rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, pair in enumerate(pairs):
        at = bisect_left(ends, pair[1])
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(pair[1])
            last.append(place)
        else:
            ends[at], last[at] = pair[1], place
    run, place = [], last[-1] if last else -1
    while place >= 0:
        run.append(pairs[place])
        place = before[place]
    return run[::-1]


def _align_small(
    theirs: Sequence[Key], ours: Sequence[Key], left: _Range, right: _Range, found: dict[int, int]
) -> None:
    """Lines that come several times: compared each with each, where they are not too many."""
    if (left[1] - left[0]) * (right[1] - right[0]) > _LARGEST_GAP:
        return
    matcher = SequenceMatcher(None, theirs[left[0] : left[1]], ours[right[0] : right[1]], False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            found[left[0] + block.a + step] = right[0] + block.b + step
