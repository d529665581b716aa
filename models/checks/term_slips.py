"""Slips in the names of the fields: one character that is none of a known word, in the place of one of a name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from models.checks.lexicon import is_word, words_of_two
from models.checks.vocabulary import FOLDER

_SHORTEST = 3
_SURE = 5
"""A name of so many characters is known again by the others, whatever stands in the place of one."""

_LONGEST_WORD = 4
"""Characters of the dictionary's words."""

_HAN = ("\u4e00", "\u9fff")
_NEVER = frozenset("的地得了和与及或之不等")
"""Behind a word they are words of their own: «净资产之比»."""
_PARTICLES = frozenset("为是有在以按于一二三四五六七八九十数量")


@dataclass(frozen=True, slots=True)
class TermSlip:
    """text[start:end] reads like `right` but for one character."""

    start: int
    end: int
    right: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of characters, as the second ones of each first one: a set of them takes many times the room."""

    seconds: Mapping[str, str]

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, str) and len(pair) == 2 and pair[1] in self.seconds.get(pair[0], "")

    def __iter__(self) -> Iterator[str]:
        return (first + second for first, seconds in self.seconds.items() for second in seconds)

    def and_also(self, pairs: Iterable[str]) -> "Pairs":
        """These and others."""
        seconds = dict(self.seconds)
        for pair in pairs:
            own = seconds.get(pair[0], "")
            if pair[1] not in own:
                seconds[pair[0]] = own + pair[1]
        return Pairs(seconds)


@dataclass(frozen=True)
class _Terms:
    """The names; those of two characters; the pairs of neighbours that stand in them or are words; where in which name what stands around a
    character: between two, before the next two, behind the last two."""

    names: frozenset[str]
    short: frozenset[str]
    pairs: Pairs
    around: Mapping[str, tuple[tuple[str, int], ...]]


@cache
def _terms() -> _Terms:
    lines = (FOLDER / "field_terms.txt").read_text(encoding="utf-8").splitlines()
    # A line begins with the name of its field, which is a word of it, too.
    terms = frozenset(term for line in lines if not line.startswith("#") for term in line.split())
    pairs = Pairs(words_of_two()).and_also(term[at : at + 2] for term in terms for at in range(len(term) - 1))
    names = {term for term in terms if len(term) >= _SHORTEST}
    around: dict[str, list[tuple[str, int]]] = {}
    for name in names:
        for at in range(len(name)):
            around.setdefault(_around(name, at, at == 0, at == len(name) - 1), []).append((name, at))
    short = terms - names
    return _Terms(frozenset(names), short, pairs, {key: tuple(found) for key, found in around.items()})


def known_pairs() -> Pairs:
    """Neighbours that are a word or stand in a name."""
    return _terms().pairs


def short_names() -> frozenset[str]:
    """The names of two characters."""
    return _terms().short


def known_names() -> frozenset[str]:
    """The names of three and more characters."""
    return _terms().names


def _around(text: str, at: int, is_first: bool, is_last: bool) -> str:
    if is_first:
        return f">{text[at + 1 : at + 3]}"
    return f"{text[at - 2 : at]}<" if is_last else f"{text[at - 1]}?{text[at + 1]}"


def loose_places(text: str) -> tuple[int, ...]:
    """Where in a text characters stand that make a word with neither neighbour, beside another Chinese one."""
    known = _terms().pairs
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    strange = {pair for pair in {*pairs} if pair not in known and _is_han(pair[0]) and _is_han(pair[1])}
    if not strange:
        return ()
    beside = {place for at, pair in enumerate(pairs) if pair in strange for place in (at, at + 1)}
    return tuple(
        at
        for at in sorted(beside)
        if (at == 0 or pairs[at - 1] not in known) and (at == len(pairs) or pairs[at] not in known)
    )


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]


def term_slips(text: str, loose: Iterable[int], alike: Mapping[str, str]) -> Iterator[TermSlip]:
    """The slips of a text from its begin. `loose`: its loose places; `alike`: for each character those that sound or
    look like it."""
    terms, end = _terms(), 0
    for at in loose:
        if at >= end and (slip := _slip_at(text, at, terms, alike)):
            end = slip.end
            yield slip


def names_around(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The names that may stand around the character at a place, each with the character's place in it."""
    terms = _terms()
    keys = [_around(text, at, True, False)]
    if at > 1:
        keys.append(_around(text, at, False, True))
    if 0 < at < len(text) - 1:
        keys.append(_around(text, at, False, False))
    return (hit for key in keys for hit in terms.around.get(key, ()))


def names_but_for_one(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a name stands but for one character: that character's place, the name's begin, the name."""
    around, last = _terms().around, len(text) - 1
    for at in range(len(text)):
        hits = around.get(f">{text[at + 1 : at + 3]}", ())
        if at > 1:
            hits += around.get(f"{text[at - 2 : at]}<", ())
        if 0 < at < last:
            hits += around.get(f"{text[at - 1]}?{text[at + 1]}", ())
        for name, place in hits:
            if name[place] != text[at] and is_but_for(text, at - place, name, place):
                yield at, at - place, name


def is_but_for(text: str, start: int, name: str, place: int) -> bool:
    """Whether the name stands at `start` but for the character at `place` in it."""
    at = start + place
    return start >= 0 and text[start:at] == name[:place] and text.startswith(name[place + 1 :], at + 1)


def _slip_at(text: str, at: int, terms: _Terms, alike: Mapping[str, str]) -> TermSlip | None:
    """The longest name that another character at this place makes, where the place is in no word as it stands."""
    found = [hit for hit in names_around(text, at) if _fits(text, at, *hit, alike)]
    if not found or _is_covered(text, at, terms.names):
        return None
    name, place = max(found, key=lambda hit: len(hit[0]))
    return TermSlip(at - place, at - place + len(name), name)


def _fits(text: str, at: int, name: str, place: int, alike: Mapping[str, str]) -> bool:
    start = at - place
    if not is_but_for(text, start, name, place):
        return False
    if len(name) == _SHORTEST and text[at] in _PARTICLES:
        return False
    # At its end a name goes on in other ways: 死亡率, 死亡数.
    is_sure = len(name) >= _SURE and 0 < place < len(name) - 1
    is_alike = name[place] in alike.get(text[at], ())
    return is_sure and is_alike if text[at] in _NEVER else is_sure or is_alike


def _is_covered(text: str, at: int, names: frozenset[str]) -> bool:
    for length in range(_SHORTEST, 6):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            words = text[start : start + length]
            if words in names or (length <= _LONGEST_WORD and is_word(words)):
                return True
    return False
