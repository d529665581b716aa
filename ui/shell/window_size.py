"""How large the window opens: as it was left, the first time most of the screen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

SIZE_FILE = "window.txt"
"""In the data folder, beside the look: the first paint needs both. «1500 900», with a word behind where it filled the screen."""
_SHARE = 0.85
"""Of the screen, the first time."""
_SMALL = 1400
"""Pixels: small screens are the rule where this is used, and there the window takes all of it."""
_FILLS = "maximized"


def show_as_left(window: QWidget, folder: Path) -> None:
    """Shows the window, and keeps its size when it is closed. What cannot be read or kept is no matter."""
    room = window.screen().availableGeometry()
    size, fills = room.size() * _SHARE, room.width() < _SMALL
    with suppress(OSError, ValueError):
        width, height, *words = (folder / SIZE_FILE).read_text(encoding="utf-8").split()
        size, fills = QSize(int(width), int(height)), _FILLS in words
    window.resize(size.boundedTo(room.size()).expandedTo(window.minimumSizeHint()))
    window.installEventFilter(_Keeper(window, folder))
    (window.showMaximized if fills else window.show)()


class _Keeper(QObject):
    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window, self._folder = window, folder
        self._size = window.size()
        """The last one the window had that did not fill the screen."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and not self._window.isMaximized():
            self._size = self._window.size()
        # Not when it is hidden, which also happens while it is destroyed and can no longer be asked.
        if watched is self._window and event.type() == QEvent.Type.Close:
            words = f" {_FILLS}" if self._window.isMaximized() else ""
            with suppress(OSError):
                text = f"{self._size.width()} {self._size.height()}{words}\n"
                (self._folder / SIZE_FILE).write_text(text, encoding="utf-8")
        return False
