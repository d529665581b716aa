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

_PLACES = (
    ("NewDraftDialog", "", "basics"),
    ("ImportReportDialog", "", "import"),
    ("CheckSettingsDialog", "", "problems/检查设置"),
    ("HistoryDialog", "", "history/历史版本"),
    ("NameVersionDialog", "", "history/历史版本"),
    ("BackupsDialog", "", "backup/恢复"),
    ("DataFolderDialog", "", "backup/移动数据文件夹"),
    ("PickRows", "", "table/从别处取指标"),
    ("PastValuesDialog", "", "table/从别处取指标"),
    ("OwnLibraryDialog", "", "table/我的指标库"),
    ("OwnEntryDialog", "", "table/我的指标库"),
    ("SettingsDialog", "", "settings"),
    ("FromLastYearDialog", "", "rollover"),
    ("MoveOnDialog", "", "rollover/年份顺延"),
    ("CarriedDialog", "", "rollover/沿用上年的内容"),
    ("ComparisonDialog", "", "rollover/与上年比较"),
    ("MergeDialog", "", "merge"),
    ("UpdateUnitsDialog", "", "merge/更新下属单位"),
    ("PlacesDialog", "", "bureau/请核对的指标值"),
    ("AboutDialog", "", "questions"),
    ("LicencesDialog", "", "questions"),
    ("QInputDialog", "写审核意见", "remarks/自己写"),
    ("QInputDialog", "录入系统", "bureau"),
    ("QMessageBox", "还有错误没有改", "problems"),
    ("QMessageBox", "还没有保存", "questions/上面出现「未能保存」怎么办？"),
    ("QMessageBox", "草稿可能已损坏", "backup/恢复"),
    ("QPrintDialog", "", "export/打印"),
    ("QFileDialog", "导出数据包", "exchange/导出数据包"),
    ("QFileDialog", "打开数据包", "exchange/打开数据包"),
    ("QFileDialog", "添加下属单位的文件", "merge"),
    ("QFileDialog", "读入审核意见", "remarks"),
    ("QFileDialog", "备份文件夹", "backup"),
    ("QFileDialog", "导入指标", "table/我的指标库"),
    ("QFileDialog", "导入文件", "import"),
    ("QFileDialog", "导出 文本文件", "questions/程序出错了，怎样请人帮忙？"),
    ("QFileDialog", "移到哪个文件夹", "backup/移动数据文件夹"),
    ("QFileDialog", "", "export/导出"),
)
"""Class and beginning of the title of each dialog that names no place itself (by its property «help»), and its place in
the manual: a chapter, or «chapter/section»."""

_PLACE_OF_PANEL = {
    "预览": "export/预览",
    "问题": "problems",
    "查找": "find",
    "审核意见": "remarks",
}


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
        """The manual at the place about what has the focus: a panel, the table, or the step."""
        editor = self._window.editor
        self.show_manual(_place_in(editor) if editor is not None else START)

    def show_manual(self, place: str = START) -> None:
        """The manual at that chapter or «chapter/section», in a window that may stay open beside this one."""
        from ui.dialogs.manual import ManualWindow

        if self._manual is None:
            self._manual = ManualWindow(self._window)
        self._manual.open_at(place)

    def _window_changed(self, _focused: QWindow | None) -> None:
        """Every dialog gets its F1 when it first comes to the front."""
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog) and not dialog.property("helped"):
            dialog.setProperty("helped", True)
            _give_f1(dialog, partial(self._show_beside, dialog))

    def _show_beside(self, dialog: QDialog) -> None:
        """For a dialog that keeps all others waiting a child of it: no other window would answer."""
        from ui.dialogs.manual import ManualWindow

        place = str(dialog.property("help") or place_of(type(dialog).__name__, dialog.windowTitle()))
        if isinstance(dialog, ManualWindow):
            dialog.open_at(KEYS)
        elif dialog.isModal():
            (dialog.findChild(ManualWindow) or ManualWindow(dialog)).open_at(place)
        else:
            self.show_manual(place)

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


def place_of(kind: str, title: str) -> str:
    """Where the manual speaks of a dialog of that class with that title."""
    return next((place for each, words, place in _PLACES if each == kind and title.startswith(words)), START)


def _place_in(editor: Editor) -> str:
    from models.help import steps

    focused = QApplication.focusWidget()
    if focused is not None and editor.side.isAncestorOf(focused) and editor.side.current in _PLACE_OF_PANEL:
        return _PLACE_OF_PANEL[editor.side.current]
    return "table" if ".indicators[" in editor.path else steps()[editor.step].chapter


def _write(target: Path, make: object) -> None:
    from exporters.atomic import write_atomically

    write_atomically(target, make().encode("utf-8"))  # type: ignore[operator]


def _give_f1(widget: QWidget, done: object) -> None:
    QShortcut(QKeySequence("F1"), widget).activated.connect(done)
