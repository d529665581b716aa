"""Backups of the store: whole files in a folder of the user's choice, each read back and compared before it counts."""

import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models.disk import flush
from models.errors import UserError
from models.store.ages import FOR_EVER, Kept, Rule, by_day, by_month, by_week, too_many
from models.store.connection import BUSY_TIMEOUT, open_store
from models.store.drafts import DraftSummary, Store
from models.store.file import copy_database
from models.store.salvage import put_in_place
from models.store.store_errors import Fault, StoreError, fault_of, in_the_users_words

KINDS = {"auto": "自动", "manual": "手动", "restore": "恢复前", "replaced": "被换掉前"}
"""Why a backup was made, in the user's words."""

_WHY = {"full": "磁盘空间不足", "read_only": "文件夹是只读的", "locked": "数据文件正被占用"}

RULES = (Rule(0, None), Rule(7, by_day), Rule(35, by_week), Rule(FOR_EVER, by_month))
"""All of the last day, one a day for a week, one a week for five and more, one a month beyond."""

_NAME = re.compile(r"goalform-(\d{6})-(\d{8}-\d{6})-([a-z]+)\.db")
_UNFINISHED = ".new"
_A_DAY = 24 * 60 * 60
_WHEN = "%Y%m%d-%H%M%S"


class BackupError(UserError):
    """A backup that could not be made or used; nothing else was changed. `fault`: what the disk did, where it did something."""

    def __init__(self, sentence: str, fault: Fault | None = None) -> None:
        super().__init__(sentence)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Backup:
    """One file. `sequence` says which came after which; `made` is what the clock on the wall showed."""

    path: Path
    sequence: int
    made: datetime
    kind: str


def _now() -> datetime:
    return datetime.now().astimezone()


class Backups:
    """The backups in one folder, which may be on a stick that is not always there.

    `may_make`: the folder is the program's own; else it is never made where it is not found, which would put the backups
    on another disk than the user thinks.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = _now, may_make: bool = True) -> None:
        self.folder = folder
        self._may_make = may_make
        self._clock = clock

    @property
    def is_gone(self) -> bool:
        """Whether the folder the user chose is not there now."""
        with suppress(OSError):
            return not self._may_make and not self.folder.is_dir()
        return True

    def list(self) -> tuple[Backup, ...]:
        """The one made last first; none where the folder is not there."""
        found = []
        with suppress(OSError):
            for path in self.folder.iterdir():
                if (name := _NAME.fullmatch(path.name)) is not None:
                    with suppress(ValueError):
                        found.append(Backup(path, int(name[1]), _moment(name[2]), name[3]))
        return tuple(sorted(found, key=lambda backup: -backup.sequence))

    def is_due(self) -> bool:
        """Whether the last one is of another day, be it earlier or, after the clock was set back, later."""
        last = [backup for backup in self.list() if backup.kind != "replaced"]  # that is of another file
        return not last or last[0].made.date() != self._today()

    def make(self, store: Path, kind: str = "auto") -> Backup:
        """Copies the store as it is now, reads the copy back, and lets old ones go. BackupError: nothing was kept."""

        def copy(unfinished: Path) -> None:
            copy_store(store, unfinished)
            verify_copy(store, unfinished)

        return self._make(kind, copy)

    def keep_replaced(self, before: sqlite3.Connection) -> Backup:
        """Keeps a file whose name another one took while it was open: nobody finds it any more."""
        return self._make("replaced", lambda unfinished: copy_database(before, unfinished))

    def _make(self, kind: str, copy: Callable[[Path], None]) -> Backup:
        last = self.list()
        sequence, now = (last[0].sequence if last else 0) + 1, self._clock()
        target = self.folder / f"goalform-{sequence:06d}-{now.strftime(_WHEN)}-{kind}.db"
        unfinished = target.with_name(target.name + _UNFINISHED)
        if self.is_gone:
            raise BackupError(
                f"没有备份到「{self.folder}」：这个文件夹现在不在（U 盘没有插好，或网络盘没有连上）。"
                "草稿没有受影响；请接上它，或换一个备份文件夹。"
            )
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy(unfinished)
            _keep(unfinished, target)
        except Exception as error:  # of a damaged store it may be anything
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise BackupError(_sentence(self.folder, error), fault_of(error)) from error
        self._thin()
        return Backup(target, sequence, now, kind)

    def _today(self) -> date:
        return self._clock().date()

    def _thin(self) -> None:
        states = {backup.sequence: backup for backup in self.list()}
        kept = [Kept(backup.sequence, backup.made.date()) for backup in states.values()]
        for sequence in too_many(kept, RULES):
            with suppress(OSError):  # it will be tried again with the next one
                states[sequence].path.unlink()
        self._clear_unfinished()

    def _clear_unfinished(self) -> None:
        """What a program that was killed while backing up left here; not that of another program that works here now."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                name, unfinished, rest = path.name.partition(_UNFINISHED)
                ours = unfinished and rest in {"", "-journal"} and _NAME.fullmatch(name)
                if ours and time.time() - path.stat().st_mtime > _A_DAY:
                    path.unlink()


@contextmanager
def opened(backup: Backup) -> Iterator[Store]:
    """The store a backup holds, to look at: a copy, so that the backup itself is neither migrated nor touched."""
    with tempfile.TemporaryDirectory(prefix="goalform-") as folder:
        copy = Path(folder) / "backup.db"
        with in_the_users_words(backup.path):
            shutil.copyfile(backup.path, copy)
        try:
            store = open_store(copy)
        except StoreError as error:
            raise BackupError(f"备份「{backup.path.name}」不能打开，可能已损坏；请选择另一份备份。") from error
        try:
            yield store
        finally:
            store.close()


