"""The data folder is moved whole or not at all; nothing of the old one is deleted, and an empty one never stands for it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models.indicators.indicator_library import Entry
from models.indicators.own_library import OwnLibrary, keep_own, load_own
from models.preferences import LOOK_FILE
from models.store import Place, data_folder, moving
from models.store.backup import FOLDER_NOTE, Backups
from models.store.data_folder import (
    LOCAL,
    NOTE,
    STORE_NAME,
    FolderGoneError,
    Moved,
    can_go_back,
    followed,
    go_back,
    settle,
)
from models.store.moving import MovingError, StoppedError, move, refusal, take_in, target_for
from models.store.revisions import Revisions
from tests.models.store.stores import connection_of, content, drafts, large_draft, with_goal
from tests.models.store.version_1 import DRAFT
from tests.opening import open_store
from ui.app.faults import LOG_NAME
from ui.app.single_instance import CALLS, LOCK_NAME


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A data folder as months of use leave it."""
    home = tmp_path / "本机" / "goalform"
    home.mkdir(parents=True)
    with closing(open_store(home / STORE_NAME)) as store:
        draft_id = store.create(DRAFT)
        store.set_place(draft_id, "projects[p1].budget", 5)
        store.remember("unit.name", "云泽县农业技术推广站")
        store.trash(store.create(large_draft(projects=2)))
        Revisions(store).keep(draft_id, DRAFT, "named", "送审稿")
    Backups(home / "backups").make(home / STORE_NAME)
    (home / LOOK_FILE).write_text("theme=dark\n", encoding="utf-8")
    (home / LOG_NAME).write_text("一行\n", encoding="utf-8")
    (home / f"{LOG_NAME}.1").write_text("更早的一行\n", encoding="utf-8")
    (home / "goalform.v1.bak").write_bytes(b"old")
    (home / LOCK_NAME).write_text("1\n", encoding="utf-8")
    (home / CALLS).mkdir()
    (home / "自己的文件.txt").write_text("不是本程序的", encoding="utf-8")
    return home


def test_everything_is_in_the_new_folder_and_the_note_leads_there(start: Path, tmp_path: Path) -> None:
    target, before = tmp_path / "D 盘" / "绩效", content(start)
    move(start, target, start)
    assert followed(start) == target
    with closing(open_store(target / STORE_NAME)) as store:
        assert [line.deleted for line in store.list()] == [True, False]
        assert store.load(1) == DRAFT
        assert store.place(1) == Place("projects[p1].budget", 5)
        assert store.recall("unit.name") == "云泽县农业技术推广站"
        (kept,) = Revisions(store).list(1)
        assert Revisions(store).load(kept.sequence) == DRAFT
    new = content(target)
    assert {name for name in before if name != STORE_NAME} - set(new) == {LOCK_NAME, "自己的文件.txt"}
    assert all(new[name] == before[name] for name in new if name != STORE_NAME)
    # The old folder is as it was, until the new one was opened.
    assert {name: what for name, what in content(start).items() if name != NOTE} == before


def test_once_opened_the_old_files_are_kept_aside_and_the_rest_stays(start: Path, tmp_path: Path) -> None:
    target, before = tmp_path / "new", content(start)
    move(start, target, start)
    assert settle(start, target)
    (aside,) = start.glob("old-*")
    assert content(aside) == {name: before[name] for name in before if name not in {LOCK_NAME, "自己的文件.txt"}}
    assert {path.name for path in start.iterdir()} == {aside.name, LOCK_NAME, CALLS, NOTE, "自己的文件.txt"}
    assert not settle(start, target)  # the next start
    assert len(list(start.glob("old-*"))) == 1
    assert followed(start) == target


def test_what_the_installer_reads_is_the_first_line(start: Path, tmp_path: Path) -> None:
    move(start, tmp_path / "新 文件夹", start)
    note = (start / NOTE).read_bytes()
    assert note.startswith(b"\xef\xbb\xbf")
    assert note.decode("utf-8-sig").splitlines()[0] == str(tmp_path / "新 文件夹")


def test_it_can_be_moved_on_and_back_home(start: Path, tmp_path: Path) -> None:
    before = drafts(start)
    one, two = tmp_path / "one", tmp_path / "two"
    for source, target in (
        (start, one),
        (one, two),
        (two, start),
        (start, one / moving.FOLDER_NAME),
    ):
        assert followed(start) == source
        move(source, target, start)
        assert followed(start) == target
        settle(start, target)
        assert not (source / STORE_NAME).exists()
        assert followed(source) == target  # who names the old folder is led on, too
        assert drafts(target) == before


def test_a_log_written_meanwhile_in_the_old_place_is_kept(start: Path, tmp_path: Path) -> None:
    one = tmp_path / "one"
    move(start, one, start)
    settle(start, one)
    (start / LOG_NAME).write_text("路上写的", encoding="utf-8")
    move(one, start, start)
    assert (start / LOG_NAME).read_text(encoding="utf-8") == "一行\n"
    assert "路上写的" in [path.read_text(encoding="utf-8") for path in start.glob(f"old-*/{LOG_NAME}")]


