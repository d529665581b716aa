"""Finds indicators as they are typed: words in any order, pinyin in full or its initials, one slip forgiven."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

from models.document.tiers import tier_distance
from models.grouping import grouped
from models.indicators.indicator_library import Entry
from models.indicators.pinyin import initials, syllables

_SIGNS = re.compile(r"[\W_]+")
_ENOUGH = 5
"""As many answers to what was typed word for word, and nobody looks for slips."""
_SHARE = 0.5
"""Of the pairs of characters that are typed, in a name that is shown for lack of a better one."""

EXACT, SLIP, LOOSE = range(3)
_EQUAL, _BEGINS, _HOLDS, _INITIALS_BEGIN, _SOUNDS, _ABOUT = range(6)

Found = dict[int, int]
"""Places of entries, and how well each answers: the less, the better."""


class IndicatorIndex:
    """Entries made ready for search once: about 0.1 s for 5,000, and with their sounds 0.5 s (`warm`)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._names = [_plain(entry.name) for entry in self.entries]
        self._use = [(-entry.uses, -entry.year) for entry in self.entries]

    def warm(self) -> None:
        """Makes ready what letters are compared with; else the first letter waits for it."""
        _ = self._initials, self._spelt, self._joined

    @cached_property
    def _about(self) -> list[str]:
        return [_plain(entry.description) for entry in self.entries]

    @cached_property
    def _initials(self) -> list[str]:
        return [initials(entry.name) for entry in self.entries]

    @cached_property
    def _spelt(self) -> list[str]:
        """The sounds, a blank before each: « zhao shang »."""
        return ["".join(f" {sound}" for sound in syllables(entry.name)) + " " for entry in self.entries]

    @cached_property
    def _joined(self) -> list[str]:
        return [spelt.replace(" ", "") for spelt in self._spelt]

    @cached_property
    def _pairs(self) -> Mapping[str, Sequence[int]]:
        """In which entries each pair of characters stands."""
        return grouped((pair, place) for place, name in enumerate(self._names) for pair in _pairs_of(name))

    def search(
        self, text: str, tiers: tuple[str, str] = ("", ""), kinds: Collection[str] = (), most: int = 0
    ) -> tuple[Entry, ...]:
        """The entries that answer to the text, the best first; all of them to no text. `most` 0 = all."""
        found = self.places(text, tiers, kinds)
        return tuple(self.entries[place] for place in (found[:most] if most else found))

    def places(self, text: str, tiers: tuple[str, str] = ("", ""), kinds: Collection[str] = ()) -> list[int]:
        """Where they stand among the entries.

        Word for word comes before a slip; then what stands nearer to the tiers (一级, 二级) of the row, what answers
        better, what fits the kinds of the project, what was used more often and later.
        """
        words = words_of(text)
        found = self._answers(words) if words else dict.fromkeys(range(len(self.entries)), (EXACT, 0))
        near = {key: tier_distance(key, tiers) for key in {(e.tier1, e.tier2) for e in self.entries}}
        wanted, entries = frozenset(kinds), self.entries

        def rank(place: int) -> tuple[object, ...]:
            entry, (band, how) = entries[place], found[place]
            unfit = bool(wanted) and wanted.isdisjoint(entry.kinds)
            return band, near[entry.tier1, entry.tier2], how, unfit, self._use[place], place

        return sorted(found, key=rank)

    def _answers(self, words: Sequence[str]) -> dict[int, tuple[int, int]]:
        exact = [self._exact(word) for word in words]
        found = {place: (EXACT, how) for place, how in _all_of(exact, self._names, words).items()}
        for answers in (self._with_slip, self._with_most_pairs):
            if len(found) >= _ENOUGH:
                break
            for place, answer in answers(words, exact).items():
                found.setdefault(place, answer)
        return found

    # Word for word

    def _exact(self, word: str) -> Found:
        found = {place: _HOLDS for place, name in enumerate(self._names) if word in name}
        for place in found:
            name = self._names[place]
            if name.startswith(word):
                found[place] = _EQUAL if name == word else _BEGINS
        if _is_letters(word):
            self._add_sounds(word, found)
        elif len(word) > 1:
            for place, about in enumerate(self._about):
                if word in about:
                    found.setdefault(place, _ABOUT)
        return found

    def _add_sounds(self, word: str, found: Found) -> None:
        for place, letters in enumerate(self._initials):
            if word in letters:
                found.setdefault(place, _INITIALS_BEGIN if letters.startswith(word) else _SOUNDS)
        if len(word) < 2:
            return
        # Each letter goes on with the sound before it or begins the next one: zhaos, zhshang, zhaoshang.
        spelt = re.compile(" " + "(?:[a-z0-9]* )?".join(word))
        first = f" {word[0]}"
        for place, sounds in enumerate(self._spelt):
            if place not in found and first in sounds and spelt.search(sounds):
                found[place] = _SOUNDS

    # Not word for word

    def _with_slip(self, words: Sequence[str], exact: Sequence[Found]) -> dict[int, tuple[int, int]]:
        """One of the words has a slip: a character too many, too few, another or two exchanged, or one of the same sound."""
        found: dict[int, tuple[int, int]] = {}
        for at, word in enumerate(words):
            others = [each for place, each in enumerate(exact) if place != at]
            for place, slips in self._slipped(word).items():
                if all(place in each for each in others):
                    before = found.get(place, (SLIP, 99))
                    found[place] = min(before, (SLIP, slips))
        return found

    def _slipped(self, word: str) -> Found:
        if _is_letters(word):
            found = _near(word, self._joined) if len(word) > 3 else {}
            return {**(_near(word, self._initials) if len(word) > 3 else {}), **found}
        found = _near(word, self._names) if len(word) > 2 else {}
        if len(word) > 1:
            sound = f" {' '.join(syllables(word))} "
            found.update({place: 0 for place, spelt in enumerate(self._spelt) if sound in spelt})
        return found

    def _with_most_pairs(self, words: Sequence[str], _exact: Sequence[Found]) -> dict[int, tuple[int, int]]:
        """Names that hold most of what was typed, in whatever order and without blanks between."""
        wanted = {pair for word in words if not _is_letters(word) for pair in _pairs_of(word)}
        counts = Counter(place for pair in wanted for place in self._pairs.get(pair, ()))
        least = max(1, _SHARE * len(wanted))
        return {
            place: (LOOSE, round(100 - 200 * count / (len(wanted) + len(self._names[place]))))
            for place, count in counts.items()
            if count >= least
        }


