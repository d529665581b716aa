"""A draft that two writers changed: both texts stay, as drafts of their own, until the user chooses one of them."""

import sqlite3
from contextlib import suppress

from models.document.tree import Draft
from models.store.drafts import Store
from models.store.revisions import Revisions

_OTHER = "conflict."
"""Under which the number of the other draft is remembered for each of the two."""


def keep_both(store: Store, draft_id: int, mine: Draft) -> int:
    """Makes `mine` a draft with all that belonged to the one it was; its number. A version of each text is in both histories.

    Where the draft is not in the file any more, `mine` alone is made a draft.
    """
    revisions = Revisions(store)
    with store.transaction() as connection:
        there = connection.execute("SELECT count(*) FROM drafts WHERE id = ?", (draft_id,)).fetchone()[0] > 0
        if there:
            with suppress(ValueError):  # what is there can no longer be read
                revisions.keep(draft_id, store.load(draft_id, verify=False), "conflict")
            revisions.keep(draft_id, mine, "conflict")
        new_id = store.create(mine)
        _copy_what_belongs_to_it(connection, draft_id, new_id)
        if there:
            store.remember(f"{_OTHER}{new_id}", str(draft_id))
            store.remember(f"{_OTHER}{draft_id}", str(new_id))
    return new_id


def keep_version(store: Store, draft_id: int, mine: Draft) -> None:
    """A text that somebody else went on from, in the history of the draft where it is not there yet."""
    Revisions(store).keep(draft_id, mine, "conflict", once=True)


def other_of(store: Store, draft_id: int) -> int:
    """The draft among which and this one the user has not chosen yet; 0 for none."""
    kept = store.recall(f"{_OTHER}{draft_id}")
    if not kept.isdecimal():
        return 0
    return int(kept) if any(line.id == int(kept) and not line.deleted for line in store.list()) else 0


def settle(store: Store, kept: int, dropped: int | None = None) -> None:
    """The user chose: the one stays, the other goes into the trash; None: both stay, and nobody asks again."""
    with store.transaction() as connection:
        for draft_id in (kept, dropped or other_of(store, kept)):
            connection.execute("DELETE FROM remembered WHERE key = ?", (f"{_OTHER}{draft_id}",))
        if dropped is not None:
            store.trash(dropped)


def _copy_what_belongs_to_it(connection: sqlite3.Connection, draft_id: int, new_id: int) -> None:
    """Versions, place, and what is remembered under the draft's number."""
    columns = "made, reason, name, digest, content, checksum"
    connection.execute(
        f"INSERT INTO revisions (draft_id, {columns}) SELECT ?, {columns} FROM revisions WHERE draft_id = ? ORDER BY sequence",
        (new_id, draft_id),
    )
    connection.execute(
        "INSERT INTO places (draft_id, path, step) SELECT ?, path, step FROM places WHERE draft_id = ?",
        (new_id, draft_id),
    )
    end = f".{draft_id}"
    connection.execute(
        "INSERT OR REPLACE INTO remembered (key, value)"
        " SELECT substr(key, 1, length(key) - ?) || ?, value FROM remembered WHERE substr(key, -?) = ?",
        (len(end), f".{new_id}", len(end), end),
    )
