"""The program's one window: the start page or the editor, the menu, the status bar, the store behind them."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget

from models.errors import UserError
from models.store.data_folder import STORE_NAME
from ui.app import faults
from ui.app.first_paint import after_first_paint
from ui.shell.actions import DRAFT_CONTROLLERS, action, bind, load
from ui.shell.draft_window import PROGRAM, DraftWindow
from ui.shell.menus import Menus
from ui.shell.remembering import Remembering
from ui.shell.status_bar import StatusBar
from ui.shell.workbench import Controller
from ui.widgets.keys import give_key_on
from ui.widgets.style import characters

# What only an open draft needs is loaded when the window stands: the first paint does not wait for it.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from importers.import_files import Imported
    from models.document.tree import Draft
    from models.help.help_texts import KeyPlace
    from models.help.manual_chapters import Chapter
    from models.session.session import Change, Session
    from models.store import Place, Store
    from ui.editor.steps import Step
    from ui.shell.notices import NoticeKind
    from ui.shell.version_keeper import VersionKeeper

    ControllerT = TypeVar("ControllerT", bound=Controller)

AGAIN = "again"
"""Property of the application: it shall start again, over the folder the drafts are in now."""
_IDLE = 300
"""Milliseconds after the drafts are shown until the editor is loaded, so that opening one does not wait for it."""


def _load_editor() -> None:
    import ui.editor.draft_editor  # noqa: F401  # for its side effect: the modules are there when a draft is opened


class MainWindow(Remembering, DraftWindow):
    """`open_store` is called after the window is painted; whatever it raises is reported in the window.

    `start_folder`: the folder the program started from, which may have led to `home`.
    """

    def __init__(self, home: Path, open_store: Callable[[], Store], start_folder: Path | None = None) -> None:
        super().__init__()
        self.home, self.start_folder = home, start_folder or home
        self._open_store = open_store
        self.store: Store | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._waiting: list[Path] = []
        self._controllers: dict[type[Any], Any] = {}
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self._pages.addWidget(QLabel("正在打开草稿 …"))
        self.menus = Menus(self, self.run_action)
        self.bar = StatusBar(self)
        self.setStatusBar(self.bar)
        self.resize(characters(self, 78), characters(self, 44))
        after_first_paint(self, self.open_store)

    def _furnish(self) -> None:
        """All that the first paint need not wait for: pages, helpers, the entries of the menus."""
        from ui.features.backup.backup_controller import BackupController
        from ui.shell.damaged_drafts import Damage
        from ui.shell.draft_counts import DraftCounts
        from ui.shell.draft_list import DraftList
        from ui.shell.file_reader import FileReader
        from ui.shell.notices import Notices
        from ui.shell.start_page import StartPage
        from ui.shell.store_care import StoreCare
        from ui.shell.store_fault_page import StoreFaultPage

        self.start_page = StartPage()
        self.fault_page = StoreFaultPage()
        self.fault_page.retry.connect(self.open_store)
        self.fault_page.leave.connect(self.close)
        self.start_page.open_draft.connect(self.open_draft)
        self.start_page.action_wanted.connect(self.run_action)
        self.reader = FileReader(self.bar, self.status, self.log_fault, self.home)
        self.drafts = DraftList(self.start_page, self)
        self.counts = DraftCounts(self.start_page, self, lambda: self.check_rules)
        self.notices = Notices(self.start_page)
        self.care = StoreCare(self)
        self.fault_page.backups.connect(lambda: self.run_action("backup.restore"))
        self.back_up_if_due = self.controller(BackupController).back_up_if_due
        self.damage = Damage(self)
        for page in (self.start_page, self.fault_page):
            self._pages.addWidget(page)
            give_key_on(page, "F1", partial(self.run_action, "help.manual"))
        self.menus.fill()
        from ui.features.help.help_controller import HelpController
        from ui.features.imports.imports_controller import ImportsController

        self.controller(HelpController)  # it gives every dialog its F1
        self.start_page.sample.connect(lambda: self.controller(ImportsController).open_sample())

    # actions and features

    def run_action(self, action_id: str) -> None:
        """Does what the menu entry with that id does; nothing where it needs a draft and none is open."""
        if action(action_id).needs_draft and self.editor is None:
            return
        done = bind(action(action_id).target, self._owner)
        if done is not None:
            done()

    def _owner(self, kind: type[Any]) -> object:
        """The object of that class that does what an action asks for; None where there is none now."""
        for known in (self, self.editor):
            if isinstance(known, kind):
                return known
        if issubclass(kind, Controller):
            return self.controller(kind)
        return None

    def controller(self, kind: type[ControllerT]) -> ControllerT:
        """The window's controller of that class, made when it is first wanted."""
        if kind not in self._controllers:
            self._controllers[kind] = kind(self)
        found: ControllerT = self._controllers[kind]
        return found

    def set_action_text(self, action_id: str, text: str) -> None:
        self.menus.actions[action_id].setText(text)

    @property
    def widget(self) -> QWidget:
        return self

    # the store

    def open_store(self) -> None:
        """Opens the store and shows its drafts, or says why it cannot."""
        if not hasattr(self, "start_page"):
            self._furnish()
        try:
            self.store = self._open_store()
            self.start_page.show_drafts(self.store.list())
            self._pages.setCurrentWidget(self.start_page)
            self.start_page.focus_list()
            self.care.store_opened()
        except Exception as error:  # a bug must not leave an empty window
            self.damage.show(error)
            self._pages.setCurrentWidget(self.fault_page)
            return
        QTimer.singleShot(_IDLE, self, _load_editor)
        if self._waiting:
            QTimer.singleShot(0, self, partial(self.open_files, []))

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
            self.import_files(files)

    def import_files(self, files: list[Path]) -> None:
        from ui.features.imports.imports_controller import ImportsController

        self.controller(ImportsController).import_files(files)

    def restart(self) -> None:
        if app := QApplication.instance():
            app.setProperty(AGAIN, True)
        self.close()

    def show_notice(self, text: str, kind: NoticeKind = "") -> None:
        self.notices.add(text, kind)

    def explain_fault(self, text: str) -> None:
        self.fault_page.add(text)

    @property
    def chosen_draft(self) -> int:
        return self.start_page.chosen() or 0

    # one draft

    @property
    def versions(self) -> VersionKeeper | None:
        return self.care.keeper

    def open_draft(self, draft_id: int) -> None:
        """Opens a draft at the field where it was left."""
        if self.store is None:
            return
        from models.session.session import Session

        try:
            draft, place = self._load(self.store, draft_id), self.store.place(draft_id)
            session = None if draft is None else Session(draft, self.store, draft_id)
        except UserError as error:
            self.status(str(error))
            return
        if session is not None:
            self.edit(session, place)

    def _load(self, store: Store, draft_id: int) -> Draft | None:
        """None: the user does not want it as it is."""
        try:
            return store.load(draft_id)
        except UserError as error:
            if getattr(error, "fault", "") not in {"altered", "damaged"}:
                raise
            return self.damage.what_is_left(draft_id) if self.care.ask_altered(error) else None

    def edit(self, session: Session, place: Place | None = None) -> None:
        """Shows the editor for a session."""
        if not self.leave_draft():
            return
        from ui.editor.draft_editor import Editor
        from ui.editor.saver import Saver
        from ui.shell.leaving import Leaving
        from ui.shell.side_panel import KEY as SIDE_PANEL

        saver = Saver(session, self.log_fault, self)
        self.editor = editor = Editor(session, saver)
        self._leaving = Leaving(editor, self.home, self.log_fault)
        self.bar.follow(editor, read_only=self.store is not None and self.store.read_only)
        editor.made.connect(self._step_made)
        editor.action_wanted.connect(self.run_action)
        editor.elsewhere.connect(self.care.save_elsewhere)
        editor.faulted.connect(self.log_fault)
        editor.side.keep_in(self.recall(SIDE_PANEL), self.remember)
        editor.stepped.connect(lambda _step: self._remember_place())
        self._stop_listening = session.subscribe(self._changed)
        self._pages.addWidget(editor)
        self._pages.setCurrentWidget(editor)
        self.show_title()
        self.menus.set_editing(True)
        self._show_undo()
        self.care.draft_opened(session)
        editor.problems.live.use_rules(*self.check_rules)
        editor.problems.live.faulted.connect(self.log_fault)
        self.counts.forget(session.draft_id)
        for controller in self._draft_controllers():
            controller.draft_opened(session)
        editor.show_place(place.path if place else "", (place.step if place else 0) or 1)

    def _draft_controllers(self) -> list[Controller]:
        return [self.controller(load(target)[0]) for target in DRAFT_CONTROLLERS]

    def leave_draft(self) -> bool:
        """Saves and leaves the draft; False when the user stays because it could not be saved."""
        if self.editor is None:
            return True
        if not self._leaving.may_leave(self, self.care.save_elsewhere):
            return False
        # Its words are safe: what goes wrong from here on keeps nobody.
        steps = (
            self._remember_place,
            self._close_editor,
            self.care.draft_left,
            *(controller.draft_left for controller in self._draft_controllers()),
            self._show_no_draft,
        )
        for step in steps:
            with faults.logging_faults(self.home):
                step()
        return True

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if self._stop_listening:
            self._stop_listening()
        if editor is not None:
            editor.close_draft()
            if self.store is not None:
                self._pages.setCurrentWidget(self.start_page)  # or the page that happens to be next gets the keyboard
            self._pages.removeWidget(editor)
            editor.saver.deleteLater()
            editor.deleteLater()

    def _show_no_draft(self) -> None:
        self.menus.set_editing(False)
        for entry in ("edit.undo", "edit.redo"):
            self.menus.show_step(entry, None)
        self.bar.clear()
        self.setWindowTitle(PROGRAM)

    def go_home(self) -> None:
        """Back to the start page."""
        chosen = self.editor.session.draft_id if self.editor else None
        if self.leave_draft() and self.store is not None:
            self.drafts.reload(chosen)
            self.start_page.focus_list()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # first: whatever goes wrong, the window stays
        if self.leave_draft():
            with faults.logging_faults(self.home):
                self.close_store()
            event.accept()

    def _remember_place(self) -> None:
        """Where to return to; not worth a word when it cannot be kept."""
        if self.editor and self.store and self.editor.session.draft_id:
            with contextlib.suppress(UserError):
                self.store.set_place(self.editor.session.draft_id, self.editor.path, self.editor.step)

    def _step_made(self, step: Step) -> None:
        from ui.editor.steps.export_step import ExportStep

        if isinstance(step, ExportStep):
            step.out.folder = self.recall_folder("export.folder")
            step.out.exported.connect(lambda file: self.remember("export.folder", str(Path(file).parent)))
            step.out.faulted.connect(self.log_fault)

    def take_draft(self, draft: Draft) -> bool:
        """A new draft into the store, and open it."""
        if self.store is None or not self.leave_draft():
            return False
        try:
            draft_id = self.store.create(draft)
        except UserError as error:
            self._pages.setCurrentWidget(self.start_page)
            self.drafts.reload()
            self.status(f"没有建立草稿：{error}")
            return False
        self.open_draft(draft_id)
        return self.editor is not None

    def take_imported(self, imported: Imported) -> bool:
        if not self.take_draft(imported.draft) or self.session is None or self.store is None:
            return False
        if not imported.versions:
            return True
        from models.store.revisions import Revisions

        try:
            Revisions(self.store).bring(self.session.draft_id, imported.versions)
        except UserError as error:
            self.status(f"草稿已建立，数据包里的命名版本没有放进历史版本：{error}")
            return False
        return True

    @property
    def manual(self) -> tuple[Chapter, ...]:
        from ui.shell.manual_texts import manual

        return manual()

    @property
    def key_places(self) -> Mapping[str, KeyPlace]:
        from ui.shell.manual_texts import keys

        return keys()

    def judge_again(self) -> None:
        if self.editor is not None:
            self.editor.problems.live.use_rules(*self.check_rules)
        self.counts.judge_again()

    # what the window shows of the draft

    def _changed(self, change: Change) -> None:
        self._show_undo()
        if change.path is None or change.path.startswith(("year", "unit")):
            self.show_title()

    def _show_undo(self) -> None:
        if self.session is not None:
            self.menus.show_step("edit.undo", self.session.undo_label)
            self.menus.show_step("edit.redo", self.session.redo_label)

    def status(self, text: str) -> None:
        self.bar.announce(text)

    def log_fault(self, error: BaseException) -> None:
        faults.log_fault(self.home, error)
