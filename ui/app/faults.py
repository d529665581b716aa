"""What becomes of our own bugs: a trace in a log file without any text of the drafts, and one sentence for the user.

Free of Qt, since the command line uses it too.
"""

import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from models.errors import UserError, trace_of

LOG_NAME = "goalform.log"
CRASH_NAME = "goalform.crash.log"
_MOST = 1_000_000
"""Bytes of a log after which it starts a new file."""
_OLD_LOGS = 2
"""How many full logs are kept beside the present one: `goalform.log.1` is the newer of them."""

SENTENCE = "程序出了一个内部错误，刚才这一步可能没有完成；已输入的内容仍在。详情已记入日志。"


def log_fault(home: Path, error: BaseException) -> None:
    """Appends where the error happened, without its message."""
    log_trace(home, trace_of(error))


@contextmanager
def logging_faults(home: Path) -> Iterator[None]:
    """What goes wrong inside is logged and ends nothing but what is inside."""
    try:
        yield
    except Exception as error:
        log_fault(home, error)


def explained(error: BaseException, otherwise: str, log: Callable[[BaseException], object]) -> str:
    """What is said of what went wrong: its own sentence; of a bug of ours, which is logged, the other one."""
    if isinstance(error, UserError):
        return str(error)
    log(error)
    return otherwise


def log_trace(home: Path, trace: str) -> None:
    """Appends the `trace_of` an error, here or in another process."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = home / LOG_NAME
        _set_full_aside(log)
        with open(log, "a", encoding="utf-8", errors="backslashreplace", opener=_private) as file:
            file.write(f"{now}\n{trace}\n")
    except OSError:
        return  # nowhere to write: the program goes on without a log


def _set_full_aside(log: Path) -> None:
    """A full log gives its place to a new one; the oldest goes. OSError where that cannot be done."""
    if not log.exists() or log.stat().st_size < _MOST:
        return
    kept = [log, *(log.with_name(f"{log.name}.{number}") for number in range(1, _OLD_LOGS + 1))]
    for newer, older in reversed(list(pairwise(kept))):
        if newer.exists():
            newer.replace(older)


def _private(name: str, flags: int) -> int:
    """Opens a file that only the user may read."""
    return os.open(name, flags, 0o600)


def watch_crashes(home: Path) -> None:
    """What kills the interpreter itself writes its places in the code, and nothing else, beside the log."""
    with suppress(OSError):
        _set_full_aside(home / CRASH_NAME)
    try:
        file = open(home / CRASH_NAME, "a", encoding="utf-8", opener=_private)  # noqa: SIM115  # kept open
    except OSError:
        faulthandler.enable()
    else:
        faulthandler.enable(file)


def catch_faults(home: Path, announce: Callable[[str], None]) -> None:
    """From now on an exception nobody caught is logged and reported in one sentence; the program goes on."""

    def caught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.exit(130)
        log_fault(home, error)
        announce(SENTENCE)

    def caught_in_thread(raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None:
            log_fault(home, raised.exc_value)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
