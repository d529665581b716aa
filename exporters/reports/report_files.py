"""Writes a report as a file: Word, PDF, Excel or plain text, all projects or one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from exporters.atomic import write_atomically
from exporters.placed_pages import Page
from exporters.progress import Progress
from exporters.reports.build_report import build_report, landscape
from models.bulk import making_many
from models.document.blocks import Block, PageBreak
from models.document.template import load_template
from models.document.tree import Draft, Report
from models.errors import UserError
from models.reports.report_form import ReportForm, load_form, shown
from models.reports.results import new_report, report_of

SUFFIXES = (".docx", ".xlsx", ".pdf", ".txt")
"""What `write_report` makes."""


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
    if path.suffix.lower() not in SUFFIXES:
        known = "、".join(SUFFIXES)
        raise UserError(f"「{form.name}」不能导出为「{path.name}」这种类型，可以导出的有：{known}。")
    if not path.parent.is_dir():
        raise UserError(f"目标文件夹「{path.parent}」不存在，请先建立该文件夹，或换一个位置。")
    data = report_bytes(draft, report_for(draft, form), form, path.suffix.lower(), project_id, progress)
    if progress is not None:
        progress(1, 1)  # the last moment to stop
    write_atomically(path, data)


def report_bytes(
    draft: Draft, report: Report, form: ReportForm, suffix: str, project_id: str = "", progress: Progress | None = None
) -> bytes:
    """What a file of that kind (one of SUFFIXES) holds."""
    with making_many():
        return _bytes(draft, report, form, suffix, project_id, progress)  # the blocks are gone when the pause ends


def _bytes(
    draft: Draft, report: Report, form: ReportForm, suffix: str, project_id: str, progress: Progress | None
) -> bytes:
    blocks = build_report(draft, report, form, project_id, with_overview=suffix in (".docx", ".pdf"))
    if suffix == ".xlsx":
        return _excel(draft, report, form, blocks, project_id)
    if suffix == ".txt":
        from exporters.opc import xml_bytes
        from exporters.text_writer import write_text

        return xml_bytes(write_text(blocks))
    return _word(draft, form, blocks) if suffix == ".docx" else _pdf(draft, form, blocks, progress)


def report_pages(draft: Draft, report: Report, form: ReportForm, project_id: str = "") -> tuple[Page, ...]:
    """The pages of a report, as PDF, printer and preview show them."""
    from exporters.paginate import paginate

    blocks = build_report(draft, report, form, project_id, with_overview=True)
    return paginate(blocks, landscape(load_template(draft.document.template)))


def _word(draft: Draft, form: ReportForm, blocks: tuple[Block, ...]) -> bytes:
    from exporters.made import made_now
    from exporters.word import Properties, write_word
    from exporters.word_base import BASE_FILE, base_file

    base = form.folder / BASE_FILE if form.folder is not None else Path()
    base = base if base.is_file() else base_file(draft.document.template)
    template = landscape(load_template(draft.document.template))
    properties = Properties(_title(draft, form), author=draft.document.unit.name, subject=form.name, made=made_now())
    return write_word(blocks, template, font_scheme=draft.settings.font_scheme, properties=properties, base=base)


def _pdf(draft: Draft, form: ReportForm, blocks: tuple[Block, ...], progress: Progress | None) -> bytes:
    from exporters.made import made_now
    from exporters.paginate import paginate
    from exporters.pdf import write_pdf
    from exporters.pdf_archive import Properties

    template = landscape(load_template(draft.document.template))
    properties = Properties(_title(draft, form), draft.document.unit.name, form.name, made_now())
    scheme = draft.settings.font_scheme
    return write_pdf(paginate(blocks, template), template, font_scheme=scheme, properties=properties, progress=progress)


def _title(draft: Draft, form: ReportForm) -> str:
    year = f"{draft.document.year}年" if draft.document.year is not None else ""
    return f"{year}{form.name}"


def _excel(draft: Draft, report: Report, form: ReportForm, blocks: Sequence[Block], project_id: str) -> bytes:
    from exporters.excel import write_sheets
    from exporters.reports.report_overview import overview_sheet
    from exporters.sheets import page_sheets

    template = landscape(load_template(draft.document.template))
    names = [project.name for project, _result in shown(draft, report) if project_id in ("", project.id)]
    sheets = list(page_sheets(zip(names, _pages(blocks), strict=True), form.table.columns, template.page))
    if len(sheets) != 1:
        sheets.insert(0, overview_sheet(draft, report))
    return write_sheets(sheets, template, title=_title(draft, form), font_scheme="windows")


def _pages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            yield page
            page = []
        else:
            page.append(block)
    if page:
        yield page
