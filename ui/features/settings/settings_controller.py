"""工具 → 设置…: asks for the settings, keeps them, and has the open window follow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from models.preferences import remember, write_look
from ui.shell.workbench import Controller
from ui.widgets.theme import apply_look

if TYPE_CHECKING:
    from models.preferences import Preferences


class SettingsController(Controller):
    """Speaks for the window with the settings."""

    def ask(self) -> None:
        """Shows the dialog; what it changes is seen at once and kept when it is accepted."""
        from models.document.template import load_template
        from models.store.backup import backups_of, usual_backup_folder
        from ui.features.settings.settings_dialog import SettingsDialog

        workbench, app = self._workbench, QApplication.instance()
        if not isinstance(app, QApplication):
            return
        present, folder = workbench.settings, backups_of(workbench.home).folder
        usual = usual_backup_folder(workbench.home)
        dialog = SettingsDialog(present, load_template(), folder, usual, partial(apply_look, app), workbench.widget)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.keep(present, dialog.preferences)
            if dialog.backup_folder != folder:
                workbench.use_backup_folder(dialog.backup_folder)
        dialog.deleteLater()

    def keep(self, before: Preferences, after: Preferences) -> None:
        """For this start and all that come."""
        workbench = self._workbench
        try:
            write_look(workbench.home, after)
        except OSError:
            workbench.status("外观设置这次有效，但没有记住：数据文件夹不能写入。")
        remember(after, workbench.remember)
        if (before.font, before.size) != (after.font, after.size):
            workbench.rebuild_pages()
