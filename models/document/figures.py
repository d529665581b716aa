"""Years and numbers of a text, echoed beside it so that a wrong one is seen, and where else each number stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.checks.mentions import counted, one_unit
from models.checks.prose import amounts
from models.checks.year_rules import other_years
from models.document.tree import GoalDocument, Items, Project, SubGoal
from models.document.values import money, parse_value
from models.grouping import grouped

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})\s*年")
_MONEY = "万元"

Number = tuple[Decimal, str]
"""A number and the one name of its unit; money is counted in 万元."""


@dataclass(frozen=True, slots=True)
class Chip:
    """The first place of a year or number in the text, its words there, how often it stands, and what is to be said."""

    words: str
    start: int
    times: int
    note: str
    doubtful: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def chips(text: str, year: int | None, elsewhere: Mapping[Number, str], names: tuple[str, ...] = ()) -> list[Chip]:
    """The years, doubtful ones first, then the numbers in their order; each once.

    `elsewhere`: where numbers stand besides; `names`: names of projects, whose years are their own.
    """
    return [*_years(text, year, names), *_numbers(text, elsewhere)]


def _years(text: str, year: int | None, names: tuple[str, ...]) -> list[Chip]:
    wrong = set[int]() if year is None else {mark.start for mark in other_years(text, year, names=names)}
    found = grouped(((int(mark[1]), mark.start() in wrong), mark) for mark in _YEAR.finditer(text))
    made = [
        Chip(marks[0][0], marks[0].start(), len(marks), _year_note(mentioned, year, doubtful), doubtful)
        for (mentioned, doubtful), marks in found.items()
    ]
    return sorted(made, key=lambda chip: (not chip.doubtful, chip.start))


def _year_note(mentioned: int, year: int | None, doubtful: bool) -> str:
    if year is None:
        return ""
    if mentioned == year:
        return "预算年度"
    return f"与预算年度 {year} 不同" if doubtful else "往年" if mentioned < year else "以后年度"


def _numbers(text: str, elsewhere: Mapping[Number, str]) -> list[Chip]:
    found = grouped((number, (start, end)) for start, end, number in sorted(_numbers_in(text)))
    return [
        Chip(
            text[places[0][0] : places[0][1]],
            places[0][0],
            len(places),
            elsewhere.get(number, "别处没有" if elsewhere else ""),
        )
        for number, places in found.items()
    ]


def _numbers_in(text: str) -> Iterator[tuple[int, int, Number]]:
    """Start, end and number. Years are none."""
    for amount in amounts(text):
        yield amount.start, amount.end, (amount.value, _MONEY)
    for count in counted(text):
        if not _YEAR.match(text, count.start):
            yield count.start, count.end, (count.number, count.unit)


class Elsewhere:
    """Where the numbers of the sub-goals and projects stand; what did not change since is not read again."""

    def __init__(self) -> None:
        self._goals: tuple[Items[SubGoal] | None, frozenset[Number]] = (None, frozenset())
        self._projects: dict[str, tuple[Project, frozenset[Number]]] = {}

    def of(self, document: GoalDocument) -> Mapping[Number, str]:
        """The place of each number in words, the sub-goals' before the projects', the first of several projects."""
        known = self._projects
        self._projects = {
            project.id: known[project.id]
            if project.id in known and known[project.id][0] is project
            else (project, _numbers_of_project(project))
            for project in document.projects
        }
        places: dict[Number, str] = {}
        for place, project in reversed(list(enumerate(document.projects, 1))):
            places.update(dict.fromkeys(self._projects[project.id][1], f"项目 {place} 有"))
        total = _total(document.projects)
        if total is not None:
            places[total] = "预算合计"
        if self._goals[0] is not document.sub_goals:
            self._goals = document.sub_goals, _numbers_of_goals(document.sub_goals)
        places.update(dict.fromkeys(self._goals[1], "分项目标有"))
        return places


def _numbers_of_goals(goals: Items[SubGoal]) -> frozenset[Number]:
    texts = (text for item in goals.items for text in (item.text, item.goal, item.indicator) if text)
    return _all_numbers((goals.preface, *texts))


def _numbers_of_project(project: Project) -> frozenset[Number]:
    found = set(_all_numbers((project.fund_use, *project.goals)))
    for row in project.indicators:
        value = parse_value(row.value)
        amount = money(value.number + value.unit) if value.unit.endswith("元") else None
        if amount is not None:
            found.add((amount, _MONEY))
        elif value.amount is not None and value.unit:
            found.add((value.amount, one_unit(value.measure)))
    budget = money(project.budget, project.amount_unit)
    return frozenset(found if budget is None else {*found, (budget, _MONEY)})


def _all_numbers(texts: Iterable[str]) -> frozenset[Number]:
    return frozenset(number for text in texts for _start, _end, number in _numbers_in(text))


def _total(projects: tuple[Project, ...]) -> Number | None:
    """The sum of the budgets; None where there is no more than one, or one is no amount."""
    budgets = [money(project.budget, project.amount_unit) for project in projects]
    known = [budget for budget in budgets if budget is not None]
    return (sum(known, Decimal(0)), _MONEY) if len(known) == len(budgets) > 1 else None
