"""Rules on whether the value's unit answers the name: counts in fitting units, rates in percent, costs in money."""

import re
from collections.abc import Iterator

from models.checks.answers import Value, read_value
from models.checks.kinds import AMOUNTS, COUNTS, RATIOS, bare, bracketed, is_filled_up, kind_of
from models.checks.registry import (
    ROWS,
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
from models.checks.tier_rules import stray_kind
from models.checks.vocabulary import Vocabulary
from models.document.tree import Indicator, Project
from models.document.values import money, parse_value
from models.kept_answers import remembered

_SOURCE = "财预〔2015〕88号：指标值应细化量化、可衡量"

_COST_TIERS = frozenset({"成本指标", "经济成本指标"})


def is_cost_tier(tier2: str) -> bool:
    """Whether the second tier asks for an amount of money."""
    return tier2.strip() in _COST_TIERS


_UNIT_OF_KIND = {**dict.fromkeys(RATIOS, "%"), "times": "次", "days": "天", "people": "人"}
PER_POPULATION = re.compile("每|[十百千万亿]{1,2}(?:人|元|名|台|辆|户|公里|车公里|从业|张|例|常住)")
_COUNTED_UNIT = re.compile(
    "(?P<unit>人次|场次|批次|班次|[人户家件起次场天台套辆座处条项份篇册株例宗个])(?:数|(?<=次))\\Z"
)


@row_rule(
    "unit-missing",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[quality].value": "≥95"},
    right={f"{ROWS}[quality].value": "≥95百分比"},
)
def unit_missing(row: Indicator, context: Context) -> Iterator[Finding]:
    """A number without unit. Zero needs none, nor do indices and rates «per 万人»; of unknown names nobody knows."""
    value = read_value(row.value, context.vocabulary)
    kind = kind_of(row.name, context.vocabulary)
    if value.kind != "bare" or value.amount == 0 or kind == "index":
        return
    if PER_POPULATION.search(row.name) and not (kind == "cost" and is_cost_tier(row.tier2)):
        return
    if not kind and row.tier2 != "数量指标":
        return
    text, unit = row.value.strip(), _unit_in_name(row.name, context)
    fix = _with_the_names_unit(row, f"{text}{unit}", unit) if unit else None
    likely = _UNIT_OF_KIND.get(kind, "")
    choices = (replacing(f"补上「{likely}」", "value", f"{text}{likely}"),) if likely and not fix else ()
    yield Finding("value", shortened(text), "指标值只有数字，没有单位，请补上单位。", fix, choices=choices)


def _unit_in_name(name: str, context: Context) -> str:
    """The unit a name says itself: «服务企业（家）», «培训人次», «检查次数»; "" where it says none."""
    unit = bracketed(name)
    if unit in context.template.known_units:
        return unit
    found = _COUNTED_UNIT.search(bare(name))
    return found["unit"] if found else ""


@remembered(20_000)
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
    wrong={f"{ROWS}[quantity].value": "≥1200平方米"},
    right={f"{ROWS}[quantity].value": "≥1200人"},
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


@remembered(2_000)
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
    return _with_the_names_unit(row, f"{head}{unit}{tail}", unit, "改为")


def _with_the_names_unit(row: Indicator, value: str, unit: str, what: str = "补上") -> Fix:
    """The value with its unit; where the name's bracket says it, too, once is enough."""
    edits = [Edit("replace", "value", value)]
    if bracketed(row.name) == unit:
        name = row.name.rstrip()
        edits.append(Edit("replace", "name", name[: max(name.rfind("（"), name.rfind("("))].rstrip()))
    return Fix(f"{what}「{unit}」", value, tuple(edits))


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
    if "/" in value.unit:
        return False
    if value.kind == "percent":
        return kind == "people" or (not kind and row.name.strip().endswith(("就业", "增收", "人才")))
    if kind == "count" and value.kind in _MEASURED and _COUNTED_UNIT.search(bare(row.name)):
        return True
    return kind in COUNTS and _unfit(kind, value.kind, vocabulary)


_MEASURED = frozenset({"length", "area", "weight"})
"""What a name that says its own unit does not count: «件数» in 公里."""


@row_rule(
    "name-value-mismatch",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[quality].value": "≥95万元"},
    right={f"{ROWS}[quality].value": "95%"},
)
def name_value_mismatch(row: Indicator, context: Context) -> Iterator[Finding]:
    """A rate with an amount or a count, a count or an amount with a percent."""
    vocabulary = context.vocabulary
    kind, value = kind_of(row.name, vocabulary), read_value(row.value, vocabulary)
    if not kind or not value.is_number or kind == "satisfaction":
        return
    if kind in RATIOS:
        per_something = "/" in value.unit or PER_POPULATION.search(row.name)
        if _unfit(kind, value.kind, vocabulary) and not per_something:
            message = f"「{shortened(row.name, 20)}」是比率，指标值却不是百分比，请核对名称和指标值。"
            fits_its_tier = is_cost_tier(row.tier2) and value.kind in {"money", "price"}
            field = "name" if fits_its_tier else "value"
            yield Finding(field, shortened(getattr(row, field)), message)
    elif kind in COUNTS or kind in AMOUNTS or kind == "duration":
        if is_cost_tier(row.tier2) and kind in AMOUNTS:
            return
        if value.kind == "percent" and _CHANGES.search(row.name):
            return  # «降低用能成本 ≥3%»
        if value.kind == "percent" or (kind not in COUNTS and _unfit(kind, value.kind, vocabulary)):
            message = f"「{shortened(row.name, 20)}」和指标值「{shortened(row.value, 20)}」对不上，请核对。"
            yield Finding("value", shortened(row.value), message)


_CHANGES = re.compile("降低|减少|下降|压减|压缩|节约|节省|提高|提升|增长|增加|减轻|缩短")
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
    wrong={f"{ROWS}[cost].value": "不超过年初预算"},
    right={f"{ROWS}[cost].value": "≤500元/人"},
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
        if _SHARE_OF_A_BASE.search(row.value):
            continue
        message = "成本指标没有写金额，请写明上限，如「≤××万元」。"
        choices = _ceiling(project, row, value)
        yield Finding(f"indicators[{row.id}].value", shortened(row.value), message, choices=choices)


_SHARE_OF_A_BASE = re.compile(r"[\u4e00-\u9fffA-Za-z]的\s*\d")
"""«LPR的50%», «最低工资标准的1/3»: an amount all the same."""


def _ceiling(project: Project, row: Indicator, value: Value) -> tuple[Fix, ...]:
    amount = money(project.budget, project.amount_unit)
    if value.kind != "words" or not amount or not re.search("总成本|总费用|总额|总投资|资金成本|成本开支", row.name):
        return ()
    text = f"≤{amount.normalize():f}万元"
    return (replacing(f"改为「{text}」", f"indicators[{row.id}].value", text),)


_ONLY_IN_TIME = re.compile("按时|及时|按期|如期|准时|适时|尽快|尽早|按计划|按要求|按进度|按规定")


@row_rule(
    "time-not-dated",
    Severity.ERROR,
    source="时效指标写明时间或及时率",
    wrong={f"{ROWS}[time].value": "按时完成"},
    right={f"{ROWS}[time].value": "12月15日前"},
)
def time_not_dated(row: Indicator, context: Context) -> Iterator[Finding]:
    """A 时效 row with neither date nor length of time nor rate. Words that are not known to say only «in time» («汛期前»,
    «日产日清», «主体完工») may name an event."""
    if row.tier2 != "时效指标" or is_filled_up(row, context.vocabulary):
        return
    value, vocabulary = read_value(row.value, context.vocabulary), context.vocabulary
    no_time = value.kind in {"money", "price", "length", "area", "weight"}
    if value.kind == "words" and not re.search(r"[*×]", row.value):
        patterns = (_ONLY_IN_TIME, vocabulary.pattern("answers.vague"), vocabulary.pattern("answers.result"))
        no_time = any(pattern.search(row.value) for pattern in patterns)
    if no_time:
        message = "时效指标没有写明时间，请填日期（如「11月底前」）、天数或及时率。"
        yield Finding("value", shortened(row.value), message)


@row_rule(
    "satisfaction-not-percent",
    Severity.ERROR,
    source="满意度按百分比填写",
    wrong={f"{ROWS}[satisfaction].value": "满意"},
    right={f"{ROWS}[satisfaction].value": "≥92.5%"},
)
def satisfaction_not_percent(row: Indicator, context: Context) -> Iterator[Finding]:
    """满意度 with neither percentage nor marks."""
    if kind_of(row.name, context.vocabulary) != "satisfaction" and not (
        row.tier1 == "满意度指标" and "满意" in row.name
    ):
        return
    value = read_value(row.value, context.vocabulary)
    if re.search("[*×]|上年|去年|往年", row.value):
        return
    if value.kind not in {"percent", "points", "blank", "filler", "bare", "several"}:
        yield Finding("value", shortened(row.value), "满意度要填百分比，如「≥90%」。")
