"""A journal beside the store: one that a crash left is played back, any other is set aside and the sound file stays."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.document.tree import Draft
from models.store import StoreError, open_store
from models.store.revisions import Revisions
from tests.models.store.stores import large_draft, with_goal
from tests.shared import CHECKOUT

IN_THE_MIDDLE = """
import os, sqlite3, sys
from pathlib import Path
from models.store import open_store
from tests.models.store.stores import connection_of, large_draft

store = open_store(Path(sys.argv[1]))
connection = connection_of(store)
connection.execute(f"PRAGMA cache_size = {int(sys.argv[2])}")  # pages reach the disk before the end of the save
executed = 0

def note(sql):
    global executed
    executed += 1
    if executed == int(sys.argv[3]):
        print("here", flush=True)
        sys.stdin.readline()  # killed, or let go

connection.set_trace_callback(note)
saved = store.load(1)
store.save(1, large_draft(projects=30, rows=20, words="没有写完"), saved)
"""
"""Saves until so many statements are done, and waits there."""

SMALL_CACHE, LARGE_CACHE = 2, 4000
STATEMENTS = 400


@dataclass
class Home:
    """A store with two drafts and a version of the first, closed."""

    path: Path

    @property
    def journal(self) -> Path:
        return self.path.with_name(self.path.name + "-journal")

    def names(self) -> list[str]:
        """All that lies there and holds anything."""
        return sorted(file.name for file in self.path.parent.iterdir() if file.stat().st_size)

    def save(self, goal: str) -> None:
        with closing(open_store(self.path)) as store:
            draft = store.load(1)
            store.save(1, with_goal(draft, goal), draft)

    def goals(self) -> dict[int, str]:
        with closing(open_store(self.path)) as store:
            assert all(store.is_whole(line.id) for line in store.list())
            return {line.id: store.load(line.id).document.overall_goal for line in store.list()}

    @contextmanager
    def begun(self, cache: int) -> Iterator["subprocess.Popen[str]"]:
        """A process in the middle of a save."""
        command = [sys.executable, "-c", IN_THE_MIDDLE, str(self.path), str(cache), str(STATEMENTS)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=CHECKOUT) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline() == "here\n"
                yield process
            finally:
                process.kill()

    def crash(self, cache: int) -> None:
        """A process is killed in the middle of a save."""
        with self.begun(cache):
            assert self.journal.stat().st_size > 0


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "数据").mkdir()
    home = Home(tmp_path / "数据" / "goalform.db")
    with closing(open_store(home.path)) as store:
        store.create(with_goal(large_draft(projects=30, rows=20), "第一份"))
        store.create(with_goal(Draft(), "第二份"))
        Revisions(store).keep(1, with_goal(Draft(), "从前"), "named", "送审稿")
    return home


def test_a_save_that_was_killed_half_way_is_rolled_back(home: Home) -> None:
    before = home.path.read_bytes()
    home.crash(SMALL_CACHE)
    torn = home.path.read_bytes()
    assert torn[: len(before)] != before, "pages of the save have reached the file"
    assert home.journal.stat().st_size > 10_000
    with closing(open_store(home.path)) as store:
        assert "已退回到那次写入之前" in store.notice
    assert home.goals() == {1: "第一份", 2: "第二份"}
    assert home.names() == ["goalform.db"]
    assert home.path.read_bytes()[: len(before)] == before


DELETES = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM drafts WHERE id > 2")
connection.execute("DELETE FROM surroundings WHERE draft_id > 2")
connection.execute("DELETE FROM places WHERE draft_id > 2")
connection.execute("UPDATE remembered SET value = value || 'x', checksum = NULL")
connection.execute("SELECT count(*) FROM indicators, items").fetchall()
os.kill(os.getpid(), 9)
"""


def test_what_was_being_deleted_when_the_program_was_killed_is_there_again(home: Home) -> None:
    """Some drafts are so small that the file looks whole without them."""
    with closing(open_store(home.path)) as store:
        for number in range(3):
            store.create(with_goal(Draft(), f"小的{number}"))
        store.remember("check.forbidden", "进一步")
    before = home.path.read_bytes()
    subprocess.run([sys.executable, "-c", DELETES, str(home.path)], check=False)
    assert home.path.read_bytes() != before
    assert home.goals() == {1: "第一份", 2: "第二份", 3: "小的0", 4: "小的1", 5: "小的2"}
    assert home.path.read_bytes() == before


