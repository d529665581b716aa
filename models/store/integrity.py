"""Whether a store's file is whole: SQLite's own checks, then every draft and every version by its checksum."""

import math
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from models.store import store_rows as rows
from models.store.checksum import setting_checksum
from models.store.drafts import Store


@dataclass(frozen=True, slots=True)
class Soundness:
    """`faults`: how many drafts, versions and settings are not what was saved; infinite where the file itself cannot be
    relied on. `rows`: how many there are of drafts, of versions, of settings.

    `unproven`: there are drafts without a checksum to compare with, or those of an older or newer version of the program.
    """

    faults: float
    rows: tuple[int, ...] = ()
    unproven: bool = False


BROKEN = Soundness(math.inf)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether pages, indexes and references are in order. 2 ms per megabyte: a broken index is a draft that reads as short,
    a row whose draft is gone a draft that would be missed by nobody.
    """
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        return False
    return connection.execute("PRAGMA foreign_key_check").fetchone() is None


def has_its_tables(connection: sqlite3.Connection) -> bool:
    """Whether every table and column is there. Of a store of this version."""
    with suppress(sqlite3.OperationalError):
        for table, columns in rows.TABLES.items():
            connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")
        connection.execute("SELECT created, modified FROM drafts LIMIT 0")
        return True
    return False


def altered_settings(connection: sqlite3.Connection) -> list[str]:
    """The keys of what is remembered, but is not what was written."""
    found = connection.execute("SELECT key, value, checksum FROM remembered WHERE checksum IS NOT NULL")
    return [str(key) for key, value, total in found if total != setting_checksum(key, value)]


def examine(path: Path, application_id: int, version: int) -> Soundness:
    """All of a copy that SQLite may write to. `version`: that of this program's tables."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == application_id
            if not ours or not is_sound(connection):
                return BROKEN
            stored = connection.execute("PRAGMA user_version").fetchone()[0]
            if stored != version:
                return Soundness(0, unproven=True)
            return _examine_drafts(connection, path)
    except Exception:  # whatever the bytes of a broken file make the code stumble over
        return BROKEN


def _examine_drafts(connection: sqlite3.Connection, path: Path) -> Soundness:
    from models.store.revisions import Revisions  # which a start that finds all in order does not need

    store = Store(connection, path, read_only=True)
    ids = [draft_id for (draft_id,) in connection.execute("SELECT id FROM drafts")]
    altered = sum(not store.is_whole(draft_id) for draft_id in ids)
    lost = sum(map(Revisions(store).broken, ids))
    counted = "drafts WHERE checksum IS NULL", "drafts", "revisions", "remembered"
    unproven, *count = (connection.execute(f"SELECT count(*) FROM {rest}").fetchone()[0] for rest in counted)
    return Soundness(altered + lost + len(altered_settings(connection)), tuple(count), unproven > 0)
