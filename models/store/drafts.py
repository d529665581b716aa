"""The drafts of one store: made, loaded, listed, saved by difference, put into the trash and back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from models.document.tree import Draft, DraftState, Project
from models.document.values import money
from models.grouping import grouped
from models.indicators.indicator_library import UsedIndicator
from models.store import store_rows as rows
from models.store.checksum import changed_checksum, checksum, setting_checksum
from models.store.draft_changes import DraftWriter, OutOfStepError
from models.store.file import Identity, Reopen, Settle, StoreFile
from models.store.report_rows import kinds_of, put_together, reached
from models.store.store_errors import StoreError

Stamp = tuple[int, int | None]
"""Sequence number and checksum in the row of a draft: the same stamp, the same text."""


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """One line of the start page. `budget`: the sum of the projects' budgets in 万元, those that are no amount left out."""

    id: int
    year: int | None
    unit_code: str
    unit_name: str
    state: DraftState
    project_count: int
    budget: Decimal
    modified: str
    deleted: bool
    reports: tuple[str, ...] = ()
    """The kinds of its reports: 监控, 自评."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user was last: a field path (may lead nowhere by now) and the number of the step, from 1; 0 = none."""

    path: str = ""
    step: int = 0


def _now() -> datetime:
    return datetime.now(UTC)


def _can_be_listed(
    _id: int, year: object, unit_code: object, unit_name: object, state: object, modified: object, deleted_at: object
) -> bool:
    """Whether the row holds what was written there: no checksum says it of the two dates."""
    texts = (unit_code, unit_name, modified, *(() if deleted_at is None else (deleted_at,)))
    if not all(isinstance(text, str) for text in texts):
        return False
    return isinstance(year, int | None) and state in get_args(DraftState) and all(map(_is_date, texts[2:]))


def _is_date(text: object) -> bool:
    with suppress(ValueError):
        return datetime.fromisoformat(str(text)).tzinfo is not None
    return False


def _write(writer: DraftWriter, after: Draft, saved: Draft | None) -> None:
    """The difference where the file holds `saved`, else all of it."""
    if saved is not None:
        with suppress(OutOfStepError):
            writer.write_changes(after, saved)
            return
    writer.write_all(after)


