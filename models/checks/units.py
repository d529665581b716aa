"""Rules on whether the value's unit answers the name: counts in fitting units, rates in percent, costs in money."""

import re
from collections.abc import Iterator
from functools import lru_cache

from models.checks.kinds import AMOUNTS, COUNTS, RATIOS, Value, bracketed, is_filled_up, kind_of, read_value
from models.checks.registry import (
    Context,
    Edit,
    Finding,
    Fix,
    Severity,
    project_rule,
    replacing,
    row_rule,
    shortened,
)
from models.checks.tiers import stray_kind
from models.checks.vocabulary import Vocabulary
from models.document import Indicator, Project
from models.values import money, parse_value

_ROW = "projects[p1].indicators"
_SOURCE = "财预〔2015〕88号：指标值应细化量化、可衡量"

_COST_TIERS = frozenset({"成本指标", "经济成本指标"})


def is_cost_tier(tier2: str) -> bool:
    """Whether the second tier asks for an amount of money."""
    return tier2.strip() in _COST_TIERS


_UNIT_OF_KIND = {**dict.fromkeys(RATIOS, "%"), "times": "次", "days": "天"}


@row_rule(
    "unit-missing",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{_ROW}[quality].value": "≥95"},
    right={f"{_ROW}[quality].value": "≥95百分比"},
)
def unit_missing(row: Indicator, context: Context) -> Iterator[Finding]:
    """A number without unit."""
    if read_value(row.value, context.vocabulary).kind != "bare":
        return
    kind = kind_of(row.name, context.vocabulary)
    unit = bracketed(row.name)
    if unit not in context.template.known_units:
        unit = "人次" if row.name.endswith("人次") else "人" if kind == "people" else _UNIT_OF_KIND.get(kind, "")
    value = row.value.strip()
    fix = replacing(f"补上「{unit}」", "value", f"{value}{unit}") if unit else None
    yield Finding("value", shortened(value), "指标值只有数字，没有单位，请补上单位。", fix)


@lru_cache(20_000)
def _unfit(kind: str, answer: str, vocabulary: Vocabulary) -> bool:
    """Whether values of the class `answer` cannot measure what `kind` names."""
    if answer in {"bare", "other"}:
        return False
    fits = vocabulary.groups("units.fits").get(kind)
    if fits is not None:
        return answer not in fits and not (answer == "price" and "money" in fits)
    return answer in vocabulary.groups("units.unfit").get(kind, ())


@row_rule(
    "unit-mismatch",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{_ROW}[quantity].value": "≥1200平方米"},
    right={f"{_ROW}[quantity].value": "≥1200人"},
)
def unit_mismatch(row: Indicator, context: Context) -> Iterator[Finding]:
    """A unit that is none («次数»), is cut short («亿»), or does not fit the name («（个）» and 场, persons in %)."""
    value = read_value(row.value, context.vocabulary)
    if not value.is_number or not value.unit:
        return
    wrong = _badly_written(row, value, context.vocabulary)
    if wrong:
        fix = _with_unit(row, wrong)
        yield Finding("value", shortened(row.value), f"单位「{value.unit}」应写作「{wrong}」。", fix)
    elif _in_bracket(row.name, value, context):
        message = f"名称里的单位是「{bracketed(row.name)}」，指标值用的是「{value.unit}」，请统一。"
        yield Finding("value", shortened(row.value), message)
    elif _counts_in_another(row, value, context.vocabulary):
        message = f"单位「{value.unit}」和「{shortened(row.name, 20)}」不相配，请核实。"
        yield Finding("value", shortened(row.value), message)


