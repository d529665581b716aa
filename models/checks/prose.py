"""What rules read in a text: clauses, comparable cores, likeness, amounts of money, and whether a value is named."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.document.values import money
from models.kept_answers import remembered

_CLAUSE = re.compile(r"[^，,。；;！？\n]+")
_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？]?")
_NOT_WORDS = re.compile(r"[\W_]+")

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,12}[〔【\[［（(［][12]\d{3}(?:年)?[〕】\]］）)］]\s*(?:第\s*)?\d+\s*号?"
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*年度?")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text and where it stands."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def clauses(text: str) -> Iterator[Span]:
    """The pieces between commas and stops, with white space around them taken off."""
    return _pieces(_CLAUSE, text)


def sentences(text: str) -> Iterator[Span]:
    """The pieces that end with a full stop, a semicolon or the line, their mark included."""
    return _pieces(_SENTENCE, text)


def _pieces(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        piece = found[0].strip()
        if piece:
            yield Span(piece, found.start() + found[0].index(piece[0]))


def clause_at(text: str, place: int, longest: int = 30) -> str:
    """The words of the clause around a place, from its begin or, in a long clause, from shortly before the place."""
    for clause in clauses(text):
        if clause.start <= place < clause.end:
            if len(clause.text) <= longest:
                return clause.text
            start = max(clause.start, min(place - 4, clause.end - longest))
            return text[start : start + longest].strip()
    return text[place : place + longest].split("\n")[0].strip()


def squeezed(text: str) -> str:
    """The words alone: no marks, no white space."""
    return _NOT_WORDS.sub("", text)


@remembered(1024)
def pairs(text: str) -> frozenset[str]:
    """The neighbouring pairs of characters."""
    # One string for all texts that hold the pair.
    return frozenset(sys.intern(text[place : place + 2]) for place in range(len(text) - 1))


def likeness(one: str, other: str) -> float:
    """0 … 1: how many pairs of characters two texts share (Dice)."""
    first, second = pairs(one), pairs(other)
    if not first or not second:
        return float(one == other)
    return 2 * len(first & second) / (len(first) + len(second))


def same_words(one: str, other: str, least: float = 0.85) -> bool:
    """Whether two squeezed texts are one, or the shorter is nearly all of the longer."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and (shorter == longer or (shorter in longer and len(shorter) >= least * len(longer)))


_NUMERAL = r"(?<![一二两三四五六七八九十百千])[一二两三四五六七八九十百千]++"
_VALUE = re.compile(
    r"\d|百分之|"
    + _NUMERAL
    + r"(?:个|家|项|次|场|处|座|条|名|人|户|亩|公里|米|天|类|级|成|倍|台|套|份|篇|期|支|所|间|件|轮|遍)"
    r"(?!系列|方面|层面|体系|中心|基本点|代表|意识|自信|维护|一批)"
)
_STANDARD = re.compile(
    r"不发生|未发生|无(?:重大|较大|重特大|安全|责任|人员|群体|违法|违规|漏|缺|死亡)|零(?!售|部件|件|散|星|工|配件|距离)"
    r"|杜绝|全覆盖|全部|应\w{1,3}尽\w{1,3}|达标|合格|优良|(?:国家|行业|规定|有关|设计|技术)(?:标准|要求|规范)"
    r"|不低于|不超过|不少于|以上水平|前[一二三四五六七八九十]名"
)


def without_dates(text: str) -> str:
    """The text without years and document numbers, which say nothing about how much."""
    return YEAR.sub("", DOCUMENT_NUMBER.sub("", text))


def names_a_value(text: str) -> bool:
    """Whether a number or a standard stands in the text, years and document numbers aside."""
    plain = without_dates(text)
    return bool(_VALUE.search(plain) or _STANDARD.search(plain))


_AMOUNT = re.compile(r"(?<![\d.])(\d[\d,，]{0,100}+(?:\.\d++)?)\s*+(亿元|万元|千元|元)(?![/／]|每)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text: its 万元, its place, its unit as typed."""

    value: Decimal
    start: int
    end: int
    unit: str


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of Chinese money in a text; prices per something are none."""
    for found in _AMOUNT.finditer(text):
        value = money(found[0].rstrip("，,"))
        if value is not None:
            yield Amount(value, found.start(), found.end(), found[2])
