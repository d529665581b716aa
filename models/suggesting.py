"""Recommends indicators for a project from what it says of itself: each with the reason, and a value where it names one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import exp, log
from operator import mul

from models.checks.mentions import Mention, mentions
from models.checks.prose import likeness, pairs, plain, squeezed
from models.document import Project
from models.library import Entry, UsedIndicator, kinds_of
from models.own_library import OwnLibrary, key_of, known_entries
from models.template import TierScheme
from models.tiers import plain_tier, scheme_tiers
from models.values import compose_value, money

MOST = 40
_SAME_PROJECT = 2.0
_ALIKE = 0.35
"""Likeness of two projects from which the one is worth naming as a reason for the other."""
_DOUBLE = 0.8
"""Likeness of two names of one tier from which the second one says nothing new."""
_MISFIT, _GENERAL, _FITS = -0.7, 0.5, 1.0
_OWN, _UNLIKE, _MANY, _WORDS, _TOLD, _BROAD, _CHANCE, _PLAIN = 2.0, 0.2, 0.6, 1.5, 1.0, 0.5, 0.5, 3.0
_NEAR = 0.6
"""Likeness of two names from which the one stands for the other."""
_EVEN = 0.7
_LOOKED_AT = 60
"""The best of a tier, among which those are chosen that stand for most of the rest."""
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\d)")
_AT_MOST = re.compile(r"(?:不超过|不高于|不多于|不大于|控制在|低于|少于|以内)\s*\Z")
_LEADING = re.compile(
    r"(?:(?:本年度|本年|全年|年内|计划|预计|力争|通过|确保|将|并|其中|主要|用于|累计|共|完成|实现|组织|开展|举办|召开|建设)(?=..))+"
)
_ENDINGS = {
    "场": "场次", "次": "次数", "期": "期数", "人": "人数", "人次": "人次", "户": "户数", "家": "数量", "个": "数量", "项": "数量",
    "件": "数量", "份": "数量", "篇": "数量", "台": "数量", "套": "数量", "辆": "数量", "座": "数量", "处": "数量", "米": "长度",
    "公里": "长度", "亩": "面积", "平方米": "面积", "公顷": "面积", "天": "天数",
}  # fmt: skip
_ALIKE_UNITS = (
    frozenset(("次", "场", "期", "批次", "场次")),
    frozenset(("个", "项", "件", "处")),
    frozenset(("家", "户", "个")),
)
_EMPTY_PAIRS = frozenset(
    (
        "项目", "目的", "完成", "情况", "工作", "及时", "数量", "指标", "年度", "建设", "实施", "进行", "提高", "提升", "开展", "保障",
        "相关", "管理", "服务", "全年",
    )
)  # fmt: skip
"""What every project speaks of."""
_NOTHING_OWN = OwnLibrary()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator to take. `reason`: why, in the clerk's words; `value`: what the project says of it, "" for nothing,
    with where it says so in `value_from`."""

    entry: Entry
    reason: str
    value: str = ""
    value_from: str = ""


@dataclass(frozen=True, slots=True)
class _Other:
    """Another project that used an indicator."""

    name: str
    year: int
    alike: float
    value: str


@dataclass(frozen=True, slots=True)
class _About:
    """What the project says: its kinds, its words, the quantities in them with the field each stands in."""

    project: Project
    kinds: tuple[str, ...]
    pairs: frozenset[str]
    text: str
    quantities: tuple[tuple[Mention, str], ...]


def suggested(
    project: Project,
    scheme: TierScheme,
    used: Sequence[UsedIndicator],
    own: OwnLibrary = _NOTHING_OWN,
    most: int = MOST,
) -> tuple[Suggestion, ...]:
    """Indicators the project has not, by rounds over the second tiers: the best of each tier first, those it lacks before.

    `used`: rows of other drafts. What stands in the project already, or nearly, is left out.
    """
    about = _about(project)
    others = _others(project, used)
    entries = known_entries(used, own, scheme)
    rarity = _rarity(entries)
    ranked: dict[str, list[tuple[float, Suggestion]]] = {t: [] for below in scheme.tiers.values() for t in below}
    for entry in chain(entries, _from_quantities(about, entries, scheme)):
        if entry.tier2 in ranked and squeezed(entry.name).strip("无"):
            ranked[entry.tier2].append(_judged(entry, about, others.get(key_of(entry), ()), rarity))
    present = {tier2: [row.name for row in project.indicators if _is_of(row.tier2, tier2)] for tier2 in ranked}
    lines = {tier2: _best(found, present[tier2], most) for tier2, found in ranked.items()}
    first = [line[0] for tier2, line in lines.items() if line and not present[tier2]]
    others = [one for tier2, line in lines.items() for one in line[0 if present[tier2] else 1 :]]
    others.sort(key=lambda each: -each[0])
    return tuple(suggestion for _gain, suggestion in (*first, *others))[:most]


