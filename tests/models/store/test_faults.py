"""Faults of the disk, for real: each one is told in Chinese, changes nothing, and leaves the store usable."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.document.tree import Draft
from models.errors import UserError
from models.store import StoreError
from models.store.connection import APPLICATION_ID, VERSION
from tests.models.store.stores import connection_of, held_by_another_process, large_draft, with_goal
from tests.opening import open_store
from tests.shared import CHECKOUT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that holds one draft, closed."""
    path = tmp_path / "goalform.db"
    store = open_store(path)
    store.create(large_draft(projects=20, rows=5))
    store.close()
    return path


def refused(path: Path, fault: str, words: str) -> None:
    """Opening says so, names the file and leaves every byte as it is."""
    before = path.read_bytes()
    with pytest.raises(StoreError, match=words) as caught:
        open_store(path, timeout=0.1)
    assert caught.value.fault == fault
    assert str(path) in str(caught.value)
    assert isinstance(caught.value, UserError)
    assert path.read_bytes() == before


def test_an_empty_file_is_a_damaged_store_and_no_new_one(path: Path) -> None:
    path.write_bytes(b"")
    refused(path, "damaged", "0 字节.*恢复备份")


@pytest.mark.parametrize("content", [b"x", b"SQLite format 3", "绩效目标".encode() * 999, bytes(4096)])
def test_a_file_of_something_else_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path, "damaged", "不是本程序的数据文件")


