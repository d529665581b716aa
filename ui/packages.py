"""Packages (数据包) in the window: named versions go out with a draft, and come in with a new one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from importers.files import Imported
    from models.document import Draft
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


def advised(imported: Imported, department: Draft) -> Imported:
    """With a hint in its report where it is the newer text of a unit that was merged into the open draft."""
    if not department.provenance.merged_from:
        return imported
    from importers.report import Kind, Note
    from models.merge import merged_units, unit_number, unit_of

    unit = unit_of(imported.draft.document)
    if unit_number(merged_units(department.provenance), unit) is None:
        return imported
    words = (
        f"「{unit.name or unit.code}」已汇总在当前的部门文本里。要带入它的改动而不丢部门的修改，"
        "请取消，改用「工具」菜单的「更新下属单位」添加这个文件。"
    )
    report = replace(imported.report, notes=(*imported.report.notes, Note(Kind.HINT, words)))
    return replace(imported, report=report)


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
