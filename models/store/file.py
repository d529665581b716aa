"""The one open file of a store: its transactions, and what happens where another file takes its place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from models.disk import flush
from models.errors import UserError
from models.store.store_errors import Fault, StoreError, damage_in_rows, fault_of, in_the_users_words

Identity = tuple[int, int]
"""Disk and number of a file: one that replaces another has a number of its own."""

_EMPTIED = (
    "数据文件 {file} 变成了空文件（0 字节），是被别的程序清空的。请不要删除它；窗口里的内容还在，请「另存到别处」。"
)
_ANOTHER = "数据文件 {file} 被换成了别的文件，或已损坏，本程序没有改动它。窗口里的内容还在，请「另存到别处」。"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of ours, checked and up to date, and which one it is."""

    connection: sqlite3.Connection
    read_only: bool
    identity: Identity
    notice: str = ""
    """What the user is to know of the opening."""


Reopen = Callable[[float], OpenFile]
"""Opens the file that is there now, waiting so many seconds for other programs. StoreError: it is none of ours."""

Settle = Callable[[float], str]
"""Sees to a journal that is not the file's own, waiting so many seconds for other programs; what the user is to know of it."""


def identity(path: Path) -> Identity:
    """Which file is there. FileNotFoundError where there is none."""
    found = path.stat()
    return found.st_dev, found.st_ino


def written(path: Path) -> tuple[int, int]:
    """When the file was last written, and how long it is."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def copy_database(
    source: sqlite3.Connection, target: Path, progress: Callable[[int, int, int], None] | None = None
) -> None:
    """By SQLite's own call, into a file that the user alone can read; on the disk for good."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy, progress=progress)
    flush(target)


class StoreFile:
    """`path`, and the connection to the file that is there.

    A file that took the place of the one that was opened, as sync tools do it, is opened in the next transaction, and then
    `when_replaced` is called. The connection would go on with the old one, which nobody finds again.

    A journal that was put beside it meanwhile is seen to before SQLite plays it into the file; `when_noticed` is called.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        read_only: bool,
        reopen: Reopen | None = None,
        opened: Identity | None = None,
        settle: Settle | None = None,
    ) -> None:
        self._connection = connection
        self._reopen, self._opened, self._settle = reopen, opened, settle
        self._written: tuple[int, int] | None = None
        self.path = path
        self.read_only = read_only
        self.when_replaced: Callable[[], None] | None = None
        self.when_noticed: Callable[[str], None] | None = None
        self.notice = ""
        """What the user is to know of the opening."""

    def close(self) -> None:
        self._connection.close()

    @property
    def is_elsewhere(self) -> bool:
        """Whether the file that is open is not the one that is there, or that one has no content any more."""
        with suppress(OSError):
            return self._reopen is not None and (self._opened != identity(self.path) or not self.path.stat().st_size)
        return True

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is on the disk afterwards, or, with an error, nothing is. May be nested."""
        if self._is_inside():
            yield self._connection
            return
        with self._in_the_users_words():
            self._follow()
            if self.read_only:
                raise StoreError("read_only", self.path)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
                self._written = written(self.path)
            except BaseException:
                # Some errors of the disk have ended the transaction already.
                if self._is_inside():
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self, fault: Fault = "damaged") -> Iterator[sqlite3.Connection]:
        """All queries inside see one and the same state of the file. May be nested.

        `fault`: what it is called where the code stumbles over what stands in the rows.
        """
        if self._is_inside():
            yield self._connection
            return
        with self._in_the_users_words(), damage_in_rows(self.path, fault):
            self._follow()
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._is_inside():
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """Inside, what another program holds is a StoreError «locked» at once: nobody's keys wait for it."""
        patience = self._patience
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {patience:d}")

    def _is_inside(self) -> bool:
        return self._connection.in_transaction

    @property
    def _patience(self) -> int:
        """In milliseconds."""
        return int(self._connection.execute("PRAGMA busy_timeout").fetchone()[0])

    def _follow(self) -> None:
        """Opens the file that is there, where it is not the one that is open."""
        if self._reopen is None:
            return
        try:
            found = identity(self.path)
            is_empty = not self.path.stat().st_size
        except FileNotFoundError as error:
            raise StoreError("gone", self.path) from error
        if is_empty:
            # SQLite would take it for a new database.
            raise StoreError("damaged", self.path, _EMPTIED.format(file=self.path))
        if found == self._opened:
            self._see_to_journals()
            self._reread_if_written()
            return
        opened = self._open_what_is_there()
        before, self._connection = self._connection, opened.connection
        self.read_only, self._opened, self.notice = opened.read_only, opened.identity, opened.notice
        with suppress(sqlite3.Error, UserError):  # saving goes on in any case
            self._leave_file(before)
        with suppress(sqlite3.Error):
            before.close()
        if self.when_replaced is not None:
            self.when_replaced()

    def _see_to_journals(self) -> None:
        if self._settle is not None and (notice := self._settle(self._patience / 1000)):
            self.notice = notice
            if self.when_noticed is not None:
                self.when_noticed(notice)

    def _reread_if_written(self) -> None:
        """SQLite knows pages it has read by a count of saves. Who wrote another file over this one may have come as far."""
        before, self._written = self._written, written(self.path)
        if self._written != before:
            self._connection.execute("PRAGMA shrink_memory")

    def _leave_file(self, before: sqlite3.Connection) -> None:
        """Called with the file that was open until now."""

    def _open_what_is_there(self) -> OpenFile:
        if self._reopen is None:
            raise StoreError("gone", self.path)
        try:
            return self._reopen(self._patience / 1000)
        except StoreError as error:
            if error.fault == "damaged":
                raise StoreError("damaged", self.path, _ANOTHER.format(file=self.path)) from error
            raise

    @contextmanager
    def _in_the_users_words(self) -> Iterator[None]:
        with in_the_users_words(self.path):
            try:
                yield
            except sqlite3.OperationalError as error:
                # A query that fails is our own bug, unless the file is another one by now.
                if fault_of(error) is None and self._reopen is not None:
                    self._open_what_is_there().connection.close()
                raise
