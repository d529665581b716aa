"""The library of indicators and what earlier drafts used: suggestions for a row, and the values of other years."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple, Protocol

from models.document import Indicator
from models.pinyin import matches
from models.values import SIGNS, parse_value
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


class Memory(Protocol):
    """What is asked of the store."""

    def used_indicators(self, except_draft: int) -> Sequence[UsedIndicator]: ...

    def remember(self, key: str, value: str) -> None: ...

    def recall(self, key: str, default: str = "") -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator as it is usually written. `uses`: in how many rows of other drafts; 0 = only in the library.

    `low`, `high`: between which numbers its value usually lies, both "" where it is told in words; `kinds`: the kinds of
    projects it fits, of `project_kinds()`.
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
    # What is told in words has neither sign nor unit.
    sign = sign if sign in SIGNS else ""
    fits = tuple(kinds.split("、")) if kinds else ()
    return Entry(tier1, tier2, name, description, sign, unit, source=source, low=low, high=high, kinds=fits)


@cache
def project_kinds() -> Mapping[str, tuple[str, ...]]:
    """The kinds of projects, each with the words in a name or a use of funds by which it is known."""
    words: Mapping[str, Sequence[str]] = tomllib.loads(KINDS.read_text(encoding="utf-8"))["words"]
    return {kind: tuple(known) for kind, known in words.items()}


def entries_of(used: Iterable[UsedIndicator]) -> tuple[Entry, ...]:
    """One entry a name and tier, as it was written last: what comes first counts as later."""
    found: dict[tuple[str, str, str], Entry] = {}
    for row in used:
        if not row.name:
            continue
        key = (row.tier1, row.tier2, row.name)
        before = found.get(key)
        if before is not None:
            found[key] = replace(before, uses=before.uses + 1)
        else:
            value = parse_value(row.value)
            found[key] = Entry(*key, row.description, value.sign, value.unit, row.basis, "历年文本", 1)
    return tuple(found.values())


def combined(used: Iterable[UsedIndicator]) -> tuple[Entry, ...]:
    """What earlier drafts used, then what only the library knows."""
    own = entries_of(used)
    known = {(entry.tier2, entry.name) for entry in own}
    return (*own, *(entry for entry in library() if (entry.tier2, entry.name) not in known))


def suggestions(
    entries: Iterable[Entry], text: str = "", tier1: str = "", tier2: str = "", most: int = 0
) -> tuple[Entry, ...]:
    """The entries of those tiers whose name answers to the text or its initials, the best first; `most` 0 = all.

    Among equals the one used more comes first, else the order stays.
    """
    ranked = []
    for entry in entries:
        if (tier1 and entry.tier1 != tier1) or (tier2 and entry.tier2 != tier2):
            continue
        rank = matches(entry.name, text)
        if rank is not None:
            ranked.append((rank, -entry.uses, entry))
    ranked.sort(key=lambda each: each[:2])
    found = tuple(entry for _rank, _uses, entry in ranked)
    return found[:most] if most else found


def with_entry(row: Indicator, entry: Entry, known_units: Iterable[str] = ()) -> Indicator:
    """The row under that name; its usual description, sign, unit, basis and tiers come where the row has none."""
    value = row.value
    parts = parse_value(value, frozenset(known_units))
    if not parts.words and not (parts.sign and parts.unit):
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


def earlier_values(used: Iterable[UsedIndicator], name: str) -> tuple[UsedIndicator, ...]:
    """The rows of that name with a value, the newest year first, each year's value of a unit once."""
    wanted = name.strip()
    rows = [row for row in used if wanted and row.name.strip() == wanted and row.value]
    rows.sort(key=lambda row: -(row.year or 0))
    return tuple({(row.year, row.unit_name, row.value, row.description): row for row in reversed(rows)}.values())[::-1]


def own_units(memory: Memory) -> tuple[str, ...]:
    """The units users added, the last one first."""
    return tuple(unit for unit in memory.recall(UNITS_KEY).split("\n") if unit)


def remember_unit(memory: Memory, unit: str) -> None:
    """Keeps a unit somebody typed for all drafts."""
    before = own_units(memory)
    if unit and "\n" not in unit and before[:1] != (unit,):
        kept = (unit, *(each for each in before if each != unit))[:MOST_UNITS]
        memory.remember(UNITS_KEY, "\n".join(kept))
