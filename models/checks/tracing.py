"""Which quantities of two fields count the same thing, and which of them contradict each other."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.checks.counted_things import Quantity, generic_subject
from models.grouping import grouped

_MOST_OF_ONE_UNIT = 40
"""Quantities of one field and unit that are compared: a key that got stuck makes thousands."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity in its field."""

    path: str
    quantity: Quantity
    is_row: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """What distinguishes it from all others."""
        return self.path, self.quantity.start


@dataclass(frozen=True, slots=True)
class Traced:
    """Two sayings of one thing."""

    one: Said
    other: Said

    @property
    def agree(self) -> bool:
        """Whether both give the same number."""
        return self.one.quantity.number == self.other.quantity.number


def by_unit(said: Iterable[Said]) -> dict[str, list[Said]]:
    """The sayings by their unit."""
    return grouped((saying.quantity.kind, saying) for saying in said)


def traced(ones: Sequence[Said], others: Sequence[Said], near: bool, months: frozenset[int]) -> list[Traced]:
    """Which of `ones`, all of one field and unit, say the same thing as which of `others`, also of one unit.

    `near`: both stand in one project or one item, so that a few common words suffice; else they must be nearly equal.
    `months`: deadlines of the whole; another month before the end of the year is a stage.
    Two that differ are only paired where nothing else explains either number.
    """
    ones, others = ones[:_MOST_OF_ONE_UNIT], others[:_MOST_OF_ONE_UNIT]
    alone = near and len(ones) == 1 == len(others)
    likely = {
        (a, b): score
        for a, one in enumerate(ones)
        for b, other in enumerate(others)
        if (
            score := likeness(one.quantity, other.quantity, near, alone) or _is_said_again(one.quantity, other.quantity)
        )
    }
    if not likely:
        return []
    found = []
    for (a, b), score in likely.items():
        one, other = ones[a], others[b]
        pair = Traced(one, other)
        if pair.agree:
            found.append(pair)
            continue
        rivals = [own for (c, d), own in likely.items() if (c == a) != (d == b)]
        parts = [others[d].quantity.number for (c, d) in likely if c == a]
        if len(parts) > 1 and max(parts) < one.quantity.number and not near:
            continue  # a total and its parts: their sum is another rule's
        if any(own >= score for own in rivals) or _is_explained(one, other, ones, others, months):
            continue
        found.append(pair)
    return found


def _is_explained(one: Said, other: Said, ones: Sequence[Said], others: Sequence[Said], months: frozenset[int]) -> bool:
    """Whether the two numbers may both be right: a part, a stage, another's number, a sum."""
    a, b = one.quantity, other.quantity
    if a.apart or b.apart or _is_stage(a, b, months) or _is_stage(b, a, months):
        return True
    return _stands_among(a, others) or _stands_among(b, ones)


def _is_stage(part: Quantity, whole: Quantity, months: frozenset[int]) -> bool:
    return bool(part.month) and part.month < 11 and part.month not in months and part.number < whole.number


def _stands_among(quantity: Quantity, others: Sequence[Said]) -> bool:
    """Whether one of the others, or several added, give the number of something alike."""
    same = [
        other.quantity
        for other in others
        if other.quantity.number == quantity.number and (not other.is_row or other.quantity.pairs & quantity.pairs)
    ]
    if quantity.unit in {"%", "‰"}:
        return any(other.pairs & quantity.pairs for other in same)
    if same or len(others) < 2:
        return bool(same)
    single: set[Decimal] = set()
    sums: set[Decimal] = set()
    for other in others[:8]:
        number = other.quantity.number
        sums |= {known + number for known in sums | single}
        single.add(number)
    return quantity.number in sums


_SATISFIED = "满意"
_NEAR, _NEAR_LEAST, _ALONE_LEAST = 0.75, 0.3, 0.1
_FAR, _FAR_LEAST = 0.9, 0.6


def likeness(one: Quantity, other: Quantity, near: bool, alone: bool = False) -> float:
    """0 … 2: how surely two quantities count the same thing; 0 where that cannot be said.

    `alone`: nothing else in both fields has the unit, so that fewer words may suffice.
    """
    if one.unit != other.unit or bool(one.per) != bool(other.per) or one.move != other.move:
        return 0
    if one.per and other.per:
        return _price_likeness(one, other, near)
    if one.rate and other.rate and one.rate != other.rate:
        return 0
    if one.limits and other.limits and not one.limits & other.limits:
        return 0
    if not one.core or not other.core or _are_unlike(one, other) or (not near and one.limits != other.limits):
        return 0
    if one.rate == other.rate == _SATISFIED and near and generic_subject(one) and generic_subject(other):
        return 1
    shared = one.pairs & other.pairs
    if _SATISFIED in (one.rate, other.rate):
        shared = frozenset(pair for pair in shared if "满" not in pair and "意" not in pair)
    if not shared or (not near and len(shared) < 2):
        return 0
    best, least = (_NEAR, _ALONE_LEAST if alone else _NEAR_LEAST) if near else (_FAR, _FAR_LEAST)
    return max(
        _overlap(one.core, other, other.core, one, best, least), _overlap(one.head, other, other.head, one, best, least)
    )


def _is_said_again(one: Quantity, other: Quantity) -> float:
    """1 where the same words have the same number: «观众满意度≥95%» anywhere in the text; else 0."""
    same = one.number == other.number and one.kind == other.kind and one.rate == other.rate and one.core == other.core
    return float(same and len(one.core) > _FEW_WORDS)


_FEW_WORDS = 3


def _overlap(
    own: frozenset[str], other: Quantity, others: frozenset[str], one: Quantity, best: float, least: float
) -> float:
    """How much of the telling characters of either stands around the other; 0 where that is too little."""
    first, second = len(own & other.wide) / len(own), len(others & one.wide) / len(others)
    return first + second if max(first, second) >= best and min(first, second) >= least else 0


_EARNED = re.compile("收入|增收|工资|产值|收益|薪|纯收")
"""What people earn is no price of the project."""


def _price_likeness(one: Quantity, other: Quantity, near: bool) -> float:
    """Prices are compared within a project: the same piece has one price, whatever it is called."""
    if bool(_EARNED.search(one.thing)) != bool(_EARNED.search(other.thing)):
        return 0
    pers = {"人" if own.per == "人次" else own.per for own in (one, other)}
    if not near or (len(pers) > 1 and "?" not in pers) or _are_unlike(one, other):
        return 0
    shared = len(one.pairs & other.pairs) / max(1, min(len(one.pairs), len(other.pairs)))
    return 1 + shared if len(pers) == 1 else shared


def _are_unlike(one: Quantity, other: Quantity) -> bool:
    return any(a and b and not a & b for a, b in zip(one.unlike, other.unlike, strict=True))
