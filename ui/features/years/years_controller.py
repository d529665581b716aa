"""From one year to the next: 从上年生成, 年份顺延, what is still 沿用上年, and 与上年比较."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from models.errors import UserError
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.document.tree import Draft
    from models.session.session import Session
    from ui.shell.workbench import Workbench

LAST_YEAR = "last_year."
"""Under which name, the draft's number behind it, the store remembers which draft is last year's."""


class YearsController(Controller):
    """Asks and speaks; the years themselves are found and moved in `models.years.rollover`."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._open: list[QDialog] = []

    # a new year's draft

    def from_last_year(self) -> None:
        """Asks for last year's text, the open or chosen draft first, and opens the new year's."""
        from ui.features.years.rollover_dialog import FromLastYearDialog
        from ui.widgets.file_dialogs import documents_folder

        workbench = self._workbench
        store = workbench.store
        if store is None:
            return
        workbench.save_now()
        draft_id = workbench.session.draft_id if workbench.session else workbench.chosen_draft
        drafts = self._drafts()
        if drafts is None:
            return
        if draft_id not in {line.id for line in drafts} and drafts:
            draft_id = max(drafts, key=lambda line: line.year or 0).id
        folder = workbench.recall_folder("import.folder") or documents_folder()
        dialog = FromLastYearDialog(drafts, draft_id, store.load, folder, workbench.widget)
        dialog.picker.home = workbench.home
        dialog.picker.faulted.connect(workbench.log_fault)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            workbench.remember("import.folder", str(dialog.picker.folder))
            answer = dialog.answer()
            self.take(answer.draft, answer.source_id, answer.last)
        dialog.deleteLater()

    def take(self, draft: Draft, source_id: int, last: Draft | None = None) -> None:
        """Opens the new draft and remembers last year's. `last`: it came from a file, and is kept as a draft, too."""
        workbench = self._workbench
        store = workbench.store
        if store is None:
            return
        if last is not None:
            try:
                source_id = store.create(last)
            except UserError as error:
                workbench.status(f"上年的文本没有存为草稿：{error}")
        if not workbench.take_draft(draft) or workbench.session is None:
            return
        if source_id:
            workbench.remember(f"{LAST_YEAR}{workbench.session.draft_id}", str(source_id))
        marks = len(draft.provenance.carried_over)
        kept = f"{marks} 处金额和指标值沿用上年，请到「工具 → 沿用上年的内容」逐处确认。" if marks else ""
        workbench.status(f"已生成 {draft.document.year}年的草稿，上年的文本没有改动。{kept}")

    def move_on(self) -> None:
        """年份顺延: the open draft itself, one undo step."""
        from ui.features.years.rollover_dialog import MoveOnDialog

        session = self._session
        self._workbench.commit_pending()
        if session.is_locked and session.when_refused is not None:
            session.when_refused()
            return
        dialog = MoveOnDialog(session.document, self._workbench.widget)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            year, document = dialog.answer()
            if session.change(f"年份顺延到 {year}", document):
                self._workbench.status(f"年份已顺延到 {year}年，可以撤销。")
            else:
                self._workbench.status("没有要改的，什么都没有改。")
        dialog.deleteLater()

    # what is still last year's

    def show_carried_over(self) -> None:
        """The list of what is 沿用上年."""
        from ui.features.years.carried_over_dialog import CarriedOverDialog

        if not self._reopened(CarriedOverDialog):
            dialog = CarriedOverDialog(self._session, self._workbench.widget)
            dialog.wanted.connect(partial(self._go_beside, dialog))
            self._show(dialog)

    # the comparison

    def compare(self) -> None:
        """与上年比较: last year's draft beside the open one."""
        from ui.features.years.comparison_dialog import ComparisonDialog
        from ui.widgets.file_dialogs import documents_folder

        workbench, session = self._workbench, self._workbench.session
        if session is None or workbench.store is None:
            return
        workbench.commit_pending()
        if self._reopened(ComparisonDialog):
            return
        drafts = self._drafts()
        if drafts is None:
            return
        others = [line for line in drafts if line.id != session.draft_id]
        folder = workbench.recall_folder("import.folder") or documents_folder()
        dialog = ComparisonDialog(session, others, workbench.store.load, folder, workbench.widget)
        dialog.picker.home = workbench.home
        dialog.choose(self._last_year_of(session))
        dialog.wanted.connect(partial(self._go_beside, dialog))
        dialog.faulted.connect(workbench.log_fault)
        dialog.chosen.connect(partial(self._remember_last_year, session.draft_id))
        self._show(dialog)

    def _last_year_of(self, session: Session) -> int:
        """The number of last year's draft, as remembered; 0 where nothing is."""
        store = self._workbench.store
        if store is not None:
            with suppress(UserError):
                known = store.recall(f"{LAST_YEAR}{session.draft_id}")
                return int(known) if known.isdigit() else 0
        return 0

    def _remember_last_year(self, draft_id: int, last_id: int) -> None:
        self._workbench.remember(f"{LAST_YEAR}{draft_id}", str(last_id))

    def _show(self, dialog: QDialog) -> None:
        """Stays open above this window."""
        self._open.append(dialog)
        dialog.finished.connect(lambda _result: self._closed(dialog))
        dialog.show()
        dialog.activateWindow()

    def _reopened(self, kind: type[QDialog]) -> bool:
        """Whether there is one already; it comes to the front as it was left."""
        for dialog in self._open:
            if type(dialog) is kind:
                dialog.setWindowState(dialog.windowState() & ~Qt.WindowState.WindowMinimized)
                dialog.show()
                dialog.raise_()
                dialog.activateWindow()
                return True
        return False

    def _go_beside(self, dialog: QDialog, path: str) -> None:
        """To a field of the draft; the list stays above the window, low enough to leave the field free, at the end of the
        window where the field is not."""
        self._workbench.bring_forward()
        self._workbench.go_to(path)
        window = self._workbench.widget
        # Also while the system still brings the window forward; the stubs leave out that there may be none.
        field = cast("QWidget | None", window.focusWidget())
        if field is None:
            return
        room = window.frameGeometry()
        is_low = field.mapToGlobal(field.rect().center()).y() > room.center().y()
        if dialog.isMaximized():
            dialog.showNormal()
        frame = dialog.frameGeometry()
        title_bar = frame.height() - dialog.height()
        dialog.resize(dialog.width(), min(dialog.height(), room.height() // 2 - title_bar))
        frame = dialog.frameGeometry()
        top = room.top() if is_low else room.bottom() - frame.height()
        dialog.move(max(room.left(), room.right() - frame.width()), max(room.top(), top))

    def _closed(self, dialog: QDialog) -> None:
        if dialog in self._open:
            self._open.remove(dialog)
        dialog.deleteLater()

    def draft_left(self) -> None:
        for dialog in tuple(self._open):
            dialog.close()
