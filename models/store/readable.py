"""What can still be read of a damaged store: each draft on its own, its versions, the settings; and what cannot."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from models.document.tree import Draft, GoalDocument, Project, Unit, new_id
from models.store import store_rows as rows
from models.store.checksum import checksum, setting_checksum
from models.store.leaves import with_new_root
from models.store.repair import repaired
from models.store.report_rows import put_together
from models.store.revisions import Packed, is_what_was_kept, is_what_was_said
from models.store.snapshot import unpack
from models.store.walking import Row, Walked, walk

PartT = TypeVar("PartT")

_REPLACED = "\ufffd"
"""Stands where bytes are no character any more."""

PERHAPS_WRONG = "（名称、日期可能有误）"
"""Stands behind the name of a version of which these are not what was written."""

_WITH_DRAFTS = ("items", "projects", "unplaced_lines", "surroundings", "revisions")
_NOT_IN_A_DRAFT = ("revisions", "remembered", "places")
_BY_THEMSELVES = ("drafts", "remembered", "places")


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """`id`: its number in the damaged store. `whole`: as it was saved. `deleted`: it was in the trash; None where that cannot
    be read. `lost_versions`: how many of its versions are there, but are not what was kept.
    """

    id: int
    draft: Draft
    whole: bool
    deleted: bool | None
    versions: tuple[Packed, ...] = ()
    lost_versions: int = 0

    @property
    def name(self) -> str:
        """Year and unit."""
        projects = self.draft.document.projects
        unit = self.draft.document.unit
        if unit == Unit() and projects:
            unit = projects[0].unit
        return f"{self.draft.document.year or ''} {unit.name or unit.code or '（未写单位）'}".strip()


@dataclass(slots=True)
class Remains:
    """`unreadable`: drafts of which there are traces, but nothing to read; `their_versions`: those there are of them.
    `broken`: tables that were not read to the end. `before_last`: a journal was needed that goes back to before the last save.
    """

    drafts: list[FoundDraft] = field(default_factory=list)
    remembered: dict[str, str] = field(default_factory=dict)
    lost_settings: tuple[str, ...] = ()
    unreadable: int = 0
    their_versions: int = 0
    broken: tuple[str, ...] = ()
    before_last: bool = False

    @property
    def worth(self) -> tuple[int, int, int, int]:
        """To choose among several ways of reading the same file."""
        versions = sum(len(found.versions) for found in self.drafts)
        return sum(found.whole for found in self.drafts), len(self.drafts), versions, len(self.remembered)


def read_remains(path: Path) -> Remains:
    """Of a copy: SQLite may write to it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = partial(bytes.decode, errors="replace")
        tables = {name: _walked(connection, name, columns) for name, columns in rows.TABLES.items()}
        roots = _roots(connection)
    for name, walked in tables.items():
        if not walked.complete and name in roots:
            walked.rows |= _rows_under_a_new_root(path, name, roots[name])
    reading = _Reading(tables)
    remains = Remains(broken=tuple(name for name, walked in tables.items() if not walked.complete))
    for draft_id in reading.ids():
        found = reading.draft(draft_id)
        if found is None:
            remains.unreadable += 1
            remains.their_versions += reading.versions(draft_id)[1]
        else:
            remains.drafts.append(found)
    if (orphans := reading.orphans()) is not None:
        remains.drafts.insert(0, orphans)
    settings = list(tables["remembered"].rows.values())
    remains.remembered = {key: value for key, value, total in settings if _is_what_was_written(key, value, total)}
    remains.lost_settings = tuple(str(key) for key, *_rest in settings if key not in remains.remembered)
    return remains