def test_a_backup_folder_inside_goes_with_it_and_one_outside_stays(start: Path, tmp_path: Path) -> None:
    (start / FOLDER_NOTE).write_text(str(start / "backups"), encoding="utf-8")
    move(start, tmp_path / "one", start)
    assert (tmp_path / "one" / FOLDER_NOTE).read_text(encoding="utf-8") == str(tmp_path / "one" / "backups")
    (tmp_path / "one" / FOLDER_NOTE).write_text("U:/备份", encoding="utf-8")
    move(tmp_path / "one", tmp_path / "two", start)
    assert (tmp_path / "two" / FOLDER_NOTE).read_text(encoding="utf-8") == "U:/备份"


def _fails(error: Exception) -> Callable[..., None]:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    return fail


NO_ROOM = OSError(28, "No space left on device")
FAULTS = {
    "the drafts cannot be copied": ("copy_store", sqlite3.OperationalError("disk I/O error")),
    "their copy is not what was saved": ("verify_copy", moving.StoreError("altered", Path("x"))),
    "another file cannot be copied": ("_copy_file", NO_ROOM),
    "the backup folder cannot be noted": ("_point_inside", OSError(5, "Input/output error")),
    "no note can be written": ("write_note", OSError(30, "Read-only file system")),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "an empty folder"])
