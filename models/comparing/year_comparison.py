"""与上年比较: two years' texts side by side, field by field; projects and rows are matched by what they are, not by id."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from itertools import zip_longest
from math import prod
from typing import Any, Literal, TypeVar

from models.document.fieldnames import CHECKPOINTS, LABELS, PART_LABELS, PART_NAMES, SCOPES
from models.document.tree import Details, GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal
from models.document.values import money, parse_value, percent
from models.years.year_mentions import FoundYear, found_years

State = Literal["same", "years", "changed", "added", "removed"]
"""`years`: only years differ."""

STATE_WORDS: dict[State, str] = {
    "same": "相同",
    "years": "只差年份",
    "changed": "改",
    "added": "新增",
    "removed": "取消",
}
EMPTIED = "本年没填"
FRONT = "部门整体绩效目标"
_ALIKE = 0.6
"""Share of a name that must agree (twice the common characters by all characters)."""
_MOST_PAIRS = 40_000
"""Pairs of names that are weighed against each other at most; of more, all count as new."""
_LONGEST_PAIRS = 25_000_000
"""Pairs of their characters, likewise: a name may be a pasted text."""

_AMOUNTS = ("budget", "fiscal_funds", "other_funds")
_PROJECT_FIELDS = (
    *("name", "code", "unit.code", "unit.name", "amount_unit", *_AMOUNTS, "fund_use"),
    *(f"details.{field.name}" for field in fields(Details)),
)

PartT = TypeVar("PartT", SubGoal, Measure, Project, Indicator)


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in both years. `group`: the project or part it belongs to; `path` leads to it this year, "" where it is gone.

    `note`: «+12.00（+9.4%）» of two amounts, else "".
    """

    group: str
    place: str
    path: str
    last: str
    now: str
    state: State
    note: str = ""

    @property
    def state_words(self) -> str:
        """What happened, in the user's words."""
        return f"{self.kind} {self.note}".strip()

    @property
    def kind(self) -> str:
        """The state in a word; a field that is only empty this year is not said to be given up with its project."""
        return EMPTIED if self.state == "removed" and self.path else STATE_WORDS[self.state]


def compare(last: GoalDocument, now: GoalDocument) -> tuple[Compared, ...]:
    """Every field that is filled in either year, in this year's order; what is gone stands after what it stood behind."""
    return tuple(_with_years(line, last.year, now.year) for line in _compare(last, now))


def differences(lines: Sequence[Compared], years: bool = True) -> tuple[Compared, ...]:
    """The lines that differ; `years`: those in which only years do, too."""
    same = {"same"} if years else {"same", "years"}
    return tuple(line for line in lines if line.state not in same)


def summary(lines: Sequence[Compared]) -> str:
    """«共 96 项：相同 60，只差年份 20，改 10，新增 4，取消 2。»"""
    counts = Counter(line.kind for line in lines)
    parts = "，".join(f"{word} {counts[word]}" for word in (*STATE_WORDS.values(), EMPTIED) if counts[word])
    return f"共 {len(lines)} 项：{parts}。" if lines else "两份文本都还没有内容。"


def _compare(last: GoalDocument, now: GoalDocument) -> Iterator[Compared]:
    yield from _front(last, now)
    labels = PART_LABELS[Project]
    numbers = {project.id: place for place, project in enumerate(now.projects, 1)}
    for one, other in pair(
        last.projects, now.projects, lambda project: project.code.strip(), lambda project: project.name
    ):
        group = _project_group(one, other, numbers)
        path = f"projects[{other.id}]" if other else ""
        for name in _PROJECT_FIELDS:
            note = _amount_note(one, other, name) if name in _AMOUNTS else ""
            yield from _field(group, labels[name], path, name, _read(one, name), _read(other, name), note)
        yield from _plan(group, path, one, other)
        yield from _goals(group, path, one, other)
        yield from _rows(group, path, one, other)


def _front(last: GoalDocument, now: GoalDocument) -> Iterator[Compared]:
    years = ("" if last.year is None else str(last.year), "" if now.year is None else str(now.year))
    for line in _field(FRONT, LABELS["year"], "", "year", *years):
        yield replace(line, state="years") if line.state == "changed" else line
    headings = (f"headings.{field.name}" for field in fields(Headings))
    for name in ("unit.code", "unit.name", "title", *filter(LABELS.__contains__, headings), "overall_goal"):
        yield from _field(FRONT, LABELS[name], "", name, _read(last, name), _read(now, name))
    yield from _items("sub_goals", last.sub_goals, now.sub_goals)
    yield from _items("safeguards", last.safeguards, now.safeguards)


