"""Which lines of two texts are the same: in about the order of their number, where comparing each with each would not end."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date
from typing import TypeVar

_LARGEST_GAP = 60_000
"""Lines times lines that are compared each with each."""

RankT = TypeVar("RankT", int, tuple[date, int])

Range = tuple[int, int]
"""From … to, in lines."""


def matched(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of equal lines in both, rising on both sides; of lines that all repeat, in long texts, not all there are."""
    found: dict[int, int] = {}
    align(one, other, (0, len(one)), (0, len(other)), found)
    return sorted(found.items())


def align(
    theirs: Sequence[Hashable], ours: Sequence[Hashable], left: Range, right: Range, found: dict[int, int]
) -> None:
    """Pairs equal lines in their order: those that stand once on either side, and so on between them; then those from the
    top, since what repeats in a row of a table stands right of what distinguishes it; then those from the bottom."""
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


def _unique_pairs(
    theirs: Sequence[Hashable], ours: Sequence[Hashable], left: Range, right: Range
) -> list[tuple[int, int]]:
    """The lines that stand once on each side, as many as keep their order."""
    if left[0] >= left[1] or right[0] >= right[1]:
        return []
    counts, others = Counter(theirs[left[0] : left[1]]), Counter(ours[right[0] : right[1]])
    places = {ours[at]: at for at in range(*right) if others[ours[at]] == 1}
    pairs = [(at, places[theirs[at]]) for at in range(*left) if counts[theirs[at]] == 1 and theirs[at] in places]
    return longest_rising(pairs)


def longest_rising(pairs: Sequence[tuple[int, RankT]]) -> list[tuple[int, RankT]]:
    """The longest run of pairs, in their order, whose second parts rise."""
    ends: list[RankT] = []
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
    theirs: Sequence[Hashable], ours: Sequence[Hashable], left: Range, right: Range, found: dict[int, int]
) -> None:
    """Lines that come several times: compared each with each, where they are not too many."""
    if (left[1] - left[0]) * (right[1] - right[0]) > _LARGEST_GAP:
        return
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, theirs[left[0] : left[1]], ours[right[0] : right[1]], False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            found[left[0] + block.a + step] = right[0] + block.b + step
