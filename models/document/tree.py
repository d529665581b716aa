"""The official text as a tree of immutable values: an edit makes a new tree that shares every untouched part."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, Generic, Literal, TypeVar

PLAN_LENGTH = 4
"""Checkpoints of the spending plan (3月底, 6月底, 10月底, 12月底)."""


def new_id(prefix: str) -> str:
    """A fresh id such as `p1f9c03ab`. Random, so that a part that was deleted and one made later never share an address."""
    return prefix + os.urandom(4).hex()


def later(default: Any) -> Any:
    """A field an earlier version did not have: it is left out of what is written where it says nothing, so that checksums,
    versions and packages of what does not use it stay as they were."""
    return field(default=default, metadata={"later": True})


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: either part may be empty."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """The part and section lines as read, white space around them aside; None = absent in the source."""

    part_one: str | None = None
    part_one_name: str | None = None
    overall_goal: str | None = None
    sub_goals: str | None = None
    safeguards: str | None = None
    part_two: str | None = None
    part_two_name: str | None = None


@dataclass(frozen=True, slots=True)
class SubGoal:
    """分项绩效目标: a numbered item with the pair 绩效目标 / 绩效指标.

    `number` is the marker as typed, trailing space included, where it differs from the section's pattern; else None.
    `heading` keeps its closing mark. `run_in`: heading and first line of `text` share one paragraph.
    `goal`, `indicator`: None = no such label line is printed; "" = an empty one.
    """

    id: str
    number: str | None = None
    heading: str = ""
    run_in: bool = False
    text: str = ""
    goal: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """工作保障措施: a numbered item; `number`, `heading`, `run_in` and `text` as in SubGoal."""

    id: str
    number: str | None = None
    heading: str = ""
    run_in: bool = False
    text: str = ""


ItemT = TypeVar("ItemT", bound=SubGoal | Measure)


@dataclass(frozen=True, slots=True)
class Items(Generic[ItemT]):
    """A section of numbered items. `preface`: lines before the first item; `numbering`: pattern for items without a number."""

    preface: str = ""
    numbering: str = "（{cn}）"
    items: tuple[ItemT, ...] = ()


Scope = Literal["annual", "long_term"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator table. `value` is kept as typed; `models.document.values` computes its parts.

    `scope`: of this year, or of the whole time the project runs; rows of the latter are printed, checked and counted only where
    a form or a rule names them.
    """

    id: str
    tier1: str = ""
    tier2: str = ""
    name: str = ""
    description: str = ""
    value: str = ""
    basis: str = ""
    weight: str = ""
    scope: Scope = field(default="annual", metadata={"later": True})


@dataclass(frozen=True, slots=True)
class Details:
    """Columns of a project that other forms have and Hebei's has not, as typed; a form prints those it names."""

    department: str = later("")
    implementing_unit: str = later("")
    nature: str = later("")
    category: str = later("")
    starts: str = later("")
    ends: str = later("")
    carry_over: str = later("")
    whole_total: str = later("")
    whole_fiscal: str = later("")
    whole_other: str = later("")
    long_term_goal: str = later("")
    lead: str = later("")
    contact: str = later("")
    basis_for_setting: str = later("")
    summary: str = later("")


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class Project:
    """预算项目绩效目标表. Amounts and plan cells as typed, in `amount_unit`; `goals` without their drawn numbers."""

    id: str
    unit: Unit = Unit()
    amount_unit: str = "万元"
    code: str = ""
    name: str = ""
    budget: str = ""
    fiscal_funds: str = ""
    other_funds: str = ""
    fund_use: str = ""
    spending_plan: tuple[str, ...] = ("",) * PLAN_LENGTH
    goals_numbering: str = "{n}."
    goals: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    details: Details = field(default=NO_DETAILS, metadata={"later": True})

    @property
    def annual_indicators(self) -> tuple[Indicator, ...]:
        """The rows of this year; the same tuple where there are no others."""
        rows = self.indicators
        if all(row.scope == "annual" for row in rows):
            return rows
        return tuple(row for row in rows if row.scope == "annual")

    @property
    def long_term_indicators(self) -> tuple[Indicator, ...]:
        """The rows of the whole term."""
        return tuple(row for row in self.indicators if row.scope == "long_term")