def _items(section: str, last: Items[Any], now: Items[Any]) -> Iterator[Compared]:
    yield from _field(FRONT, LABELS[f"{section}.preface"], section, "preface", last.preface, now.preface)
    numbers = {item.id: place for place, item in enumerate(now.items, 1)}
    kind: type = SubGoal if section == "sub_goals" else Measure
    for one, other in pair(last.items, now.items, None, lambda item: item.heading):
        head = (
            f"{PART_NAMES[kind]} {numbers[other.id]}"
            if other
            else f"上年的{PART_NAMES[kind]}「{_read(one, 'heading')}」"
        )
        path = f"{section}[{other.id}]" if other else ""
        for name in ("heading", "text", "goal", "indicator"):
            if name in PART_LABELS[kind]:
                place = f"{head} · {PART_LABELS[kind][name]}"
                yield from _field(FRONT, place, path, name, _read(one, name), _read(other, name), gone=other is None)


def _plan(group: str, path: str, one: Project | None, other: Project | None) -> Iterator[Compared]:
    last, now = one.spending_plan if one else (), other.spending_plan if other else ()
    for place, texts in enumerate(zip_longest(last, now, fillvalue="")):
        checkpoint = CHECKPOINTS[place] if place < len(CHECKPOINTS) else str(place + 1)
        note = _points(*texts)
        yield from _field(group, f"资金支出计划 {checkpoint}", path, f"spending_plan[{place}]", *texts, note)


def _goals(group: str, path: str, one: Project | None, other: Project | None) -> Iterator[Compared]:
    last, now = one.goals if one else (), other.goals if other else ()
    for place, texts in enumerate(zip_longest(last, now, fillvalue="")):
        here = f"goals[{place}]" if place < len(now) else "goals"
        yield from _field(group, f"绩效目标 {place + 1}", path, here, *texts)


def _rows(group: str, path: str, one: Project | None, other: Project | None) -> Iterator[Compared]:
    last, now = one.indicators if one else (), other.indicators if other else ()
    numbers = {row.id: place for place, row in enumerate(now, 1)}
    for old, new in pair(last, now, _row_key, lambda row: row.name):
        here = f"{path}.indicators[{new.id}]" if new and path else ""
        if old is None or new is None:
            head = f"指标 {numbers[new.id]}" if new else "上年的指标"
            yield from _field(group, head, here, "name", _whole(old), _whole(new), gone=new is None)
            continue
        for name in ("tier1", "tier2", "name", "description", "value", "basis", "weight"):
            called = f"（{new.name}）" if new.name and name != "name" else ""
            place = f"指标 {numbers[new.id]} · {PART_LABELS[Indicator][name]}{called}"
            texts = _read(old, name), _read(new, name)
            note = _value_note(*texts) if name == "value" else ""
            yield from _field(group, place, here, name, *texts, note)
        if "long_term" in (old.scope, new.scope):
            place = f"指标 {numbers[new.id]} · {PART_LABELS[Indicator]['scope']}"
            yield from _field(group, place, here, "scope", SCOPES[old.scope], SCOPES[new.scope])


def _whole(row: Indicator | None) -> str:
    """A row that the other year has not, as one text: «数量指标 · 培训场次 · ≥10场»."""
    names = ("tier1", "tier2", "name", "description", "value", "basis", "weight")
    scope = SCOPES["long_term"] if row is not None and row.scope == "long_term" else ""
    return " · ".join(filter(None, (*(_read(row, name).strip() for name in names), scope)))


def _field(
    group: str, place: str, path: str, name: str, last: str, now: str, note: str = "", *, gone: bool = False
) -> Iterator[Compared]:
    if not last.strip() and not now.strip():
        return
    is_nowhere = gone or (not path and group != FRONT)
    whole = "" if is_nowhere else f"{path}.{name}" if path else name
    yield Compared(group, place, whole, last, now, _state(last, now), note if last != now else "")


def _state(last: str, now: str) -> State:
    if last == now:
        return "same"
    if not last.strip():
        return "added"
    if not now.strip():
        return "removed"
    return "changed"


def _with_years(line: Compared, last: int | None, now: int | None) -> Compared:
    """The line, distinguished where only years that may move with the plan differ."""
    if line.state != "changed" or last is None or now is None or last == now:
        return line
    field = re.sub(r"\[[^\]]*\]", "[]", line.path)
    years = found_years(line.last, last, now, field)
    return replace(line, state="years") if _differ_in_years(line.last, line.now, years) else line


def _differ_in_years(last: str, now: str, years: Iterable[FoundYear]) -> bool:
    """Whether every difference is a year that moved as it may. A moved year is as long as it was: `FoundYear`."""
    if len(last) != len(now):
        return False
    done = 0
    for year in years:
        if year.start >= done:
            if now[done : year.start] != last[done : year.start]:
                return False
            if now[year.start : year.end] not in {last[year.start : year.end], year.new_words}:
                return False
            done = year.end
    return bool(done) and now[done:] == last[done:]


def _read(part: object, name: str) -> str:
    for step in name.split("."):
        part = getattr(part, step, None)
    return "" if part is None else str(part)


