"""Which of many kept states may go: the older they are, the fewer are needed."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from models.comparing.line_match import longest_rising


@dataclass(frozen=True, slots=True)
class Kept:
    """A state that was kept. `sequence` says what came after what; the clock of the machine may have been set back."""

    sequence: int
    day: date
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """For states up to `days` old (`too_many` says how that is counted), the newest of each `bucket` stays; None: all stay."""

    days: int
    bucket: Callable[[date], Hashable] | None


def by_day(day: date) -> Hashable:
    return day


def by_week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def by_month(day: date) -> Hashable:
    return day.year, day.month


FOR_EVER = 10**6


_LONGEST_PAUSE = 3
"""Days: a weekend."""


def too_many(states: Sequence[Kept], rules: Sequence[Rule]) -> tuple[int, ...]:
    """The sequence numbers of those that may go. Ages count back from the newest; a pause counts for `_LONGEST_PAUSE` days at most.

    So a long leave, or a clock that runs decades ahead, makes nothing old at one blow. Dates that fit no order, since the
    clock was wrong for a while, count for nothing.
    """
    going: list[int] = []
    taken: set[Hashable] = set()
    ordered = sorted(states, key=lambda state: state.sequence)
    days = _credible([state.day for state in ordered])
    age, newer = 0, days[-1] if days else date.min
    for state, day in reversed(list(zip(ordered, days, strict=True))):
        age, newer = age + min((newer - day).days, _LONGEST_PAUSE), day
        place, rule = next((place, rule) for place, rule in enumerate(rules) if age <= rule.days)
        if rule.bucket is None or state.for_good:
            continue
        bucket = (place, rule.bucket(day))
        if bucket in taken:
            going.append(state.sequence)
        taken.add(bucket)
    return tuple(going)


def _credible(days: Sequence[date]) -> list[date]:
    """The days in order: those that break it, as few as possible, are taken for their neighbour's."""
    trusted = {place for place, _day in longest_rising([(place, (day, place)) for place, day in enumerate(days)])}
    found, day = [], days[min(trusted)] if trusted else date.min
    for place, own in enumerate(days):
        day = own if place in trusted else day
        found.append(day)
    return found
