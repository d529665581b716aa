"""Pinyin, by which Chinese names are found with letters: «pxrc» and «peixunrenci» find 培训人次."""

import re
from functools import lru_cache

_RUNS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=16_384)
def syllables(text: str) -> tuple[str, ...]:
    """The sounds of a text one by one, small and without tones; letters and digits stand for themselves, signs go."""
    if text.isascii():
        return tuple(_RUNS.findall(text.lower()))
    # Its dictionaries take a while to load, and who never types letters never needs them.
    from pypinyin import lazy_pinyin

    return tuple(run for each in lazy_pinyin(text) for run in _RUNS.findall(each.lower()))


@lru_cache(maxsize=16_384)
def initials(text: str) -> str:
    """The first letters of a text's syllables, small; letters and digits stand for themselves, signs are left out."""
    if text.isascii():
        return "".join(char for char in text.lower() if char.isalnum())
    # As above.
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(text, style=Style.FIRST_LETTER)
    return "".join(char for char in "".join(found).lower() if char.isalnum())


def matches(text: str, wanted: str) -> int | None:
    """How well a text answers to what is searched: 0 begins with it, 1 holds it, 2 and 3 the same of its initials;
    None where it does not."""
    wanted = wanted.strip().lower()
    lower = text.lower()
    if not wanted or lower.startswith(wanted):
        return 0
    if wanted in lower:
        return 1
    if not (wanted.isascii() and wanted.isalnum()):
        return None
    letters = initials(text)
    return 2 if letters.startswith(wanted) else 3 if wanted in letters else None
