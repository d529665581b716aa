"""What each further task of the window is: one class a task, with its menu entries, told of every open draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ui.editor import Editor
    from ui.main_window import MainWindow
    from ui.menus import Menus


class Desk(QObject):
    """One task of the window. Heavy modules are loaded inside the methods: the first paint does not wait for them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def add_actions(self, menus: Menus) -> None:
        """Its menu entries."""

    def draft_opened(self, editor: Editor) -> None:
        """A draft is open from now on."""

    def draft_left(self) -> None:
        """No draft is open any more."""
