"""Rules on the names and descriptions of indicators."""

import re
from collections.abc import Iterator
from functools import lru_cache

from models.checks.answers import read_value
from models.checks.kinds import RATIOS, bare, bracketed, is_filled_up, is_filler, kind_of
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
    text_rule,
)
from models.checks.tier_rules import stray_kind
from models.checks.vocabulary import Vocabulary
from models.document.tree import Indicator, Project
from models.kept_answers import remembered

_SOURCE = "财预〔2015〕88号：指标应指向明确、细化量化"


@project_rule(
    "filler-row",
    Severity.ERROR,
    source="二级指标没有合适内容时不设该行",
    wrong={f"{ROWS}[cost].name": "无", f"{ROWS}[cost].description": "无", f"{ROWS}[cost].value": "无"},
    right={f"{ROWS}[cost].name": "培训支出总额"},
)
def filler_row(project: Project, context: Context) -> Iterator[Finding]:
    """A row of 无, 不涉及 or a dash. It may go, unless it is the last one of its first tier."""
    real_tiers = {row.tier1 for row in project.indicators if not is_filled_up(row, context.vocabulary)}
    for row in project.indicators:
        if not is_filled_up(row, context.vocabulary):
            continue
        path, field = f"indicators[{row.id}]", "name" if is_filler(row.name, context.vocabulary) else "value"
        words: str = getattr(row, field)
        fix = None
        if row.tier1 in real_tiers:
            fix = Fix("删除这一行", None, (Edit("remove", path),))
        yield Finding(
            f"{path}.{field}",
            words.strip(),
            f"{row.tier2 or '指标'}填的是「{words.strip()}」，没有内容的行应删去。",
            fix,
        )


_PARTS = re.compile(r"[、，,；;/／]|以及|[和与及]")


@remembered(20_000)
def _two_names(name: str, vocabulary: Vocabulary) -> bool:
    parts = [part for part in _PARTS.split(bare(name)) if part]
    endings = vocabulary.words("names.measured")
    return len(parts) > 1 and sum(part.endswith(endings) and len(part) > 1 for part in parts) > 1


@row_rule(
    "two-in-one",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[quality].name": "培训出勤率、考核合格率"},
    right={f"{ROWS}[quality].name": "培训和考核合格率"},
)
def two_in_one(row: Indicator, context: Context) -> Iterator[Finding]:
    """Two indicators in one name («开工率、投产率») or two answers in one value («2场，30家»)."""
    if _two_names(row.name, context.vocabulary):
        yield Finding("name", shortened(row.name), "一行写了两个指标，请拆成两行，各填各的指标值。")
    elif read_value(row.value, context.vocabulary).kind == "several" or _TWO_COUNTS.fullmatch(row.value.strip()):
        yield Finding("value", shortened(row.value), "一个指标值里有两个数，请拆成两行指标分别填写。")


_TWO_COUNTS = re.compile(
    r"[≥≤＝=]?\s*\d[\d.,]*\s*[\u4e00-\u9fff]{1,3}\s*[/／]\s*[≥≤＝=]?\s*\d[\d.,]*\s*[\u4e00-\u9fff]{1,3}"
)
"""«400个/400次»."""
_CLAUSE = re.compile(r"[^，,；;。\n]+")
_LISTED = re.compile(
    r"[^、]{2,12}(?:情况|率|数量|满意度|次数|人数)、[^、]{2,14}(?:率|度|数量|情况|人数|次数)[^、\d]{0,6}\d"
)
_RUN_TOGETHER = re.compile(
    r"(?:情况[\u4e00-\u9fff]{2,8}率|(?:优化|改善|加强|提升|提高|完善|推进)[\u4e00-\u9fff]{2,10}?(?:企业|群众|服务对象|居民|村民|职工|农户|学员|老人)满意度)"
    r"[\u4e00-\u9fff≥]{0,4}\d"
)


@text_rule(
    "two-in-one",
    Severity.ERROR,
    ("sub_goals[].indicator",),
    source=_SOURCE,
    wrong={"sub_goals[s1].indicator": "培训农户1200人次以上；设备检查情况、培训安全情况、农户满意度达到95%以上。"},
    right={"sub_goals[s1].indicator": "培训农户1200人次以上；参训农户满意度达到92%以上。"},
)
def two_in_one_clause(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """Several things that share one number in a sub-goal."""
    for clause in _CLAUSE.finditer(text):
        words = clause[0].strip()
        if _LISTED.search(words) or _RUN_TOGETHER.search(words):
            message = "几个指标合用一个数，请分开写，各带各的数值。"
            yield Finding("", shortened(words), message, severity=Severity.WARN)


@remembered(20_000)
def _is_tier_name(name: str, tier1: str, tier2: str) -> bool:
    core = name.strip()
    if core in {tier2, tier1}:
        return bool(core)
    return core not in {"服务对象满意度", "满意度"} and f"{core}指标" in {tier2, tier1}


@row_rule(
    "name-equals-tier",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].name": "社会效益指标"},
    right={f"{ROWS}[satisfaction].name": "服务对象满意度"},
)
def name_equals_tier(row: Indicator, _context: Context) -> Iterator[Finding]:
    """三级指标 repeats 二级指标 («社会效益指标», «社会效益»)."""
    if _is_tier_name(row.name, row.tier1, row.tier2):
        yield Finding("name", shortened(row.name), "三级指标和上级指标同名，请写清具体衡量什么。")


_FOR_WHOM = re.compile(r"(?:为|使|让|给|对).{2,}?(?:提供|带来|创造|营造|奠定|感到|作出|做出|增添)")


