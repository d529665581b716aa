"""How tests wait: for a state, however long it takes on a busy machine; only what never comes is a failure."""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

PATIENCE = 120.0
"""Seconds after which a state is taken to be one that never comes; no quiet machine needs a tenth of them."""

ResultT = TypeVar("ResultT")


def until(ask: Callable[[], ResultT], what: str) -> ResultT:
    """The first true answer, asked again and again; fails naming what was awaited."""
    end = time.monotonic() + PATIENCE
    while not (answer := ask()):
        if time.monotonic() > end:
            pytest.fail(f"waited {PATIENCE:.0f} s in vain: {what}")
        time.sleep(0.05)
    return answer
