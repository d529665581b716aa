"""Continuous saving: every change is in the store within a second, and the window only says so when it is true."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QThread, QTime, QTimer, Signal

from models.errors import UserError
from models.session.session import Change, Session

QUIET = 400
"""Milliseconds without a keystroke after which is saved."""
LONGEST = 1000
"""Milliseconds after the first unsaved change at which is saved in any case, in the next change itself where events are late."""
RETRY = 5000
"""Milliseconds after a failure until the next attempt. Typing goes on meanwhile: it must not wait for the store at every key."""
RETRY_HELD = 250
"""The same while another program holds the file: an attempt then costs nothing."""
QUIETLY = 1000
"""Milliseconds for which that is not worth a word."""
PATIENCE = 2000
"""Milliseconds for which closing waits for a program that holds the file."""

_HELD = ("locked", "replaced")
"""Faults of a save that end by themselves."""
_HELD_WORDS = "数据文件正被另一个程序占用（杀毒、同步或备份软件）。可以接着写，等它放开，会自动保存。"


class Saver(QObject):
    """Saves a session's changes; after a failure keeps trying until it succeeds."""

    saving = Signal()
    saved = Signal(str)
    """The time of day at which the store had everything."""
    failed = Signal(str)
    """Why it could not be saved, as a sentence."""

    def __init__(
        self, session: Session, log: Callable[[BaseException], None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._log = session, log
        self._waiting = QElapsedTimer()
        """Runs from the first unsaved change, or from the last attempt that failed."""
        self._has_failed = False
        self._held = QElapsedTimer()
        """Runs as long as another program holds the file."""
        self._said = ""
        self._doubts = False
        """Whether the store may have lost what it held."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lambda: self.flush())
        self._unsubscribe: Callable[[], None] | None = session.subscribe(self._changed)

    def _changed(self, _change: Change) -> None:
        if self._session.is_saved:  # undone back to what is stored
            self.flush()
            return
        if not self._waiting.isValid():
            self._waiting.start()
            self.saving.emit()
        left = (self._retry if self._has_failed else LONGEST) - self._waiting.elapsed()
        if left <= 0:
            # Each change pushes the timer back, and while keys come faster than they are handled it never gets its turn.
            self.flush()
        elif not self._has_failed:
            self._timer.start(int(min(QUIET, left)))

    def flush(self, confirm: bool = False) -> bool:
        """Saves now. False when that failed; the changes are then still in memory and it will be tried again.

        `confirm`: also asks, where nothing changed, whether the store still holds everything.
        """
        self._timer.stop()
        was_waiting = self._waiting.isValid()
        self._doubts |= confirm
        try:
            wrote = self._session.save(self._doubts)
        except UserError as error:
            return self._not_saved(str(error), getattr(error, "fault", ""))
        except Exception as error:  # whatever the store raises, the edit must not be lost
            if self._log:
                self._log(error)
            return self._not_saved("内容还在程序里，请先不要关闭窗口；程序会继续尝试保存。")
        self._waiting.invalidate()
        self._held.invalidate()
        self._has_failed, self._doubts, self._said = False, False, ""
        if wrote or was_waiting:
            self.saved.emit(QTime.currentTime().toString("HH:mm:ss"))
        return True

    def save_before_leaving(self) -> bool:
        """Saves, and asks whether the store holds everything; waits a moment for a program that holds the file."""
        waited = QElapsedTimer()
        waited.start()
        while not self.flush(confirm=True):
            if not self._held.isValid() or waited.elapsed() > PATIENCE:
                return False
            QThread.msleep(20)
        return True

    @property
    def _retry(self) -> int:
        return RETRY_HELD if self._held.isValid() else RETRY

    def _not_saved(self, why: str, fault: str = "") -> bool:
        if fault not in _HELD:
            self._held.invalidate()
        elif not self._held.isValid():
            self._held.start()
        self._has_failed = True
        self._waiting.start()
        self._timer.start(self._retry)
        why = _HELD_WORDS if fault in _HELD else why
        if why != self._said and not (self._held.isValid() and self._held.elapsed() < QUIETLY):
            self._said = why
            self.failed.emit(why)
        return False

    def stop(self) -> None:
        """Hears of no further change and tries no more."""
        self._timer.stop()
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
