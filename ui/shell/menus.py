"""The menu bar, made from the table of actions; what needs a draft rests while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from ui.shell.actions import ACTIONS, MENUS, Action, action

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
        for each in ACTIONS:
            menu = self.menus[each.menu]
            if last.setdefault(each.menu, each.group) != each.group:
                menu.addSeparator()
                last[each.menu] = each.group
            self.actions[each.id] = entry = self._entry(each)
            menu.addAction(entry)
        self.set_editing(False)

    def _entry(self, wanted: Action) -> QAction:
        entry = QAction(wanted.text, self._window)
        if wanted.panel_key or wanted.field_key:
            entry.setText(f"{wanted.text}\t{wanted.field_key or wanted.shortcut}")
        elif wanted.shortcut:
            entry.setShortcuts([QKeySequence(keys) for keys in wanted.shortcut.split()])
        entry.triggered.connect(lambda _checked=False: self._run(wanted.id))
        return entry

    def set_editing(self, editing: bool) -> None:
        """Whether a draft is open."""
        for each in ACTIONS:
            if each.needs_draft and each.id in self.actions:
                self.actions[each.id].setEnabled(editing)

    def show_step(self, action_id: str, label: str | None) -> None:
        """Undo or redo: the step it would take; None: there is none."""
        entry, verb = self.actions[action_id], action(action_id).text
        text = f"{verb} {label}".replace("&", "&&") if label else verb
        if text == entry.text() and entry.isEnabled() == (label is not None):
            return
        entry.setText(text)
        entry.setEnabled(label is not None)
