"""Packages (数据包) in the window: named versions go out with a draft, and come in with a new one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from importers.files import Imported
    from models.jxmb import NamedVersion
    from models.store import Store
    from ui.main_window import MainWindow


def version_count(store: object, draft_id: int) -> int:
    """How many of the draft's versions have a name; 0 where the store cannot say."""
    from models.store import Store
    from models.store.revisions import Revisions

    if isinstance(store, Store) and draft_id:
        with suppress(UserError):
            return sum(bool(revision.name) for revision in Revisions(store).list(draft_id))
    return 0


def named_versions(store: Store, draft_id: int) -> tuple[NamedVersion, ...]:
    """The draft's versions that have a name, the oldest first. UserError where one cannot be read."""
    from models.jxmb import NamedVersion
    from models.store.revisions import Revisions

    revisions = Revisions(store)
    named = [revision for revision in reversed(revisions.list(draft_id)) if revision.name]
    return tuple(NamedVersion(one.made, one.name, revisions.load(one.sequence)) for one in named)


def take_imported(window: MainWindow, imported: Imported) -> None:
    """What was read becomes a new draft, and is opened; the versions that came with it become its own."""
    before = window.editor
    window.take_draft(imported.draft)
    editor, store = window.editor, window.store
    if editor is None or editor is before or store is None or not imported.versions:
        return
    from models.store.revisions import Revisions

    try:
        Revisions(store).bring(editor.session.draft_id, imported.versions)
    except UserError as error:
        window.tell(f"草稿已建立，数据包里的命名版本没有放进历史版本：{error}")
