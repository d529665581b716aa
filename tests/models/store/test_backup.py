"""Backups: verified copies in a folder of the user's, thinned, looked into, brought back; damage is found and worked round."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.document.tree import Draft
from models.indicators.indicator_library import Entry
from models.indicators.own_library import OwnLibrary, keep_own, load_own
from models.store import Store, StoreError
from models.store.backup import BackupError, Backups, newest_good, opened, restore
from models.store.revisions import Revisions
from models.store.salvage import salvage
from tests.models.store.stores import connection_of, large_draft, with_goal
from tests.models.store.version_1 import DRAFT
from tests.opening import open_store
from tests.shared import CHECKOUT


class Wall:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 10, 0).astimezone()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def backups(tmp_path: Path, wall: Wall) -> Backups:
    return Backups(tmp_path / "U 盘" / "备份", wall)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "数据" / "goalform.db"
    store = open_store(path)
    for number in range(3):
        store.create(with_goal(large_draft(projects=4, rows=5), f"第{number}份"))
    store.close()
    return path


def goals(store: Store) -> list[str]:
    return sorted(store.load(line.id).document.overall_goal for line in store.list())


def test_a_backup_holds_every_draft_and_can_be_looked_into(path: Path, backups: Backups) -> None:
    backup = backups.make(path)
    assert backups.list() == (backup,)
    with opened(backup) as store:
        assert goals(store) == ["第0份", "第1份", "第2份"]
        assert store.list()[0].unit_name == "青禾县文化服务中心"
    assert [file.name for file in backups.folder.iterdir()] == [backup.path.name]
    assert backup.path.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_a_backup_is_made_beside_an_open_store_in_the_middle_of_work(path: Path, backups: Backups) -> None:
    store = open_store(path)
    draft_id = store.list()[0].id
    draft = store.load(draft_id)
    store.save(draft_id, with_goal(draft, "刚写的"), draft)
    with opened(backups.make(path)) as copy:
        assert "刚写的" in goals(copy)
    store.save(draft_id, draft, with_goal(draft, "刚写的"))


def test_one_is_due_each_day_and_also_when_the_clock_was_set_back(path: Path, backups: Backups, wall: Wall) -> None:
    assert backups.is_due()
    first = backups.make(path)
    assert not backups.is_due()
    wall.now -= timedelta(days=900)
    assert backups.is_due()
    second = backups.make(path)
    assert [backup.sequence for backup in backups.list()] == [second.sequence, first.sequence]


def test_what_a_killed_program_left_of_a_backup_goes_with_a_later_one(path: Path, backups: Backups) -> None:
    backups.make(path)
    old, young = (f"goalform-00000{number}-20261101-100000-auto.db.new" for number in (7, 8))
    whole = "goalform-000009-20261101-100000-auto.db-journal"  # of a finished backup: not for us to take
    for name in (old, f"{old}-journal", young, "笔记.db.new", whole):
        (backups.folder / name).write_bytes(b"half")
        if name != young:
            os.utime(backups.folder / name, (0, 0))
    backups.make(path)
    assert {file.name for file in backups.folder.iterdir() if file.suffix != ".db"} == {young, "笔记.db.new", whole}


def test_daily_weekly_and_monthly_backups_stay(tmp_path: Path, backups: Backups, wall: Wall) -> None:
    path = tmp_path / "goalform.db"
    open_store(path).close()
    made = 60
    for _ in range(made):
        backups.make(path)
        wall.now += timedelta(days=2)
    ages = [(wall.now - backup.made).days for backup in backups.list()]
    assert ages[:4] == [2, 4, 6, 8]
    assert 8 <= len(ages) <= 4 + 10 + 4  # from week to week they grow older by three days: `too_many`
    assert max(ages) > 80


def test_restoring_backs_up_the_present_state_first(path: Path, backups: Backups) -> None:
    backup = backups.make(path)
    store = open_store(path)
    draft = store.load(1)
    store.save(1, with_goal(draft, "现在的"), draft)
    store.close()
    assert restore(backup, path, backups) is None
    store = open_store(path)
    assert goals(store) == ["第0份", "第1份", "第2份"]
    store.close()
    with opened(backups.list()[0]) as before:
        assert backups.list()[0].kind == "restore"
        assert "现在的" in goals(before)


def test_a_backup_of_an_older_version_of_the_program_is_restored_and_stays_as_it_is(
    path: Path, backups: Backups
) -> None:
    old = CHECKOUT / "tests" / "data" / "store" / "v1.db"
    backup = backups.make(path)
    backup.path.write_bytes(old.read_bytes())
    restore(backup, path, backups)
    assert open_store(path).load(1) == DRAFT
    assert backup.path.read_bytes() == old.read_bytes()


def flip_in_text(path: Path, words: str, times: int = 1) -> None:
    """What a bad cell of a disk does: the file stays a sound database, a letter in it is another."""
    content = path.read_bytes()
    found = words.encode()
    assert found in content
    path.write_bytes(content.replace(found, found[:-1] + bytes([found[-1] ^ 1]), times))


def test_a_flipped_bit_in_a_text_is_noticed_when_the_draft_is_opened(path: Path) -> None:
    flip_in_text(path, "第1份")
    store = open_store(path)  # SQLite's own checks pass
    assert [store.is_whole(number) for number in (1, 2, 3)] == [True, False, True]
    with pytest.raises(StoreError, match=r"不一致.*历史版本") as caught:
        store.load(2)
    assert caught.value.fault == "altered"
    altered = store.load(2, verify=False)
    store.save(2, with_goal(altered, "改好了"), altered)
    assert store.load(2).document.overall_goal == "改好了"


def test_a_flipped_bit_that_breaks_a_character_is_noticed_too(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace("第1份".encode(), b"\xff" + "第1份".encode()[1:], 1))
    store = open_store(path)
    assert not store.is_whole(2)
    with pytest.raises(StoreError) as caught:
        store.load(2)
    assert caught.value.fault == "altered"


def test_a_damaged_store_is_never_taken_for_a_good_backup(path: Path, backups: Backups) -> None:
    good = backups.make(path)
    flip_in_text(path, "第1份")
    with pytest.raises(BackupError, match="没有通过核对"):
        backups.make(path)
    assert backups.list() == (good,)
    flip_in_text(good.path, "第2份")
    assert newest_good(backups) is None
    with pytest.raises(BackupError, match="草稿损坏"):
        restore(good, path, backups)


def test_a_damaged_store_is_set_aside_and_the_newest_good_backup_takes_its_place(path: Path, backups: Backups) -> None:
    backup, broken = backups.make(path), path.read_bytes()[:9000]
    path.write_bytes(broken)
    assert newest_good(backups) == backup
    aside = restore(backup, path, backups)
    assert aside is not None
    assert aside.read_bytes() == broken
    assert goals(open_store(path)) == ["第0份", "第1份", "第2份"]


def test_a_store_that_says_it_is_newer_gives_its_place_to_a_backup_and_stays_beside_it(
    path: Path, backups: Backups
) -> None:
    """Be it newer, or a wrong bit in its header."""
    backup = backups.make(path)
    with closing(open_store(path)) as store:
        connection_of(store).execute("PRAGMA user_version = 200")
    newer = path.read_bytes()
    aside = restore(backup, path, backups)
    assert aside is not None
    assert aside.read_bytes() == newer
    with closing(open_store(path)) as store:
        assert goals(store) == ["第0份", "第1份", "第2份"]


def test_what_is_readable_of_a_damaged_store_is_brought_over(path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = content.rindex("第1份".encode())
    page = at // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)
    with pytest.raises(StoreError):
        open_store(path)
    found = salvage(path)
    assert found.kept_as.read_bytes() == content
    store = open_store(path)
    assert len(store.list()) == found.whole + found.partly
    # The rows of the drafts themselves are gone; their projects are not.
    assert found.partly == 3
    assert found.incomplete == ("青禾县文化服务中心",) * 3
    whole = large_draft(projects=4, rows=5).document.projects
    assert [store.load(line.id).document.projects for line in store.list()] == [whole] * 3


@pytest.mark.parametrize("page", [0, *range(2, 30, 3), 20])
def test_any_page_may_be_destroyed_and_the_rest_is_brought_over(path: Path, page: int) -> None:
    store = open_store(path)
    for line in store.list():
        Revisions(store).keep(line.id, store.load(line.id), "opened")
    store.close()
    content = bytearray(path.read_bytes())
    if page * 4096 >= len(content):
        return  # the file is shorter
    content[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    path.write_bytes(content)
    salvage(path)
    store = open_store(path)
    whole = [line for line in store.list() if store.is_whole(line.id)]
    assert len(whole) == len(store.list()) >= 2


def with_versions(path: Path, count: int) -> None:
    """Every draft gets so many versions, every third under a name; the last draft goes into the trash."""
    with closing(open_store(path)) as store:
        for line in store.list():
            for number in range(count):
                draft = with_goal(store.load(line.id), f"{line.unit_name}第{number}稿" + os.urandom(300).hex())
                Revisions(store).keep(line.id, draft, "hourly", "" if number % 3 else f"送审{number}")
        store.trash(store.list()[-1].id)


def versions_of(path: Path) -> dict[str, list[tuple[str, str, str, str]]]:
    """Goal of the draft → (date, why, name, beginning of the goal) of each version, each of them read."""
    with closing(open_store(path)) as store:
        kept, found = Revisions(store), {}
        for line in store.list():
            found[store.load(line.id).document.overall_goal] = [
                (one.made, one.reason, one.name, kept.load(one.sequence).document.overall_goal[:20])
                for one in kept.list(line.id)
            ]
        return found


def test_with_the_drafts_their_versions_come_back_and_the_trash_stays_one(path: Path) -> None:
    with_versions(path, 4)
    before = versions_of(path)
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    found = salvage(path)
    assert (found.whole, found.partly, found.versions) == (3, 0, 12)
    assert versions_of(path) == before
    with closing(open_store(path)) as store:
        assert [store.load(line.id).document.overall_goal for line in store.list() if line.deleted] == ["第0份"]


def test_settings_and_the_own_library_come_back_too(path: Path) -> None:
    own = OwnLibrary((replace(Entry("产出指标", "数量指标", "铺设管道长度"), year=2026),))
    with closing(open_store(path)) as store:
        keep_own(store, own)
        store.remember("check.forbidden", "进一步\n切实")
        store.remember("counts.1", "old")
        store.remember("session.open", "1")
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    salvage(path)
    with closing(open_store(path)) as store:
        assert load_own(store) == own
        assert store.recall("check.forbidden") == "进一步\n切实"
        assert (store.recall("counts.1"), store.recall("session.open")) == ("", "")


def test_a_destroyed_page_takes_only_the_versions_on_it(path: Path) -> None:
    with_versions(path, 12)
    before, content = versions_of(path), bytearray(path.read_bytes())
    with closing(open_store(path)) as store:
        middle = "SELECT content FROM revisions WHERE sequence = 18"
        ((packed,),) = connection_of(store).execute(middle).fetchall()
    page = content.index(packed[:60]) // 4096 * 4096
    content[page : page + 4096] = os.urandom(4096)
    path.write_bytes(content)
    found = salvage(path)
    after = versions_of(path)
    assert 28 <= found.versions < 36
    for goal, versions in after.items():
        assert set(versions) <= set(before[goal])
        assert versions == sorted(versions, key=before[goal].index)


def test_a_store_whose_first_page_is_gone_is_read_by_its_known_shape(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes(4096) + content[4096:])
    found = salvage(path)
    assert (found.whole, found.partly) == (3, 0)
    assert goals(open_store(path)) == ["第0份", "第1份", "第2份"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a document", b"SQLite format 3\0" + bytes(5000)])
def test_a_file_with_nothing_readable_is_set_aside_and_a_new_store_begins(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found = salvage(path)
    assert (found.kept_as.read_bytes(), found.whole, found.partly) == (content, 0, 0)
    assert open_store(path).list() == ()


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of 200 KB."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights this machine does not give")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_stick_is_told_and_leaves_no_half_backup(path: Path, stick: Path) -> None:
    store = open_store(path)
    store.create(large_draft(projects=100, rows=20))
    store.close()
    with pytest.raises(BackupError, match=r"磁盘空间不足.*换一个备份文件夹"):
        Backups(stick).make(path)
    assert list(stick.iterdir()) == []


def test_a_stick_that_was_pulled_out_is_told(path: Path, tmp_path: Path) -> None:
    (tmp_path / "gone").write_bytes(b"")
    with pytest.raises(BackupError, match="文件夹不在，或磁盘出错"):
        Backups(tmp_path / "gone").make(path)
    assert Backups(tmp_path / "gone").list() == ()


def test_a_full_data_disk_loses_nothing_that_was_saved(stick: Path) -> None:
    """The save that does not fit is refused, and done when there is room again."""
    store = open_store(stick / "goalform.db")
    draft = with_goal(Draft(), "写下的")
    draft_id = store.create(draft)
    large = large_draft(projects=60, rows=20)
    with pytest.raises(StoreError, match="磁盘空间不足"):
        store.save(draft_id, large, draft)
    assert store.load(draft_id) == draft
    subprocess.run(["mount", "-o", "remount,size=20m", str(stick)], check=True)
    store.save(draft_id, large, draft)
    assert open_store(store.path).load(draft_id) == large
    connection_of(store).close()
