"""What the window does so that nothing is lost: versions, backups, the notice after a crash, and ways out of a fault."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog

from models.errors import UserError
from ui import faults

# Loaded when first needed: the first paint does not wait for it.
if TYPE_CHECKING:
    from importers.files import Imported
    from models.document import Draft
    from models.session import Session
    from models.store.backup import Backup, Backups
    from ui.main_window import MainWindow
    from ui.shell.version_keeper import VersionKeeper

_CRASHED = "上次没有正常关闭"
_OPEN_DRAFT = "session.open"
_NO_BACKUP = "没有备份"
"""How what is said of a backup that failed begins."""
_AFTER_START = 4000
"""Milliseconds after the drafts are shown until the day's backup is made."""
_WHEN_HELD = 3000
"""Milliseconds after which what another program kept from being done is tried again."""


class Safety(QObject):
    """The window's helper; speaks for it with versions and backups."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.keeper: VersionKeeper | None = None
        self._backing_up = False
        self._lasting: list[str] = []
        """What the start page says as long as the program runs."""
        self._daily = QTimer(self, interval=60 * 60 * 1000)
        self._daily.timeout.connect(self.back_up_if_due)
        window.fault_page.backups.connect(self.choose_backup)

    # what happened before

    def store_opened(self) -> None:
        """Tells how the last time ended, and begins to look after the store."""
        notices = [*_no_chinese_font(), *self._recovered(), *self._network()]
        store = self._window.store
        if store is not None:
            store.keep_replaced = lambda before: self.backups().keep_replaced(before)
        if store is not None and store.read_only:
            notices.append("数据文件是只读的：可以查看和导出，修改不能保存。")
        if store is not None and store.notice:
            notices.append(store.notice)
        self._lasting = [notice for notice in notices if not notice.startswith(_CRASHED)]
        self._window.start_page.notice("\n".join(notices))
        QTimer.singleShot(0, self, self._offer_package)  # showing the drafts takes such a line away
        QTimer.singleShot(_AFTER_START, self, self.back_up_if_due)
        self._daily.start()
        QTimer.singleShot(_AFTER_START, self, self._check)

    def _recovered(self) -> list[str]:
        store = self._window.store
        with suppress(UserError, ValueError):
            if store is None or not (mark := store.recall(_OPEN_DRAFT)):
                return []
            self._window.remember(_OPEN_DRAFT, "")
            line = next((line for line in store.list() if line.id == int(mark)), None)
            if line is not None:
                name = f"{line.year or ''} {line.unit_name or '（未写单位）'}".strip()
                return [f"{_CRASHED}，已恢复到 {_clock(line.modified)} 的内容：{name}。"]
        return []

    def _offer_package(self) -> None:
        """What the store did not take when a draft was left."""
        from ui.leaving import packages

        for package in packages(self._window.home)[:1]:
            told = f"上次离开时有修改没能存进数据文件，整份草稿放在数据包「{package.name}」里。"
            self._window.start_page.offer(told, "取回", partial(self._take_package, package), key=False)

    def _take_package(self, package: Path) -> None:
        from ui.leaving import mark_as_taken

        def take(imported: Imported) -> None:
            self._window.take_imported(imported)
            if self._window.editor is not None:
                mark_as_taken(package)

        self._window.reader.read(package, take)

    def _network(self) -> list[str]:
        from ui.instance import is_network_folder

        if is_network_folder(self._window.home):
            return [
                f"数据文件夹 {self._window.home} 在网络盘上：连接中断可能损坏数据，请尽量放在本机，并设好备份文件夹。"
            ]
        return []

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

        self._window.start_page.notice("\n".join(self._lasting))  # how the last time ended has been read
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

    def name_version(self) -> None:
        """Ctrl+S: the draft is saved all the time; this keeps it under a name."""
        from ui.dialogs.name_version import NameVersionDialog

        editor = self._window.editor
        if editor is None or self.keeper is None:
            return
        editor.save_now()
        dialog = NameVersionDialog(self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            name = dialog.answer()
            new = self.keeper.keep("named", name=name)
            self._window.status(f"已留下版本「{name}」。" if new else f"内容没有变化，上一个版本已记作「{name}」。")

    def show_history(self) -> None:
        """The versions, and back to one of them: one undo step, after the present one was kept."""
        from models.store.revisions import Revisions
        from ui.dialogs.history import HistoryDialog

        editor, store = self._window.editor, self._window.store
        if editor is None or store is None or self.keeper is None:
            return
        editor.save_now()
        session = editor.session
        try:
            dialog = HistoryDialog(session.draft, Revisions(store), session.draft_id, self._window)
        except UserError as error:
            self._window.status(str(error))
            return
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.chosen is None:
            return
        self._go_back(dialog.chosen, "restore", f"恢复版本 {dialog.chosen_name}")

    def discard(self) -> None:
        """放弃本次修改: back to the state at opening."""
        editor = self._window.editor
        if editor is not None and self.keeper is not None:
            editor.save_now()
            self._go_back(self.keeper.opened, "discard", "放弃本次修改")

    def _go_back(self, draft: Draft, reason: str, label: str) -> None:
        editor, keeper = self._window.editor, self.keeper
        if editor is None or keeper is None:
            return
        if editor.session.is_locked:
            if editor.session.when_refused is not None:
                editor.session.when_refused()
            return
        keeper.keep(reason)
        if editor.session.change(label, draft):
            editor.saver.flush()
            self._window.status(f"已{label}。原来的内容留在历史版本里，也可以用 Ctrl+Z 撤销。")
        else:
            self._window.status("内容没有不同，什么都没有改。")

    def ask_altered(self, error: UserError) -> bool:
        """Whether to open a draft that is not on the disk as it was saved."""
        from ui.dialogs import questions

        answer = questions.ask_about_altered(self._window, str(error))
        if answer == questions.BACKUPS:
            self.choose_backup()
        return answer == questions.ANYWAY

    def save_elsewhere(self) -> bool:
        """The whole draft as a package in another place, for when the store cannot be written."""
        from exporters.atomic import safe_file_name
        from exporters.files import write_file
        from ui.dialogs.files import choose_export, documents_folder

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

    # backups

    def backups(self) -> Backups:
        """Those in the folder that was set, or in the one beside the drafts."""
        from models.store.backup import backups_of

        return backups_of(self._window.home)

    def use_backup_folder(self, folder: Path) -> None:
        """Backups go there from now on; those elsewhere stay where they are."""
        from models.store.backup import use_backup_folder

        try:
            use_backup_folder(self._window.home, folder)
        except OSError:
            self._window.status("备份文件夹没有记住：数据文件夹不能写入。")

    def back_up_if_due(self) -> None:
        """The day's backup, in a worker."""
        from ui import background

        store, backups = self._window.store, self.backups()
        if store is None or store.read_only or self._backing_up or not backups.is_due():
            return
        try:
            with store.without_waiting():
                if not store.list():
                    return
        except UserError:
            QTimer.singleShot(_WHEN_HELD, self, self.back_up_if_due)
            return
        self._backing_up = True
        from models.store.backup import Backups, back_up, usual_backup_folder

        usual = Backups(usual_backup_folder(self._window.home))
        work = partial(back_up, backups, usual, self._window.store_path)
        background.run(self, work, self._backed_up, self._not_backed_up)

    def _backed_up(self, said: str) -> None:
        self._backing_up = False
        if said:
            self._say(said)

    def _not_backed_up(self, error: Exception) -> None:
        self._backing_up = False
        if getattr(error, "fault", "") == "locked":
            QTimer.singleShot(_WHEN_HELD, self, self.back_up_if_due)
        elif isinstance(error, UserError):
            self._say(str(error))
        else:
            faults.log_fault(self._window.home, error)

    def _say(self, sentence: str) -> None:
        """On the start page, until another backup is tried, and in the editor as well where that is shown."""
        self._lasting = [notice for notice in self._lasting if not notice.startswith(_NO_BACKUP)] + [sentence]
        shown = self._window.start_page.noticed.split("\n")
        kept = [notice for notice in shown if notice and not notice.startswith(_NO_BACKUP)]
        self._window.start_page.notice("\n".join([*kept, sentence]))
        if self._window.editor is not None:
            self._window.status(sentence)

    def choose_backup(self) -> None:
        """Shows the backups and brings back what was chosen."""
        from ui.dialogs.backups import BackupsDialog

        window, backups = self._window, self.backups()
        dialog = BackupsDialog(backups, window.store_path, window.store is not None, window)
        done = dialog.exec()
        if dialog.backups.folder != backups.folder:
            self.use_backup_folder(dialog.backups.folder)
        if done != QDialog.DialogCode.Accepted:
            return
        if dialog.draft is not None:
            window.take_draft(dialog.draft)
        elif dialog.whole is not None and window.leave_draft():
            self._restore(dialog.whole, dialog.backups)

    def _restore(self, backup: Backup, backups: Backups) -> None:
        from models.store.backup import restore

        window = self._window
        window.close_store()
        told = f"已恢复 {backup.made:%Y-%m-%d %H:%M} 的备份；恢复前的内容也已备份。"
        try:
            aside = restore(backup, window.store_path, backups)
        except UserError as error:
            told = str(error)
        except Exception as error:  # of a damaged store it may be anything
            faults.log_fault(window.home, error)
            told = "没有恢复备份：程序内部出错，数据文件没有改动。详情已记入日志。"
        else:
            if aside is not None:
                told = f"已恢复 {backup.made:%Y-%m-%d %H:%M} 的备份；原来的文件留作 {aside.name}。"
        window.open_store()
        if window.store is None:
            window.fault_page.add(told)
        window.status(told)

    def keep_saying(self, notice: str) -> None:
        """On the start page, as long as the program runs."""
        self._lasting.append(notice)
        self._window.start_page.notice("\n".join(self._lasting))


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
