"""The program's one window: the start page or the editor, the menu, the status bar, the store behind them."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore  # not Qt by its name: see ui/look.py
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QStatusTipEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget

from models.data_folder import STORE_NAME
from models.errors import UserError
from ui import faults
from ui.first_paint import after_first_paint
from ui.keys import press_focused
from ui.menus import Menus
from ui.remembering import Remembering
from ui.style import characters

# What only an open draft needs is loaded when the window stands: the first paint does not wait for it.
if TYPE_CHECKING:
    from collections.abc import Callable

    from models.document import Draft
    from models.session import Change, Session
    from models.store import Place, Store
    from ui.editor import Editor
    from ui.steps import Step

PROGRAM = "绩效目标填报"
_TOLD_FOR = 8000
"""Milliseconds a message stays in the status bar."""
_IDLE = 300
"""Milliseconds after the drafts are shown until the editor is loaded, so that opening one does not wait for it."""


def _load_editor() -> None:
    import ui.editor  # noqa: F401  # for its side effect: the modules are there when a draft is opened


class MainWindow(Remembering, QMainWindow):
    """`open_store` is called after the window is painted; whatever it raises is told in the window."""

    def __init__(self, home: Path, open_store: Callable[[], Store]) -> None:
        super().__init__()
        self.home = home
        self._open_store = open_store
        self.store: Store | None = None
        self.editor: Editor | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._waiting: list[Path] = []
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        opening = QLabel("正在打开草稿 …")
        self._pages.addWidget(opening)
        self.menus = Menus(self)
        self._make_status_bar()
        self.resize(characters(self, 78), characters(self, 44))
        after_first_paint(self, self.open_store)

    def _furnish(self) -> None:
        """All that the first paint need not wait for: pages, helpers, the entries of the menus."""
        from ui.checking_desk import CheckingDesk
        from ui.desks import make_desks
        from ui.drafts_desk import DraftsDesk
        from ui.safety import Safety
        from ui.start_page import StartPage
        from ui.store_fault import StoreFaultPage

        self.start_page = StartPage()
        self.fault_page = StoreFaultPage()
        self.fault_page.retry.connect(self.open_store)
        self.fault_page.leave.connect(self.close)
        self.desk = DraftsDesk(self)
        self.safety = Safety(self)
        self.checking = CheckingDesk(self)
        self.desks = make_desks(self)
        for page in (self.start_page, self.fault_page):
            self._pages.addWidget(page)
        self._fill_menus()

    # the store

    def open_store(self) -> None:
        """Opens the store and shows its drafts, or says why it cannot."""
        if not hasattr(self, "start_page"):
            self._furnish()
        try:
            self.store = self._open_store()
            drafts = self.store.list()
        except UserError as error:
            self.fault_page.tell(str(error), getattr(error, "fault", ""))
        except Exception as error:  # a bug must not leave an empty window
            faults.log_fault(self.home, error)
            self.fault_page.tell("打开草稿时程序内部出错，草稿文件没有改动。请重试；仍不行请查看日志。")
        else:
            self.start_page.show_drafts(drafts)
            self._pages.setCurrentWidget(self.start_page)
            self.start_page.focus_list()
            self.safety.store_opened()
            QTimer.singleShot(_IDLE, self, _load_editor)
            if self._waiting:
                QTimer.singleShot(0, self, partial(self.open_files, []))
            return
        self._pages.setCurrentWidget(self.fault_page)

    @property
    def store_path(self) -> Path:
        return self.home / STORE_NAME

    def close_store(self) -> None:
        if self.store is not None:
            self.write_remembered()
            self.store.close()
            self.store = None

    def open_files(self, files: list[Path]) -> None:
        """Those named at the start, or by a second start; they wait until the drafts are there."""
        self._waiting += files
        if self.store is not None and self._waiting:
            files, self._waiting = self._waiting, []
            self.desk.imports.import_files(files)

    def come_forward(self) -> None:
        """To the front, where the user looks for it after starting the program again."""
        self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # one draft

    def open_draft(self, draft_id: int) -> None:
        """Opens a draft at the field where it was left."""
        if self.store is None:
            return
        try:
            draft, place = self._load(self.store, draft_id), self.store.place(draft_id)
        except UserError as error:
            self.tell(str(error))
            return
        if draft is None:
            return
        from models.session import Session

        self.edit(Session(draft, self.store, draft_id), place)

    def _load(self, store: Store, draft_id: int) -> Draft | None:
        """None: the user does not want it as it is."""
        try:
            return store.load(draft_id)
        except UserError as error:
            if getattr(error, "fault", "") != "altered":
                raise
            return store.load(draft_id, verify=False) if self.safety.ask_altered(error) else None

    def edit(self, session: Session, place: Place | None = None) -> None:
        """Shows the editor for a session."""
        if not self.leave_editor():
            return
        from ui.editor import Editor
        from ui.leaving import Leaving
        from ui.panels import KEY as SIDE_PANEL
        from ui.saving import Saver

        saver = Saver(session, partial(faults.log_fault, self.home), self)
        self.editor = editor = Editor(session, saver)
        self._leaving = Leaving(editor, self.home, partial(faults.log_fault, self.home))
        saver.saving.connect(lambda: self._saved.setText("正在保存…"))
        saver.saved.connect(lambda clock: self._saved.setText(f"已保存 {clock}"))
        saver.failed.connect(lambda _why: self._saved.setText("未能保存"))
        editor.focused.connect(self._show_place)
        editor.renumbered.connect(self._show_place)
        editor.made.connect(self._step_made)
        editor.elsewhere.connect(self.safety.save_elsewhere)
        editor.faulted.connect(partial(faults.log_fault, self.home))
        editor.side.keep_in(self.recall(SIDE_PANEL), self.remember)
        editor.stepped.connect(lambda _step: self._remember_place())
        self._stop_listening = session.subscribe(self._changed)
        self._pages.addWidget(editor)
        self._pages.setCurrentWidget(editor)
        read_only = self.store is not None and self.store.read_only
        self._saved.setText("数据文件只读，修改不能保存" if read_only else "修改会自动保存")
        self._show_title()
        self._show_undo()
        self._set_editing(True)
        self.safety.draft_opened(session)
        self.checking.draft_opened(editor)
        for desk in self.desks:
            desk.draft_opened(editor)
        editor.show_place(place.path if place else "", (place.step if place else 0) or 1)

    def leave_editor(self) -> bool:
        """Saves and leaves the draft; False when the user stays because it could not be saved."""
        if self.editor is None:
            return True
        if not self._leaving.may_leave(self, self.safety.save_elsewhere):
            return False
        # Its words are safe: what goes wrong from here on keeps nobody.
        steps = (self._remember_place, self._close_editor, self.safety.draft_left, *(d.draft_left for d in self.desks))
        for step in (*steps, self._show_no_draft):
            with faults.logging_faults(self.home):
                step()
        return True

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if self._stop_listening:
            self._stop_listening()
        if editor is not None:
            editor.close_draft()
            self._pages.removeWidget(editor)
            editor.saver.deleteLater()
            editor.deleteLater()

    def _show_no_draft(self) -> None:
        self._set_editing(False)
        for label in (self._saved, self._place, self._count):
            label.clear()
        self.statusBar().clearMessage()  # it spoke of that draft
        self.setWindowTitle(PROGRAM)

    def go_home(self) -> None:
        """Back to the start page."""
        chosen = self.editor.session.draft_id if self.editor else None
        if self.leave_editor() and self.store is not None:
            self._pages.setCurrentWidget(self.start_page)
            self.desk.reload(chosen)
            self.start_page.focus_list()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # first: whatever goes wrong, the window stays
        if self.leave_editor():
            with faults.logging_faults(self.home):
                self.close_store()
            event.accept()

    def _remember_place(self) -> None:
        """Where to return to; not worth a word when it cannot be kept."""
        if self.editor and self.store and self.editor.session.draft_id:
            with contextlib.suppress(UserError):
                self.store.set_place(self.editor.session.draft_id, self.editor.path, self.editor.step)

    def _step_made(self, step: Step) -> None:
        from ui.steps.export import ExportStep

        if isinstance(step, ExportStep):
            step.folder = self.recall_folder("export.folder")
            step.exported.connect(lambda file: self.remember("export.folder", str(Path(file).parent)))
            step.faulted.connect(partial(faults.log_fault, self.home))

    # menu

    def _fill_menus(self) -> None:
        menus = self.menus
        add, file, edit = menus.add, menus.file, menus.edit
        add(file, "返回首页", self.go_home, "Alt+Home", of_draft=True)
        self.desk.add_actions(menus)
        file.addSeparator()
        for text, what, keys in (
            ("导出 Word…", "export_word", "Ctrl+Shift+W"),
            ("导出 Excel…", "export_excel", "Ctrl+Shift+E"),
            ("导出 PDF…", "export_pdf", "Ctrl+Shift+P"),
            ("打印…", "print_text", "Ctrl+P"),
        ):
            add(file, text, partial(self._export, what), keys, of_draft=True)
        file.addSeparator()
        self._undo = add(edit, "撤销", partial(self._travel, "undo"), "Ctrl+Z")
        self._redo = add(edit, "重做", partial(self._travel, "redo"), "Ctrl+Y Ctrl+Shift+Z")
        self.safety.add_actions(menus)
        self.checking.add_actions(menus)
        for desk in self.desks:
            desk.add_actions(menus)
        add(file, "退出", self.close, "Ctrl+Q")
        self._set_editing(False)

    def _set_editing(self, editing: bool) -> None:
        self.menus.set_editing(editing)
        if not editing:
            for action, verb in ((self._undo, "撤销"), (self._redo, "重做")):
                action.setText(verb)
                action.setEnabled(False)

    def _travel(self, way: str) -> None:
        if self.editor:
            self.statusBar().clearMessage()  # it may tell of what is undone now
            getattr(self.editor, way)()

    def _export(self, what: str) -> None:
        """Who thinks better of it is back in the field where the keys were pressed."""
        if self.editor:
            editor, step, path = self.editor, self.editor.step, self.editor.path
            if not getattr(editor.export_step(), what)() and self.editor is editor:
                editor.show_place(path, step)

    # what the window shows of the draft

    def _changed(self, change: Change) -> None:
        self._show_undo()
        if change.path is None or change.path.startswith(("year", "unit")):
            self._show_title()
        if self.editor:
            self._show_count(self.editor.path)

    def _show_undo(self) -> None:
        if self.editor is None:
            return
        session = self.editor.session
        for action, verb, label in ((self._undo, "撤销", session.undo_label), (self._redo, "重做", session.redo_label)):
            action.setText(f"{verb} {label}".replace("&", "&&") if label else verb)
            action.setEnabled(label is not None)

    def _show_title(self) -> None:
        if self.editor:
            document = self.editor.session.document
            year = f"{document.year}年 " if document.year is not None else ""
            self.setWindowTitle(f"{year}{document.unit.name or '（未写单位）'} — {PROGRAM}")

    def _make_status_bar(self) -> None:
        self._place, self._count, self._saved = QLabel(), QLabel(), QLabel()
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        gap = characters(self, 0.5)
        bar.setContentsMargins(gap, 0, gap, 0)
        # A bar that becomes taller shows its widgets anew, over the message that hid them.
        self._place.setMinimumHeight(QLabel("① 字 123").sizeHint().height() + 2)  # a button's frame
        bar.addWidget(self._place)
        bar.addPermanentWidget(self._count)
        bar.addPermanentWidget(self._saved)

    def _show_place(self, path: str) -> None:
        from models import fieldpath

        editor = self.editor
        if editor is None:
            return
        from ui.editor import MARKS, STEPS

        step = f"{MARKS[editor.step - 1]} {STEPS[editor.step - 1][0]}"
        try:
            # What is kept is said by the step, which the place repeats where a step has one field.
            where = editor.session.where(path) if path else ""
        except fieldpath.PathError:
            where = ""
        self._place.setText(f"{step} · {where}" if where and where != STEPS[editor.step - 1][0] else step)
        self._show_count(path)

    def _show_count(self, path: str) -> None:
        from models import fieldpath

        text: object = None
        if self.editor and path and not path.startswith("settings.") and not path.endswith("numbering"):
            with contextlib.suppress(fieldpath.PathError):
                text = self.editor.session.get(path)
        self._count.setText(f"{len(text.replace(chr(10), ''))} 字" if isinstance(text, str) else "")

    def tell(self, text: str) -> None:
        """One line in the status bar, for a while."""
        self.statusBar().showMessage(text, _TOLD_FOR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            if event.tip():
                self.tell(event.tip())
            return True
        return super().event(event)

    # files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        # The program the file came from waits until the drop returns.
        QTimer.singleShot(0, self, partial(self.desk.imports.import_files, files))

    def take_draft(self, draft: Draft) -> None:
        """A new draft into the store, and open it."""
        if self.store is None or not self.leave_editor():
            return
        try:
            draft_id = self.store.create(draft)
        except UserError as error:
            self._pages.setCurrentWidget(self.start_page)
            self.desk.reload()
            self.tell(f"没有建立草稿：{error}")
            return
        self.open_draft(draft_id)
