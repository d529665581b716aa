"""The bytes of a file the user named: of a regular one of a bearable size, and of nothing else the system calls a file."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.disk import why
from models.errors import UserError

_MEGABYTE = 1024 * 1024
MAX_BYTES = 128 * _MEGABYTE
"""Pictures in a Word file take most of it; a text of 2,000 projects has 14 million as JSON, 7 million as a workbook."""


def read_whole(path: Path, most: int = MAX_BYTES) -> bytes:
    """What is in the file. UserError as in `check_kind`."""
    size = check_kind(path, most)
    with _in_words(path), path.open("rb") as file:
        data = file.read(size + _MEGABYTE)
    if len(data) == size + _MEGABYTE:
        raise UserError(f"文件「{path}」在读取的时候还在变大，没有读取，请等它写完再试。")
    return data


def check_kind(path: Path, most: int = MAX_BYTES) -> int:
    """How many bytes a file has. UserError names it where it is no regular one, too large, or cannot be reached.

    Asked before it is opened: a pipe may wait for ever, a device has no end, and a file of a few bytes on the disk may say it
    has 50 GB.
    """
    with _in_words(path):
        found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise UserError(f"「{path}」是一个文件夹，请选择其中的文件。")
    if not stat.S_ISREG(found.st_mode):
        raise UserError(f"「{path}」不是普通文件（是管道、设备之类），没有读取，请检查是否选错了文件。")
    if found.st_size > most:
        raise UserError(
            f"文件「{path}」有 {found.st_size // _MEGABYTE:,} MB，超过 {most // _MEGABYTE} MB，不像一份绩效文本，没有读取。"
            "请检查是否选错了文件。"
        )
    return found.st_size


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise UserError(f"找不到文件「{path}」，请检查文件名和位置。") from None
    except OSError as error:
        raise UserError(f"文件「{path}」无法读取（{why(error)}），请检查权限，或复制到别处再试。") from None
    except ValueError:  # a zero in its name
        raise UserError(f"文件名「{path}」里有不能用的字符，请检查文件名和位置。") from None
