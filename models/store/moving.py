"""Moves the data folder: a copy that is read back and compared, and only then the note that leads to it."""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from models.disk import is_too_long, why
from models.errors import UserError
from models.indicators.own_library import keep_own, load_own, merged
from models.store.backup import copy_store, verify_copy
from models.store.connection import open_store
from models.store.data_folder import NOTE, STORE_NAME, Moved, aside_folder, ours, write_note
from models.store.drafts import Store
from models.store.health import health
from models.store.revisions import Revisions
from models.store.store_errors import StoreError, fault_of

FOLDER_NAME = "绩效目标填报数据"
"""Made in a folder that holds other things already."""

_UNFINISHED = "unfinished.new"
_SPARE = 16_000_000
"""Bytes that shall be left on the disk, so that work can go on there."""
_LONGEST = 200
"""Characters of a folder's path on Windows, whose limit is 260 with the names of the backups in it."""
_NOT_COPIED = (".new", "-journal")
_WHY = {
    "full": "磁盘空间不足",
    "read_only": "那里不能写入",
    "locked": "数据文件正被别的程序占用",
    "damaged": "现在的数据文件有损坏，请先用「恢复备份」修好",
    "altered": "现在有一份草稿同最后一次保存的不一致，请先从历史版本或备份中取回",
}


class MovingError(UserError):
    """The data folder was not moved; everything is as it was."""


class StoppedError(MovingError):
    """The user stopped it."""


def target_for(chosen: Path, start_folder: Path) -> Path:
    """Where the data will lie when that folder was chosen: there if it is empty, else in a folder of its own in it."""
    with suppress(OSError):
        if chosen != start_folder and chosen.name != FOLDER_NAME and chosen.is_dir() and any(chosen.iterdir()):
            return chosen / FOLDER_NAME
    return chosen


def refusal(source: Path, target: Path) -> str:
    """Why the data cannot go there, as a sentence; "" where nothing speaks against it."""
    if not target.is_absolute() or "\n" in str(target):
        return "请写完整的位置，例如 D:\\绩效数据。" if os.name == "nt" else "请写完整的位置，从 / 开始。"
    try:
        here, there = source.resolve(), target.resolve()
        if there == here:
            return "数据现在就在这个文件夹里，请另选一个。"
        if here in there.parents:
            return "新的位置在现在的数据文件夹里面，请选它外面的文件夹。"
        if (target / STORE_NAME).exists():
            return f"「{target}」里已经有一份数据，请另选一个文件夹。"
        return _poor_place(source, there)
    except OSError as error:
        return f"这个位置不能用（{why(error)}），请另选一个文件夹。"


def _poor_place(source: Path, target: Path) -> str:
    there = next(folder for folder in (target, *target.parents) if folder.exists())
    if not there.is_dir():
        return f"「{there}」是一个文件，不是文件夹，请另选一个。"
    if not os.access(there, os.W_OK):
        return f"「{there}」不能写入，请另选一个文件夹。"
    if sys.platform == "win32" and len(str(target)) > _LONGEST:
        return f"这个位置的名称太长（{len(str(target))} 个字符），请选一个短些的，不超过 {_LONGEST} 个字符。"
    if is_too_long(target / STORE_NAME):
        return "这个位置的路径太长，请选一个上级文件夹少些、名称短些的。"
    wanted = sum(file.stat().st_size for entry in ours(source) for file in _files(entry)) + _SPARE
    free = shutil.disk_usage(there).free
    if free < wanted:
        return f"磁盘空间不足：需要 {wanted // 1_000_000} MB，「{there}」只剩 {free // 1_000_000} MB。"
    return ""


def _files(entry: Path) -> tuple[Path, ...]:
    found = (entry,) if entry.is_file() else tuple(path for path in entry.rglob("*") if path.is_file())
    return tuple(path for path in found if not path.name.endswith(_NOT_COPIED))


