"""Which runs of characters are Chinese words: the dictionary in `resources/checks/lexicon.txt`."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from models.checks.vocabulary import FOLDER

OF_ALL: Final = 26
"""The words that were counted for `frequencies`, as a power of two."""


@cache
def _words() -> tuple[dict[str, str], frozenset[str]]:
    """For each first character the second ones of words of two; and the longer words."""
    lines = (FOLDER / "lexicon.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    pairs = (line.partition(" ") for line in entries if line[1:2] == " ")
    return {first: rest for first, _, rest in pairs}, frozenset(line for line in entries if line[1:2] != " ")


def is_word(text: str) -> bool:
    """Whether the dictionary knows the word; it holds those of two to four characters."""
    pairs, longer = _words()
    return text[1] in pairs.get(text[0], "") if len(text) == 2 else text in longer


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
