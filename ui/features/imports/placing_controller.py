"""Puts words an import could not place into fields, and remembers what their labels mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.features.imports.placing_words import put
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from models.document.unplaced_words import Unplaced


class PlacingController(Controller):
    """Each placing is one step of the open draft."""

    def ask(self) -> None:
        """Shows what has no place, where there is anything."""
        from ui.features.imports.placing_dialog import PlacingDialog

        workbench, session = self._workbench, self._session
        workbench.commit_pending()
        if session.is_locked:
            workbench.status("定稿的文本不能改动，请先重新打开。")
        elif not session.document.unplaced:
            workbench.status("没有未归位的文字。")
        else:
            PlacingDialog(lambda: session.document, self.place, workbench.widget).exec()

    def place(self, piece: Unplaced, path: str, remembers: bool) -> str:
        """Puts the words into the field; what came of it."""
        from models.document.unplaced_words import field_name

        before = self._session.document
        after, said = put(before, piece, path, remembers, self._workbench.home, is_draft=True)
        if after is not None:
            self._session.change(f"放到{field_name(before, path)}", after, kind="import")
        return said
