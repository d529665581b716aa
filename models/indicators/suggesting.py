"""Recommends indicators for a project from what it says of itself: each with the reason, and a value where it names one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from operator import mul

from models.checks.prose import likeness, pairs, squeezed
from models.document.template import TierScheme
from models.document.tiers import plain_tier, scheme_tiers
from models.document.tree import Project
from models.indicators.indicator_library import Entry, UsedIndicator, kinds_of, library
from models.indicators.own_library import Key, OwnLibrary, key_of, known_entries
from models.indicators.quantities import EMPTY_PAIRS, Quantity, budget_for, from_words, mentioned_in, quantities

MOST = 40
_NOTHING_OWN = OwnLibrary()
_SAME_PROJECT = 2.0
_WORTH_NAMING = 0.35
"""Likeness of two projects from which the one is a reason for the other."""
_SAME_NAME = 0.8
"""Likeness of two names of one tier from which the second one says nothing new."""
_NEAR = 0.6
"""Likeness of two names from which the one stands for the other."""
_EVEN = 1.0
"""How far below the best one is still likely: points of a score in which the odds fall to a third."""
_LOOKED_AT = 60
"""The best of a tier, among which those are chosen that stand for most of the rest."""
_REMEMBERED = 60
"""Names used in a tier that are looked at, those of most projects first."""

_ROUNDS = 3
"""As many of each tier, before the rest goes to where most is likely."""

# Points for what speaks for an indicator.
_FITS, _LATER, _LEAST_FIT = 1.0, 0.2, 0.3
_MISFIT, _UNKNOWN, _CHANCE, _BROAD = -0.2, 0.5, 0.3, 0.4
_WORDS, _TOLD, _PLAIN = 1.0, 1.0, 2.5
_OWN, _UNLIKE, _HABIT = 6.0, 0.25, 0.6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator to take. `reason`: why, in the clerk's words; `value`: what the project says of it, "" for nothing,
    with where it says so in `value_from`."""

    entry: Entry
    reason: str
    value: str = ""
    value_from: str = ""


def suggested(
    project: Project,
    scheme: TierScheme,
    used: Sequence[UsedIndicator],
    own: OwnLibrary = _NOTHING_OWN,
    most: int = MOST,
) -> tuple[Suggestion, ...]:
    """Indicators the project has not: the best one of each second tier it lacks, then of all tiers what is most likely.

    `used`: rows of other drafts. What stands in the project already, or nearly, is left out.
    """
    entries = known_entries(used, own, scheme)
    judge = _Judge(project, entries, used, scheme)
    ranked: dict[str, list[tuple[float, Entry]]] = {t: [] for below in scheme.tiers.values() for t in below}
    for entry in (*entries, *judge.made):
        if entry.tier2 in ranked and squeezed(entry.name).strip("无"):
            ranked[entry.tier2].append((judge.score(entry), entry))
    present: dict[str, list[str]] = {tier2: [] for tier2 in ranked}
    for row in project.indicators:
        for tier2, names in present.items():
            if plain_tier(row.tier2) == plain_tier(tier2) and row.name.strip():
                names.append(squeezed(row.name))
    lines = {tier2: _best(found, present[tier2], most) for tier2, found in ranked.items()}
    order = _order(
        lines, present, [entry for line in lines.values() for _share, entry in line if judge.has_number(entry)]
    )
    return tuple(judge.mentioned(entry) for entry in order[:most])


def _order(
    lines: Mapping[str, Sequence[tuple[float, Entry]]], present: Mapping[str, Sequence[str]], mentioned: Iterable[Entry]
) -> list[Entry]:
    """The best of each tier that is missing, then what the project names a number of, then some of each tier in turn, then
    what is most likely anywhere."""
    rounds = [[line[at] for line in lines.values() if at < len(line)] for at in range(_ROUNDS)]
    missing = [line[0] for tier2, line in lines.items() if line and not present[tier2]]
    rest = sorted((one for line in lines.values() for one in line[_ROUNDS:]), key=lambda each: -each[0])
    ranked = [*missing, *((1.0, entry) for entry in mentioned), *(one for turn in rounds for one in turn), *rest]
    return list(dict.fromkeys(entry for _share, entry in ranked))


