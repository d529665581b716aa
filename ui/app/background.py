"""Work that takes long, outside the window's thread: a function, and what to do with its result or its error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from shiboken6 import isValid


@dataclass
class _Task:
    """What is asked for, and then what came of it. It is let go in the window's thread: it may be the last to hold a
    window, and Qt does not survive that one is destroyed in a worker.
    """

    owner: QObject
    function: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    result: object = None
    error: Exception | None = None

    def run(self) -> None:
        try:
            self.result = self.function()
        except Exception as caught:  # handed to `failed`, which separates bugs from known errors
            self.error = caught


_TASKS: dict[int, _Task] = {}
"""Those under way, by the number they go by among the threads."""

_NUMBERS = count()


class _Messenger(QObject):
    """Lives in the window's thread and hears there that a worker is done."""

    ready = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.ready.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(int)
    def _arrived(self, number: int) -> None:
        task = _TASKS.pop(number)
        if not isValid(task.owner):
            return  # nobody waits for it any more
        if task.error is None:
            task.done(task.result)
        else:
            task.failed(task.error)


@cache
def _messenger() -> _Messenger:
    return _Messenger()


@cache
def _workers() -> ThreadPoolExecutor:
    # Threads of Python: those of Qt's own pool crash now and then when they run Python while windows are let go.
    return ThreadPoolExecutor(max(QThread.idealThreadCount(), 2), "worker")


def _work(number: int, messenger: _Messenger) -> None:
    _TASKS[number].run()
    if isValid(messenger):  # else the program ended meanwhile
        messenger.ready.emit(number)


def run(
    owner: QObject,
    function: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> None:
    """Runs `function` in a worker; then `done(result)` or `failed(error)` in the window's thread, while `owner` lives."""
    number = next(_NUMBERS)
    _TASKS[number] = _Task(owner, function, done, failed)
    _workers().submit(_work, number, _messenger())


def wait_for_all() -> None:
    """Returns when no worker is busy; none works any more afterwards. For the end of the program."""
    _workers().shutdown()
