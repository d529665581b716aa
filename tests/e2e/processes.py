"""Everything a desktop starts, and what that starts in turn, is marked in its environment, found by the mark and ended.

A message bus starts services, they start others, and none of them ends with the program they were started for.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

MARK = "GOALFORM_TEST_DESKTOP"
_NUMBERS = count()


def own_mark() -> str:
    """What the marks of this process's desktops begin with."""
    return f"{MARK}={os.getpid()}-"


def running(mark: str) -> dict[int, str]:
    """The names of the processes that have a mark beginning so, by their ids."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and any(
                entry.startswith(mark.encode()) for entry in (folder / "environ").read_bytes().split(b"\0")
            ):
                found[int(folder.name)] = (folder / "comm").read_text().strip()
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return found


def end(mark: str, patience: float) -> None:
    """Asks them to end until there are none; who does not in time is ended."""
    last = time.monotonic() + patience
    while left := running(mark):
        for process in left:
            _send(process, signal.SIGTERM if time.monotonic() < last else signal.SIGKILL)
        time.sleep(0.1)


def _send(process: int, sign: signal.Signals) -> None:
    try:
        os.kill(process, sign)
    except ProcessLookupError:
        return


@contextmanager
def marked(patience: float = 10) -> Iterator[dict[str, str]]:
    """An environment to start things in; at the end all of them have ended."""
    mark = f"{own_mark()}{next(_NUMBERS)}."
    name, _, value = mark.partition("=")
    try:
        yield {**os.environ, name: value}
    finally:
        end(mark, patience)
