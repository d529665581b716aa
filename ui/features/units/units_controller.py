"""Units and their department: units' texts merged into one, and their later changes brought in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from models.document.tree import Unit
from models.errors import UserError
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from models.store import DraftSummary
    from ui.features.units.merge_dialog import Department
    from ui.features.units.unit_sources import Candidate, UnitSources

_FOLDER = "package.folder"


class UnitsController(Controller):
    """Asks and speaks; the merging itself is done in `models.merge`."""

    def _candidates(self, lines: list[DraftSummary]) -> list[Candidate]:
        from ui.features.units.unit_sources import of_store

        store = self._workbench.store
        return [of_store(line, store.load) for line in lines] if store is not None else []

    def merge_units(self) -> None:
        """Asks for the units, and opens the department's text."""
        from models.document.template import load_template
        from ui.features.units.merge_dialog import MergeDialog

        workbench = self._workbench
        workbench.save_now()
        drafts = self._drafts()
        if drafts is None:
            return
        drafts.sort(key=lambda line: (-(line.year or 0), line.unit_code, line.unit_name))
        dialog = MergeDialog(load_template(), self._last_department(), self._candidates(drafts), workbench.widget)
        dialog.unit_headings.setChecked(workbench.settings.unit_headings)
        self._remember_folder(dialog.sources)
        dialog.sources.home = workbench.home
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        answer = dialog.department()
        for key, value in (("code", answer.unit.code), ("name", answer.unit.name)):
            workbench.remember(f"merge.{key}", value)
        count = len(dialog.sources.sources())
        draft = dialog.draft()
        workbench.take_draft(draft)
        marks = len(draft.provenance.carried_over)
        kept = f"其中 {marks} 处金额和指标值单位还没有确认，标着「沿用上年」。" if marks else ""
        workbench.status(f"已汇总 {count} 个单位，建立了部门文本；各单位原来的文本没有改动。{kept}")

    def _last_department(self) -> Department:
        from ui.features.units.merge_dialog import Department

        store = self._workbench.store
        try:
            words = (store.recall("merge.code"), store.recall("merge.name")) if store else ("", "")
        except UserError:
            words = ("", "")
        return Department(None, Unit(*words))

    def _remember_folder(self, sources: UnitSources) -> None:
        sources.folder = self._workbench.recall_folder(_FOLDER)
        sources.folder_used.connect(partial(self._workbench.remember, _FOLDER))

    def update_units(self) -> None:
        """Brings the units' changes into the open department's text: one undo step."""
        from models.merge import merged_units, unit_number
        from ui.features.units.update_units_dialog import UpdateUnitsDialog

        workbench, session = self._workbench, self._session
        if session.is_locked:
            workbench.status("本稿已定稿，不能更新下属单位；请先重新打开修改。")
            return
        workbench.save_now()
        drafts = self._drafts()
        if drafts is None:
            return
        units, year = merged_units(session.draft.provenance), session.document.year
        known: dict[int, int | None] = {
            line.id: unit_number(units, Unit(line.unit_code, line.unit_name)) for line in drafts
        }
        drafts = [line for line in drafts if line.id != session.draft_id]
        # The newest text of each unit of this year stands ticked; what was saved last comes first within a unit.
        drafts.sort(key=lambda line: (known[line.id] is None, line.year != year, known[line.id] or 0))
        ticked, seen = [], set[int]()
        for row, line in enumerate(drafts):
            number = known[line.id]
            if number is not None and line.year == year and number not in seen:
                seen.add(number)
                ticked.append(row)
        dialog = UpdateUnitsDialog(session.draft, self._candidates(drafts), ticked, workbench.widget)
        self._remember_folder(dialog.sources)
        dialog.sources.home = workbench.home
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        before = session.document
        session.change("汇总：更新下属单位", dialog.outcome.draft, kind="merge")
        changed, count = session.document != before, dialog.changes.rowCount()
        workbench.status(
            f"已更新下属单位的内容，带入 {count} 处改动，可以撤销。" if changed else "下属单位没有需要带入的改动。"
        )
