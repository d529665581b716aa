"""Numbers of items as the form writes them: patterns, markers, Chinese numerals.

A pattern holds one placeholder: `（{cn}）` draws （一）, `{n}、` draws 1、.
"""

import re
from collections import Counter
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"零": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_MARKER = re.compile(
    r"(?P<open>[（(])?(?P<cn>[一二三四五六七八九十百〇零]{1,5})?(?P<n>[0-9０-９]{1,3})?(?P<circled>[①-⑳])?"
    r"(?P<close>[）)])?(?P<mark>[、.．]?)(?P<space>[ \u3000]*)"
)
# «1.5亿元» is an amount, «1.2023年…» a numbered line.
_DECIMAL = re.compile(r"[0-9](?![0-9]{3}年)")


def to_chinese(number: int) -> str:
    """21 → 二十一; for 1 … 9999, ValueError beyond."""
    if not 0 < number < 10_000:
        raise ValueError(f"no Chinese numeral for {number}")
    text, rest, gap = "", number, False
    for name, step in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, rest = divmod(rest, step)
        if digit:
            text += ("〇" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text


def from_chinese(text: str) -> int | None:
    """二十一 → 21, 二〇二五 → 2025; None where it is no numeral."""
    if text and all(char in _VALUES for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _STEPS:
            total += (1 if digit is None else digit) * _STEPS[char]
            digit = None
        else:
            return None
    return (total + (digit or 0)) or None


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line: the words of it, their pattern, its value."""

    text: str
    pattern: str
    number: int

    @property
    def family(self) -> tuple[str, bool]:
        """Kind of digits, and whether brackets hold them: markers of one family number one list."""
        placeholder = next(key for key in ("{cn}", "{n}", "{circled}") if key in self.pattern)
        return placeholder, self.pattern.lstrip()[0] in "（("


def read_marker(line: str) -> Marker | None:
    """The marker a line begins with, trailing spaces included. A bare number is none, nor is the «1.» of «1.5亿元»."""
    found = _MARKER.match(line)
    if not found:
        return None
    digits = [key for key in ("cn", "n", "circled") if found[key]]
    if len(digits) != 1 or bool(found["open"]) != bool(found["close"]):
        return None
    kind = digits[0]
    if not (found["open"] or found["mark"] or kind == "circled"):
        return None
    if kind == "n" and found["mark"] in {".", "．"} and not found["space"] and _DECIMAL.match(line[found.end() :]):
        return None
    number = _value(kind, found[kind])
    if not number:
        return None
    start, end = found.span(kind)
    text = found[0]
    return Marker(text, f"{text[:start]}{{{kind}}}{text[end:]}", number)


def _value(kind: str, digits: str) -> int | None:
    if kind == "cn":
        return from_chinese(digits)
    if kind == "circled":
        return CIRCLED.index(digits) + 1
    return int(digits.translate(_FULL_WIDTH))


def draw(pattern: str, number: int) -> str:
    """The marker for the number-th item (from 1). A pattern without a placeholder is drawn as it stands.

    Beyond what a kind of digits can write, Arabic ones are drawn.
    """
    if "{circled}" in pattern:
        drawn = CIRCLED[number - 1] if number <= len(CIRCLED) else f"({number})"
        return pattern.replace("{circled}", drawn)
    chinese = to_chinese(number) if 0 < number < 10_000 else str(number)
    return pattern.replace("{cn}", chinese).replace("{n}", str(number))


def most_common_pattern(markers: list[Marker], default: str) -> str:
    """The pattern most of the markers show, the earlier one on a tie."""
    counts = Counter(marker.pattern for marker in markers)  # keeps the order in which they come
    return max(counts, key=counts.__getitem__, default=default)