@remembered(20_000)
def _is_sentence(name: str, vocabulary: Vocabulary) -> bool:
    core = bare(name)
    if kind_of(name, vocabulary) not in {"", "effect", "efficiency"}:
        return False
    verb = vocabulary.pattern("names.slogan_verbs").match(core)
    if re.search(r"[，,。；！]", core) or _FOR_WHOM.match(core):
        return True
    adverb = vocabulary.pattern("names.slogan_adverbs").match(core)
    return bool(adverb and len(core) >= 6) or bool(verb and len(core) >= 10)


@row_rule(
    "name-is-sentence",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].name": "大力推广新技术，促进农业节水"},
    right={f"{ROWS}[benefit].name": "推广新技术耕地面积"},
)
def name_is_sentence(row: Indicator, context: Context) -> Iterator[Finding]:
    """A slogan or a whole sentence as the name."""
    if _is_sentence(row.name, context.vocabulary):
        yield Finding("name", shortened(row.name), "三级指标写成了一句话，请改成名词短语，如「××数量」「××率」。")


@row_rule(
    "generic-name",
    Severity.WARN,
    source=_SOURCE,
    wrong={f"{ROWS}[satisfaction].name": "满意度", f"{ROWS}[satisfaction].description": "总体满意度"},
    right={f"{ROWS}[satisfaction].name": "农户满意度"},
)
def generic_name(row: Indicator, context: Context) -> Iterator[Finding]:
    """«满意度», «完成率» with no subject, where the description names none either."""
    generic = _generic(context.vocabulary)
    name = bare(row.name)
    if name in generic:
        description = bare(row.description)
        nobody = kind_of(name, context.vocabulary) == "satisfaction"  # whose it is stands in the name
        if nobody or not description or description == name or description in generic:
            yield Finding("name", shortened(row.name), f"「{name}」没有说清是谁的、什么事的，请写上对象。")


@lru_cache(4)
def _generic(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary.words("names.generic"))


@row_rule(
    "unit-in-name",
    Severity.INFO,
    source="单位填在指标值里",
    wrong={f"{ROWS}[quality].name": "培训考核合格率（%）"},
    right={f"{ROWS}[quality].name": "培训考核合格率（含补考）"},
)
def unit_in_name(row: Indicator, context: Context) -> Iterator[Finding]:
    """A unit in the name's bracket, or % at its end, and again in the value."""
    name, value = row.name.strip(), read_value(row.value, context.vocabulary)
    if not value.is_number or value.kind == "bare":
        return
    if name.endswith(("%", "％")):
        better = f"{name[:-1]}率"
    elif value.unit and _same_unit(bracketed(name).lstrip("*×XxＸ"), value.unit):
        better = name[: max(name.rfind("（"), name.rfind("("))].rstrip()
    else:
        return
    fix = replacing("去掉名称里的单位", "name", better)
    yield Finding("name", shortened(name), "单位写在指标值里即可，名称里不必再写。", fix)


def _same_unit(in_name: str, in_value: str) -> bool:
    same = {"百分比": "%", "％": "%"}
    return bool(in_name) and same.get(in_name, in_name) == same.get(in_value, in_value)


@row_rule(
    "desc-repeats-name",
    Severity.INFO,
    source="指标描述应说明怎样计算、统计什么",
    wrong={f"{ROWS}[benefit].description": "新技术推广面积"},
    right={f"{ROWS}[benefit].description": "新技术推广的耕地面积"},
)
def desc_repeats_name(row: Indicator, context: Context) -> Iterator[Finding]:
    """The description equals the name."""
    if row.description and bare(row.description) == bare(row.name) and not is_filled_up(row, context.vocabulary):
        if _is_tier_name(row.name, row.tier1, row.tier2):
            return
        yield Finding("description", shortened(row.description), "描述和名称一样，请说明怎样计算或统计什么。")


@remembered(20_000)
def _is_vague(name: str, vocabulary: Vocabulary) -> bool:
    core, kind = bare(name), kind_of(name, vocabulary)
    if core.endswith(vocabulary.words("names.vague")):
        return not core.endswith("营商环境") or len(core) > 6
    if kind in RATIOS or kind in {"count", "people", "cost", "revenue", "timeliness"}:
        return False
    verb = vocabulary.pattern("names.slogan_verbs").match(core)
    return bool(verb and verb[0] not in {"保障", "确保", "维护"}) and "就业" not in core


_HOW_MEASURED = re.compile("占.{0,20}?(?:比例|比重|百分比)|占比|[÷/／×]|抽样|测评得分|问卷.{0,8}?(?:得分|比例)")
"""A description that says how the percentage is worked out makes the indicator measurable."""


@row_rule(
    "vague-indicator",
    Severity.WARN,
    source=_SOURCE,
    wrong={f"{ROWS}[benefit].name": "农户科学种田能力", f"{ROWS}[benefit].value": "≥90%"},
    right={f"{ROWS}[benefit].name": "农户新技术掌握率", f"{ROWS}[benefit].value": "≥90%"},
)
def vague_indicator(row: Indicator, context: Context) -> Iterator[Finding]:
    """An ability, influence or effect in percent that nobody can measure."""
    if row.tier1 == "满意度指标":
        return  # what people are asked
    if read_value(row.value, context.vocabulary).kind != "percent" or not _is_vague(row.name, context.vocabulary):
        return
    if bare(row.name).endswith(context.vocabulary.words("names.official")) or _HOW_MEASURED.search(row.description):
        return
    if not stray_kind(row, context.vocabulary):
        message = f"「{shortened(row.name, 20)}」无法按百分比测算，请换成能计数或能计算的指标。"
        yield Finding("name", shortened(row.name), message)
