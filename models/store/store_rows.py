"""How a draft's parts look as rows: the columns of each kind of part, and both directions between them.

Columns are named as the fields are. Lists of texts are JSON arrays; nothing is ever normalised, a text comes back to the letter.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

from models.document.tree import (
    NO_DETAILS,
    Details,
    Draft,
    GoalDocument,
    Headings,
    IgnoredProblem,
    Indicator,
    Items,
    Measure,
    Project,
    ProjectResult,
    Provenance,
    Remark,
    Report,
    Settings,
    SubGoal,
    Unit,
    plain,
)
from models.store import report_rows
from models.store.snapshot import record_of

Row = tuple[Any, ...]


class Part(Protocol):
    """Whatever stands in a list of a document and has an id."""

    @property
    def id(self) -> str: ...


PartT = TypeVar("PartT", bound=Part)


@dataclass(frozen=True, slots=True)
class PartTable(Generic[PartT]):
    """A table that holds ordered parts. `owner`: the columns that say whose; `columns`: the part's own, `id` first;
    `later`: what stands in the last of them, which an earlier version did not have, where they say nothing."""

    name: str
    owner: tuple[str, ...]
    columns: tuple[str, ...]
    to_row: Callable[[PartT], Row]
    later: Row = ()

    def summed_row(self, part: PartT) -> Row:
        """The row as a checksum takes it: as it was before the later columns, where these say nothing."""
        row = self.to_row(part)
        count = len(self.later)
        return row[:-count] if count and row[-count:] == self.later else row


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def texts(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def _sub_goal_row(item: SubGoal) -> Row:
    return item.id, item.number, item.heading, int(item.run_in), item.text, item.goal, item.indicator


def _measure_row(item: Measure) -> Row:
    return item.id, item.number, item.heading, int(item.run_in), item.text, None, None


def _project_row(project: Project) -> Row:
    return (
        project.id,
        project.unit.code,
        project.unit.name,
        project.amount_unit,
        project.code,
        project.name,
        project.budget,
        project.fiscal_funds,
        project.other_funds,
        project.fund_use,
        to_json(project.spending_plan),
        project.goals_numbering,
        to_json(project.goals),
        to_json(plain(project.details)),
    )


_ITEM_COLUMNS = ("id", "number", "heading", "run_in", "text", "goal", "indicator")
_INDICATOR_COLUMNS = ("id", "tier1", "tier2", "name", "description", "value", "basis", "weight", "scope")

SUB_GOALS: PartTable[SubGoal] = PartTable("items", ("draft_id", "kind"), _ITEM_COLUMNS, _sub_goal_row)
MEASURES: PartTable[Measure] = PartTable("items", ("draft_id", "kind"), _ITEM_COLUMNS, _measure_row)
PROJECTS: PartTable[Project] = PartTable(
    "projects",
    ("draft_id",),
    (
        *("id", "unit_code", "unit_name", "amount_unit", "code", "name", "budget", "fiscal_funds", "other_funds"),
        *("fund_use", "spending_plan", "goals_numbering", "goals", "details"),
    ),
    _project_row,
    ("{}",),
)
INDICATORS: PartTable[Indicator] = PartTable(
    "indicators", ("project_key",), _INDICATOR_COLUMNS, attrgetter(*_INDICATOR_COLUMNS), ("annual",)
)

SUB_GOAL_KIND, MEASURE_KIND = "sub_goal", "measure"


def sub_goal(row: Sequence[Any]) -> SubGoal:
    id_, number, heading, run_in, text, goal, indicator = row
    return SubGoal(id_, number, heading, bool(run_in), text, goal, indicator)


def measure(row: Sequence[Any]) -> Measure:
    id_, number, heading, run_in, text, _goal, _indicator = row
    return Measure(id_, number, heading, bool(run_in), text)


def project(row: Sequence[Any], indicators: tuple[Indicator, ...]) -> Project:
    id_, unit_code, unit_name, amount_unit, code, name, budget, fiscal_funds, other_funds, fund_use, *lists = row
    spending_plan, goals_numbering, goals, details = lists
    return Project(
        id=id_,
        unit=Unit(unit_code, unit_name),
        amount_unit=amount_unit,
        code=code,
        name=name,
        budget=budget,
        fiscal_funds=fiscal_funds,
        other_funds=other_funds,
        fund_use=fund_use,
        spending_plan=texts(spending_plan),
        goals_numbering=goals_numbering,
        goals=texts(goals),
        indicators=indicators,
        details=NO_DETAILS if details in _NONE else Details(**json.loads(details)),
    )


def indicator(row: Sequence[Any]) -> Indicator:
    return Indicator(*row) if row[-1] is not None else Indicator(*row[:-1])


_NONE = ("{}", None)
"""Details that say nothing; None is read of a damaged store of a version that had no such column."""


DOCUMENT_COLUMNS = (
    *("state", "template", "year", "unit_code", "unit_name", "title", "headings"),
    *("sub_goals_preface", "sub_goals_numbering", "safeguards_preface", "safeguards_numbering", "overall_goal"),
)
"""What the row of a draft holds of it."""

TABLES = {
    "drafts": ("deleted_at", "sequence", "checksum", *DOCUMENT_COLUMNS),
    "items": ("draft_id", "position", "kind", *SUB_GOALS.columns),
    "projects": ("draft_id", "position", "key", *PROJECTS.columns),
    "indicators": ("project_key", "position", *INDICATORS.columns),
    "unplaced_lines": ("draft_id", "position", "text"),
    "surroundings": ("draft_id", "name", "name", "value"),
    "revisions": ("draft_id", "sequence", "made", "reason", "name", "checksum", "content", "digest"),
    "places": ("draft_id", "path", "step"),
    "remembered": ("key", "value", "checksum"),
}
"""What is read of each table; of a part, first whose it is and its place."""


def document_row(draft: Draft) -> Row:
    document = draft.document
    return (
        draft.state,
        document.template,
        document.year,
        document.unit.code,
        document.unit.name,
        document.title,
        to_json(asdict(document.headings)),
        document.sub_goals.preface,
        document.sub_goals.numbering,
        document.safeguards.preface,
        document.safeguards.numbering,
        document.overall_goal,
    )


def document(
    row: Sequence[Any],
    sub_goals: tuple[SubGoal, ...],
    safeguards: tuple[Measure, ...],
    projects: tuple[Project, ...],
    unplaced: tuple[str, ...],
) -> GoalDocument:
    _state, template, year, unit_code, unit_name, title, headings, *sections, overall_goal = row
    sub_preface, sub_numbering, safe_preface, safe_numbering = sections
    return GoalDocument(
        template=template,
        year=year,
        unit=Unit(unit_code, unit_name),
        title=title,
        headings=Headings(**json.loads(headings)),
        overall_goal=overall_goal,
        sub_goals=Items(sub_preface, sub_numbering, sub_goals),
        safeguards=Items(safe_preface, safe_numbering, safeguards),
        projects=projects,
        unplaced=unplaced,
    )


SURROUNDINGS: dict[str, Any] = {
    "settings": Settings,
    "ignored": tuple[IgnoredProblem, ...],
    "remarks": tuple[Remark, ...],
    "provenance": Provenance,
}
"""The draft's fields around the document, each one JSON text, and what it says."""


def surrounding(name: str, value: str) -> tuple[str, Any]:
    """The field's name, and what the JSON text says."""
    return name, record_of(report_rows.kind_of(name) or SURROUNDINGS[name], json.loads(value))


_LATER = {Remark: "excerpt", Settings: "unit_headings"}
"""Fields an earlier version did not have. Left out where they say nothing: so a draft's checksum stays as it was."""


def surrounding_json(value: Any) -> str:
    """The JSON text of one of SURROUNDINGS, or of a row of `models.store.report_rows`."""
    if isinstance(value, Report | ProjectResult):
        return to_json(report_rows.plain_row(value))
    return to_json([_as_before(entry) for entry in value] if isinstance(value, tuple) else _as_before(value))


def _as_before(part: Any) -> dict[str, Any]:
    later = _LATER.get(type(part))
    return {key: value for key, value in asdict(part).items() if value or key != later}
