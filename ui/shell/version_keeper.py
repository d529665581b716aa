"""Keeps versions of the open draft by itself: at opening, before an import or a merge, every hour while it is edited."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from models.document import Draft
from models.errors import UserError
from models.session import Change, ChangeKind, Session
from models.store.revisions import Revisions

HOUR = 60 * 60 * 1000
_LARGE: tuple[ChangeKind, ...] = ("import", "merge")
"""The kinds of steps before which the draft is kept."""


class VersionKeeper(QObject):
    """For one open draft. What cannot be kept is told, never raised: the draft itself is saved all the same."""

    failed = Signal(str)

    def __init__(self, session: Session, revisions: Revisions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._revisions = session, revisions
        self.opened = session.draft
        """The draft at opening, to which 放弃本次修改 returns."""
        self._hourly = QTimer(self, interval=HOUR)
        self._hourly.timeout.connect(lambda: self.keep("hourly"))
        self._hourly.start()
        # The first paint of the editor does not wait for it; what is typed meanwhile makes a new draft beside this one.
        QTimer.singleShot(0, self, lambda: self.keep("opened", self.opened))
        self._unsubscribe: Callable[[], None] | None = session.subscribe(self._changed)

    def keep(self, reason: str, draft: Draft | None = None, name: str = "") -> bool:
        """Keeps the draft (the present one) as a version; False where nothing is new, or where it could not be kept."""
        try:
            return self._revisions.keep(self._session.draft_id, draft or self._session.draft, reason, name)
        except UserError as error:
            self.failed.emit(f"没有留下版本：{error}")
            return False

    def _changed(self, change: Change) -> None:
        if change.kind in _LARGE:
            self.keep(change.kind, change.before)

    def stop(self) -> None:
        self._hourly.stop()
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