# What speaks for an indicator


@dataclass(frozen=True, slots=True)
class _Other:
    """Another project that used an indicator."""

    name: str
    year: int
    alike: float
    value: str


class _Judge:
    """What a project says of itself, and how well an entry fits that."""

    def __init__(
        self, project: Project, entries: Sequence[Entry], used: Sequence[UsedIndicator], scheme: TierScheme
    ) -> None:
        self._project = project
        self._program = frozenset(key_of(entry) for entry in library(scheme.id))
        self._text = squeezed("\n".join((project.name, project.fund_use, *project.goals)))
        self._pairs = pairs(self._text) - EMPTY_PAIRS
        self._kinds = tuple(dict.fromkeys((*kinds_of(project.name), *kinds_of(self._text))))
        self._others = _others(project, used)
        self._habits = _habits(self._others)
        counts = Counter(pair for entry in entries for pair in pairs(squeezed(entry.name)))
        total = len(entries) + 1
        # How much a pair of characters says: the rarer in names, the more.
        self._rarity = {pair: log(total / count) / log(total) for pair, count in counts.items()}
        found, tiers = quantities(project), scheme_tiers("数量指标", scheme)
        mentioned = mentioned_in(found, entries, self._rarity)
        made = dict(from_words(found, frozenset(mentioned.values()), tiers)) if tiers else {}
        self.made = tuple(made)
        """Indicators in the project's own words."""
        self._mentioned: Mapping[Entry, Quantity] = {**mentioned, **made}

    def score(self, entry: Entry) -> float:
        weights = {pair: self._rarity.get(pair, 1.0) for pair in pairs(squeezed(entry.name))}
        special = sum(weights.values())
        shared = sum(weight for pair, weight in weights.items() if pair in self._pairs)
        score = self._fit(entry) + _HABIT * log(1 + self._support(entry))
        if special:
            # The plain name is written most: 完成及时率 before 路灯抢修完成及时率.
            score += _WORDS * shared / special + _PLAIN * (1 - special / len(weights))
        if entry in self._mentioned or budget_for(entry, self._project):
            score += _TOLD
        others = self._others.get(key_of(entry))
        return score + _OWN * max(others[0].alike - _UNLIKE, 0) if others else score

    def has_number(self, entry: Entry) -> bool:
        """Whether the project says how much of it there shall be."""
        return entry in self._mentioned

    def _fitting(self, entry: Entry) -> str:
        return next((kind for kind in self._kinds if kind in entry.kinds), "")

    def _fit(self, entry: Entry) -> float:
        """How well it fits the kinds of the project; what fits many kinds may fit any."""
        if not (entry.kinds and self._kinds):
            return _UNKNOWN
        kind = self._fitting(entry)
        if key_of(entry) not in self._program:
            return _CHANCE if kind else 0.0  # they are those of the projects that happened to use it
        broad = _BROAD * log(len(entry.kinds))
        return broad + (max(_FITS - _LATER * self._kinds.index(kind), _LEAST_FIT) if kind else _MISFIT)

    def _support(self, entry: Entry) -> float:
        """How many projects used it, or something that is called nearly so."""
        name = squeezed(entry.name)
        found: dict[str, float] = {}
        for other, projects in self._habits.get(plain_tier(entry.tier2), ()):
            near = likeness(name, other)
            if near >= _NEAR:
                found.update({each: max(near, found.get(each, 0.0)) for each in projects})
        return sum(found.values())

    def mentioned(self, entry: Entry) -> Suggestion:
        """The entry with the reasons for it, the two strongest, and its value where the project names one."""
        quantity = self._mentioned.get(entry)
        budget = "" if quantity else budget_for(entry, self._project)
        value = quantity.value(entry.sign) if quantity else budget
        value_from = quantity.field if quantity else "预算数" if budget else ""
        return Suggestion(entry, "；".join(self._reasons(entry, quantity)[:2]), value, value_from)

    def _reasons(self, entry: Entry, quantity: Quantity | None) -> list[str]:
        found = []
        best = next(iter(self._others.get(key_of(entry), ())), None)
        if best and best.alike >= _SAME_PROJECT:
            year = f"{best.year} 年" if best.year else "以前"
            found.append(f"同一项目{year}用过{f'（{best.value}）' if best.value else ''}")
        elif best and best.alike >= _WORTH_NAMING:
            found.append(f"相似项目「{best.name}」用过")
        if quantity:
            found.append(f"{quantity.field}写有「{''.join(quantity.mention.words.split())}」")
        kind, words = self._fitting(entry), self._shared_words(entry)
        if kind and (key_of(entry) in self._program or not entry.uses):
            found.append(f"适合「{kind}」类项目")
        if words:
            found.append(f"项目提到「{words}」")
        if entry.uses:
            found.append(f"以前的文本用过 {entry.uses} 次")
        return found or ["各类项目常用"]

    def _shared_words(self, entry: Entry) -> str:
        """The longest words the name has of the project's text."""
        name, longest = squeezed(entry.name), ""
        for start in range(len(name)):
            end = start + len(longest) + 1
            while end <= len(name) and name[start:end] in self._text:
                longest, end = name[start:end], end + 1
        return longest if len(longest) > 1 and longest not in EMPTY_PAIRS else ""


