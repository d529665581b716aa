"""Saving one changed field of a large draft against one plain UPDATE in a database of the same size and safety."""

import sqlite3
import tempfile
from itertools import count
from pathlib import Path

from models.document import fieldpath
from models.session.session import Session
from models.store import open_store
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import in_turn, show


def one_field() -> None:
    """One indicator's value in 200 × 20, edited and saved, against sqlite3 alone; both with synchronous=FULL."""
    with tempfile.TemporaryDirectory() as folder:
        draft = large_draft()
        store = open_store(Path(folder) / "goalform.db")
        session = Session(draft, store, store.create(draft))
        plain = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode=TRUNCATE")
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("CREATE TABLE indicators (id TEXT PRIMARY KEY, value TEXT)")
        rows = [(row.id, row.value) for project in draft.document.projects for row in project.indicators]
        plain.execute("BEGIN")
        plain.executemany("INSERT INTO indicators VALUES (?, ?)", rows)
        plain.execute("COMMIT")
        numbers = count(1)
        path = "projects[p100].indicators[i100x7].value"

        def ours() -> None:
            session.edit(path, f"≥{next(numbers)}%")
            session.save()

        def floor() -> None:
            plain.execute("UPDATE indicators SET value = ? WHERE id = 'i100x7'", (f"≥{next(numbers)}%",))

        timing, base = in_turn(ours, floor, runs=25)
        show("one field saved, 200 projects × 20", timing, "sqlite3 UPDATE, FULL, same journal", base, "≤ 5")
        assert fieldpath.get(store.load(session.draft_id).document, path) == fieldpath.get(session.document, path)
        store.close()
        plain.close()


def opening() -> None:
    """50 drafts of 20 projects × 10, opened and listed as the start does, against an empty store; at most 100 ms more."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "full.db", Path(folder) / "empty.db"
        open_store(empty).close()
        store = open_store(full)
        for _ in range(50):
            store.create(large_draft(projects=20, indicators=10))
        store.close()

        def opened(path: Path) -> None:
            store = open_store(path)
            store.list()
            store.close()

        timing, base = in_turn(lambda: opened(full), lambda: opened(empty), runs=9)
        show("store opened, 50 drafts of 20 projects", timing, "empty store", base, "≤ 100 ms more")
