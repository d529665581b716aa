"""Keeps what the user ignored, and remarks, when the same text is read in again: its parts then have other ids."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from models.document import fieldpath
from models.document.tree import GoalDocument, IgnoredProblem, Remark

EntryT = TypeVar("EntryT", IgnoredProblem, Remark)


def carried_over(ignored: tuple[EntryT, ...], before: GoalDocument, after: GoalDocument) -> tuple[EntryT, ...]:
    """The entries with the paths of the same places in `after`; those whose place is gone stay as they are."""
    return tuple(replace(entry, path=_same_place(entry, before, after)) for entry in ignored)


def _same_place(entry: IgnoredProblem | Remark, before: GoalDocument, after: GoalDocument) -> str:
    try:
        return "".join(_steps(entry.path, before, after)).removeprefix(".")
    except (fieldpath.PathError, IndexError):
        return entry.path


def _steps(path: str, before: GoalDocument, after: GoalDocument) -> Iterator[str]:
    """Each step of the path as it reads in `after`: parts by their place in their list."""
    old = new = ""
    for step in fieldpath.parse(path):
        if not step.key:
            old, new = f"{old}.{step.name}".removeprefix("."), f"{new}.{step.name}".removeprefix(".")
            yield f".{step.name}"
            continue
        place = fieldpath.index_of(before, f"{old}[{step.key}]")
        parts = fieldpath.get(after, new)
        parts = getattr(parts, "items", parts)
        key = getattr(parts[place], "id", step.key)
        old, new = f"{old}[{step.key}]", f"{new}[{key}]"
        yield f"[{key}]"