def restore(backup: Backup, path: Path, backups: Backups) -> Path | None:
    """Puts the backup into the store's place. The caller has closed the store.

    The present state is backed up first; where it cannot be read any more its file is set aside, and its new name
    returned. BackupError or StoreError: the present file is still in its place.
    """
    incoming = path.with_name(path.name + ".restored")
    with in_the_users_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming.unlink(missing_ok=True)
        with opened(backup) as store:
            broken = [line for line in store.list() if not store.is_whole(line.id)]
            if broken:
                raise BackupError(
                    f"备份「{backup.path.name}」有 {len(broken)} 份草稿损坏，没有恢复；请选择另一份备份。"
                )
            copy_store(store.path, incoming)
        try:
            if path.exists():
                backups.make(path, "restore")
        except BackupError:
            if _opens(path):
                incoming.unlink(missing_ok=True)
                raise
            return put_in_place(incoming, path)
        _keep(incoming, path)
    return None


def back_up(chosen: Backups, usual: Backups, store: Path) -> str:
    """Makes the day's backup, in the usual folder where the chosen one does not take it; what to say of it, "" for nothing.

    BackupError: there is none.
    """
    try:
        chosen.make(store)
    except BackupError as error:
        if usual.folder == chosen.folder:
            raise
        if usual.is_due():
            usual.make(store)
        return f"{error}今天的备份先放在「{usual.folder}」。"
    return ""


def newest_good(backups: Backups) -> Backup | None:
    """The newest backup that opens and holds every draft whole."""
    for backup in backups.list():
        with suppress(StoreError, BackupError, OSError), opened(backup) as store:
            if all(store.is_whole(line.id) for line in store.list()):
                return backup
    return None


def not_in(store: Store, backups: Backups) -> tuple[Backup, tuple[str, ...]] | None:
    """Of the newest good backup: year and unit of its drafts that the store does not have. None: there is nothing of it."""
    backup = newest_good(backups)
    if backup is None:
        return None
    here = {_name(line) for line in store.list()}
    with opened(backup) as other:
        names = tuple(dict.fromkeys(name for line in other.list() if (name := _name(line)) not in here))
    return (backup, names) if names else None


def _name(line: DraftSummary) -> str:
    return f"{line.year or ''} {line.unit_name or '（未写单位）'}".strip()


def _opens(path: Path) -> bool:
    try:
        with closing(open_store(path)) as store:
            return all(store.is_whole(line.id) for line in store.list())
    except StoreError as error:
        return error.fault not in {"damaged", "altered", "newer"}
    except Exception:  # what the damage makes the code stumble over
        return False


def copy_store(source: Path, target: Path) -> None:
    """By SQLite's own call, which another writer cannot tear apart. StoreError «locked»: one holds the file."""
    # Not made where it is missing, and no journal of somebody else's played into it.
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as present:
        copy_database(present, target, _patience(source))


def _patience(source: Path) -> Callable[[int, int, int], None]:
    """Ends a copy that another program keeps waiting; left alone it would wait for ever."""
    end = time.monotonic() + BUSY_TIMEOUT

    def go_on(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > end:
            raise StoreError("locked", source)

    return go_on


def verify_copy(source: Path, copy: Path) -> None:
    """StoreError where the copy is not sound, not complete, or a draft in it is not what was saved."""
    with closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise StoreError("damaged", source)
    with closing(open_store(source)) as present, closing(open_store(copy)) as copied:
        drafts = copied.list()
        if len(drafts) != len(present.list()):
            raise StoreError("damaged", copy)
        if not all(copied.is_whole(line.id) for line in drafts):
            raise StoreError("altered", source)


def _keep(unfinished: Path, target: Path) -> None:
    unfinished.replace(target)
    for left in (unfinished, target):
        left.with_name(left.name + "-journal").unlink(missing_ok=True)
    with suppress(OSError):
        flush(target.parent)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _WHEN).astimezone()


def _sentence(folder: Path, error: Exception) -> str:
    fault = fault_of(error)
    if fault in {"damaged", "altered"} or not isinstance(error, (UserError, OSError, sqlite3.Error)):
        return "没有备份成功：现在的数据文件有损坏，备份没有通过核对。原有的备份都还在，请从「恢复备份」中取回。"
    why = _WHY.get(fault or "", "文件夹不在，或磁盘出错")
    return f"没有备份到「{folder}」：{why}。草稿没有受影响；请检查该磁盘，或换一个备份文件夹。"


FOLDER_NOTE = "backup-folder.txt"
"""Names the backup folder. A file of its own: it is needed most when the store does not open."""


def usual_backup_folder(home: Path) -> Path:
    """Beside the drafts."""
    return home / "backups"


def backups_of(home: Path) -> Backups:
    """The backups of the data folder `home`: in the folder the user chose, else in the one beside the drafts."""
    usual = usual_backup_folder(home)
    with suppress(OSError, ValueError):
        if name := (home / FOLDER_NOTE).read_text(encoding="utf-8").strip():
            return Backups(Path(name), may_make=Path(name) == usual)
    return Backups(usual)


def use_backup_folder(home: Path, folder: Path) -> None:
    """Backups go to `folder` from now on; those elsewhere stay where they are. OSError where that cannot be kept."""
    (home / FOLDER_NOTE).write_text(str(folder), encoding="utf-8")
