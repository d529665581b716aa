"""What the system says of files, in the user's words: why one could not be used, and whose it is."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_WHY = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENOENT: "找不到文件或文件夹",
    errno.ENODEV: "磁盘不在",
    errno.ENXIO: "磁盘不在",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOTDIR: "上一级是一个文件，不是文件夹",
    errno.EEXIST: "同名的文件已经存在",
    errno.EISDIR: "它是一个文件夹",
    errno.EBUSY: "正被别的程序占用",
    errno.ENOEXEC: "不是可以运行的程序",
    errno.EINVAL: "名称里有这里不能用的字符",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ETIMEDOUT: "网络没有响应",
    errno.EHOSTDOWN: "网络没有连上",
    errno.ESTALE: "网络盘断开过",
}

_ENDS = "。．. \r\n"
"""Windows ends what it says of an error as a sentence."""

LONGEST_PATH = 480
"""Bytes of the path of the drafts' file where SQLite's own limit (512, with its journal) is the lowest."""


def why(error: OSError) -> str:
    """The reason as a few Chinese words, to go on from in a sentence; the system's own where there are none."""
    return _WHY.get(error.errno or 0) or (error.strerror or "").rstrip(_ENDS) or type(error).__name__


def flush(path: Path) -> None:
    """What was written is on the disk for good; of a folder: which names are in it."""
    with suppress(PermissionError):  # Windows cannot open a folder
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def is_file(path: Path) -> bool:
    """Whether a file is there; no also where the disk does not say it, or the name is too long to ask about."""
    with suppress(OSError):
        return path.is_file()
    return False


def other_owner(path: Path) -> str:
    """The account a file or folder belongs to where that is not the present one's; "" also where it is not known."""
    if sys.platform == "win32":
        return ""
    import pwd

    with suppress(OSError, KeyError):
        owner = path.stat().st_uid
        if owner != os.geteuid():
            return pwd.getpwuid(owner).pw_name
    return ""


def whose(*paths: Path) -> str:
    """To whom what is not allowed may belong, and what to do: the end of a sentence."""
    owner = next(filter(None, map(other_owner, paths)), "")
    sentence = f"它属于另一个账户（{owner}）" if owner else "它可能属于另一个账户"
    return f"{sentence}。请用那个账户登录，或请管理员开放权限，或换一个数据文件夹。"


def is_too_long(path: Path) -> bool:
    """Whether SQLite cannot open a file of that path."""
    return os.name != "nt" and len(os.fsencode(path.absolute())) > LONGEST_PATH
