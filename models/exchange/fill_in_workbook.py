"""填报模板: where each field of a project stands on a sheet that colleagues fill in, and what a filled one changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.document import fieldnames, fieldpath
from models.document.template import Template
from models.document.tree import GoalDocument, Indicator, Project, Unit, new_id
from models.document.values import compose_value, parse_value
from models.forms.form_definition import ProjectForm

FORMAT, WITH_FORM = "goalform-fill-in/1", "goalform-fill-in/2"
"""The second names the form whose own columns stand on its sheets, too."""
DEFINED_NAME = "goalform_fill_in"
"""A defined name of the workbook, by which it is known before anything is read."""

TITLE_ROW, HINT_ROW, FIRST_ROW = 1, 2, 3
LABEL, INPUT, HIDDEN = 1, 2, 10
"""Columns, counted from 1: labels, what is typed, what only the program reads."""
LEAST_GOALS, LEAST_ROWS = 10, 20
MORE_GOALS, MORE_ROWS = 4, 10
"""Lines for goals and indicators: at least so many, and so many free ones."""
EMPTY_PROJECTS = 3
"""Sheets of a workbook made from a draft without projects."""

TABLE = (
    ("一级指标", "tier1"),
    ("二级指标", "tier2"),
    ("三级指标", "name"),
    ("绩效指标描述", "description"),
    ("符号", "sign"),
    ("指标值", "number"),
    ("计量单位", "unit"),
    ("指标值确定依据", "basis"),
    ("权重", "weight"),
)
"""The columns of the indicators, from the first one on: (label, content). Three of them are one field: the value."""
GOAL_LABEL = "绩效目标 {n}"


def field_rows(template: Template, form: ProjectForm | None = None) -> list[tuple[str, str]]:
    """(label, field of the project) of each line above the goals; those of the form that the text has not come last."""
    labels = fieldnames.PART_LABELS[Project]
    plain = (
        "unit.code",
        "unit.name",
        "code",
        "name",
        "amount_unit",
        "budget",
        "fiscal_funds",
        "other_funds",
        "fund_use",
    )
    plan = [(f"支出计划 {label}", f"spending_plan[{place}]") for place, label in enumerate(template.checkpoints.labels)]
    return [*((labels[name], name) for name in plain), *plan, *((labels[name], name) for name in own_columns(form))]


def own_columns(form: ProjectForm | None) -> tuple[str, ...]:
    """The fields of a project that the form has and the text has not."""
    return tuple(name for name in form.fields if name.startswith("details.")) if form else ()


def split(value: str, known_units: frozenset[str]) -> tuple[str, str, str]:
    """(sign, number, unit) whose words together are the value to the letter; a value that is not so made stands whole as
    the number."""
    parsed = parse_value(value, known_units)
    parts = (parsed.sign, parsed.number, parsed.unit)
    return parts if compose_value(*parts) == value and parsed.number else ("", value, "")


@dataclass(frozen=True, slots=True)
class Update:
    """The text with what was filled in; `lines`: what that changes, in the user's words."""

    document: GoalDocument
    lines: tuple[str, ...]


def matching(document: GoalDocument, filled: GoalDocument) -> int:
    """How many projects of the filled workbook were made from projects that are (still) in the text.

    None where year or unit differ: texts read from files count their projects p1, p2 …, and so do others.
    """
    if (document.year, document.unit) != (filled.year, filled.unit):
        return 0
    known = {project.id for project in document.projects}
    return sum(project.id in known for project in filled.projects)


def updated(document: GoalDocument, filled: GoalDocument, form: ProjectForm | None = None) -> Update:
    """The projects of the workbook in the place of those they were made from; new ones come last, what the workbook does
    not hold stays. `form`: the one the workbook names."""
    by_id = {project.id: project for project in filled.projects}
    projects, lines = [], []
    for number, project in enumerate(document.projects, 1):
        new = by_id.pop(project.id, None)
        if new is not None:
            new = _with_the_rest(project, new, own_columns(form))
            lines += [f"项目 {number}：{line}" for line in _changes(project, new)]
        projects.append(project if new is None else new)
    for project in by_id.values():
        projects.append(replace(project, id=new_id("p")))
        lines.append(f"新增项目 {len(projects)}「{project.name}」，指标 {len(project.indicators)} 行")
    return Update(replace(document, projects=tuple(projects)), tuple(lines))


def _with_the_rest(before: Project, after: Project, columns: Sequence[str]) -> Project:
    """What the workbook has no place for stays as it was. `columns`: those of a form that it has."""
    others = tuple(row for row in before.indicators if row.scope != "annual")
    rows = (*after.indicators, *others) if others else after.indicators
    kept = replace(after, details=before.details, indicators=rows)
    return fieldpath.replace_all(kept, {name: fieldpath.get(after, name) for name in columns})


def _changes(before: Project, after: Project) -> list[str]:
    labels = fieldnames.PART_LABELS[Project]
    lines = []
    plain = ("unit", "code", "name", "amount_unit", "budget", "fiscal_funds", "other_funds", "fund_use")
    for name in (*plain, *(label for label in labels if label.startswith("details."))):
        old, new = fieldpath.get(before, name), fieldpath.get(after, name)
        if old != new:
            lines.append(f"{labels[name]} {_shown_value(old)} → {_shown_value(new)}")
    for place, (was, now) in enumerate(zip(before.spending_plan, after.spending_plan, strict=False)):
        if was != now:
            lines.append(f"资金支出计划 {fieldnames.CHECKPOINTS[place]} {_shown_value(was)} → {_shown_value(now)}")
    if before.goals != after.goals:
        lines.append(f"绩效目标有改动（{len(before.goals)} 条 → {len(after.goals)} 条）")
    return lines + _row_changes(before.indicators, after.indicators)


def _row_changes(before: Sequence[Indicator], after: Sequence[Indicator]) -> list[str]:
    labels = fieldnames.PART_LABELS[Indicator]
    old = {row.id: row for row in before}
    lines = []
    for number, row in enumerate(after, 1):
        was = old.pop(row.id, None)
        if was is None:
            lines.append(f"新增指标 {number}「{row.name}」")
            continue
        for name, label in labels.items():
            one, other = getattr(was, name), getattr(row, name)
            if one != other:
                lines.append(f"指标 {number} {label} {_shown_value(one)} → {_shown_value(other)}")
    return lines + [f"删除指标「{row.name}」" for row in old.values()]


def _shown_value(value: str | Unit) -> str:
    words = f"{value.code}{value.name}" if isinstance(value, Unit) else value
    line = " ".join(words.split("\n"))
    return "「" + (line if len(line) <= 24 else f"{line[:24]}…") + "」" if line else "空"
