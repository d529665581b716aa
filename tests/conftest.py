"""What holds for every test: how many cases are generated, what is closed and ended, when memory is given back.

Of generated cases few and the same ones in the suite, many and new ones in the long runs.
"""

import gc
import os
import sqlite3
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import HealthCheck, settings

from tests import opening
from tests.left_behind import pytest_configure, pytest_sessionfinish, pytest_terminal_summary
from tests.opening import TellingConnection

__all__ = ["pytest_configure", "pytest_sessionfinish", "pytest_terminal_summary"]

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "suite", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=_UNHURRIED
)
settings.register_profile("soak", max_examples=3000, deadline=None, database=None, suppress_health_check=_UNHURRIED)
settings.load_profile("soak" if os.environ.get("GOALFORM_SOAK") else "suite")


os.environ.setdefault("SOURCE_DATE_EPOCH", "1764547200")  # files of two moments are the same, also of two processes


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the real window wait more than they compute: evenly among the others, none of them is left for the end."""
    real = [item for item in items if item.get_closest_marker("e2e")]
    others = [item for item in items if not item.get_closest_marker("e2e")]
    mixed, placed = [], 0
    for at, item in enumerate(others):
        if at == 0 or item.path != others[at - 1].path:  # what the tests of a file share is made once
            due = len(real) * at // len(others)
            mixed += real[placed:due]
            placed = max(placed, due)
        mixed.append(item)
    items[:] = [*mixed, *real[placed:]]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where windows are, they are taken apart between events, as in the program; elsewhere whenever Python likes."""
    (gc.disable if "/tests/ui/" in item.path.as_posix() else gc.enable)()


if sys.version_info < (3, 13):  # which tells of it by itself
    sqlite3.connect = partial(sqlite3.connect, factory=TellingConnection)  # the program's modules call it by this name


@pytest.fixture(autouse=True)
def _stores_are_closed() -> Iterator[None]:
    yield
    opening.close_all()
