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
    total = _changed("draft", 0, after, saved, rows.document_row)
    for name in rows.SURROUNDINGS:
        old = getattr(saved, name) if saved else None
        total += _changed(name, 0, getattr(after, name), old, rows.surrounding_json)
    return total + _reports(after.reports, saved.reports if saved else ())


def _reports(after: tuple[Report, ...], saved: tuple[Report, ...]) -> int:
    if after is saved:
        return 0
    new, old = named_rows(after), named_rows(saved)
    names = new.keys() | old.keys()
    return sum(_changed(name, 0, new.get(name), old.get(name), rows.surrounding_json) for name in names)


def _project(place: int, new: Project | None, old: Project | None) -> int:
    parts = new.indicators if new else (), old.indicators if old else ()
    own = _changed("project", place, new, old, rows.PROJECTS.summed_row)
    return own + _listed(f"indicators {place}", *parts, rows.INDICATORS.summed_row)


def _listed(kind: str, after: tuple[Any, ...], saved: tuple[Any, ...], to_row: Callable[[Any], object]) -> int:
    if after is saved:
        return 0
    pairs = enumerate(zip_longest(after, saved))
    return sum(_changed(kind, place, new, old, to_row) for place, (new, old) in pairs if new is not old)


def _changed(kind: str, place: int, new: Any, old: Any, to_row: Callable[[Any], object]) -> int:
    """By how much the sum is another where the one part takes the place of the other; None is no part."""
    if new is old:
        return 0
    came = 0 if new is None else _row(kind, place, to_row(new))
    return came - (0 if old is None else _row(kind, place, to_row(old)))


def _row(kind: str, place: int, row: object) -> int:
    return zlib.crc32(repr((kind, place, row)).encode())
