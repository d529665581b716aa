"""The page of 绩效运行监控 and 绩效自评, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import UserError
from models.printable import printable
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from pathlib import Path

    from models.document.tree import Report, ReportKind

STEP = 7
"""The number of the page in the editor."""


class ReportsController(Controller):
    """Leads to the page, and writes the report that is shown there."""

    def monitoring(self) -> None:
        """The latest 监控; a new one where there is none."""
        self._show("监控")

    def self_evaluation(self) -> None:
        """The latest 自评; a new one where there is none."""
        self._show("自评")

    def _show(self, kind: ReportKind) -> None:
        from models.reports.report_cells import with_new_report
        from models.reports.results import new_report, report_of

        session = self._workbench.session
        if session is None:
            return
        self._workbench.commit_pending()
        report = report_of(session.draft, kind)
        if report is None:
            report = new_report(session.document, kind)
            session.change(f"新建{kind}", with_new_report(session.draft, report))
        self._workbench.go_to(f"reports[{report.id}]", STEP)

    def word(self) -> None:
        self._export(".docx")

    def excel(self) -> None:
        self._export(".xlsx")

    def pdf(self) -> None:
        self._export(".pdf")

    def _report(self) -> Report | None:
        """The report the cursor is in, else the latest."""
        session = self._workbench.session
        if session is None or not session.draft.reports:
            return None
        path = self._workbench.path
        here = (one for one in session.draft.reports if path.startswith(f"reports[{one.id}]"))
        return next(here, session.draft.reports[-1])

    def _export(self, suffix: str) -> None:
        """Asks for a file and writes the report of all projects."""
        from exporters.atomic import safe_file_name
        from models.reports.report_form import USUAL, load_form
        from ui.widgets.file_dialogs import choose_export, documents_folder

        session, report = self._workbench.session, self._report()
        if session is None or report is None:
            self._workbench.status("还没有监控或自评，请先在「工具」菜单里开始。")
            return
        self._workbench.commit_pending()
        form, document = load_form(USUAL[report.kind]), session.document
        year = f"{document.year}年" if document.year is not None else ""
        folder = self._workbench.recall_folder("export.folder") or documents_folder()
        suggested = folder / f"{safe_file_name(f'{year}{document.unit.name}{form.name}')}{suffix}"
        path = choose_export(self._workbench.widget, suggested, f"导出{form.name}", "reports#export")
        if path is not None:
            self._workbench.remember("export.folder", str(path.parent))
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Writes the report that is shown to that file, as its suffix says, and reports how it went."""
        from exporters.atomic import write_atomically
        from exporters.reports.report_files import report_bytes
        from models.reports.report_form import USUAL, load_form

        session, report = self._workbench.session, self._report()
        if session is None or report is None:
            return
        self._workbench.commit_pending()
        report = next(one for one in session.draft.reports if one.id == report.id)
        form = load_form(USUAL[report.kind])
        try:
            write_atomically(path, report_bytes(session.draft, report, form, path.suffix.lower()))
        except UserError as error:
            self._workbench.status(str(error))
            return
        errors = self._workbench.count_errors()
        rest = f"；检查还有 {errors} 处错误" if errors else ""
        self._workbench.status(f"已导出 {printable(path.name)}{rest}。")
