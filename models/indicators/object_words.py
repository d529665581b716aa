"""Whether the things an indicator speaks of are a project's own: 道路使用年限 says nothing of a fish pond."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from models.checks.prose import pairs, squeezed
from models.document.tiers import plain_tier
from models.indicators.indicator_library import Entry, library, project_kinds
from models.indicators.quantities import EMPTY_PAIRS, ENDING_PAIRS
from models.kept_answers import remembered

AT_HOME, GENERAL, KIND_ONLY, FOREIGN = range(4)
_ANYWHERE = 4
"""Kinds of projects from which an indicator may stand in any text."""
_COMMON = 4
"""Kinds of projects, or names of one kind, from which a first word is no special thing's."""


class _Spread(NamedTuple):
    kinds: int
    names: int


def how_foreign(entry: Entry, text: str, kinds: Collection[str]) -> int:
    """`AT_HOME`: the name speaks of what the project's words speak of; `GENERAL`: of nothing special; `KIND_ONLY`: of other
    things of the same kind of projects; `FOREIGN`: of things of another kind. `text`: the project's words without marks."""
    name = squeezed(entry.name)
    own_kind = bool(kinds) and (not entry.kinds or not frozenset(kinds).isdisjoint(entry.kinds))
    if name == plain_tier(entry.tier2):
        return AT_HOME
    if len(entry.kinds) >= _ANYWHERE:
        return GENERAL
    speaks_of = {kind for word, kind in _words_in(name) if word not in text}
    if speaks_of:
        return KIND_ONLY if own_kind and speaks_of <= frozenset(kinds) else FOREIGN
    while name[:2] in EMPTY_PAIRS:
        name = name[2:]
    first = name[:2]
    if first in text and first not in ENDING_PAIRS:
        return AT_HOME
    spread = _pairs_of_names().get(first, _Spread(0, 0))
    if spread.kinds >= _COMMON or (own_kind and spread.names >= _COMMON):
        shares = any(pair in text for pair in pairs(name) - EMPTY_PAIRS - ENDING_PAIRS)
        return AT_HOME if shares else GENERAL
    return KIND_ONLY if own_kind else FOREIGN


@remembered(8192)
def _words_in(name: str) -> tuple[tuple[str, str], ...]:
    """The words of projects' kinds a name holds, each with its kind."""
    return tuple((word, kind) for kind, words in project_kinds().items() for word in words if word in name)


@cache
def _pairs_of_names() -> Mapping[str, _Spread]:
    """Over how many kinds of projects each pair of characters is spread, and in how many names it stands."""
    kinds: dict[str, set[str]] = {}
    names: Counter[str] = Counter()
    for entry in library():
        for pair in pairs(entry.name):
            kinds.setdefault(pair, set()).update(entry.kinds)
            names[pair] += 1
    return {pair: _Spread(len(found), names[pair]) for pair, found in kinds.items()}
