"""The rules that trace each number to the other places where the same thing is counted: part one, uses, goals, rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.checks.answers import read_value
from models.checks.counted_things import is_counted, quantities, row_quantity, row_quantity_in
from models.checks.prose import likeness, pairs
from models.checks.registry import ROWS, Context, Finding, Severity, Whole, document_rule, project_rule, shortened
from models.checks.tracing import Said, Traced, by_unit, traced
from models.checks.vocabulary import Vocabulary
from models.document.tree import Items, Project, SubGoal
from models.kept_answers import remembered

_SOURCE = "同一件事前后的数字应一致"
_ALIKE = 0.6

_Units = dict[str, list[Said]]


@dataclass(frozen=True, slots=True)
class _Field:
    """A text of part one: its path, the sub-goal it belongs to, and what it counts by unit."""

    path: str
    item: SubGoal | None
    units: _Units


@dataclass(frozen=True)
class _Front:
    """Part one: its fields, and which of their sayings agree and differ among themselves."""

    fields: tuple[_Field, ...]
    pairs: tuple[Traced, ...]


@dataclass(frozen=True, slots=True)
class _InProject:
    """What one project's fields and part one say of the same things."""

    pairs: tuple[Traced, ...]
    agreed: frozenset[tuple[str, int]]
    differ: tuple[Traced, ...]


@document_rule(
    "conflict-number",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{ROWS}[quantity].value": "≥1300人次"},
    right={f"{ROWS}[quantity].value": "1200人次"},
)
def conflict_with_row(whole: Whole) -> Iterator[Finding]:
    """A row and the texts that state its number. Whoever stands alone is named; of two, the row."""
    return (finding for is_row, finding in _all_findings(whole) if is_row)


@document_rule(
    "number-trace",
    Severity.ERROR,
    source=_SOURCE,
    wrong={
        "overall_goal": "2026年，推广小麦节水新技术3000亩，培训农户1200人次，编印节水技术手册800册。",
        "sub_goals[s2].goal": "建成小麦节水示范田，编印节水技术手册500册。",
    },
    right={
        "overall_goal": "2026年，推广小麦节水新技术3000亩，培训农户1200人次，编印节水技术手册500册。",
        "sub_goals[s2].goal": "建成小麦节水示范田，编印节水技术手册500册。",
    },
)
def number_trace(whole: Whole) -> Iterator[Finding]:
    """Two texts that count the same thing and give different numbers."""
    return (finding for is_row, finding in _all_findings(whole) if not is_row)


def _all_findings(whole: Whole) -> tuple[tuple[bool, Finding], ...]:
    document, vocabulary = whole.document, whole.context.vocabulary
    front = whole.once(_front, document.overall_goal, document.sub_goals, vocabulary)
    is_only = len(document.projects) == 1
    parts = [whole.once(_in_project, project, front, is_only, vocabulary) for project in document.projects]
    if not front.pairs and not any(part.differ for part in parts):
        return ()
    return whole.once(_judged, front, *parts)


def _judged(front: _Front, *parts: _InProject) -> tuple[tuple[bool, Finding], ...]:
    """The contradictions of the whole text, each named once, at the place that stands alone."""
    agreed: set[tuple[str, int]] = set().union(*(part.agreed for part in parts))
    differ = [pair for pair in front.pairs if not pair.agree]
    for part in parts:
        own = {key for pair in part.pairs if pair.agree for key in (pair.one.key, pair.other.key)}
        # A number of part one that is another project's is no mistake of this one.
        differ += [pair for pair in part.differ if pair.one.key not in agreed or pair.one.key in own]
    if not differ:
        return ()
    votes = Counter(
        key
        for pair in (*front.pairs, *(pair for part in parts for pair in part.pairs))
        if pair.agree
        for key in (pair.one.key, pair.other.key)
    )
    return tuple(_findings(differ, votes))


