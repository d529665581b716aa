"""Kinds of mistakes a clerk makes, made at a random place of a clean text: what was changed, and which rules may say so."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from models.document import fieldpath
from models.document.tree import GoalDocument, Indicator, Project
from models.document.values import money

Made = tuple[str, object]
"""(path, the new value there)."""

CHINESE = "[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Kind:
    """`makes` yields every place where the mistake can be made; `rules`: any of them finds it."""

    name: str
    rules: tuple[str, ...]
    makes: Callable[[GoalDocument], Iterator[Made]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one mistake."""

    document: GoalDocument
    path: str


def mutated(document: GoalDocument, kind: Kind, seed: int) -> Planted | None:
    """The mistake at a random place; None where the text has no place for it."""
    places = [made for made in kind.makes(document) if _differs(document, made)]
    if not places:
        return None
    path, value = random.Random(f"{kind.name}{seed}").choice(places)
    return Planted(fieldpath.replace(document, path, value), path)


def _differs(document: GoalDocument, made: Made) -> bool:
    return bool(fieldpath.get(document, made[0]) != made[1])


KINDS: list[Kind] = []


Makes = Callable[[GoalDocument], Iterator[Made]]


def kind(name: str, *rules: str) -> Callable[[Makes], Makes]:
    def add(makes: Makes) -> Makes:
        KINDS.append(Kind(name, rules, makes))
        return makes

    return add


# places


def projects(document: GoalDocument) -> Iterator[tuple[str, Project]]:
    for project in document.projects:
        yield f"projects[{project.id}]", project


def rows(document: GoalDocument, tier: str = "") -> Iterator[tuple[str, Indicator]]:
    for path, project in projects(document):
        for row in project.indicators:
            if tier in row.tier2 or tier in row.tier1:
                yield f"{path}.indicators[{row.id}]", row


def goals(document: GoalDocument) -> Iterator[tuple[str, str]]:
    """The goals of projects and sub-goals."""
    for path, project in projects(document):
        yield from ((f"{path}.goals[{place}]", goal) for place, goal in enumerate(project.goals))
    yield from ((f"sub_goals[{item.id}].goal", item.goal) for item in document.sub_goals.items if item.goal)


def prose(document: GoalDocument) -> Iterator[tuple[str, str]]:
    yield "overall_goal", document.overall_goal
    yield from goals(document)
    yield from ((f"{path}.fund_use", project.fund_use) for path, project in projects(document))
    yield from ((f"safeguards[{item.id}].text", item.text) for item in document.safeguards.items if item.text)


def values(pattern: str, new: Callable[[re.Match[str]], str], tier: str = "") -> Makes:
    def makes(document: GoalDocument) -> Iterator[Made]:
        for path, row in rows(document, tier):
            found = re.fullmatch(pattern, row.value)
            if found:
                yield f"{path}.value", new(found)

    return makes


def cells(field: str, text: str, tier: str = "") -> Makes:
    def makes(document: GoalDocument) -> Iterator[Made]:
        yield from ((f"{path}.{field}", text) for path, _ in rows(document, tier))

    return makes


def in_text(
    texts: Callable[[GoalDocument], Iterator[tuple[str, str]]], pattern: str, new: Callable[[re.Match[str]], str]
) -> Makes:
    def makes(document: GoalDocument) -> Iterator[Made]:
        for path, text in texts(document):
            for found in re.finditer(pattern, text):
                yield path, text[: found.start()] + new(found) + text[found.end() :]

    return makes


# money and plan


@kind("two digits of the budget changed places", "budget-sum", "amount-mismatch")
def budget_swapped(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        for place in range(len(project.budget) - 1):
            pair = project.budget[place : place + 2]
            if pair.isdigit():
                yield f"{path}.budget", project.budget[:place] + pair[::-1] + project.budget[place + 2 :]


@kind("no budget", "budget-missing")
def no_budget(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"{path}.budget", "") for path, _ in projects(document))


