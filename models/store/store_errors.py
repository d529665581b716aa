"""What can go wrong with the store's file, in the user's words; everything else that SQLite raises is our own bug."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from models.errors import UserError

Fault = Literal[
    "full",
    "read_only",
    "locked",
    "damaged",
    "newer",
    "unreachable",
    "missing",
    "altered",
    "conflict",
    "gone",
    "replaced",
]

_FAULTS: dict[int, Fault] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_AUTH: "read_only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_IOERR: "unreachable",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
}

_SYSTEM_FAULTS: dict[int | None, Fault] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
}

_SENTENCES: dict[Fault, str] = {
    "full": "磁盘空间不足，数据文件 {file} 写不进去。请清理该磁盘后重试；现在的内容仍在窗口中，没有丢失。",
    "read_only": "数据文件 {file} 或其所在文件夹是只读的，无法保存。请取消只读，或换一个可以写入的文件夹。",
    "locked": "数据文件 {file} 正被另一个程序占用。请关闭另一个正在运行的本程序后重试。",
    "conflict": "这份草稿在别处也改过（另一个窗口，或另一台电脑），数据文件 {file} 里的内容与这里的不同。",
    "gone": "数据文件 {file} 不见了：被移走、改名或删除，或所在的磁盘没有连上。窗口里的内容还在，请把它放回原处，或「另存到别处」。",
    "replaced": "数据文件 {file} 刚被别的程序换过，正在重新打开。",
    "damaged": "数据文件 {file} 已损坏，不能读取。请不要删除它，用“恢复备份”取回最近一次的备份。",
    "newer": "数据文件 {file} 由更新版本的程序建立，本程序没有改动它。请用新版本的程序打开。",
    "unreachable": "读写数据文件 {file} 时磁盘出错。请检查磁盘或网络盘是否仍然连接，然后重试。",
    "missing": "数据文件 {file} 中已没有这份草稿（可能已被彻底删除）。请返回首页重新选择。",
    "altered": "这份草稿在磁盘上的内容与最后一次保存的不一致，数据文件 {file} 可能已损坏。请从历史版本或备份中取回。",
}


_AT_OPENING: dict[Fault, str] = {
    "full": "磁盘空间不足，数据文件 {file} 没有能打开或建立。请清理该磁盘后重试；原有的草稿没有改动。",
}
"""Where nothing stands in the window yet."""


class StoreError(UserError):
    """A UserError of the store. `fault` lets the window offer the fitting help: another folder, a backup, a retry."""

    def __init__(self, fault: Fault, file: Path, sentence: str | None = None) -> None:
        super().__init__(sentence or _SENTENCES[fault].format(file=file))
        self.fault = fault
        self.file = file


@contextmanager
def in_the_users_words(file: Path, opening: bool = False) -> Iterator[None]:
    """Turns what the disk did to us into a StoreError; errors of our own SQL pass through as the bugs they are."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        fault = fault_of(error)
        if fault is None:
            raise
        words = _AT_OPENING.get(fault) if opening else None
        raise StoreError(fault, file, words.format(file=file) if words else None) from error


@contextmanager
def damage_unless_known(file: Path) -> Iterator[None]:
    """While opening: whatever the bytes of the file make SQLite or the code stumble over is damage; its cause goes with it."""
    try:
        with in_the_users_words(file, opening=True):
            yield
    except UserError:
        raise
    except Exception as error:
        raise StoreError("damaged", file) from error


@contextmanager
def damage_in_rows(file: Path, fault: Fault) -> Iterator[None]:
    """While reading rows of a sound file: what cannot be made of them is damage; a query that fails is our own bug."""
    try:
        yield
    except (UserError, OSError):
        raise
    except Exception as error:
        if isinstance(error, sqlite3.Error) and fault_of(error) != "altered":
            raise
        raise StoreError(fault, file) from error


def fault_of(error: Exception) -> Fault | None:
    """What the disk did; None where it is none of its faults."""
    if isinstance(error, StoreError):
        return error.fault
    if isinstance(error, sqlite3.Error):
        if str(error).startswith("Could not decode"):  # a flipped bit; Python's own error has no code
            return "altered"
        code = getattr(error, "sqlite_errorcode", 0)
        return "replaced" if code == sqlite3.SQLITE_READONLY_DBMOVED else _FAULTS.get(code & 0xFF)
    return _SYSTEM_FAULTS.get(error.errno, "unreachable") if isinstance(error, OSError) else None
