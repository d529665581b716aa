"""Reads a table of a damaged file row by row: a page that is broken costs the rows on it, not those behind it."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]

_MOST_TRIED = 200_000
"""Numbers looked up one by one where pages are broken; beyond it a number is no longer that of a row."""
_MOST_IN_VAIN = 3_000
"""So many numbers in a row without a row: nothing follows. More than a dozen pages hold."""


@dataclass(slots=True)
class Walked:
    """`rows`: by their number. `complete`: the table was read from its first row to its last."""

    rows: dict[int, Row] = field(default_factory=dict)
    complete: bool = True


def walk(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Walked:
    """Forward to the first page that is broken, backward to the last, and number by number in between."""
    found = Walked()
    query = f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED"
    if not _take(found.rows, connection, f"{query} ORDER BY rowid", 1):
        found.complete = False
        low = max(found.rows, default=0)
        behind: dict[int, Row] = {}
        _take(behind, connection, f"{query} WHERE rowid > {low:d} ORDER BY rowid DESC", -1)
        high = min(behind, default=low + _MOST_TRIED)
        found.rows |= _between(connection, f"{query} WHERE rowid = ?", low, high, bool(behind)) | behind
    return found


def _between(connection: sqlite3.Connection, query: str, low: int, high: int, known: bool) -> dict[int, Row]:
    """`known`: there is a row at the higher number."""
    found: dict[int, Row] = {}
    last = low
    for number in range(low + 1, min(high, low + _MOST_TRIED)):
        if not known and number - last > _MOST_IN_VAIN:
            break
        with suppress(Exception):
            row = connection.execute(query, (number,)).fetchone()
            if row is not None:
                found[number], last = tuple(row[1:]), number
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
