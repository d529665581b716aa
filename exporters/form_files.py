"""Writes a draft in a form of one table for each project: Word, PDF, Excel or plain text, all projects or one."""

from dataclasses import replace
from pathlib import Path

from exporters.build_form import build_form
from exporters.made import Properties, made_now, titled
from exporters.placed_pages import Page
from exporters.progress import Progress
from exporters.reports.build_report import landscape
from exporters.table_files import TablePages, tables_bytes, write_tables
from models.bulk import making_many
from models.document.template import Template, load_template
from models.document.tree import Draft
from models.errors import UserError
from models.forms.form_definition import ProjectForm
from models.forms.printed_fields import not_shown, unknown_tiers


def write_form(
    draft: Draft, form: ProjectForm, path: Path, progress: Progress | None = None, own_forms: Path | None = None
) -> None:
    """Writes the draft's projects; an existing file is replaced only by a whole new one. `own_forms`: the folder where the
    user's own Word base of a shipped form may lie.

    UserError, naming the file, for a kind that is not made, where there is no project, or where it cannot be written.
    """
    write_tables(path, form.name, lambda suffix: form_bytes(draft, form, suffix, progress, own_forms), progress)


@making_many()
def form_bytes(
    draft: Draft,
    form: ProjectForm,
    suffix: str,
    progress: Progress | None = None,
    own_forms: Path | None = None,
) -> bytes:
    """What a file of that kind (one of `exporters.table_files.SUFFIXES`) holds."""
    if not draft.document.projects:
        raise UserError(f"「{form.name}」是一个项目一张表，草稿里还没有项目，请先添加项目。")
    return tables_bytes(_tables(draft, form, own_forms), suffix, progress)


def _tables(draft: Draft, form: ProjectForm, own_forms: Path | None) -> TablePages:
    return TablePages(
        build_form(draft.document, form),
        page_template(draft, form),
        draft.settings.font_scheme,
        Properties(
            titled(draft.document.year, form.document_name), draft.document.unit.name, form.name, made=made_now()
        ),
        form.columns,
        [project.name or "项目" for project in draft.document.projects],
        base=lambda: _base(draft, form, own_forms),
    )


def _base(draft: Draft, form: ProjectForm, own_forms: Path | None) -> Path:
    from exporters.word_base import BASE_FILE, base_file

    own = base_file(form.id, own_forms) if own_forms is not None else form.folder / BASE_FILE
    return next((file for file in (own, form.folder / BASE_FILE) if file.is_file()), base_file(draft.document.template))


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


def one_project(draft: Draft, project_id: str) -> Draft:
    """A draft of that project alone, for its table alone."""
    projects = tuple(project for project in draft.document.projects if project.id == project_id)
    return replace(draft, document=replace(draft.document, projects=projects))
