"""What the window does when the drafts come up: how the last time ended, what the user should know, what is looked after."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFontDatabase

from models.errors import UserError

# Loaded when first needed: the first paint does not wait for it.
if TYPE_CHECKING:
    from importers.import_files import Imported
    from models.session.session import Session
    from ui.shell.main_window import MainWindow
    from ui.shell.version_keeper import VersionKeeper

_OPEN_DRAFT = "session.open"
_AFTER_START = 4000
"""Milliseconds after the drafts are shown until the day's backup is made."""
_WHEN_HELD = 3000
"""Milliseconds after which what another program kept from being done is tried again."""


class StoreCare(QObject):
    """For the window: what is said of its store, and the versions of the open draft."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.keeper: VersionKeeper | None = None

    # what happened before

    def store_opened(self) -> None:
        """Says how the last time ended, and begins to look after the store."""
        from models.store.backup import backups_of

        window, store = self._window, self._window.store
        window.notices.clear()
        for notice in (*_no_chinese_font(), *self._poor_place()):
            window.notices.add(notice)
        for notice in self._recovered():
            window.notices.add(notice, "crash")
        if store is not None:
            store.when_noticed = self._noticed
            store.keep_replaced = lambda before: backups_of(window.home).keep_replaced(before)
        if store is not None and store.read_only:
            window.notices.add("数据文件是只读的：可以查看和导出，修改不能保存。")
        if store is not None and store.notice:
            window.notices.add(store.notice)
        QTimer.singleShot(0, self, self._offer_package)  # showing the drafts takes such a line away
        QTimer.singleShot(_AFTER_START, self, window.back_up_if_due)
        QTimer.singleShot(_AFTER_START, self, self._check)

    def _noticed(self, sentence: str) -> None:
        self._window.notices.add(sentence)
        if self._window.editor is not None:
            self._window.status(sentence)

    def _recovered(self) -> list[str]:
        store = self._window.store
        with suppress(UserError, ValueError):
            if store is None or not (mark := store.recall(_OPEN_DRAFT)):
                return []
            self._window.remember(_OPEN_DRAFT, "")
            line = next((line for line in store.list() if line.id == int(mark)), None)
            if line is not None:
                name = f"{line.year or ''} {line.unit_name or '（未写单位）'}".strip()
                return [f"上次没有正常关闭，已恢复到 {_clock(line.modified)} 的内容：{name}。"]
        return []

    def _offer_package(self) -> None:
        """What the store did not take when a draft was left."""
        from ui.shell.leaving import packages

        for package in packages(self._window.home)[:1]:
            message = f"上次离开时有修改没能存进数据文件，整份草稿放在数据包「{package.name}」里。"
            self._window.start_page.offer(message, "取回", partial(self._take_package, package), key=False)

    def _take_package(self, package: Path) -> None:
        from ui.shell.leaving import mark_as_taken

        def take(imported: Imported) -> None:
            before = self._window.session
            self._window.take_imported(imported)
            if self._window.session is not before:  # else the user stayed in a draft that could not be left
                mark_as_taken(package)

        self._window.reader.read(package, take)

    def _poor_place(self) -> list[str]:
        from ui.app.folder_kinds import warning

        message = warning(self._window.home)
        return [f"数据文件夹 {self._window.home} {message}"] if message else []

    def _check(self) -> None:
        """Has every draft compared with its checksum."""
        store = self._window.store
        if store is None:
            return
        try:
            with store.without_waiting():
                lines = store.list()
        except UserError:
            QTimer.singleShot(_WHEN_HELD, self, self._check)
        else:
            self._window.damage.check(lines)

    # an open draft

    def draft_opened(self, session: Session) -> None:
        from models.store.revisions import Revisions
        from ui.shell.version_keeper import VersionKeeper

        self._window.notices.drop("crash")  # how the last time ended has been read
        store = self._window.store
        if store is None or not session.draft_id or store.read_only:
            return
        self._window.remember(_OPEN_DRAFT, str(session.draft_id))
        self.keeper = VersionKeeper(session, Revisions(store), self)
        self.keeper.failed.connect(self._window.status)

    def draft_left(self) -> None:
        if self.keeper is not None:
            self.keeper.stop()
            self.keeper.deleteLater()
            self.keeper = None
            self._window.remember(_OPEN_DRAFT, "")

    def ask_altered(self, error: UserError) -> bool:
        """Whether to open a draft that is not on the disk as it was saved."""
        from ui.widgets import questions

        answer = questions.ask_about_altered(self._window, str(error))
        if answer == questions.BACKUPS:
            self._window.run_action("backup.restore")
        return answer == questions.ANYWAY

    def save_elsewhere(self) -> bool:
        """The whole draft as a package in another place, for when the store cannot be written."""
        from exporters.atomic import safe_file_name
        from exporters.export_files import write_file
        from ui.widgets.file_dialogs import choose_export, documents_folder

        editor = self._window.editor
        if editor is None:
            return False
        editor.commit_pending()
        draft = editor.session.draft
        name = safe_file_name(f"{draft.document.year or ''}{draft.document.unit.name}绩效文本")
        chosen = choose_export(self._window, documents_folder() / f"{name}.jxmb")
        if chosen is None:
            return False
        try:
            write_file(draft, chosen)
        except UserError as error:
            self._window.status(str(error))
            return False
        self._window.status(f"已另存为数据包：{chosen}。以后用「打开数据包」打开它。")
        return True


def _no_chinese_font() -> list[str]:
    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return []
    from exporters.pdf import NO_CHINESE_FONT, can_show_chinese

    return [] if can_show_chinese() else [NO_CHINESE_FONT]


def _clock(utc: str) -> str:
    """The time of day, with the date where that is not today's."""
    there = datetime.fromisoformat(utc).astimezone()
    today = datetime.now().astimezone().date()
    return there.strftime("%H:%M:%S" if there.date() == today else "%Y-%m-%d %H:%M:%S")
