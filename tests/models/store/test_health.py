"""What is told of the store's file: how it is, never what stands in it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from models.document.template import load_template
from models.document.tree import Draft, Project, Unit
from models.session.session import new_document
from models.store.connection import VERSION
from models.store.health import health
from tests.opening import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "goalform.db"
    store = open_store(path)
    document = replace(
        new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站")),
        projects=(Project("p1", name="管网"), Project("p2")),
    )
    store.create(Draft(document))
    store.remember("new.name", "云泽县农业技术推广站")
    store.remember("look.size", "14")
    store.remember("云泽", "1")
    store.close()
    return path


def test_a_sound_store_is_told_with_its_counts(path: Path) -> None:
    found = health(path)
    assert found.error == ""
    assert found.faults == ()
    assert found.version == VERSION
    assert found.size == path.stat().st_size
    assert found.pages * 4096 == found.size
    assert dict(found.rows)["drafts"] == 1
    assert dict(found.rows)["projects"] == 2


def test_of_what_is_remembered_only_numbers_and_choices_are_told(path: Path) -> None:
    remembered = dict(health(path).remembered)
    assert remembered["look.size"] == "14"
    assert remembered["new.name"] == "（10 个字符）"
    assert "?" in remembered
    assert "云泽" not in str(health(path))


def test_it_is_looked_at_while_the_program_has_it_open(path: Path) -> None:
    store = open_store(path)
    before = path.read_bytes()
    assert health(path).faults == ()
    assert path.read_bytes() == before
    store.close()


def test_damage_is_told(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : 4096 * 6] = bytes(4096 * 5)
    path.write_bytes(data)
    found = health(path)
    assert found.faults or found.error


def test_rows_that_are_not_what_they_should_be_are_told_by_the_kind_of_error(path: Path) -> None:
    with closing(sqlite3.connect(path)) as store:
        store.execute("UPDATE remembered SET key = x'00ff' WHERE key = 'look.size'")
        store.commit()
    assert health(path).error == "TypeError"


@pytest.mark.parametrize(("content", "error"), [(None, "FileNotFoundError"), (b"x" * 5000, "SQLITE_NOTADB")])
def test_what_is_no_store_is_told_by_its_kind(tmp_path: Path, content: bytes | None, error: str) -> None:
    path = tmp_path / "goalform.db"
    if content is not None:
        path.write_bytes(content)
    assert health(path).error == error
