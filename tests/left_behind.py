"""A run of the tests ends what it starts: a program that is still there at its end fails the run, and is ended."""

import os
import signal
import time
from contextlib import suppress

import pytest

from tests.e2e.processes import running

_MARK = "GOALFORM_TEST_RUN"
"""In the environment of all that a run starts, wherever its parents have gone."""

_ENDING = 30.0
"""Seconds for what has been told to end and is about to."""

_LEFT = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[_MARK] = f"{os.getpid()}.{time.monotonic_ns()}"


def _still_there() -> dict[int, str]:
    """Looked for twice: one that is just being started shows no environment for a moment."""
    if found := _seen():
        return found
    time.sleep(0.2)
    return _seen()


def _seen() -> dict[int, str]:
    found = running(f"{_MARK}={os.environ[_MARK]}")
    found.pop(os.getpid(), None)
    return found


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    end = time.monotonic() + _ENDING
    while (left := _still_there()) and time.monotonic() < end:
        time.sleep(0.05)
    session.config.stash[_LEFT] = list(left.values())
    for number in left:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    if left and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left := config.stash.get(_LEFT, []):
        terminalreporter.section("left running by the tests")
        terminalreporter.write_line(", ".join(left))
