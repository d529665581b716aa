"""The menu bar, made from the table of actions; what needs a draft rests while there is none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from ui.shell.actions import ACTIONS, MENUS, Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QMenu


class Menus:
    """`run` does what the entry with an id does; the window owns the entries."""

    def __init__(self, window: QMainWindow, run: Callable[[str], object]) -> None:
        self._window, self._run = window, run
        self.menus: dict[str, QMenu] = {name: window.menuBar().addMenu(title) for name, title in MENUS}
        """By the ids of `MENUS`."""
        self.actions: dict[str, QAction] = {}
        """By the ids of the actions; empty until `fill`."""

    def fill(self) -> None:
        """Adds the entries."""
        last: dict[str, int] = {}
        for action in ACTIONS:
            menu = self.menus[action.menu]
            if last.setdefault(action.menu, action.group) != action.group:
                menu.addSeparator()
                last[action.menu] = action.group
            self.actions[action.id] = entry = self._entry(action)
            menu.addAction(entry)
        self.set_editing(False)

    def _entry(self, action: Action) -> QAction:
        entry = QAction(action.text, self._window)
        if action.panel_key:
            entry.setText(f"{action.text}\t{action.shortcut}")
        elif action.shortcut:
            entry.setShortcuts([QKeySequence(keys) for keys in action.shortcut.split()])
        entry.triggered.connect(partial(self._triggered, action.id))
        return entry

    def _triggered(self, action_id: str, _checked: bool = False) -> None:
        self._run(action_id)

    def set_editing(self, editing: bool) -> None:
        """Whether a draft is open."""
        for action in ACTIONS:
            if action.needs_draft and action.id in self.actions:
                self.actions[action.id].setEnabled(editing)

    def show_step(self, action_id: str, label: str | None) -> None:
        """Undo or redo: the step it would take; None: there is none."""
        entry, verb = self.actions[action_id], next(action.text for action in ACTIONS if action.id == action_id)
        entry.setText(f"{verb} {label}".replace("&", "&&") if label else verb)
        entry.setEnabled(label is not None)
