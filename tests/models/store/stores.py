"""What the tests of the store share: a store in a folder of its own, and what it was asked to write."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from models.document.tree import Draft, GoalDocument, Indicator, Project, Unit
from models.store import Store, open_store
from models.store.data_folder import STORE_NAME


@contextmanager
def temporary_store() -> Iterator[Store]:
    """For generated cases: a new file each time (a fixture would be shared by all of them)."""
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "goalform.db")
        try:
            yield store
        finally:
            store.close()


def large_draft(projects: int = 200, rows: int = 20, words: str = "园区举办招商推介会次数") -> Draft:
    """A draft of a department: as large as the program promises to be quick with."""
    made = tuple(
        Project(
            f"p{place:x}",
            Unit("806001", "青禾县文化服务中心"),
            name=f"第 {place} 个项目",
            budget="165.00",
            goals=(words,) * 3,
            indicators=tuple(
                Indicator(f"i{place:x}f{row:x}", "产出指标", "数量指标", words, words, "≥300天", "年初工作计划")
                for row in range(rows)
            ),
        )
        for place in range(projects)
    )
    return Draft(GoalDocument(year=2026, unit=Unit("806001", "青禾县文化服务中心"), projects=made))


def with_goal(draft: Draft, text: str) -> Draft:
    return replace(draft, document=replace(draft.document, overall_goal=text))


@contextmanager
def writes(store: Store) -> Iterator[list[str]]:
    """The rows written meanwhile, as «UPDATE indicators», one entry a row (cascades aside)."""
    found: list[str] = []

    def note(sql: str) -> None:
        words = sql.split()
        if words[0] in {"INSERT", "UPDATE", "DELETE"}:
            skipped = {"INTO", "FROM", "OR", "REPLACE"}
            found.append(f"{words[0]} {next(word for word in words[1:] if word not in skipped)}")

    connection = connection_of(store)
    connection.set_trace_callback(note)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)


def wait_for_an_hour(store: Store) -> None:
    """For another program that holds its file: whoever is not to wait for that one would then not end with the test."""
    connection_of(store).execute("PRAGMA busy_timeout = 3600000")


def connection_of(store: Store) -> sqlite3.Connection:
    """The store's own connection, to watch it and to make it fail."""
    return store._connection


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN " + sys.argv[2])
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held_by_another_process(path: Path, how: str) -> Iterator[None]:
    """The lock of a transaction, EXCLUSIVE or IMMEDIATE, held by a process of its own until the end."""
    command = [sys.executable, "-c", HOLD, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "held\n"
            yield
        finally:
            process.stdin.close()  # the end of its input lets it go, also when the test fails


def content(folder: Path) -> dict[str, bytes]:
    """Every file below it but SQLite's emptied journals."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-journal")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def drafts(folder: Path) -> list[tuple[Draft, bool]]:
    with closing(open_store(folder / STORE_NAME)) as store:
        return [(store.load(line.id), line.deleted) for line in store.list()]
