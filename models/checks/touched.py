"""What of a text was begun: empty parts that nobody has written in yet are not blamed while one works."""

from collections.abc import Iterable

from models.checks.registry import Problem
from models.document.tree import NO_DETAILS, GoalDocument, Indicator, Items, Measure, Project, SubGoal
from models.years.budget_year import is_year

STEPS = (1, 2, 3, 4, 5)
"""The steps that are written in: 基本信息, 总体绩效目标, 分项绩效目标, 工作保障措施, 预算项目绩效目标."""


_SECTIONS = ((2, "总体绩效目标"), (3, "分项绩效目标"), (4, "工作保障措施"), (5, "预算项目绩效目标"))


def is_begun(document: GoalDocument, step: int) -> bool:
    """Whether anything was written on that step."""
    if step == 1:
        return bool(document.year is not None or document.unit.code or document.unit.name)
    if step == 2:
        return bool(document.overall_goal.strip())
    if step in {3, 4}:
        section: Items[SubGoal] | Items[Measure] = document.sub_goals if step == 3 else document.safeguards
        return bool(section.preface.strip()) or any(map(is_written, section.items))
    return any(map(is_written, document.projects))


def is_filled(document: GoalDocument, step: int) -> bool:
    """Whether everything on that step has at least its name and its content."""
    if step == 1:
        return is_year(document.year) and bool(document.unit.name.strip())
    if step == 2:
        return is_begun(document, 2)
    if step in {3, 4}:
        section: Items[SubGoal] | Items[Measure] = document.sub_goals if step == 3 else document.safeguards
        return bool(section.items) and all(map(is_written, section.items))
    return bool(document.projects) and all(p.name.strip() and p.indicators for p in document.projects)


def is_whole(document: GoalDocument, step: int) -> bool:
    """Whether ✓ may stand at that step: a text can do without the code of its unit, but nobody shall think it is there."""
    return is_filled(document, step) and (step != 1 or bool(document.unit.code.strip()))


def missing_parts(document: GoalDocument) -> tuple[str, ...]:
    """The names of what a whole text has and this one has nothing of yet: no rule blames what was not begun."""
    first = () if is_filled(document, 1) else ("基本信息里的年度或单位名称",)
    return (*first, *(name for step, name in _SECTIONS if not is_begun(document, step)))


def in_begun_parts(document: GoalDocument, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems but for those of projects, rows, items and sections in which nothing was written yet."""
    blank = tuple(_blank_parts(document))
    return tuple(problem for problem in problems if not problem.path.startswith(blank))


def is_written(part: SubGoal | Measure | Project | Indicator) -> bool:
    """Whether anything was written in an item, a project or a row of its table; tiers that were filled in do not count."""
    if isinstance(part, Project):
        words = (part.code, part.name, part.budget, part.fiscal_funds, part.other_funds, part.fund_use)
        return (
            any(word.strip() for word in (*words, *part.spending_plan, *part.goals))
            or part.details != NO_DETAILS
            or any(map(is_written, part.indicators))
        )
    of_row = isinstance(part, Indicator)
    names = ("name", "description", "value", "basis") if of_row else ("heading", "text", "goal", "indicator")
    return any((getattr(part, name, None) or "").strip() for name in names)


def _blank_parts(document: GoalDocument) -> Iterable[str]:
    for step, names in (
        (2, ("overall_goal", "headings.overall_goal")),
        (3, ("sub_goals", "headings.sub_goals")),
        (4, ("safeguards", "headings.safeguards")),
        (5, ("projects", "headings.part_two")),
    ):
        if not is_begun(document, step):
            yield from names
    yield from (f"sub_goals[{item.id}]" for item in document.sub_goals.items if not is_written(item))
    yield from (f"safeguards[{item.id}]" for item in document.safeguards.items if not is_written(item))
    for project in document.projects:
        if not is_written(project):
            yield f"projects[{project.id}]"
            continue
        yield from (f"projects[{project.id}].indicators[{row.id}]" for row in project.indicators if not is_written(row))
