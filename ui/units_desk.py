"""The window's helper for units and their department: packages opened and sent out, units merged and updated."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from models.errors import UserError
from ui.desk import Desk

if TYPE_CHECKING:
    from importers.files import Imported
    from models.store import DraftSummary
    from ui.dialogs.unit_sources import Candidate, UnitSources
    from ui.main_window import MainWindow
    from ui.menus import Menus

_FOLDER = "package.folder"


class UnitsDesk(Desk):
    """Asks and speaks; the merging itself is done in `models.merge`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        window.start_page.open_package.connect(self.open_package)
        window.start_page.merge_units.connect(self.merge_units)

    def add_actions(self, menus: Menus) -> None:
        menus.add(menus.file, "打开数据包…", self.open_package, "Ctrl+Shift+O")
        menus.add(menus.file, "导出数据包…", self._export_package, "Ctrl+Shift+J", of_draft=True)
        menus.tools.addSeparator()
        menus.add(menus.tools, "汇总单位…", self.merge_units)
        menus.add(menus.tools, "更新下属单位…", self.update_units, of_draft=True)

    # packages

    def open_package(self) -> None:
        """Asks for a package; it becomes a new draft."""
        from ui.dialogs.files import choose_package, documents_folder

        window = self._window
        if window.store is None:
            return
        file = choose_package(window, window.recall_folder(_FOLDER) or documents_folder())
        if file is not None:
            window.remember(_FOLDER, str(file.parent))
            window.desk.imports.read(file, self._take)

    def _take(self, imported: Imported) -> None:
        from ui.packages import take_imported

        take_imported(self._window, imported)
        self._window.tell(imported.report.lines[0])

    def _export_package(self) -> None:
        if self._window.editor is not None:
            self._window.editor.export_step().out.ask_whole(".jxmb")

    # merging

    def _candidates(self, lines: list[DraftSummary]) -> list[Candidate]:
        from ui.dialogs.unit_sources import of_store

        store = self._window.store
        return [of_store(line, store.load) for line in lines] if store is not None else []

    def _drafts(self) -> list[DraftSummary] | None:
        """Those outside the trash, the one saved last first; None where they cannot be listed, which is told."""
        window = self._window
        if window.store is None:
            return None
        try:
            return [line for line in window.store.list() if not line.deleted]
        except UserError as error:
            window.tell(str(error))
            return None

    def merge_units(self) -> None:
        """Asks for the units, and opens the department's text."""
        from models.template import load_template
        from ui.dialogs.merge import MergeDialog
        from ui.settings_desk import current

        window = self._window
        if window.editor is not None:
            window.editor.save_now()
        drafts = self._drafts()
        if drafts is None:
            return
        drafts.sort(key=lambda line: (-(line.year or 0), line.unit_code, line.unit_name))
        dialog = MergeDialog(load_template(), self._last_department(), self._candidates(drafts), window)
        dialog.unit_headings.setChecked(current(window).unit_headings)
        self._remember_folder(dialog.sources)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        answer = dialog.department()
        for key, value in (("code", answer.unit.code), ("name", answer.unit.name)):
            window.remember(f"merge.{key}", value)
        count = len(dialog.sources.sources())
        draft = dialog.draft()
        window.take_draft(draft)
        marks = len(draft.provenance.carried_over)
        kept = f"其中 {marks} 处金额和指标值单位还没有确认，标着「沿用上年」。" if marks else ""
        window.tell(f"已汇总 {count} 个单位，建立了部门文本；各单位原来的文本没有改动。{kept}")

    def _last_department(self) -> object:
        from models.document import Unit
        from ui.dialogs.merge import Department

        store = self._window.store
        try:
            words = (store.recall("merge.code"), store.recall("merge.name")) if store else ("", "")
        except UserError:
            words = ("", "")
        return Department(None, Unit(*words))

    def _remember_folder(self, sources: UnitSources) -> None:
        sources.folder = self._window.recall_folder(_FOLDER)
        sources.folder_used.connect(partial(self._window.remember, _FOLDER))

    def update_units(self) -> None:
        """Brings the units' changes into the open department's text: one undo step."""
        from models.document import Unit
        from models.merge import merged_units, unit_number
        from ui.dialogs.update_units import UpdateUnitsDialog

        window, editor = self._window, self._window.editor
        if editor is None:
            return
        if editor.session.is_locked:
            window.tell("本稿已定稿，不能更新下属单位；请先重新打开修改。")
            return
        editor.save_now()
        session, drafts = editor.session, self._drafts()
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
        dialog = UpdateUnitsDialog(session.draft, self._candidates(drafts), ticked, window)
        self._remember_folder(dialog.sources)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        before = session.document
        session.change("汇总：更新下属单位", dialog.outcome.draft)
        changed, count = session.document != before, dialog.changes.rowCount()
        window.tell(
            f"已更新下属单位的内容，带入 {count} 处改动，可以撤销。" if changed else "下属单位没有需要带入的改动。"
        )
