"""The library of indicators and what earlier drafts used: suggestions for a row, and the values of other years."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple, Protocol

from models.document.tree import Indicator
from models.document.values import SIGNS, parse_value
from models.grouping import grouped
from resources import ROOT

LIBRARY = ROOT / "indicators" / "library.tsv"
KINDS = ROOT / "indicators" / "kinds.toml"
FIRST_SCHEME = "2015"
"""The tiers of the columns `tier1` and `tier2`; another scheme has columns of its own, like `tier1_2021`."""
UNITS_KEY = "units.own"
MOST_UNITS = 60


class UsedIndicator(NamedTuple):
    """A row of another draft, and where it stands."""

    year: int | None
    unit_name: str
    project: str
    tier1: str
    tier2: str
    name: str
    description: str
    value: str
    basis: str
    code: str = ""
    fund_use: str = ""
    actual: str = ""
    """What was reached of it, as the 自评 of its draft says."""


class Memory(Protocol):
    """What is asked of the store."""

    def used_indicators(self, except_draft: int) -> Sequence[UsedIndicator]: ...

    def remember(self, key: str, value: str) -> None: ...

    def recall(self, key: str, default: str = "") -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator as it is usually written. `uses`: in how many rows of other drafts; 0 = only in the library.

    `low`, `high`: between which numbers its value usually lies, both "" where it is given in words; `kinds`: the kinds of
    projects it fits, of `project_kinds()`; `year`, `value`, `actual`: where drafts used it, the last year, its value then and what was reached.
    """

    tier1: str
    tier2: str
    name: str
    description: str = ""
    sign: str = ""
    unit: str = ""
    basis: str = ""
    source: str = ""
    uses: int = 0
    low: str = ""
    high: str = ""
    kinds: tuple[str, ...] = ()
    year: int = 0
    value: str = ""
    actual: str = ""


@cache
def library(scheme: str = FIRST_SCHEME) -> tuple[Entry, ...]:
    """The program's own library with the tiers of that scheme; of a scheme it does not know, with those of the first.

    The order is the file's: by tiers of the first scheme, and within a tier by what belongs together.
    """
    head, *lines = LIBRARY.read_text(encoding="utf-8").splitlines()
    column = {title: place for place, title in enumerate(head.split("\t"))}
    suffix = f"_{scheme}" if f"tier1_{scheme}" in column else ""
    places = [column[title] for title in (f"tier1{suffix}", f"tier2{suffix}", *_COLUMNS)]
    rows = (line.split("\t") for line in lines if line.strip())
    return tuple(_entry(*(row[place] for place in places)) for row in rows)


_COLUMNS = ("name", "description", "sign", "unit", "low", "high", "kinds", "source")


def _entry(
    tier1: str,
    tier2: str,
    name: str,
    description: str,
    sign: str,
    unit: str,
    low: str,
    high: str,
    kinds: str,
    source: str,
) -> Entry:
    # What is given in words has neither sign nor unit.
    sign = sign if sign in SIGNS else ""
    fits = tuple(kinds.split("、")) if kinds else ()
    return Entry(tier1, tier2, name, description, sign, unit, source=source, low=low, high=high, kinds=fits)


@cache
def project_kinds() -> Mapping[str, tuple[str, ...]]:
    """The kinds of projects, each with the words in a name or a use of funds by which it is known."""
    words: Mapping[str, Sequence[str]] = tomllib.loads(KINDS.read_text(encoding="utf-8"))["words"]
    return {kind: tuple(known) for kind, known in words.items()}


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of projects a name or use of funds speaks of, the one with most words first."""
    hits = Counter(kind for word, kind in _kind_words() if word in text)
    return tuple(kind for kind, _count in hits.most_common())


@cache
def _kind_words() -> tuple[tuple[str, str], ...]:
    return tuple((word, kind) for kind, words in project_kinds().items() for word in words)


def entries_of(used: Iterable[UsedIndicator]) -> tuple[Entry, ...]:
    """One entry a name and tier, as it was written last: what comes first counts as later. Its value is the last year's."""
    rows = grouped(((row.tier1, row.tier2, row.name), row) for row in used if row.name)
    kinds: dict[str, tuple[str, ...]] = {}
    return tuple(_entry_of(same, kinds) for same in rows.values())


def _entry_of(rows: Sequence[UsedIndicator], known: dict[str, tuple[str, ...]]) -> Entry:
    """The entry of rows of one name and tier. `known`: the kinds of projects that were looked at."""
    first, fits = rows[0], dict[str, None]()
    for about in dict.fromkeys(f"{row.project} {row.fund_use}" for row in rows):
        if about not in known:
            known[about] = kinds_of(about)
        fits |= dict.fromkeys(known[about])
    valued = [row for row in rows if row.value and not waits_for_number(row.value)]
    last = max(valued, key=lambda row: row.year or 0, default=None)
    value = parse_value((last or first).value)
    return Entry(
        first.tier1,
        first.tier2,
        first.name,
        next((row.description for row in rows if row.description), ""),
        value.sign,
        value.unit,
        next((row.basis for row in rows if row.basis), ""),
        "历年文本",
        len(rows),
        kinds=tuple(fits),
        year=(last.year or 0) if last else 0,
        value=last.value if last else "",
        actual=last.actual if last else "",
    )


_WAITS = re.compile(r"[≥≤＝＞＜=<>]+\D*")


def waits_for_number(value: str) -> bool:
    """Whether a value is a sign and a unit that still wait for their number."""
    return _WAITS.fullmatch(value) is not None


def with_entry(row: Indicator, entry: Entry, known_units: Iterable[str] = (), *, with_value: bool = False) -> Indicator:
    """The row under that name; its usual description, sign, unit, basis and tiers come where the row has none.

    `with_value`: where the row has no number, the value comes as it was used last.
    """
    value = row.value
    parts = parse_value(value, frozenset(known_units))
    if with_value and entry.value and not (parts.number or parts.words):
        value = entry.value
    elif not parts.words and not (parts.sign and parts.unit):
        value = f"{parts.sign or entry.sign}{parts.number}{parts.unit or entry.unit}"
    return replace(
        row,
        tier1=row.tier1 or entry.tier1,
        tier2=row.tier2 or entry.tier2,
        name=entry.name,
        description=row.description or entry.description,
        value=value,
        basis=row.basis or entry.basis,
    )


def own_units(memory: Memory) -> tuple[str, ...]:
    """The units users added, the last one first."""
    return tuple(unit for unit in memory.recall(UNITS_KEY).split("\n") if unit)


def remember_unit(memory: Memory, unit: str) -> None:
    """Keeps a unit somebody typed for all drafts."""
    before = own_units(memory)
    if unit and "\n" not in unit and before[:1] != (unit,):
        kept = (unit, *(each for each in before if each != unit))[:MOST_UNITS]
        memory.remember(UNITS_KEY, "\n".join(kept))
