"""Rules on indicator values and their basis, and on the same value stated in two places."""

import re
from collections.abc import Iterator

from models.checks.answers import read_value
from models.checks.conflicts import conflict_completion, conflict_payment
from models.checks.directions import (
    direction_unclear,
    low_pass_rate,
    over_100,
    over_100_reported,
    satisfaction_100,
    satisfaction_100_reported,
    satisfaction_low,
    satisfaction_low_reported,
    wrong_direction,
)
from models.checks.kinds import bare, is_filled_up, is_filler, kind_of
from models.checks.prose import pairs
from models.checks.registry import ROWS, Context, Finding, Severity, row_rule, shortened, text_rule
from models.checks.sums import sum_mismatch
from models.checks.unit_rules import (
    cost_not_amount,
    is_cost_tier,
    name_value_mismatch,
    satisfaction_not_percent,
    time_not_dated,
    unit_mismatch,
    unit_missing,
)
from models.checks.vocabulary import Vocabulary
from models.document.tree import Indicator
from models.document.values import parse_value
from models.kept_answers import remembered

__all__ = [
    "conflict_completion",
    "conflict_payment",
    "cost_not_amount",
    "direction_unclear",
    "low_pass_rate",
    "name_value_mismatch",
    "over_100",
    "over_100_reported",
    "satisfaction_100",
    "satisfaction_100_reported",
    "satisfaction_low",
    "satisfaction_low_reported",
    "satisfaction_not_percent",
    "sum_mismatch",
    "time_not_dated",
    "unit_mismatch",
    "unit_missing",
    "wrong_direction",
]

_SOURCE = "财预〔2015〕88号：指标值应细化量化、可衡量"


@row_rule(
    "value-missing",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].value": ""},
    right={f"{ROWS}[benefit].value": "3000亩"},
)
def value_missing(row: Indicator, context: Context) -> Iterator[Finding]:
    """No 指标值, or a sign and a unit, or one of them, that still wait for their number."""
    if is_filler(row.name, context.vocabulary):
        return
    value = row.value.strip()
    unit = value.lstrip("≥≤＞＜＝=><").lstrip()
    waits = unit != value and re.fullmatch(r"[\u4e00-\u9fff]{0,3}", unit)
    if not value or waits or (not re.search(r"\d", unit) and unit in context.template.known_units):
        yield Finding("value", value, f"「{shortened(row.name, 20)}」没有填指标值，请写上符号、数字和单位。")


_COMPARABLE = re.compile(
    "[不零负未无]|只[增减升降]不[增减升降]|应.{1,3}尽|(?:较|比)上年|(?:永久|长期|常年|终身)|同比[增减升降上下]|(?:[上下][升降]|增长)\\Z"
)
"""«不增加», «负增长», «应救尽救», «零»: one can say at the year's end whether it is so."""


@remembered(20_000)
def _words_of(value: str, vocabulary: Vocabulary) -> str:
    """ "", vague, graded or plain: how far words answer."""
    if read_value(value, vocabulary).kind != "words" or re.search(r"[\d*×]", value):
        return ""
    if _COMPARABLE.match(value.strip()):
        return "graded"
    if vocabulary.pattern("answers.vague").search(value) and not re.search("为[优良]|[优良][好、/]|等级", value):
        return "vague"
    return "graded" if vocabulary.pattern("answers.graded").search(value) else "plain"


def _judged_elsewhere(row: Indicator, vocabulary: Vocabulary) -> bool:
    """Satisfaction, cost and time have rules of their own for values in words."""
    return (
        kind_of(row.name, vocabulary) == "satisfaction"
        or row.tier1 == "满意度指标"
        or row.tier2 == "时效指标"
        or is_cost_tier(row.tier2)
    )


@row_rule(
    "vague-value",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].value": "进一步扩大"},
    right={f"{ROWS}[benefit].value": "达到省级示范区标准"},
)
def vague_value(row: Indicator, context: Context) -> Iterator[Finding]:
    """«进一步提升», «一批», «明显»: nobody can say at the year's end whether it was reached."""
    if _words_of(row.value, context.vocabulary) == "vague" and not _judged_elsewhere(row, context.vocabulary):
        message = "指标值说得笼统，年底无法判断是否达到，请换成数字或能核对的标准。"
        yield Finding("value", shortened(row.value), message)


@remembered(20_000)
def _shares_a_word(one: str, other: str, vocabulary: Vocabulary) -> bool:
    return not (pairs(one) & pairs(other)).issubset(vocabulary.words("subjects.common"))


_MEASURED = frozenset(
    {"share", "pass", "completion", "timely", "faulty", "growth", "people", "times", "length", "area"}
)


@row_rule(
    "value-unrelated",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].value": "打造中部地区农技品牌"},
    right={f"{ROWS}[benefit].value": "面积达到规划要求"},
)
def value_unrelated(row: Indicator, context: Context) -> Iterator[Finding]:
    """Words that speak of something else than name and description, or a date for what is counted."""
    vocabulary, value = context.vocabulary, row.value.strip()
    if _judged_elsewhere(row, vocabulary) or is_filled_up(row, vocabulary):
        return
    if read_value(value, vocabulary).kind == "date":
        if kind_of(row.name, vocabulary) in _MEASURED and re.search(r"\d+月|\d年|\d日", value):
            yield Finding("value", shortened(value), f"「{shortened(row.name, 20)}」要填数值，这里填的是日期。")
    elif len(value) >= 6 and _words_of(value, vocabulary) == "plain":
        about = f"{bare(row.name)}，{bare(row.description)}"
        if not _shares_a_word(value, about, vocabulary):
            yield Finding("value", shortened(value), "指标值没有回答这个指标，请按指标名称填写。")