def _is_of(tier2: str, scheme_tier2: str) -> bool:
    return plain_tier(tier2) == plain_tier(scheme_tier2)


def _about(project: Project) -> _About:
    fields = [
        ("项目名称", project.name),
        ("资金用途", project.fund_use),
        *(("绩效目标", goal) for goal in project.goals),
    ]
    text = "\n".join(words for _field, words in fields)
    quantities = tuple(
        (found, field)
        for field, words in fields[1:]
        for found in mentions(_GAP.sub("", words))
        if not (found.unit == "年" and found.number > 1000)
    )
    kinds = tuple(dict.fromkeys((*kinds_of(project.name), *kinds_of(text))))
    return _About(project, kinds, pairs(squeezed(text)) - _EMPTY_PAIRS, squeezed(text), quantities)


# What other projects used


def _others(project: Project, used: Iterable[UsedIndicator]) -> Mapping[tuple[str, str], list[_Other]]:
    """The projects that used each indicator, the most like this one first."""
    found: dict[tuple[str, str], list[_Other]] = {}
    alike: dict[tuple[str, str, str], float] = {}
    for row in used:
        who = (row.code, row.project, row.fund_use)
        if who not in alike:
            alike[who] = _likeness(project, row)
        other = _Other(row.project, row.year or 0, alike[who], row.value)
        found.setdefault((plain_tier(row.tier2), " ".join(row.name.split())), []).append(other)
    for each in found.values():
        each.sort(key=lambda other: (-other.alike, -other.year))
    return found


def _likeness(project: Project, row: UsedIndicator) -> float:
    name, other = _core(project.name), _core(row.project)
    if (project.code and project.code == row.code) or (name and name == other):
        return _SAME_PROJECT
    return 0.6 * likeness(name, other) + 0.4 * likeness(squeezed(project.fund_use), squeezed(row.fund_use))


def _core(name: str) -> str:
    """A project's name without the year and the marks in it."""
    return re.sub(r"(?:19|20)\d{2}年度?", "", squeezed(name))


# How well an entry fits


def _rarity(entries: Sequence[Entry]) -> Mapping[str, float]:
    """How much a pair of characters says: the rarer in names, the more."""
    counts: dict[str, int] = {}
    for entry in entries:
        for pair in pairs(squeezed(entry.name)):
            counts[pair] = counts.get(pair, 0) + 1
    total = log(len(entries) + 1)
    return {pair: log((len(entries) + 1) / count) / total if total else 0.0 for pair, count in counts.items()}


def _judged(
    entry: Entry, about: _About, others: Sequence[_Other], rarity: Mapping[str, float]
) -> tuple[float, Suggestion]:
    quantity = _quantity_for(entry, about)
    words, share = _shared_words(entry, about, rarity)
    best = others[0] if others else None
    fitting = next((kind for kind in about.kinds if kind in entry.kinds), "")
    score = _fit(entry, fitting, about) + _PLAIN * (1 - _say(entry, rarity)) + _WORDS * share + (_TOLD if quantity else 0.0)
    if best:
        score += _OWN * max(best.alike - _UNLIKE, 0) + _MANY * log(len({other.name for other in others}))
    value, value_from = _value(entry, about, quantity)
    reason = _reason(best, fitting, words, quantity, entry)
    return score, Suggestion(entry, reason, value, value_from)


def _say(entry: Entry, rarity: Mapping[str, float]) -> float:
    """0 … 1: how special a name is. The plain one is written most: 完成及时率 before 路灯抢修完成及时率."""
    found = [rarity.get(pair, 1.0) for pair in pairs(squeezed(entry.name))]
    return sum(found) / len(found) if found else 1.0


def _fit(entry: Entry, fitting: str, about: _About) -> float:
    """How well an entry fits the kinds of the project; what fits many kinds fits any."""
    if not (entry.kinds and about.kinds):
        return _GENERAL
    if entry.uses:
        # The kinds are those of the projects that happened to use it.
        return _FITS * _CHANCE if fitting else 0.0
    broad = _BROAD * log(len(entry.kinds))
    return broad + (_FITS * (1 - 0.1 * about.kinds.index(fitting)) if fitting else _MISFIT)


def _shared_words(entry: Entry, about: _About, rarity: Mapping[str, float]) -> tuple[str, float]:
    """The longest words the entry's name has of the project's text, and what share of what it says they are."""
    name = squeezed(entry.name)
    weights = {pair: rarity.get(pair, 1.0) for pair in pairs(name)}
    total = sum(weights.values())
    share = sum(weight for pair, weight in weights.items() if pair in about.pairs) / total if total else 0.0
    longest = ""
    for start in range(len(name)):
        for end in range(start + 2 + len(longest) - 1, len(name) + 1):
            if name[start:end] not in about.text:
                break
            if end - start > len(longest) and name[start:end] not in _EMPTY_PAIRS:
                longest = name[start:end]
    return longest if len(longest) > 1 else "", share


