"""Two characters that are in no word, one of them like that of a common word: «灌慨» for «灌溉»."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from models.checks.lexicon import is_word, words_of_two
from models.checks.term_slips import TermSlip, known_names, known_pairs
from models.checks.vocabulary import FOLDER

_HAN = ("\u4e00", "\u9fff")
_LONGEST = 4
"""Characters of the longest word that may cover one of the two."""
_LONGEST_NAME = 8


@cache
def _common_words() -> frozenset[str]:
    """What two characters may have been meant for: common words, and the words within the names of the fields."""
    lines = (FOLDER / "common_words.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.partition(" ") for line in lines if not line.startswith("#"))
    common = {first + second for first, _, rest in entries for second in rest}
    parts = {name[at : at + 2] for name in known_names() for at in range(len(name) - 1)}
    return frozenset(common | (parts & words_of_two()))


def pair_slips(text: str, alike: Mapping[str, frozenset[str]], alone: Collection[str]) -> Iterator[TermSlip]:
    """The slips of a text from its begin. `alike`: for each character those that sound or look like it; `alone`:
    characters that are words by themselves."""
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    strange = {*pairs} - known_pairs()
    for at, pair in enumerate(pairs):
        if pair not in strange or not all(_HAN[0] <= character <= _HAN[1] for character in pair):
            continue
        if (at and pairs[at - 1] not in strange) or (at + 1 < len(pairs) and pairs[at + 1] not in strange):
            continue
        if any(character in alone for character in pair) or _is_covered(text, at):
            continue
        meant = _meant_for(pair, alike, alone)
        if meant and _stands_apart(text, at):
            yield TermSlip(at, at + 2, meant)


def _meant_for(pair: str, alike: Mapping[str, frozenset[str]], alone: Collection[str]) -> str:
    """The common word that one other character makes; "" without one. Of several the first by its spelling."""
    first, second = pair[0], pair[1]
    words = [other + second for other in alike.get(first, ()) if other not in alone]
    words += [first + other for other in alike.get(second, ()) if other not in alone]
    return min((word for word in words if word in _common_words() and word[0] != word[1]), default="")


def _is_covered(text: str, at: int) -> bool:
    """Whether a longer word holds one of the two characters at the place."""
    for length in range(3, _LONGEST_NAME + 1):
        for start in range(max(0, at - length + 1), min(at + 1, len(text) - length) + 1):
            words = text[start : start + length]
            if words in known_names() or (length <= _LONGEST and is_word(words)):
                return True
    return False


def _stands_apart(text: str, at: int) -> bool:
    """Whether the characters on both sides are in words of their own: among other strange ones it is a name."""
    return all(
        not (0 <= place < len(text) and _HAN[0] <= text[place] <= _HAN[1]) or _is_in_a_word(text, place)
        for place in (at - 1, at + 2)
    )


def _is_in_a_word(text: str, place: int) -> bool:
    return any(text[start : start + 2] in known_pairs() for start in (place - 1, place) if start >= 0) or _is_covered(
        text, place
    )
