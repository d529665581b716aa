"""The years a text mentions, each with what it means and what it becomes when the plan moves on to another year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from models.checks.clauses import Clauses
from models.checks.vocabulary import load_vocabulary
from resources import ROOT

FOLDER = ROOT / "years"
"""The words by which history, comparisons and plain numbers are told apart."""

_OLDEST = 3
"""Years back up to which a plan's year may have been left behind by earlier texts."""


class Kind(StrEnum):
    """What a year means. Only PLAN goes without asking; the others are for the user to say."""

    PLAN = "计划年度"
    LAST = "上年"
    STALE = "旧年份"
    NEXT = "下年"
    PAST = "已过的事"
    TITLE = "文件名"
    ACROSS = "跨年"
    UNSURE = "存疑"


REASONS = {
    Kind.PLAN: "说的是计划的这一年",
    Kind.LAST: "说的是上一年的实情或比较的基年；年份走了，旁边的数字也要核对",
    Kind.STALE: "像是以前的文本留下的年份，也可能真指那一年",
    Kind.NEXT: "说的是下一年的准备",
    Kind.PAST: "像是已经办过的事或起点，年份不一定跟着走",
    Kind.TITLE: "书名号里的文件名，可能就是那一年的文件",
    Kind.ACROSS: "跨年的年度",
    Kind.UNSURE: "说不准是不是年份",
}


@dataclass(frozen=True, slots=True)
class FoundYear:
    """Characters `start` to `end` of a text, what they shall become (as many characters), and why."""

    start: int
    end: int
    new_words: str
    kind: Kind


_SPLIT = r"[-—–－~～至到]"
_MONTH = r"(?:0?[1-9]|1[0-2])"
# Possessive: white space without an end would else be dealt out between its neighbours in every way there is.
_DAY = rf"(?:\s*+[.．/\-]\s*+{_MONTH}(?:\s*+[.．/\-]\s*+\d{{1,2}})?(?!\d))"
_DATE = rf"20\d{{2}}(?:{_DAY}|\s*+年(?:\s*+\d{{1,2}}\s*+月)?(?:\s*+\d{{1,2}}\s*+日)?)?"
_RANGE = re.compile(rf"(?<![0-9A-Za-z])(?P<first>{_DATE})\s*+{_SPLIT}++\s*+(?P<last>20\d{{2}}(?!\d)\s*+年?)")
_SHORT_RANGE = re.compile(rf"(?<!\d)20\d{{2}}\s*+年?\s*+{_SPLIT}++\s*+\d{{2}}\s*+年")
_NUMBERED = re.compile(
    r"[〔【\[［（(]\s*+20\d{2}\s*+年?\s*+[〕】\]］)）]\s*+第?\s*+\d++(?:\s*+[-—]\s*+\d++)?\s*+号"  # 财预〔2015〕88号
    r"|[〔【\[［]\s*+20\d{2}\s*+[〕】\]］]"
    r"|20\d{2}\s*+年?\s*+[-—]?\s*+第\s*+\d{1,9}+\s*+号|20\d{2}\s*+[-—]?\s*+\d{1,9}+\s*+号"
)
_FULL = re.compile(r"(?<![0-9A-Za-z０-９])(?<!\d[.,])(?P<year>[2２][0０]\d{2})(?!\d)(?P<mark>\s*+年)?")
_CHINESE = re.compile(r"(?P<year>二[〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2})(?P<mark>\s*+年)")
_SHORT = re.compile(r"(?<![0-9A-Za-z.．,])(?P<year>\d{2})(?P<mark>\s*+年)")
_DATED = re.compile(_DAY)
_NEAR = 24
"""Characters before and after a year that are looked at; of a pasted megabyte not all of it, for each of its years."""
_HEADS = re.compile(r"title$|headings\.|projects\[\]\.name$|.*\.heading$")
_BEGUN = re.compile(r"\s*起|\s*度?已|.{0,8}?已(?!.{0,8}的)")
"""«2025年起», «2025年已完成»; not «2025年维护已建成的泵站»."""
_ALONE = re.compile(r"\s*+(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?\s*+[，,]")
_BEGINS = re.compile("起|开始")
_NUMERALS = "〇一二三四五六七八九"
_NOUGHTS = "○零Ｏ"


