"""A window that may show one open draft, and what the features can ask of that draft's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QFrame, QPushButton, QWidget

    from models.session import Session
    from ui.editor import Editor
    from ui.shell.side_panel import Panel


class DraftWindow(QMainWindow):
    """Hands on to the editor, where there is one."""

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

    def commit_pending(self) -> None:
        if self.editor is not None:
            self.editor.commit_pending()

    def save_now(self) -> bool:
        return self.editor.save_now() if self.editor is not None else True

    def confirm_saved(self) -> bool:
        return self.editor.saver.flush(confirm=True) if self.editor is not None else True

    def count_errors(self) -> int:
        if self.editor is None:
            return 0
        self.editor.problems.live.ask_all()
        return self.editor.problems.count_errors()

    def go_to(self, path: str, step: int = 0) -> None:
        if self.editor is not None:
            self.editor.show_place(path, step)

    def focus_page(self) -> None:
        if self.editor is not None:
            self.editor.focus_page()

    def rebuild_pages(self) -> None:
        if self.editor is not None:
            self.editor.rebuild_pages()

    def select(self, path: str, start: int, end: int) -> tuple[QWidget, QRect] | None:
        from ui.selecting import select_characters

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