@kind("fiscal funds too high", "budget-sum")
def fiscal_changed(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        amount = money(project.fiscal_funds, project.amount_unit)
        if amount:
            yield f"{path}.fiscal_funds", str(amount + 1)


@kind("plan in amounts", "plan-not-percent")
def plan_in_amounts(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        budget = money(project.budget, project.amount_unit)
        if budget:
            yield f"{path}.spending_plan", tuple(f"{budget * part / 4:.2f}" for part in (1, 2, 3, 4))


@kind("plan out of order", "plan-decreasing")
def plan_out_of_order(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        one, two, *rest = project.spending_plan
        yield f"{path}.spending_plan", (two, one, *rest)
        first, second, third, last = project.spending_plan
        yield f"{path}.spending_plan", (first, third, second, last)


@kind("plan stops before 100 %", "plan-not-100")
def plan_short(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        if all(Decimal(cell.rstrip("%") or 0) <= 97 for cell in project.spending_plan[:3]):
            yield f"{path}.spending_plan", (*project.spending_plan[:3], "98%")


@kind("a cost above the budget", "cost-over-budget", "conflict-number")
def cost_above(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        budget = money(project.budget, project.amount_unit)
        for row in project.indicators:
            if "成本" in row.tier2 + row.tier1 and re.fullmatch(r"[≤＜]?[\d.]+万元", row.value) and budget:
                yield f"{path}.indicators[{row.id}].value", f"≤{budget * 13 // 10 + 1}万元"


# codes and years


@kind("wrong check character", "code-check")
def wrong_check(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        if len(project.code) == 21:
            yield f"{path}.code", project.code[:-1] + ("A" if project.code[-1] != "A" else "B")


@kind("two digits of a code changed places", "code-check", "code-format")
def code_swapped(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        for place in range(10, len(project.code) - 2):
            pair = project.code[place : place + 2]
            yield f"{path}.code", project.code[:place] + pair[::-1] + project.code[place + 2 :]


@kind("a character of a code lost", "code-format")
def code_short(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        yield from ((f"{path}.code", project.code[:at] + project.code[at + 1 :]) for at in range(10, len(project.code)))


@kind("another project's code", "code-duplicate")
def code_copied(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        yield from ((f"{path}.code", other.code) for other in document.projects if other is not project and other.code)


KINDS += [
    Kind("last year in a text", ("wrong-year",), in_text(lambda d: goals(d), r"\A2026(?=年)", lambda _: "2025")),
    Kind(
        "last year in the overall goal",
        ("wrong-year",),
        in_text(lambda d: iter([("overall_goal", d.overall_goal)]), r"\A2026(?=年)", lambda _: "2025"),
    ),
    Kind("last year in a date", ("wrong-year",), values(r"2026(年.*)", lambda m: f"2025{m[1]}", "时效")),
]

# what is left over, and structure

KINDS += [
    Kind(
        "a number never filled in",
        ("placeholder-left",),
        values(r"([≥≤＞＜]?)[\d.]+(\D+)", lambda m: f"{m[1]}××{m[2]}"),
    ),
    Kind("dots left in a text", ("placeholder-left",), in_text(goals, r"\d+(?=个|人|场|次|万)", lambda _: "XX")),
    Kind("a template label left", ("label-left",), in_text(goals, r"\A", lambda _: "目标内容：")),
]


@kind("a pause mark after a bracketed number", "numbering-punct")
def pause_mark(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"sub_goals[{item.id}].number", "（一）、") for item in document.sub_goals.items[:1])
    yield from ((f"safeguards[{item.id}].number", "（一）、") for item in document.safeguards.items[:1])


@kind("a heading twice", "duplicate-heading")
def heading_twice(document: GoalDocument) -> Iterator[Made]:
    for section in ("sub_goals", "safeguards"):
        items = getattr(document, section).items
        yield from ((f"{section}[{item.id}].heading", before.heading) for before, item in pairwise(items))


@kind("a sub-goal without its goal", "subgoal-structure")
def no_goal_line(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"sub_goals[{item.id}].goal", None) for item in document.sub_goals.items)


@kind("a sub-goal without its indicator", "subgoal-structure", "indicator-not-quantified")
def no_indicator_line(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"sub_goals[{item.id}].indicator", None) for item in document.sub_goals.items)


# goals and use of funds

KINDS += [
    Kind("a goal only tried for", ("vague-word",), in_text(goals, r"\A", lambda _: "力争")),
    Kind("a goal left open", ("vague-goal",), in_text(goals, r"。\Z", lambda _: "等。")),
    Kind(
        "a goal that says nothing", ("goal-empty",), in_text(goals, r"(?s)\A.+\Z", lambda _: "按时完成各项工作任务。")
    ),
]


@kind("a goal that is the heading", "goal-equals-heading", "goal-not-a-goal")
def goal_is_heading(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"sub_goals[{item.id}].goal", item.heading) for item in document.sub_goals.items)


@kind("an indicator without a value", "indicator-not-quantified")
def nothing_to_measure(document: GoalDocument) -> Iterator[Made]:
    text = "各项工作顺利开展，保障到位，群众认可。"
    yield from ((f"sub_goals[{item.id}].indicator", text) for item in document.sub_goals.items)


@kind("a goal copied from the use of funds", "goal-equals-purpose")
def goal_is_purpose(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"{path}.goals", (project.fund_use,)) for path, project in projects(document) if project.fund_use)


@kind("four characters for the use of funds", "purpose-too-short")
def short_purpose(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"{path}.fund_use", "日常开支。") for path, _ in projects(document))


@kind("the name for the use of funds", "purpose-repeats-name", "purpose-too-short")
def purpose_is_name(document: GoalDocument) -> Iterator[Made]:
    yield from ((f"{path}.fund_use", f"用于{project.name}。") for path, project in projects(document))


@kind("aims for the use of funds", "purpose-not-use")
def purpose_is_aim(document: GoalDocument) -> Iterator[Made]:
    text = "提高公共服务水平，增强群众获得感，促进经济社会发展。"
    yield from ((f"{path}.fund_use", text) for path, _ in projects(document))


# indicators


def _moved(old: str, new: str, pattern: str) -> Makes:
    def makes(document: GoalDocument) -> Iterator[Made]:
        for path, row in rows(document, old):
            if re.search(pattern, row.name) and re.search(r"\d", row.value):
                yield path, replace(row, tier2=new)

    return makes


KINDS += [
    Kind("a rate under 数量", ("wrong-tier",), _moved("质量指标", "数量指标", r"率\Z")),
    Kind("a count under 质量", ("wrong-tier",), _moved("数量指标", "质量指标", r"(?:数|数量|人次|面积|长度)\Z")),
    Kind(
        "a tier's name for an indicator", ("name-equals-tier",), lambda d: ((f"{p}.name", r.tier2) for p, r in rows(d))
    ),
    Kind("a slogan for a name", ("name-is-sentence",), cells("name", "大力提升人民群众的获得感和幸福感")),
    Kind("satisfaction of nobody", ("generic-name",), cells("name", "满意度", "满意度")),
]


@kind("no satisfaction row", "tier-missing")
def no_satisfaction(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        left = tuple(row for row in project.indicators if "满意度" not in row.tier1 + row.tier2)
        yield f"{path}.indicators", left


@kind("a row filled with 无", "filler-row")
def filler(document: GoalDocument) -> Iterator[Made]:
    for path, row in rows(document):
        yield path, replace(row, name="无", description="无", value="无", basis="无")


@kind("a row twice", "duplicate-indicator")
def row_twice(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        for row in project.indicators:
            yield f"{path}.indicators", (*project.indicators, replace(row, id="twice"))
