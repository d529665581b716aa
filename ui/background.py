"""Work that takes long, outside the window's thread: a function, and what to do with its result or its error."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from shiboken6 import isValid

_AWAITED: set[QObject] = set()
"""Outcomes on their way: the worker is done with one before the window's thread has it."""


class _Outcome(QObject):
    """Carries the outcome back to the window's thread."""

    ready = Signal(object, object)

    def __init__(self, owner: QObject, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        # No child of the owner: that may be deleted in the very moment in which the worker speaks, which is a crash.
        super().__init__()
        self._owner, self._done, self._failed = owner, done, failed
        _AWAITED.add(self)
        # A collection begins in whatever thread makes the object too many. In a worker it would take windows apart that the
        # window's thread just lets go, and Qt does not survive that; so there is none until all workers are done.
        gc.disable()
        self.ready.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _arrived(self, result: object, error: Exception | None) -> None:
        _AWAITED.discard(self)
        if not _AWAITED:
            # What came together meanwhile goes here: else the last worker's own last steps would begin the collection.
            gc.collect(0)
            gc.enable()
        if not isValid(self._owner):
            return  # nobody waits for it any more
        if error is None:
            self._done(result)
        else:
            self._failed(error)


@cache
def _workers() -> ThreadPoolExecutor:
    # Threads of Python: those of Qt's own pool crash now and then when they run Python while windows are let go.
    return ThreadPoolExecutor(max(QThread.idealThreadCount(), 2), "worker")


def _work(function: Callable[[], object], outcome: _Outcome) -> None:
    result, error = None, None
    try:
        result = function()
    except Exception as caught:  # handed to `failed`, which tells bugs from known errors
        error = caught
    if isValid(outcome):  # else the program ended meanwhile
        outcome.ready.emit(result, error)


def run(
    owner: QObject,
    function: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> None:
    """Runs `function` in a worker; then `done(result)` or `failed(error)` in the window's thread, while `owner` lives."""
    _workers().submit(_work, function, _Outcome(owner, done, failed))


def wait_for_all() -> None:
    """Returns when no worker is busy; none works any more afterwards. For the end of the program."""
    _workers().shutdown()
