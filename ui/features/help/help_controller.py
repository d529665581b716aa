"""Help: the panel and the manual by F1, 关于, and the file of diagnostics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from models.store.data_folder import STORE_NAME
from ui.app.faults import explained
from ui.shell.side_panel import PANELS, is_in_side_panel
from ui.shell.workbench import Controller
from ui.widgets.help_places import PLACE, asked_for
from ui.widgets.keys import give_key_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QWindow

    from models.session.session import Session
    from ui.features.help.manual_window import ManualWindow
    from ui.shell.side_panel import Panel
    from ui.shell.workbench import Workbench

START, FAQ, KEYS, FAULT = "first", "questions", "keys", "backup"
"""Chapters of the manual."""

PANEL = "help"


class HelpController(Controller):
    """One manual beside the window; a dialog that keeps the window waiting gets one of its own."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._manual: ManualWindow | None = None
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._window_changed)

    def draft_opened(self, session: Session) -> None:  # noqa: ARG002  # its help is the same for every draft
        self._workbench.add_panel(PANEL, self._make_panel)

    def _make_panel(self) -> Panel:
        from ui.features.help.help_panel import HelpPanel

        panel = HelpPanel(self._workbench.key_places)
        panel.manual.connect(self.show_manual)
        return panel

    # the panel and the manual

    def open_panel(self) -> None:
        """The help of the field with the focus."""
        self._workbench.open_panel(PANEL)

    def show_here(self) -> None:
        """The manual at the place about what has the focus: a panel, the table, or the step."""
        from models.help.help_texts import steps

        workbench = self._workbench
        if workbench.session is None:
            self.show_manual(START if workbench.store is not None else FAULT)
            return
        panel = workbench.shown_panel if is_in_side_panel(QApplication.focusWidget()) else ""
        if chapter := next((entry.chapter for entry in PANELS if entry.id == panel), ""):
            self.show_manual(chapter)
        elif ".indicators[" in workbench.path:
            self.show_manual("table")
        else:
            self.show_manual(steps()[workbench.step].chapter)

    def show_manual(self, place: str = START) -> None:
        """The manual at that chapter or «chapter#section», in a window that may stay open beside this one."""
        from ui.features.help.manual_window import ManualWindow

        if self._manual is None:
            self._manual = ManualWindow(self._workbench.manual, self._workbench.widget)
        self._manual.open_at(place)

    def show_keys(self) -> None:
        """The chapter of the keys."""
        self.show_manual(KEYS)

    def show_questions(self) -> None:
        """The chapter of frequent questions."""
        self.show_manual(FAQ)

    def _window_changed(self, _focused: QWindow | None) -> None:
        """Every dialog gets its F1 when it first comes to the front."""
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog) and not dialog.property("helped"):
            dialog.setProperty("helped", True)
            give_key_on(dialog, "F1", partial(self._show_beside, dialog))

    def _show_beside(self, dialog: QDialog) -> None:
        """For a dialog that keeps all others waiting a child of it: no other window would answer."""
        from ui.features.help.manual_window import ManualWindow

        place = str(dialog.property(PLACE) or asked_for() or START)
        if isinstance(dialog, ManualWindow):
            dialog.open_at(KEYS)
        elif dialog.isModal():
            (dialog.findChild(ManualWindow) or ManualWindow(self._workbench.manual, dialog)).open_at(place)
        else:
            self.show_manual(place)

    # about

    def about(self) -> None:
        """Versions, where the data lies, and what is new."""
        self._about(changes=False)

    def show_changes(self) -> None:
        """The same, with the cursor in the list of what is new."""
        self._about(changes=True)

    def _about(self, changes: bool) -> None:
        from models.store.backup import backups_of
        from ui.features.help.about_dialog import AboutDialog

        workbench = self._workbench
        AboutDialog(workbench.home, backups_of(workbench.home).folder, changes, workbench.widget).exec()

    # diagnostics

    def save_diagnostics(self) -> None:
        """Asks where the file shall go, and writes it in a worker."""
        from ui.features.help.diagnostics import suggested_name
        from ui.widgets.file_dialogs import choose_export, documents_folder

        target = choose_export(
            self._workbench.widget,
            documents_folder() / suggested_name(),
            help_place="questions#fault",
        )
        if target is not None:
            self.write_diagnostics(target)

    def write_diagnostics(self, target: Path) -> None:
        from models.store.backup import backups_of
        from ui.app import background
        from ui.features.help.diagnostics import facts, report

        home = self._workbench.home
        screens = facts(self._workbench.widget, self._workbench.step)
        backups = backups_of(home).folder
        work = partial(_write, target, lambda: report(screens, home, home / STORE_NAME, backups))
        background.run(self, work, partial(self._written, target), self._not_written)

    def _written(self, target: Path, _result: object) -> None:
        self._workbench.status(f"已保存诊断信息：{target}。里面没有草稿的文字，发出以前可以打开看。")

    def _not_written(self, error: Exception) -> None:
        bug = "没有保存诊断信息：程序内部出错，详情已记入日志。"
        self._workbench.status(explained(error, bug, self._workbench.log_fault))


def _write(target: Path, make: Callable[[], str]) -> None:
    from exporters.atomic import write_atomically

    write_atomically(target, make().encode("utf-8"))
