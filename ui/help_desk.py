"""The window's helper for help: the manual and its way there by F1, 关于, and the file of diagnostics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from models.errors import UserError
from ui import faults
from ui.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QWindow

    from ui.dialogs.manual import ManualWindow
    from ui.editor import Editor
    from ui.main_window import MainWindow
    from ui.menus import Menus

START, FAQ, KEYS, FAULT = "first", "questions", "keys", "backup"
"""Chapters of the manual."""

_CHAPTER_OF = {
    "NewDraftDialog": "basics",
    "ImportReportDialog": "import",
    "CheckSettingsDialog": "problems",
    "HistoryDialog": "history",
    "NameVersionDialog": "history",
    "BackupsDialog": "backup",
    "PickRows": "table",
    "SettingsDialog": "settings",
    "FromLastYearDialog": "rollover",
    "MoveOnDialog": "rollover",
    "CarriedDialog": "rollover",
    "ComparisonDialog": "rollover",
    "MergeDialog": "merge",
    "UpdateUnitsDialog": "merge",
    "PlacesDialog": "bureau",
    "QFileDialog": "export",
}
"""The chapter about a dialog that names none itself (by its property «help»)."""


class HelpDesk(Desk):
    """One manual beside the window; a dialog that keeps the window waiting gets one of its own."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._manual: ManualWindow | None = None
        for page, chapter in ((window.start_page, START), (window.fault_page, FAULT)):
            _give_f1(page, partial(self.show_manual, chapter))
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._window_changed)

    def add_actions(self, menus: Menus) -> None:
        menu = menus.help
        menus.add(menu, "填报说明\tF1", self.open_panel, of_draft=True)
        menus.add(menu, "使用手册", self.show_here, "Ctrl+F1 Shift+F1")
        menus.add(menu, "快捷键一览", partial(self.show_manual, KEYS))
        menus.add(menu, "常见问题", partial(self.show_manual, FAQ))
        menu.addSeparator()
        menus.add(menu, "保存诊断信息…", self.save_diagnostics)
        menus.add(menu, "更新记录", partial(self.about, True))
        menus.add(menu, "关于", self.about)

    def draft_opened(self, editor: Editor) -> None:
        editor.manual.connect(self.show_manual)

    # the panel and the manual

    def open_panel(self) -> None:
        """The help of the field with the focus."""
        from ui.panels.help import NAME

        if self._window.editor is not None:
            self._window.editor.side.open(NAME)

    def show_here(self) -> None:
        """The manual at the chapter about what the window shows."""
        from models.help import steps

        editor = self._window.editor
        self.show_manual(steps()[editor.step].chapter if editor is not None else START)

    def show_manual(self, chapter: str = START) -> None:
        """The manual at that chapter, in a window that may stay open beside this one."""
        from ui.dialogs.manual import ManualWindow

        if self._manual is None:
            self._manual = ManualWindow(self._window)
        self._manual.open_at(chapter)

    def _window_changed(self, _focused: QWindow | None) -> None:
        """Every dialog gets its F1 when it first comes to the front."""
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog) and not dialog.property("helped"):
            dialog.setProperty("helped", True)
            _give_f1(dialog, partial(self._show_beside, dialog))

    def _show_beside(self, dialog: QDialog) -> None:
        """For a dialog that keeps all others waiting a child of it: no other window would answer."""
        from ui.dialogs.manual import ManualWindow

        chapter = str(dialog.property("help") or _CHAPTER_OF.get(type(dialog).__name__, START))
        if isinstance(dialog, ManualWindow):
            dialog.open_at(KEYS)
        elif dialog.isModal():
            (dialog.findChild(ManualWindow) or ManualWindow(dialog)).open_at(chapter)
        else:
            self.show_manual(chapter)

    # about

    def about(self, changes: bool = False) -> None:
        """Versions, where the data lies, and what is new."""
        from ui.dialogs.about import AboutDialog

        window = self._window
        AboutDialog(window.home, window.safety.backups().folder, changes, window).exec()

    # diagnostics

    def save_diagnostics(self) -> None:
        """Asks where the file shall go, and writes it in a worker."""
        from ui.diagnostics import suggested_name
        from ui.dialogs.files import choose_export, documents_folder

        target = choose_export(self._window, documents_folder() / suggested_name())
        if target is not None:
            self.write_diagnostics(target)

    def write_diagnostics(self, target: Path) -> None:
        from ui import background
        from ui.diagnostics import facts, report

        window = self._window
        screens = facts(window)
        backups = window.safety.backups().folder
        work = partial(_write, target, lambda: report(screens, window.home, window.store_path, backups))
        background.run(self, work, partial(self._written, target), self._not_written)

    def _written(self, target: Path, _result: object) -> None:
        self._window.tell(f"已保存诊断信息：{target}。里面没有草稿的文字，发出以前可以打开看。")

    def _not_written(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._window.tell(str(error))
        else:
            faults.log_fault(self._window.home, error)
            self._window.tell("没有保存诊断信息：程序内部出错，详情已记入日志。")


def _write(target: Path, make: object) -> None:
    from exporters.atomic import write_atomically

    write_atomically(target, make().encode("utf-8"))  # type: ignore[operator]


def _give_f1(widget: QWidget, done: object) -> None:
    QShortcut(QKeySequence("F1"), widget).activated.connect(done)
