"""How the store's file is: sound or not, how large, how many rows in each table. Never what stands in it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_MOST_FAULTS = 10
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_.-]{0,40}")
_PLAIN_VALUE = re.compile(r"-?\d{1,9}(?:\.\d{1,4})?|true|false|light|dark|system|auto")


@dataclass(frozen=True, slots=True)
class Health:
    """`version` of the tables; sizes in bytes and pages; `faults` in SQLite's words, empty when sound.

    `rows`: table → number of rows. `remembered`: key → value where that is a number or a choice, else how long it is.
    `error`: the kind of the error where the file could not be read to the end.
    """

    size: int = 0
    version: int = 0
    sqlite: str = sqlite3.sqlite_version
    pages: int = 0
    free_pages: int = 0
    faults: tuple[str, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    remembered: tuple[tuple[str, str], ...] = ()
    error: str = ""


def health(path: Path) -> Health:
    """Looks into the file without writing to it; may take seconds for a large one."""
    try:
        size = path.stat().st_size
    except OSError as error:
        return Health(error=type(error).__name__)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2.0)) as connection:
            return _look(connection, size)
    except Exception as error:  # of a damaged file it may be anything
        return Health(size, error=getattr(error, "sqlite_errorname", type(error).__name__))


def _look(connection: sqlite3.Connection, size: int) -> Health:
    version, pages, free = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("user_version", "page_count", "freelist_count")
    )
    faults = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    kept = "SELECT key, value FROM remembered ORDER BY key"
    return Health(
        size=size,
        version=version,
        pages=pages,
        free_pages=free,
        faults=() if faults == ["ok"] else tuple(faults),
        rows=tuple(
            (name, int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]))
            for name in tables
            if _PLAIN_KEY.fullmatch(name)
        ),
        remembered=tuple(_said(*row) for row in connection.execute(kept)) if "remembered" in tables else (),
    )


def _said(key: str, value: str) -> tuple[str, str]:
    """What is remembered holds names of units and folders: only what can be none of them is reported."""
    name = key if _PLAIN_KEY.fullmatch(key) else "?"
    return name, value if not value or _PLAIN_VALUE.fullmatch(value) else f"（{len(value)} 个字符）"
