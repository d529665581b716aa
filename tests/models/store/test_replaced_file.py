"""The store's file is replaced, written over, emptied or held while it is open: nothing saved is lost, and saving goes on."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models.store import StoreError
from models.store.backup import Backups, opened
from tests.models.store.stores import held_by_another_process, wait_for_an_hour
from tests.models.store.test_two_writers import BEFORE, goals, replace_by, session
from tests.models.store.test_two_writers import path as path  # the same store, as a fixture
from tests.opening import open_store


def test_a_file_replaced_by_the_same_content_is_opened_and_saving_goes_on(path: Path) -> None:
    with closing(open_store(path)) as store:
        one = session(store)
        heard: list[bool] = []
        store.when_replaced = lambda: heard.append(store.is_elsewhere)
        one.edit("overall_goal", "第一句")
        one.save()
        replace_by(path, path.read_bytes())
        assert store.is_elsewhere
        one.edit("overall_goal", "第二句")
        one.save()
        one.edit("overall_goal", "第三句")
        one.save()
        assert heard == [False]
        assert one.draft_id == 1
    with closing(open_store(path)) as store:
        assert goals(store) == {1: "第三句"}


def test_a_file_replaced_by_another_text_keeps_both(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    with closing(open_store(copy)) as store:
        elsewhere = session(store)
        elsewhere.edit("overall_goal", "另一台电脑写的")
        elsewhere.save()
    with closing(open_store(path)) as store:
        one = session(store)
        one.edit("overall_goal", "这里写的")
        one.save()
        replace_by(path, copy.read_bytes())
        one.edit("overall_goal", "这里接着写")
        one.save()
        assert sorted(goals(store).values()) == sorted(["另一台电脑写的", "这里接着写"])


def test_a_file_written_over_in_place_with_as_many_saves_behind_it_is_read_anew(path: Path, tmp_path: Path) -> None:
    """SQLite knows its pages by a count of the saves: another computer's copy may have come as far."""
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    for file, words in ((copy, "那里写的"), (path, "这里写的")):
        with closing(open_store(file)) as store:
            one = session(store)
            for number in range(3):
                one.edit("overall_goal", f"{words}{number}")
                one.save()
    assert path.read_bytes()[24:40] == copy.read_bytes()[24:40]
    with closing(open_store(path)) as store:
        one = session(store)
        path.write_bytes(copy.read_bytes())
        one.edit("overall_goal", "这里接着写")
        one.save()
        assert sorted(goals(store).values()) == sorted(["那里写的2", "这里接着写"])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_replaced_by_one_of_other_drafts_takes_the_open_one_in(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    open_store(other).close()
    with closing(open_store(path)) as store:
        one = session(store)
        replace_by(path, other.read_bytes())
        one.edit("overall_goal", "这里写的")
        one.save()
        assert goals(store) == {one.draft_id: "这里写的"}


def test_a_replaced_file_that_held_other_words_is_kept_as_a_backup_and_no_other_one(path: Path, tmp_path: Path) -> None:
    backups = Backups(tmp_path / "backups")
    before = path.read_bytes()
    with closing(open_store(path)) as store:
        store.keep_replaced = backups.keep_replaced
        one = session(store)
        one.edit("overall_goal", "写好的，又去写别的")
        one.save()
        replace_by(path, path.read_bytes())
        assert goals(store) == {1: "写好的，又去写别的"}
        assert backups.list() == ()
        replace_by(path, before)
        assert goals(store) == {1: "原来的目标"}
    (backup,) = backups.list()
    assert backup.kind == "replaced"
    assert backups.is_due()
    with opened(backup) as kept:
        assert goals(kept) == {1: "写好的，又去写别的"}


def test_a_backup_that_cannot_be_made_then_keeps_no_save_from_being_made(path: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_bytes(b"in the way")
    before = path.read_bytes()
    with closing(open_store(path)) as store:
        store.keep_replaced = Backups(tmp_path / "backups").keep_replaced
        one = session(store)
        one.edit("overall_goal", "甲")
        one.save()
        replace_by(path, before)
        one.edit("overall_goal", "乙")
        one.save()
        assert sorted(goals(store).values()) == sorted(["原来的目标", "乙"])


def other_program_s_database(folder: Path) -> bytes:
    with closing(sqlite3.connect(folder / "other.db")) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    return (folder / "other.db").read_bytes()


CONTENTS: dict[str, Callable[[Path], bytes]] = {
    "nothing": lambda _folder: b"",
    "letters": lambda _folder: "绩效目标".encode() * 9999,
    "another program's database": other_program_s_database,
    "the first half": lambda folder: (folder / "goalform.db").read_bytes()[:20_000],
}


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "another file"])
@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_no_store_of_ours_is_said_and_left_and_a_good_file_is_gone_on_with(
    path: Path, tmp_path: Path, content: str, in_place: bool
) -> None:
    put = path.write_bytes if in_place else lambda data: replace_by(path, data)
    good, bad = path.read_bytes(), CONTENTS[content](tmp_path)
    with closing(open_store(path)) as store:
        one = session(store)
        put(bad)
        one.edit("overall_goal", "还在写")
        for attempt in (one.save, store.list, lambda: store.recall("a")):
            with pytest.raises(StoreError) as caught:
                attempt()
            assert caught.value.fault == "damaged"
            assert str(path) in str(caught.value)
        assert path.read_bytes() == bad
        put(good)
        one.edit("overall_goal", "还在写，又写")
        one.save()
    with closing(open_store(path)) as store:
        assert goals(store) == {1: "还在写，又写"}
        assert store.is_whole(1)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")
def test_a_file_that_is_gone_is_said_and_gone_on_with_when_it_is_back(path: Path, tmp_path: Path) -> None:
    with closing(open_store(path)) as store:
        one = session(store)
        one.edit("overall_goal", "还在写")
        path.rename(tmp_path / "moved.db")
        with pytest.raises(StoreError, match="不见了") as caught:
            one.save()
        assert caught.value.fault == "gone"
        assert not path.exists()
        (tmp_path / "moved.db").rename(path)
        one.save()
        assert goals(store) == {1: "还在写"}


def test_an_error_of_our_own_in_a_sound_file_stays_one(path: Path) -> None:
    with closing(open_store(path)) as store, pytest.raises(sqlite3.OperationalError), store.reading() as connection:
        connection.execute("SELECT nothing FROM nowhere")


# another program that holds it


@pytest.mark.parametrize("how", ["EXCLUSIVE", "IMMEDIATE"])
def test_saving_does_not_wait_for_another_program_and_is_done_afterwards(path: Path, how: str) -> None:
    with closing(open_store(path)) as store:
        one = session(store)
        one.edit("overall_goal", "写着")
        wait_for_an_hour(store)
        with held_by_another_process(path, how):
            for attempt in (one.save, lambda: store.set_place(1, "year")):
                with pytest.raises(StoreError) as caught:
                    attempt()
                assert caught.value.fault == "locked"
        one.save()
        assert goals(store) == {1: "写着"}


def test_asking_for_a_sound_draft_while_it_is_locked_says_so(path: Path) -> None:
    with closing(open_store(path, timeout=0)) as store:
        with held_by_another_process(path, "EXCLUSIVE"), pytest.raises(StoreError) as caught:
            store.is_whole(1)
        assert caught.value.fault == "locked"
        assert store.is_whole(1)
        assert store.load(1) == BEFORE
