"""Work that waits until the window is seen for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.widgets.style import watch_fields

_AT_LATEST = 500
"""Milliseconds after which the work is done although nothing was painted (a window that starts minimised)."""


class _FirstPaint(QObject):
    def __init__(self, window: QWidget, done: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._done: Callable[[], object] | None = done
        window.installEventFilter(self)
        QTimer.singleShot(_AT_LATEST, self, self._now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._now)
        return False

    def _now(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            self.deleteLater()
            watch_fields()
            done()


def after_first_paint(window: QWidget, done: Callable[[], object]) -> None:
    """Calls `done` once, when the window has been painted; fields are watched from then on."""
    _FirstPaint(window, done)
