"""Which runs of characters are Chinese words: the dictionary in `resources/checks/lexicon.txt`."""

from functools import cache

from models.checks.vocabulary import FOLDER


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


@cache
def words_of_two() -> frozenset[str]:
    """All words of two characters."""
    pairs, _ = _words()
    return frozenset(first + second for first, seconds in pairs.items() for second in seconds)
