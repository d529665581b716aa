"""Writes a draft in a form of one table for each project: Word, PDF, Excel or plain text, all projects or one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from exporters.atomic import write_atomically
from exporters.build_form import build_form
from exporters.placed_pages import Page
from exporters.progress import Progress
from exporters.reports.build_report import landscape
from models.bulk import making_many
from models.document.blocks import Block, PageBreak
from models.document.template import Template, load_template
from models.document.tree import Draft
from models.errors import UserError
from models.forms.form_definition import ProjectForm
from models.forms.printed_fields import not_shown, unknown_tiers

SUFFIXES = (".docx", ".xlsx", ".pdf", ".txt")
"""What `write_form` makes."""


def write_form(
    draft: Draft, form: ProjectForm, path: Path, progress: Progress | None = None, own_forms: Path | None = None
) -> None:
    """Writes the draft's projects; an existing file is replaced only by a whole new one. `own_forms`: the folder where the
    user's own Word base of a shipped form may lie.

    UserError, naming the file, for a kind that is not made, where there is no project, or where it cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        known = "、".join(SUFFIXES)
        raise UserError(f"「{form.name}」不能导出为「{path.name}」这种类型，可以导出的有：{known}。")
    if not path.parent.is_dir():
        raise UserError(f"目标文件夹「{path.parent}」不存在，请先建立该文件夹，或换一个位置。")
    data = form_bytes(draft, form, path.suffix.lower(), progress, own_forms)
    if progress is not None:
        progress(1, 1)  # the last moment to stop
    write_atomically(path, data)


def form_bytes(
    draft: Draft,
    form: ProjectForm,
    suffix: str,
    progress: Progress | None = None,
    own_forms: Path | None = None,
) -> bytes:
    """What a file of that kind (one of SUFFIXES) holds."""
    if not draft.document.projects:
        raise UserError(f"「{form.name}」是一个项目一张表，草稿里还没有项目，请先添加项目。")
    with making_many():
        return _bytes(draft, form, suffix, progress, own_forms)  # the blocks are gone when the pause ends


def _bytes(draft: Draft, form: ProjectForm, suffix: str, progress: Progress | None, own_forms: Path | None) -> bytes:
    blocks = build_form(draft.document, form)
    if suffix == ".xlsx":
        return _excel(draft, form, blocks)
    if suffix == ".txt":
        from exporters.opc import xml_bytes
        from exporters.text_writer import write_text

        return xml_bytes(write_text(blocks))
    return _word(draft, form, blocks, own_forms) if suffix == ".docx" else _pdf(draft, form, progress)


def form_pages(draft: Draft, form: ProjectForm) -> tuple[Page, ...]:
    """The pages of the draft in that form, as PDF, printer and preview show them."""
    from exporters.paginate import paginate

    return paginate(build_form(draft.document, form), page_template(draft, form))


def page_template(draft: Draft, form: ProjectForm) -> Template:
    """Page and fonts of a form: those of the draft's text, turned by a quarter where the form lies across."""
    template = load_template(draft.document.template)
    return landscape(template) if form.landscape else template


def message(draft: Draft, form: ProjectForm) -> str:
    """What a file in that form does not hold, in one sentence; "" where it holds everything."""
    parts = []
    if left_out := not_shown(draft.document, form):
        parts.append(f"这个表样不印：{'、'.join(left_out)}")
    if tiers := unknown_tiers(draft.document, form):
        parts.append(f"表样的指标体系里没有（照原样印出）：{'、'.join(tiers)}")
    return f"{'；'.join(parts)}。" if parts else ""


def _title(draft: Draft, form: ProjectForm) -> str:
    year = f"{draft.document.year}年" if draft.document.year is not None else ""
    return f"{year}{form.document_name}"


def _word(draft: Draft, form: ProjectForm, blocks: tuple[Block, ...], own_forms: Path | None) -> bytes:
    from exporters.made import made_now
    from exporters.word import Properties, write_word
    from exporters.word_base import BASE_FILE, base_file

    properties = Properties(_title(draft, form), author=draft.document.unit.name, subject=form.name, made=made_now())
    scheme = draft.settings.font_scheme
    own = base_file(form.id, own_forms) if own_forms is not None else form.folder / BASE_FILE
    base = next((file for file in (own, form.folder / BASE_FILE) if file.is_file()), base_file(draft.document.template))
    return write_word(blocks, page_template(draft, form), font_scheme=scheme, properties=properties, base=base)


def _pdf(draft: Draft, form: ProjectForm, progress: Progress | None) -> bytes:
    from exporters.made import made_now
    from exporters.pdf import write_pdf
    from exporters.pdf_archive import Properties

    properties = Properties(_title(draft, form), draft.document.unit.name, form.name, made_now())
    template, scheme = page_template(draft, form), draft.settings.font_scheme
    return write_pdf(form_pages(draft, form), template, font_scheme=scheme, properties=properties, progress=progress)


def _excel(draft: Draft, form: ProjectForm, blocks: Sequence[Block]) -> bytes:
    from exporters.excel import write_sheets
    from exporters.sheets import page_sheets

    names = [project.name or "项目" for project in draft.document.projects]
    template = page_template(draft, form)
    sheets = list(page_sheets(zip(names, _pages(blocks), strict=True), form.columns, template.page))
    return write_sheets(sheets, template, title=_title(draft, form))


def _pages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            yield page
            page = []
        else:
            page.append(block)
    yield page


def one_project(draft: Draft, project_id: str) -> Draft:
    """A draft of that project alone, for its table alone."""
    projects = tuple(project for project in draft.document.projects if project.id == project_id)
    return replace(draft, document=replace(draft.document, projects=projects))
