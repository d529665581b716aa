"""工具 → 设置…: asks for the settings, keeps them, and has the open window follow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from ui.desk import Desk

if TYPE_CHECKING:
    from models.preferences import Preferences
    from ui.main_window import MainWindow
    from ui.menus import Menus


def current(window: MainWindow) -> Preferences:
    """What the user chose; the usual settings where the store cannot be read."""
    from models.preferences import read_look, recall

    return recall(read_look(window.home), lambda key: window.recall(key) or "")


class SettingsDesk(Desk):
    """Speaks for the window with the settings."""

    def add_actions(self, menus: Menus) -> None:
        menus.add(menus.tools, "设置…", self.ask, "Ctrl+,")

    def ask(self) -> None:
        """Shows the dialog; what it changes is seen at once and kept when it is accepted."""
        from models.template import load_template
        from ui.dialogs.settings import SettingsDialog
        from ui.look import put_on

        window, app = self._window, QApplication.instance()
        if not isinstance(app, QApplication):
            return
        safety, present = window.safety, current(window)
        folder, usual = safety.backups().folder, safety.usual_backup_folder
        dialog = SettingsDialog(present, load_template(), folder, usual, partial(put_on, app), window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.keep(present, dialog.preferences)
            if dialog.backup_folder != folder:
                safety.use_backup_folder(dialog.backup_folder)
        dialog.deleteLater()

    def keep(self, before: Preferences, after: Preferences) -> None:
        """For this start and all that come."""
        from models.preferences import remember, write_look

        window = self._window
        try:
            write_look(window.home, after)
        except OSError:
            window.tell("外观设置这次有效，但没有记住：数据文件夹不能写入。")
        remember(after, window.remember)
        if (before.font, before.size) != (after.font, after.size) and window.editor is not None:
            window.editor.lay_out_anew()
