"""填报模板: the open draft's projects as a workbook for colleagues; 导入文件 reads it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.app.faults import explained
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from pathlib import Path

    from models.forms.form_definition import ProjectForm


class FillInController(Controller):
    """Reads the draft, never alters it."""

    def export(self) -> None:
        """Asks for a file and writes the workbook."""
        document = self._session.document
        year = f"{document.year}年" if document.year is not None else ""
        path = self._choose_export(f"{year}{document.unit.name}项目填报模板.xlsx", "导出填报模板")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Writes the workbook in a worker."""
        from exporters.fill_in_writer import write_fill_in
        from ui.app import background

        self._workbench.commit_pending()
        self._workbench.status(f"正在写 {path.name} …")
        background.run(
            self,
            partial(write_fill_in, self._session.draft, path, self._form()),
            partial(self._written, path.name),
            self._not_written,
        )

    def _form(self) -> ProjectForm | None:
        """The form that was chosen last for exports: its own columns are filled in, too."""
        from ui.widgets.form_choice import last_form

        return last_form(self._workbench.store)

    def _written(self, name: str, sheets: int) -> None:
        self._workbench.status(f"已导出填报模板 {name}（{sheets} 张项目表）。同事填好后，用「文件 → 导入文件」读回。")

    def _not_written(self, error: Exception) -> None:
        bug = "没有导出：程序内部出错，详情已记入日志。"
        self._workbench.status(explained(error, bug, self._workbench.log_fault))
