"""定稿 and 重新打开修改: the entry in the menu, the line above the steps, and the version that is kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from models.errors import UserError
from ui.desk import Desk
from ui.steps.export import ExportStep
from ui.steps.final_row import FINAL, REOPEN

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from models.session import Change
    from ui.editor import Editor
    from ui.menus import Menus
    from ui.steps import Step

LOCKED = f"已定稿，不能修改；按「{REOPEN}」以后可以改。"


class FinalDesk(Desk):
    """Makes the open draft final and opens it again, each in one undo step."""

    _action: QAction
    _banner: _Banner | None = None
    _editor: Editor | None = None

    def add_actions(self, menus: Menus) -> None:
        self._action = menus.add(menus.file, FINAL, self.toggle, of_draft=True)

    def draft_opened(self, editor: Editor) -> None:
        self._editor = editor
        self._banner = _Banner()
        self._banner.reopen.clicked.connect(lambda _checked=False: self.reopen())
        editor.add_banner(self._banner)
        editor.made.connect(self._step_made)
        for step in editor.steps_made():
            self._step_made(step)
        session = editor.session
        session.when_refused = lambda: self._window.tell(LOCKED)
        session.subscribe(self._changed)
        self._show()

    def _step_made(self, step: Step) -> None:
        if isinstance(step, ExportStep):
            step.final.wanted.connect(self.toggle)

    def draft_left(self) -> None:
        self._editor = self._banner = None
        self._action.setText(FINAL)

    def toggle(self) -> None:
        if self._editor is not None:
            (self.reopen if self._editor.session.is_locked else self.finalise)()

    def finalise(self) -> None:
        """What is still being typed belongs to it; the final text is kept as a version of that name."""
        editor = self._editor
        if editor is None:
            return
        editor.commit_pending()
        if editor.session.finalise():
            editor.save_now()
            self._window.safety.keep_version(FINAL)
            self._show()
            self._window.tell(f"已定稿，并留下版本「{FINAL}」。要修改时按「{REOPEN}」。{self._errors()}")

    def reopen(self) -> None:
        editor = self._editor
        if editor is not None and editor.session.reopen():
            editor.save_now()
            editor.focus_page()
            self._window.tell(f"已重新打开，可以修改；定稿时的内容在历史版本里，名为「{FINAL}」。")

    def _errors(self) -> str:
        if self._editor is None:
            return ""
        self._editor.problems.live.ask_all()
        count = self._editor.problems.count_errors()
        return f"还有 {count} 处错误没有处理。" if count else ""

    def _changed(self, change: Change) -> None:
        if change.before.state != change.after.state:
            self._show()

    def _show(self) -> None:
        if self._editor is None or self._banner is None:
            return
        locked = self._editor.session.is_locked
        self._action.setText(REOPEN if locked else FINAL)
        if locked:
            day = self._day()
            self._banner.text.setText(f"本稿已定稿（{day}），内容不能修改。" if day else "本稿已定稿，内容不能修改。")
        self._banner.setVisible(locked)

    def _day(self) -> str:
        """When it was made final, as far as the versions tell."""
        from models.store.revisions import Revisions
        from ui.start_page import local_time

        store = self._window.store
        if store is None or self._editor is None:
            return ""
        with suppress(UserError):
            for version in Revisions(store).list(self._editor.session.draft_id):
                if FINAL in version.name.split("、"):
                    return local_time(version.made)
        return ""


class _Banner(QFrame):
    """The line above the steps of a 定稿."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        row = QHBoxLayout(self)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.reopen = QPushButton(REOPEN)
        self.reopen.setAccessibleName(REOPEN)
        row.addWidget(self.text, 1)
        row.addWidget(self.reopen)
        self.hide()
