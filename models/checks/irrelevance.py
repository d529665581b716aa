"""Rules on what an indicator speaks of: its description and its project speak of the same."""

import re
from collections.abc import Iterator
from functools import lru_cache

from models.checks.kinds import AMOUNTS, bare, is_filled_up, kind_of
from models.checks.prose import pairs
from models.checks.registry import ROWS, Context, Finding, Severity, project_rule, row_rule, shortened
from models.checks.vocabulary import Vocabulary
from models.document.tree import Indicator, Project
from models.kept_answers import remembered


@remembered(20_000)
def _topics(text: str, key: str, vocabulary: Vocabulary) -> frozenset[str]:
    groups = vocabulary.groups(key)
    return frozenset(name for name, words in groups.items() if any(word in text for word in words))


def _pairs(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The pairs of neighbouring characters, the ones without meaning aside."""
    return pairs(text) - _common(vocabulary)


@lru_cache(4)
def _common(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary.words("subjects.common"))


_HARD = frozenset({"people", "times", "length", "area", "cost", "days", "satisfaction", "weight", "revenue"})


_HOW_COUNTED = re.compile(
    r"(?:抽查|查阅|抽取)(?:的)?(?:档案|卷宗|系统|数据|台账)|(?:档案|系统|数据|台账)(?:显示|记载|记录|登记)"
)
"""Where a number is read from is not what it is about."""


@remembered(20_000)
def _speaks_of_another(name: str, description: str, vocabulary: Vocabulary) -> bool:
    if not name or len(description) < 4 or _pairs(name, vocabulary) & _pairs(description, vocabulary):
        return False
    about = _topics(name, "subjects.topics", vocabulary)
    described = _topics(_HOW_COUNTED.sub("", description), "subjects.topics", vocabulary)
    if about & described:
        return False
    kind, other = kind_of(name, vocabulary), kind_of(description, vocabulary)
    if kind == other == "duration" or {kind, other} <= AMOUNTS:
        return False  # what something costs is made up of anything
    return bool(about and described) or (kind != other and {kind, other} <= _HARD and bool(about or described))


@project_rule(
    "irrelevant-indicator",
    Severity.WARN,
    source="指标应与项目内容相关",
    wrong={
        f"{ROWS}[benefit].name": "主次干道路灯亮灯率",
        f"{ROWS}[benefit].description": "",
        f"{ROWS}[benefit].value": "≥95%",
    },
    right={
        f"{ROWS}[benefit].name": "农户新技术掌握率",
        f"{ROWS}[benefit].description": "",
        f"{ROWS}[benefit].value": "≥95%",
    },
)
def irrelevant_indicator(project: Project, context: Context) -> Iterator[Finding]:
    """A row whose subject belongs to another kind of project. Silent where the project says too little of itself."""
    vocabulary, text = context.vocabulary, "\n".join((project.name, project.fund_use, *project.goals))
    if len(text) < 12 or any(word in project.name for word in vocabulary.groups("subjects.general")["words"]):
        return
    allowed, own_pairs = vocabulary.groups("subjects.own_project"), _pairs(text, vocabulary)
    for row in project.indicators:
        if is_filled_up(row, vocabulary) or row.tier2 == "生态效益指标":
            continue
        about = _topics(f"{row.name}\n{row.description}", "subjects.own", vocabulary)
        if _pairs(bare(row.name), vocabulary) & own_pairs:
            continue
        if about and not any(word in _without_false_friends(text) for topic in about for word in allowed[topic]):
            message = f"「{shortened(row.name, 20)}」与本项目的内容无关，像是从别的项目抄来的，请核实。"
            yield Finding(f"indicators[{row.id}].name", shortened(row.name), message)


@remembered(2_000)
def _without_false_friends(text: str) -> str:
    """Without compounds that only look like a subject's word."""
    for compound in (
        "人才开发建设",
        "队伍建设",
        "制度建设",
        "社会管理综治",
        "社会治安综合治理",
        "综合治理",
        "战略支撑",
    ):
        text = text.replace(compound, "")
    return text


@row_rule(
    "name-desc-mismatch",
    Severity.ERROR,
    source="指标描述应说明本指标",
    wrong={f"{ROWS}[quantity].description": "全年完成的道路保洁面积"},
    right={f"{ROWS}[quantity].description": "参加培训的农民累计人次"},
)
def name_desc_mismatch(row: Indicator, context: Context) -> Iterator[Finding]:
    """The description speaks of another subject, and not one distinctive word is shared."""
    if _speaks_of_another(bare(row.name), bare(row.description), context.vocabulary):
        message = f"描述和「{shortened(row.name, 20)}」说的不是一件事，请改成对本指标的说明。"
        yield Finding("description", shortened(row.description), message)
