"""The clauses of a text, and which words stand in them: each word is looked for once, however many clauses are asked about."""

import re
from bisect import bisect_left, bisect_right

_STARTS = re.compile("[，,。；;：:\n]")
_ENDS = re.compile("[，,。；;\n]")


class Clauses:
    """Of one text. A clause begins behind a comma, colon or full stop and reaches to the next comma or full stop."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(stop.end() for stop in _STARTS.finditer(text))]
        self._ends = [*(stop.start() for stop in _ENDS.finditer(text)), len(text)]
        self._known: dict[re.Pattern[str], tuple[list[int], list[int]]] = {}

    def around(self, start: int, end: int) -> tuple[int, int]:
        """From … to of the clause, or of the clauses, in which the characters `start` to `end` stand."""
        first = self._starts[bisect_right(self._starts, start) - 1]
        return first, self._ends[bisect_left(self._ends, end)]

    def speak(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether one of the pattern's words stands in the clause around those characters. The words hold no stops."""
        if pattern not in self._known:
            found = [word.span() for word in pattern.finditer(self._text)]
            self._known[pattern] = [place for place, _ in found], [place for _, place in found]
        starts, ends = self._known[pattern]
        first, last = self.around(start, end)
        at = bisect_left(starts, first)
        return at < len(ends) and ends[at] <= last
