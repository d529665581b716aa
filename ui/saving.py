"""Continuous saving: every change is in the store within a second, and the window only says so when it is true."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTime, QTimer, Signal

from models.errors import UserError
from models.session import Change, Session

QUIET = 400
"""Milliseconds without a keystroke after which is saved."""
LONGEST = 1000
"""Milliseconds after the first unsaved change at which is saved in any case, in the next change itself where events are late."""
RETRY = 5000
"""Milliseconds after a failure until the next attempt. Typing goes on meanwhile: it must not wait for the store at every key."""


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
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)
        self._unsubscribe: Callable[[], None] | None = session.subscribe(self._changed)

    def _changed(self, _change: Change) -> None:
        if self._session.is_saved:  # undone back to what is stored
            self.flush()
            return
        if not self._waiting.isValid():
            self._waiting.start()
            self.saving.emit()
        left = (RETRY if self._has_failed else LONGEST) - self._waiting.elapsed()
        if left <= 0:
            # Each change pushes the timer back, and while keys come faster than they are handled it never gets its turn.
            self.flush()
        elif not self._has_failed:
            self._timer.start(int(min(QUIET, left)))

    def flush(self) -> bool:
        """Saves now. False when that failed; the changes are then still in memory and it will be tried again."""
        self._timer.stop()
        was_waiting = self._waiting.isValid()
        try:
            wrote = self._session.save()
        except UserError as error:
            return self._not_saved(str(error))
        except Exception as error:  # whatever the store raises, the edit must not be lost
            if self._log:
                self._log(error)
            return self._not_saved("内容还在程序里，请先不要关闭窗口；程序会继续尝试保存。")
        self._waiting.invalidate()
        self._has_failed = False
        if wrote or was_waiting:
            self.saved.emit(QTime.currentTime().toString("HH:mm:ss"))
        return True

    def _not_saved(self, why: str) -> bool:
        self._has_failed = True
        self._waiting.start()
        self._timer.start(RETRY)
        self.failed.emit(why)
        return False

    def stop(self) -> None:
        """Hears of no further change and tries no more."""
        self._timer.stop()
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
