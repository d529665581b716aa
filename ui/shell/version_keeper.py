"""Keeps versions of the open draft by itself: at opening, before an import or a merge, every hour while it is edited."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from models.document.tree import Draft
from models.errors import UserError
from models.session.session import Change, ChangeKind, Session
from models.store.revisions import Revisions

HOUR = 60 * 60 * 1000
_WHEN_HELD = 1000
"""Milliseconds after which what another program kept from being written is tried again."""
_LARGE: tuple[ChangeKind, ...] = ("import", "merge")
"""The kinds of steps before which the draft is kept."""


class VersionKeeper(QObject):
    """For one open draft. What cannot be kept is reported, never raised: the draft itself is saved all the same."""

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
        self._held: list[tuple[str, Draft]] = []
        """What is kept when another program lets the file go."""
        self._again = QTimer(self, singleShot=True, interval=_WHEN_HELD)
        self._again.timeout.connect(self._keep_held)

    def keep(self, reason: str, draft: Draft | None = None, name: str = "") -> bool:
        """Keeps the draft (the present one) as a version; False where nothing is new, or where it could not be kept.

        One without a name waits for no other program: it is kept when that lets the file go.
        """
        draft = draft or self._session.draft
        if not name:
            self._held.append((reason, draft))
            return self._keep_held()
        try:
            return self._revisions.keep(self._session.draft_id, draft, reason, name)
        except UserError as error:
            self.failed.emit(f"没有留下版本：{error}")
            return False

    def _keep_held(self) -> bool:
        """Whether the last of them was new."""
        is_new = False
        while self._held:
            reason, draft = self._held[0]
            try:
                is_new = self._revisions.keep(self._session.draft_id, draft, reason)
            except UserError as error:
                is_new = False
                if getattr(error, "fault", "") == "locked":
                    self._again.start()
                    break
                self.failed.emit(f"没有留下版本：{error}")
            self._held.pop(0)
        return is_new

    def _changed(self, change: Change) -> None:
        if change.kind in _LARGE:
            self.keep(change.kind, change.before)

    def stop(self) -> None:
        self._hourly.stop()
        self._again.stop()
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
