"""Rules on the sign and the height of a value: what should be high, what should be low, what cannot be."""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.checks import texts
from models.checks.answers import Value, read_value
from models.checks.kinds import bare, either_direction, is_filled_up, kind_of, lower_is_better
from models.checks.registry import ROWS, Context, Finding, Fix, Severity, replacing, row_rule, shortened, text_rule
from models.checks.unit_rules import is_cost_tier
from models.checks.vocabulary import Vocabulary
from models.checks.wanted import DOWN, UP, is_rate, is_share_of_a_whole, wanted_direction
from models.document.tree import Indicator
from models.document.values import parse_value
from models.kept_answers import remembered

_SOURCE = "财预〔2015〕88号：指标值应合理可行"
_UPWARD, _DOWNWARD = frozenset("≥＞"), frozenset("≤＜")
_FLIPPED = {"≥": "≤", "＞": "＜", "≤": "≥", "＜": "＞"}
_SAVED = re.compile("节约|节省|节支|降低|减少|下降|压减|减免|带动|撬动|吸引|标准")
_FELL = re.compile("下降|降低|减少|压降|降幅|减幅")


@row_rule(
    "wrong-direction",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[quantity].value": "≤1200人次"},
    right={f"{ROWS}[quantity].value": "1200人次"},
)
def wrong_direction(row: Indicator, context: Context) -> Iterator[Finding]:
    """≤ for what should be high, ≥ for a cost or a ceiling. Whether the sign or the name is meant the clerk says."""
    value = read_value(row.value, context.vocabulary)
    if not value.is_number or value.sign not in _FLIPPED or (value.amount is not None and value.amount < 0):
        return
    wanted = _wanted(row, value, context.vocabulary)
    if (wanted == UP and value.sign in _DOWNWARD) or (wanted == DOWN and value.sign in _UPWARD):
        why = "一般越高越好，很少设上限" if wanted == UP else "一般应当封顶，很少设下限"
        message = f"「{shortened(row.name, 20)}」{why}，这里的符号是「{value.sign}」，请核对。"
        yield Finding("value", shortened(row.value), message, choices=_turned(row, value))


def _wanted(row: Indicator, value: Value, vocabulary: Vocabulary) -> str:
    name = row.name
    if is_cost_tier(row.tier2) and value.kind in {"money", "price"}:
        return "" if _SAVED.search(name) or either_direction(name, vocabulary) else DOWN
    wanted = wanted_direction(name, vocabulary) or _limit_of_time(row, value, vocabulary)
    # A loss in percent is its change, and a description may say that a fall is meant.
    changes = value.kind == "percent" and not is_rate(name, vocabulary) and kind_of(name, vocabulary) != "satisfaction"
    return "" if wanted == DOWN and (changes or _FELL.search(row.description)) else wanted


def _limit_of_time(row: Indicator, value: Value, vocabulary: Vocabulary) -> str:
    """Under 时效 a «时限» in minutes, hours or working days is one not to be passed, unless it is a time that is to last."""
    is_limit = row.tier2.strip() == "时效指标" and bare(row.name).endswith("时限") and value.unit in _WAITED
    return DOWN if is_limit and not vocabulary.pattern("directions.time.long").search(row.name) else ""


_WAITED = frozenset({"分钟", "小时", "个小时", "个工作日", "工作日"})


def _turned(row: Indicator, value: Value) -> tuple[Fix, ...]:
    """The value with the other sign; a payment rate ends at 100 % as the plan does."""
    paid = re.search(r"(?:支付|支出|拨付|预算执行)(?:率|进度)\Z", bare(row.name)) and value.kind == "percent"
    first = row.value.strip()[:1]
    typed = parse_value(row.value).sign or (first if first in _FLIPPED else "")
    if not typed and not paid:
        return ()
    better = f"100{value.unit}" if paid else row.value.replace(typed, _FLIPPED[value.sign], 1)
    return (replacing(f"改为「{better.strip()}」", "value", better),)