def test_a_header_with_nothing_behind_it_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])
    refused(path, "damaged", "已损坏")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_a_file_cut_short_is_refused(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    refused(path, "damaged", "已损坏")


def test_pages_of_zeros_are_refused(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:16384] = bytes(8192)
    path.write_bytes(content)
    refused(path, "damaged", "已损坏")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "goalform.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    refused(path, "damaged", "不是本程序的数据文件")


def test_a_newer_store_is_refused_by_its_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    refused(path, "newer", f"第 {VERSION + 1} 版，本程序只认识到第 {VERSION} 版.*新版本的程序")


def test_the_header_says_whose_file_it_is(path: Path) -> None:
    header = path.read_bytes()[:100]
    assert header[68:72] == b"GOAL" == APPLICATION_ID.to_bytes(4)
    assert int.from_bytes(header[60:64]) == VERSION
    assert header[18:20] == b"\x01\x01"  # a rollback journal, not WAL


def test_every_connection_is_as_safe_as_promised(path: Path) -> None:
    connection = connection_of(open_store(path))
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert found == {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 2000}


@pytest.mark.parametrize("how", ["EXCLUSIVE", "IMMEDIATE"])
def test_a_store_in_use_is_refused_and_opens_afterwards(path: Path, how: str) -> None:
    with held_by_another_process(path, how):
        refused(path, "locked", "正被另一个程序占用.*重试")
    assert len(open_store(path).list()) == 1


def test_a_save_while_another_process_writes_may_be_tried_again(path: Path) -> None:
    store = open_store(path, timeout=0.1)
    draft_id = store.list()[0].id
    draft = store.load(draft_id)
    after = with_goal(draft, "目标")
    with held_by_another_process(path, "IMMEDIATE"):
        with pytest.raises(StoreError) as caught:
            store.save(draft_id, after, draft)
        assert caught.value.fault == "locked"
        assert store.load(draft_id) == draft
    store.save(draft_id, after, draft)
    assert store.load(draft_id) == after


@pytest.mark.parametrize("whole", [False, True], ids=["by difference", "whole"])
def test_a_full_disk_loses_nothing_and_the_save_may_be_tried_again(path: Path, whole: bool) -> None:
    store = open_store(path)
    draft_id = store.list()[0].id
    draft = store.load(draft_id)
    larger = large_draft(projects=200, words="一个很长的描述" * 20)
    connection = connection_of(store)
    limit = connection.execute("PRAGMA max_page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0] + 3}")
    with pytest.raises(StoreError, match=r"磁盘空间不足.*没有丢失") as caught:
        store.save(draft_id, larger, None if whole else draft)
    assert caught.value.fault == "full"
    with pytest.raises(StoreError, match="磁盘空间不足"):
        store.create(larger)
    assert store.load(draft_id) == draft
    assert len(store.list()) == 1
    assert not connection.in_transaction
    connection.execute(f"PRAGMA max_page_count = {limit}")
    store.save(draft_id, larger, draft)
    assert store.load(draft_id) == larger


def test_a_bug_of_our_own_is_not_dressed_up_and_writes_nothing(path: Path) -> None:
    store = open_store(path)
    draft_id = store.list()[0].id
    draft = store.load(draft_id)
    after = with_goal(draft, None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store.save(draft_id, after, draft)
    assert store.load(draft_id) == draft
    store.save(draft_id, with_goal(draft, "目标"), draft)


@pytest.fixture
def locked_folder(path: Path) -> Iterator[Path]:
    """The store's folder, and this process without the right to write there (the suite may run as root)."""
    if os.name == "nt":
        pytest.skip("rights of files are other ones on Windows")
    with tempfile.TemporaryDirectory() as outside:
        folder = Path(outside)
        folder.chmod(0o755)
        (folder / "goalform.db").write_bytes(path.read_bytes())
        (folder / "goalform.db").chmod(0o444)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        else:
            folder.chmod(0o555)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_read_only_store_can_be_read(locked_folder: Path) -> None:
    store = open_store(locked_folder / "goalform.db")
    assert store.read_only
    assert store.load(1) == large_draft(projects=20, rows=5)
    assert store.recall("unit.name") == ""
    for call in (
        lambda: store.save(1, Draft(), None),
        lambda: store.create(Draft()),
        lambda: store.trash(1),
        lambda: store.remember("a", "b"),
    ):
        with pytest.raises(StoreError, match="只读") as caught:
            call()
        assert caught.value.fault == "read_only"
    assert store.load(1) == large_draft(projects=20, rows=5)
    store.close()


def test_a_writable_file_in_a_read_only_folder_is_read_only(locked_folder: Path) -> None:
    # The journal cannot stand beside it.
    if os.geteuid() != 65534:
        pytest.skip("needs a process that may give its rights away")
    os.seteuid(0)
    (locked_folder / "goalform.db").chmod(0o666)
    os.seteuid(65534)
    store = open_store(locked_folder / "goalform.db")
    assert store.read_only
    assert len(store.list()) == 1
    store.close()


def test_a_store_cannot_be_made_in_a_read_only_folder(locked_folder: Path) -> None:
    for path in (locked_folder / "new.db", locked_folder / "sub" / "new.db"):
        with pytest.raises(StoreError, match=r"只读.*换一个可以写入的文件夹") as caught:
            open_store(path)
        assert str(path) in str(caught.value)
    assert [file.name for file in locked_folder.iterdir()] == ["goalform.db"]


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "goalform.db").mkdir()
    with pytest.raises(StoreError, match=r"goalform\.db 的位置上是一个同名的文件夹。请把这个文件夹移到别处") as caught:
        open_store(tmp_path / "goalform.db")
    assert caught.value.fault == "unreachable"  # the page offers to try again, and no backup to be put over it
    (tmp_path / "goalform.db").rmdir()
    open_store(tmp_path / "goalform.db").close()


def test_a_beginning_cut_off_leaves_no_empty_store(tmp_path: Path) -> None:
    (tmp_path / "goalform.db.new").write_bytes(b"half a file")
    (tmp_path / "goalform.db.new-journal").write_bytes(b"half a journal")
    store = open_store(tmp_path / "goalform.db")
    assert store.list() == ()
    assert sorted(file.name for file in tmp_path.iterdir() if file.stat().st_size) == ["goalform.db"]


def test_the_journal_of_a_store_that_was_moved_away_is_not_played_into_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "goalform.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    store = open_store(tmp_path / "goalform.db")
    store.create(Draft())
    assert (tmp_path / "goalform.db-journal.old").stat().st_size == 512


def test_opening_a_store_imports_nothing_slow(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from models.store import open_store;"
        "open_store(Path(sys.argv[1])); print('sqlite_utils' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert found.stdout == "False\n"
