"""The rules on one thing that has different values in two places: two rows, plan and row, text and row."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from models.checks.answers import read_value
from models.checks.kinds import bare, kind_of
from models.checks.mentions import Mention, Stated, mentions, rows_mentioned, same_thing
from models.checks.prose import likeness, pairs, plain
from models.checks.registry import (
    Context,
    Finding,
    Severity,
    Whole,
    document_rule,
    project_rule,
    shortened,
)
from models.checks.vocabulary import Vocabulary
from models.document.tree import Indicator, Items, Project, SubGoal
from models.document.values import percent

_ROW = "projects[p1].indicators"
_SOURCE = "同一指标前后应一致"

_NO_SUBJECT = re.compile(
    "项目|工程|建设|完成率|完成情况|完成比例|建成率|施工进展|进展情况|进度|进展|完成|情况|实施|总体|任务|工作"
)
_OF_MONEY = re.compile("资金|支付|拨付|预算|经费|执行|支出")


@project_rule(
    "conflict-number",
    Severity.ERROR,
    source=_SOURCE,
    wrong={
        f"{_ROW}[quality].name": "观摩现场建成率",
        f"{_ROW}[quality].description": "田间观摩现场建成率",
        f"{_ROW}[time].name": "观摩现场完成情况",
        f"{_ROW}[time].description": "田间观摩现场完成情况",
        f"{_ROW}[time].value": "≥80%",
    },
    right={
        f"{_ROW}[quality].name": "观摩现场建成率",
        f"{_ROW}[quality].description": "田间观摩现场建成率",
        f"{_ROW}[time].name": "观摩现场完成情况",
        f"{_ROW}[time].description": "田间观摩现场完成情况",
        f"{_ROW}[time].value": "≥95%",
    },
)
def conflict_completion(project: Project, context: Context) -> Iterator[Finding]:
    """Rows on the completion of the same work with different percentages; the last of them is named."""
    groups: list[tuple[str, list[tuple[Indicator, Decimal]]]] = []
    for row in project.indicators:
        value = read_value(row.value, context.vocabulary)
        subject = _completed(row, context) if value.kind == "percent" and value.amount is not None else ""
        if not subject or value.amount is None:
            continue
        group = next((rows for known, rows in groups if _same_subject(known, subject)), None)
        if group is None:
            groups.append((subject, [(row, value.amount)]))
        else:
            group.append((row, value.amount))
    for _, rows in groups:
        row, amount = rows[-1]
        others = [plain(other) for _, other in rows[:-1] if other != amount]
        if others:
            message = f"同一项工作的完成率前面是 {'、'.join(others)}%，这里是 {plain(amount)}%，请统一。"
            places = tuple(f"indicators[{other.id}].value" for other, own in rows[:-1] if own != amount)
            yield Finding(f"indicators[{row.id}].value", shortened(row.value), message, places=places)


def _completed(row: Indicator, context: Context) -> str:
    """What is completed, "" where the row is about something else."""
    if kind_of(row.name, context.vocabulary) != "completion" or _OF_MONEY.search(row.name):
        return ""
    return _NO_SUBJECT.sub("", bare(row.description or row.name))


def _same_subject(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    left = iter(longer)
    return len(shorter) >= 4 and all(char in left for char in shorter)


@project_rule(
    "conflict-number",
    Severity.ERROR,
    source=_SOURCE,
    wrong={
        f"{_ROW}[time].name": "培训资金支付率",
        f"{_ROW}[time].description": "已支付资金占预算数的比例",
        f"{_ROW}[time].value": "≥80%",
    },
    right={
        f"{_ROW}[time].name": "培训资金支付率",
        f"{_ROW}[time].description": "已支付资金占预算数的比例",
        f"{_ROW}[time].value": "100%",
    },
)
def conflict_payment(project: Project, context: Context) -> Iterator[Finding]:
    """A payment rate below what the spending plan reaches in 12月."""
    planned = percent(project.spending_plan[-1]) if project.spending_plan else None
    if planned != 100:
        return
    for row in project.indicators:
        if not re.search(r"(?:支付|支出|拨付|预算执行)(?:率|进度)\Z", bare(row.name)) or "及时" in row.name:
            continue
        value = read_value(row.value, context.vocabulary)
        if value.kind == "percent" and value.amount is not None and value.amount < planned and value.sign not in "≤＜":
            message = f"资金支出计划到 12 月底是 100%，支付率却只有 {plain(value.amount)}%，请统一。"
            places = (f"spending_plan[{len(project.spending_plan) - 1}]",)
            yield Finding(f"indicators[{row.id}].value", shortened(row.value), message, places=places)


@dataclass(frozen=True, slots=True)
class _Saying:
    """A mention in its place."""

    path: str
    mention: Mention


@document_rule(
    "conflict-number",
    Severity.ERROR,
    source=_SOURCE,
    wrong={"projects[p1].indicators[quantity].value": "≥1300人次"},
    right={"projects[p1].indicators[quantity].value": "1200人次"},
)
def conflict_reported(whole: Whole) -> Iterator[Finding]:
    """A row and the texts that tell its number. Whoever stands alone is named; of two, the row."""
    front = whole.once(_front_sayings, whole.document.sub_goals)
    for project in whole.document.projects:
        yield from whole.once(_reported_in_project, project, front, whole.context.vocabulary)


_Front = tuple[tuple[SubGoal, tuple[_Saying, ...]], ...]


def _reported_in_project(project: Project, front: _Front, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """What one project's rows and the texts say differently; looked at again when one of these changed."""
    rows = rows_mentioned(project, vocabulary)
    if not rows:
        return ()
    own = [(f"projects[{project.id}].goals[{place}]", goal) for place, goal in enumerate(project.goals)]
    own.append((f"projects[{project.id}].fund_use", project.fund_use))
    sayings = [_Saying(path, mention) for path, text in own if text for mention in mentions(text)]
    near = [saying for item, said in front if _belong_together(item, project) for saying in said]
    by_unit: dict[str, list[_Saying]] = {}
    for saying in (*sayings, *near):
        by_unit.setdefault(saying.mention.unit, []).append(saying)
    units = Counter(stated.unit for stated in rows)
    return tuple(
        finding
        for stated in rows
        if stated.unit in by_unit
        for finding in _judge(
            f"projects[{project.id}].indicators[{stated.row.id}].value",
            stated,
            units[stated.unit] == 1,
            by_unit[stated.unit],
        )
    )


