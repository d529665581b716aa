"""Characters that are in no word, in the place of one of a common word: «灌慨» for «灌溉»."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from models.checks.lexicon import frequencies, is_word
from models.checks.term_slips import Pairs, TermSlip, known_names, known_pairs
from models.checks.vocabulary import FOLDER

_HAN = ("\u4e00", "\u9fff")
_LONGEST = 4
"""Characters of the longest word that may cover one of the two."""
_LONGEST_NAME = 8
_COMMON = 9
LINKS = frozenset("等的了和与及或在是对为将以占")
"""Between words these stand by themselves."""


@cache
def usual_words() -> Pairs:
    """What two characters may have been meant for: usual words, and the words within the names of the fields."""
    lines = (FOLDER / "common_words.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.partition(" ") for line in lines if not line.startswith("#"))
    return Pairs({first: rest for first, _, rest in entries}).and_also(words_within_names())


@cache
def _common_words() -> frozenset[str]:
    """Those that are met often."""
    often = frequencies()
    return words_within_names().union(word for word in usual_words() if often.get(word, 0) >= _COMMON)


@cache
def words_within_names() -> frozenset[str]:
    """The words of two characters within the names of the fields."""
    places = ((name, at) for name in known_names() for at in range(len(name) - 1))
    parts = {name[at : at + 2] for name, at in places if _are_words(name[:at]) and _goes_on(name, at + 2)}
    return frozenset(filter(is_word, parts))


def _goes_on(name: str, at: int) -> bool:
    """Whether words follow, or one character: 验收合格|率, where the one before makes no word with it: 风险点评|估."""
    return _are_words(name[at:]) or (len(name) == at + 1 and not is_word(name[at - 1 :]))


def _are_words(text: str) -> bool:
    """Whether words of two and more characters make up the text."""
    return not text or any(
        is_word(text[:size]) and _are_words(text[size:]) for size in range(2, min(len(text), _LONGEST) + 1)
    )


def pair_slips(text: str, loose: Sequence[int], alike: Mapping[str, str], alone: Collection[str]) -> Iterator[TermSlip]:
    """The slips of a text from its begin. `loose`: its loose places; `alike`: for each character those that sound or
    look like it; `alone`: characters that are words by themselves."""
    places = set(loose)
    for at in loose:
        if at + 1 in places:
            slip = _of_two(text, at, alike, alone)
        elif at - 1 not in places:
            slip = _of_one(text, at, alike, alone)
        else:
            slip = None
        if slip:
            yield slip


def _of_two(text: str, at: int, alike: Mapping[str, str], alone: Collection[str]) -> TermSlip | None:
    """Two loose characters between words: «灌慨»."""
    if text[at] in alone or text[at + 1] in alone or _is_covered(text, at) or _is_covered(text, at + 1):
        return None
    meant = _word_with(text, at, at, alike, alone) or _word_with(text, at, at + 1, alike, alone)
    return TermSlip(at, at + 2, meant) if meant and _stands_apart(text, at) else None


def _of_one(text: str, at: int, alike: Mapping[str, str], alone: Collection[str]) -> TermSlip | None:
    """A loose character whose neighbour only happens to make a word with the next: «住房租凭», where 房租 is one.
    A whole word must stand on the other side of it."""
    if at < 3 or text[at] in alone or text[at - 1] in alone or text[at - 3 : at - 1] not in known_pairs():
        return None
    if at + 1 < len(text) and not _begins(text, at + 1):
        return None
    meant = _word_with(text, at - 1, at, alike, alone)
    return TermSlip(at - 1, at + 1, meant) if meant and not _is_covered(text, at) else None


def _word_with(text: str, start: int, wrong: int, alike: Mapping[str, str], alone: Collection[str]) -> str:
    """The common word of two characters at `start` that another character at `wrong` makes; "" without one.

    Of several the first by its spelling.
    """
    other = text[start if wrong > start else start + 1]
    words = (
        character + other if wrong == start else other + character
        for character in alike.get(text[wrong], ())
        if character not in alone and character != other
    )
    return min((word for word in words if word in _common_words()), default="")


def _is_covered(text: str, at: int) -> bool:
    """Whether a longer word holds the character at the place."""
    for length in range(3, _LONGEST_NAME + 1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            words = text[start : start + length]
            if words in known_names() or (length <= _LONGEST and is_word(words)):
                return True
    return False


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]


def _stands_apart(text: str, at: int) -> bool:
    """Whether the characters on both sides are in words of their own: among other strange ones it is a name."""
    return all(
        not (0 <= place < len(text) and _is_han(text[place])) or text[place] in LINKS or _is_in_a_word(text, place)
        for place in (at - 1, at + 2)
    )


def _begins(text: str, place: int) -> bool:
    """Whether a word begins there, or no Chinese one stands there."""
    return not _is_han(text[place]) or text[place] in LINKS or text[place : place + 2] in known_pairs()


def _is_in_a_word(text: str, place: int) -> bool:
    return any(text[start : start + 2] in known_pairs() for start in (place - 1, place) if start >= 0) or _is_covered(
        text, place
    )
