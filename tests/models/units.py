"""Three units' texts and their department's, for the tests of merging."""

from collections.abc import Mapping
from dataclasses import replace

from models.document import fieldpath
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Indicator, Items, Measure, Project, SubGoal, Unit
from models.merge import Choice, Incoming, Outcome, PartOne, Source, department_text, update

TEMPLATE = load_template()
DEPARTMENT = Unit("618", "云泽县农业农村局")
UNITS = (
    Unit("618001", "云泽县农业技术推广站"),
    Unit("618002", "云泽县畜牧水产站"),
    Unit("618003", "云泽县农机监理所"),
)


def project(id_: str, name: str, unit: Unit, budget: str = "10.00") -> Project:
    rows = tuple(Indicator(f"i{number}", "产出指标", "数量指标", f"{name}{number}", value="5次") for number in (1, 2))
    goals = (f"{name}按期完成",)
    return Project(
        id_, unit, name=name, budget=budget, fiscal_funds=budget, fund_use=f"用于{name}。", goals=goals, indicators=rows
    )


def unit_text(number: int, year: int | None = 2026) -> Draft:
    """A unit's text with two projects, p1 and p2 in each: ids of different units meet."""
    unit = UNITS[number]
    names = (f"{unit.name[3:5]}一", f"{unit.name[3:5]}二")
    return Draft(
        GoalDocument(
            year=year,
            unit=unit,
            overall_goal=f"{unit.name}的任务。\n{unit.name}的要求。",
            sub_goals=Items(items=(SubGoal("s1", heading=f"{names[0]}目标", goal="办好"),)),
            safeguards=Items(items=(Measure("m1", heading=f"{names[0]}措施。", text="落实"),)),
            projects=(project("p1", names[0], unit), project("p2", names[1], unit)),
        )
    )


def sources(drafts: Mapping[int, Draft]) -> list[Source]:
    return [Source(f"{UNITS[number].name}.jxmb", draft) for number, draft in drafts.items()]


THREE = {number: unit_text(number) for number in range(3)}


def merged(part_one: PartOne = PartOne.NONE, chosen: int = 0) -> Draft:
    return department_text(sources(THREE), TEMPLATE, 2026, DEPARTMENT, part_one, chosen)


def again(draft: Draft, number: int, unit: Draft, decided: Mapping[tuple[int, str], Choice] | None = None) -> Outcome:
    return update(draft, [Incoming(Source("再报.jxmb", unit), number)], decided)


def edited(draft: Draft, path: str, value: object) -> Draft:
    return replace(draft, document=fieldpath.replace(draft.document, path, value))


def without(draft: Draft, path: str) -> Draft:
    return replace(draft, document=fieldpath.remove(draft.document, path))


def names(draft: Draft) -> list[str]:
    return [one.name for one in draft.document.projects]


def here(draft: Draft, name: str) -> str:
    """The path of the project of that name in the department's text."""
    return next(f"projects[{one.id}]" for one in draft.document.projects if one.name == name)
