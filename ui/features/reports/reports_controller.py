"""The page of 绩效运行监控 and 绩效自评, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import UserError
from models.printable import printable
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.document.tree import Draft, Report, ReportKind
    from models.reports.report_form import ReportForm

STEP = 7
"""The number of the page in the editor."""
_NONE = "还没有监控或自评，请先在「工具」菜单里开始。"


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

        session = self._session
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
        reports, path = self._session.draft.reports, self._workbench.path
        here = (one for one in reports if path.startswith(f"reports[{one.id}]"))
        return next(here, reports[-1] if reports else None)

    def _form(self, report: Report) -> ReportForm | None:
        """The form it is printed in; None, with a word why, where its file is gone or broken."""
        from models.forms.form_definition import user_forms
        from models.reports.report_form import form_of

        try:
            return form_of(report, user_forms(self._workbench.home))
        except UserError as error:
            self._workbench.status(f"{error}可以在「表样」里另选一个。")
            return None

    def _export(self, suffix: str) -> None:
        """Asks for a file and writes the report of all projects."""
        if self._may_go_out() and (path := self._ask(suffix)) is not None:
            self.export_to(path)

    def fill_in(self) -> None:
        """Asks for a file and writes the workbook that colleagues fill in."""
        if (path := self._ask(".xlsx", "填报模板")) is not None:
            self.fill_in_to(path)

    def bureau(self) -> None:
        """Asks for a file and writes the columns the bureau's system imports."""
        if self._may_go_out() and (path := self._ask(".xlsx", "（系统录入）")) is not None:
            self.bureau_to(path)

    def _may_go_out(self) -> bool:
        """Takes the grey proposals, which are not printed, or leaves them, as the user says; False where nothing shall go out."""
        from models.reports import report_cells
        from ui.widgets import questions

        session, report = self._session, self._report()
        if report is None or report.state == "定稿":
            return True
        self._workbench.commit_pending()
        counts = report_cells.untaken(session.draft, report)
        if not counts:
            return True
        answer = questions.ask_about_proposals(self._workbench.widget, counts)
        if answer == questions.TAKE:
            session.change(report_cells.TAKE_ALL, report_cells.with_proposals(session.draft, report)[0])
        return answer != questions.STAY

    def _ask(self, suffix: str, what: str = "") -> Path | None:
        """The file the user chose; None where there is no report, or no file was chosen."""
        from exporters.atomic import safe_file_name

        report = self._report()
        if report is None:
            self._workbench.status(_NONE)
            return None
        self._workbench.commit_pending()
        if (form := self._form(report)) is None:
            return None
        document = self._session.document
        year = f"{document.year}年" if document.year is not None else ""
        name = f"{safe_file_name(f'{year}{document.unit.name}{form.name}{what}')}{suffix}"
        return self._choose_export(name, f"导出{form.name}{what}", "reports#export")

    def _write(self, write: Callable[[Draft, Report, ReportForm], str]) -> None:
        """Writes what is shown, and says what `write` says, or why it could not be written."""
        shown = self._shown()
        form = self._form(shown[1]) if shown is not None else None
        if shown is None or form is None:
            return
        try:
            done = write(*shown, form)
        except UserError as error:
            done = str(error)
        self._workbench.status(done)

    def fill_in_to(self, path: Path) -> None:
        """Writes the workbook that colleagues fill in."""
        from exporters.reports.result_fill_in import write_result_fill_in

        def write(draft: Draft, report: Report, form: ReportForm) -> str:
            sheets = write_result_fill_in(draft, report, form, path)
            return f"已导出 {printable(path.name)}（{sheets} 张项目表）。同事填好后，用「文件 → 导入文件」读回。"

        self._write(write)

    def bureau_to(self, path: Path) -> None:
        """Writes the columns the bureau's system imports, .xlsx or .csv."""
        from exporters.bureau_workbook import write_bureau_results

        def write(draft: Draft, report: Report, _form: ReportForm) -> str:
            rows = write_bureau_results(draft, report, path)
            return f"已按录入系统的列导出 {rows} 行到 {printable(path.name)}。"

        self._write(write)

    def print_pages(self) -> None:
        """Prints the report of all projects after the system's dialog."""
        from exporters.reports.report_files import report_pages
        from models.document.template import load_template
        from ui.widgets import printing

        if not self._may_go_out() or (shown := self._shown()) is None:
            return
        draft, report = shown
        if (form := self._form(report)) is None:
            return
        pages = report_pages(draft, report, form)
        if not pages:
            self._workbench.status("草稿里还没有项目，没有可以打印的。")
            return
        printer = printing.choose_printer(self._workbench.widget, form.name, len(pages), landscape=True)
        if printer is None:
            self._workbench.status("没有打印：已取消。")
            return
        scheme = load_template(draft.document.template).font_scheme(draft.settings.font_scheme)
        job = printing.PrintJob(printing.chosen_pages(pages, printer), printer, scheme, self)
        job.ended.connect(lambda why: self._workbench.status(f"没有打印：{why}。" if why else job.sent))
        job.start()

    def _shown(self) -> tuple[Draft, Report] | None:
        """The draft with everything typed, and the report that is shown."""
        self._workbench.commit_pending()
        report = self._report()
        if report is None:
            self._workbench.status(_NONE)
            return None
        return self._session.draft, report

    def export_to(self, path: Path) -> None:
        """Writes the report that is shown to that file, as its suffix says, and reports how it went."""
        from exporters.atomic import write_atomically
        from exporters.reports.report_files import report_bytes

        def write(draft: Draft, report: Report, form: ReportForm) -> str:
            write_atomically(path, report_bytes(draft, report, form, path.suffix.lower()))
            errors = self._workbench.count_errors(report.id)
            rest = f"；检查还有 {errors} 处错误" if errors else ""
            return f"已导出 {printable(path.name)}{rest}。"

        self._write(write)
