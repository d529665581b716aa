"""What an export does in a worker: the draft becomes a file, or pages to print; everything heavy is loaded there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.pages import Page
    from exporters.progress import Progress
    from models.document import Draft
    from models.jxmb import NamedVersion


def written_to(
    draft: Draft, first_project: int, path: Path, progress: Progress, versions: tuple[NamedVersion, ...]
) -> None:
    """Writes the draft to that file, as its suffix says; `versions` go along in a package. UserError where it cannot be."""
    from exporters.files import write_file, write_versions

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
    from exporters.files import draft_pages

    return draft_pages(draft, first_project)
