"""What an indicator's name measures and what kind of answer its value is; the rules on indicators compare the two."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from models.checks.vocabulary import Vocabulary
from models.document import Indicator
from models.values import parse_value

_REMEMBERED = 20_000

RATIOS = frozenset({"share", "pass", "timely", "completion", "faulty", "growth", "satisfaction"})
"""Kinds of names that a percentage answers."""

BOUNDED = RATIOS - {"growth"}
"""Shares of a whole: never above 100 %."""

AMOUNTS = frozenset({"cost", "revenue"})
COUNTS = frozenset({"count", "people", "times", "length", "area", "weight", "days"})

NUMBERS = frozenset(
    {"percent", "money", "price", "people", "households", "times", "pieces", "length", "area", "weight"}
    | {"duration", "month", "points", "bare", "other"}
)
"""Kinds of values that are one number."""


@dataclass(frozen=True, slots=True)
class Value:
    """A 指标值 as an answer. `kind`: one of NUMBERS, or blank, filler, date, several, words; `sign` as the form writes it."""

    kind: str
    sign: str = ""
    amount: Decimal | None = None
    unit: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@dataclass(frozen=True)
class _Words:
    """The vocabulary, prepared."""

    endings: dict[str, str]
    longest: int
    fillers: frozenset[str]
    lower: re.Pattern[str]
    either: re.Pattern[str]
    classes: dict[str, str]


@cache
def _words(vocabulary: Vocabulary) -> _Words:
    endings = {word: kind for kind, words in vocabulary.groups("kinds.names").items() for word in words}
    classes = {unit: name for name, units in vocabulary.groups("units.classes").items() for unit in units}
    wrong = {unit: classes.get(right, "other") for unit, right in vocabulary.table("units.wrong").items()}
    return _Words(
        endings,
        max(map(len, endings)),
        frozenset(vocabulary.words("kinds.filler")),
        vocabulary.pattern("kinds.lower_is_better"),
        vocabulary.pattern("kinds.either_direction"),
        {**wrong, **classes},
    )


_BRACKETED_END = re.compile(r"[（(]([^（()）]*)[)）]\s*\Z")
_SPACES = re.compile(r"\s+")
_ON_TIME = re.compile("按时|按期|及时|准时|如期|按计划时间")


@lru_cache(_REMEMBERED)
def bare(name: str) -> str:
    """A name without spaces and without the bracket at its end: «验收合格率（%）» → «验收合格率»."""
    return _BRACKETED_END.sub("", _SPACES.sub("", name))


def bracketed(name: str) -> str:
    """What stands in the bracket at a name's end, "" without one."""
    found = _BRACKETED_END.search(name)
    return found[1].strip() if found else ""


