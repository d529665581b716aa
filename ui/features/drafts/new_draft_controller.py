"""新建草稿: asks for year and unit, and opens the empty text."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from models.document.tree import Draft, Unit
from models.errors import UserError
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from models.store import Store

_LAST = "new.draft"
"""Under which the store remembers the number of the draft made last."""


class NewDraftController(Controller):
    """Begins with the year and unit of the draft made last."""

    def new(self) -> None:
        """Asks for year and unit, then opens the empty text."""
        from models.document.template import load_template
        from models.reports.due import usual_year
        from models.session.session import new_document
        from ui.features.drafts.new_draft_dialog import NewDraft, NewDraftDialog

        workbench = self._workbench
        store = workbench.store
        if store is None:
            return
        try:
            usual = str(usual_year(date.today()))  # noqa: DTZ011  # the user's own calendar
            # Another season has come since a year was given: that one is no longer meant.
            year = store.recall("new.year", usual) if store.recall("new.season", usual) == usual else usual
            unit = self._last_unit(store)
            last = NewDraft(int(year) if year.isdigit() else None, unit.code, unit.name)
        except UserError as error:
            workbench.status(str(error))
            return
        dialog = NewDraftDialog(last, workbench.widget)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        answer = dialog.answer()
        remembered = (("year", str(answer.year or "")), ("code", answer.unit_code), ("name", answer.unit_name))
        workbench.remember("new.season", usual)
        for key, value in remembered:
            workbench.remember(f"new.{key}", value)
        unit = Unit(answer.unit_code, answer.unit_name)
        document = new_document(load_template(), answer.year, unit)
        workbench.take_draft(Draft(document, workbench.settings.settings()))
        if workbench.session is not None:
            workbench.remember(_LAST, str(workbench.session.draft_id))

    def _last_unit(self, store: Store) -> Unit:
        """As it was corrected in the draft made last; as it was given then where that draft is gone."""
        draft_id = store.recall(_LAST)
        if draft_id.isdigit():
            with suppress(UserError):
                unit = store.load(int(draft_id)).document.unit
                if unit.name:
                    return unit
        return Unit(store.recall("new.code"), store.recall("new.name"))