def _findings(differ: Iterable[Traced], votes: Counter[tuple[str, int]]) -> Iterator[tuple[bool, Finding]]:
    blamed: dict[tuple[str, int], list[tuple[Said, Said]]] = {}
    for pair in differ:
        wrong, right = _blamed(pair, votes)
        blamed.setdefault(wrong.key, []).append((wrong, right))
    for sides in blamed.values():
        wrong, others = sides[0][0], [right for _wrong, right in sides]
        is_row = wrong.is_row or any(other.is_row for other in others)
        said, other = wrong.quantity, others[0]
        elsewhere = f"指标「{shortened(other.quantity.thing, 20)}」是" if other.is_row else "别处写的是"
        message = (
            f"这里是「{shortened(said.words, 30)}」，{elsewhere}「{shortened(other.quantity.words, 30)}」，请统一。"
        )
        places = tuple(dict.fromkeys(right.path for right in others if right.path != wrong.path))
        also = ("number-trace",) if is_row else ("conflict-number",)
        yield is_row, Finding(wrong.path, shortened(said.words), message, places=places, also=also)


def _blamed(pair: Traced, votes: Counter[tuple[str, int]]) -> tuple[Said, Said]:
    """The wrong one of two and the other: the one fewer places agree with; of equals the row, else the later one."""
    one, other = votes[pair.one.key], votes[pair.other.key]
    if one != other:
        return (pair.one, pair.other) if one < other else (pair.other, pair.one)
    return (pair.one, pair.other) if pair.one.is_row else (pair.other, pair.one)


# what the fields say


def _said(path: str, text: str, vocabulary: Vocabulary) -> _Units:
    return by_unit(Said(path, quantity) for quantity in quantities(text, vocabulary) if quantity.core or quantity.per)


def _front(overall: str, section: Items[SubGoal], vocabulary: Vocabulary) -> _Front:
    fields = [_Field("overall_goal", None, _said("overall_goal", overall, vocabulary))]
    for item in section.items:
        for name in ("goal", "indicator", "text"):
            text = getattr(item, name) or ""
            path = f"sub_goals[{item.id}].{name}"
            fields.append(_Field(path, item, _said(path, text, vocabulary)))
    fields = [field for field in fields if field.units]
    found = [
        pair
        for at, field in enumerate(fields)
        for other in fields[at + 1 :]
        for pair in _between(field.units, other.units, field.item is other.item, frozenset())
    ]
    return _Front(tuple(fields), tuple(found))


def _between(ones: _Units, others: _Units, near: bool, months: frozenset[int]) -> Iterator[Traced]:
    for unit, said in ones.items():
        if unit in others and (unit != "元" or near):
            yield from traced(said, others[unit], near, months)


def _in_project(project: Project, front: _Front, is_only: bool, vocabulary: Vocabulary) -> _InProject:
    """`is_only`: there is no other project that part one could speak of."""
    rows = by_unit(_row_sayings(project, vocabulary))
    months = _months(project)
    path = f"projects[{project.id}]"
    own = [(f"{path}.goals[{place}]", goal) for place, goal in enumerate(project.goals)]
    texts = [_said(where, text, vocabulary) for where, text in (*own, (f"{path}.fund_use", project.fund_use)) if text]
    found: list[Traced] = []
    for at, text in enumerate(texts):
        found += _between(text, rows, True, months)
        for other in texts[at + 1 :]:
            found += _between(text, other, True, months)
    own_items = _own_items(project, front, rows, is_only)
    for field in front.fields:
        near = (field.item.id if field.item else "") in own_items
        for others in (rows, *texts):
            found += _between(field.units, others, near, months)
    agreed = frozenset(pair.one.key for pair in found if pair.agree)
    return _InProject(tuple(found), agreed, tuple(pair for pair in found if not pair.agree))


def items_of(whole: Whole, project: Project) -> frozenset[str]:
    """The sub-goals, by their ids, that tell of this project."""
    document, vocabulary = whole.document, whole.context.vocabulary
    front = whole.once(_front, document.overall_goal, document.sub_goals, vocabulary)
    return whole.once(_items_of, project, front, len(document.projects) == 1, vocabulary)


def _items_of(project: Project, front: _Front, is_only: bool, vocabulary: Vocabulary) -> frozenset[str]:
    return _own_items(project, front, by_unit(_row_sayings(project, vocabulary)), is_only)


_ENOUGH = 2
"""Numbers of a project in a sub-goal that tell whose it is; of the only project one does."""


