"""The official text as a tree of immutable values: an edit makes a new tree that shares every untouched part."""

import os
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Generic, Literal, TypeVar

PLAN_LENGTH = 4
"""Checkpoints of the spending plan (3月底, 6月底, 10月底, 12月底)."""


def new_id(prefix: str) -> str:
    """A fresh id such as `p1f9c03ab`. Random, so that a part that was deleted and one made later never share an address."""
    return prefix + os.urandom(4).hex()


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


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator table. `value` is kept as typed; `models.document.values` computes its parts."""

    id: str
    tier1: str = ""
    tier2: str = ""
    name: str = ""
    description: str = ""
    value: str = ""
    basis: str = ""
    weight: str = ""


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


@dataclass(frozen=True, slots=True)
class Draft:
    """A document and what surrounds it; the surroundings are never printed."""

    document: GoalDocument = GoalDocument()
    settings: Settings = Settings()
    state: DraftState = "草稿"
    ignored: tuple[IgnoredProblem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    provenance: Provenance = Provenance()


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


def plain(value: Any) -> Any:
    """The value as JSON takes it: a record as its fields by name, a tuple as a list."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value
