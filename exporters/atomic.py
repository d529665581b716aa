"""Puts finished bytes on the disk so that a good file there is never lost, and names files every system takes."""

import errno
import os
import re
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from exporters.progress import Progress
from models.disk import flush, is_file, why
from models.errors import UserError

OPEN_ELSEWHERE_SECONDS = 2.5
"""How long a target that another program holds open is tried again."""

MAX_NAME_BYTES = 240
"""Room for 80 Chinese characters; file systems take 255 bytes, an extension still to come."""

_PAUSE_SECONDS = 0.1
_UNFINISHED = ".goalform-{}.tmp"
_UNFINISHED_NAME = re.compile(re.escape(_UNFINISHED).replace(r"\{\}", "[0-9a-f]{12}"))
_LEFT_BEHIND_SECONDS = 24 * 60 * 60
_OPEN_ELSEWHERE = frozenset({5, 32, 33})  # Windows: access denied, sharing violation, lock violation

_ADVICE = {
    errno.ENOENT: "所在的文件夹不存在，请换一个文件夹",
    errno.ENOTDIR: "所在的文件夹不存在，请换一个文件夹",
    errno.EACCES: "没有写入权限，请换一个文件夹，或请管理员开放权限",
    errno.EPERM: "没有写入权限，请换一个文件夹，或请管理员开放权限",
    errno.EROFS: "所在的磁盘是只读的，请换一个文件夹",
    errno.EISDIR: "同名的文件夹已经存在，请换一个文件名",
    errno.ENXIO: "同名的不是普通文件（是管道、设备之类），请换一个文件名",
    errno.ENOSPC: "磁盘已满，请清理出空间，或换一个磁盘",
    errno.EDQUOT: "磁盘配额已用完，请清理出空间，或换一个磁盘",
    errno.EFBIG: "文件超过该磁盘允许的大小，请换一个磁盘",
    errno.ENAMETOOLONG: "文件名太长，请改短后重试",
    errno.EINVAL: "名称里有这里不能用的字符，请改名后重试",
}
_WRITE_PROTECTED = "原有的文件是只读的，请先取消它的只读属性，或另存为别的文件名"


class UnwrittenError(UserError):
    """A finished file that found no place. `data`: all of it, to be put somewhere else."""

    def __init__(self, sentence: str, path: Path, data: bytes) -> None:
        super().__init__(sentence)
        self.path = path
        self.data = data


def write_atomically(path: Path, data: bytes) -> None:
    """The file holds `data` whole, or (UnwrittenError: what, which file, what to do) what it held before.

    The bytes go to a file beside the target and take its place once they are safely on the disk.
    """
    try:
        _put(path.resolve() if path.is_symlink() else path, data)
    except OSError as error:
        raise UnwrittenError(_sentence(path, error), path, data) from error


def write_made(path: Path, make: Callable[[], bytes], progress: Progress | None = None) -> None:
    """Writes what is made into a folder that is there. UserError, naming the folder, where it is not."""
    if not path.parent.is_dir():
        raise UserError(f"目标文件夹「{path.parent}」不存在，请先建立该文件夹，或换一个位置。")
    data = make()
    if progress is not None:
        progress(1, 1)  # the last moment to stop: from here on it is the disk's work
    write_atomically(path, data)


def _put(path: Path, data: bytes) -> None:
    # A short name of its own: one made from the target's could be too long.
    finished = path.with_name(_UNFINISHED.format(os.urandom(6).hex()))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))  # a device would be one no more, for every program
    if _is_write_protected(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    try:
        _write(finished, data)
        if path.exists():
            shutil.copymode(path, finished)
        _replace(finished, path)
    finally:
        with suppress(OSError):
            finished.unlink(missing_ok=True)
    with suppress(OSError):  # some network disks refuse to say that the name is on the disk: the file is whole anyway
        flush(path.parent)
    _clear_left_behind(path.parent)


def _is_write_protected(path: Path) -> bool:
    """Whether nobody may write in the file that is there: Windows refuses to replace one, elsewhere it is meant just so."""
    try:
        return not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    except OSError:
        return False


def _clear_left_behind(folder: Path) -> None:
    """Unfinished files of a program that was killed while writing here, once they are surely nobody's any more."""
    with suppress(OSError):
        for left in folder.glob(_UNFINISHED.format("*")):
            if _UNFINISHED_NAME.fullmatch(left.name) and time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                left.unlink()


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(finished: Path, path: Path) -> None:
    """Takes the target's place; Word holds an open file locked for a moment at a time."""
    deadline = time.monotonic() + OPEN_ELSEWHERE_SECONDS
    while True:
        try:
            finished.replace(path)
        except OSError as error:
            if _windows_code(error) not in _OPEN_ELSEWHERE or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(_PAUSE_SECONDS)


def _windows_code(error: OSError) -> int | None:
    return getattr(error, "winerror", None)


def _sentence(path: Path, error: OSError) -> str:
    kept = is_file(path)
    if kept and _is_write_protected(path):
        advice = _WRITE_PROTECTED
    elif kept and _windows_code(error) in _OPEN_ELSEWHERE:
        advice = "它正在 Word、WPS 或其他程序中打开，请关闭后重试，或另存为别的文件名"
    else:
        advice = _ADVICE.get(error.errno or 0, f"{why(error)}，请换一个文件夹重试")
    return f"文件「{path.name}」没有写入「{path.parent}」：{advice}。{'原有的文件没有改动。' if kept else ''}"


_ILLEGAL = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_INVISIBLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)


def safe_file_name(text: str) -> str:
    """A file name, its extension not counted, that Windows and Linux both take, at most MAX_NAME_BYTES long in UTF-8.

    Marks Windows refuses become their full-width twins, so that the name still reads the same.
    """
    name = _INVISIBLE.sub("", re.sub(r"\s+", " ", text)).translate(_ILLEGAL)
    name = name.encode()[:MAX_NAME_BYTES].decode(errors="ignore").strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name or "未命名"