def test_a_fault_at_any_point_leaves_everything_as_it_was(
    fault: str, there: bool, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, before = tmp_path / "a" / "b", content(start)
    if there:
        target.mkdir(parents=True)
    name, error = FAULTS[fault]
    monkeypatch.setattr(moving, name, _fails(error))
    with pytest.raises(MovingError, match="一切照旧"):
        move(start, target, start)
    assert content(start) == before
    assert list(tmp_path.rglob("a/b/*")) == []
    assert (tmp_path / "a").exists() == there
    assert followed(start) == start


def _killed_at(when: int, start: Path, target: Path) -> bool:
    """Moves in a process that ends, as by kill -9, at that call which changes the disk; False: it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = when

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(9)
            return real(*arguments, **named)

        return call

    for owner, name in ((Path, "rename"), (Path, "replace"), (Path, "mkdir"), (os, "fsync"), (shutil, "copyfile")):
        setattr(owner, name, dying(getattr(owner, name)))
    move(start, target, start)
    os._exit(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_killed_at_any_moment_the_drafts_are_found_whole_and_it_can_be_moved_again(start: Path, tmp_path: Path) -> None:
    before, kills = drafts(start), 0
    for when in range(100):
        killed = _killed_at(when, start, tmp_path / f"stick {when}")
        home = followed(start)
        assert drafts(home) == before
        if home != start or not killed:
            break
        kills += 1
    assert kills > 15
    move(followed(start), tmp_path / "another", start)
    assert followed(start) == tmp_path / "another"
    assert drafts(tmp_path / "another") == before
    assert Backups(tmp_path / "another" / "backups").list()


@pytest.mark.parametrize("when", range(8))
def test_a_rename_that_fails_is_taken_back(
    when: int, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / LOG_NAME).write_text("from before", encoding="utf-8")
    done, renamed = 0, Path.rename

    def rename(before: Path, after: Path) -> Path:
        nonlocal done
        done += 1
        if done == when + 1:
            raise NO_ROOM
        return renamed(before, after)

    monkeypatch.setattr(Path, "rename", rename)
    if when < 7:
        with pytest.raises(MovingError):
            move(start, target, start)
        assert content(target) == {LOG_NAME: b"from before"}
        assert followed(start) == start
    else:  # the log, and the six things of ours
        move(start, target, start)
        assert followed(start) == target


def test_it_can_be_stopped_between_any_two_files(start: Path, tmp_path: Path) -> None:
    before, files = content(start), 0

    def count() -> bool:
        nonlocal files
        files += 1
        return True

    move(start, tmp_path / "all", start, count)
    shutil.rmtree(tmp_path / "all")
    (start / NOTE).unlink()
    assert files >= 6
    for stop in range(files):
        left = iter(range(stop))
        with pytest.raises(StoppedError):
            move(start, tmp_path / "target", start, lambda left=left: next(left, None) is not None)
        assert not (tmp_path / "target").exists()
        assert content(start) == before


def test_a_copy_that_lost_a_row_is_not_taken(start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = moving.copy_store

    def lossy(source: Path, target: Path) -> None:
        copied(source, target)
        with closing(sqlite3.connect(target)) as connection, connection:
            connection.execute("DELETE FROM revisions")

    monkeypatch.setattr(moving, "copy_store", lossy)
    with pytest.raises(MovingError):
        move(start, tmp_path / "target", start)
    assert followed(start) == start


def test_a_draft_that_is_altered_on_the_disk_stops_the_move(start: Path, tmp_path: Path) -> None:
    with closing(open_store(start / STORE_NAME)) as store:
        connection_of(store).execute("UPDATE projects SET budget = '1' WHERE draft_id = 1")
    with pytest.raises(MovingError, match="历史版本或备份"):
        move(start, tmp_path / "target", start)
    assert not (tmp_path / "target").exists()


def test_places_that_will_not_do_are_refused_in_a_sentence(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    shutil.copy(start / STORE_NAME, taken)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for target, word in (
        (start, "现在就在"),
        (start / "sub", "里面"),
        (taken, "已经有一份数据"),
        (tmp_path / "file" / "sub", "不"),
        (Path("relative"), "完整的位置"),
        (tmp_path / "two\nlines", "完整的位置"),
    ):
        assert word in refusal(start, target), target
        with pytest.raises(MovingError):
            move(start, target, start)
    assert refusal(start, tmp_path / "fine") == ""
    monkeypatch.setattr(moving.shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(1, 1, 3_000_000))
    assert "磁盘空间不足" in refusal(start, tmp_path / "fine")


def test_a_folder_with_other_things_gets_one_of_its_own(start: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert target_for(empty, start) == empty
    assert target_for(tmp_path / "new", start) == tmp_path / "new"
    assert target_for(tmp_path, start) == tmp_path / moving.FOLDER_NAME
    assert target_for(tmp_path / moving.FOLDER_NAME, start) == tmp_path / moving.FOLDER_NAME
    assert target_for(start, start) == start


# at the start


def test_a_folder_that_is_gone_is_never_replaced_by_an_empty_one(start: Path, tmp_path: Path) -> None:
    target = tmp_path / "stick"
    move(start, target, start)
    settle(start, target)
    target.rename(tmp_path / "pulled out")
    with pytest.raises(FolderGoneError, match="stick"):
        followed(start)
    target.mkdir()  # another stick
    with pytest.raises(FolderGoneError):
        followed(start)
    assert not can_go_back(start)
    target.rmdir()
    (tmp_path / "pulled out").rename(target)
    assert followed(start) == target


@pytest.mark.parametrize("said", [b"", b"\n\n", b"\xef\xbb\xbf\n"])
def test_a_note_that_says_nothing_is_no_empty_folder(said: bytes, start: Path) -> None:
    (start / NOTE).write_bytes(said)
    with pytest.raises(FolderGoneError, match="读不出来"):
        followed(start)


def test_notes_that_lead_round_in_a_circle_end(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, other in ((one, two), (two, one)):
        folder.mkdir()
        data_folder.write_note(folder, Moved(other, folder))
    with pytest.raises(FolderGoneError):
        followed(one)


def test_before_it_was_ever_opened_there_is_a_way_back(start: Path, tmp_path: Path) -> None:
    before = drafts(start)
    move(start, tmp_path / "stick", start)
    shutil.rmtree(tmp_path / "stick")
    assert can_go_back(start)
    go_back(start)
    assert followed(start) == start
    settle(start, start)
    assert drafts(start) == before
    assert list(start.glob("old-*")) == []


def test_an_old_file_that_is_held_open_is_renamed_at_a_later_start(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(start, tmp_path / "new", start)
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self.name.startswith("goalform"):
            raise PermissionError(13, "held by another program")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", held)
        settle(start, tmp_path / "new")
    assert (start / STORE_NAME).exists()
    assert not can_go_back(start)  # the new folder is ahead by now
    settle(start, tmp_path / "new")
    assert not (start / STORE_NAME).exists()


def test_what_was_written_while_it_was_away_is_taken_in(start: Path) -> None:
    local = start / LOCAL
    with closing(open_store(local / STORE_NAME)) as store:
        written = store.create(with_goal(DRAFT, "在本机写的"))
        Revisions(store).keep(written, with_goal(DRAFT, "在本机写到一半"), "named", "半成品")
        store.trash(store.create(with_goal(DRAFT, "不要的")))
        keep_own(store, OwnLibrary((Entry("产出指标", "数量指标", "在本机加的"),)))
    with closing(open_store(start / STORE_NAME)) as store:
        keep_own(store, OwnLibrary((Entry("产出指标", "数量指标", "早就有的"),)))
        assert take_in(store, local) == 2
        assert [row.name for row in load_own(store).rows] == ["早就有的", "在本机加的"]
        lines = store.list()
        goals = {store.load(line.id).document.overall_goal: line.deleted for line in lines}
        assert (goals["在本机写的"], goals["不要的"], len(lines)) == (False, True, 4)
        brought = next(line.id for line in lines if store.load(line.id).document.overall_goal == "在本机写的")
        (version,) = Revisions(store).list(brought)
        assert version.name == "半成品"
        assert Revisions(store).load(version.sequence).document.overall_goal == "在本机写到一半"
        assert take_in(store, local) == 0
    (aside,) = start.glob("old-*")
    assert (aside / STORE_NAME).exists()
