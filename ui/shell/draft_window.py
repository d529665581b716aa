"""A window that may show one open draft, and what the features can ask of that draft's page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore  # not Qt by its name: see ui/widgets/theme.py
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QStatusTipEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from ui.shell.status_bar import StatusBar
from ui.widgets.keys import press_focused

PROGRAM = "绩效目标填报"

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QFrame, QPushButton, QWidget

    from models.session.session import Session
    from ui.editor.draft_editor import Editor
    from ui.shell.side_panel import Panel


class DraftWindow(QMainWindow):
    """Hands on to the editor, where there is one."""

    home: Path
    """The folder of the drafts and the log."""

    def __init__(self) -> None:
        super().__init__()
        self.editor: Editor | None = None

    @property
    def session(self) -> Session | None:
        return self.editor.session if self.editor is not None else None

    @property
    def path(self) -> str:
        return self.editor.path if self.editor is not None else ""

    @property
    def step(self) -> int:
        return self.editor.step if self.editor is not None else 0

    def status(self, text: str) -> None:
        raise NotImplementedError

    def go_home(self) -> None:
        """Back to the start page."""
        raise NotImplementedError

    def import_files(self, files: list[Path]) -> None:
        """Reads the files, one after the other."""
        raise NotImplementedError

    def commit_pending(self) -> None:
        if self.editor is not None:
            self.editor.commit_pending()

    def save_now(self) -> bool:
        return self.editor.save_now() if self.editor is not None else True

    def confirm_saved(self) -> bool:
        return self.editor.saver.flush(confirm=True) if self.editor is not None else True

    def undo(self) -> None:
        self.status("")  # it may speak of what is undone now
        if self.editor is not None:
            self.editor.undo()

    def redo(self) -> None:
        self.status("")
        if self.editor is not None:
            self.editor.redo()

    def count_errors(self, report_id: str = "") -> int:
        if self.editor is None:
            return 0
        self.editor.problems.live.ask_all()
        return self.editor.problems.count_errors(report_id)

    def go_to(self, path: str, step: int = 0) -> None:
        from ui.shell.side_panel import is_in_side_panel

        if self.editor is None:
            return
        focus = QApplication.focusWidget()
        was_in_list = focus is not None and (is_in_side_panel(focus) or focus.window() is not self)
        self.editor.show_place(path, step)
        if was_in_list:
            self.editor.problems.guard.watch(self.focusWidget())

    def focus_page(self) -> None:
        if self.editor is not None:
            self.editor.focus_page()

    def rebuild_pages(self) -> None:
        if self.editor is not None:
            self.editor.rebuild_pages()

    def select(self, path: str, start: int, end: int) -> tuple[QWidget, QRect] | None:
        from ui.editor.selecting import select_characters

        step = self.editor.current if self.editor is not None else None
        return select_characters(step, path, start, end) if step is not None else None

    def add_panel(self, panel: str, make: Callable[[], Panel]) -> QPushButton:
        assert self.editor is not None  # panels belong to an open draft
        return self.editor.side.add(panel, make)

    def panel(self, panel: str) -> Panel | None:
        return self.editor.side.panel(panel) if self.editor is not None else None

    def open_panel(self, panel: str) -> Panel | None:
        return self.editor.side.open(panel) if self.editor is not None else None

    def count_on_panel(self, panel: str, count: int) -> None:
        if self.editor is not None:
            self.editor.side.show_count(panel, count)

    def close_panel(self) -> None:
        if self.editor is not None:
            self.editor.side.close_panel()

    @property
    def shown_panel(self) -> str:
        return self.editor.side.current if self.editor is not None else ""

    def add_banner(self, banner: QFrame) -> None:
        if self.editor is not None:
            self.editor.add_banner(banner)

    def show_title(self) -> None:
        if self.session is not None:
            document = self.session.document
            year = f"{document.year}年 " if document.year is not None else ""
            self.setWindowTitle(f"{year}{document.unit.name or '（未写单位）'} — {PROGRAM}")

    def use_backup_folder(self, folder: Path) -> None:
        from models.store.backup import use_backup_folder

        try:
            use_backup_folder(self.home, folder)
        except OSError:
            self.status("备份文件夹没有记住：数据文件夹不能写入。")

    def bring_forward(self) -> None:
        """To the front, where the user looks for it after starting the program again."""
        self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            from ui.widgets.messages import UndoableTip

            if event.tip():
                self.status(event.tip())
                if isinstance(event, UndoableTip) and isinstance(bar := self.statusBar(), StatusBar):
                    bar.offer(self.undo)
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
        QTimer.singleShot(0, self, partial(self.import_files, files))
