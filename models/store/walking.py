"""Reads a table of a damaged file row by row, from both ends: a page that is broken costs the rows on it alone.

What lies between two broken pages is read by `models.store.leaves`.
"""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]


@dataclass(slots=True)
class Walked:
    """`rows`: by their number. `complete`: the table was read from its first row to its last."""

    rows: dict[int, Row] = field(default_factory=dict)
    complete: bool = True


def walk(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Walked:
    """Forward to the first page that is broken, and backward to the last."""
    found = Walked()
    query = f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED"
    if not _take(found.rows, connection, f"{query} ORDER BY rowid", 1):
        found.complete = False
        low = max(found.rows, default=0)
        _take(found.rows, connection, f"{query} WHERE rowid > {low:d} ORDER BY rowid DESC", -1)
    return found


def _take(rows: dict[int, Row], connection: sqlite3.Connection, query: str, step: int) -> bool:
    """Whether the query came to its end. A number out of order: the page is not the one that belongs there."""
    last = None
    try:
        for number, *row in connection.execute(query):
            if last is not None and (number - last) * step <= 0:
                return False
            rows[number], last = tuple(row), number
    except Exception:  # whatever the bytes make SQLite or Python stumble over
        return False
    return True