def _others(project: Project, used: Iterable[UsedIndicator]) -> Mapping[Key, list[_Other]]:
    """The projects that used each indicator, the most like this one first."""
    found: dict[Key, list[_Other]] = {}
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


def _habits(others: Mapping[Key, Sequence[_Other]]) -> Mapping[str, list[tuple[str, frozenset[str]]]]:
    """Of each tier the names that were used, with the projects that did."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for (tier, name), projects in others.items():
        found.setdefault(tier, []).append((squeezed(name), frozenset(other.name for other in projects)))
    return {tier: sorted(names, key=lambda each: -len(each[1]))[:_REMEMBERED] for tier, names in found.items()}


def _likeness(project: Project, row: UsedIndicator) -> float:
    name, other = _core(project.name), _core(row.project)
    if (project.code and project.code == row.code) or (name and name == other):
        return _SAME_PROJECT
    alike, use = likeness(name, other), likeness(squeezed(project.fund_use), squeezed(row.fund_use))
    return max(0.8 * alike, 0.6 * alike + 0.4 * use)


def _core(name: str) -> str:
    """A project's name without the year and the marks in it."""
    return re.sub(r"(?:19|20)\d{2}年度?", "", squeezed(name))


# Choosing


def _best(found: Iterable[tuple[float, Entry]], present: Sequence[str], most: int) -> list[tuple[float, Entry]]:
    """Of one tier those that stand for most of what is likely there, each with its share of that."""
    likely = sorted(found, key=lambda each: -each[0])[:_LOOKED_AT]
    names = [squeezed(entry.name) for _score, entry in likely]
    weights = [exp(score / _EVEN) for score, _entry in likely]
    whole = sum(weights) or 1.0
    said = [max((_stands_for(one, name) for one in present), default=0.0) for name in names]
    left = [weight * (1 - near) for weight, near in zip(weights, said, strict=True)]
    alike = [[_stands_for(one, other) for other in names] for one in names]
    taken: dict[int, float] = {}
    while len(taken) < min(most, len(likely)):
        gains = [sum(map(mul, row, left)) for row in alike]
        free = (at for at in range(len(likely)) if at not in taken and said[at] < 1.0)
        best = max(free, key=lambda at: gains[at] * weights[at], default=None)
        if best is None or gains[best] <= 0:
            break
        taken[best] = gains[best] / whole
        left = [weight * (1 - near) for weight, near in zip(left, alike[best], strict=True)]
    return [(share, likely[at][1]) for at, share in taken.items()]


def _stands_for(one: str, other: str) -> float:
    near = likeness(one, other)
    return 1.0 if near >= _SAME_NAME else near if near >= _NEAR else 0.0
