"""Where a field stands in the walk, and which field a change was about."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from models.document.fieldpath import PathError
from models.document.tree import Draft, Items

if TYPE_CHECKING:
    from models.session.session import Session

STEP_OF = {
    "overall_goal": 2,
    "headings.overall_goal": 2,
    "sub_goals": 3,
    "headings.sub_goals": 3,
    "safeguards": 4,
    "headings.safeguards": 4,
    "projects": 5,
    "unplaced": 6,
    "reports": 7,
}
"""The step, from 1, by how a path begins; everything else stands on the first."""


def step_of(path: str) -> int:
    """The number of the step, from 1, a field path belongs to."""
    for beginning, step in STEP_OF.items():
        rest = path.removeprefix(beginning)
        if rest != path and rest[:1] in {"", ".", "["}:
            return step
    return 1


def value_at(session: Session, path: str) -> Any:
    """The value of a field or part; None for no path, and where it leads nowhere, as to what was deleted."""
    try:
        return session.get(path) if path else None
    except PathError:
        return None


def words_at(session: Session, path: str, otherwise: str = "") -> str:
    """The place a path leads to, in the user's words; `otherwise` where it leads nowhere."""
    try:
        return session.where(path) if path else otherwise
    except PathError:
        return otherwise


def changed_place(before: Draft, after: Draft) -> str:
    """The path of the first thing that differs: there an undo leads. "" where nothing does, and where what differs is of no
    page (定稿, what was ignored, remarked or carried over): one stays where one is."""
    if before.document is not after.document:
        return _changed(before.document, after.document, "")
    place = _changed(before, after, "")
    return place if place.startswith(("settings", "reports")) else ""


def _changed(before: object, after: object, path: str) -> str:
    if isinstance(after, tuple) and isinstance(before, tuple):
        return _changed_part(before, after, path)
    if is_dataclass(after) and type(after) is type(before):
        for field in fields(after):
            old, new = getattr(before, field.name), getattr(after, field.name)
            if old != new:
                inside = path if isinstance(after, Items) and field.name == "items" else f"{path}.{field.name}"
                return _changed(old, new, inside.removeprefix("."))
    return path


def _changed_part(before: tuple[object, ...], after: tuple[object, ...], path: str) -> str:
    for place, new in enumerate(after):
        part_id = getattr(new, "id", None)
        if part_id is None:
            if place >= len(before) or before[place] != new:
                return f"{path}[{place}]"
            continue
        old = next((part for part in before if getattr(part, "id", None) == part_id), None)
        if old != new:
            return f"{path}[{part_id}]" if old is None else _changed(old, new, f"{path}[{part_id}]")
    return path
