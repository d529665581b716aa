"""部门整体支出绩效自评表: what it says goes to the text's first part, what has no field there is kept under its name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.read_reports import ReadReport
from importers.reading.reading_labels import DEPARTMENT, load_vocabulary
from importers.report_headers import Columns
from importers.report_labels import DETAILS, ReportLabels, plain_label
from importers.table_grid import GridRow
from models.document.fieldnames import PART_LABELS, project_label
from models.document.template import Template
from models.document.tree import FundResult, GoalDocument, IndicatorResult, Items, ProjectResult, SubGoal, Unit

TASK, CONTENT = "task", "content"
_LONGEST_TITLE = 40
_TEXTS = {
    **{
        name: PART_LABELS[ProjectResult][name]
        for name in ("actual_goals", "reason", "conclusion", "problems", "improvements")
    },
    "grade": "等级",
    "name": "名称",
    "code": "编码",
    "department": "主管部门",
    **{name: project_label(f"details.{name}") for name in DETAILS},
}


def is_title(line: str, labels: ReportLabels) -> bool:
    """Whether a line above a table says that it speaks of a whole department."""
    return len(line) <= _LONGEST_TITLE and any(word in plain_label(line) or word in line for word in labels.whole)


def task_header(row: GridRow) -> Columns:
    """The columns of a list of a department's tasks, "" where no field is known; none where the row is no such header."""
    found: Columns = {}
    for cell in row:
        if cell.text:
            label = load_vocabulary(()).label(cell.text)
            name = label.field.removeprefix(DEPARTMENT) if label and label.field.startswith(DEPARTMENT) else ""
            found[cell.column] = name if name in (TASK, CONTENT) and name not in found.values() else cell.text
    return found if TASK in found.values() and len(found) > 1 else {}


def with_whole(document: GoalDocument, wholes: Sequence[ReadReport], template: Template) -> GoalDocument:
    """The document with goals and tasks of whole departments in its first part."""
    goals = [read.texts.get("goals text", "") for read in wholes]
    tasks = [task for read in wholes for task in read.tasks if task.get(TASK)]
    units = [name for read in wholes if (name := read.texts.get("whole") or read.texts.get("implementing_unit"))]
    unit = Unit("", units[0]) if units else document.unit
    return in_first_part(document, unit, goals, [(task[TASK], task.get(CONTENT, "")) for task in tasks], template)


def in_first_part(
    document: GoalDocument, unit: Unit, goals: Sequence[str], tasks: Sequence[tuple[str, str]], template: Template
) -> GoalDocument:
    """The document with the goals of whole departments, their tasks, each with what belongs to it, and, where it names none, their
    unit."""
    before = document.sub_goals.items
    items = tuple(
        SubGoal(f"s{place}", heading=name, text=content) for place, (name, content) in enumerate(tasks, len(before) + 1)
    )
    sub_goals = document.sub_goals if before else Items(numbering=template.numbering.items)
    return replace(
        document,
        unit=document.unit if document.unit.name else unit,
        overall_goal="\n".join(filter(None, (document.overall_goal, *goals))),
        sub_goals=replace(sub_goals, items=(*before, *items)),
    )


def words_of_whole(read: ReadReport, kind: str) -> Iterator[str]:
    """Everything of a department's table that no field takes, each with its name."""
    here = f"部门整体{kind}"
    money = f"资金（{read.amount_unit}）" if read.amount_unit else "资金"
    for number, fund in enumerate(read.funds):
        yield from _named(f"{here} · {money} · {fund.name or number + 1}", _said(fund, FundResult, ("name",)))
    for row, one in read.rows:
        name = " · ".join(filter(None, (row.tier1, row.tier2, row.name)))
        target = [("年度指标值", row.value)] if row.value else []
        yield from _named(f"{here} · {name}", [*target, *_said(one, IndicatorResult, ("indicator_id",))], always=True)
    for task in read.tasks:
        rest = [(head, text) for head, text in task.items() if head not in (TASK, CONTENT) and text]
        yield from _named(f"{here} · 任务 · {task.get(TASK, '')}", rest)
    for name, words in _TEXTS.items():
        if text := read.texts.get(name):
            yield f"{here} · {words}：{text}"
    if total := read.total or read.texts.get("total"):
        yield f"{here} · 总分：{total}"
    yield from (f"{here} · {words}" for words in read.stray)


def _said(part: FundResult | IndicatorResult, kind: type, without: Sequence[str]) -> list[tuple[str, str]]:
    names = PART_LABELS[kind]
    return [(names[name], text) for name in names if name not in without and (text := getattr(part, name))]


def _named(name: str, said: Sequence[tuple[str, str]], *, always: bool = False) -> Iterator[str]:
    if said or always:
        yield f"{name}：{'，'.join(f'{label} {text}' for label, text in said)}"
