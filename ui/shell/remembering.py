"""Small things the window keeps between one time and the next; none is worth a word when it cannot be kept."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from models.errors import UserError
from models.preferences import read_look, recall

if TYPE_CHECKING:
    from models.checks.chosen_rules import Rules
    from models.preferences import Preferences
    from models.store import Store

_AGAIN = 500
"""Milliseconds until what another program keeps from being written is tried again."""


class Remembering:
    """The part of the window that remembers, in the store. It waits for nobody: what the store does not take is kept here."""

    home: Path
    store: Store | None
    _unwritten: dict[str, str] = {}  # noqa: RUF012  # never changed in place

    def remember(self, key: str, value: str) -> None:
        waits = bool(self._unwritten)
        self._unwritten = {**self._unwritten, key: value}
        if not waits:
            self.write_remembered()

    def write_remembered(self) -> None:
        """Writes what was to be remembered; where another program holds the file, in a while."""
        if self.store is None:
            self._unwritten = {}
            return
        try:
            with self.store.without_waiting(), self.store.transaction():
                for key, value in self._unwritten.items():
                    self.store.remember(key, value)
        except UserError as error:
            if getattr(error, "fault", "") == "locked" and isinstance(self, QObject):
                QTimer.singleShot(_AGAIN, self, self.write_remembered)
                return
        self._unwritten = {}

    def recall(self, key: str) -> str | None:
        """What was kept under the key; None where nothing was, or the store cannot be read."""
        if key in self._unwritten:
            return self._unwritten[key]
        if self.store is not None:
            with contextlib.suppress(UserError):
                return self.store.recall(key)
        return None

    def recall_folder(self, key: str) -> Path | None:
        """A folder used before, None where there is none or it is gone."""
        name = self.recall(key)
        with contextlib.suppress(OSError):
            return Path(name) if name and Path(name).is_dir() else None
        return None

    @property
    def settings(self) -> Preferences:
        return recall(read_look(self.home), lambda key: self.recall(key) or "")

    @property
    def check_rules(self) -> Rules:
        from models.checks.chosen_rules import recall_rules

        return recall_rules(self.recall)
