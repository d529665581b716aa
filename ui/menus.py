"""The menu bar: every helper of the window adds its own entries; those of an open draft rest while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QMenu


class Menus:
    """The menus by name; the window owns the actions."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._of_draft: list[QAction] = []
        names = ("文件(&F)", "编辑(&E)", "检查(&C)", "工具(&T)", "帮助(&H)")
        self.file, self.edit, self.check, self.tools, self.help = (window.menuBar().addMenu(name) for name in names)

    def add(
        self, menu: QMenu, text: str, done: Callable[[], object], keys: str = "", *, of_draft: bool = False
    ) -> QAction:
        """An entry at the end of a menu. `keys`: «Ctrl+F», several separated by blanks; `of_draft`: rests without one."""
        action = QAction(text, self._window)
        if keys:
            action.setShortcuts([QKeySequence(one) for one in keys.split()])
        action.triggered.connect(lambda _checked=False: done())
        menu.addAction(action)
        if of_draft:
            self._of_draft.append(action)
            action.setEnabled(False)
        return action

    def set_editing(self, editing: bool) -> None:
        """Whether a draft is open."""
        for action in self._of_draft:
            action.setEnabled(editing)