@lru_cache(2_000)
def _right_units(unit: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """How a badly written unit, and how money written short should read."""
    wrong, short = vocabulary.table("units.wrong"), vocabulary.table("units.short_money")
    return wrong.get(unit, ""), short.get(unit, "")


def _badly_written(row: Indicator, value: Value, vocabulary: Vocabulary) -> str:
    wrong, short = _right_units(value.unit, vocabulary)
    if wrong:
        return wrong
    speaks_of_money = kind_of(row.name, vocabulary) in AMOUNTS or "元" in bracketed(row.name) or is_cost_tier(row.tier2)
    return short if short and speaks_of_money else ""


def _with_unit(row: Indicator, unit: str) -> Fix | None:
    old = parse_value(row.value).unit
    head, found, tail = row.value.rpartition(old)
    if not found or not old:
        return None
    value = f"{head}{unit}{tail}"
    edits = [Edit("replace", "value", value)]
    if bracketed(row.name) == unit:  # both now say the unit: once is enough
        name = row.name.rstrip()
        edits.append(Edit("replace", "name", name[: max(name.rfind("（"), name.rfind("("))].rstrip()))
    return Fix(f"改为「{unit}」", value, tuple(edits))


_SAME_MEANING = (
    {"%", "百分比", "％"},
    {"次", "次数"},
    {"台", "套", "台（套）"},
    {"人", "名"},
    {"平方米", "㎡", "平米"},
    {"公里", "千米"},
)


def _in_bracket(name: str, value: Value, context: Context) -> bool:
    unit = bracketed(name)
    if not unit or unit == value.unit or unit not in context.template.known_units:
        return False
    return not any({unit, value.unit} <= same for same in _SAME_MEANING)


def _counts_in_another(row: Indicator, value: Value, vocabulary: Vocabulary) -> bool:
    """Persons by the square metre, an area by the metre. Rates and percents are name-value-mismatch's."""
    kind = kind_of(row.name, vocabulary)
    if value.kind == "percent":
        return kind == "people" or (not kind and row.name.strip().endswith(("就业", "增收", "人才")))
    return kind in COUNTS and _unfit(kind, value.kind, vocabulary)


@row_rule(
    "name-value-mismatch",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{_ROW}[quality].value": "≥95万元"},
    right={f"{_ROW}[quality].value": "95%"},
)
def name_value_mismatch(row: Indicator, context: Context) -> Iterator[Finding]:
    """A rate with an amount or a count, a count or an amount with a percent."""
    vocabulary = context.vocabulary
    kind, value = kind_of(row.name, vocabulary), read_value(row.value, vocabulary)
    if not kind or not value.is_number or kind == "satisfaction":
        return
    if kind in RATIOS:
        if _unfit(kind, value.kind, vocabulary):
            message = f"「{shortened(row.name, 20)}」是比率，指标值却不是百分比，请核对名称和指标值。"
            fits_its_tier = is_cost_tier(row.tier2) and value.kind in {"money", "price"}
            field = "name" if fits_its_tier else "value"
            yield Finding(field, shortened(getattr(row, field)), message)
    elif kind in COUNTS or kind in AMOUNTS or kind == "duration":
        if is_cost_tier(row.tier2) and kind in AMOUNTS:
            return
        if value.kind == "percent" or (kind not in COUNTS and _unfit(kind, value.kind, vocabulary)):
            message = f"「{shortened(row.name, 20)}」和指标值「{shortened(row.value, 20)}」对不上，请核对。"
            yield Finding("value", shortened(row.value), message)


_COST_RATE_DOWN = re.compile(r"(?:控制|超支|占比|比例|比重|变更)率?\Z|成本率\Z")
_COST_RATE_UP = re.compile(r"(?:节支|节约|节省|下降|降低|减少|压减|压缩)(?:率|比例|幅度)\Z")


def _is_cost_rate(name: str, value: Value) -> bool:
    """A rate that a 成本 row may hold: the share of the budget used (≤), or saved (≥)."""
    if value.kind != "percent":
        return False
    core = name.strip()
    if _COST_RATE_UP.search(core):
        return value.sign not in {"≤", "＜"}
    return bool(_COST_RATE_DOWN.search(core)) and value.sign not in {"≥", "＞"}


@project_rule(
    "cost-not-amount",
    Severity.ERROR,
    source="财预〔2015〕88号：成本指标说明所花的钱",
    wrong={f"{_ROW}[cost].value": "不超过年初预算"},
    right={f"{_ROW}[cost].value": "≤500元/人"},
)
def cost_not_amount(project: Project, context: Context) -> Iterator[Finding]:
    """A 成本 row without an amount. For the whole project's cost the budget is the ceiling to write."""
    for row in project.indicators:
        value = read_value(row.value, context.vocabulary)
        if not is_cost_tier(row.tier2) or value.kind in {"money", "price", "blank", "filler", "bare", "several"}:
            continue
        if is_filled_up(row, context.vocabulary) or stray_kind(row, context.vocabulary):
            continue
        if _is_cost_rate(row.name, value) or (
            value.is_number and kind_of(row.name, context.vocabulary) in RATIOS - {"faulty"}
        ):
            continue
        fix = _ceiling(project, row, value)
        message = "成本指标没有写金额，请写明上限，如「≤××万元」。"
        yield Finding(f"indicators[{row.id}].value", shortened(row.value), message, fix)


def _ceiling(project: Project, row: Indicator, value: Value) -> Fix | None:
    amount = money(project.budget, project.amount_unit)
    if value.kind != "words" or not amount or not re.search("总成本|总费用|总额|总投资|资金成本|成本开支", row.name):
        return None
    text = f"≤{amount.normalize():f}万元"
    return replacing(f"改为「{text}」", f"indicators[{row.id}].value", text)


@row_rule(
    "time-not-dated",
    Severity.ERROR,
    source="时效指标写明时间或及时率",
    wrong={f"{_ROW}[time].value": "按时完成"},
    right={f"{_ROW}[time].value": "12月15日前"},
)
def time_not_dated(row: Indicator, context: Context) -> Iterator[Finding]:
    """A 时效 row with neither date nor length of time nor rate."""
    if row.tier2 != "时效指标" or is_filled_up(row, context.vocabulary):
        return
    value = read_value(row.value, context.vocabulary)
    if value.kind in {"words", "money", "price", "length", "area", "weight"} and not re.search(r"[*×]", row.value):
        message = "时效指标没有写明时间，请填日期（如「11月底前」）、天数或及时率。"
        yield Finding("value", shortened(row.value), message)


@row_rule(
    "satisfaction-not-percent",
    Severity.ERROR,
    source="满意度按百分比填写",
    wrong={f"{_ROW}[satisfaction].value": "满意"},
    right={f"{_ROW}[satisfaction].value": "≥92.5%"},
)
def satisfaction_not_percent(row: Indicator, context: Context) -> Iterator[Finding]:
    """满意度 without a percentage."""
    if kind_of(row.name, context.vocabulary) != "satisfaction" and not (
        row.tier1 == "满意度指标" and "满意" in row.name
    ):
        return
    value = read_value(row.value, context.vocabulary)
    if value.kind not in {"percent", "blank", "filler", "bare", "several"} and not re.search(r"[*×]", row.value):
        yield Finding("value", shortened(row.value), "满意度要填百分比，如「≥90%」。")
