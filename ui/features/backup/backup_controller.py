"""恢复备份: the day's backup by itself, and the ways back from one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from models.errors import UserError
from models.store.data_folder import STORE_NAME
from ui.app.faults import explained
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from pathlib import Path

    from models.store.backup import Backup, Backups
    from ui.shell.workbench import Workbench

_WHEN_HELD = 3000
"""Milliseconds after which what another program kept from being done is tried again."""


class BackupController(Controller):
    """Backups are made in a worker; the window says only what went wrong."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.is_busy = False
        """Whether a backup is being made."""
        self._daily = QTimer(self, interval=60 * 60 * 1000)
        self._daily.timeout.connect(self.back_up_if_due)
        self._daily.start()

    @property
    def _store_path(self) -> Path:
        return self._workbench.home / STORE_NAME

    def back_up_if_due(self) -> None:
        """The day's backup, in a worker."""
        from models.store.backup import Backups, back_up, backups_of, usual_backup_folder
        from ui.app import background

        store, backups = self._workbench.store, backups_of(self._workbench.home)
        if store is None or store.read_only or self.is_busy or not backups.is_due():
            return
        try:
            with store.without_waiting():
                if not store.list():
                    return
        except UserError:
            QTimer.singleShot(_WHEN_HELD, self, self.back_up_if_due)
            return
        self.is_busy = True
        usual = Backups(usual_backup_folder(self._workbench.home))
        work = partial(back_up, backups, usual, self._store_path)
        background.run(self, work, self._backed_up, self._not_backed_up)

    def _backed_up(self, said: str) -> None:
        self.is_busy = False
        if said:
            self._say(said)

    def _not_backed_up(self, error: Exception) -> None:
        self.is_busy = False
        if getattr(error, "fault", "") == "locked":
            QTimer.singleShot(_WHEN_HELD, self, self.back_up_if_due)
        elif isinstance(error, UserError):
            self._say(str(error))
        else:
            self._workbench.log_fault(error)

    def _say(self, sentence: str) -> None:
        """On the start page, until another backup is tried, and in the editor as well where that is shown."""
        self._workbench.show_notice(sentence, "backup")
        if self._workbench.session is not None:
            self._workbench.status(sentence)

    def choose(self) -> None:
        """Shows the backups and brings back what was chosen."""
        from models.store.backup import backups_of
        from ui.features.backup.backups_dialog import BackupsDialog

        workbench, backups = self._workbench, backups_of(self._workbench.home)
        dialog = BackupsDialog(backups, self._store_path, workbench.store is not None, workbench.widget)
        done = dialog.exec()
        if dialog.backups.folder != backups.folder:
            workbench.use_backup_folder(dialog.backups.folder)
        if done != QDialog.DialogCode.Accepted:
            return
        if dialog.draft is not None:
            workbench.take_draft(dialog.draft)
        elif dialog.whole is not None and workbench.leave_draft():
            self._restore(dialog.whole, dialog.backups)

    def _restore(self, backup: Backup, backups: Backups) -> None:
        from models.store.backup import restore

        workbench = self._workbench
        workbench.close_store()
        message = f"已恢复 {backup.made:%Y-%m-%d %H:%M} 的备份；恢复前的内容也已备份。"
        try:
            aside = restore(backup, self._store_path, backups)
        except Exception as error:  # of a damaged store it may be anything
            bug = "没有恢复备份：程序内部出错，数据文件没有改动。详情已记入日志。"
            message = explained(error, bug, workbench.log_fault)
        else:
            if aside is not None:
                message = f"已恢复 {backup.made:%Y-%m-%d %H:%M} 的备份；原来的文件留作 {aside.name}。"
        workbench.open_store()
        workbench.status(message)
        if workbench.store is None:
            workbench.explain_fault(message)
