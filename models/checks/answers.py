"""What kind of answer a 指标值 is: a number of some class, a date, words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from models.checks.kinds import is_filler
from models.checks.vocabulary import Vocabulary
from models.document.values import parse_value
from models.kept_answers import remembered

NUMBERS = frozenset(
    {"percent", "money", "price", "people", "households", "times", "pieces", "length", "area", "weight"}
    | {"duration", "month", "points", "bare", "other"}
)
"""Kinds of values that are one number."""


@dataclass(frozen=True, slots=True)
class Value:
    """A 指标值 as an answer. `kind`: one of NUMBERS, or blank, filler, date, several, words; `sign` as the form writes it,
    "" where none can be determined; a range has its lower end as `amount`."""

    kind: str
    sign: str = ""
    amount: Decimal | None = None
    unit: str = ""
    is_range: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@cache
def _classes(vocabulary: Vocabulary) -> Mapping[str, str]:
    classes = {unit: name for name, units in vocabulary.groups("units.classes").items() for unit in units}
    wrong = {unit: classes.get(right, "other") for unit, right in vocabulary.table("units.wrong").items()}
    return {**wrong, **classes}


_BEFORE = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "达到", "达", "大于等于", "至少"), "≥"),
    **dict.fromkeys(("大于", "超过", "高于", "多于"), "＞"),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "小于等于", "控制在", "最多"), "≤"),
    **dict.fromkeys(("小于", "低于", "少于"), "＜"),
    "等于": "＝",
}
_AFTER = {
    **dict.fromkeys(("以上", "及以上"), "≥"),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "≤"),
    "左右": "",
}
_BEGINNING = re.compile(f"(?:{'|'.join(sorted(_BEFORE, key=len, reverse=True))})\\Z")
_ENDING = re.compile(f"(?:{'|'.join(sorted(_AFTER, key=len, reverse=True))})\\Z")

_DAY = "[日天]|个?工作日|个?自然日|个?小时|分钟|周|个月|月|年"
_MOMENT = re.compile(
    r"\d{1,2}月(?:\d{1,2}[日号]|底|末|初|[上中下]旬|前|之前|以前|份)|20\d\d\s*年|20\d\d[.\-/]\d|\d{1,2}[.]\d{1,2}[—~～\-至]"
    r"|\d{1,2}[:：]\d{2}|年底|年末|年内|年初(?!预算|计划|工作|安排|任务)|全年|季度|上半年|下半年|月底|月末|次月|次年"
    r"|当[年月日天]|每[年月季日天周]|年度内|[一二三四五六七八九十]{1,2}月"
    rf"|[前后]\s*\d{{1,3}}\s*(?:{_DAY})"
)
_MARKS = re.compile(r"[、，,；;和及]")
_SEVERAL = re.compile(r"\d[\d.,]{0,40}\s*+[^\d\s、，,；;和及]{1,6}+\s*+[、，,；;和及]\s*+[^\d]{0,8}[≥≤＞＜＝]?\s*+\d")
_REMARK = re.compile(r"[（(][^（()）]*[)）]\s*\Z")
_CHANGED = re.compile(
    r"(?:由|从|比|较|同比|环比)[^，。；\n]{0,40}?(?:提高|提升|增长|增加|上升|下降|降低|减少|[升增减降])(?:到|至|了|为|幅)?\s*(?P<rest>[≥≤＞＜]?\s*\d.*)"
)
_RANGE = re.compile(
    r"\s*(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s\-—–~～至到]{0,8})\s*(?:[-—–~～]{1,2}|至|到)\s*(?P<rest>\d.*)"
)
_LABELLED = re.compile(r"(?P<label>[^\d≥≤＞＜=＝<>]{1,16}?)\s*(?P<rest>[≥≤＞＜=＝<>]*\s*\d.*)")
_PER_POPULATION = re.compile(r"(?P<number>[≥≤＞＜＝]?\s*\d+(?:\.\d+)?)\s*(?P<per>[/／]\s*(?:10|百|十)?[万千亿]人?)")
_SPACED_NUMBER = re.compile(r"(?<=\d)[ \u2009\u202f\xa0](?=\d{3}(?!\d))")


@remembered(20_000)
def read_value(text: str, vocabulary: Vocabulary) -> Value:
    """The value as an answer: its kind, sign, number and unit."""
    stripped = text.strip()
    if not stripped:
        return Value("blank")
    if is_filler(stripped, vocabulary):
        return Value("filler")
    plain = _SPACED_NUMBER.sub("", stripped)
    return _one_number(plain, vocabulary) or _spoken(plain, vocabulary)


def _one_number(text: str, vocabulary: Vocabulary) -> Value | None:
    """Sign, number, unit, and perhaps a remark in brackets or «以上» behind them; None for anything else."""
    parsed = parse_value(text)
    if not parsed.number:
        return None
    sign, unit, amount, classes = parsed.meaning, parsed.unit, parsed.amount, _classes(vocabulary)
    if _MOMENT.search(f"1{unit}") or unit in {"年前", "月前"} or (unit == "年" and amount and amount > 1990):
        return Value("date", sign, amount, unit)
    if unit not in classes:
        remark = _REMARK.search(unit)
        inner = remark[0].strip("（()） ") if remark else ""
        unit = unit if not remark else inner if unit == remark[0] and inner in classes else unit[: remark.start()]
    ending = _ENDING.search(unit)
    if ending and unit not in classes:
        unit, sign = unit[: ending.start()], _AFTER[ending[0]]
    return Value(_class_of(unit, classes), sign, amount, unit)


def _class_of(unit: str, classes: Mapping[str, str]) -> str:
    if not unit:
        return "bare"
    known = classes.get(unit) or (classes.get(unit[1:]) if unit[0] in "百千万亿" else None)
    if known:
        return known
    head, slash, _ = unit.partition("/")
    if slash:
        above = classes.get(head, "other")
        return "price" if above == "money" else above
    return "money" if unit.endswith("元") else "other"


def _spoken(text: str, vocabulary: Vocabulary) -> Value:
    """A value that is not plainly sign, number, unit: «不低于95%», «2026年9月底前», «6～9个月», «按时完成»."""
    if "\n" in text:
        return Value("several" if _SEVERAL.search(text) else "date" if _MOMENT.search(text) else "words")
    remark = _REMARK.search(text)
    if remark and re.search(r"\d", text[: remark.start()]):
        return read_value(text[: remark.start()], vocabulary)
    rate = _PER_POPULATION.fullmatch(text)
    if rate:
        return replace(read_value(rate["number"], vocabulary), kind="other", unit=rate["per"])
    parts = [part for part in _MARKS.split(text) if part.strip()]
    if len(parts) > 1 and all(_MOMENT.search(part) for part in parts):
        return Value("date")
    if _SEVERAL.search(text):
        return Value("several")
    changed = _CHANGED.fullmatch(text)
    value = _one_number(changed["rest"], vocabulary) if changed else None
    if value and value.is_number:
        return replace(value, sign="")
    if _MOMENT.search(text):
        return Value("date")
    return _ranged(text, vocabulary) or _labelled(text, vocabulary) or Value("words")


def _ranged(text: str, vocabulary: Vocabulary) -> Value | None:
    """«90%-95%», «1600—2200元/批»."""
    found = _RANGE.fullmatch(text)
    high = _one_number(found["rest"], vocabulary) if found else None
    if not found or not high or not high.is_number:
        return None
    classes = _classes(vocabulary)
    if found["unit"] and _class_of(found["unit"], classes) != _class_of(high.unit, classes):
        return None
    if high.kind == "month":
        return Value("date")
    return replace(high, sign="", amount=Decimal(found["low"].replace(",", "")), is_range=True)


def _labelled(text: str, vocabulary: Vocabulary) -> Value | None:
    """A number behind words: «不低于95%», «及时率100%», «PQI≥85», «每张床6000元»."""
    found = _LABELLED.fullmatch(text)
    value = _one_number(found["rest"], vocabulary) if found else None
    if not found or not value or (value.kind in {"other", "date"} and found["label"] not in _BEFORE):
        return None
    if found["rest"][0].isdigit():
        before = _BEGINNING.search(found["label"])
        plain = parse_value(found["rest"]).unit
        ended = _ENDING.search(plain)
        value = replace(value, sign=_BEFORE[before[0]] if before else _AFTER[ended[0]] if ended else "")
    return value