def test_a_save_killed_before_its_first_page_was_written_leaves_nothing_to_say(home: Home) -> None:
    home.crash(LARGE_CACHE)
    with closing(open_store(home.path)) as store:
        assert store.notice == ""
    home.save("之后")
    assert home.goals() == {1: "之后", 2: "第二份"}
    assert home.names() == ["goalform.db"]


def test_a_first_page_torn_by_a_power_cut_is_not_taken_for_another_file(home: Home) -> None:
    """SQLite alone would play it; whose journal it is cannot be seen any more, so the user is asked, and nothing is touched."""
    home.crash(SMALL_CACHE)
    torn = bytes(512) + home.path.read_bytes()[512:]
    home.path.write_bytes(torn)
    journal = home.journal.read_bytes()
    with pytest.raises(StoreError) as caught:
        open_store(home.path)
    assert caught.value.fault == "damaged"
    assert (home.path.read_bytes(), home.journal.read_bytes()) == (torn, journal)


def foreign_journal(folder: Path, page_size: int) -> bytes:
    """Of another program's database, killed in the middle of a change."""
    path = folder / "other.db"
    code = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        f"connection.execute('PRAGMA page_size = {page_size}')\n"
        "connection.execute('CREATE TABLE words (text)')\n"
        f"connection.executemany('INSERT INTO words VALUES (?)', [('x' * {page_size // 3},)] * 60)\n"
        "connection.execute('PRAGMA cache_size = 2')\n"
        "connection.execute('BEGIN')\n"
        "connection.execute('UPDATE words SET text = lower(text) || 1')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    return path.with_name("other.db-journal").read_bytes()


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
def test_a_journal_of_another_database_is_set_aside(home: Home, tmp_path: Path, page_size: int) -> None:
    journal, before = foreign_journal(tmp_path, page_size), home.path.read_bytes()
    assert len(journal) > page_size
    home.journal.write_bytes(journal)
    with closing(open_store(home.path)) as store:
        assert "goalform.db-journal.old" in store.notice
        assert "没有用它" in store.notice
    assert home.path.read_bytes() == before
    assert home.goals() == {1: "第一份", 2: "第二份"}
    assert home.path.with_name("goalform.db-journal.old").read_bytes() == journal
    assert home.names() == ["goalform.db", "goalform.db-journal.old"]


def older_journal(home: Home) -> bytes:
    """Of a save that was let go on afterwards."""
    with home.begun(SMALL_CACHE) as process:
        journal = home.journal.read_bytes()
        process.communicate("\n")
    assert process.returncode == 0
    assert not home.journal.stat().st_size
    return journal


@pytest.mark.parametrize("saves", [0, 1, 2, 30], ids=lambda count: f"{count} saves later")
def test_an_older_journal_of_the_same_store_takes_nothing_back(home: Home, saves: int) -> None:
    journal = older_journal(home)
    for number in range(saves):
        home.save(f"后来第{number}次")
    expected, before = home.goals(), home.path.read_bytes()
    home.journal.write_bytes(journal)
    with closing(open_store(home.path)) as store:
        assert store.notice != ""
    assert home.path.read_bytes() == before
    assert home.goals() == expected
    assert home.path.with_name("goalform.db-journal.old").read_bytes() == journal


def test_the_journal_of_a_store_another_copy_went_on_from_takes_nothing_back(home: Home, tmp_path: Path) -> None:
    """A backup put back by hand, beside what the store that went on left: as many changes, but not the same ones."""
    other = Home(tmp_path / "别处" / "goalform.db")
    other.path.parent.mkdir()
    shutil.copy(home.path, other.path)
    home.save("这里的")
    other.save("那里的")
    other.crash(SMALL_CACHE)
    shutil.copy(other.journal, home.journal)
    assert home.goals() == {1: "这里的", 2: "第二份"}
    assert "goalform.db-journal.old" in home.names()


@pytest.mark.parametrize(
    "journal",
    [
        b"x",
        "随便什么".encode() * 3000,
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 5000,
    ],
    ids=["a byte", "text", "half a header", "a header of nonsense"],
)
def test_whatever_lies_there_the_sound_file_stays(home: Home, journal: bytes) -> None:
    before = home.path.read_bytes()
    home.journal.write_bytes(journal)
    open_store(home.path).close()
    assert home.path.read_bytes() == before
    assert home.goals() == {1: "第一份", 2: "第二份"}


