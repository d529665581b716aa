"""The window's helper for the own library of indicators: 工具 → 我的指标库."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import UserError
from ui.desk import Desk

if TYPE_CHECKING:
    from models.template import TierScheme
    from ui.menus import Menus


class LibraryDesk(Desk):
    """The library lies in the store and is there for all drafts."""

    def add_actions(self, menus: Menus) -> None:
        menus.tools.addSeparator()
        menus.add(menus.tools, "我的指标库…", self.show, "Ctrl+Shift+K")

    def show(self) -> None:
        """The list, to add to, to change, to hide from, to import and to export."""
        from ui.dialogs.own_library import OwnLibraryDialog

        window = self._window
        store = window.store
        if store is None:
            return
        if window.editor is not None:
            window.editor.save_now()  # what the open draft uses is remembered, too
        try:
            dialog = OwnLibraryDialog(store, self._scheme(), window.recall_folder("library.folder"), window)
        except UserError as error:
            window.tell(str(error))
            return
        dialog.exec()
        if dialog.folder is not None:
            window.remember("library.folder", str(dialog.folder))
        dialog.deleteLater()

    def _scheme(self) -> TierScheme:
        """The open draft's tiers, else the form's usual ones."""
        from models.template import load_template

        editor = self._window.editor
        if editor is None:
            template = load_template()
            return template.scheme(template.default_scheme)
        return editor.session.template.scheme(editor.session.draft.settings.tier_scheme)