def _own_items(project: Project, front: _Front, rows: _Units, is_only: bool) -> frozenset[str]:
    """The sub-goals (and "" for the overall goal of the only project) that tell of this project: by their words, or
    because several of their numbers are those of its rows."""
    alike: Counter[str] = Counter()
    for field in front.fields:
        if field.item is not None and _alike(
            field.item.heading, field.item.goal or "", project.name, "\n".join(project.goals)
        ):
            alike[field.item.id] += _ENOUGH
        elif field.item is not None or is_only:
            alike[field.item.id if field.item else ""] += _numbers_shared(field.units, rows)
    enough = 1 if is_only else _ENOUGH
    return frozenset(item for item, times in alike.items() if times >= enough)


def _numbers_shared(units: _Units, rows: _Units) -> int:
    return sum(
        any(
            one.quantity.number == row.quantity.number and len(one.quantity.pairs & row.quantity.pairs) > 1
            for row in rows[unit]
        )
        for unit, said in units.items()
        if unit in rows and unit not in {"%", "‰"}
        for one in said[:_MOST_COMPARED]
    )


_MOST_COMPARED = 20


def _row_sayings(project: Project, vocabulary: Vocabulary) -> Iterator[Said]:
    for row in project.indicators:
        if not is_counted(row, vocabulary):
            continue
        quantity = row_quantity_in(project.name, row, vocabulary)
        if quantity:
            yield Said(f"projects[{project.id}].indicators[{row.id}].value", quantity, True)


_MONTH = re.compile(r"(\d{1,2})月")


def _months(project: Project) -> frozenset[int]:
    """The months in which the project ends, by its rows on time."""
    stated = (_MONTH.search(row.value) for row in project.indicators if row.tier2 == "时效指标")
    return frozenset(int(found[1]) for found in stated if found)


@remembered(20_000)
def _alike(heading: str, goal: str, name: str, goals: str) -> bool:
    """Whether a sub-goal speaks of a project: its heading stands in the name, or both have the same goal."""
    words = pairs(re.sub(r"\W|经费|项目|资金", "", heading))
    if words and len(words & pairs(name)) >= _ALIKE * len(words):
        return True
    return bool(goal) and likeness(goal, goals) >= _ALIKE


_MEASURED = frozenset({"length", "area", "weight"})
_FEWEST = 5
"""Of less many things are counted alike by chance."""


@project_rule(
    "unit-mismatch",
    Severity.ERROR,
    source=_SOURCE,
    wrong={"projects[p2].indicators[i1].value": "6公里"},
    right={"projects[p2].indicators[i1].value": "6块"},
)
def unit_differs(project: Project, context: Context) -> Iterator[Finding]:
    """A row that counts by the metre or the mu what goals and use count, with the same number, by the piece."""
    vocabulary = context.vocabulary
    texts = [(f"goals[{place}]", goal) for place, goal in enumerate(project.goals)] + [("fund_use", project.fund_use)]
    said = [
        (path, own) for path, text in texts for own in quantities(text, vocabulary) if not own.per and not own.apart
    ]
    if not said:
        return
    for row in project.indicators:
        counted = row_quantity(row.name, row.description, row.value, vocabulary) if row.tier2 == "数量指标" else None
        if counted is None or counted.per or counted.number < _FEWEST:
            continue
        same = [(path, own) for path, own in said if own.number == counted.number and own.pairs & counted.pairs]
        kind = _class_of(counted.unit, vocabulary)
        others = [(path, own) for path, own in same if _is_of_another_class(kind, _class_of(own.unit, vocabulary))]
        if others and len(others) == len(same) and len(others[0][1].pairs & counted.pairs) > 1:
            words = shortened(others[0][1].words, 30)
            message = f"单位「{counted.unit}」同别处写的「{words}」不是一类，请核对。"
            places = tuple(dict.fromkeys(path for path, _own in others))
            yield Finding(
                f"indicators[{row.id}].value", shortened(row.value), message, places=places, also=("conflict-number",)
            )


def _class_of(unit: str, vocabulary: Vocabulary) -> str:
    return read_value(f"1{unit}", vocabulary).kind


def _is_of_another_class(one: str, other: str) -> bool:
    known = _MEASURED | {"pieces", "people", "households", "times"}
    return one != other and one in known and other in known and bool({one, other} & _MEASURED)
