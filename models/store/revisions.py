"""The versions of a draft: kept by themselves at certain moments or under a name, thinned as they grow old."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from models.document.template import load_template
from models.document.tree import Draft
from models.exchange.package_contents import NamedVersion
from models.store.ages import FOR_EVER, Kept, Rule, by_day, by_month, too_many
from models.store.checksum import version_checksum
from models.store.drafts import Store
from models.store.snapshot import pack, unpack
from models.store.store_errors import StoreError

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "named": "命名版本",
        "saved": "按了保存",
        "opened": "打开时",
        "hourly": "编辑中，每小时",
        "import": "导入前",
        "merge": "汇总前",
        "restore": "恢复版本前",
        "discard": "放弃修改前",
        "conflict": "两处都改过",
    }
)
"""Why a version was kept, in the user's words."""

RULES = (Rule(0, None), Rule(31, by_day), Rule(FOR_EVER, by_month))
"""All of the last day, one a day for a month, one a month beyond."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A version in the list. `made`: UTC, ISO; `reason`: a key of REASONS; `name`: the user's, "" for automatic ones."""

    sequence: int
    made: str
    reason: str
    name: str


@dataclass(frozen=True, slots=True)
class Packed:
    """A version as it lies in a store: what `Revision` says of it, and the draft's bytes."""

    made: str
    reason: str
    name: str
    content: bytes


def is_what_was_kept(content: Any, digest: Any) -> bool:
    """Whether the bytes of a version are still those it was kept with."""
    return isinstance(content, bytes) and _digest(content) == digest


def is_what_was_said(made: Any, reason: Any, name: Any, checksum: Any) -> bool:
    """Whether date, reason and name of a version are still those it was kept under; older ones have no checksum."""
    return checksum is None or checksum == version_checksum(made, reason, name)


def _add(connection: sqlite3.Connection, draft_id: int, version: Packed) -> None:
    columns = version.made, version.reason, version.name
    connection.execute(
        "INSERT INTO revisions (draft_id, made, reason, name, checksum, digest, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (draft_id, *columns, version_checksum(*columns), _digest(version.content), version.content),
    )


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


class Revisions:
    """The versions in a store. Errors are the store's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, draft_id: int, draft: Draft, reason: str, name: str = "", once: bool = False) -> bool:
        """Keeps this state of the draft; False where the newest version says the same already, with `once` where any does.

        A name is then given to that version, beside the one it may have. One without a name waits for no other program.
        """
        content = pack(draft)
        digest = _digest(content)
        waiting = nullcontext() if name else self._store.without_waiting()
        with waiting, self._store.transaction() as connection:
            first = "digest = ? DESC, " if once else ""
            query = f"SELECT sequence, digest, name, made, reason FROM revisions WHERE draft_id = ? ORDER BY {first}sequence DESC LIMIT 1"
            last = connection.execute(query, (draft_id, *([digest] if once else []))).fetchone()
            if last is not None and last[1] == digest:
                if name and name not in last[2].split("、"):
                    joined = "、".join(filter(None, (last[2], name)))
                    total = version_checksum(last[3], last[4], joined)
                    renamed = "UPDATE revisions SET name = ?, checksum = ? WHERE sequence = ?"
                    connection.execute(renamed, (joined, total, last[0]))
                return False
            _add(connection, draft_id, Packed(self._store.timestamp(), reason, name, content))
            self._thin(connection, draft_id)
        return True

    def bring(self, draft_id: int, versions: Iterable[NamedVersion]) -> None:
        """Versions under the names and dates they had elsewhere, the oldest first; all of them or none."""
        self.adopt(draft_id, (Packed(one.made, "named", one.name or "命名版本", pack(one.draft)) for one in versions))

    def packed(self, draft_id: int) -> tuple[Packed, ...]:
        """The draft's versions as they lie there, the oldest first."""
        query = "SELECT made, reason, name, content FROM revisions WHERE draft_id = ? ORDER BY sequence"
        with self._store.reading() as connection:
            return tuple(Packed(*row) for row in connection.execute(query, (draft_id,)))

    def adopt(self, draft_id: int, versions: Iterable[Packed]) -> None:
        """Versions of another store, the oldest first, as they were there; all of them or none."""
        with self._store.transaction() as connection:
            for version in versions:
                made = _moment(version.made) or self._store.timestamp()
                reason = version.reason if version.reason in REASONS else "opened"
                _add(connection, draft_id, replace(version, made=made, reason=reason))

    def list(self, draft_id: int) -> tuple[Revision, ...]:
        """The draft's versions, the one kept last first."""
        query = "SELECT sequence, made, reason, name FROM revisions WHERE draft_id = ? ORDER BY sequence DESC"
        with self._store.reading() as connection:
            return tuple(Revision(*row) for row in connection.execute(query, (draft_id,)))

    def broken(self, draft_id: int) -> int:
        """How many of the draft's versions are not what was kept."""
        query = "SELECT made, reason, name, checksum, content, digest FROM revisions WHERE draft_id = ?"
        with self._store.reading() as connection:
            return sum(
                not is_what_was_kept(content, digest) or not is_what_was_said(*columns)
                for *columns, content, digest in connection.execute(query, (draft_id,))
            )

    def load(self, sequence: int) -> Draft:
        """The draft as that version holds it. StoreError where it is gone or its bytes are no longer what was kept."""
        query = "SELECT digest, content FROM revisions WHERE sequence = ?"
        with self._store.reading() as connection:
            row = connection.execute(query, (sequence,)).fetchone()
        if row is None:
            raise StoreError("missing", self._store.path, "这个版本已经不在了，请重新打开历史版本。")
        if not is_what_was_kept(row[1], row[0]):
            raise StoreError("altered", self._store.path, "这个版本的内容在磁盘上已损坏，不能恢复；请选择另一个版本。")
        draft = unpack(row[1])
        load_template(draft.document.template)  # UserError for one that is not installed: it could not be shown
        return draft

    @staticmethod
    def _thin(connection: Any, draft_id: int) -> None:
        query = "SELECT sequence, made, name FROM revisions WHERE draft_id = ?"
        states = [
            Kept(sequence, _day(made), bool(name)) for sequence, made, name in connection.execute(query, (draft_id,))
        ]
        going = [(sequence,) for sequence in too_many(states, RULES)]
        connection.executemany("DELETE FROM revisions WHERE sequence = ?", going)


def _moment(made: str) -> str:
    """The date where it is one, else ""; at the ends of the calendar it would be none on somebody's own."""
    try:
        moment = datetime.fromisoformat(made).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="seconds") if date.min.year < moment.year < date.max.year else ""


def _day(made: str) -> date:
    """The day on the user's own calendar."""
    return datetime.fromisoformat(made).astimezone().date()
