"""文件 → 移动数据文件夹…: asks where to, and restarts the program over the folder there."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from models.store.data_folder import LOCAL
from ui.shell.workbench import Controller


class DataFolderController(Controller):
    """Speaks for the window while the data folder is moved."""

    def ask(self) -> None:
        """Shows the dialog; after a move the window closes, and another one opens over the new folder."""
        from ui.features.data_folder.data_folder_dialog import DataFolderDialog

        workbench = self._workbench
        start = workbench.start_folder
        if workbench.store is None:
            workbench.status("草稿没有能打开，现在不能移动数据文件夹。")
            return
        if workbench.home == start / LOCAL:
            workbench.status("现在用的是本机的空白数据文件夹，不能移动；等原来的文件夹回来以后再移动。")
            return
        dialog = DataFolderDialog(workbench.home, start, self._close_drafts, workbench.widget)
        dialog.faulted.connect(workbench.log_fault)
        dialog.failed.connect(workbench.open_store)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            workbench.restart()
        dialog.deleteLater()

    def _close_drafts(self) -> bool:
        """Saves and closes all drafts; False: something could not be saved, and all is as it was."""
        if not self._workbench.leave_draft():
            return False
        self._workbench.close_store()
        return True