@remembered(20_000)
def _is_unclear(name: str, vocabulary: Vocabulary) -> bool:
    core = bare(name)
    return core.endswith(vocabulary.words("names.unclear")) and not vocabulary.pattern("names.clear").search(core)


@row_rule(
    "direction-unclear",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].name": "新技术对产量的影响", f"{ROWS}[benefit].value": "≥60%"},
    right={f"{ROWS}[benefit].name": "新技术增产率", f"{ROWS}[benefit].value": "≥6%"},
)
def direction_unclear(row: Indicator, context: Context) -> Iterator[Finding]:
    """An influence or a change as a number: neither direction makes sense."""
    value = read_value(row.value, context.vocabulary)
    is_bounded = value.sign in _DOWNWARD and not re.search("影响", row.name)  # a change that is kept small
    shown_by_the_value = (value.amount is not None and value.amount < 0) or is_bounded
    if value.is_number and not shown_by_the_value and _is_unclear(row.name, context.vocabulary):
        message = f"「{shortened(row.name, 20)}」看不出是越高越好还是越低越好，请写明是改善还是降低什么。"
        yield Finding("value", shortened(row.value), message)


_FAR_ABOVE = 200
"""Percent: no rate of any kind is so high, growth aside."""


@row_rule(
    "over-100",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[quality].name": "学员到课率", f"{ROWS}[quality].value": "≥105%"},
    right={f"{ROWS}[quality].name": "学员到课率", f"{ROWS}[quality].value": "100%"},
)
def over_100(row: Indicator, context: Context) -> Iterator[Finding]:
    """A share of a whole above 100 % (growth may be)."""
    value = read_value(row.value, context.vocabulary)
    if value.kind != "percent" or value.amount is None or value.amount <= 100:
        return
    is_rate = value.amount >= _FAR_ABOVE and kind_of(row.name, context.vocabulary) in {"share", "faulty"}
    if is_rate or is_share_of_a_whole(row.name, context.vocabulary) or row.tier1 == "满意度指标":
        yield Finding("value", shortened(row.value), "比率不会超过 100%，请核对数字。")


_SHARE_MESSAGE = re.compile(
    r"(?:合格率|通过率|覆盖率|完成率|满意度|及时率|支付率|达标率|办结率|执行率|准确率|到位率|完好率|成活率)[^，,；;。\d、]{0,6}"
    r"(?P<number>\d{3,}(?:\.\d+)?)\s*(?:%|％|百分比)"
)


