"""Where a text writes a year: «2025年», «二〇二五年», «25年底», «2025-06-30前»; spans of years, document numbers and quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from models.checks.vocabulary import load_vocabulary
from resources import ROOT

FOLDER = ROOT / "years"
"""The words by which years, history, comparisons and plain numbers are distinguished."""

NEAR = 24
"""Characters before and after a year that are looked at; of a pasted megabyte not all of it, for each of its years."""

_SPLIT = r"[-—–－~～至到]"
_MONTH = r"(?:0?[1-9]|1[0-2])"
# Possessive: white space without an end would else be dealt out between its neighbours in every way there is.
_DAY = rf"(?:\s*+[.．/\-]\s*+{_MONTH}(?:\s*+[.．/\-]\s*+\d{{1,2}})?(?!\d))"
_PART = r"(?:\s*+\d{1,2}\s*+月(?:\s*+\d{1,2}\s*+日)?)?(?:[底末初春夏秋冬]季?|第?[一二三四]季度|[上下]半年)?"
_DATE = rf"20\d{{2}}(?:{_DAY}|\s*+年{_PART})?"
_RANGE = re.compile(rf"(?<![0-9A-Za-z])(?P<first>{_DATE})\s*+起?{_SPLIT}++\s*+(?P<last>20\d{{2}}(?!\d)\s*+年?)")
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
_HEADS = re.compile(r"title$|headings\.|projects\[\]\.name$|.*\.heading$")
_CITED = re.compile(r"“[^”]{0,300}+”|「[^」]{0,300}+」")
_NUMERALS = "〇一二三四五六七八九"
_NOUGHTS = "○零Ｏ"


@dataclass(frozen=True, slots=True)
class YearMark:
    """A year as it is written, from `start` to `end`, its «年» included. `certain`: it is a year and no other number."""

    start: int
    end: int
    year: int
    digits: str
    mark: str
    certain: bool

    @property
    def words(self) -> str:
        return self.digits + self.mark

    def words_of(self, year: int) -> str:
        """Another year, written as this one is: «二〇二五年», 2026 → «二〇二六年»."""
        return _in_the_style_of(self.digits, year) + self.mark


@dataclass(frozen=True, slots=True)
class Season:
    """Two years that are one: «2024—2025年采暖季», «2024-2025学年»."""

    start: int
    end: int
    first: int
    last: int


@cache
def words(key: str) -> re.Pattern[str]:
    """Finds one of the words of that list."""
    return load_vocabulary(FOLDER).pattern(f"words.{key}")


@cache
def before(key: str) -> re.Pattern[str]:
    """Finds one of the words right at the end of what comes before."""
    return re.compile(rf"(?:{words(key).pattern})\s*$")


@cache
def after(key: str) -> re.Pattern[str]:
    """Finds one of the words right at the beginning of what follows."""
    return re.compile(rf"\s*(?:{words(key).pattern})")


@cache
def soon(key: str) -> re.Pattern[str]:
    """Finds one of the words within the few characters that follow."""
    return re.compile(rf".{{0,4}}?(?:{words(key).pattern})")


def may_hold_years(text: str) -> bool:
    """Whether a text holds the beginning of a year or a «年»."""
    return "年" in text or "20" in text or "２" in text or "０" in text


class Marks:
    """The years of one text. `field`: where it stands, as a path without ids (`projects[].name`); `plan`: the plan's year."""

    def __init__(self, text: str, plan: int, field: str) -> None:
        self._text, self._plan, self._field = text, plan, field
        self.years: tuple[YearMark, ...] = ()
        self.seasons: tuple[Season, ...] = ()
        self._titled = self._cited = self._taken = bytearray()
        if not may_hold_years(text):
            return
        self._taken, self._titled, self._cited = (bytearray(len(text)) for _ in range(3))
        for start, end in _titles(text):
            _cover(self._titled, start, end)
        for quoted in _CITED.finditer(text):
            _cover(self._cited, *quoted.span())
        for number in _NUMBERED.finditer(text):
            _cover(self._taken, *number.span())
        self.seasons = tuple(self._find_seasons())
        self.years = tuple(sorted(self._find(), key=lambda mark: mark.start))

    def is_titled(self, mark: YearMark | Season) -> bool:
        """Whether it stands in a title, «《2025年方案》»."""
        return bool(self._titled[mark.start])

    def is_cited(self, mark: YearMark) -> bool:
        """Whether it stands in quotation marks."""
        return bool(self._cited[mark.start])

    def before(self, mark: YearMark) -> str:
        return self._text[max(0, mark.start - NEAR) : mark.start]

    def rest(self, place: int) -> str:
        return self._text[place : place + NEAR]

    def _find_seasons(self) -> Iterator[Season]:
        """Spans of several years are marked as found; those that name a season or a school year are given."""
        for mark in _SHORT_RANGE.finditer(self._text):
            _cover(self._taken, *mark.span())
        for mark in _RANGE.finditer(self._text):
            first, last = int(mark["first"][:4]), int(mark["last"][:4])
            if first == last:
                continue
            _cover(self._taken, *mark.span())
            plain = len(mark["first"].rstrip("年 ")) == 4
            ends = mark.end() - mark[0].endswith("年")  # «2024-2025年度»
            across = after("across")
            follows = across.match(self._text, mark.end()) or across.match(self._text, ends)
            if plain and last == first + 1 and follows:
                yield Season(mark.start(), mark.end(), first, last)

    def _find(self) -> Iterator[YearMark]:
        for pattern in (_FULL, _CHINESE, _SHORT):
            for found in pattern.finditer(self._text):
                if not self._taken[found.start()]:
                    _cover(self._taken, *found.span())
                    is_year = self._is_short_year(found) if pattern is _SHORT else self._is_year(found)
                    if is_year is not None:
                        year = self._year(found, pattern is _SHORT)
                        yield YearMark(*found.span(), year, found["year"], found["mark"] or "", is_year)

    def _before(self, found: re.Match[str]) -> str:
        return self._text[max(0, found.start() - NEAR) : found.start()]

    def _year(self, found: re.Match[str], short: bool) -> int:
        return self._plan // 100 * 100 + int(found["year"]) if short else _number(found["year"])

    def _is_year(self, found: re.Match[str]) -> bool | None:
        """True, False where it may be one, None where it is a number."""
        if found["mark"]:
            return True
        dated = _DATED.match(self._text, found.end())
        rest = self.rest(dated.end() if dated else found.end())
        if dated:
            return self._is_date(found, dated[0], rest)
        if after("units").match(rest) or self._field.endswith(".value"):
            return None
        begins = not self._before(found).strip(" ’‘'")
        if begins and _HEADS.match(self._field) and re.match(r"[\u4e00-\u9fff]", rest):
            return True
        if after("after_bare").match(rest):
            return True
        return False if after("perhaps").match(rest) or re.match(r"[\u4e00-\u9fff]", rest) else None

    def _is_date(self, found: re.Match[str], written: str, rest: str) -> bool | None:
        """«2025.12», «2025.1-12», «2025-06-30前»; «2025.5万元» is none, nor is «≥2025.5»."""
        if re.match(r"\s*月", rest):
            return True
        if after("units").match(rest) or before("lasting").search(self._before(found)):
            return None
        parts = re.findall(r"\d+", written)
        ends = re.match(rf"\s*(?:{_SPLIT}|前|底|完成|起|止|开工|竣工|完工|验收)", rest)
        return bool(len(parts) == 2 or len(parts[0]) == 2 or ends)

    def _is_short_year(self, found: re.Match[str]) -> bool | None:
        if before("lasting").search(self._before(found)):
            return None
        rest = self.rest(found.end())
        return True if re.match(r"\s*\d{1,2}月", rest) or after("after_short").match(rest) else None


def _cover(places: bytearray, start: int, end: int) -> None:
    places[start:end] = b"\1" * (end - start)


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """From … to of each 《…》."""
    start = text.find("《")
    while start >= 0 and (end := text.find("》", start)) >= 0:
        yield start, end + 1
        start = text.find("《", end)


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return int("".join("0" if char in _NOUGHTS else str(_NUMERALS.index(char)) for char in written))


def _in_the_style_of(written: str, year: int) -> str:
    """«二〇二五», 2026 → «二〇二六»; full-width digits and two digits stay what they are."""
    digits = str(year)[-len(written) :]
    if not written.isdigit():
        nought = next((char for char in written if char in "〇○零Ｏ"), "〇")
        return "".join(nought if digit == "0" else _NUMERALS[int(digit)] for digit in digits)
    if written[0] > "9":
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in digits)
    return digits
