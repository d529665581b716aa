"""Waiting for a state, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

ResultT = TypeVar("ResultT")


def until(ask: Callable[[], ResultT], what: str, seconds: float = 20.0) -> ResultT:
    """The first true answer, asked again and again; fails naming what was awaited."""
    end = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.1)
    return answer
