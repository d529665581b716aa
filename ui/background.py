"""Work that takes long, outside the window's thread: a function, and what to do with its result or its error."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
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
        self.ready.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _arrived(self, result: object, error: Exception | None) -> None:
        _AWAITED.discard(self)
        if not isValid(self._owner):
            return  # nobody waits for it any more
        if error is None:
            self._done(result)
        else:
            self._failed(error)


class _Work(QRunnable):
    def __init__(self, function: Callable[[], object], outcome: _Outcome) -> None:
        super().__init__()
        self._function, self._outcome = function, outcome

    def run(self) -> None:
        result, error = None, None
        try:
            result = self._function()
        except Exception as caught:  # handed to `failed`, which tells bugs from known errors
            error = caught
        self._outcome.ready.emit(result, error)


def run(
    owner: QObject,
    function: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> None:
    """Runs `function` in a worker; then `done(result)` or `failed(error)` in the window's thread, while `owner` lives."""
    QThreadPool.globalInstance().start(_Work(function, _Outcome(owner, done, failed)))
