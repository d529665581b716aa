"""Which runs of characters are Chinese words: the dictionary in `resources/checks/lexicon.txt`."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from models.checks.vocabulary import FOLDER

OF_ALL: Final = 26
"""The words that were counted for `frequencies`, as a power of two."""
_LONGEST: Final = 4


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    """For each first character the second ones of words of two; and how the longer words go on, a space around each."""
    pairs: dict[str, str] = {}
    longer: dict[str, str] = {}
    with (FOLDER / "lexicon.txt").open(encoding="utf-8") as lines:
        for line in lines:
            first, rest = line[0], line[1:].rstrip("\n")
            if first == "#":
                continue
            if rest.startswith(" "):
                pairs[first] = rest[1:]
            else:
                longer[first] = f"{longer.get(first, ' ')}{rest} "
    return pairs, longer


def is_word(text: str) -> bool:
    """Whether the dictionary knows the word; it holds those of two to four characters."""
    pairs, longer = _words()
    if len(text) == 2:
        return text[1] in pairs.get(text[0], "")
    return len(text) <= _LONGEST and text[:1] in longer and f" {text[1:]} " in longer[text[0]]


def words_of_two() -> Mapping[str, str]:
    """All words of two characters: for each first one the second ones."""
    return _words()[0]


def frequencies() -> Mapping[str, int]:
    """How often common words, and characters that stand alone, are met in 2 ** OF_ALL words, as a power of two."""
    powers: dict[str, int] = {}
    for line in (FOLDER / "word_frequencies.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            head, words = line.split(": ")
            power, length = (int(number) for number in head.split())
            powers.update(dict.fromkeys(words.split() if length > 2 else _cut(words, length), power))
    return powers


def _cut(words: str, length: int) -> list[str]:
    return [words[at : at + length] for at in range(0, len(words), length)]
