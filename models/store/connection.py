"""Opens the store's one file: makes it, checks that it is ours and whole, brings an older one up to date."""

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from models.disk import is_too_long, whose
from models.store.drafts import Store
from models.store.file import OpenFile, copy_database, identity
from models.store.integrity import altered_settings, has_its_tables, is_sound
from models.store.journal import remove_database, remove_journals, set_journals_aside, settle_journal
from models.store.store_errors import StoreError, damage_unless_known, in_the_users_words

APPLICATION_ID = 0x474F414C
"""«GOAL» in the file's header: distinguishes our file from any other SQLite database."""

VERSION = 4
"""How many steps `migrations.py` has. Stands here because that module costs 50 ms to import, and most starts need none of it."""

BUSY_TIMEOUT = 2.0
"""Seconds to wait for another process that writes."""

_PRIVATE = 0o600
"""Readable by the user alone; SQLite gives the journal the rights of the file."""


def open_store(path: Path, timeout: float = BUSY_TIMEOUT) -> Store:
    """The store in that file, made with its folders where there is none. For the thread that calls, and no other.

    StoreError: the file is empty, damaged, not ours, from a newer program, locked, or cannot be made. A store that can be
    read but not written opens with `read_only` set.
    """
    if is_too_long(path):
        sentence = f"数据文件的路径太长，不能使用：{path}。请换一个上级文件夹少些、名称短些的数据文件夹。"
        raise StoreError("unreachable", path, sentence)
    with in_the_users_words(path, opening=True):
        if path.is_dir():  # which systems report in different ways, and none as what it is
            sentence = f"数据文件 {path} 的位置上是一个同名的文件夹。请把这个文件夹移到别处，或改名，然后重试。"
            raise StoreError("unreachable", path, sentence)
        if not path.exists():
            _create(path)
        file = _open(path, timeout)
        settle = partial(settle_journal, path, APPLICATION_ID, VERSION)
        reopen = partial(_open, path)
        store = Store(file.connection, path, file.read_only, reopen=reopen, opened=file.identity, settle=settle)
    store.notice = file.notice
    return store


def _open(path: Path, timeout: float) -> OpenFile:
    """The file that is there. StoreError: it is none of ours, or cannot be used."""
    try:
        with damage_unless_known(path):
            _refuse_unreadable(path)
            notice = settle_journal(path, APPLICATION_ID, VERSION, timeout)
            found = identity(path)
            connection, read_only = _checked(path, timeout)
    except StoreError as error:
        if error.fault == "unreachable" and isinstance(error.__cause__, sqlite3.Error) and _reads_to_the_end(path):
            raise StoreError("damaged", path) from error  # it is not the disk: the pages lead nowhere
        raise
    try:
        _bring_up_to_date(connection, path, read_only)
    except BaseException:
        connection.close()
        raise
    return OpenFile(connection, read_only, found, notice)


def _checked(path: Path, timeout: float) -> tuple[sqlite3.Connection, bool]:
    """The file, sound and ours, with the tables of this version or an earlier one; whether it can only be read."""
    connection = _connect(path, timeout)
    try:
        _refuse_other_databases(connection, path)
        read_only = _is_read_only(connection, path)
        if not read_only:
            _set_safe(connection)
            _make_private(path)
        _refuse_damaged(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection, read_only


def _reads_to_the_end(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    # No implicit transactions: every BEGIN and COMMIT is written where it happens.
    return sqlite3.connect(path, timeout=timeout, isolation_level=None)


def _set_safe(connection: sqlite3.Connection) -> None:
    # A rollback journal keeps everything in one file: a copied WAL database lost every row.
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _make_private(path: Path) -> None:
    with suppress(OSError):  # a disk without such rights, or somebody else's file
        if path.stat().st_mode & 0o077:
            path.chmod(_PRIVATE)


def _create(path: Path) -> None:
    """Makes the file under another name first: a start that is killed half-way leaves no empty store behind."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    remove_database(unfinished)
    # A journal whose database was moved away would be played back into the new one.
    set_journals_aside(path)
    unfinished.touch(mode=_PRIVATE)  # says why it cannot be made; SQLite would only say that it cannot be opened
    with closing(_connect(unfinished, BUSY_TIMEOUT)) as connection:
        _set_safe(connection)
        _migrate(connection, unfinished)
    remove_journals(unfinished)
    unfinished.replace(path)


def _refuse_unreadable(path: Path) -> None:
    # Not by reading it: the system drops this process's locks on a file, a save's too, when any reader here closes it.
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise StoreError("read_only", path, f"没有权限读取数据文件 {path}：{whose(path)}")
    if path.is_file() and not path.stat().st_size:
        # SQLite would take it for a new database and show the user an empty list.
        sentence = f"数据文件 {path} 是空的（0 字节），已损坏。请不要删除它，用“恢复备份”取回最近一次的备份。"
        raise StoreError("damaged", path, sentence)


def _not_ours(path: Path) -> StoreError:
    sentence = f"文件 {path} 不是本程序的数据文件，或已损坏，本程序没有改动它。请移开该文件，或用“恢复备份”取回备份。"
    return StoreError("damaged", path, sentence)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _refuse_other_databases(connection: sqlite3.Connection, path: Path) -> None:
    try:
        is_ours = _pragma(connection, "application_id") == APPLICATION_ID
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise _not_ours(path) from error
        raise
    if not is_ours:
        raise _not_ours(path)
    version = _pragma(connection, "user_version")
    if version > VERSION:
        sentence = (
            f"数据文件 {path} 由更新版本的程序建立（数据结构第 {version} 版，本程序只认识到第 {VERSION} 版），"
            "本程序没有改动它。请用新版本的程序打开。"
        )
        raise StoreError("newer", path, sentence)


def _refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    # A page that is broken now would otherwise show up in the middle of somebody's work.
    if not is_sound(connection):
        raise StoreError("damaged", path)


def _is_read_only(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether file or folder (the journal must stand beside the file) refuse writing. Another writer raises BUSY here."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            return True
        raise
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            return False
    except PermissionError:
        return True
    except OSError:
        return not os.access(path.parent, os.W_OK)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    version = _pragma(connection, "user_version")
    if version == VERSION:
        if not has_its_tables(connection) or altered_settings(connection):
            raise StoreError("damaged", path)
        return
    if read_only:
        raise StoreError("read_only", path)
    _back_up(connection, path.with_name(f"{path.stem}.v{version}.bak"))
    _migrate(connection, path)


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_name(target.name + ".new")
    copy_database(connection, unfinished)
    unfinished.replace(target)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    from models.store import migrations, sealing  # see VERSION

    migrations.migrate(connection, APPLICATION_ID, VERSION, partial(sealing.seal, connection, path))
