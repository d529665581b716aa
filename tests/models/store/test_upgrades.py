"""A newer version opens what an older one left, and says which version it is; an older one refuses by name."""

import re
import shutil
import sqlite3
import tomllib
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from models.help.version_changes import versions
from models.store import StoreError, connection
from models.store import store_rows as rows
from models.store.revisions import Revisions
from tests.models.store.stores import with_goal
from tests.models.store.version_1 import DRAFT
from tests.opening import open_store
from tests.shared import CHECKOUT
from ui.features.help.diagnostics import program_version

STORED = CHECKOUT / "tests" / "data" / "store"
PRESENT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def test_a_stored_database_stands_for_every_version_of_the_tables() -> None:
    """Who adds a migration adds the database the version before it wrote: people have it on their disks."""
    found = {}
    for path in STORED.glob("v*.db"):
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as stored:
            found[path.name] = stored.execute("PRAGMA user_version").fetchone()[0]
    assert found == {f"v{version}.db": version for version in range(1, connection.VERSION + 1)}


@pytest.mark.parametrize("stored", sorted(STORED.glob("v*.db")), ids=lambda path: path.stem)
def test_a_newer_program_opens_edits_and_keeps_what_an_older_one_left(stored: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(stored, tmp_path / "goalform.db"))
    with closing(open_store(path)) as store:
        assert store.load(1) == DRAFT
        store.save(1, with_goal(DRAFT, "升级以后写的"), DRAFT)
        assert Revisions(store).keep(1, DRAFT, "named", "升级以前的")
    with closing(open_store(path)) as store:
        assert store.load(1).document.overall_goal == "升级以后写的"
        assert store.is_whole(1)
        names = [kept.name for kept in Revisions(store).list(1)]
        assert "升级以前的" in names
    version = int(stored.stem[1:])
    # What it was before is kept beside it, unless nothing was changed.
    assert (tmp_path / f"goalform.v{version}.bak").exists() == (version < connection.VERSION)


@pytest.mark.parametrize("stored", sorted(STORED.glob("v*.db")), ids=lambda path: path.stem)
def test_a_setting_an_older_program_did_not_have_is_off_and_leaves_the_checksum_as_it_was(
    stored: Path, tmp_path: Path
) -> None:
    with closing(open_store(Path(shutil.copy(stored, tmp_path / "goalform.db")))) as store:
        assert not store.load(1).settings.unit_headings
        assert store.is_whole(1)
        on = replace(DRAFT, settings=replace(DRAFT.settings, unit_headings=True))
        store.save(1, on, DRAFT)
        assert store.load(1) == on
        assert store.is_whole(1)
        store.save(1, DRAFT, on)
        assert (store.load(1), store.is_whole(1)) == (DRAFT, True)
    assert "unit_headings" not in rows.surrounding_json(DRAFT.settings)


def test_an_older_program_refuses_newer_data_by_name_and_leaves_it(tmp_path: Path) -> None:
    path = Path(shutil.copy(STORED / f"v{connection.VERSION}.db", tmp_path / "goalform.db"))
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {connection.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=f"数据结构第 {connection.VERSION + 1} 版") as raised:
        open_store(path)
    assert raised.value.fault == "newer"
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["goalform.db"]


def test_the_versions_of_package_change_log_and_about_agree() -> None:
    assert versions()[0].number == PRESENT
    assert program_version() == PRESENT


def test_the_change_log_is_whole_and_newest_first() -> None:
    listed = versions()
    assert all(number(newer.number) > number(older.number) for newer, older in pairwise(listed))
    assert all(newer.day >= older.day for newer, older in pairwise(listed))
    for version in listed:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version.number)
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", version.day)
        assert version.changes
        for change in version.changes:
            assert change.endswith("。"), change
            assert re.search(r"[一-鿿]", change), change
