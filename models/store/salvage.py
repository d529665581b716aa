"""A store that is damaged: set aside under another name, and what can still be read is put into a new one."""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.document import Draft, Unit
from models.store import rows
from models.store.connection import open_store
from models.store.drafts import ResultT, Stamp, Store
from models.store.errors import StoreError, in_the_users_words
from models.store.revisions import Packed, Revisions, packed
from models.store.snapshot import unpack

_INTERIOR = 5
_OF_THE_OLD_STORE = re.compile(r"\.[0-9]+\Z|\Asession\.")
"""Keys of a draft, whose number is another one now, and of the window that was open."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What came of it.

    `whole`: drafts as they were saved; `partly`: drafts of which something is missing or changed; `versions`: of all of them.
    """

    kept_as: Path
    whole: int
    partly: int
    versions: int = 0
    incomplete: tuple[str, ...] = ()
    """Year and unit of those read partly."""


def set_aside(path: Path) -> Path:
    """Renames the file, its journal with it; nothing is deleted. The new name."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    journal = path.with_name(path.name + "-journal")
    with in_the_users_words(path):
        path.replace(aside)
        with suppress(FileNotFoundError):
            journal.replace(aside.with_name(aside.name + "-journal"))
    return aside


def salvage(path: Path) -> Salvage:
    """Sets the file aside and makes a new store in its place with every draft and every version that can be read, and with
    what was remembered: settings, and the own library of indicators.
    """
    aside = set_aside(path)
    whole = partly = versions = 0
    incomplete: list[str] = []
    with closing(open_store(path)) as store, tempfile.TemporaryDirectory(prefix="goalform-") as folder:
        copy = _copied(aside, Path(folder))
        source = copy if _has_its_tables(copy) else _with_our_tables(copy, Path(folder))
        for found in _readable(source) if source else ():
            draft_id = store.create(found.draft)
            Revisions(store).adopt(draft_id, found.versions)
            if found.deleted:
                store.trash(draft_id)
            whole, partly = whole + found.whole, partly + (not found.whole)
            versions += len(found.versions)
            if not found.whole:
                incomplete.append(_name(found.draft))
        for key, value in _remembered(source).items() if source else ():
            store.remember(key, value)
    return Salvage(aside, whole, partly, versions, tuple(incomplete))


def _name(draft: Draft) -> str:
    projects = draft.document.projects
    unit = draft.document.unit if draft.document.unit != Unit() or not projects else projects[0].unit
    return f"{draft.document.year or ''} {unit.name or unit.code or '（未写单位）'}".strip()


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft that could be read. `whole`: as it was saved; `deleted`: it was in the trash."""

    draft: Draft
    whole: bool
    deleted: bool
    versions: tuple[Packed, ...]


class _Tolerant(Store):
    """Reads up to the first thing that cannot be read, and takes that for the end; leaves out what makes no sense."""

    def _rows(self, columns: tuple[str, ...], rest: str, *values: object) -> Iterator[tuple[Any, ...]]:
        # An index may be broken where the rows are not, and the other way round.
        ways = (rest, rest.replace(" WHERE", " NOT INDEXED WHERE", 1))
        by_index, by_table = (self._readable_rows(columns, way, *values) for way in ways)
        return iter(by_table if len(by_table) > len(by_index) else by_index)

    def _readable_rows(self, columns: tuple[str, ...], rest: str, *values: object) -> tuple[tuple[Any, ...], ...]:
        found = []
        with suppress(sqlite3.Error):
            for row in super()._rows(columns, rest, *values):
                found.append(row)  # one by one: what came before the error counts
        return tuple(found)

    def _document_row(self, draft_id: int) -> tuple[Any, ...]:
        usual = rows.document_row(Draft())
        try:
            row = list(super()._document_row(draft_id))
        except StoreError:
            return usual  # the projects may be there all the same
        try:
            rows.document(row, (), (), (), ())
        except (ValueError, TypeError):
            at = rows.DOCUMENT_COLUMNS.index("headings")
            row[at] = usual[at]
        return tuple(row)

    def _stamp(self, draft_id: int) -> Stamp:  # noqa: ARG002  # nothing is compared
        return 0, None

    def _made(self, make: Callable[..., ResultT], *values: Any) -> tuple[ResultT, ...]:
        try:
            return super()._made(make, *values)
        except (ValueError, TypeError, KeyError):
            return ()


