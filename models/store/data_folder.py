"""Where the drafts lie: in the folder the program starts from (the start folder), or in the one a note in it names."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from models.disk import is_file, whose
from models.errors import UserError

STORE_NAME = "goalform.db"
NOTE = "moved-to.txt"
"""Three lines, UTF-8 with a mark so that the installer reads it: where the data went, where it was, how far it is."""
LOCAL = "this-computer"
"""Below the start folder: where one works while the folder the data was moved to is out of reach."""
OURS = ("goalform*", "look.txt", "backup-folder.txt", "backups")
"""What the program keeps in its data folder, as patterns of names; nothing else there is touched."""

_NOT_OURS = ("goalform.lock",)
_HERE = "."
"""A folder that names itself: on a stick its letter may be another one tomorrow."""

Stage = Literal["", "opened", "aside"]
"""Of a move: copied; the new folder was opened once, so that it is ahead of the old one; the old files are aside."""


class FolderGoneError(UserError):
    """The folder the drafts were moved to is not there, or holds no drafts."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What the note of a folder says."""

    target: Path
    source: Path
    stage: Stage = ""


def read_note(folder: Path) -> Moved | None:
    """None where there is no note. FolderGoneError where there is one that says nothing readable."""
    note = folder / NOTE
    try:
        lines = note.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _out_of_reach(folder, note, error) from error
    target, source, stage = (*lines, "", "", "")[:3]
    if not target:
        raise _unreadable(note)
    stages: dict[str, Stage] = {"opened": "opened", "aside": "aside"}
    return Moved(folder / target, folder / (source or _HERE), stages.get(stage, ""))


def _out_of_reach(folder: Path, note: Path, error: OSError) -> FolderGoneError:
    if error.errno == errno.ENAMETOOLONG:
        return FolderGoneError(
            f"数据文件夹的路径太长，不能使用：「{folder}」。请换一个上级文件夹少些、名称短些的位置。"
        )
    if not isinstance(error, PermissionError):
        return _unreadable(note)
    return FolderGoneError(f"没有权限打开数据文件夹「{folder}」：{whose(folder, note)}")


def _unreadable(note: Path) -> FolderGoneError:
    return FolderGoneError(f"数据文件夹移动过，但记着新位置的文件「{note}」读不出来。请检查该文件和磁盘后重试。")


def write_note(folder: Path, moved: Moved) -> None:
    """The whole note or, with an OSError, the one before."""
    places = (_HERE if place == folder else str(place) for place in (moved.target, moved.source))
    unfinished = folder / f"{NOTE}.new"
    with unfinished.open("w", encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
        file.write("\n".join((*places, moved.stage, "")))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / NOTE)


def followed(start_folder: Path) -> Path:
    """The folder with the drafts: the start folder, or where its note leads. FolderGoneError: never an empty one instead."""
    home, seen = start_folder, {start_folder}
    moved = read_note(home)
    pointed = moved is not None
    while moved is not None and moved.target not in seen:
        home = moved.target
        seen.add(home)
        moved = read_note(home)
    if pointed and not is_file(home / STORE_NAME):
        raise FolderGoneError(f"数据文件夹「{home}」现在找不到，或里面没有草稿：U 盘没有插好，或网络盘没有连上。")
    return home


def can_go_back(start_folder: Path) -> bool:
    """Whether the folder the data was moved from still holds everything: the new one was never opened."""
    with suppress(FolderGoneError):
        moved = read_note(start_folder)
        return moved is not None and moved.stage == "" and is_file(moved.source / STORE_NAME)
    return False


def go_back(start_folder: Path) -> None:
    """The drafts are where they were before the move again."""
    moved = read_note(start_folder)
    if moved is not None:
        write_note(start_folder, Moved(moved.source, moved.source, "aside"))


def settle(start_folder: Path, home: Path) -> bool:
    """To be called when the drafts in `home` were opened: the old files are renamed aside, never deleted.

    Whether it was the first time since they were moved there.
    """
    moved = None
    with suppress(OSError, FolderGoneError):
        moved = read_note(start_folder)
        if moved is None or moved.target != home or moved.stage == "aside":
            return False
        # First: from now on the new folder is ahead, even where the old files cannot be renamed.
        write_note(start_folder, replace(moved, stage="opened"))
        if moved.source != home:
            set_aside(moved.source)
            if moved.source != start_folder:
                write_note(moved.source, Moved(home, moved.source, "aside"))
        if not (moved.source / STORE_NAME).exists() or moved.source == home:
            write_note(start_folder, replace(moved, stage="aside"))
    return moved is not None and moved.stage == ""


def ours(folder: Path) -> tuple[Path, ...]:
    """Files and folders of the program in a data folder, the drafts first."""
    found = {path for pattern in OURS for path in folder.glob(pattern) if path.name not in _NOT_OURS}
    return tuple(sorted(found, key=lambda path: (path.name != STORE_NAME, path.name)))


def aside_folder(folder: Path) -> Path:
    """A name in it that is not taken yet."""
    stamp = f"old-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    names = (stamp, *(f"{stamp}-{number}" for number in range(2, 100)))
    return next(folder / name for name in names if not (folder / name).exists())


def set_aside(folder: Path) -> None:
    """Everything of ours into a folder beside it. What another program holds open stays; OSError: nothing moved."""
    entries = ours(folder)
    if entries:
        aside = aside_folder(folder)
        aside.mkdir(mode=0o700)
        for entry in entries:
            with suppress(OSError):
                entry.rename(aside / entry.name)
