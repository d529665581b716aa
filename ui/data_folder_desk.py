"""文件 → 移动数据文件夹…: asks where to, and has the program start anew over the folder there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from ui import faults
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.menus import Menus


class DataFolderDesk(Desk):
    """Speaks for the window while the data folder is moved."""

    def add_actions(self, menus: Menus) -> None:
        menus.add(menus.file, "移动数据文件夹…", self.ask)

    def ask(self) -> None:
        """Shows the dialog; after a move the window closes, and another one opens over the new folder."""
        from models.data_folder import LOCAL
        from ui.app import AGAIN, DOOR
        from ui.dialogs.data_folder import DataFolderDialog

        window, app = self._window, QApplication.instance()
        door = Path(window.property(DOOR) or window.home)
        if window.store is None or app is None:
            window.tell("草稿没有能打开，现在不能移动数据文件夹。")
            return
        if window.home == door / LOCAL:
            window.tell("现在用的是本机的空白数据文件夹，不能移动；等原来的文件夹回来以后再移动。")
            return
        dialog = DataFolderDialog(window.home, door, self._let_go, window)
        dialog.faulted.connect(lambda error: faults.log_fault(window.home, error))
        dialog.failed.connect(window.open_store)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            app.setProperty(AGAIN, True)
            window.close()
        dialog.deleteLater()

    def _let_go(self) -> bool:
        """Saves and closes all drafts; False: something could not be saved, and all is as it was."""
        window = self._window
        if not window.leave_editor():
            return False
        window.close_store()
        return True
