"""How tests wait: for a state, however long it takes on a busy machine; only what never comes is a failure."""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

PATIENCE = 120.0
"""Seconds after which a state is taken to be one that never comes; no quiet machine needs a tenth of them."""

_LONGEST = 0.3
"""Seconds between two questions in the end: asking keeps the program from what is waited for."""

ResultT = TypeVar("ResultT")


def until(ask: Callable[[], ResultT], what: str) -> ResultT:
    """The first true answer, asked again and again; fails naming what was awaited."""
    end, pause = time.monotonic() + PATIENCE, 0.03
    while not (answer := ask()):
        if time.monotonic() > end:
            pytest.fail(f"waited {PATIENCE:.0f} s in vain: {what}")
        time.sleep(pause)
        pause = min(pause * 1.2, _LONGEST)
    return answer
