"""The user's own library of indicators: what earlier drafts used, what was added or changed by hand, what is hidden."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.document.template import TierScheme
from models.document.tiers import in_scheme, plain_tier
from models.indicators.indicator_library import Entry, Memory, UsedIndicator, entries_of, library

OWN_KEY = "indicators.own"
OWN_SOURCE = "自己添加"
MOST_OWN = 5_000
"""Rows somebody adds or imports; with all their words they are a few million characters."""

SHEET = "我的指标库"
COLUMNS = {
    "tier1": "一级指标",
    "tier2": "二级指标",
    "name": "三级指标",
    "description": "绩效指标描述",
    "sign": "符号",
    "unit": "单位",
    "basis": "指标值确定依据",
    "year": "最近年度",
    "value": "最近指标值",
    "source": "来源",
}
"""The fields of an entry in the order of the workbook's columns, and what these are called."""
_TEXTS = ("tier1", "tier2", "name", "description", "sign", "unit", "basis", "source", "value")

Key = tuple[str, str]
"""二级 by its one name, and the indicator's name: what makes two entries one."""


def key_of(entry: Entry) -> Key:
    """By what an entry is known."""
    return plain_tier(entry.tier2), " ".join(entry.name.split())


@dataclass(frozen=True, slots=True)
class OwnLibrary:
    """`rows`: entries written by hand or imported; `hidden`: entries of drafts or of the program that are not offered."""

    rows: tuple[Entry, ...] = ()
    hidden: frozenset[Key] = frozenset()

    def with_row(self, row: Entry, instead: Entry | None = None) -> "OwnLibrary":
        """One more, in place of another one where that is given: an own one goes, one from elsewhere is hidden."""
        taken = {key_of(row)} | ({key_of(instead)} if instead else set())
        kept = [each for each in self.rows if key_of(each) not in taken]
        at = next((at for at, each in enumerate(self.rows) if key_of(each) in taken), len(kept))
        hidden = self.hidden - {key_of(row)}
        if instead and key_of(instead) != key_of(row) and instead not in self.rows:
            hidden |= {key_of(instead)}
        return OwnLibrary((*kept[:at], replace(row, source=OWN_SOURCE, uses=0), *kept[at:]), hidden)

    def with_hidden(self, entries: Iterable[Entry], hidden: bool = True) -> "OwnLibrary":
        """Those are not offered any more, or again."""
        keys = {key_of(entry) for entry in entries}
        return replace(self, hidden=self.hidden | keys if hidden else self.hidden - keys)

    def without(self, entries: Iterable[Entry]) -> "OwnLibrary":
        """Own rows go."""
        keys = {key_of(entry) for entry in entries}
        return replace(self, rows=tuple(row for row in self.rows if key_of(row) not in keys))


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did: the library after it, and how many rows were new, changed, or the same as before."""

    library: OwnLibrary
    new: int
    changed: int
    same: int


def merged(before: OwnLibrary, rows: Iterable[Entry]) -> Merged:
    """The imported rows among the own ones; of two of one name and tier the imported one stays."""
    own = {key_of(row): row for row in before.rows}
    new = changed = same = 0
    for row in rows:
        row, key = replace(row, source=OWN_SOURCE, uses=0), key_of(row)
        if key not in own:
            if len(own) >= MOST_OWN:
                continue
            new += 1
        elif own[key] == row:
            same += 1
        else:
            changed += 1
        own[key] = row
    return Merged(OwnLibrary(tuple(own.values()), before.hidden - own.keys()), new, changed, same)


# Kept in the store


def load_own(memory: Memory) -> OwnLibrary:
    """The own library of a store; what cannot be read of it counts as not there."""
    try:
        kept = json.loads(memory.recall(OWN_KEY) or "{}")
        rows = [row for row in map(_row, kept.get("rows", ())) if row.name]
        hidden = frozenset((str(tier), str(name)) for tier, name in kept.get("hidden", ()))
    except (ValueError, TypeError, AttributeError):
        return OwnLibrary()
    return OwnLibrary(tuple(rows), hidden)


def keep_own(memory: Memory, own: OwnLibrary, before: OwnLibrary | None = None) -> OwnLibrary:
    """Writes it; the store's errors pass through. What was written.

    `before`: what `own` was made from; what another window kept since then stays in it.
    """
    if before is not None:
        own = _with_others(own, before, load_own(memory))
    rows = [
        {**{name: getattr(row, name) for name in _TEXTS if getattr(row, name)}, "year": row.year} for row in own.rows
    ]
    memory.remember(OWN_KEY, json.dumps({"rows": rows, "hidden": sorted(own.hidden)}, ensure_ascii=False))
    return own


def _with_others(own: OwnLibrary, before: OwnLibrary, there: OwnLibrary) -> OwnLibrary:
    """Rows added or changed elsewhere come in, those that went elsewhere go; of a row changed in both, that of `own` stays."""
    if there == before:
        return own
    old, new = ({key_of(row): row for row in each.rows} for each in (before, there))
    kept = [row for row in own.rows if old.get(key_of(row)) != row or key_of(row) in new]
    rows = [new[key_of(row)] if old.get(key_of(row)) == row else row for row in kept]
    rows += [row for key, row in new.items() if key not in old and key not in {key_of(each) for each in own.rows}]
    hidden = own.hidden | (there.hidden - before.hidden)
    return OwnLibrary(tuple(rows), hidden - (before.hidden - there.hidden))


def _row(kept: dict[str, Any]) -> Entry:
    texts = {name: str(kept.get(name, "")) for name in _TEXTS}
    return replace(Entry("", "", ""), **texts, year=int(kept.get("year", 0)))  # type: ignore[arg-type]  # all are texts


# All that is known


def known_entries(
    used: Iterable[UsedIndicator], own: OwnLibrary, scheme: TierScheme, hidden: bool = False
) -> tuple[Entry, ...]:
    """Own rows, then what drafts used, then the program's library, under the tiers of the scheme; each name once a tier.

    An own row counts the uses of its name in the drafts. `hidden`: those that are not offered are there, too.
    """
    program = library(scheme.id)
    kinds = {key_of(entry): entry.kinds for entry in program}
    found = (in_scheme(entry, scheme) for entry in entries_of(used))
    # Which kinds the library says it fits is worth more than in which projects it happened to be used.
    drafts = [replace(entry, kinds=kinds.get(key_of(entry), entry.kinds)) for entry in found]
    by_key = {key_of(entry): entry for entry in reversed(drafts)}
    rows = (_with_uses(in_scheme(row, scheme), by_key.get(key_of(row))) for row in own.rows)
    return tuple(_once((*rows, *drafts, *program), () if hidden else own.hidden))


def _with_uses(row: Entry, used: Entry | None) -> Entry:
    if used is None:
        return row
    latest = used if used.year >= row.year or not row.value else row
    return replace(row, uses=used.uses, kinds=used.kinds, year=latest.year, value=latest.value, actual=latest.actual)


def _once(entries: Iterable[Entry], hidden: Iterable[Key]) -> Iterator[Entry]:
    seen = set(hidden)
    for entry in entries:
        key = key_of(entry)
        if key not in seen:
            seen.add(key)
            yield entry


def rows_named_like(used: Sequence[UsedIndicator], entry: Entry) -> tuple[UsedIndicator, ...]:
    """Where drafts used an entry, the newest year first: its values by year and unit."""
    key = key_of(entry)
    rows = [row for row in used if (plain_tier(row.tier2), " ".join(row.name.split())) == key]
    return tuple(sorted(rows, key=lambda row: -(row.year or 0)))