# who answers to whom


def pair(
    last: Sequence[PartT], now: Sequence[PartT], key: Callable[[PartT], str] | None, name: Callable[[PartT], str]
) -> list[tuple[PartT | None, PartT | None]]:
    """Parts of both years that are the same: by key, by name (years and blanks aside), by a name much alike, by id.

    In this year's order; the unmatched ones have None for the other year, those that are gone behind what they followed.
    """
    found: dict[int, int] = {}  # place now → place last
    if key is not None:
        _match(last, now, key, found)
    _match(last, now, lambda part: _bare(name(part)), found)
    _match_alike(last, now, name, found)
    _match(last, now, lambda part: part.id, found)
    waiting = set(range(len(last))) - set(found.values())
    pairs: list[tuple[PartT | None, PartT | None]] = []

    def add_gone(place: int) -> None:
        while place in waiting:
            pairs.append((last[place], None))
            place += 1

    add_gone(0)
    for at, part in enumerate(now):
        place = found.get(at)
        pairs.append((None if place is None else last[place], part))
        if place is not None:
            add_gone(place + 1)
    return pairs


def _match(last: Sequence[PartT], now: Sequence[PartT], key: Callable[[PartT], str], found: dict[int, int]) -> None:
    """Adds those with equal keys, the first with the first."""
    taken = set(found.values())
    waiting: dict[str, deque[int]] = {}
    for place, part in enumerate(last):
        if place not in taken and (known_by := key(part)):
            waiting.setdefault(known_by, deque()).append(place)
    for at, part in enumerate(now):
        if at not in found and (same := waiting.get(key(part))):
            found[at] = same.popleft()


def _match_alike(
    last: Sequence[PartT], now: Sequence[PartT], name: Callable[[PartT], str], found: dict[int, int]
) -> None:
    """Adds those whose names are most alike, the most alike first."""
    from difflib import SequenceMatcher

    taken = set(found.values())
    olds = [(place, _bare(name(part))) for place, part in enumerate(last) if place not in taken]
    news = [(at, _bare(name(part))) for at, part in enumerate(now) if at not in found]
    lengths = (sum(len(words) for _, words in names) for names in (olds, news))
    if len(olds) * len(news) > _MOST_PAIRS or prod(lengths) > _LONGEST_PAIRS:
        return
    weighed: list[tuple[float, int, int]] = []
    for at, new in news:
        matcher = SequenceMatcher(None, "", new, autojunk=False)
        for place, old in olds:
            matcher.set_seq1(old)
            if old and new and matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                weighed.append((-ratio, at, place))
    for _ratio, at, place in sorted(weighed):
        if at not in found and place not in taken:
            found[at] = place
            taken.add(place)


def _bare(name: str) -> str:
    return re.sub(r"20\d{2}(?:年度?)?|[\s。：:，,；;]", "", name)


def _row_key(row: Indicator) -> str:
    name = _bare(row.name)
    return f"{row.tier2.strip()}\n{name}" if name else ""


def _project_group(one: Project | None, other: Project | None, numbers: Mapping[str, int]) -> str:
    if other is None:
        return f"上年的项目「{one.name if one else ''}」：今年没有"
    return f"项目 {numbers[other.id]} {other.name}{'' if one else '：上年没有'}".strip()


# how much


def _amount_note(one: Project | None, other: Project | None, name: str) -> str:
    if one is None or other is None:
        return ""
    last, now = money(_read(one, name), one.amount_unit), money(_read(other, name), other.amount_unit)
    if last is None or now is None:
        return ""
    unit = "" if one.amount_unit == other.amount_unit == "万元" else "万元"
    return _change(last, now, unit)


def _value_note(last: str, now: str) -> str:
    old, new = parse_value(last), parse_value(now)
    if old.amount is None or new.amount is None or old.measure != new.measure:
        return ""
    return _points(last, now) if old.measure == "%" else _change(old.amount, new.amount, new.unit)


def _points(last: str, now: str) -> str:
    """Of two percentages: how many points more or fewer."""
    shares = [percent(re.sub(r"^\s*[≥≤＞＜>=<＝]+", "", text)) for text in (last, now)]
    if shares[0] is None or shares[1] is None or shares[0] == shares[1]:
        return ""
    return f"{_signed(shares[1] - shares[0])} 个百分点"


def _change(last: Decimal, now: Decimal, unit: str) -> str:
    if last == now:
        return ""
    share = f"（{_signed(round((now - last) * 100 / abs(last), 1))}%）" if last else ""
    return f"{_signed(now - last)}{unit}{share}"


def _signed(number: Decimal) -> str:
    """«+10.00», also where 元 made it 10.0000."""
    text = f"{number:+,f}"
    whole, point, decimals = text.partition(".")
    return f"{whole}{point}{decimals[:2]}{decimals[2:].rstrip('0')}"
