"""One window per data folder: a second start hands its files to the first one, through a file in that folder.

No socket is used: the program has no network code at all.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import cast

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QSysInfo, Signal

LOCK_NAME = "goalform.lock"
CALLS = "calls"
ANSWER_SECONDS = 4.0
"""How long the first window may take to answer before the second start says that it does not."""


class Instance(QObject):
    """The claim on a data folder. Hold it as long as the window lives."""

    called = Signal(list)
    """A second start wants the window in front, and these files (paths as text) opened."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = home / CALLS
        with suppress(OSError):  # a folder that cannot be written is reported when the store is opened
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._calls.mkdir(mode=0o700, exist_ok=True)
        self._lock = QLockFile(str(home / LOCK_NAME))
        # A lock is stale when its process is gone, never because it is old: windows stay open for days.
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """False where another window holds the folder. One left by a killed program is noticed and taken over."""
        if self._lock.tryLock(0):
            self._forget_old_calls()
            return True
        # Where no lock can be written at all, there is nothing to wait for.
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def take_over(self) -> bool:
        """For a lock nobody answers for: its number may belong to another process by now. False: it is really held."""
        return (self._lock.removeStaleLockFile() or self._remove_other_account_s()) and self.take()

    def _remove_other_account_s(self) -> bool:
        """Qt cannot take away the lock that a killed program of another account left; who may write in the folder can."""
        number, host, _name = cast("tuple[int, str, str] | None", self._lock.getLockInfo()) or (0, "", "")
        if os.name == "nt" or not number or host != QSysInfo.machineHostName():
            return False
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            with suppress(OSError):
                Path(self._lock.fileName()).unlink()
                return True
        except OSError:
            pass  # it runs, under the other account
        return False

    def release(self) -> None:
        self._lock.unlock()

    def call(self, files: list[Path], seconds: float = ANSWER_SECONDS) -> bool:
        """Asks the first window to come to the front and open the files; whether it answered."""
        import json  # a start that finds no other window does not need it

        note = self._calls / f"{os.getpid()}-{time.monotonic_ns()}.json"
        unfinished = note.with_suffix(".new")
        try:
            unfinished.write_text(json.dumps([str(file.absolute()) for file in files]), encoding="utf-8")
            unfinished.replace(note)
            end = time.monotonic() + seconds
            while note.exists():
                if time.monotonic() > end:
                    note.unlink(missing_ok=True)
                    return False
                time.sleep(0.05)
        except OSError:
            return False
        return True

    def listen(self) -> None:
        """From now on calls are heard, and those that came before."""
        if not os.access(self._calls, os.R_OK):
            return  # another account's: nobody of this one can leave a call there either
        self._watcher = QFileSystemWatcher([str(self._calls)], self)
        self._watcher.directoryChanged.connect(self._answer)
        self._answer()

    def _answer(self, _folder: str = "") -> None:
        notes = self._notes()
        if notes:
            import json
        for note in notes:
            try:
                files = json.loads(note.read_text(encoding="utf-8"))
                note.unlink()
            except (OSError, ValueError):
                continue
            self.called.emit([str(file) for file in files] if isinstance(files, list) else [])

    def _notes(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self._calls.glob("*.json"))
        return []

    def _forget_old_calls(self) -> None:
        for note in self._notes():
            with suppress(OSError):
                note.unlink()
