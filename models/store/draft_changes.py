"""Writes the difference between two drafts: what is the same object is the same, and costs nothing."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from models.document.tree import Draft, GoalDocument, Project
from models.grouping import grouped
from models.store import store_rows as rows
from models.store.report_rows import named_rows
from models.store.store_rows import PartT, PartTable


class OutOfStepError(Exception):
    """The file does not hold what was said to be saved; everything has to be written."""


class DraftWriter:
    """Writes one draft's parts inside a transaction that the caller holds."""

    def __init__(self, connection: sqlite3.Connection, draft_id: int) -> None:
        self._connection = connection
        self._draft_id = draft_id

    def write_all(self, after: Draft) -> None:
        """Every part again, whatever stands there."""
        for table in ("items", "projects", "unplaced_lines", "surroundings"):
            self._connection.execute(f"DELETE FROM {table} WHERE draft_id = ?", (self._draft_id,))
        self._update_columns("drafts", rows.DOCUMENT_COLUMNS, rows.document_row(after), "id = ?", (self._draft_id,))
        self._write_lists(after.document, GoalDocument())
        for name in rows.SURROUNDINGS:
            self._write_surrounding(name, getattr(after, name))
        for name, record in named_rows(after.reports).items():
            self._write_surrounding(name, record)

    def write_changes(self, after: Draft, saved: Draft) -> None:
        """What differs from the draft that stands there. OutOfStepError where that one is not what stands there."""
        new, old = rows.document_row(after), rows.document_row(saved)
        self._update_different("drafts", rows.DOCUMENT_COLUMNS, new, old, "id = ?", (self._draft_id,))
        self._write_lists(after.document, saved.document)
        for name in rows.SURROUNDINGS:
            value = getattr(after, name)
            if value is not getattr(saved, name) and value != getattr(saved, name):
                self._write_surrounding(name, value)
        if after.reports is not saved.reports:
            self._write_reports(named_rows(after.reports), named_rows(saved.reports))

    def _write_reports(self, after: dict[str, Any], saved: dict[str, Any]) -> None:
        for name, record in after.items():
            if record is not saved.get(name):
                self._write_surrounding(name, record)
        gone = [(self._draft_id, name) for name in saved.keys() - after.keys()]
        self._connection.executemany("DELETE FROM surroundings WHERE draft_id = ? AND name = ?", gone)

    def _write_lists(self, after: GoalDocument, saved: GoalDocument) -> None:
        sub_goals, measures = (self._draft_id, rows.SUB_GOAL_KIND), (self._draft_id, rows.MEASURE_KIND)
        self._write_parts(rows.SUB_GOALS, sub_goals, after.sub_goals.items, saved.sub_goals.items)
        self._write_parts(rows.MEASURES, measures, after.safeguards.items, saved.safeguards.items)
        self._write_projects(after.projects, saved.projects)
        self._write_unplaced(after.unplaced, saved.unplaced)

    def _write_projects(self, after: tuple[Project, ...], saved: tuple[Project, ...]) -> None:
        if after is saved:
            return
        kept = self._write_parts(rows.PROJECTS, (self._draft_id,), after, saved)
        keys: dict[str, list[int]] = {}
        for project in after:
            before = kept.get(project.id)
            if before is None or project.indicators is not before.indicators:
                keys = keys or self._project_keys()
                # By place among equals, so that even two projects that share an id keep their own rows.
                key = keys[project.id].pop(0)
                self._write_parts(rows.INDICATORS, (key,), project.indicators, before.indicators if before else ())

    def _project_keys(self) -> dict[str, list[int]]:
        query = "SELECT id, key FROM projects WHERE draft_id = ? ORDER BY position"
        return grouped(self._connection.execute(query, (self._draft_id,)))

    def _write_unplaced(self, after: Sequence[str], saved: Sequence[str]) -> None:
        if after is saved:
            return
        same = 0
        while same < min(len(after), len(saved)) and after[same] == saved[same]:
            same += 1
        self._connection.execute(
            "DELETE FROM unplaced_lines WHERE draft_id = ? AND position >= ?", (self._draft_id, same)
        )
        self._connection.executemany(
            "INSERT INTO unplaced_lines (draft_id, position, text) VALUES (?, ?, ?)",
            ((self._draft_id, place, after[place]) for place in range(same, len(after))),
        )

    def _write_surrounding(self, name: str, value: object) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO surroundings (draft_id, name, value) VALUES (?, ?, ?)",
            (self._draft_id, name, rows.surrounding_json(value)),
        )

    def _write_parts(
        self, table: PartTable[PartT], owner: tuple[Any, ...], after: tuple[PartT, ...], saved: tuple[PartT, ...]
    ) -> dict[str, PartT]:
        """Makes the owner's rows those of `after`; gives the parts of `saved` whose rows stayed, by id."""
        if after is saved:
            return {part.id: part for part in saved}
        before = {part.id: (place, part) for place, part in enumerate(saved)}
        ids = {part.id for part in after}
        if len(before) < len(saved) or len(ids) < len(after):
            # Ids that occur twice are a fault elsewhere, but no reason to lose a word: such a list is written whole.
            self._delete_parts(table, owner)
            before = {}
        self._delete_parts_of(table, owner, before.keys() - ids)
        new: list[tuple[Any, ...]] = []
        for place, part in enumerate(after):
            if part.id not in before:
                new.append((*owner, place, *table.to_row(part)))
            elif before[part.id][0] != place or before[part.id][1] is not part:
                old_place, old = before[part.id]
                self._update_part(table, owner, (place, *table.to_row(part)), (old_place, *table.to_row(old)))
        self._insert_parts(table, new)
        return {id_: part for id_, (_place, part) in before.items() if id_ in ids}

    def _insert_parts(self, table: PartTable[PartT], new: list[tuple[Any, ...]]) -> None:
        columns = (*table.owner, "position", *table.columns)
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", new)

    def _update_part(
        self, table: PartTable[PartT], owner: tuple[Any, ...], new: tuple[Any, ...], old: tuple[Any, ...]
    ) -> None:
        columns = ("position", *table.columns)
        where = " AND ".join(f"{name} = ?" for name in (*table.owner, "id"))
        self._update_different(table.name, columns, new, old, where, (*owner, new[1]))

    def _delete_parts(self, table: PartTable[PartT], owner: tuple[Any, ...]) -> None:
        where = " AND ".join(f"{name} = ?" for name in table.owner)
        self._connection.execute(f"DELETE FROM {table.name} WHERE {where}", owner)

    def _delete_parts_of(self, table: PartTable[PartT], owner: tuple[Any, ...], ids: Iterable[str]) -> None:
        where = " AND ".join(f"{name} = ?" for name in (*table.owner, "id"))
        self._connection.executemany(f"DELETE FROM {table.name} WHERE {where}", [(*owner, id_) for id_ in ids])

    def _update_different(
        self,
        table: str,
        columns: tuple[str, ...],
        new: tuple[Any, ...],
        old: tuple[Any, ...],
        where: str,
        keys: tuple[Any, ...],
    ) -> None:
        different = [place for place, value in enumerate(new) if value is not old[place] and value != old[place]]
        if different:
            names, values = tuple(columns[place] for place in different), tuple(new[place] for place in different)
            self._update_columns(table, names, values, where, keys)

    def _update_columns(
        self, table: str, columns: tuple[str, ...], values: tuple[Any, ...], where: str, keys: tuple[Any, ...]
    ) -> None:
        assignments = ", ".join(f"{name} = ?" for name in columns)
        cursor = self._connection.execute(f"UPDATE {table} SET {assignments} WHERE {where}", (*values, *keys))
        if cursor.rowcount != 1:
            raise OutOfStepError
