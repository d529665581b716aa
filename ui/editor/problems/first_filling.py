"""What is being filled in for the first time: its fields are not blamed for what nobody had time to write yet."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from models.checks.touched import is_begun, is_written
from models.document import fieldpath
from models.indicators.indicator_library import waits_for_number

if TYPE_CHECKING:
    from models.document.tree import GoalDocument, Indicator, Measure, Project, SubGoal

_STEPS = {"overall_goal": 2, "sub_goals": 3, "safeguards": 4, "projects": 5}
"""The sections, each written on its own step."""
_HEADINGS = {f"headings.{section}": section for section in _STEPS} | {"headings.part_two": "projects"}
_PART = re.compile(r"((sub_goals|safeguards|projects)\[[^\]]*\])(\.indicators\[[^\]]*\])?")


@cache
def parts_of(path: str) -> tuple[str, ...]:
    """The parts a path lies in, the innermost first: row, project, section; item, section; () for a field of no section."""
    found = _PART.match(path)
    if found:
        return (found[0], found[1], found[2]) if found[3] else (found[1], found[2])
    section = _HEADINGS.get(path) or re.split(r"[.\[]", path, maxsplit=1)[0]
    return (section,) if section in _STEPS else ()


class FirstFilling:
    """The fresh parts of one open draft: those that were blank when they were first seen, and have not been left since.

    A problem in a fresh part is quiet until the user has left its field, or the part: another item, project or row was
    entered, or the step left, or all problems asked for. What came with content (an opened or imported text, a copy, pasted
    rows) is never fresh; but a row from a library that waits for its number is quiet while it is filled in.
    """

    def __init__(self, document: GoalDocument) -> None:
        self._seen: GoalDocument | None = None
        self._known: set[str] = set()
        self._visited: set[str] = set()
        self._entered: set[str] = set()
        self._offered: set[str] = set()
        """Rows that came without their number, and in which the user was not yet or is now."""
        self._row = ""
        """The row the user is in."""
        self._fresh = {section for section, step in _STEPS.items() if not is_begun(document, step)}
        self.follow(document)

    def follow(self, document: GoalDocument) -> None:
        """Parts may have come. Only what is another object than before is looked through."""
        seen, self._seen = self._seen, document
        for section in ("sub_goals", "safeguards"):
            items = getattr(document, section).items
            if seen is None or items is not getattr(seen, section).items:
                for item in items:
                    self._take(f"{section}[{item.id}]", item)
        before = {project.id: project for project in seen.projects} if seen is not None else {}
        for project in document.projects:
            if before.get(project.id) is not project:
                self._take(f"projects[{project.id}]", project)
                for row in project.indicators:
                    path = f"projects[{project.id}].indicators[{row.id}]"
                    if project.id in before and path not in self._known and waits_for_number(row.value):
                        self._offered.add(path)
                    self._take(path, row)

    def _take(self, path: str, part: SubGoal | Measure | Project | Indicator) -> None:
        if path not in self._known:
            self._known.add(path)
            if not is_written(part):
                self._fresh.add(path)

    def enter(self, path: str, document: GoalDocument) -> None:
        """The user works on that field or part now: the parts it does not lie in were left."""
        row = next(filter(_is_row, parts_of(path)), "")
        if row != self._row:
            self._offered.discard(self._row)
            self._row = row
        chain = self._fresh.intersection(parts_of(path))
        self._fresh -= {part for part in self._entered - chain if _is_begun(document, part)}
        self._entered = chain | (self._entered & self._fresh)

    def leave(self, path: str) -> None:
        """The field with that path was left: it is judged from now on."""
        self._visited.add(path)

    def was_left(self, path: str) -> bool:
        """Whether the user was in that field before."""
        return path in self._visited

    def leave_all(self, document: GoalDocument) -> None:
        """The step was left, or the user wants to know everything: only what is still blank stays fresh."""
        self._fresh -= {part for part in self._fresh if _is_begun(document, part)}

    def is_quiet(self, path: str, inside: str) -> bool:
        """Whether a problem at that path is kept back while the user is in the field `inside`."""
        part = next(iter(parts_of(path)), "")
        if _is_row(part) and _holds(part, inside) and part in self._fresh | self._offered:
            return True  # a row is judged when it is left, not while it is filled in cell by cell
        if part not in self._fresh:
            return False
        if path in self._visited:
            return False
        # What is said of several fields together is said when one of them was left and the user is in none of them.
        return path == part or _holds(path, inside) or not any(_holds(path, field) for field in self._visited)


def _is_row(part: str) -> bool:
    return ".indicators[" in part


def _holds(path: str, field: str) -> bool:
    return field.startswith(path) and field[len(path) : len(path) + 1] in {"[", "."}


def _is_begun(document: GoalDocument, part: str) -> bool:
    if part in _STEPS:
        return is_begun(document, _STEPS[part])
    try:
        return is_written(fieldpath.get(document, part))
    except fieldpath.PathError:  # deleted; undo may bring it back
        return False
