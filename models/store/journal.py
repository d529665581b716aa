"""A journal that lies beside the store: SQLite plays whatever it finds there into the file, also one of another file or day.

So it is tried on a copy first. The file that is whole by itself stays as it is, and the journal is set aside; one that makes
a torn file whole is what a crash left, and is played.
"""

import filecmp
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from models.store.integrity import BROKEN, Soundness, examine
from models.store.store_errors import StoreError

_ENDS = ("-journal", "-wal")
_WAL = b"\x02"
_SMALLEST_SECTOR = 32
_HEADER = b"SQLite format 3\0"
_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"

ROLLED_BACK = "上一次写入数据文件时中断了（断电，或程序被强行结束），已退回到那次写入之前的内容。"
_SET_ASIDE = (
    "数据文件 {file} 旁边有一个不属于它的日志文件（可能来自别的备份或同步软件）。数据文件是完好的，没有用它；"
    "它改名为 {names}，留在原处。"
)


def all_journals(path: Path) -> tuple[Path, ...]:
    """What SQLite would play into a file of that name, whether it is there or not."""
    return tuple(path.with_name(path.name + end) for end in _ENDS)


def remove_journals(path: Path) -> None:
    """What SQLite would play into a file of that name goes."""
    for journal in all_journals(path):
        journal.unlink(missing_ok=True)


def remove_database(path: Path) -> None:
    """The file and its journals."""
    path.unlink(missing_ok=True)
    remove_journals(path)


def beside(path: Path) -> list[Path]:
    """The journals that are there and hold anything."""
    found = []
    for file in all_journals(path):
        with suppress(FileNotFoundError):
            if file.stat().st_size:
                found.append(file)
    return found


def set_journals_aside(path: Path) -> tuple[Path, ...]:
    """Renames them, so that SQLite finds none; their new names."""
    return tuple(_set_aside(journal) for journal in beside(path))


def settle_journal(path: Path, application_id: int, version: int, timeout: float) -> str:
    """Before SQLite reads the file. What does not belong to it is set aside; what the user is to know of it.

    StoreError «damaged»: the file alone is not sound, nor is the journal its own; both stay as they are.
    """
    if not (journals := beside(path)) or not _would_be_played(path, journals, timeout):
        return ""
    with tempfile.TemporaryDirectory(prefix="goalform-") as folder:
        alone, played = copies(path, Path(folder))
        saves = [_saves_since(alone, journal) for journal in journals]
        by_itself, with_journal = examine(alone, application_id, version), examine(played, application_id, version)
        if filecmp.cmp(alone, played, shallow=False):
            return ""  # the crash came before the first page was written
    if None not in saves and _is_better(with_journal, by_itself, unfinished=saves == [0]):
        return ROLLED_BACK
    if by_itself == BROKEN:
        raise StoreError("damaged", path)
    return _SET_ASIDE.format(file=path.name, names="、".join(aside.name for aside in set_journals_aside(path)))


def _is_better(with_journal: Soundness, by_itself: Soundness, unfinished: bool) -> bool:
    """`unfinished`: the file does not say that the save of the journal came to its end."""
    if with_journal.faults != by_itself.faults or by_itself == BROKEN:
        return with_journal.faults < by_itself.faults
    # Whole as it is, the file may be one from which something was being deleted.
    gone = any(here < there for here, there in zip(by_itself.rows, with_journal.rows, strict=False))
    return by_itself.unproven or (unfinished and gone)


def copies(path: Path, folder: Path) -> tuple[Path, Path]:
    """The file by itself, and the file with its journals beside it: opening that one plays them."""
    alone, played = folder / "alone.db", folder / "played.db"
    for copy in (alone, played):
        shutil.copyfile(path, copy)
    for journal, copy in zip(all_journals(path), all_journals(played), strict=True):
        with suppress(FileNotFoundError):
            shutil.copyfile(journal, copy)
    return alone, played


def may_belong(path: Path, journals: list[Path]) -> bool:
    """Whether there are journals, and nothing in them speaks against the file's being theirs."""
    with path.open("rb") as file:
        readable = file.read(len(_HEADER)) == _HEADER
    return bool(journals) and (not readable or None not in [_saves_since(path, journal) for journal in journals])


def _would_be_played(path: Path, journals: list[Path], timeout: float) -> bool:
    """Whether no other writer is at work there now, whose journal it would be: SQLite knows, and says it to a reader."""
    if any(_is_log(journal) for journal in journals):
        with path.open("rb") as file:
            header = file.read(100)
        return header[18:19] != _WAL  # another tool made it a database with such a log
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=timeout)) as reader:
        try:
            reader.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
                return True
            raise
        except sqlite3.DatabaseError:
            return False
    return False


def _is_log(journal: Path) -> bool:
    return journal.name.endswith("-wal")


def _saves_since(path: Path, journal: Path) -> int | None:
    """How many saves of the file came to their end since the journal was begun: 0 or 1. None: it is not the file's own.

    By the size of its pages and, where the first page is in it, by the count of saves there.
    """
    with path.open("rb") as file:
        header = file.read(100)
    content = journal.read_bytes()
    if _is_log(journal) or content[24:28] != _page_size(header):
        return None
    for number, page in _pages(content):
        if number == 1:
            saves = int.from_bytes(header[24:28]) - int.from_bytes(page[24:28])
            return saves if saves in {0, 1} else None
    return 0 if content[16:20] == header[28:32] else None


def _page_size(header: bytes) -> bytes:
    size = int.from_bytes(header[16:18])
    return (0x10000 if size == 1 else size).to_bytes(4)


def _pages(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every page a journal holds (SQLite's file format, 3)."""
    at = 0
    while content[at : at + 8] == _MAGIC:
        count, _nonce, _initial, sector, size = struct.unpack(">5I", content[at + 8 : at + 28].ljust(20, b"\0"))
        if sector < _SMALLEST_SECTOR:
            return
        at += sector
        for _ in range(min(count, (len(content) - at) // (size + 8))):
            yield int.from_bytes(content[at : at + 4]), content[at + 4 : at + 4 + size]
            at += size + 8
        at += -at % sector


def _set_aside(journal: Path) -> Path:
    aside, number = journal.with_name(journal.name + ".old"), 1
    while aside.exists():
        number += 1
        aside = journal.with_name(f"{journal.name}.old-{number}")
    return journal.replace(aside)
