"""我的指标库: the user's own library of indicators, for all drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import UserError
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from models.document.template import TierScheme


class LibraryController(Controller):
    """The library lies in the store and is there for all drafts."""

    def show(self) -> None:
        """The list, to add to, to change, to hide from, to import and to export."""
        from ui.features.library.own_library_dialog import OwnLibraryDialog

        workbench = self._workbench
        store = workbench.store
        if store is None:
            return
        workbench.save_now()  # what the open draft uses is remembered, too
        try:
            dialog = OwnLibraryDialog(
                store, self._scheme(), workbench.recall_folder("library.folder"), workbench.widget
            )
        except UserError as error:
            workbench.status(str(error))
            return
        dialog.exec()
        if dialog.folder is not None:
            workbench.remember("library.folder", str(dialog.folder))
        dialog.deleteLater()

    def _scheme(self) -> TierScheme:
        """The open draft's tiers, else the form's usual ones."""
        from models.document.template import load_template

        session = self._workbench.session
        if session is None:
            template = load_template()
            return template.scheme(template.default_scheme)
        return session.template.scheme(session.draft.settings.tier_scheme)