@cache
def _before(key: str) -> re.Pattern[str]:
    """Finds one of the words right at the end of what comes before."""
    return re.compile(rf"(?:{_any(key)})\s*$")


@cache
def _after(key: str) -> re.Pattern[str]:
    """Finds one of the words right at the beginning of what follows."""
    return re.compile(rf"\s*(?:{_any(key)})")


@cache
def _soon(key: str) -> re.Pattern[str]:
    """Finds one of the words within the few characters that follow."""
    return re.compile(rf".{{0,4}}?(?:{_any(key)})")


def _words(key: str) -> re.Pattern[str]:
    return load_vocabulary(FOLDER).pattern(f"words.{key}")


def _any(key: str) -> str:
    return _words(key).pattern


def found_years(text: str, old_year: int, new_year: int, field: str = "") -> tuple[FoundYear, ...]:
    """The years in a text of the plan of `old_year`, in order. `field`: where the text stands, as a path without ids
    (`projects[].name`): a project's name keeps the years of its own, a value holds numbers.
    """
    found = list(_Reading(text, old_year, new_year, field).run())
    return tuple(sorted(found, key=lambda year: year.start))


class _Reading:
    def __init__(self, text: str, old_year: int, new_year: int, field: str) -> None:
        self._text, self._old, self._new, self._field = text, old_year, new_year, field
        self._taken, self._quoted = bytearray(), bytearray()
        """One byte a character: 1 where a year, or a title in 《》, was found already."""

    def run(self) -> Iterator[FoundYear]:
        if not any(digit in self._text for digit in ("0", "０", "年")):
            return  # the usual case, and it is asked for every cell
        self._taken, self._quoted = bytearray(len(self._text)), bytearray(len(self._text))
        for start, end in _titles(self._text):
            _cover(self._quoted, start, end)
        for mark in _NUMBERED.finditer(self._text):
            _cover(self._taken, *mark.span())
        yield from self._ranges()
        for pattern in (_FULL, _CHINESE, _SHORT):
            for mark in pattern.finditer(self._text):
                if not self._taken[mark.start()]:
                    _cover(self._taken, *mark.span())
                    one = self._judge(mark, pattern is _SHORT)
                    if one is not None:
                        yield one

    def _ranges(self) -> Iterator[FoundYear]:
        """Spans of several years are the plan's own time only where they name a season or a school year."""
        for mark in _SHORT_RANGE.finditer(self._text):
            _cover(self._taken, *mark.span())
        for mark in _RANGE.finditer(self._text):
            first, last = int(mark["first"][:4]), int(mark["last"][:4])
            if first == last:
                continue
            _cover(self._taken, *mark.span())
            plain = len(mark["first"].rstrip("年 ")) == 4
            ends = mark.end() - mark[0].endswith("年")  # «2024-2025年度»
            across = _after("across")
            follows = across.match(self._text, mark.end()) or across.match(self._text, ends)
            if plain and last == first + 1 and self._old in {first, last} and follows:
                yield self._changed(mark.start(), mark.end(), self._new - self._old, Kind.ACROSS)

    def _changed(self, start: int, end: int, by: int, kind: Kind) -> FoundYear:
        new = re.sub(r"20\d{2}", lambda year: str(int(year[0]) + by), self._text[start:end])
        return FoundYear(start, end, new, kind)

    def _judge(self, mark: re.Match[str], short: bool) -> FoundYear | None:
        year = self._year(mark, short)
        is_year = self._is_short_year(mark) if short else self._is_year(mark)
        if is_year is None:
            return None
        kind = self._kind(mark, year)
        if kind is None:
            return None
        if is_year is False:
            if year != self._old:
                return None
            kind = Kind.UNSURE
        moved = {Kind.LAST: self._new - 1, Kind.NEXT: self._new + 1}.get(kind, self._new)
        words = _in_the_style_of(mark["year"], moved) + (mark["mark"] or "")
        return FoundYear(mark.start(), mark.end(), words, kind)

    def _before(self, mark: re.Match[str]) -> str:
        return self._text[max(0, mark.start() - _NEAR) : mark.start()]

    def _rest(self, place: int) -> str:
        return self._text[place : place + _NEAR]

    def _year(self, mark: re.Match[str], short: bool) -> int:
        if short:
            return self._old // 100 * 100 + int(mark["year"])
        return _number(mark["year"])

    def _is_year(self, mark: re.Match[str]) -> bool | None:
        """True, False where it may be one, None where it is a number."""
        if mark["mark"]:
            return True
        dated = _DATED.match(self._text, mark.end())
        rest = self._rest(dated.end() if dated else mark.end())
        if dated:
            return self._is_date(mark, dated[0], rest)
        if _after("units").match(rest) or self._field.endswith(".value"):
            return None
        begins = not self._before(mark).strip(" ’‘'")
        if begins and _HEADS.match(self._field) and re.match(r"[\u4e00-\u9fff]", rest):
            return True
        if _after("after_bare").match(rest):
            return True
        return False if _after("perhaps").match(rest) or re.match(r"[\u4e00-\u9fff]", rest) else None

    def _is_date(self, mark: re.Match[str], words: str, rest: str) -> bool | None:
        """«2025.12», «2025.1-12», «2025-06-30前»; «2025.5万元» is none, nor is «≥2025.5»."""
        if re.match(r"\s*月", rest):
            return True
        if _after("units").match(rest) or _before("lasting").search(self._before(mark)):
            return None
        parts = re.findall(r"\d+", words)
        ends = re.match(rf"\s*(?:{_SPLIT}|前|底|完成|起|止|开工|竣工|完工|验收)", rest)
        return bool(len(parts) == 2 or len(parts[0]) == 2 or ends)

    def _is_short_year(self, mark: re.Match[str]) -> bool | None:
        if _before("lasting").search(self._before(mark)):
            return None
        rest = self._rest(mark.end())
        return True if re.match(r"\s*\d{1,2}月", rest) or _after("after_short").match(rest) else None

    def _kind(self, mark: re.Match[str], year: int) -> Kind | None:
        if self._quoted[mark.start()]:
            return Kind.TITLE if year == self._old else None
        if year == self._old:
            return self._kind_of_this_year(mark)
        if self._field == "projects[].name":
            return None  # a project of an earlier or later year, called by it
        if year == self._old + 1:
            return Kind.NEXT
        if not self._old - _OLDEST <= year < self._old:
            return None
        if self._is_history(mark):
            return Kind.LAST if year == self._old - 1 else None
        return Kind.STALE

    def _kind_of_this_year(self, mark: re.Match[str]) -> Kind:
        before = self._before(mark)
        if _before("compared").search(before):
            return Kind.UNSURE
        place = mark.end()
        _, end = self._clauses.around(mark.start(), self._end(mark))
        started = _before("since").search(before) and self._speaks(_BEGINS, mark)
        if started or _BEGUN.match(self._text, place, end) or self._speaks(_words("done"), mark):
            return Kind.PAST
        return Kind.TITLE if _soon("documents").match(self._text, place, end) else Kind.PLAN

    def _is_history(self, mark: re.Match[str]) -> bool:
        before = self._before(mark)
        spoken = _before("compared").search(before) or _before("referred").search(before)
        return bool(spoken) or self._speaks(_words("history"), mark)

    def _speaks(self, pattern: re.Pattern[str], mark: re.Match[str]) -> bool:
        return self._clauses.speak(pattern, mark.start(), self._end(mark))

    def _end(self, mark: re.Match[str]) -> int:
        """Where the year's own words end: behind the comma where it stands alone before it, «2025年，已完成…»."""
        alone = _ALONE.match(self._text, mark.end())
        return alone.end() if alone else mark.end()

    @cached_property
    def _clauses(self) -> Clauses:
        return Clauses(self._text)


def _cover(places: bytearray, start: int, end: int) -> None:
    places[start:end] = b"\1" * (end - start)


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """From … to of each 《…》."""
    start = text.find("《")
    while start >= 0 and (end := text.find("》", start)) >= 0:
        yield start, end + 1
        start = text.find("《", end)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    return int("".join("0" if char in _NOUGHTS else str(_NUMERALS.index(char)) for char in words))


def _in_the_style_of(words: str, year: int) -> str:
    """«二〇二五», 2026 → «二〇二六»; full-width digits and two digits stay what they are."""
    digits = str(year)[-len(words) :]
    if not words.isdigit():
        nought = next((char for char in words if char in "〇○零Ｏ"), "〇")
        return "".join(nought if digit == "0" else _NUMERALS[int(digit)] for digit in digits)
    if words[0] > "9":
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in digits)
    return digits
