"""The rules on one thing that has different values in two rows, or in a row and the plan."""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.checks.answers import read_value
from models.checks.kinds import bare, kind_of
from models.checks.registry import ROWS, Context, Finding, Severity, project_rule, shortened
from models.document.tree import Indicator, Project
from models.document.values import percent, plain_number

_SOURCE = "同一指标前后应一致"

_NO_SUBJECT = re.compile(
    "项目|工程|建设|完成率|完成情况|完成比例|建成率|施工进展|进展情况|进度|进展|完成|情况|实施|总体|任务|工作"
)
_OF_MONEY = re.compile("资金|支付|拨付|预算|经费|执行|支出")


@project_rule(
    "conflict-number",
    Severity.ERROR,
    source=_SOURCE,
    wrong={
        f"{ROWS}[quality].name": "观摩现场建成率",
        f"{ROWS}[quality].description": "田间观摩现场建成率",
        f"{ROWS}[time].name": "观摩现场完成情况",
        f"{ROWS}[time].description": "田间观摩现场完成情况",
        f"{ROWS}[time].value": "≥80%",
    },
    right={
        f"{ROWS}[quality].name": "观摩现场建成率",
        f"{ROWS}[quality].description": "田间观摩现场建成率",
        f"{ROWS}[time].name": "观摩现场完成情况",
        f"{ROWS}[time].description": "田间观摩现场完成情况",
        f"{ROWS}[time].value": "≥95%",
    },
)
def conflict_completion(project: Project, context: Context) -> Iterator[Finding]:
    """Rows on the completion of the same work with different percentages; the last of them is named."""
    groups: list[tuple[str, list[tuple[Indicator, Decimal]]]] = []
    for row in project.indicators:
        value = read_value(row.value, context.vocabulary)
        subject = _completed(row, context) if value.kind == "percent" and value.amount is not None else ""
        if not subject or value.amount is None:
            continue
        group = next((rows for known, rows in groups if _same_subject(known, subject)), None)
        if group is None:
            groups.append((subject, [(row, value.amount)]))
        else:
            group.append((row, value.amount))
    for _, rows in groups:
        row, amount = rows[-1]
        others = [plain_number(other) for _, other in rows[:-1] if other != amount]
        if others:
            message = f"同一项工作的完成率前面是 {'、'.join(others)}%，这里是 {plain_number(amount)}%，请统一。"
            places = tuple(f"indicators[{other.id}].value" for other, own in rows[:-1] if own != amount)
            yield Finding(f"indicators[{row.id}].value", shortened(row.value), message, places=places)


def _completed(row: Indicator, context: Context) -> str:
    """What is completed, "" where the row is about something else."""
    if kind_of(row.name, context.vocabulary) != "completion" or _OF_MONEY.search(row.name):
        return ""
    return _NO_SUBJECT.sub("", bare(row.description or row.name))


def _same_subject(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    left = iter(longer)
    return len(shorter) >= 4 and all(char in left for char in shorter)


@project_rule(
    "conflict-number",
    Severity.ERROR,
    source=_SOURCE,
    wrong={
        f"{ROWS}[time].name": "培训资金支付率",
        f"{ROWS}[time].description": "已支付资金占预算数的比例",
        f"{ROWS}[time].value": "≥80%",
    },
    right={
        f"{ROWS}[time].name": "培训资金支付率",
        f"{ROWS}[time].description": "已支付资金占预算数的比例",
        f"{ROWS}[time].value": "100%",
    },
)
def conflict_payment(project: Project, context: Context) -> Iterator[Finding]:
    """A payment rate below what the spending plan reaches in 12月."""
    planned = percent(project.spending_plan[-1]) if project.spending_plan else None
    if planned != 100:
        return
    for row in project.indicators:
        if not re.search(r"(?:支付|支出|拨付|预算执行)(?:率|进度)\Z", bare(row.name)) or "及时" in row.name:
            continue
        value = read_value(row.value, context.vocabulary)
        if value.kind == "percent" and value.amount is not None and value.amount < planned and value.sign not in "≤＜":
            message = f"资金支出计划到 12 月底是 100%，支付率却只有 {plain_number(value.amount)}%，请统一。"
            places = (f"spending_plan[{len(project.spending_plan) - 1}]",)
            yield Finding(f"indicators[{row.id}].value", shortened(row.value), message, places=places)