@text_rule(
    "over-100",
    Severity.ERROR,
    (*texts.SUB_GOAL_TEXTS, "projects[].goals[]", "overall_goal"),
    source=_SOURCE,
    wrong={"sub_goals[s2].indicator": "建设示范田6处；设备维修及时率达到110%。"},
    right={"sub_goals[s2].indicator": "建设示范田6处；示范田产量比上年提高110%。"},
)
def over_100_reported(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """The same in running text."""
    for found in _SHARE_MESSAGE.finditer(text):
        if Decimal(found["number"]) > 100:
            yield Finding("", shortened(found[0]), "比率不会超过 100%，请核对数字。")


def _satisfaction(row: Indicator, context: Context) -> Decimal | None:
    """The percentage of a satisfaction row, None elsewhere."""
    value = read_value(row.value, context.vocabulary)
    if value.kind != "percent" or is_filled_up(row, context.vocabulary):
        return None
    is_one = kind_of(row.name, context.vocabulary) == "satisfaction" or (
        row.tier1 == "满意度指标" and not lower_is_better(row.name, context.vocabulary)
    )
    return value.amount if is_one else None


_USUAL = 80


@row_rule(
    "satisfaction-low",
    Severity.WARN,
    source="满意度一般不低于 80%",
    wrong={f"{ROWS}[satisfaction].value": "≥60%"},
    right={f"{ROWS}[satisfaction].value": "≥80%"},
)
def satisfaction_low(row: Indicator, context: Context) -> Iterator[Finding]:
    """Below what is usual."""
    amount = _satisfaction(row, context)
    if amount is not None and amount < _USUAL:
        yield Finding("value", shortened(row.value), f"满意度一般不低于 {_USUAL}%，请核对是否定得太低。")


@row_rule(
    "satisfaction-100",
    Severity.INFO,
    source="满意度 100% 很难达到",
    wrong={f"{ROWS}[satisfaction].value": "100%"},
    right={f"{ROWS}[satisfaction].value": "≥98%"},
)
def satisfaction_100(row: Indicator, context: Context) -> Iterator[Finding]:
    """100 %: hardly ever reached."""
    if _satisfaction(row, context) == 100:
        yield Finding("value", shortened(row.value), "满意度定为 100% 很难达到，请考虑是否合适。")


_SATISFACTION_MESSAGE = re.compile(
    r"(?:满意度|满意率|满意数量占[^，；。]{0,6}比例)[^，,；;。\d、]{0,6}(?P<number>\d{1,3}(?:\.\d+)?)\s*(?:%|％|百分比)"
)
_MENTIONED_IN = ("sub_goals[].goal", "sub_goals[].indicator", "projects[].goals[]", "overall_goal")


@text_rule(
    "satisfaction-low",
    Severity.WARN,
    _MENTIONED_IN,
    source="满意度一般不低于 80%",
    wrong={"sub_goals[s2].indicator": "建设示范田6处；示范田验收合格率达到100%；周边农户满意度达到60%。"},
    right={"sub_goals[s2].indicator": "建设示范田6处；示范田验收合格率达到100%；周边农户满意度达到90%。"},
)
def satisfaction_low_reported(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """The same in running text."""
    for found in _SATISFACTION_MESSAGE.finditer(text):
        if Decimal(found["number"]) < _USUAL:
            yield Finding("", shortened(found[0]), f"满意度一般不低于 {_USUAL}%，请核对是否定得太低。")


@text_rule(
    "satisfaction-100",
    Severity.INFO,
    _MENTIONED_IN,
    source="满意度 100% 很难达到",
    wrong={"sub_goals[s2].indicator": "建设示范田6处；示范田验收合格率达到100%；周边农户满意度达到100%。"},
    right={"sub_goals[s2].indicator": "建设示范田6处；示范田验收合格率达到100%；周边农户满意度达到95%。"},
)
def satisfaction_100_reported(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """The same in running text."""
    for found in _SATISFACTION_MESSAGE.finditer(text):
        if Decimal(found["number"]) == 100:
            yield Finding("", shortened(found[0]), "满意度定为 100% 很难达到，请考虑是否合适。")


_AT_ONCE = re.compile("一次|首次|初检|初次|初验|抽检|抽查")
"""What does not pass at the first look is mended and accepted later."""
_ACCEPTED = re.compile("(?:验收|竣工|工程质量).*(?:合格率|通过率|验收率|合格比例)")


@row_rule(
    "low-pass-rate",
    Severity.WARN,
    source="验收不合格不能交付",
    wrong={
        f"{ROWS}[quality].name": "培训教室改造验收合格率",
        f"{ROWS}[quality].description": "教室改造验收合格的间数占比",
    },
    right={
        f"{ROWS}[quality].name": "培训教室改造验收合格率",
        f"{ROWS}[quality].description": "教室改造验收合格的间数占比",
        f"{ROWS}[quality].value": "100%",
    },
)
def low_pass_rate(row: Indicator, context: Context) -> Iterator[Finding]:
    """验收合格率 below 100 %: what is not accepted is not delivered."""
    value = read_value(row.value, context.vocabulary)
    if value.kind != "percent" or value.amount is None or value.amount >= 100:
        return
    if kind_of(row.name, context.vocabulary) == "pass" and _ACCEPTED.search(name := bare(row.name)):
        if _AT_ONCE.search(name):
            return
        yield Finding("value", shortened(row.value), "验收合格率一般应为 100%，请核对。")
