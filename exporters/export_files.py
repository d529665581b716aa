"""Writes a draft as a file of any kind the program knows, by its suffix."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from exporters.atomic import write_atomically, write_made
from exporters.blank import blank_document
from exporters.build import build
from exporters.json_writer import write_package
from exporters.made import Properties, made_now, titled
from exporters.opc import xml_bytes
from exporters.package_writer import write_jxmb
from exporters.placed_pages import Page
from exporters.progress import Progress
from exporters.text_writer import write_text
from models.bulk import making_many
from models.document.list_head import unit_line
from models.document.template import Template, load_template
from models.document.tree import Draft, GoalDocument, Settings
from models.errors import UserError
from models.exchange.package_contents import NamedVersion

SUFFIXES = (".docx", ".xlsx", ".pdf", ".txt", ".json", ".jxmb")
"""What `write_file` makes."""


def write_file(
    draft: Draft,
    path: Path,
    progress: Progress | None = None,
    *,
    first_project: int = 1,
    own_forms: Path | None = None,
) -> None:
    """Writes the draft; an existing file is replaced only by a whole new one. `progress` is called during what takes long;
    `first_project`: the number of the first one; `own_forms`: the folder where the user's own Word base may lie.

    UserError, naming the file, for an unknown suffix or where it cannot be written; the old file is then as it was.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = "、".join(SUFFIXES)
        raise UserError(f"不能导出为「{path.name}」这种类型（{path.suffix or '没有后缀'}），可以导出的有：{known}。")
    write_made(path, lambda: file_bytes(draft, suffix, first_project, progress, own_forms), progress)


def write_project(draft: Draft, project_id: str, path: Path, progress: Progress | None = None) -> None:
    """Writes one project's title and tables alone, its number as in the whole text. UserError as in `write_file`."""
    alone, number = project_alone(draft, project_id)
    write_file(alone, path, progress, first_project=number)


def project_alone(draft: Draft, project_id: str) -> tuple[Draft, int]:
    """(a draft of that project and nothing else, the project's number in the text). UserError where it is gone."""
    place = next((at for at, project in enumerate(draft.document.projects) if project.id == project_id), None)
    if place is None:
        raise UserError("要导出的项目已不在文本中，请重新选择项目。")
    document = draft.document
    alone = GoalDocument(document.template, document.year, document.unit, projects=(document.projects[place],))
    settings = replace(draft.settings, cover=False, contents=False, unit_headings=False)
    return replace(draft, document=alone, settings=settings), place + 1


def write_blank(template: Template, path: Path, font_scheme: str = "gb", progress: Progress | None = None) -> None:
    """Writes the form with nothing filled in, to be filled by hand. UserError as in `write_file`."""
    write_file(blank_draft(template, font_scheme), path, progress)


def blank_draft(template: Template, font_scheme: str = "gb") -> Draft:
    """A draft that prints as the empty form."""
    return Draft(blank_document(template), Settings(font_scheme=font_scheme, cover=False, contents=False))


def write_versions(draft: Draft, versions: Sequence[NamedVersion], path: Path, made: str = "") -> None:
    """Writes a package with the draft and its named versions. `made`: when, UTC and ISO. UserError as in `write_file`."""
    with making_many():
        data = write_jxmb(draft, versions, made)
    write_atomically(path, data)


def draft_pages(draft: Draft, first_project: int = 1) -> tuple[Page, ...]:
    """The pages of a draft, as PDF and printer show them. `first_project`: the number of the first one."""
    from exporters.paginate import paginate

    template = load_template(draft.document.template)
    blocks = build(draft.document, template, draft.settings, first_project=first_project, made=made_now())
    return paginate(blocks, template)


@making_many()
def file_bytes(
    draft: Draft,
    suffix: str,
    first_project: int = 1,
    progress: Progress | None = None,
    own_forms: Path | None = None,
) -> bytes:
    """What a file of that kind (one of SUFFIXES) holds. `first_project`: the number of the first one."""
    if suffix == ".pdf":
        return _pdf(draft, first_project, progress)
    if suffix == ".docx":
        return _word(draft, first_project, own_forms)
    return _WRITERS[suffix](draft, first_project)


def _word(draft: Draft, first_project: int, own_forms: Path | None) -> bytes:
    from exporters.paginate import page_ends
    from exporters.word import write_word
    from exporters.word_base import base_file

    template = load_template(draft.document.template)
    blocks = build(draft.document, template, draft.settings, first_project=first_project, made=made_now())
    ends = page_ends(blocks, template)
    return write_word(
        blocks,
        template,
        font_scheme=draft.settings.font_scheme,
        properties=replace(_properties(draft, template), keywords=unit_line(draft.document.unit)),
        page_numbers=ends.numbers if draft.settings.contents else None,
        ends=ends,
        base=base_file(template.id, own_forms),
    )


def _properties(draft: Draft, template: Template) -> Properties:
    document = draft.document
    title = titled(document.year, template.document_name)
    return Properties(title, document.unit.name, template.name, made=made_now())


def _pdf(draft: Draft, first_project: int, progress: Progress | None) -> bytes:
    from exporters.pdf import write_pdf

    template = load_template(draft.document.template)
    return write_pdf(
        draft_pages(draft, first_project),
        template,
        font_scheme=draft.settings.font_scheme,
        properties=_properties(draft, template),
        progress=progress,
    )


def _excel(draft: Draft, first_project: int) -> bytes:
    from exporters.excel import write_excel

    template = load_template(draft.document.template)
    # Without headings of units: each project has a sheet of its own, and its table names the unit.
    return write_excel(draft.document, build(draft.document, template, first_project=first_project), template)


def _text(draft: Draft, first_project: int) -> bytes:
    template = load_template(draft.document.template)
    settings = replace(draft.settings, cover=False, contents=False)
    # What XML cannot hold makes a text file, too, one that nobody opens.
    return xml_bytes(write_text(build(draft.document, template, settings, first_project=first_project)))


_WRITERS: dict[str, Callable[[Draft, int], bytes]] = {
    ".xlsx": _excel,
    ".txt": _text,
    ".json": lambda draft, _first_project: write_package(draft),
    ".jxmb": lambda draft, _first_project: write_jxmb(draft),
}