def _front_sayings(section: Items[SubGoal]) -> _Front:
    """The sub-goals that tell numbers, with what they tell."""
    sayings = []
    for item in section.items:
        own = tuple(
            _Saying(f"sub_goals[{item.id}].{field}", mention)
            for field in ("indicator", "goal")
            for mention in mentions(getattr(item, field) or "")
        )
        if own:
            sayings.append((item, own))
    return tuple(sayings)


_ALIKE = 0.6


def _belong_together(item: SubGoal, project: Project) -> bool:
    """Whether a sub-goal tells of this project: its heading stands in the name, or both have the same goal."""
    return _alike(item.heading, item.goal or "", project.name, "\n".join(project.goals))


@lru_cache(20_000)
def _alike(heading: str, goal: str, name: str, goals: str) -> bool:
    words = pairs(re.sub(r"\W|经费|项目|资金", "", heading))
    if words and len(words & pairs(name)) >= _ALIKE * len(words):
        return True
    return bool(goal) and likeness(goal, goals) >= _ALIKE


def _judge(path: str, stated: Stated, one_row: bool, sayings: list[_Saying]) -> Iterator[Finding]:
    """What the row and the sayings of its unit tell differently. `one_row`: no other row has the unit."""
    said: dict[str, list[Mention]] = {}
    for saying in sayings:
        said.setdefault(saying.path, []).append(saying.mention)
    same: list[_Saying] = []
    for place, found in said.items():
        meant = [mention for mention in found if same_thing(mention, stated, one_row and len(found) == 1)]
        if not any(mention.number == stated.number for mention in meant):
            same += [_Saying(place, mention) for mention in meant[:1]]
        elif meant:
            same.append(_Saying(place, next(mention for mention in meant if mention.number == stated.number)))
    yield from _blamed(path, stated, same)


def _blamed(path: str, stated: Stated, same: list[_Saying]) -> Iterator[Finding]:
    if all(saying.mention.number == stated.number for saying in same):
        return
    votes = Counter([stated.number, *(saying.mention.number for saying in same)])
    (winner, times), *others = votes.most_common()
    row_is_right = votes[stated.number] > 1 or (winner == stated.number and times > others[0][1])
    if not row_is_right:
        saying = next(saying for saying in same if saying.mention.number != stated.number)
        message = f"别处写的是「{shortened(saying.mention.words, 30)}」，这里是「{stated.row.value.strip()}」，请统一。"
        yield Finding(path, shortened(stated.row.value), message, places=(saying.path,))
        return
    for saying in same:
        if saying.mention.number != stated.number:
            message = (
                f"指标「{shortened(stated.row.name, 20)}」是「{stated.row.value.strip()}」，这里的数不一样，请统一。"
            )
            yield Finding(saying.path, shortened(saying.mention.words), message, places=(path,))
