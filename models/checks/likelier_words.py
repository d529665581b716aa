"""Slips found by how likely words are: one other character makes a run of words far more usual than it stands."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.checks.lexicon import OF_ALL, frequencies, is_word
from models.checks.pair_slips import LINKS, usual_words, words_within_names
from models.checks.term_slips import TermSlip, known_names, known_pairs, names_but_for_one, short_names
from models.grouping import grouped

_LONGEST = 4
_SELDOM = OF_ALL - 3.0
"""What a word of the dictionary costs at the most."""
_OWN = 11.0
"""What a name of a field counts as, however seldom others use it."""
_BEHIND_A_VERB = frozenset("到成给出入好完过着起来去得住回上下准清实细深透牢")
"""Characters that follow any verb: «引到», «建成»."""
_STRANGER = OF_ALL + 1
_NOT_THE_SAME_SOUND = 2.0
# By so many powers of two the other reading must be likelier.
_CLEARLY = 7.0
_BESIDE_WORDS_OF_ONE = 9.0
_FOR_A_WORD_OF_NO_FIELD = 11.0
_AS_A_NAME = 14.0
_WITHIN_A_WORD = 18.0


_Pieces = list[list[tuple[int, float]]]
"""For each begin the ends of the words that may stand there, with their costs."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A run of characters parted into words: what its parts cost at the least up to each place and from there on, and
    which characters are words by themselves."""

    before: list[float]
    behind: list[float]
    single: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Alike:
    near: Mapping[str, str]
    close: Mapping[str, str]
    alone: Collection[str]


@cache
def _costs() -> Mapping[str, float]:
    """For common words, and for the characters that stand alone, how seldom they are met, as a power of two."""
    # One number for all words of one power.
    levels = {power: float(OF_ALL - power) for power in range(OF_ALL + 1)}
    costs = {word: levels[power] for word, power in frequencies().items()}
    usual = OF_ALL - _OWN
    for name in known_names() | short_names() | words_within_names():
        if len(name) <= _LONGEST:
            costs[name] = min(usual, costs.get(name, usual))
    return costs


def _pieces(text: str) -> _Pieces:
    costs, pairs, size = _costs(), known_pairs(), len(text)
    found: _Pieces = []
    for start in range(size):
        one = costs.get(text[start])
        own = [(start + 1, _STRANGER if one is None else one)]
        for end in range(start + 2, min(size, start + _LONGEST) + 1):
            word = text[start:end]
            cost = costs.get(word)
            if cost is not None:
                own.append((end, cost))
            elif word in pairs if end == start + 2 else is_word(word):
                own.append((end, _SELDOM))
        found.append(own)
    return found


def _before(pieces: _Pieces) -> tuple[list[float], frozenset[int]]:
    """What it costs at the least to come to each place, and the characters that are words by themselves then."""
    size = len(pieces)
    before, begins = [0.0] + [math.inf] * size, [0] * (size + 1)
    for start, own in enumerate(pieces):
        till = before[start]
        for end, cost in own:
            if till + cost < before[end]:
                before[end], begins[end] = till + cost, start
    single, end = set(), size
    while end:
        if begins[end] == end - 1:
            single.add(end - 1)
        end = begins[end]
    return before, frozenset(single)


def _behind(pieces: _Pieces) -> list[float]:
    behind = [0.0] * (len(pieces) + 1)
    for start in range(len(pieces) - 1, -1, -1):
        behind[start] = min(cost + behind[end] for end, cost in pieces[start])
    return behind


_Found = tuple[int, int, str]


def likelier_words(
    text: str, near: Mapping[str, str], close: Mapping[str, str], alone: Collection[str]
) -> Iterator[TermSlip]:
    """The slips of a run of Chinese characters from its begin. `near`, `close`: for each character those that sound or
    look like it, and those of the very same sound; `alone`: characters that are words by themselves."""
    pieces = _pieces(text)
    before, single = _before(pieces)
    names = _names(text, near)
    places = sorted({*names, *_suspicious(text, single, alone)})
    if not places:
        return
    reading, alike, end = _Reading(before, _behind(pieces), single), _Alike(near, close, alone), 0
    for at in places:
        if at >= end and (slip := _likelier(text, at, names.get(at, ()), reading, alike)):
            end = slip.end
            yield slip


def _suspicious(text: str, single: frozenset[int], alone: Collection[str]) -> Iterator[int]:
    """Characters that are in no word; those that may be one by themselves only beside another one."""
    for at in single:
        if text[at] not in LINKS and (text[at] not in alone or at - 1 in single or at + 1 in single):
            yield at


def _names(text: str, near: Mapping[str, str]) -> dict[int, list[_Found]]:
    """The names that stand in the text but for one character that is like the right one, by its place."""
    # A character nobody writes is like any.
    return grouped(
        (at, (start, start + len(name), name))
        for at, start, name in names_but_for_one(text)
        if len(name) >= _LONGEST and (text[at] not in near or name[at - start] in near[text[at]])
    )


def _likelier(text: str, at: int, names: Sequence[_Found], reading: _Reading, alike: _Alike) -> TermSlip | None:
    best, least = None, 0.0
    needed = _AS_A_NAME if at in reading.single else _WITHIN_A_WORD
    candidates = [(found, needed) for found in names]
    if at in reading.single:
        costs = _costs()
        words = [found for found in _words_with(text, at, alike.near.get(text[at], ())) if found[2] in costs]
        candidates += [(found, _least_gain(found, text, at, alike)) for found in words]
    for (start, end, right), needed in candidates:
        far = 0.0 if right[at - start] in alike.close.get(text[at], ()) else _NOT_THE_SAME_SOUND
        gain = reading.before[-1] - reading.before[start] - reading.behind[end] - _cost_of_name(right) - far - needed
        if gain > least and _is_free(text, start, end):
            best, least = TermSlip(start, end, right), gain
    return best


def _cost_of_name(word: str) -> float:
    return _costs().get(word, OF_ALL - _OWN)


def _least_gain(found: tuple[int, int, str], text: str, at: int, alike: _Alike) -> float:
    """How much likelier the word must be; where characters stand that may be words, it must be one of a field."""
    start, end, right = found
    if len(right) > 2:
        return _CLEARLY
    partner = text[end - 1] if start == at else text[start]
    strange = [text[at] not in alike.alone, partner not in alike.alone]
    if text[start:end] in known_pairs() or not any(strange) or partner in LINKS or text[at] in _BEHIND_A_VERB:
        return math.inf
    if right not in usual_words():
        return math.inf
    if all(strange):
        return _CLEARLY
    if right not in words_within_names():
        return _FOR_A_WORD_OF_NO_FIELD
    return _CLEARLY if strange[1] else _BESIDE_WORDS_OF_ONE


def _words_with(text: str, at: int, others: Collection[str]) -> Iterator[_Found]:
    """What the characters around make with each of the others. Of a longer word two beside each other are one as well."""
    pairs = known_pairs()
    for start in range(max(0, at - _LONGEST + 1), at + 1):
        for end in range(max(at + 1, start + 2), min(len(text), start + _LONGEST) + 1):
            head, tail = text[start:at], text[at + 1 : end]
            if end - start == 2 or len(head) == len(tail) or head[-2:] in pairs or tail[:2] in pairs:
                for other in others:
                    yield start, end, head + other + tail


def _is_free(text: str, start: int, end: int) -> bool:
    """Whether words stand on both sides: among other strange characters it is a name, alone it may be any."""
    return (start, end) != (0, len(text)) and _ends_a_word(text[:start]) and _begins_a_word(text[end:])


def _ends_a_word(text: str) -> bool:
    return not text or text[-1] in LINKS or any(_is_known(text[-size:]) for size in (2, 3, 4) if size <= len(text))


def _begins_a_word(text: str) -> bool:
    return not text or text[0] in LINKS or any(_is_known(text[:size]) for size in (2, 3, 4) if size <= len(text))


def _is_known(word: str) -> bool:
    return word in known_pairs() or word in known_names() or is_word(word)