def _walked(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Walked:
    """A column an older store does not have is read as NULL; of a table it does not have nothing is missing."""
    known: set[str] = set()
    with suppress(Exception):  # also words of SQLite's own that quote bytes which are no text
        known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if not known:
            return Walked()
    return walk(connection, table, tuple(name if name in known else "NULL" for name in columns))


def _roots(connection: sqlite3.Connection) -> dict[str, int]:
    with suppress(Exception):
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").fetchall())
    return {}


def _rows_under_a_new_root(path: Path, table: str, root: int) -> dict[int, Row]:
    content = with_new_root(path.read_bytes(), table, root)
    if content is None:
        return {}
    copy = path.with_name(f"root-{path.name}")
    copy.write_bytes(content)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.text_factory = partial(bytes.decode, errors="replace")
        return _walked(connection, table, rows.TABLES[table]).rows


def _is_what_was_written(key: Any, value: Any, total: Any) -> bool:
    if total is not None:
        return bool(total == setting_checksum(key, value))
    return all(isinstance(text, str) and _REPLACED not in text for text in (key, value))


class _Reading:
    """Puts the rows of all tables together again."""

    def __init__(self, tables: dict[str, Walked]) -> None:
        self._tables = tables
        self._parts = {name: _by_owner(walked) for name, walked in tables.items() if name not in _BY_THEMSELVES}

    def ids(self) -> list[int]:
        """Of every draft there are traces of, the one saved last last."""
        found = set(self._tables["drafts"].rows)
        for table in _WITH_DRAFTS:
            found |= self._parts[table].keys()
        return sorted((id_ for id_ in found if isinstance(id_, int)), key=lambda id_: (self._sequence(id_), id_))

    def _sequence(self, draft_id: int) -> int:
        row = self._tables["drafts"].rows.get(draft_id)
        return row[1] if row is not None and isinstance(row[1], int) else 0

    def draft(self, draft_id: int) -> FoundDraft | None:
        """None: nothing is left of it."""
        row = self._tables["drafts"].rows.get(draft_id)
        deleted, total = (row[0] is not None, row[2]) if row is not None else (None, None)
        kept, lost = self.versions(draft_id)
        found = partial(FoundDraft, draft_id, deleted=deleted, versions=kept, lost_versions=lost)
        read, complete = self._assembled(draft_id, row)
        if complete and self._is_what_was_saved(read, total):
            return found(read, whole=True)
        drafts = [draft for version in reversed(kept) if (draft := _unpacked(version)) is not None]
        for draft in drafts:
            if total is not None and checksum(draft) == total:
                return found(draft, whole=True)
        read = repaired(read)
        if not _says_something(read) and drafts:
            read = drafts[0]
        return None if read == Draft() else found(read, whole=False)

    def orphans(self) -> FoundDraft | None:
        """Indicators whose project is gone, under projects without a name: nobody knows any more whose they were."""
        known = {row[2] for row in self._tables["projects"].rows.values()}
        left = {key: parts for key, parts in self._parts["indicators"].items() if key not in known}
        projects = tuple(Project(new_id("p"), indicators=tuple(map(rows.indicator, parts))) for parts in left.values())
        draft = repaired(Draft(GoalDocument(projects=projects)))
        return FoundDraft(0, draft, whole=False, deleted=None) if projects else None

    def _is_what_was_saved(self, draft: Draft, total: Any) -> bool:
        with suppress(Exception):  # what is in the fields may be anything
            if total is not None:
                return bool(checksum(draft) == total)
            all_read = all(self._tables[name].complete for name in rows.TABLES if name not in _NOT_IN_A_DRAFT)
            return all_read and repaired(draft) == draft and _REPLACED not in repr(draft)
        return False

    def versions(self, draft_id: int) -> tuple[tuple[Packed, ...], int]:
        """Those that are what was kept, the oldest first, and how many are not."""
        kept, lost = [], 0
        for made, reason, name, total, content, digest in self._parts["revisions"].get(draft_id, ()):
            if not is_what_was_kept(content, digest):
                lost += 1
            elif is_what_was_said(made, reason, name, total):
                kept.append(Packed(_as_text(made), _as_text(reason), _as_text(name), content))
            else:
                kept.append(Packed(_as_text(made), "named", f"{_as_text(name)}{PERHAPS_WRONG}", content))
        return tuple(kept), lost

    def _assembled(self, draft_id: int, row: Row | None) -> tuple[Draft, bool]:
        """And whether every row there is was taken."""
        made = _Made()
        own = list(row[3:]) if row is not None else list(rows.document_row(Draft()))
        headings = rows.DOCUMENT_COLUMNS.index("headings")
        if not made.all((own,), lambda *values: rows.document(values, (), (), (), ())):
            own[headings] = rows.document_row(Draft())[headings]
        items = self._parts["items"].get(draft_id, ())
        projects = self._parts["projects"].get(draft_id, ())
        unplaced = self._parts["unplaced_lines"].get(draft_id, ())
        document = rows.document(
            own,
            made.all(_of_kind(items, rows.SUB_GOAL_KIND), lambda *values: rows.sub_goal(values)),
            made.all(_of_kind(items, rows.MEASURE_KIND), lambda *values: rows.measure(values)),
            made.all(projects, self._project),
            tuple(text for (text,) in unplaced),
        )
        around = dict(made.all(self._parts["surroundings"].get(draft_id, ()), rows.surrounding))
        draft = replace(Draft(document), state=own[0], **put_together(around))
        of_other_kinds = any(kind not in {rows.SUB_GOAL_KIND, rows.MEASURE_KIND} for kind, *_rest in items)
        return draft, row is not None and not made.failed and not of_other_kinds

    def _project(self, key: int, *row: Any) -> Any:
        indicators = tuple(map(rows.indicator, self._parts["indicators"].get(key, ())))
        return rows.project(row, indicators)


class _Made:
    """Makes parts of rows, and leaves out those of which none can be made."""

    def __init__(self) -> None:
        self.failed = 0

    def all(self, found: Any, make: Callable[..., PartT]) -> tuple[PartT, ...]:
        return tuple(self._each(found, make))

    def _each(self, found: Any, make: Callable[..., PartT]) -> Iterator[PartT]:
        for row in found:
            try:
                yield make(*row)
            except Exception:  # a list that is no JSON any more, a key nobody knows, a number where a text belongs
                self.failed += 1


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _by_owner(walked: Walked) -> dict[Any, list[Row]]:
    """Owner → its rows in their order, without owner and place."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for number, row in walked.rows.items():
        place = row[1] if isinstance(row[1], int) else number
        found[row[0]].append((place, number, row[2:]))
    return {owner: [row for *_place, row in sorted(parts, key=itemgetter(0, 1))] for owner, parts in found.items()}


def _of_kind(items: Any, wanted: str) -> list[Row]:
    return [tuple(row) for kind, *row in items if kind == wanted]


def _says_something(draft: Draft) -> bool:
    document = draft.document
    return bool(document.overall_goal or document.sub_goals.items or document.safeguards.items or document.projects)


def _unpacked(version: Packed) -> Draft | None:
    with suppress(ValueError, TypeError, KeyError):
        return unpack(version.content)
    return None
