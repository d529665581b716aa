"""The window's helper from one year to the next: 从上年生成, 年份顺延, what is still 沿用上年, and 与上年比较."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from models.errors import UserError
from ui import faults
from ui.desk import Desk

if TYPE_CHECKING:
    from models.document import Draft
    from ui.editor import Editor
    from ui.main_window import MainWindow
    from ui.menus import Menus
    from ui.steps import Step

LAST_YEAR = "last_year."
"""Under which name, the draft's number behind it, the store remembers which draft is last year's."""


class YearsDesk(Desk):
    """Asks and speaks; the years themselves are found and moved in `models.rollover`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._open: list[QDialog] = []
        window.start_page.from_last_year.connect(self.from_last_year)

    def add_actions(self, menus: Menus) -> None:
        menus.add(menus.file, "从上年生成…", self._from_last_year, "Ctrl+Shift+N")
        menus.tools.addSeparator()
        menus.add(menus.tools, "与上年比较…", self.compare, "Ctrl+Shift+L", of_draft=True)
        menus.add(menus.tools, "沿用上年的内容…", self.show_carried, of_draft=True)
        menus.add(menus.tools, "年份顺延…", self.move_on, of_draft=True)

    # a new year's draft

    def _from_last_year(self) -> None:
        editor = self._window.editor
        if editor is not None:
            editor.save_now()
        self.from_last_year(editor.session.draft_id if editor else self._window.start_page.chosen() or 0)

    def from_last_year(self, draft_id: int) -> None:
        """Asks for last year's text, that draft first, and opens the new year's."""
        from ui.dialogs.files import documents_folder
        from ui.dialogs.rollover import FromLastYearDialog

        window = self._window
        store = window.store
        if store is None:
            return
        try:
            drafts = [line for line in store.list() if not line.deleted]
        except UserError as error:
            window.tell(str(error))
            return
        if draft_id not in {line.id for line in drafts} and drafts:
            draft_id = max(drafts, key=lambda line: line.year or 0).id
        folder = window.recall_folder("import.folder") or documents_folder()
        dialog = FromLastYearDialog(drafts, draft_id, store.load, folder, window)
        dialog.picker.faulted.connect(partial(faults.log_fault, window.home))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            window.remember("import.folder", str(dialog.picker.folder))
            answer = dialog.answer()
            self.take(answer.draft, answer.source_id, answer.last)
        dialog.deleteLater()

    def take(self, draft: Draft, source_id: int, last: Draft | None = None) -> None:
        """Opens the new draft and remembers last year's. `last`: it came from a file, and is kept as a draft, too."""
        window = self._window
        store = window.store
        if store is None:
            return
        if last is not None:
            try:
                source_id = store.create(last)
            except UserError as error:
                window.tell(f"上年的文本没有存为草稿：{error}")
        before = window.editor
        window.take_draft(draft)
        editor = window.editor
        if editor is None or editor is before:
            return
        if source_id:
            window.remember(f"{LAST_YEAR}{editor.session.draft_id}", str(source_id))
        marks = len(draft.provenance.carried_over)
        kept = f"{marks} 处金额和指标值沿用上年，请到「工具 → 沿用上年的内容」逐处确认。" if marks else ""
        window.tell(f"已生成 {draft.document.year}年的草稿，上年的文本没有改动。{kept}")

    def move_on(self) -> None:
        """年份顺延: the open draft itself, one undo step."""
        from ui.dialogs.rollover import MoveOnDialog

        editor = self._window.editor
        if editor is None:
            return
        editor.commit_pending()
        if editor.session.is_locked and editor.session.when_refused is not None:
            editor.session.when_refused()
            return
        dialog = MoveOnDialog(editor.session.document, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            year, document = dialog.answer()
            if editor.session.change(f"年份顺延到 {year}", document):
                self._window.tell(f"年份已顺延到 {year}年，可以撤销。")
            else:
                self._window.tell("没有要改的，什么都没有改。")
        dialog.deleteLater()

    # what is still last year's

    def draft_opened(self, editor: Editor) -> None:
        editor.made.connect(self._step_made)

    def _step_made(self, step: Step) -> None:
        line = getattr(step, "carried", None)
        if line is not None:
            line.wanted.connect(self.show_carried)

    def show_carried(self) -> None:
        """The list of what is 沿用上年."""
        from ui.dialogs.carried import CarriedDialog

        editor = self._window.editor
        if editor is None:
            return
        if not self._shown_again(CarriedDialog):
            dialog = CarriedDialog(editor.session)
            dialog.wanted.connect(self._go)
            self._show(dialog)

    # the comparison

    def compare(self) -> None:
        """与上年比较: last year's draft beside the open one."""
        from ui.dialogs.comparison import ComparisonDialog
        from ui.dialogs.files import documents_folder

        window, editor = self._window, self._window.editor
        if editor is None or window.store is None:
            return
        editor.commit_pending()
        if self._shown_again(ComparisonDialog):
            return
        try:
            drafts = [line for line in window.store.list() if line.id != editor.session.draft_id and not line.deleted]
        except UserError as error:
            window.tell(str(error))
            return
        folder = window.recall_folder("import.folder") or documents_folder()
        dialog = ComparisonDialog(editor.session, drafts, window.store.load, folder)
        dialog.choose(self._last_year_of(editor))
        dialog.wanted.connect(self._go)
        dialog.faulted.connect(editor.faulted)
        dialog.chosen.connect(partial(self._remember_last_year, editor.session.draft_id))
        self._show(dialog)

    def _last_year_of(self, editor: Editor) -> int:
        """The number of last year's draft, as remembered; 0 where nothing is."""
        store = self._window.store
        if store is not None:
            with suppress(UserError):
                known = store.recall(f"{LAST_YEAR}{editor.session.draft_id}")
                return int(known) if known.isdigit() else 0
        return 0

    def _remember_last_year(self, draft_id: int, last_id: int) -> None:
        self._window.remember(f"{LAST_YEAR}{draft_id}", str(last_id))

    def _show(self, dialog: QDialog) -> None:
        """A window of its own, that may stand behind this one: a small screen has no room for both."""
        self._open.append(dialog)
        dialog.finished.connect(lambda _result: self._closed(dialog))
        dialog.show()
        dialog.activateWindow()

    def _shown_again(self, kind: type[QDialog]) -> bool:
        """Whether there is one already; it comes to the front as it was left."""
        for dialog in self._open:
            if type(dialog) is kind:
                dialog.setWindowState(dialog.windowState() & ~Qt.WindowState.WindowMinimized)
                dialog.show()
                dialog.raise_()
                dialog.activateWindow()
                return True
        return False

    def _go(self, path: str) -> None:
        """To a field of the draft, with this window before the other."""
        if self._window.editor is not None:
            self._window.come_forward()
            self._window.editor.show_place(path)

    def _closed(self, dialog: QDialog) -> None:
        if dialog in self._open:
            self._open.remove(dialog)
        dialog.deleteLater()

    def draft_left(self) -> None:
        for dialog in tuple(self._open):
            dialog.close()
