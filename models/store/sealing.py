"""Gives a checksum to what an older version of the program wrote without one, while its store is brought up to date."""

import sqlite3
from pathlib import Path

from models.store.checksum import checksum, setting_checksum, version_checksum
from models.store.drafts import Store
from models.store.repair import repaired


def seal(connection: sqlite3.Connection, path: Path) -> None:
    """Inside the caller's transaction. A draft that cannot be read gets none: it is found altered when it is opened."""
    store = Store(connection, path, read_only=False)
    for (draft_id,) in connection.execute("SELECT id FROM drafts WHERE checksum IS NULL").fetchall():
        try:
            draft = store.load(draft_id, verify=False)
            total = checksum(draft) if repaired(draft) == draft else None
        except Exception:  # whatever stands in its rows, the others are sealed
            total = None
        connection.execute("UPDATE drafts SET checksum = ? WHERE id = ?", (total, draft_id))
    for key, value in connection.execute("SELECT key, value FROM remembered").fetchall():
        connection.execute("UPDATE remembered SET checksum = ? WHERE key = ?", (setting_checksum(key, value), key))
    for sequence, *columns in connection.execute("SELECT sequence, made, reason, name FROM revisions").fetchall():
        total = version_checksum(*columns)
        connection.execute("UPDATE revisions SET checksum = ? WHERE sequence = ?", (total, sequence))