def words_of(text: str) -> list[str]:
    """The words of what was typed, small: parted by blanks and signs, and where Chinese and letters meet."""
    return re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", text.lower())


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).lower()


def _is_letters(word: str) -> bool:
    return word.isascii()


def _pairs_of(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def _all_of(answers: Sequence[Found], names: Sequence[str], words: Sequence[str]) -> Found:
    """The entries that answer to every word, as well as to the worst; all of a name's characters are as good as the name."""
    first, *others = answers
    found = {}
    for place, how in first.items():
        if all(place in each for each in others):
            found[place] = max(how, *(each[place] for each in others)) if others else how
    if others:
        typed = sum(map(len, words))
        for place in found:
            if found[place] <= _HOLDS and typed == len(names[place]):
                found[place] = _EQUAL
    return found


# Slips


def _near(word: str, texts: Sequence[str]) -> Found:
    """In which texts the word stands with one slip; 0 where it is the whole text, else 1."""
    middle = len(word) // 2
    # One slip leaves one half as it is; two characters exchanged across the middle leave one of the other halves.
    halves = [(word[:at], word[at:]) for at in (middle, middle + 1)]
    found: Found = {}
    for left, right in halves:
        if len(right) < 2 and len(word) > 3:
            continue  # a single letter stands nearly everywhere
        for place, text in enumerate(texts):
            if (left in text and _holds(text, left, right, _begins)) or (
                right in text and _holds(text, right, left, _ends)
            ):
                found[place] = int(abs(len(text) - len(word)) > 1)
    return found


def _holds(text: str, part: str, other: str, check: Callable[[str, str], bool]) -> bool:
    """Whether somewhere the part stands with the other one beside it, one slip aside."""
    at = text.find(part)
    while at >= 0:
        beside = text[at + len(part) :] if check is _begins else text[:at]
        if check(beside, other):
            return True
        at = text.find(part, at + 1)
    return False


def _begins(text: str, part: str) -> bool:
    """Whether the text begins with the part, one slip aside."""
    at = next((at for at, (one, other) in enumerate(zip(text, part, strict=False)) if one != other), None)
    if at is None:
        return len(text) >= len(part) - 1
    rest, typed = text[at:], part[at:]
    return (
        rest[1:].startswith(typed[1:])
        or rest[1:].startswith(typed)
        or rest.startswith(typed[1:])
        or (typed[1:2] + typed[:1] == rest[:2] and rest[2:].startswith(typed[2:]))
    )


def _ends(text: str, part: str) -> bool:
    return _begins(text[::-1], part[::-1])
