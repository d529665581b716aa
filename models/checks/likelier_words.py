"""Slips found by how likely words are: one other character makes a run of words far more usual than it stands."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from models.checks.lexicon import OF_ALL, frequencies, is_word
from models.checks.pair_slips import LINKS, usual_words, words_within_names
from models.checks.term_slips import TermSlip, is_but_for, known_names, known_pairs, names_around, short_names

_LONGEST = 4
_RARE = 3.0
"""What a word of the dictionary is met at least."""
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """A run of characters parted into words: what each begin costs at the least, and each end; where the words end."""

    before: list[float]
    behind: list[float]
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Alike:
    near: Mapping[str, frozenset[str]]
    close: Mapping[str, frozenset[str]]
    alone: Collection[str]


@cache
def _costs() -> Mapping[str, float]:
    """For common words, and for the characters that stand alone, how seldom they are met, as a power of two."""
    costs = {word: float(OF_ALL - power) for word, power in frequencies().items()}
    usual = OF_ALL - _OWN
    for name in known_names() | short_names() | words_within_names():
        if len(name) <= _LONGEST:
            costs[name] = min(usual, costs.get(name, usual))
    return costs


def _cost(word: str) -> float | None:
    known = _costs().get(word)
    if known is not None:
        return known
    if len(word) == 1:
        return _STRANGER
    return OF_ALL - _RARE if word in known_pairs() or is_word(word) else None


def _read(text: str) -> _Reading:
    size = len(text)
    before, behind, begins = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    for end in range(1, size + 1):
        before[end] = math.inf
        for start in range(max(0, end - _LONGEST), end):
            cost = _cost(text[start:end])
            if cost is not None and before[start] + cost < before[end]:
                before[end], begins[end] = before[start] + cost, start
    for start in range(size - 1, -1, -1):
        costs = ((end, _cost(text[start:end])) for end in range(start + 1, min(size, start + _LONGEST) + 1))
        behind[start] = min(cost + behind[end] for end, cost in costs if cost is not None)
    words, end = [], size
    while end:
        words.append((begins[end], end))
        end = begins[end]
    return _Reading(before, behind, tuple(reversed(words)))


def likelier_words(
    text: str, near: Mapping[str, frozenset[str]], close: Mapping[str, frozenset[str]], alone: Collection[str]
) -> Iterator[TermSlip]:
    """The slips of a run of Chinese characters from its begin. `near`, `close`: for each character those that sound or
    look like it, and those of the very same sound; `alone`: characters that are words by themselves."""
    reading, end = _read(text), 0
    alike = _Alike(near, close, alone)
    names = {at for at in range(len(text)) if any(_names_at(text, at, near))}
    for at in sorted(names.union(_suspicious(text, reading, alone))):
        if at >= end and (slip := _likelier(text, at, reading, alike)):
            end = slip.end
            yield slip


def _suspicious(text: str, reading: _Reading, alone: Collection[str]) -> Iterator[int]:
    """Characters that are in no word; those that may be one by themselves only beside another one."""
    single = {start for start, end in reading.words if end - start == 1}
    for at in sorted(single):
        if text[at] not in LINKS and (text[at] not in alone or at - 1 in single or at + 1 in single):
            yield at


def _names_at(text: str, at: int, near: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, int, str]]:
    for name, place in names_around(text, at):
        start = at - place
        is_alike = text[at] not in near or name[place] in near[text[at]]  # a character nobody writes is like any
        if len(name) >= _LONGEST and is_alike and is_but_for(text, start, name, place):
            yield start, start + len(name), name


def _likelier(text: str, at: int, reading: _Reading, alike: _Alike) -> TermSlip | None:
    best, least = None, 0.0
    is_single = any(start == at and end == at + 1 for start, end in reading.words)
    candidates = [(found, _AS_A_NAME if is_single else _WITHIN_A_WORD) for found in _names_at(text, at, alike.near)]
    if is_single:
        words = (found for other in alike.near.get(text[at], ()) for found in _words_with(text, at, other))
        candidates += [(found, _least_gain(found, text, at, alike)) for found in words if found[2] in _costs()]
    for (start, end, right), needed in candidates:
        far = 0.0 if right[at - start] in alike.close.get(text[at], ()) else _NOT_THE_SAME_SOUND
        cost = _cost_of_name(right)
        gain = reading.before[-1] - reading.before[start] - reading.behind[end] - cost - far - needed
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


def _words_with(text: str, at: int, other: str) -> Iterator[tuple[int, int, str]]:
    for start in range(max(0, at - _LONGEST + 1), at + 1):
        for end in range(max(at + 1, start + 2), min(len(text), start + _LONGEST) + 1):
            yield start, end, text[start:at] + other + text[at + 1 : end]


def _is_free(text: str, start: int, end: int) -> bool:
    """Whether words stand on both sides: among other strange characters it is a name, alone it may be any."""
    return (start, end) != (0, len(text)) and _ends_a_word(text[:start]) and _begins_a_word(text[end:])


def _ends_a_word(text: str) -> bool:
    return not text or text[-1] in LINKS or any(_is_known(text[-size:]) for size in (2, 3, 4) if size <= len(text))


def _begins_a_word(text: str) -> bool:
    return not text or text[0] in LINKS or any(_is_known(text[:size]) for size in (2, 3, 4) if size <= len(text))


def _is_known(word: str) -> bool:
    return word in known_pairs() or word in known_names() or is_word(word)
