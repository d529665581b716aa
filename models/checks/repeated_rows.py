"""Rules on rows and tables that repeat each other."""

from collections import Counter
from collections.abc import Iterator

from models.checks.answers import read_value
from models.checks.kinds import bare, is_filled_up
from models.checks.registry import (
    ROWS,
    Context,
    Edit,
    Finding,
    Fix,
    Severity,
    Whole,
    document_rule,
    project_rule,
    shortened,
)
from models.document.tree import Indicator, Project


@project_rule(
    "duplicate-indicator",
    Severity.ERROR,
    source="同一指标只填一次",
    wrong={
        f"{ROWS}[benefit].name": "培训农户人次",
        f"{ROWS}[benefit].description": "全年参加技术培训的农户累计人次",
        f"{ROWS}[benefit].value": "≥1200人次",
    },
    right={f"{ROWS}[benefit].name": "受益农户人次", f"{ROWS}[benefit].value": "≥1200人次"},
)
def duplicate_indicator(project: Project, context: Context) -> Iterator[Finding]:
    """The same indicator twice in a project. One that is the same throughout may go."""
    first: dict[str, Indicator] = {}
    for row in project.indicators:
        name = bare(row.name)
        if not name or is_filled_up(row, context.vocabulary):
            continue
        known = first.setdefault(name, row)
        if known is row or not (_same_meaning(known, row, name) or known.tier2 == row.tier2):
            continue
        same = known.value == row.value and known.tier1 == row.tier1
        fix = Fix("删除重复的一行", None, (Edit("remove", f"indicators[{row.id}]"),)) if same else None
        message = f"「{shortened(row.name, 20)}」在本项目里填了两次，请保留一行。"
        places = (f"indicators[{known.id}].name",)
        yield Finding(f"indicators[{row.id}].name", shortened(row.name), message, fix, places=places)


def _same_meaning(one: Indicator, other: Indicator, name: str) -> bool:
    """Two rows of one name are different where both descriptions say something and not the same."""
    descriptions = {bare(one.description), bare(other.description)} - {"", name}
    return len(descriptions) < 2


_FEWEST_ROWS = 4


def _row(number: int, tier1: str, tier2: str, name: str, value: str) -> Indicator:
    return Indicator(f"r{number}", tier1, tier2, name, f"{name}的统计口径见年度计划", value, "年度计划")


_COMMON_ROWS = (
    _row(1, "产出指标", "数量指标", "技术服务农户数量", "≥300户"),
    _row(2, "产出指标", "质量指标", "服务台账完整率", "≥96%"),
    _row(3, "产出指标", "时效指标", "服务任务按期完成率", "≥94%"),
    _row(4, "效益指标", "社会效益指标", "受益农户数量", "≥400户"),
    _row(5, "满意度指标", "服务对象满意度指标", "受益农户满意度", "≥92%"),
)
_EVEN_ROWS = (
    _row(1, "产出指标", "质量指标", "服务台账完整率", "≥95%"),
    _row(2, "产出指标", "质量指标", "服务档案准确率", "≥95%"),
    _row(3, "产出指标", "时效指标", "服务任务按期完成率", "≥95%"),
    _row(4, "产出指标", "时效指标", "农户来电回访及时率", "≥95%"),
    _row(5, "效益指标", "社会效益指标", "新技术知晓率", "≥95%"),
    _row(6, "满意度指标", "服务对象满意度指标", "受益农户满意度", "≥95%"),
)


def _rows_of(project: Project) -> tuple[tuple[str, str, str], ...]:
    return tuple((row.tier2, bare(row.name), row.value.strip()) for row in project.indicators)


@document_rule(
    "duplicate-table",
    Severity.WARN,
    source="各项目的指标应反映各自内容",
    wrong={
        "projects[p1].indicators": _COMMON_ROWS,
        "projects[p2].indicators": _COMMON_ROWS,
        "projects[p2].fund_use": "用于购置滴灌设备和铺设输水管道36.5万元。",
    },
    right={
        "projects[p1].indicators": _COMMON_ROWS,
        "projects[p2].indicators": _COMMON_ROWS[1:],
        "projects[p2].fund_use": "用于购置滴灌设备和铺设输水管道36.5万元。",
    },
)
def duplicate_table(whole: Whole) -> Iterator[Finding]:
    """All rows equal another project's."""
    first: dict[tuple[tuple[str, str, str], ...], int] = {}
    for number, project in enumerate(whole.document.projects, 1):
        rows = whole.once(_rows_of, project)
        if len(rows) < _FEWEST_ROWS:
            continue
        known = first.setdefault(rows, number)
        if known != number:
            message = f"全部指标和项目 {known} 一样，请按本项目的内容填写。"
            yield Finding(f"projects[{project.id}].name", shortened(project.name), message)


_MANY_PERCENTS, _NEARLY_ALL = 6, 0.8


@project_rule(
    "uniform-values",
    Severity.INFO,
    source="指标值应逐项测算",
    wrong={"projects[p1].indicators": _EVEN_ROWS},
    right={"projects[p1].indicators": _EVEN_ROWS[1:]},
)
def uniform_values(project: Project, context: Context) -> Iterator[Finding]:
    """Nearly all percentages are the same number."""
    values = [(row, read_value(row.value, context.vocabulary)) for row in project.indicators]
    percents = [(row, value.amount) for row, value in values if value.kind == "percent"]
    if len(percents) < _MANY_PERCENTS:
        return
    amount, times = Counter(amount for _, amount in percents).most_common(1)[0]
    if amount != 100 and times >= _NEARLY_ALL * len(percents):
        row = next(row for row, own in percents if own == amount)
        message = f"{len(percents)} 个比率中有 {times} 个都是 {amount}%，请按实际情况逐项测算。"
        yield Finding(f"indicators[{row.id}].value", shortened(row.value), message)
