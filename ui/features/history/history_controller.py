"""历史版本: versions with a name, a look at all of them, and the way back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from models.errors import UserError
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from models.document.tree import Draft


class HistoryController(Controller):
    """Each way back is one undo step, after the present text was kept."""

    def save(self) -> None:
        """The draft is saved all the time; who asks for it sees that it is, and goes on where he was: an open cell stays open."""
        workbench, versions = self._workbench, self._workbench.versions
        if versions is None or not workbench.confirm_saved():
            return  # why not is said above the steps
        versions.keep("saved")
        workbench.status("已保存。")

    def keep(self) -> None:
        """The draft is saved all the time; this keeps it under a name."""
        from ui.features.history.name_version_dialog import NameVersionDialog

        workbench, versions = self._workbench, self._workbench.versions
        if versions is None:
            return
        workbench.save_now()
        dialog = NameVersionDialog(workbench.widget)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            name = dialog.answer()
            new = versions.keep("named", name=name)
            self._workbench.status(f"已留下版本「{name}」。" if new else f"内容没有变化，上一个版本已记作「{name}」。")

    def show(self) -> None:
        """The versions, and back to one of them: one undo step, after the present one was kept."""
        from models.store.revisions import Revisions
        from ui.features.history.history_dialog import HistoryDialog

        workbench = self._workbench
        session, store = workbench.session, workbench.store
        if session is None or store is None or workbench.versions is None:
            return
        workbench.save_now()
        try:
            dialog = HistoryDialog(session.draft, Revisions(store), session.draft_id, workbench.widget)
        except UserError as error:
            self._workbench.status(str(error))
            return
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.chosen is None:
            return
        self._go_back(dialog.chosen, "restore", f"恢复版本 {dialog.chosen_name}")

    def discard(self) -> None:
        """放弃本次修改: back to the state at opening."""
        versions = self._workbench.versions
        if versions is not None:
            self._workbench.save_now()
            self._go_back(versions.opened, "discard", "放弃本次修改")

    def _go_back(self, draft: Draft, reason: str, label: str) -> None:
        session, versions = self._workbench.session, self._workbench.versions
        if session is None or versions is None:
            return
        if session.is_locked:
            if session.when_refused is not None:
                session.when_refused()
            return
        versions.keep(reason)
        if session.change(label, draft):
            self._workbench.save_now()
            self._workbench.status(f"已{label}。原来的内容留在历史版本里，也可以用 Ctrl+Z 撤销。")
        else:
            self._workbench.status("内容没有不同，什么都没有改。")
