"""When Python's collector may take windows apart: between two events, in the window's thread, and never else."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds: seldom enough to cost nothing, often enough that closed windows do not pile up."""
_PUT_OFF_AT_MOST = 60
"""So many times that a collection of everything waits for a pause in typing: half a minute."""


class Collector(QObject):
    """Collects in Python's stead while it lives.

    By itself Python collects in whatever thread and whatever moment makes the object too many: in a worker, or in a
    handler that Qt calls for one widget after another, as when a theme is applied. Closed windows are destroyed there, and
    Qt goes on with a widget that is gone, which ends the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_typing: Callable[[], bool] = lambda: False
        """Whether a pause for looking through everything would be felt: with a large text open it takes as long as a key."""
        self._put_off = 0
        gc.disable()
        timer = QTimer(self, interval=_EVERY)
        timer.timeout.connect(self._collect)
        timer.start()

    def _collect(self) -> None:
        due = max((each for each, full in enumerate(gc.get_threshold()) if gc.get_count()[each] > full), default=-1)
        everything = len(gc.get_threshold()) - 1
        self._put_off = self._put_off + 1 if due == everything and self.is_typing() else 0
        if 0 < self._put_off <= _PUT_OFF_AT_MOST:
            due -= 1
        if due >= 0:
            gc.collect(due)
