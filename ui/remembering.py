"""Small things the window keeps between one time and the next; none is worth a word when it cannot be kept."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from models.store import Store


class Remembering:
    """The part of the window that remembers, in the store."""

    store: Store | None

    def remember(self, key: str, value: str) -> None:
        if self.store is not None:
            with contextlib.suppress(UserError):
                self.store.remember(key, value)

    def recall(self, key: str) -> str | None:
        """What was kept under the key; None where nothing was, or the store cannot be read."""
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
