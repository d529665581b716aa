"""The store's tables, built step by step: a released step is never edited, a change is a new step at the end.

Positions count from 0 without gaps. `id` is the document's own id of a part; `key` is the row's, so that two drafts may share ids.
"""

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("goalform")

_VERSION_1 = """
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sequence INTEGER NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    deleted_at TEXT,
    state TEXT NOT NULL,
    template TEXT NOT NULL,
    year INTEGER,
    unit_code TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    title TEXT,
    headings TEXT NOT NULL,
    sub_goals_preface TEXT NOT NULL,
    sub_goals_numbering TEXT NOT NULL,
    safeguards_preface TEXT NOT NULL,
    safeguards_numbering TEXT NOT NULL,
    overall_goal TEXT NOT NULL
);
CREATE TABLE items (
    key INTEGER PRIMARY KEY,
    draft_id INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    number TEXT,
    heading TEXT NOT NULL,
    run_in INTEGER NOT NULL,
    text TEXT NOT NULL,
    goal TEXT,
    indicator TEXT
);
CREATE INDEX items_of_draft ON items (draft_id, kind, id);
CREATE TABLE projects (
    key INTEGER PRIMARY KEY,
    draft_id INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    amount_unit TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    budget TEXT NOT NULL,
    fiscal_funds TEXT NOT NULL,
    other_funds TEXT NOT NULL,
    fund_use TEXT NOT NULL,
    spending_plan TEXT NOT NULL,
    goals_numbering TEXT NOT NULL,
    goals TEXT NOT NULL
);
CREATE INDEX projects_of_draft ON projects (draft_id, id);
CREATE TABLE indicators (
    key INTEGER PRIMARY KEY,
    project_key INTEGER NOT NULL REFERENCES projects(key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    tier1 TEXT NOT NULL,
    tier2 TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    value TEXT NOT NULL,
    basis TEXT NOT NULL,
    weight TEXT NOT NULL
);
CREATE INDEX indicators_of_project ON indicators (project_key, id);
CREATE TABLE unplaced_lines (
    draft_id INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (draft_id, position)
);
CREATE TABLE surroundings (
    draft_id INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (draft_id, name)
);
CREATE TABLE places (
    draft_id INTEGER PRIMARY KEY REFERENCES drafts(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    step INTEGER NOT NULL
);
CREATE TABLE remembered (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
"""

_VERSION_2 = """
ALTER TABLE drafts ADD COLUMN checksum INTEGER;
CREATE TABLE revisions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    draft_id INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
    made TEXT NOT NULL,
    reason TEXT NOT NULL,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX revisions_of_draft ON revisions (draft_id, sequence);
"""

_VERSION_3 = """
ALTER TABLE remembered ADD COLUMN checksum INTEGER;
ALTER TABLE revisions ADD COLUMN checksum INTEGER;
"""

_VERSION_4 = """
ALTER TABLE projects ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
ALTER TABLE indicators ADD COLUMN scope TEXT NOT NULL DEFAULT 'annual';
"""


def _execute(db: Database, statements: str) -> None:
    """One by one: executescript() would look at each character to find their ends. None of them has a semicolon inside."""
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)


@MIGRATIONS(name="0001_drafts")
def _drafts(db: Database) -> None:
    _execute(db, _VERSION_1)


@MIGRATIONS(name="0002_revisions")
def _revisions(db: Database) -> None:
    """A draft without a checksum gets one with its next save."""
    _execute(db, _VERSION_2)


@MIGRATIONS(name="0003_checksums")
def _checksums(db: Database) -> None:
    """Of settings and of the names of versions; `models.store.sealing` fills them in."""
    _execute(db, _VERSION_3)


@MIGRATIONS(name="0004_other_forms")
def _other_forms(db: Database) -> None:
    """Columns of other forms than Hebei's."""
    _execute(db, _VERSION_4)


def migrate(connection: sqlite3.Connection, application_id: int, version: int, seal: Callable[[], None]) -> None:
    """Applies every step that is missing, seals, and writes both numbers into the header: all of it or nothing."""
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    with db.atomic():
        MIGRATIONS.apply(db)
        seal()
        db.execute(f"PRAGMA application_id = {application_id:d}")
        db.execute(f"PRAGMA user_version = {version:d}")
