"""The rule on fields that must be filled: names, code, unit, goal."""

from collections.abc import Iterator

from models.checks.kinds import is_filler
from models.checks.registry import PROJECT, Context, Finding, Severity, Whole, document_rule, project_rule
from models.document.tree import Project

_SOURCE = "河北省部门预算绩效文本·必填栏"


@project_rule(
    "field-missing",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{PROJECT}.code": ""},
    right={f"{PROJECT}.code": "13992126P00012310001T"},
)
def field_missing(project: Project, context: Context) -> Iterator[Finding]:
    """A project without name, code or goal, or with a row that has a value and no name."""
    for field, label in (("name", "项目名称"), ("code", "项目编码")):
        if not getattr(project, field).strip():
            yield Finding(field, "", f"没有填写{label}，请补填。")
    goals = [(place, goal.strip()) for place, goal in enumerate(project.goals)]
    if not any(goal for _place, goal in goals):
        yield Finding("goals", "", "没有填写绩效目标，请写明今年要做成什么、做到什么程度。")
    for place, goal in goals:
        if goal in {"*", "＊", "。", "."} or (goal and is_filler(goal, context.vocabulary)):
            yield Finding(f"goals[{place}]", goal, f"绩效目标只填了「{goal}」，请写明今年要做成什么、做到什么程度。")
    for row in project.indicators:
        if not row.name.strip() and row.value.strip():
            yield Finding(f"indicators[{row.id}].name", "", "这一行有指标值，却没有三级指标的名称，请补填。")


@document_rule(
    "field-missing",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{PROJECT}.unit.name": ""},
    right={f"{PROJECT}.unit.name": "云泽县农业技术推广中心"},
)
def unit_missing(whole: Whole) -> Iterator[Finding]:
    """A project that belongs to no unit, in a text that names none either, or names one with each other project."""
    projects = whole.document.projects
    elsewhere = any(project.unit.name.strip() for project in projects)
    if whole.document.unit.name.strip() and not elsewhere:
        return
    for project in projects:
        if not project.unit.name.strip():
            yield Finding(f"projects[{project.id}].unit.name", "", "没有填写项目所属的单位，请补填。")