class Store(StoreFile):
    """The drafts in the file. Every method that writes is one transaction: all of it is on the disk on return, or nothing is.

    What the disk refuses is a StoreError; the store stays usable, and the same call may be tried again.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        read_only: bool,
        clock: Callable[[], datetime] = _now,
        reopen: Reopen | None = None,
        opened: Identity | None = None,
        settle: Settle | None = None,
    ) -> None:
        super().__init__(connection, path, read_only, reopen, opened, settle)
        self._clock = clock
        self._known: tuple[int, Draft, int] | None = None
        """The draft loaded or saved last, and its checksum: an edit then costs what it changed."""
        self._stamps: dict[tuple[int, int], Stamp] = {}
        """Draft and checksum of a text it was loaded or saved with → how its row looked then."""
        self.keep_replaced: Callable[[sqlite3.Connection], object] | None = None
        """Called with a file that another one replaced and that held a text the other one does not."""

    def create(self, draft: Draft) -> int:
        """A new draft; its number."""
        columns = (*rows.DOCUMENT_COLUMNS, "sequence", "created", "modified", "checksum")
        marks = ", ".join("?" * len(columns))
        with self.transaction() as connection:
            now, stamp = self.timestamp(), (self._next_sequence(), checksum(draft))
            values = (*rows.document_row(draft), stamp[0], now, now, stamp[1])
            cursor = connection.execute(f"INSERT INTO drafts ({', '.join(columns)}) VALUES ({marks})", values)
            draft_id = int(cursor.lastrowid or 0)
            DraftWriter(connection, draft_id).write_all(draft)
        self._stamps[draft_id, stamp[1]] = stamp
        return draft_id

    def save(self, draft_id: int, after: Draft, saved: Draft | None) -> None:
        """Writes the parts of `after` that are not those of `saved`, the draft as last saved; None writes all of it.

        StoreError «conflict»: the file holds neither, another writer saved something else; nothing was written. Where
        `after` is `saved` it is only asked whether the file holds it. It never waits for another program: «locked» at once.
        """
        with self.without_waiting():
            if after is saved:
                self._confirm(draft_id, saved)
                return
            with self.transaction() as connection:
                before = None if saved is None else self._checksum_of(draft_id, saved)
                in_step = saved is not None and self._is_in_step(draft_id, after, saved)
                total = checksum(after) if before is None else changed_checksum(after, saved, before)
                stamp = self._next_sequence(), total
                touched = connection.execute(
                    # A draft somebody works on is not in the trash, even where another window put it there.
                    "UPDATE drafts SET modified = ?, sequence = ?, checksum = ?, deleted_at = NULL WHERE id = ?",
                    (self.timestamp(), *stamp, draft_id),
                )
                self._must_exist(touched.rowcount)
                _write(DraftWriter(connection, draft_id), after, saved if in_step else None)
        if before is not None:
            self._stamps.pop((draft_id, before), None)
        self._stamps[draft_id, total] = stamp
        self._known = (draft_id, after, total)

    def _confirm(self, draft_id: int, saved: Draft) -> None:
        if self.read_only:
            return
        with self.reading():
            was_here = (draft_id, self._checksum_of(draft_id, saved)) in self._stamps
            try:
                self._is_in_step(draft_id, saved, saved)
            except StoreError as error:
                if error.fault != "conflict" or not was_here:
                    raise
            else:
                return
        # Somebody went on from this text: it stays as a version, and nobody need choose.
        from models.store.conflict import keep_version

        keep_version(self, draft_id, saved)

    def keep_both(self, draft_id: int, mine: Draft) -> int:
        """After a conflict: what the file holds stays, and `mine` becomes a draft of its own; its number."""
        from models.store.conflict import keep_both  # which needs the versions

        return keep_both(self, draft_id, mine)

    def _leave_file(self, before: sqlite3.Connection) -> None:
        self._stamps.clear()
        texts = "SELECT id, checksum FROM drafts"
        if self.keep_replaced is not None and set(before.execute(texts)) - set(self._connection.execute(texts)):
            self.keep_replaced(before)

    def _is_in_step(self, draft_id: int, after: Draft, saved: Draft) -> bool:
        """Whether the rows are those of `saved`. StoreError «conflict»: they are somebody else's."""
        before, stamp = self._checksum_of(draft_id, saved), self._stamp(draft_id)
        if stamp != self._stamps.get((draft_id, before)):
            try:
                theirs = self._load(draft_id)
            except ValueError as error:  # a list that is no JSON any more
                raise StoreError("conflict", self.path) from error
            if theirs not in (saved, after):
                raise StoreError("conflict", self.path)
            self._stamps[draft_id, before] = stamp
            return theirs == saved and stamp[1] in (before, None)
        return stamp[1] in (before, None)

    def load(self, draft_id: int, verify: bool = True) -> Draft:
        """The draft, equal to what was saved, to the letter: else StoreError «altered», unless asked not to verify."""
        with self.reading("altered"):
            draft, stamp = self._load(draft_id), self._stamp(draft_id)
        found = checksum(draft)
        if verify and stamp[1] not in (found, None):
            raise StoreError("altered", self.path)
        # Where the file is not what was saved, the next save finds it out of step and writes all of it.
        self._known = (draft_id, draft, found)
        self._stamps[draft_id, found] = stamp
        return draft

    def is_whole(self, draft_id: int) -> bool:
        """Whether the draft on the disk is what was saved; True also where it was deleted meanwhile."""
        try:
            with self.reading():
                return self._stamp(draft_id)[1] in {checksum(self._load(draft_id)), None}
        except StoreError as error:
            if error.fault in {"damaged", "altered"}:
                return False
            if error.fault == "missing":
                return True
            raise

    def _stamp(self, draft_id: int) -> Stamp:
        row = self._connection.execute("SELECT sequence, checksum FROM drafts WHERE id = ?", (draft_id,)).fetchone()
        if row is None:
            raise StoreError("missing", self.path)
        return row[0], row[1]

    def _checksum_of(self, draft_id: int, saved: Draft) -> int:
        known = self._known
        return known[2] if known and known[0] == draft_id and known[1] is saved else checksum(saved)

    def _load(self, draft_id: int) -> Draft:
        with self.reading():
            row = self._document_row(draft_id)
            unplaced = "unplaced_lines WHERE draft_id = ? ORDER BY position"
            document = rows.document(
                row,
                tuple(map(rows.sub_goal, self._items(draft_id, rows.SUB_GOAL_KIND))),
                tuple(map(rows.measure, self._items(draft_id, rows.MEASURE_KIND))),
                self._projects(draft_id),
                tuple(text for (text,) in self._rows(("text",), unplaced, draft_id)),
            )
            surroundings = self._rows(("name", "value"), "surroundings WHERE draft_id = ?", draft_id)
            around = dict(rows.surrounding(*one) for one in surroundings)
        return Draft(document, state=row[0], **put_together(around))

    def list(self) -> tuple[DraftSummary, ...]:
        """All drafts, those in the trash included, the one saved last first."""
        with self.reading() as connection:
            amounts = connection.execute("SELECT draft_id, budget, amount_unit FROM projects")
            budgets = grouped((draft_id, money(budget, unit)) for draft_id, budget, unit in amounts)
            found = connection.execute(
                "SELECT id, year, unit_code, unit_name, state, modified, deleted_at FROM drafts ORDER BY sequence DESC"
            ).fetchall()
            if not all(_can_be_listed(*row) for row in found):
                raise StoreError("damaged", self.path)
            heads = (
                "SELECT draft_id, value FROM surroundings WHERE name GLOB 'reports[[][0-9]*]' AND name NOT LIKE '%.%'"
            )
            kinds = kinds_of(connection.execute(heads))
        return tuple(
            DraftSummary(
                *(id_, year, code, name, state),
                project_count=len(budgets.get(id_, ())),
                budget=sum((amount for amount in budgets.get(id_, ()) if amount is not None), Decimal(0)),
                modified=modified,
                deleted=deleted_at is not None,
                reports=kinds.get(id_, ()),
            )
            for id_, year, code, name, state, modified, deleted_at in found
        )

    def duplicate(self, draft_id: int) -> int:
        """A copy to go on with, hence a 草稿 even of a 定稿; its number."""
        return self.create(replace(self.load(draft_id), state="草稿"))

    def trash(self, draft_id: int) -> None:
        """Into the trash: listed as deleted, loadable, and back with `restore`."""
        self._write_one("UPDATE drafts SET deleted_at = ? WHERE id = ?", self.timestamp(), draft_id)

    def restore(self, draft_id: int) -> None:
        self._write_one("UPDATE drafts SET deleted_at = ? WHERE id = ?", None, draft_id)

    def delete(self, draft_id: int) -> None:
        """For good."""
        self._write_one("DELETE FROM drafts WHERE id = ?", draft_id)

    def set_place(self, draft_id: int, path: str, step: int = 0) -> None:
        """Remembers where the user is in the draft; not a change of the draft. It never waits for another program."""
        with self.without_waiting(), self.transaction() as connection:
            self._must_exist(connection.execute("SELECT count(*) FROM drafts WHERE id = ?", (draft_id,)).fetchone()[0])
            connection.execute(
                "INSERT OR REPLACE INTO places (draft_id, path, step) VALUES (?, ?, ?)", (draft_id, path, step)
            )

    def place(self, draft_id: int) -> Place:
        """Where the user was last in the draft; an empty place where nothing is remembered, or nothing that can be read."""
        with suppress(StoreError), self.reading() as connection:
            row = connection.execute("SELECT path, step FROM places WHERE draft_id = ?", (draft_id,)).fetchone()
            if row is not None and isinstance(row[0], str) and isinstance(row[1], int):
                return Place(*row)
        return Place()

    def used_indicators(self, except_draft: int = 0) -> tuple[UsedIndicator, ...]:
        """The named rows of all other drafts outside the trash, those of the draft saved last first."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT d.year, d.unit_name, p.name, i.tier1, i.tier2, i.name, i.description, i.value, i.basis,"
                " p.code, p.fund_use, d.id, p.id, i.id"
                " FROM indicators i JOIN projects p ON p.key = i.project_key JOIN drafts d ON d.id = p.draft_id"
                " WHERE d.deleted_at IS NULL AND d.id != ? AND i.name != ''"
                " ORDER BY d.sequence DESC, p.position, i.position",
                (except_draft,),
            )
            reports = "SELECT draft_id, name, value FROM surroundings WHERE name LIKE 'reports[%' ORDER BY name"
            actual = reached(connection.execute(reports))
            return tuple(
                UsedIndicator._make((*own, actual.get((draft, project, row), "")))
                for *own, draft, project, row in found
            )

    def remember(self, key: str, value: str) -> None:
        """A small setting of the program, such as the unit named last."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO remembered (key, value, checksum) VALUES (?, ?, ?)",
                (key, value, setting_checksum(key, value)),
            )

    def recall(self, key: str, default: str = "") -> str:
        """What was remembered. It never waits for another program."""
        with self.without_waiting(), self.reading() as connection:
            row = connection.execute("SELECT value FROM remembered WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def _write_one(self, sql: str, *values: object) -> None:
        with self.transaction() as connection:
            self._must_exist(connection.execute(sql, values).rowcount)

    def _must_exist(self, count: int) -> None:
        if count != 1:
            raise StoreError("missing", self.path)

    def timestamp(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

    def _next_sequence(self) -> int:
        """Drafts are ordered by this number: the clock of the machine may be set back."""
        return int(self._connection.execute("SELECT coalesce(max(sequence), 0) + 1 FROM drafts").fetchone()[0])

    def _rows(self, columns: tuple[str, ...], rest: str, *values: object) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(f"SELECT {', '.join(columns)} FROM {rest}", values))

    def _document_row(self, draft_id: int) -> tuple[Any, ...]:
        for row in self._rows(rows.DOCUMENT_COLUMNS, "drafts WHERE id = ?", draft_id):
            return row
        raise StoreError("missing", self.path)

    def _items(self, draft_id: int, kind: str) -> Iterator[tuple[Any, ...]]:
        """The rows of sub-goals or of measures, which have the same columns."""
        rest = "items WHERE draft_id = ? AND kind = ? ORDER BY position"
        return self._rows(rows.SUB_GOALS.columns, rest, draft_id, kind)

    def _projects(self, draft_id: int) -> tuple[Project, ...]:
        rest = "indicators WHERE project_key IN (SELECT key FROM projects WHERE draft_id = ?) ORDER BY position"
        found = self._rows(("project_key", *rows.INDICATORS.columns), rest, draft_id)
        indicators = grouped((key, rows.indicator(row)) for key, *row in found)
        found = self._rows(("key", *rows.PROJECTS.columns), "projects WHERE draft_id = ? ORDER BY position", draft_id)
        return tuple(rows.project(row, tuple(indicators.get(key, ()))) for key, *row in found)
