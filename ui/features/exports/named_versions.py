"""The named versions of a draft that go out in its package (数据包)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from models.errors import UserError
from models.store import Store

if TYPE_CHECKING:
    from models.exchange.package_contents import NamedVersion
    from models.store import Store


def version_count(store: object, draft_id: int) -> int:
    """How many of the draft's versions have a name; 0 where the store cannot say."""
    from models.store.revisions import Revisions

    if isinstance(store, Store) and draft_id:
        with suppress(UserError):
            return sum(bool(revision.name) for revision in Revisions(store).list(draft_id))
    return 0


def named_versions(store: Store, draft_id: int) -> tuple[NamedVersion, ...]:
    """The draft's versions that have a name, the oldest first. UserError where one cannot be read."""
    from models.exchange.package_contents import NamedVersion
    from models.store.revisions import Revisions

    revisions = Revisions(store)
    named = [revision for revision in reversed(revisions.list(draft_id)) if revision.name]
    return tuple(NamedVersion(one.made, one.name, revisions.load(one.sequence)) for one in named)
