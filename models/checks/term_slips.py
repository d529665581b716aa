"""Slips in the names of the fields: one character that is none of a known word, in the place of one that sounds or looks alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from models.checks.lexicon import is_word, longer_words, words_of_two
from models.checks.vocabulary import FOLDER

_LONGEST = 10
_SHORTEST = 3
_NEVER = frozenset("的地得了和与及或之不等")
"""Behind a word they are words of their own: «净资产之比»."""
_PARTICLES = frozenset("为是有在以按于一二三四五六七八九十数量")
_HAN = ("\u4e00", "\u9fff")


@dataclass(frozen=True, slots=True)
class TermSlip:
    """text[start:end] reads like `right` but for one character."""

    start: int
    end: int
    right: str


@cache
def _terms() -> tuple[frozenset[str], frozenset[str]]:
    """The names of the fields, and the pairs of neighbours that stand in them or are words."""
    lines = (FOLDER / "field_terms.txt").read_text(encoding="utf-8").splitlines()
    # A line begins with the name of its field, which is a word of it, too.
    terms = frozenset(term for line in lines if not line.startswith("#") for term in line.split())
    pairs = {term[at : at + 2] for term in terms for at in range(len(term) - 1)}
    longer = {term for term in terms if len(term) >= _SHORTEST}
    # Of three, the dictionary has too many that a word and a particle look like: 系统地, 数量化.
    idioms = {word for word in longer_words() if len(word) > _SHORTEST}
    return frozenset(longer | idioms), words_of_two() | pairs


def term_slips(text: str, alike: Mapping[str, frozenset[str]]) -> Iterator[TermSlip]:
    """The slips of a text from its begin. `alike`: for each character those that sound or look like it."""
    terms, known = _terms()
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    strange = {*pairs} - known
    if not strange:
        return
    end = 0
    for at, character in enumerate(text):
        if at < end or not _HAN[0] <= character <= _HAN[1]:
            continue
        before = at == 0 or pairs[at - 1] in strange
        after = at == len(pairs) or pairs[at] in strange
        if before and after and (slip := _slip_at(text, at, terms, alike)):
            end = slip.end
            yield slip


def _slip_at(text: str, at: int, terms: frozenset[str], alike: Mapping[str, frozenset[str]]) -> TermSlip | None:
    """The longest name that a look-alike at this place makes, where the place is in no word as it stands."""
    if text[at] in _NEVER or _is_covered(text, at, terms):
        return None
    others = alike.get(text[at], frozenset())
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            head, tail = text[start:at], text[at + 1 : start + length]
            for other in others:
                right = f"{head}{other}{tail}"
                if right in terms and (length > _SHORTEST or text[at] not in _PARTICLES):
                    return TermSlip(start, start + length, right)
    return None


def _is_covered(text: str, at: int, terms: frozenset[str]) -> bool:
    for length in range(3, 6):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            words = text[start : start + length]
            if words in terms or (length == _SHORTEST and is_word(words)):
                return True
    return False
