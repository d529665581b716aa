"""Writes a report as a file: Word, PDF, Excel or plain text, all projects or one."""

from pathlib import Path
from typing import TYPE_CHECKING

from exporters.made import Properties, made_now, titled
from exporters.placed_pages import Page
from exporters.progress import Progress
from exporters.reports.build_report import build_report, landscape
from exporters.table_files import TablePages, tables_bytes, write_tables
from models.bulk import making_many
from models.document.template import load_template
from models.document.tree import Draft, Report
from models.reports.report_form import ReportForm, load_form, shown
from models.reports.results import new_report, report_of

if TYPE_CHECKING:
    from exporters.sheets import Sheet


def report_for(draft: Draft, form: ReportForm) -> Report:
    """The draft's latest report of the form's kind; an empty one, to be filled in, where it has none."""
    return report_of(draft, form.kind) or new_report(draft.document, form.kind)


def write_report(
    draft: Draft,
    form_id: str,
    path: Path,
    project_id: str = "",
    progress: Progress | None = None,
    own_forms: Path | None = None,
) -> None:
    """Writes the report; an existing file is replaced only by a whole new one. `project_id`: of one project alone; `own_forms`:
    the folder of the user's own forms.

    UserError, naming the file, for a kind that is not made or where it cannot be written, and for an unknown form.
    """
    form = load_form(form_id, own_forms)
    report = report_for(draft, form)
    write_tables(
        path, form.name, lambda suffix: report_bytes(draft, report, form, suffix, project_id, progress), progress
    )


@making_many()
def report_bytes(
    draft: Draft, report: Report, form: ReportForm, suffix: str, project_id: str = "", progress: Progress | None = None
) -> bytes:
    """What a file of that kind (one of `exporters.table_files.SUFFIXES`) holds."""
    return tables_bytes(_tables(draft, report, form, suffix, project_id), suffix, progress)


def _tables(draft: Draft, report: Report, form: ReportForm, suffix: str, project_id: str) -> TablePages:
    return TablePages(
        build_report(draft, report, form, project_id, with_overview=suffix in (".docx", ".pdf")),
        landscape(load_template(draft.document.template)),
        draft.settings.font_scheme,
        Properties(titled(draft.document.year, form.name), draft.document.unit.name, form.name, made=made_now()),
        form.table.columns,
        [project.name for project, _result in shown(draft, report) if project_id in ("", project.id)],
        base=lambda: _base(draft, form),
        overview=lambda: _overview(draft, report),
    )


def _base(draft: Draft, form: ReportForm) -> Path:
    from exporters.word_base import BASE_FILE, base_file

    base = form.folder / BASE_FILE if form.folder is not None else Path()
    return base if base.is_file() else base_file(draft.document.template)


def _overview(draft: Draft, report: Report) -> "Sheet":
    from exporters.reports.report_overview import overview_sheet

    return overview_sheet(draft, report)


def report_pages(draft: Draft, report: Report, form: ReportForm, project_id: str = "") -> tuple[Page, ...]:
    """The pages of a report, as PDF, printer and preview show them."""
    from exporters.paginate import paginate

    blocks = build_report(draft, report, form, project_id, with_overview=True)
    return paginate(blocks, landscape(load_template(draft.document.template)))
