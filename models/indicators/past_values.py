"""The same indicator in other drafts, under whatever tier's name, and its values year by year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.checks.mentions import one_unit
from models.checks.prose import likeness, squeezed
from models.document.tiers import plain_tier
from models.document.tree import Indicator
from models.document.values import parse_value
from models.indicators.indicator_library import UsedIndicator
from models.reports.reached import as_target
from models.reports.scoring import compared

NEARLY = 0.6
"""Likeness (Dice of the pairs of characters) from which two names of one tier mean one thing."""


@dataclass(frozen=True, slots=True)
class PastValue:
    """A row of another draft. `exact`: it has the very name; `amount`, `unit`: of its value, None and "" for words;
    `reached`: what its 自评 says was reached, in the same unit."""

    used: UsedIndicator
    exact: bool
    amount: Decimal | None
    unit: str
    reached: Decimal | None = None


def past_values(used: Iterable[UsedIndicator], row: Indicator, unit_name: str = "") -> tuple[PastValue, ...]:
    """The rows with a value that mean the same indicator: first those of the very name, then the newest year, then the own unit.

    The very name counts under any tier, a near-equal one under the same tier, whatever the scheme calls it.
    """
    name, tier = squeezed(row.name), plain_tier(row.tier2)
    if not name:
        return ()
    found: dict[tuple[object, ...], PastValue] = {}
    for each in used:
        other = squeezed(each.name)
        exact = other == name
        if each.value and (exact or (plain_tier(each.tier2) == tier and likeness(other, name) >= NEARLY)):
            value = parse_value(each.value)
            both = compared(each.value, each.actual)
            known = PastValue(each, exact, value.amount, one_unit(value.measure), both[2] if both else None)
            found.setdefault((each.year, each.unit_name, each.project, other, each.value), known)
    own = unit_name.strip()
    return tuple(
        sorted(found.values(), key=lambda past: (not past.exact, -(past.used.year or 0), past.used.unit_name != own))
    )


def reached_value(used: UsedIndicator) -> str:
    """What was reached, as the target of another year: under the sign the old target had."""
    return as_target(used.value, used.actual)


def yearly(values: Sequence[PastValue]) -> tuple[tuple[int, PastValue], ...]:
    """For a line: of each year the first value, all of the unit most of them have, the oldest year first."""
    counted = [past for past in values if past.amount is not None and past.used.year]
    units = Counter(past.unit for past in counted)
    usual = max(units, key=units.__getitem__, default="")
    found: dict[int, PastValue] = {}
    for past in counted:
        if past.unit == usual and past.used.year:
            found.setdefault(past.used.year, past)
    return tuple(sorted(found.items()))