def _readable(path: Path) -> Iterator[_Found]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda content: content.decode(errors="replace")
    with closing(connection):
        strict, tolerant = Store(connection, path, read_only=True), _Tolerant(connection, path, read_only=True)
        versions = packed(connection)
        for draft_id in _ids(connection):
            kept, deleted = versions.get(draft_id, ()), _is_deleted(connection, draft_id)
            try:
                yield _Found(strict.load(draft_id), True, deleted, kept)
            except (StoreError, sqlite3.Error, ValueError, TypeError):
                read = _partly(tolerant, draft_id)
                draft = read if read is not None and _says_something(read) else _last_version(kept) or read
                if draft is not None:
                    yield _Found(draft, False, deleted, kept)


def _remembered(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = lambda content: content.decode(errors="replace")
        for order in ("ASC", "DESC"):  # from both ends, each up to the first that cannot be read
            with suppress(sqlite3.Error):
                for key, value in connection.execute(f"SELECT key, value FROM remembered ORDER BY rowid {order}"):
                    found[str(key)] = str(value)
    return {
        key: value for key, value in found.items() if not _OF_THE_OLD_STORE.search(key) and "\ufffd" not in key + value
    }


def _copied(path: Path, folder: Path) -> Path:
    """To read from: SQLite would play a journal left behind into the file that was set aside."""
    for name in (path.name, path.name + "-journal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(path.with_name(name), folder / name)
    return folder / path.name


def _has_its_tables(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master WHERE length(sql) > 0").fetchone())
    except sqlite3.Error:
        return False


def _with_our_tables(path: Path, folder: Path) -> Path | None:
    """A copy whose list of tables is that of a new store: each store made by the program has them in the same places."""
    new = folder / "new.db"
    open_store(new).close()
    pages, content = new.read_bytes(), bytearray(path.read_bytes())
    size = int.from_bytes(pages[16:18])
    if len(content) < len(pages):
        return None
    for number in _pages_of_the_table_list(pages):
        at = (number - 1) * size
        content[at : at + size] = pages[at : at + size]
    content[28:32] = (len(content) // size).to_bytes(4)
    content[32:40] = bytes(8)  # no free pages: nothing is written there
    content[92:96] = content[24:28]  # the size just written counts
    copy = folder / "read.db"
    copy.write_bytes(content)
    return copy


def _pages_of_the_table_list(pages: bytes) -> list[int]:
    """The first page, and those it leads to where the list does not fit on it (SQLite's file format, 1.6)."""
    found = [1]
    if pages[100] == _INTERIOR:
        cells = int.from_bytes(pages[103:105])
        places = [int.from_bytes(pages[112 + 2 * cell : 114 + 2 * cell]) for cell in range(cells)]
        found += [int.from_bytes(pages[place : place + 4]) for place in places]
        found.append(int.from_bytes(pages[108:112]))
    return found


def _ids(connection: sqlite3.Connection) -> list[int]:
    found: set[int] = set()
    for query in ("SELECT id FROM drafts", "SELECT draft_id FROM projects", "SELECT draft_id FROM revisions"):
        with suppress(sqlite3.Error):
            for (draft_id,) in connection.execute(query):
                found.add(draft_id)
    return sorted(found)


def _partly(store: Store, draft_id: int) -> Draft | None:
    with suppress(StoreError, sqlite3.Error, ValueError, TypeError):
        return store.load(draft_id, verify=False)
    return None


def _says_something(draft: Draft) -> bool:
    document = draft.document
    return bool(document.overall_goal or document.sub_goals.items or document.safeguards.items or document.projects)


def _last_version(versions: tuple[Packed, ...]) -> Draft | None:
    for version in reversed(versions):
        with suppress(ValueError, TypeError, KeyError):
            return unpack(version.content)
    return None


def _is_deleted(connection: sqlite3.Connection, draft_id: int) -> bool:
    query = "SELECT deleted_at IS NOT NULL FROM drafts WHERE id = ?"
    with suppress(sqlite3.Error):
        return any(deleted for (deleted,) in connection.execute(query, (draft_id,)))
    return False