def is_filler(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell says «nothing here»."""
    return text.strip() in _words(vocabulary).fillers


def is_filled_up(row: Indicator, vocabulary: Vocabulary) -> bool:
    """Whether a row only fills up its tier («无 | 无 | 无»): no other rule speaks of it."""
    fillers = _words(vocabulary).fillers
    return row.name in fillers or row.value in fillers or row.name.strip() in fillers


@lru_cache(_REMEMBERED)
def kind_of(name: str, vocabulary: Vocabulary) -> str:
    """What the name measures: a key of [names] in kinds.toml, "" where it does not say."""
    words, core = _words(vocabulary), bare(name)
    for length in range(min(words.longest, len(core)), 0, -1):
        kind = words.endings.get(core[-length:])
        if kind:
            return _narrowed(kind, core, words)
    return ""


def _narrowed(kind: str, core: str, words: _Words) -> str:
    if kind in {"share", "completion"} and _ON_TIME.search(core):
        return "timely"
    if kind == "share" and words.lower.search(core):
        return "faulty"
    return kind


@lru_cache(_REMEMBERED)
def lower_is_better(name: str, vocabulary: Vocabulary) -> bool:
    """Whether little of what the name counts is good (accidents, complaints)."""
    return kind_of(name, vocabulary) == "faulty" or bool(_words(vocabulary).lower.search(name))


@lru_cache(_REMEMBERED)
def either_direction(name: str, vocabulary: Vocabulary) -> bool:
    """Whether both ≥ and ≤ make sense for the name."""
    return bool(_words(vocabulary).either.search(name))


_BEFORE = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "达到", "达", "大于等于", "至少"), "≥"),
    **dict.fromkeys(("大于", "超过", "高于", "多于"), "＞"),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "小于等于", "控制在", "最多"), "≤"),
    **dict.fromkeys(("小于", "低于", "少于"), "＜"),
    "等于": "＝",
}
_AFTER = {
    "以上": "≥",
    "及以上": "≥",
    "以下": "≤",
    "及以下": "≤",
    "以内": "≤",
    "之内": "≤",
    "内": "≤",
    "左右": "",
    "": "",
}
_SPOKEN = re.compile(rf"({'|'.join(sorted(_BEFORE, key=len, reverse=True))})?(.*?\d.*?)(及?以[上下]|[以之]?内|左右)?")
_MOMENT = re.compile(
    r"\d{1,2}月(?:\d{1,2}[日号]|底|末|初|[上中下]旬|前|之前|以前|份)|20\d\d\s*年|20\d\d[.\-/]\d|\d{1,2}[.]\d{1,2}[—~～\-至]"
    r"|年底|年末|年内|年初(?!预算|计划|工作|安排|任务)|全年|季度|上半年|下半年|月底|月末|次月|次年|当[年月日天]|每[年月季日天周]|年度内|[一二三四五六七八九十]{1,2}月"
)
_SEVERAL = re.compile(r"\d[\d.,]{0,40}\s*+[^\d\s、，,；;和及]{1,6}+\s*+[、，,；;和及]\s*+[^\d]{0,8}[≥≤＞＜＝]?\s*+\d")


@lru_cache(_REMEMBERED)
def read_value(text: str, vocabulary: Vocabulary) -> Value:
    """The value as an answer: its kind, sign, number and unit."""
    words, stripped = _words(vocabulary), text.strip()
    if not stripped:
        return Value("blank")
    if stripped in words.fillers:
        return Value("filler")
    parsed = parse_value(stripped)
    if parsed.number:
        return _number(parsed.meaning, parsed.amount, parsed.unit, words)
    return _spoken(stripped, words)


def _number(sign: str, amount: Decimal | None, unit: str, words: _Words) -> Value:
    for ending in ("及以上", "以上", "及以下", "以下", "以内", "之内"):
        if unit.endswith(ending):
            unit, sign = unit.removesuffix(ending), _AFTER[ending]
            break
    if _MOMENT.search(f"1{unit}") or unit in {"年前", "月前"} or (unit == "年" and amount and amount > 1990):
        return Value("date", sign, amount, unit)
    return Value(_class_of(unit, words), sign, amount, unit)


def _class_of(unit: str, words: _Words) -> str:
    if not unit:
        return "bare"
    known = words.classes.get(unit)
    if known:
        return known
    head, slash, _ = unit.partition("/")
    if slash:
        above = words.classes.get(head, "other")
        return "price" if above == "money" else above
    return "money" if unit.endswith("元") else "other"


def _spoken(text: str, words: _Words) -> Value:
    """A value that is not plainly sign, number, unit: «不低于95%», «2026年9月底前», «按时完成»."""
    if _SEVERAL.search(text):
        return Value("several")
    if _MOMENT.search(text):
        return Value("date")
    found = None if "\n" in text else _SPOKEN.fullmatch(text)
    if found:
        parsed = parse_value(found[2])
        if parsed.number:
            sign = _BEFORE.get(found[1] or "") or _AFTER.get(found[3] or "") or parsed.meaning
            return _number(sign, parsed.amount, parsed.unit, words)
    return Value("words")
