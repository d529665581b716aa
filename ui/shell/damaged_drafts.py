"""Where the store or a draft in it is damaged: what the window says, and the ways to what can still be read."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from models.errors import UserError
from ui.app import faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.document.tree import Draft
    from models.store import Store
    from models.store.drafts import DraftSummary
    from models.store.salvage import Salvage
    from ui.shell.main_window import MainWindow

_NAMED = 8
"""How many drafts are named."""
_CHECK_EVERY = 30
"""Milliseconds between two drafts that are compared with their checksums."""
_WHEN_HELD = 3000
"""Milliseconds after which what another program kept from being looked at is tried again."""


class Damage(QObject):
    """The window's helper."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._altered: list[str] = []
        self._lost_versions: list[str] = []
        window.fault_page.salvage.connect(self.salvage)

    def show(self, error: Exception) -> None:
        """Why the drafts are not there. What nobody foresaw is damage, too, until it is known to be something else."""
        self._log(error)
        window, page = self._window, self._window.fault_page
        if window.store is not None:  # it was opened, and then not read to the end
            window.store.close()
            window.store = None
        if isinstance(error, UserError):
            page.show_reason(str(error), getattr(error, "fault", ""))
        else:
            page.show_reason(
                f"数据文件 {window.store_path} 读不下去，可能已损坏；本程序没有改动它。详情已记入日志。",
                "damaged",
            )

    def _log(self, error: BaseException | None) -> None:
        """Where in our code, unless it was the disk that said no."""
        cause = error.__cause__ if isinstance(error, UserError) else error
        if cause is not None and not isinstance(cause, (UserError, OSError)):
            faults.log_fault(self._window.home, cause)

    def check(self, lines: tuple[DraftSummary, ...]) -> None:
        """Compares the drafts and their versions with their checksums, one at a time and between the user's keys."""
        self._altered, self._lost_versions = [], []
        self._check(lines)

    def _check(self, lines: tuple[DraftSummary, ...]) -> None:
        store = self._window.store
        if store is None:
            return
        if not lines:
            self._say_altered()
            return
        wait, lines_left = _CHECK_EVERY, lines[1:]
        try:
            with store.without_waiting():
                self._compare(store, lines[0])
        except Exception as error:  # whatever it is, the later ones are looked at
            if getattr(error, "fault", "") == "locked":
                wait, lines_left = _WHEN_HELD, lines
            elif getattr(error, "fault", "") not in {"gone", "unreachable"}:
                self._log(error)
                self._altered.append(_name(lines[0]))
        QTimer.singleShot(wait, self, partial(self._check, lines_left))

    def _compare(self, store: Store, line: DraftSummary) -> None:
        from models.store.revisions import Revisions

        if not store.is_whole(line.id):
            self._altered.append(_name(line))
        if lost := Revisions(store).broken(line.id):
            self._lost_versions.append(f"「{_name(line)}」的 {lost} 个")

    def _say_altered(self) -> None:
        if names := self._altered:
            self._window.show_notice(
                f"有 {len(names)} 份草稿在磁盘上的内容与最后一次保存的不一致：{_named(names)}。打开它时会说明怎样取回。"
            )
        if lost := self._lost_versions:
            self._window.show_notice(f"有历史版本在磁盘上已损坏，不能恢复：{_named(lost)}。草稿不受影响。")

    def salvage(self) -> None:
        """Puts what can be read into a new store; says what came, what did not, and where the damaged file is."""
        from models.store.salvage import salvage

        window = self._window
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            found = salvage(window.store_path)
        except UserError as error:
            self._log(error)
            window.fault_page.show_reason(str(error), "damaged")
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        window.open_store()
        window.show_notice("\n".join(filter(None, (_came(found), self._only_in_a_backup()))))

    def _only_in_a_backup(self) -> str:
        from models.store.backup import backups_of, not_in

        store = self._window.store
        if store is None or (found := not_in(store, backups_of(self._window.home))) is None:
            return ""
        backup, names = found
        return (
            f"{backup.made:%Y-%m-%d %H:%M} 的备份里还有：{_named(names)}。需要的话用「恢复备份…」里的「取回这份草稿」。"
        )

    def what_is_left(self, draft_id: int) -> Draft | None:
        """Of a draft that is not what was saved, to be opened in its place; None: it is in a draft of its own now."""
        store = self._window.store
        if store is None:
            return None
        from models.store.repair import repaired

        with suppress(UserError):
            draft = store.load(draft_id, verify=False)
            if repaired(draft) == draft:
                return draft
        from models.store.salvage import read_draft

        found = read_draft(store.path, draft_id)
        if found is None:
            self._window.status("这份草稿的文字都读不出，请从备份中取回。")
            return None
        self._window.take_draft(found)
        self._window.status("读得出的内容在这份新草稿里；原来的那份没有改动，还在首页。")
        return None


def _came(found: Salvage) -> str:
    lines = [f"取回了 {found.whole} 份完整的草稿，{found.versions} 个历史版本。"]
    if found.partly:
        names, also = _named(found.incomplete), "，也可以从它的历史版本取回" if found.versions else ""
        lines.append(f"另有 {found.partly} 份不完整，请逐项核对{also}：{names}。")
    if found.lost:
        lines.append(f"没有能取回：{'；'.join(found.lost)}。")
    lines.append(f"损坏的文件没有删，在 {found.kept_as}。")
    return "".join(lines)


def _name(line: DraftSummary) -> str:
    return f"{line.year or ''} {line.unit_name or '（未写单位）'}".strip()


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f" 等 {len(names)} 份" if len(names) > _NAMED else "")