def test_a_second_one_does_not_take_the_name_of_the_first(home: Home, tmp_path: Path) -> None:
    for page_size in (1024, 4096):
        home.journal.write_bytes(foreign_journal(tmp_path, page_size))
        open_store(home.path).close()
        (tmp_path / "other.db").unlink()
    assert home.names() == ["goalform.db", "goalform.db-journal.old", "goalform.db-journal.old-2"]


def test_a_log_of_another_database_is_set_aside(home: Home, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE bookmarks (url TEXT)")
        log = (tmp_path / "other.db-wal").read_bytes()
    before = home.path.read_bytes()
    home.path.with_name("goalform.db-wal").write_bytes(log)
    with closing(open_store(home.path)) as store:
        assert "goalform.db-wal.old" in store.notice
    assert home.path.read_bytes() == before
    assert home.goals() == {1: "第一份", 2: "第二份"}


def test_a_store_another_tool_gave_a_log_keeps_what_is_in_it(home: Home) -> None:
    with closing(sqlite3.connect(home.path)) as tool:
        tool.execute("PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(home.path)) as tool:
        tool.execute("INSERT INTO remembered (key, value) VALUES ('tool', 'was here')")
        tool.commit()
        log = home.path.with_name("goalform.db-wal").read_bytes()
        copy = home.path.read_bytes()
    home.path.write_bytes(copy)
    home.path.with_name("goalform.db-wal").write_bytes(log)
    with closing(open_store(home.path)) as store:
        assert store.recall("tool") == "was here"
        assert store.notice == ""
    assert home.names() == ["goalform.db"]


def test_a_journal_that_is_put_there_while_the_store_is_open_is_set_aside_too(home: Home, tmp_path: Path) -> None:
    with closing(open_store(home.path)) as store:
        said: list[str] = []
        store.when_noticed = said.append
        before = store.load(1)
        home.journal.write_bytes(foreign_journal(tmp_path, 1024))
        after = with_goal(before, "还在写")
        store.save(1, after, before)
        assert store.load(1) == after
    assert len(said) == 1
    assert "goalform.db-journal.old" in said[0]
    assert home.goals() == {1: "还在写", 2: "第二份"}


def test_beside_another_program_at_work_the_store_is_read_as_before(home: Home) -> None:
    with closing(open_store(home.path)) as store, home.begun(LARGE_CACHE) as process:
        store.when_noticed = pytest.fail
        assert store.load(1).document.overall_goal == "第一份"
        process.communicate("\n")
    assert home.names() == ["goalform.db"]


@pytest.mark.parametrize("cache", [SMALL_CACHE, LARGE_CACHE], ids=["pages written", "no page written"])
def test_the_journal_of_a_program_at_work_is_left_to_it(home: Home, cache: int) -> None:
    with home.begun(cache) as process:
        held = home.journal.stat()
        assert held.st_size
        with pytest.raises(StoreError) as caught:
            open_store(home.path, timeout=0.1)
        assert caught.value.fault == "locked"
        assert home.journal.stat().st_ino == held.st_ino
        process.communicate("\n")
    assert process.returncode == 0
    with closing(open_store(home.path)) as store:
        assert store.load(1) == large_draft(projects=30, rows=20, words="没有写完")


def test_where_neither_is_whole_both_are_left_as_they_are(home: Home, tmp_path: Path) -> None:
    content = bytearray(home.path.read_bytes())
    content[8192:16384] = bytes(8192)
    home.path.write_bytes(content)
    journal = foreign_journal(tmp_path, 4096)
    home.journal.write_bytes(journal)
    with pytest.raises(StoreError) as caught:
        open_store(home.path)
    assert caught.value.fault == "damaged"
    assert (home.path.read_bytes(), home.journal.read_bytes()) == (content, journal)


def test_the_journal_of_another_store_does_not_take_the_place_of_a_damaged_one(home: Home, tmp_path: Path) -> None:
    """All pages of a small store of ours: played, it would be sound, and this store would be gone."""
    other = Home(tmp_path / "别人" / "goalform.db")
    other.path.parent.mkdir()
    with closing(open_store(other.path)) as store:
        store.create(with_goal(large_draft(projects=30, rows=20), "别人的"))
    other.crash(SMALL_CACHE)
    for number in range(5):
        home.save(f"第{number}次")
    content = bytearray(home.path.read_bytes())
    content[8192:16384] = bytes(8192)
    home.path.write_bytes(content)
    shutil.copy(other.journal, home.journal)
    with pytest.raises(StoreError):
        open_store(home.path)
    assert home.path.read_bytes() == content
