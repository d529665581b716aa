"""Recommends indicators for a project by its kind, by how often they were used and by its words: each with the reason, and a
value where the project names one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from math import exp, log
from operator import mul
from typing import NamedTuple

from models.checks.prose import likeness, pairs, squeezed
from models.document.template import TierScheme
from models.document.tiers import plain_tier, scheme_tiers
from models.document.tree import Project
from models.grouping import grouped
from models.indicators.indicator_library import Entry, UsedIndicator, kinds_of, library
from models.indicators.object_words import AT_HOME, FOREIGN, GENERAL, KIND_ONLY, how_foreign
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
_LOOKED_AT = 60
"""The best of a tier, among which those are chosen that stand for most of the rest."""
_FEW = 3
"""So many of a tier a project gets, where too few fit it, of those that only fit its kind."""

# Points for what speaks for an indicator, beside the share of its words that the project speaks of.
_NO_KIND, _MANY_KINDS, _USED, _PLAIN, _NUMBER, _ALIKE = 0.5, 0.4, 0.6, 2.5, 1.0, 6.0


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
    """Indicators the project has not: the best one of each second tier it lacks, then what it names a number of, then those of
    each tier in turn.

    `used`: rows of other drafts. What stands in the project already, or nearly, is left out.
    """
    judge = _Judge(project, known_entries(used, own, scheme), used, scheme)
    tiers = [tier2 for below in scheme.tiers.values() for tier2 in below]
    present = {
        tier2: [
            name
            for row in project.indicators
            if plain_tier(row.tier2) == plain_tier(tier2) and (name := squeezed(row.name))
        ]
        for tier2 in tiers
    }
    lines = [_best(judge, tier2, present[tier2], most) for tier2 in tiers]
    missing = [line[0] for tier2, line in zip(tiers, lines, strict=True) if line and not present[tier2]]
    named = [entry for line in lines for entry in line if entry in judge.named]
    turns = [entry for turn in zip_longest(*lines) for entry in turn if entry]
    return tuple(map(judge.suggestion, list(dict.fromkeys([*missing, *named, *turns]))[:most]))


class _Other(NamedTuple):
    """Another project that used an indicator; the more alike, the greater."""

    alike: float
    year: int
    name: str
    value: str


class _Judge:
    """What a project says of itself, and how well an entry fits that."""

    def __init__(
        self, project: Project, entries: Sequence[Entry], used: Sequence[UsedIndicator], scheme: TierScheme
    ) -> None:
        self._project = project
        self._program = frozenset(map(key_of, library(scheme.id)))
        self._text = squeezed("\n".join((project.name, project.fund_use, *project.goals)))
        self._pairs = pairs(self._text) - EMPTY_PAIRS
        self._kinds = tuple(dict.fromkeys((*kinds_of(project.name), *kinds_of(self._text))))
        self._others = _others(project, used)
        words = {entry.name: pairs(squeezed(entry.name)) for entry in entries}
        counts = Counter(pair for entry in entries for pair in words[entry.name])
        total = len(entries) + 1
        # How much a pair of characters says: the rarer in names, the more.
        self._rarity = {pair: log(total / count) / log(total) for pair, count in counts.items()}
        found, tiers = quantities(project), scheme_tiers("数量指标", scheme)
        named = {
            entry: quantity
            for entry, quantity in mentioned_in(found, entries, self._rarity).items()
            if not quantity.is_named_share or squeezed(entry.name)[:2] in self._text
        }
        made = dict(from_words(found, named, entries, tiers)) if tiers else {}
        self._words = words | {entry.name: pairs(squeezed(entry.name)) for entry in made}
        """The pairs of characters of each name."""
        self.entries = (*entries, *made)
        """What is known, and indicators in the project's own words."""
        self.named: Mapping[Entry, Quantity] = {**named, **made}
        """Of which the project says how much there shall be."""

    def score(self, entry: Entry) -> float:
        """Kind, use and words; what the project names a number of, and what projects like it used, before all."""
        weights = {pair: self._rarity.get(pair, 1.0) for pair in self._words[entry.name]}
        special = sum(weights.values())
        others = self._others.get(key_of(entry), ())
        score = self._kind_points(entry) + _USED * log(1 + len({other.name for other in others}))
        if special:
            # The plain name is written most: 完成及时率 before 路灯抢修完成及时率.
            score += sum(weights[pair] for pair in weights.keys() & self._pairs) / special
            score += _PLAIN * (1 - special / len(weights))
        score += _NUMBER * self._has_value(entry)
        return score + (_ALIKE * others[0].alike if others else 0)

    def _has_value(self, entry: Entry) -> bool:
        return entry in self.named or bool(budget_for(entry, self._project))

    def foreign(self, entry: Entry) -> int:
        """How foreign to the project the things are that the name speaks of."""
        others = self._others.get(key_of(entry), ())
        if not self._text or (others and others[0].alike >= _WORTH_NAMING) or self._has_value(entry):
            return AT_HOME
        foreign = how_foreign(entry, self._text, self._kinds)
        known = key_of(entry) in self._program or self._words[entry.name] & self._pairs
        return foreign if known else FOREIGN

    def _kind_points(self, entry: Entry) -> float:
        """What fits many kinds may fit any; an entry of one's own only says where it happened to be used."""
        if not (entry.kinds and self._kinds):
            return _NO_KIND
        if key_of(entry) not in self._program:
            return 0.0
        fitting = self._fitting(entry)
        return _MANY_KINDS * log(len(entry.kinds)) + (1 / (1 + self._kinds.index(fitting)) if fitting else 0.0)

    def _fitting(self, entry: Entry) -> str:
        return next((kind for kind in self._kinds if kind in entry.kinds), "")

    def suggestion(self, entry: Entry) -> Suggestion:
        """The entry with the reasons for it, the two strongest, and its value where the project names one."""
        quantity = self.named.get(entry)
        budget = "" if quantity else budget_for(entry, self._project)
        value = quantity.value(entry.sign) if quantity else budget
        value_from = quantity.field if quantity else "预算数" if budget else ""
        return Suggestion(entry, "；".join(self._reasons(entry, quantity)[:2]), value, value_from)

    def _reasons(self, entry: Entry, quantity: Quantity | None) -> list[str]:
        best = next(iter(self._others.get(key_of(entry), ())), _Other(0.0, 0, "", ""))
        year = f"{best.year} 年" if best.year else "以前"
        kind = self._fitting(entry) if key_of(entry) in self._program or not entry.uses else ""
        words = self._shared_words(entry)
        reasons = {
            f"同一项目{year}用过{f'（{best.value}）' if best.value else ''}": best.alike >= _SAME_PROJECT,
            f"相似项目「{best.name}」用过": _WORTH_NAMING <= best.alike < _SAME_PROJECT,
            f"{quantity.field}写有「{''.join(quantity.mention.words.split())}」" if quantity else "": quantity,
            f"适合「{kind}」类项目": kind,
            f"项目提到「{words}」": words,
            f"以前的文本用过 {entry.uses} 次": entry.uses,
        }
        return [reason for reason, holds in reasons.items() if holds] or ["各类项目常用"]

    def _shared_words(self, entry: Entry) -> str:
        """The longest words the name has of the project's text."""
        name = squeezed(entry.name)
        found = SequenceMatcher(None, self._text, name, autojunk=False).find_longest_match()
        words = name[found.b : found.b + found.size]
        return words if len(words) > 1 and words not in EMPTY_PAIRS else ""


