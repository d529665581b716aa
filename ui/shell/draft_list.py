"""What the start page asks for, done in the store: drafts copied, put into the trash, taken back, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.store import Store
    from ui.shell.start_page import StartPage
    from ui.shell.workbench import Workbench


class DraftList(QObject):
    """Shows the store's drafts on the start page, and changes them."""

    def __init__(self, page: StartPage, workbench: Workbench) -> None:
        super().__init__(page)
        self._page, self._workbench = page, workbench
        page.copy_draft.connect(self.copy)
        page.trash_draft.connect(self.trash)
        page.restore_draft.connect(self.restore)
        page.delete_draft.connect(self.delete)

    def reload(self, chosen: int | None = None) -> None:
        """Shows the store's drafts again."""
        self._do(lambda _store: None, chosen)

    def _do(self, change: Callable[[Store], int | None], chosen: int | None = None, done: str = "") -> bool:
        """Changes the store and shows it, with the draft `change` made, or the chosen one, marked.

        False where that could not be, which the status bar says; `done` is what it says otherwise.
        """
        store = self._workbench.store
        if store is None:
            return False
        try:
            made = change(store)
            self._page.show_drafts(store.list(), chosen if made is None else made)
        except UserError as error:
            self._workbench.status(str(error))
            return False
        if done:
            self._workbench.status(done)
        return True

    def copy(self, draft_id: int) -> None:
        """The copy looks like the first one: it is said which is marked, and it can be taken back."""
        page = self._page
        name = page.name_of(draft_id)
        if self._do(lambda store: store.duplicate(draft_id)) and (copy := page.chosen()) is not None:
            self._workbench.status("")  # it spoke of what was done before
            message = f"已复制「{name}」，选中的这一份是复制出来的。"
            page.offer(message, "撤销", lambda: self._take_back(copy, draft_id))
            page.focus_list()

    def _take_back(self, copy: int, draft_id: int) -> None:
        self._do(lambda store: store.trash(copy), draft_id, "复制出来的一份已移入回收站。")

    def trash(self, draft_id: int) -> None:
        page = self._page
        message = f"已把「{page.name_of(draft_id)}」移入回收站。"
        if self._do(lambda store: store.trash(draft_id)):
            self._workbench.status("")
            page.offer(message, "撤销", lambda: self.restore(draft_id))
            page.focus_list()

    def delete(self, draft_id: int) -> None:
        """For good; the start page has asked twice."""
        name = self._page.name_of(draft_id)
        self._do(lambda store: store.delete(draft_id), done=f"已彻底删除「{name}」。")

    def restore(self, draft_id: int) -> None:
        self._do(lambda store: store.restore(draft_id), draft_id, "已移出回收站。")
