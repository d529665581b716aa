"""Names of sheets."""

import re
from collections.abc import Iterable
from itertools import chain, count

MAX_NAME = 31


class SheetNames:
    """Sheet names as Excel wants them: short, without certain marks, different from each other in any case."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in taken} | {"history"}  # Excel keeps that one for itself

    def new(self, text: str) -> str:
        """A name from the text of a title."""
        words = (
            re.sub(r"[\x00-\x1f\[\]:*?/\\\ud800-\udfff\ufffe\uffff]", "", text).removesuffix("绩效目标表").strip(" '")
        )
        suffixes = chain([""], (f"（{number}）" for number in count(2)))
        names = (_cut(words or "项目", MAX_NAME - len(suffix)) + suffix for suffix in suffixes)
        name = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name


def _cut(text: str, size: int) -> str:
    """At most `size` characters as Excel counts them: one outside the basic plane is two."""
    while len(text.encode("utf-16-le")) > size * 2:
        text = text[:-1]
    return text.rstrip(" '")