def _others(project: Project, used: Iterable[UsedIndicator]) -> Mapping[Key, list[_Other]]:
    """The projects that used each indicator, the most like this one first."""
    found: dict[Key, list[_Other]] = {}
    alike: dict[tuple[str, str, str], float] = {}
    for row in used:
        who = (row.code, row.project, row.fund_use)
        if who not in alike:
            alike[who] = _likeness(project, row)
        other = _Other(alike[who], row.year or 0, row.project, row.value)
        found.setdefault((plain_tier(row.tier2), " ".join(row.name.split())), []).append(other)
    return {key: sorted(others, reverse=True) for key, others in found.items()}


def _likeness(project: Project, row: UsedIndicator) -> float:
    name, other = _core(project.name), _core(row.project)
    if (project.code and project.code == row.code) or (name and name == other):
        return _SAME_PROJECT
    alike, use = likeness(name, other), likeness(squeezed(project.fund_use), squeezed(row.fund_use))
    return max(0.8 * alike, 0.6 * alike + 0.4 * use)


def _core(name: str) -> str:
    """A project's name without the year and the marks in it."""
    return re.sub(r"(?:19|20)\d{2}年度?", "", squeezed(name))


def _best(judge: _Judge, tier2: str, present: Sequence[str], most: int) -> list[Entry]:
    """Of one tier those that fit the project; where they are very few, some more that only fit its kind."""
    entries = [entry for entry in judge.entries if entry.tier2 == tier2 and squeezed(entry.name).strip("无")]
    found: list[Entry] = []
    for foreign, alike in sorted(grouped((judge.foreign(entry), entry) for entry in entries).items()):
        room = _room(foreign, len(found), most)
        found += _likeliest(judge, alike, [*present, *map(_name, found)], room)
    return found


def _room(foreign: int, taken: int, most: int) -> int:
    """For how many of so foreign ones a tier has room; it is never left empty for a foreign word."""
    few = max(0, _FEW - taken)
    return {AT_HOME: most, GENERAL: max(1, few - 1), KIND_ONLY: few}.get(foreign, int(not taken))


def _likeliest(judge: _Judge, entries: Sequence[Entry], present: Sequence[str], most: int) -> list[Entry]:
    """Those that stand for most of what is likely; `present`: names that are there."""
    scores = {entry: judge.score(entry) for entry in entries}
    likely = sorted(scores, key=lambda entry: -scores[entry])[:_LOOKED_AT]
    names = [squeezed(entry.name) for entry in likely]
    weights = [exp(scores[entry]) for entry in likely]
    said = [max((_stands_for(one, name) for one in present), default=0.0) for name in names]
    left = [weight * (1 - near) for weight, near in zip(weights, said, strict=True)]
    alike = [[_stands_for(one, other) for other in names] for one in names]
    free = {at for at, near in enumerate(said) if near < 1.0}
    taken: list[Entry] = []
    while free and len(taken) < most:
        gains = {at: sum(map(mul, alike[at], left)) for at in free}
        best = max(sorted(free), key=lambda at: gains[at] * weights[at])
        if gains[best] <= 0:
            break
        free.remove(best)
        taken.append(likely[best])
        left = [weight * (1 - near) for weight, near in zip(left, alike[best], strict=True)]
    return taken


def _name(entry: Entry) -> str:
    return squeezed(entry.name)


def _stands_for(one: str, other: str) -> float:
    near = likeness(one, other)
    return 1.0 if near >= _SAME_NAME else near if near >= _NEAR else 0.0
