"""Which of many kept states may go: the older they are, the fewer are needed."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Kept:
    """A state that was kept. `sequence` says what came after what; the clock of the machine may have been set back."""

    sequence: int
    day: date
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """For states up to `days` old, the newest of each `bucket` stays; None: all stay."""

    days: int
    bucket: Callable[[date], Hashable] | None


def by_day(day: date) -> Hashable:
    return day


def by_week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def by_month(day: date) -> Hashable:
    return day.year, day.month


FOR_EVER = 10**6


def too_many(states: Sequence[Kept], rules: Sequence[Rule]) -> tuple[int, ...]:
    """The sequence numbers of those that may go. Ages count from the newest; no state is newer than one made after it."""
    going: list[int] = []
    taken: set[Hashable] = set()
    ordered = sorted(states, key=lambda state: -state.sequence)
    day = today = ordered[0].day if ordered else date.min
    for state in ordered:
        day = min(day, state.day)
        place, rule = next((place, rule) for place, rule in enumerate(rules) if (today - day).days <= rule.days)
        if rule.bucket is None or state.for_good:
            continue
        bucket = (place, rule.bucket(day))
        if bucket in taken:
            going.append(state.sequence)
        taken.add(bucket)
    return tuple(going)
