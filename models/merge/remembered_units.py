"""What a department's draft remembers of each unit merged into it: the unit's text as it was merged last, to the letter.

It stands in `Provenance.merged_from`, one line a unit: words to read, a blank, and two stretches of base64. So it goes wherever
the draft goes — versions, backups, packages — and undoing a merge takes it back with the rest.
"""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from models.document.tree import Draft, GoalDocument, Provenance, Report, Unit
from models.store.snapshot import pack, unpack

WHOLE, SECTION, NOTHING = "whole", "section", ""
"""What of the unit's part one is in the department's: all of it as it is, its share of a text of all units, nothing."""


_EMPTY = GoalDocument()


@dataclass(frozen=True, slots=True)
class MergedUnit:
    """`source`: the name of the file or draft; `part_one`: WHOLE, SECTION or NOTHING; `ids`: the unit's ids of projects, items
    and («project/row») indicator rows, and what they are called in the department's text; `base`: what was merged last, under
    the department's ids; `reports`: the same of its reports, under the ids of the department's."""

    unit: Unit
    source: str = ""
    part_one: str = NOTHING
    ids: tuple[tuple[str, str], ...] = ()
    base: GoalDocument = _EMPTY
    reports: tuple[Report, ...] = ()

    def line(self) -> str:
        """As it is kept."""
        head = {"unit": [self.unit.code, self.unit.name], "source": self.source, "part_one": self.part_one}
        parts = (json.dumps(head | {"ids": self.ids}).encode(), pack(Draft(self.base, reports=self.reports)))
        return f"{unit_words(self.unit)}（{self.source}） " + ".".join(
            base64.b64encode(part).decode() for part in parts
        )


def merged_units(provenance: Provenance) -> tuple[MergedUnit, ...]:
    """Those that can be read, in their order."""
    return tuple(unit for unit in map(_read, provenance.merged_from) if unit is not None)


def with_units(provenance: Provenance, units: Iterable[MergedUnit]) -> Provenance:
    """The provenance with these units; lines that are no unit's stay, before them."""
    others = tuple(line for line in provenance.merged_from if _read(line) is None)
    return replace(provenance, merged_from=(*others, *(unit.line() for unit in units)))


def readable(line: str) -> str:
    """The words of a line of `merged_from`."""
    return line.rpartition(" ")[0] if _read(line) is not None else line


def unit_words(unit: Unit) -> str:
    """«618001 云泽县农业技术推广站»."""
    return f"{unit.code} {unit.name}".strip() or "（未写单位）"


def unit_of(document: GoalDocument) -> Unit:
    """Whose text it is: the document's unit, else the one most of its tables name."""
    if document.unit != Unit():
        return document.unit
    named = Counter(project.unit for project in document.projects if project.unit != Unit())
    return named.most_common(1)[0][0] if named else Unit()


def _read(line: str) -> MergedUnit | None:
    head, dot, base = line.rpartition(" ")[2].partition(".")
    if not dot:
        return None
    try:
        kept: dict[str, Any] = json.loads(base64.b64decode(head, validate=True))
        last = unpack(base64.b64decode(base, validate=True))
        ids = tuple((str(theirs), str(ours)) for theirs, ours in kept["ids"])
        code, name = map(str, kept["unit"])
        return MergedUnit(
            Unit(code, name), str(kept["source"]), str(kept["part_one"]), ids, last.document, last.reports
        )
    except (binascii.Error, ValueError, TypeError, KeyError, AttributeError):
        return None
