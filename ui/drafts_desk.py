"""What the start page asks for, done: new, import, sample, copy, trash; the window's helper for whole drafts."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from models.errors import UserError
from resources import ROOT
from ui.import_desk import ImportDesk

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.menus import Menus

SAMPLE = ROOT / "sample" / "sample.txt"


class DraftsDesk(QObject):
    """Speaks for the window with the store, about drafts as a whole."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        page = window.start_page
        page.new.connect(self.new)
        self.imports = ImportDesk(window)
        page.import_file.connect(self.imports.choose_file)
        page.sample.connect(self.open_sample)
        page.open_draft.connect(window.open_draft)
        page.copy_draft.connect(self.copy)
        page.trash_draft.connect(self.trash)
        page.restore_draft.connect(self.restore)
        page.delete_draft.connect(self.delete)

    def add_actions(self, menus: "Menus") -> None:
        menus.add(
            menus.file, "新建草稿…", self.new
        )  # Ctrl+N is that of the page: a draft here, an item in a list there
        menus.add(menus.file, "导入文件…", self.imports.choose_file, "Ctrl+O")
        menus.add(menus.file, "从剪贴板导入", self.imports.import_clipboard, "Ctrl+Shift+V")

    def reload(self, chosen: int | None = None) -> None:
        """Shows the store's drafts anew."""
        self._do(lambda: None, chosen)

    def _do(self, change: Callable[[], Any], chosen: int | None = None, told: str = "") -> bool:
        """Changes the store and shows it; False where that could not be, which is told."""
        window = self._window
        if window.store is None:
            return False
        try:
            made = change()
            window.start_page.show_drafts(window.store.list(), made if isinstance(made, int) else chosen)
        except UserError as error:
            window.tell(str(error))
            return False
        if told:
            window.tell(told)
        return True

    def copy(self, draft_id: int) -> None:
        """The copy looks like the first one: it is said which is marked, and it can be taken back."""
        page = self._window.start_page
        name = page.name_of(draft_id)
        if self._do(lambda: self._window.store.duplicate(draft_id)) and (copy := page.chosen()) is not None:
            self._window.statusBar().clearMessage()  # it told of what was done before
            told = f"已复制「{name}」，选中的这一份是复制出来的。"
            page.offer(told, "撤销", lambda: self._take_back(copy, draft_id))
            page.focus_list()

    def _take_back(self, copy: int, draft_id: int) -> None:
        self._do(lambda: self._window.store.trash(copy), draft_id, "复制出来的一份已移入回收站。")

    def trash(self, draft_id: int) -> None:
        page = self._window.start_page
        told = f"已把「{page.name_of(draft_id)}」移入回收站。"
        if self._do(lambda: self._window.store.trash(draft_id)):
            self._window.statusBar().clearMessage()
            page.offer(told, "撤销", lambda: self.restore(draft_id))
            page.focus_list()

    def delete(self, draft_id: int) -> None:
        """For good; the start page has asked twice."""
        name = self._window.start_page.name_of(draft_id)
        self._do(lambda: self._window.store.delete(draft_id), told=f"已彻底删除「{name}」。")

    def restore(self, draft_id: int) -> None:
        self._do(lambda: self._window.store.restore(draft_id), draft_id, "已移出回收站。")

    def new(self) -> None:
        """Asks for year and unit, then opens the empty text."""
        from models.document import Draft, Unit
        from models.session import new_document
        from models.template import load_template
        from ui.dialogs.new_draft import NewDraft, NewDraftDialog, usual_year
        from ui.settings_desk import current

        store = self._window.store
        if store is None:
            return
        try:
            year = store.recall("new.year", str(usual_year(date.today())))  # noqa: DTZ011  # the user's own calendar
            last = NewDraft(int(year) if year.isdigit() else None, store.recall("new.code"), store.recall("new.name"))
        except UserError as error:
            self._window.tell(str(error))
            return
        dialog = NewDraftDialog(last, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        answer = dialog.answer()
        remembered = (("year", str(answer.year or "")), ("code", answer.unit_code), ("name", answer.unit_name))
        for key, value in remembered:
            self._window.remember(f"new.{key}", value)
        unit = Unit(answer.unit_code, answer.unit_name)
        document = new_document(load_template(), answer.year, unit)
        self._window.take_draft(Draft(document, current(self._window).settings()))

    def open_sample(self) -> None:
        self.imports.read(SAMPLE, lambda imported: self._window.take_draft(imported.draft))
