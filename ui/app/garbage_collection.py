"""When Python's collector may take windows apart: between two events, in the window's thread, and never else."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds: seldom enough to cost nothing, often enough that closed windows do not pile up."""


class Collector(QObject):
    """Collects in Python's stead while it lives.

    By itself Python collects in whatever thread and whatever moment makes the object too many: in a worker, or in a
    handler that Qt calls for one widget after another, as when a theme is applied. Closed windows are destroyed there, and
    Qt goes on with a widget that is gone, which ends the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=_EVERY)
        timer.timeout.connect(self._collect)
        timer.start()

    def _collect(self) -> None:
        due = [generation for generation, full in enumerate(gc.get_threshold()) if gc.get_count()[generation] > full]
        if due:
            gc.collect(due[-1])
