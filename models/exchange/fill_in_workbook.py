"""填报模板: where each field of a project stands on a sheet that colleagues fill in, and what a filled one changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.document import fieldnames, fieldpath
from models.document.template import Template, load_template
from models.document.tree import GoalDocument, Indicator, Project, Unit, new_id
from models.document.values import compose_value, parse_value
from models.forms.form_definition import ProjectForm

FORMAT, WITH_FORM = "goalform-fill-in/1", "goalform-fill-in/2"
"""The second names the form whose columns stand on its sheets, and none but these."""
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

_TABLE = (
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
"""The columns of indicators: (label, content). Three of them are one field: the value."""
_VALUE = ("sign", "number", "unit")
GOAL_LABEL = "绩效目标 {n}"
_TEXT_FIELDS = (
    *("unit", "code", "name", "amount_unit", "budget", "fiscal_funds", "other_funds", "fund_use"),
    *(f"spending_plan[{place}]" for place in range(4)),
    "goals",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands on a sheet. `lines`: (label, field of the project) of those above the goals; `table`: (label, content) of the
    columns of indicators, from the first one on, none where there is no table."""

    lines: tuple[tuple[str, str], ...]
    has_goals: bool
    table: tuple[tuple[str, str], ...]

    @property
    def row_fields(self) -> tuple[str, ...]:
        """The fields of an indicator that are filled in."""
        return tuple(dict.fromkeys("value" if name in _VALUE else name for _label, name in self.table))


def columns_of(template: Template, form: ProjectForm | None = None) -> Columns:
    """Those of the text, or of a form."""
    labels = fieldnames.PART_LABELS[Project]
    plan = {f"spending_plan[{place}]": f"支出计划 {label}" for place, label in enumerate(template.checkpoints.labels)}
    fields = _TEXT_FIELDS if form is None else form.fields
    names = [each for name in fields for each in (("unit.code", "unit.name") if name == "unit" else (name,))]
    lines = [(plan[name] if name in plan else labels[name], name) for name in names if name != "goals"]
    shown = set(form.row_fields) if form is not None else {name for _label, name in _TABLE} | {"value"}
    table = [(label, name) for label, name in _TABLE if ("value" if name in _VALUE else name) in shown]
    return Columns(tuple(lines), "goals" in names, tuple(table))


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
    columns = columns_of(load_template(document.template), form)
    projects, lines = [], []
    for number, project in enumerate(document.projects, 1):
        new = by_id.pop(project.id, None)
        if new is not None:
            new = _with_the_rest(project, new, columns)
            lines += [f"项目 {number}：{line}" for line in _changes(project, new)]
        projects.append(project if new is None else new)
    for project in by_id.values():
        projects.append(replace(project, id=new_id("p")))
        lines.append(f"新增项目 {len(projects)}「{project.name}」，指标 {len(project.indicators)} 行")
    return Update(replace(document, projects=tuple(projects)), tuple(lines))


def _with_the_rest(before: Project, after: Project, columns: Columns) -> Project:
    """What the workbook has no place for stays as it was."""
    found = fieldpath.replace_all(before, {name: fieldpath.get(after, name) for _label, name in columns.lines})
    if columns.has_goals:
        found = replace(found, goals=after.goals, goals_numbering=after.goals_numbering)
    if not columns.table:
        return found
    known = {row.id: row for row in before.annual_indicators}
    rows = [_row_with_the_rest(known.get(row.id), row, columns.row_fields) for row in after.indicators]
    return replace(found, indicators=(*rows, *(row for row in before.indicators if row.scope != "annual")))


def _row_with_the_rest(before: Indicator | None, after: Indicator, fields: Sequence[str]) -> Indicator:
    if before is None:
        return after
    values: dict[str, Any] = {name: getattr(after, name) for name in fields}
    return replace(before, **values)


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
