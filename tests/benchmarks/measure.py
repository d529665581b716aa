"""Times things in turn and prints medians and ratios."""

import ctypes
import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 5
_MUCH = 0.1
"""Seconds of work that leave something behind: to collect after each that is shorter would take longer than all of them."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def in_turn(*works: Callable[[], object], runs: int = RUNS) -> list[Timing]:
    """Each work timed `runs` times, A B A B …, so that a machine that slows down slows both; one run before is not counted."""
    seconds: list[list[float]] = [[] for _ in works]
    since = _MUCH
    for run in range(runs + 1):
        for place, work in enumerate(works):
            if since >= _MUCH:  # what the ones before left behind is not this one's
                gc.collect()
                _give_back()
                since = 0.0
            start = time.perf_counter()
            work()
            taken = time.perf_counter() - start
            since += taken
            if run:
                seconds[place].append(taken)
    return [Timing(tuple(each)) for each in seconds]


def _give_back() -> None:
    """Gives the memory that was freed back to the system, where the C library can: else the first to ask for much sorts through
    what the one before freed, and the next one finds its memory at hand."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim is not None:
        trim(0)


def once_each(*works: Callable[[], float], runs: int = RUNS) -> list[Timing]:
    """The same for works that measure themselves and give back their seconds."""
    seconds: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for place, work in enumerate(works):
            taken = work()
            if run:
                seconds[place].append(taken)
    return [Timing(tuple(each)) for each in seconds]


def show(what: str, ours: Timing, floor_name: str, floor: Timing, target: str = "") -> None:
    """One line: the work, its median, its floor's median, their ratio and what is aimed at."""
    ratio = ours.median / floor.median
    aim = f"   (aim {target})" if target else ""
    print(
        f"{what:<44} {ours.median * 1000:9.1f} ms   {floor_name:<42} {floor.median * 1000:9.1f} ms   ratio {ratio:6.2f}{aim}",
        flush=True,
    )
