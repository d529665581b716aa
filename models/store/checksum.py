"""A checksum of a draft's rows: a changed bit inside a text passes SQLite's own checks, but not this one.

It is a sum over the rows, so that after an edit only the rows that changed are read again.
"""

import zlib
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from models.document.tree import Draft, Project, Report
from models.store import store_rows as rows
from models.store.report_rows import named_rows

_MODULUS = 1 << 62
"""Fits SQLite's signed integers."""


def checksum(draft: Draft) -> int:
    """Of the whole draft."""
    return changed_checksum(draft, None, 0)


def changed_checksum(after: Draft, saved: Draft | None, before: int) -> int:
    """Of `after`, from the checksum `before` of `saved`; parts that are the same object are not looked at."""
    total = before + _own(after, saved)
    document, old = after.document, saved.document if saved else None
    goals = old.sub_goals.items if old else ()
    total += _listed("sub_goals", document.sub_goals.items, goals, rows.SUB_GOALS.summed_row)
    measures = old.safeguards.items if old else ()
    total += _listed("safeguards", document.safeguards.items, measures, rows.MEASURES.summed_row)
    total += _listed("unplaced", document.unplaced, old.unplaced if old else (), str)
    for place, (new, project) in enumerate(zip_longest(document.projects, old.projects if old else ())):
        if new is not project:
            total += _project(place, new, project)
    return total % _MODULUS


def setting_checksum(key: str, value: str) -> int:
    """Of something that is remembered."""
    return _row("remembered", 0, (key, value))


def version_checksum(made: str, reason: str, name: str) -> int:
    """Of what is said of a version; its content has a digest of its own."""
    return _row("revisions", 0, (made, reason, name))


def _own(after: Draft, saved: Draft | None) -> int:
    total = _row("draft", 0, rows.document_row(after)) - (_row("draft", 0, rows.document_row(saved)) if saved else 0)
    for name in rows.SURROUNDINGS:
        value, old = getattr(after, name), getattr(saved, name) if saved else None
        if value is not old:
            total += _row(name, 0, rows.surrounding_json(value))
            total -= _row(name, 0, rows.surrounding_json(old)) if saved else 0
    return total + _reports(after.reports, saved.reports if saved else ())


def _reports(after: tuple[Report, ...], saved: tuple[Report, ...]) -> int:
    if after is saved:
        return 0
    new, old, total = named_rows(after), named_rows(saved), 0
    for name in new.keys() | old.keys():
        record, before = new.get(name), old.get(name)
        if record is not before:
            total += _row(name, 0, rows.surrounding_json(record)) if record is not None else 0
            total -= _row(name, 0, rows.surrounding_json(before)) if before is not None else 0
    return total


def _project(place: int, new: Project | None, old: Project | None) -> int:
    total = _row("project", place, rows.PROJECTS.summed_row(new)) if new else 0
    total -= _row("project", place, rows.PROJECTS.summed_row(old)) if old else 0
    kind = f"indicators {place}"
    return total + _listed(
        kind, new.indicators if new else (), old.indicators if old else (), rows.INDICATORS.summed_row
    )


def _listed(kind: str, after: tuple[Any, ...], saved: tuple[Any, ...], to_row: Callable[[Any], object]) -> int:
    total = 0
    if after is not saved:
        for place, (new, old) in enumerate(zip_longest(after, saved)):
            if new is not old:
                total += _row(kind, place, to_row(new)) if new is not None else 0
                total -= _row(kind, place, to_row(old)) if old is not None else 0
    return total


def _row(kind: str, place: int, row: object) -> int:
    return zlib.crc32(repr((kind, place, row)).encode())