def _reason(best: _Other | None, kind: str, words: str, quantity: tuple[Mention, str] | None, entry: Entry) -> str:
    found = []
    if best and best.alike >= _SAME_PROJECT:
        year = f"{best.year} 年" if best.year else "以前"
        found.append(f"同一项目{year}用过{f'（{best.value}）' if best.value else ''}")
    elif best and best.alike >= _ALIKE:
        found.append(f"相似项目「{best.name}」用过")
    if quantity:
        found.append(f"{quantity[1]}写有「{quantity[0].words}」")
    if kind and len(found) < 2:
        found.append(f"适合「{kind}」类项目")
    if words and len(found) < 2:
        found.append(f"项目提到「{words}」")
    if not found:
        found.append(
            f"以前的文本用过 {entry.uses} 次"
            if entry.uses
            else "各类项目通用"
            if not entry.kinds
            else "同类二级指标常用"
        )
    return "；".join(found)


def _best(found: Iterable[tuple[float, Suggestion]], present: Sequence[str], most: int) -> list[tuple[float, Suggestion]]:
    """Of one tier those that stand for most of what is likely there, each with its share of that."""
    likely = sorted(found, key=lambda each: -each[0])[:_LOOKED_AT]
    names = [squeezed(suggestion.entry.name) for _score, suggestion in likely]
    weights = [exp(score / _EVEN) for score, _suggestion in likely]
    left = [weight * (1 - max((_stands_for(squeezed(p), n) for p in present), default=0.0)) for weight, n in zip(weights, names, strict=True)]
    alike = [[_stands_for(one, other) for other in names] for one in names]
    taken: list[tuple[float, Suggestion]] = []
    whole = sum(weights) or 1.0
    for _round in range(min(most, len(likely))):
        gains = [sum(map(mul, row, left)) for row in alike]
        best = max(range(len(gains)), key=gains.__getitem__)
        taken.append((gains[best] / whole, likely[best][1]))
        left = [weight * (1 - near) for weight, near in zip(left, alike[best], strict=True)]
    return taken


def _stands_for(one: str, other: str) -> float:
    near = likeness(one, other)
    return 1.0 if near >= _DOUBLE else near if near >= _NEAR else 0.0


# Quantities


def _quantity_for(entry: Entry, about: _About) -> tuple[Mention, str] | None:
    """What the project says of how much of it there shall be."""
    if not entry.unit:
        return None
    name = pairs(squeezed(entry.name)) - _EMPTY_PAIRS
    fitting = [
        (len(name & pairs(mention.subject)), (mention, field))
        for mention, field in about.quantities
        if _units_fit(entry.unit, mention.unit)
    ]
    best = max(fitting, key=lambda each: each[0], default=(0, None))
    return best[1] if best[0] and len(name) <= 4 * best[0] else None


def _units_fit(one: str, other: str) -> bool:
    one, other = ("%" if unit in {"百分比", "％"} else "次" if unit == "次数" else unit for unit in (one, other))
    return one == other or any(one in group and other in group for group in _ALIKE_UNITS)


def _value(entry: Entry, about: _About, quantity: tuple[Mention, str] | None) -> tuple[str, str]:
    if quantity:
        mention, field = quantity
        return _told_value(entry.sign, mention, about), field
    project = about.project
    if (
        plain_tier(entry.tier2) == "成本"
        and entry.unit in {"万元", "元"}
        and re.search("总成本|总额|预算|控制数", entry.name)
    ):
        amount = money(project.budget, project.amount_unit)
        if amount is not None and amount > 0:
            number = plain(amount if entry.unit == "万元" else amount * 10_000)
            return compose_value("≤", number, entry.unit), "预算数"
    return "", ""


def _told_value(sign: str, mention: Mention, about: _About) -> str:
    before = about.text.partition(squeezed(mention.words))[0]
    at_most = _AT_MOST.search(before) or _AT_MOST.search(re.sub(r"\d.*\Z", "", mention.words))
    return compose_value("≤" if at_most else sign or "≥", plain(mention.number), mention.unit)


def _from_quantities(about: _About, entries: Sequence[Entry], scheme: TierScheme) -> Iterable[Entry]:
    """Indicators made of the project's own words, where it counts something no entry names."""
    for mention, field in about.quantities:
        if mention.unit not in _ENDINGS or any(_quantity_of_one(entry, mention, field, about) for entry in entries):
            continue
        thing = _LEADING.sub("", mention.subject, count=1)
        tiers = scheme_tiers("数量指标", scheme)
        if tiers and 2 <= len(thing) <= 14:
            ending = _ENDINGS[mention.unit]
            name = thing if thing.endswith(ending) else f"{thing.removesuffix('数量')}{ending}"
            yield Entry(*tiers, name, sign="≥", unit=mention.unit, source=field, kinds=about.kinds)


def _quantity_of_one(entry: Entry, mention: Mention, field: str, about: _About) -> bool:
    alone = replace(about, quantities=((mention, field),))
    return _quantity_for(entry, alone) is not None
