"""From every version there was to the present one: backed up first, all of it or nothing."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from models.document.tree import Draft
from models.store import Place, StoreError, connection, migrations
from models.store.revisions import Revisions
from tests.models.store.stores import connection_of, large_draft
from tests.models.store.version_1 import DRAFT
from tests.opening import open_store
from tests.shared import CHECKOUT

VERSION_1 = CHECKOUT / "tests" / "data" / "store" / "v1.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of the store that version 1 wrote."""
    return Path(shutil.copy(VERSION_1, tmp_path / "goalform.db"))


def test_the_version_is_the_number_of_steps() -> None:
    with closing(sqlite3.connect(":memory:")) as empty:
        assert len(migrations.MIGRATIONS.pending(Database(empty, execute_plugins=False))) == connection.VERSION


def test_a_store_of_version_1_opens_with_all_it_holds(path: Path) -> None:
    store = open_store(path)
    (line,) = store.list()
    assert (line.unit_name, line.year, line.project_count) == ("青禾县文化服务中心", 2026, 1)
    assert store.load(line.id) == DRAFT
    assert store.place(line.id) == Place("projects[p1].budget", 5)
    assert store.recall("unit.name") == "青禾县文化服务中心"


def test_a_store_of_version_2_opens_with_all_it_holds(tmp_path: Path) -> None:
    store = open_store(Path(shutil.copy(VERSION_1.with_name("v2.db"), tmp_path / "goalform.db")))
    assert store.load(1) == DRAFT
    assert store.place(1) == Place("projects[p1].budget", 5)
    (kept,) = Revisions(store).list(1)
    assert (kept.name, kept.made) == ("送审稿", "2026-11-20T02:00:00+00:00")
    assert Revisions(store).load(kept.sequence) == DRAFT


def test_a_new_store_has_the_tables_of_a_migrated_one(path: Path, tmp_path: Path) -> None:
    def tables(file: Path) -> list[tuple[str, str]]:
        found = connection_of(open_store(file)).execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        return found.fetchall()

    assert tables(path) == tables(tmp_path / "new.db")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Makes the program the next version, with the given step."""

    def add(step: Callable[[Database], None]) -> None:
        steps = Migrations(migrations.MIGRATIONS.name)
        for known in migrations.MIGRATIONS._migrations:
            steps(name=known.name)(known.fn)
        steps(name=f"next_{connection.VERSION}")(step)
        monkeypatch.setattr(migrations, "MIGRATIONS", steps)
        monkeypatch.setattr(connection, "VERSION", connection.VERSION + 1)

    return add


def with_notes(db: Database) -> None:
    db.execute("ALTER TABLE drafts ADD COLUMN note TEXT NOT NULL DEFAULT ''")


def test_an_older_store_is_backed_up_and_migrated(
    path: Path, next_version: Callable[[Callable[[Database], None]], None]
) -> None:
    old = connection.VERSION
    next_version(with_notes)
    store = open_store(path)
    assert store.load(1) == DRAFT
    columns = [row[1] for row in connection_of(store).execute("PRAGMA table_info(drafts)")]
    assert columns[-1] == "note"
    assert connection_of(store).execute("PRAGMA user_version").fetchone() == (old + 1,)
    store.close()
    open_store(path).close()  # once is enough
    with closing(sqlite3.connect(path.with_name("goalform.v1.bak"))) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)
        assert backup.execute("SELECT unit_name FROM drafts").fetchall() == [("青禾县文化服务中心",)]


def test_the_backup_opens_in_the_older_program(
    path: Path, next_version: Callable[[Callable[[Database], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version(with_notes)
    open_store(path).close()
    monkeypatch.undo()
    assert (
        open_store(path.with_name("goalform.v1.bak")).load(1) == DRAFT
    )  # a later start of ours would migrate it again
    with pytest.raises(StoreError, match="更新版本的程序"):
        open_store(path)


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    path: Path, next_version: Callable[[Callable[[Database], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_way(db: Database) -> None:
        db.execute("DELETE FROM drafts")
        raise RuntimeError("half-way")

    before = path.read_bytes()
    next_version(with_notes)  # this step works, and must not stay alone
    next_version(half_way)
    with pytest.raises(RuntimeError, match="half-way"):
        open_store(path)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert open_store(path).load(1) == DRAFT


def test_no_backup_means_no_migration(
    path: Path, next_version: Callable[[Callable[[Database], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version(with_notes)
    (path.parent / "goalform.v1.bak").mkdir()
    with pytest.raises(StoreError):
        open_store(path)
    monkeypatch.undo()
    (path.parent / "goalform.v1.bak").rmdir()
    assert open_store(path).load(1) == DRAFT


def test_a_large_store_is_migrated_too(
    tmp_path: Path, next_version: Callable[[Callable[[Database], None]], None]
) -> None:
    store = open_store(tmp_path / "goalform.db")
    draft: Draft = large_draft(projects=100)
    draft_id = store.create(draft)
    store.close()
    next_version(with_notes)
    assert open_store(tmp_path / "goalform.db").load(draft_id) == draft