@row_rule(
    "qualitative-ungraded",
    Severity.WARN,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].value": "参训农户都用上新技术"},
    right={f"{ROWS}[benefit].value": "优、良、中、差中达到良"},
)
def qualitative_ungraded(row: Indicator, context: Context) -> Iterator[Finding]:
    """A value in words with no grade and no standard to hold it against."""
    vocabulary, value = context.vocabulary, row.value.strip()
    if _words_of(value, vocabulary) != "plain" or _judged_elsewhere(row, vocabulary):
        return
    about = f"{bare(row.name)}，{bare(row.description)}"
    if len(value) < 6 or _shares_a_word(value, about, vocabulary):
        yield Finding("value", shortened(value), "定性的指标值要分等级或写明标准，如「优、良、中、差」中的哪一级。")


@row_rule(
    "ambiguous-value",
    Severity.WARN,
    source="时间用「几月底前」或「几个月」表示",
    wrong={f"{ROWS}[time].value": "≤11月"},
    right={f"{ROWS}[time].value": "≤11个月"},
)
def ambiguous_value(row: Indicator, context: Context) -> Iterator[Finding]:
    """«≤12月»: a month of the year, or a number of months?"""
    value = read_value(row.value, context.vocabulary)
    if value.kind == "month" and value.unit == "月" and value.amount is not None and 1 <= value.amount <= 12:
        number = f"{value.amount.normalize():f}"
        message = f"「{row.value.strip()}」分不清是几月还是几个月，请写成「{number}月底前」或「{number}个月」。"
        yield Finding("value", shortened(row.value), message)


# No number is longer: runs of digits without an end would be tried from every one of them.
_APPROXIMATE = re.compile(
    r"\d{1,20}[百千万]?余[\u4e00-\u9fff]?|\d{1,20}多[个家人次项万亿名件户场亩吨台处][\u4e00-\u9fff]{0,2}|\d[\d.,]{0,20}[^\d，。；、\s]{0,4}左右"
    r"|(?<![节制合公预契签条大违履集简规])约(?=\d)\d{1,20}[^\d，。；、\s]{0,3}|近\d{1,20}(?![年个天日月期])[^\d，。；、\s]{0,3}"
    r"|[几数][十百千万][个家人次项万亿名件户场亩吨元]?|[十百千]余[个家人次项名件户场]|大约\d{1,20}"
)


@text_rule(
    "approximate-number",
    Severity.WARN,
    (
        "overall_goal",
        "sub_goals[].text",
        "sub_goals[].goal",
        "sub_goals[].indicator",
        "projects[].goals[]",
        "projects[].indicators[].value",
    ),
    source=_SOURCE,
    wrong={"sub_goals[s2].goal": "建成小麦节水示范田，带动10余家合作社照着做。"},
    right={"sub_goals[s2].goal": "建成小麦节水示范田，其余农户照着做，节约6万立方米水。"},
)
def approximate_number(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """«10余家», «左右»: no number to check against."""
    for found in _APPROXIMATE.finditer(text):
        yield Finding("", shortened(found[0]), f"「{found[0]}」不是确定的数，请写明确切数值。")


@row_rule(
    "basis-missing",
    Severity.WARN,
    source="指标值确定依据为必填栏",
    wrong={f"{ROWS}[benefit].basis": ""},
    right={f"{ROWS}[benefit].basis": "其他标准"},
)
def basis_missing(row: Indicator, context: Context) -> Iterator[Finding]:
    """No 指标值确定依据."""
    if is_filled_up(row, context.vocabulary):
        return
    if not row.basis.strip() or is_filler(row.basis, context.vocabulary):
        yield Finding("basis", row.basis.strip(), "没有填指标值确定依据，如年度计划、历史标准、问卷调查。")


@remembered(20_000)
def _is_result(basis: str, vocabulary: Vocabulary) -> bool:
    if parse_value(basis).number and read_value(basis, vocabulary).kind not in {"other", "date"}:
        return True
    if vocabulary.pattern("answers.source").search(basis):
        return False
    return bool(vocabulary.pattern("answers.result").search(basis))


@row_rule(
    "basis-not-a-source",
    Severity.ERROR,
    source="依据是计划、标准、数据或调查",
    wrong={f"{ROWS}[benefit].basis": "推广效果良好"},
    right={f"{ROWS}[benefit].basis": "满意度调查问卷"},
)
def basis_not_a_source(row: Indicator, context: Context) -> Iterator[Finding]:
    """A result or a wish where the source of the value belongs."""
    basis = row.basis.strip()
    if basis and not is_filled_up(row, context.vocabulary) and _is_result(basis, context.vocabulary):
        message = "依据填的是结果或愿望，请写指标值从哪里来，如年度计划、历史数据、问卷调查。"
        yield Finding("basis", shortened(basis), message)