@dataclass(frozen=True, slots=True)
class GoalDocument:
    """部门预算绩效文本: what is printed. Texts of several paragraphs hold one paragraph a line."""

    template: str = "hebei-2022"
    year: int | None = None
    unit: Unit = Unit()
    title: str | None = None
    headings: Headings = Headings()
    overall_goal: str = ""
    sub_goals: Items[SubGoal] = Items()
    safeguards: Items[Measure] = Items()
    projects: tuple[Project, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a draft is edited and printed; never part of the text."""

    tier_scheme: str = "2015"
    font_scheme: str = "gb"
    cover: bool = True
    contents: bool = True
    new_page_per_project: bool = True
    unit_headings: bool = False


@dataclass(frozen=True, slots=True)
class IgnoredProblem:
    """A problem the user decided to leave; found again by rule, place and words."""

    rule: str
    path: str
    excerpt: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """审核意见 on a field, with the answer and whether it is ticked off. `excerpt`: the words it hangs on; path "": no field
    was found for it."""

    id: str
    path: str
    author: str = ""
    text: str = ""
    answer: str = ""
    done: bool = False
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a draft came from: the source's name, 沿用上年 marks (field paths), packages merged into it."""

    source: str = ""
    carried_over: tuple[str, ...] = ()
    merged_from: tuple[str, ...] = ()


DraftState = Literal["草稿", "定稿"]
ReportKind = Literal["自评", "监控"]


@dataclass(frozen=True, slots=True)
class FundResult:
    """A row of a project's funds in a report, as typed, in the project's amount_unit. `rate`: 执行率 where a source states one."""

    name: str = ""
    year_start: str = ""
    full_year: str = ""
    executed: str = ""
    expected: str = ""
    rate: str = ""
    weight: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """What was reached of one target. `target`: the row as it was when its report was closed, or when it was deleted."""

    indicator_id: str
    actual: str = ""
    expected: str = ""
    likelihood: str = ""
    causes: str = ""
    reason: str = ""
    remark: str = ""
    weight: str = ""
    score: str = ""
    target: Indicator | None = None

    @property
    def id(self) -> str:
        return self.indicator_id


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """What was reached of one project. `funds`: the total, then its parts. `total`: 总分 as typed. `target`: the project, without
    its indicators, as it was when its report was closed, or when it was deleted."""

    project_id: str
    funds: tuple[FundResult, ...] = ()
    actual_goals: str = ""
    reason: str = ""
    conclusion: str = ""
    problems: str = ""
    improvements: str = ""
    total: str = ""
    indicators: tuple[IndicatorResult, ...] = ()
    target: Project | None = None

    @property
    def id(self) -> str:
        return self.project_id


@dataclass(frozen=True, slots=True)
class Report:
    """绩效自评 or 绩效运行监控 of a text's targets. `as_of`: the month a 监控 speaks of; `form`: the id of its layout; `weights`,
    `grades`, `thresholds`: ids of what a place counts by, "" for the usual weights and thresholds and for no grades."""

    id: str
    kind: ReportKind = "自评"
    year: int | None = None
    as_of: str = ""
    form: str = ""
    state: DraftState = "草稿"
    projects: tuple[ProjectResult, ...] = ()
    weights: str = later("")
    grades: str = later("")
    thresholds: str = later("")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document and what surrounds it; the surroundings are never printed."""

    document: GoalDocument = GoalDocument()
    settings: Settings = Settings()
    state: DraftState = "草稿"
    ignored: tuple[IgnoredProblem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    provenance: Provenance = Provenance()
    reports: tuple[Report, ...] = later(())


def without_ids(document: GoalDocument) -> GoalDocument:
    """The document with every id emptied: two documents say the same when these are equal."""
    return replace(
        document,
        sub_goals=replace(document.sub_goals, items=tuple(replace(item, id="") for item in document.sub_goals.items)),
        safeguards=replace(
            document.safeguards, items=tuple(replace(item, id="") for item in document.safeguards.items)
        ),
        projects=tuple(
            replace(project, id="", indicators=tuple(replace(row, id="") for row in project.indicators))
            for project in document.projects
        ),
    )


@cache
def written_fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """(name, what it says nothing with) of every field of a record; of a field that is always written, no value is that."""
    return tuple((one.name, one.default if one.metadata.get("later") else _ALWAYS) for one in fields(kind))


_ALWAYS: Any = object()


def plain(value: Any) -> Any:
    """The value as JSON takes it: a record as its fields by name, a tuple as a list."""
    if is_dataclass(value):
        return {name: plain(part) for name, part in stated(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def stated(value: Any) -> Iterator[tuple[str, Any]]:
    """Name and value of each field of a record, but for later ones that say nothing."""
    kind: Any = type(value)
    for name, nothing in written_fields(kind):
        if (part := getattr(value, name)) != nothing:
            yield name, part


def is_of_first_format(draft: Draft) -> bool:
    """Whether the draft says nothing that the program's first format has no place for."""
    return not draft.reports and all(
        project.details == NO_DETAILS and project.annual_indicators is project.indicators
        for project in draft.document.projects
    )
