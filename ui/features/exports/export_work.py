"""What an export does beside the window: the name of a file, and in a worker the file itself, or the pages to print."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.placed_pages import Page
    from exporters.progress import Progress
    from models.document.tree import Draft
    from models.exchange.package_contents import NamedVersion


def suggested_name(draft: Draft, document_name: str) -> str:
    """A file name without suffix, legal on every system."""
    from exporters.atomic import safe_file_name

    document = draft.document
    year = f"{document.year}年" if document.year is not None else ""
    return safe_file_name(f"{year}{document.unit.name}{document_name}")


def written_to(
    draft: Draft, first_project: int, path: Path, progress: Progress, versions: tuple[NamedVersion, ...]
) -> None:
    """Writes the draft to that file, as its suffix says; `versions` go along in a package. UserError where it cannot be."""
    from exporters.export_files import write_file, write_versions

    if path.suffix.lower() == ".jxmb":
        write_versions(draft, versions, path, datetime.now(UTC).isoformat(timespec="seconds"))
        return
    write_file(draft, path, progress, first_project=first_project)


def put(path: Path, data: bytes) -> None:
    """Writes a finished file. UserError where it cannot be."""
    from exporters.atomic import write_atomically

    write_atomically(path, data)


def pages_of(draft: Draft, first_project: int) -> tuple[Page, ...]:
    """The pages of the draft, its projects numbered from that one."""
    from exporters.export_files import draft_pages

    return draft_pages(draft, first_project)