def move(source: Path, target: Path, start_folder: Path, go_on: Callable[[], bool] = lambda: True) -> None:
    """Copies all of it, reads the copy back, and lets the note in `start_folder` lead there. The caller has closed the store.

    `go_on` is asked between two files. MovingError: nothing leads to the new folder, and what was made there is gone.
    """
    if reason := refusal(source, target):
        raise MovingError(f"没有移动：{reason}")
    made = [folder for folder in (target, *target.parents) if not folder.exists()]
    unfinished, renames = target / _UNFINISHED, ExitStack()
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        _copy_all(source, unfinished, go_on)
        _point_inside(source, unfinished, target)
        _put_in_place(unfinished, target, start_folder, renames)
        write_note(start_folder, Moved(target, source))
    except BaseException as error:
        renames.close()
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in made:
            with suppress(OSError):  # somebody put something there meanwhile
                folder.rmdir()
        if isinstance(error, (OSError, sqlite3.Error, StoreError)):
            raise MovingError(_sentence(target, error)) from error
        raise
    with suppress(OSError):
        unfinished.rmdir()


def _copy_all(source: Path, folder: Path, go_on: Callable[[], bool]) -> None:
    for entry in ours(source):
        for file in _files(entry):
            if not go_on():
                raise StoppedError("已停止，没有移动；一切照旧。")
            copy = folder / file.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if file.name == STORE_NAME:
                _copy_drafts(file, copy)
            else:
                _copy_file(file, copy)


def _copy_drafts(store: Path, copy: Path) -> None:
    """By SQLite's own call; then every page, every draft by its checksum, and the number of rows of every table."""
    copy_store(store, copy)
    verify_copy(store, copy)
    before, after = health(store), health(copy)
    if after.error or after.faults or before.rows != after.rows:
        raise StoreError("damaged", copy)


def _copy_file(file: Path, copy: Path) -> None:
    shutil.copyfile(file, copy)
    with suppress(OSError):  # a disk without times or rights
        shutil.copystat(file, copy)
    with copy.open("rb+") as written:
        os.fsync(written.fileno())
    if _digest(file) != _digest(copy):
        raise OSError(f"{copy.name} is not what was written")


def _digest(file: Path) -> bytes:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").digest()


def _point_inside(source: Path, unfinished: Path, target: Path) -> None:
    """A backup folder that was set and lies inside the old folder goes with it."""
    note = unfinished / "backup-folder.txt"
    with suppress(FileNotFoundError, ValueError):
        named = Path(note.read_text(encoding="utf-8").strip())
        note.write_text(str(target / named.relative_to(source)), encoding="utf-8")


def _rename(before: Path, after: Path, undo: ExitStack) -> None:
    """Can be taken back: closing `undo` gives everything its name again, the last one first."""
    before.rename(after)
    undo.callback(_rename_back, after, before)


def _rename_back(after: Path, before: Path) -> None:
    with suppress(OSError):
        after.rename(before)


def _put_in_place(unfinished: Path, target: Path, start_folder: Path, renames: ExitStack) -> None:
    """What stands there under the same names, a log of an earlier time, is kept aside; the drafts come last."""
    wanted = sorted(unfinished.iterdir(), key=lambda path: path.name == STORE_NAME)
    in_the_way = [target / entry.name for entry in wanted if (target / entry.name).exists()]
    if target != start_folder and (target / NOTE).exists():
        in_the_way.append(target / NOTE)  # of an earlier move away from here
    if in_the_way:
        aside = aside_folder(target)
        aside.mkdir(mode=0o700)
        for entry in in_the_way:
            _rename(entry, aside / entry.name, renames)
    for entry in wanted:
        _rename(entry, target / entry.name, renames)


def _sentence(target: Path, error: Exception) -> str:
    reason = _WHY.get(fault_of(error) or "", "读写出错，磁盘可能拔掉了")
    return f"没有移动到「{target}」：{reason}。原来的数据都还在，一切照旧。"


def take_in(store: Store, local: Path) -> int:
    """Drafts written in the folder `local` while the store was out of reach become drafts of the store, versions and all;
    how many. What was added there to the own library of indicators is in that of the store.

    That folder is renamed aside afterwards: a start that is killed half-way takes them once more, but loses none.
    """
    path = local / STORE_NAME
    if store.read_only or not path.exists():
        return 0
    with closing(open_store(path)) as other:
        lines = other.list()
        for line in reversed(lines):
            draft_id = store.create(other.load(line.id, verify=False))
            Revisions(store).adopt(draft_id, Revisions(other).packed(line.id))
            if line.deleted:
                store.trash(draft_id)
        if written := load_own(other).rows:
            keep_own(store, merged(load_own(store), written).library)
    local.rename(aside_folder(local.parent))
    return len(lines)
