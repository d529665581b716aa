"""Databases that tests open: what a test leaves open is closed at its end, what the program leaves open is told."""

import sqlite3
import sys
import traceback
import warnings
from itertools import islice
from pathlib import Path
from typing import Any

from models import store
from models.store import Store

_opened: list[Store] = []


def open_store(path: Path, timeout: float | None = None) -> Store:
    """The program's own, for a test that does not close it."""
    opened = store.open_store(path) if timeout is None else store.open_store(path, timeout)
    _opened.append(opened)
    return opened


def close_all() -> None:
    """Those that were opened here."""
    while _opened:
        _opened.pop().close()


class TellingConnection(sqlite3.Connection):
    """Tells of one that nobody closed, as Python does from 3.13 on: the warning makes the test fail."""

    def __init__(self, *place: Any, **more: Any) -> None:
        super().__init__(*place, **more)
        frames = traceback.walk_stack(sys._getframe(1))
        self._opened_by = [f"{frame.f_code.co_filename}:{line}" for frame, line in islice(frames, 8)]

    def __del__(self) -> None:
        try:
            _open = self.total_changes
        except sqlite3.ProgrammingError:
            return
        opened_by = "\n".join(self._opened_by)
        warnings.warn(f"unclosed database, opened by\n{opened_by}", ResourceWarning, source=self, stacklevel=1)
