"""What an export does beside the window: the name of a file, and in a worker the file itself, or the pages to print."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.placed_pages import Page
    from exporters.progress import Progress
    from models.document.tree import Draft
    from models.exchange.package_contents import NamedVersion
    from models.forms.form_definition import ProjectForm
    from models.session.session import Session
    from ui.widgets.form_choice import FormChoice

BLANK = "blank"
"""The scope that is the form with nothing filled in."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be written: a draft, the number of its first project, the form (None: the text), the user's own forms."""

    draft: Draft
    first_project: int
    form: ProjectForm | None = None
    own_forms: Path | None = None


def file_name(session: Session, scope: str, choice: FormChoice | None) -> str:
    """The name of a file of the whole text, of the project of that id, or of the blank form."""
    from exporters.atomic import safe_file_name

    form_id = choice.currentData() if choice is not None else ""
    name = (choice and form_id and _document_name(choice)) or session.template.document_name
    if scope == BLANK:
        return f"{name}（空白表）"
    project = next((project for project in session.document.projects if project.id == scope), None)
    if project is not None and project.name:
        return safe_file_name(f"{project.name}{name if form_id else '绩效目标表'}")
    return suggested_name(session.draft, name)


def _document_name(choice: FormChoice) -> str:
    with suppress(UserError):  # reported when the file is written
        return choice.form.document_name if choice.form is not None else ""
    return ""


def suggested_name(draft: Draft, document_name: str) -> str:
    """A file name without suffix, legal on every system."""
    from exporters.atomic import safe_file_name

    document = draft.document
    year = f"{document.year}年" if document.year is not None else ""
    return safe_file_name(f"{year}{document.unit.name}{document_name}")


def written_to(chosen: Chosen, path: Path, progress: Progress, versions: tuple[NamedVersion, ...]) -> str:
    """Writes the draft to that file, as its suffix says; `versions` go along in a package. UserError where it cannot be.

    What the form does not print, in words.
    """
    from exporters.export_files import write_file, write_versions

    draft, form = chosen.draft, chosen.form
    if path.suffix.lower() == ".jxmb":
        write_versions(draft, versions, path, datetime.now(UTC).isoformat(timespec="seconds"))
        return ""
    if form is None or path.suffix.lower() == ".json":
        write_file(draft, path, progress, first_project=chosen.first_project, own_forms=chosen.own_forms)
        return ""
    from exporters.form_files import message, write_form

    write_form(draft, form, path, progress, chosen.own_forms)
    return message(draft, form)


def put(path: Path, data: bytes) -> None:
    """Writes a finished file. UserError where it cannot be."""
    from exporters.atomic import write_atomically

    write_atomically(path, data)


def pages_of(chosen: Chosen) -> tuple[Page, ...]:
    """The pages of the draft in the chosen form."""
    if chosen.form is not None:
        from exporters.form_files import form_pages

        return form_pages(chosen.draft, chosen.form)
    from exporters.export_files import draft_pages

    return draft_pages(chosen.draft, chosen.first_project)
