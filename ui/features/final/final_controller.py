"""定稿 and 重新打开修改: the entry in the menu, the line above the steps, and the version that is kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from models.errors import UserError
from ui.editor.steps.final_row import FINAL, REOPEN
from ui.shell.workbench import Controller
from ui.widgets import questions
from ui.widgets.parts import Banner, push_button, sentence

if TYPE_CHECKING:
    from models.session.session import Change, Session

ACTION = "final.toggle"
"""The id of the menu entry."""
LOCKED = f"已定稿，不能修改；按「{REOPEN}」以后可以改。"


class FinalController(Controller):
    """Makes the open draft final and opens it again, each in one undo step."""

    _banner: Banner | None = None
    """The line above the steps of a 定稿."""

    def draft_opened(self, session: Session) -> None:
        self._banner = Banner(sentence(), push_button(REOPEN, self.reopen))
        self._workbench.add_banner(self._banner)
        session.when_refused = lambda: self._workbench.status(LOCKED)
        session.subscribe(self._changed)
        self._show()

    def draft_left(self) -> None:
        self._banner = None
        self._workbench.set_action_text(ACTION, FINAL)

    def toggle(self) -> None:
        """Finalises a 草稿, reopens a 定稿."""
        (self.reopen if self._session.is_locked else self.finalise)()

    def finalise(self) -> None:
        """What is still being typed belongs to it; the final text is kept as a version of that name."""
        workbench, session = self._workbench, self._session
        workbench.commit_pending()
        if not session.is_locked and not self._is_wanted():
            return
        if session.finalise():
            workbench.save_now()
            if workbench.versions is not None:
                workbench.versions.keep("named", name=FINAL)
            self._show()
            self._workbench.status(f"已定稿，并留下版本「{FINAL}」。要修改时按「{REOPEN}」。{self._errors()}")

    def _is_wanted(self) -> bool:
        """A text with errors is asked about, as an export of it is."""
        errors = self._workbench.count_errors()
        answer = questions.ask_about_errors(self._workbench.widget, errors, "仍然定稿") if errors else questions.ANYWAY
        if answer == questions.LOOK:
            self._workbench.open_panel("problems")
        return answer == questions.ANYWAY

    def reopen(self) -> None:
        if self._session.reopen():
            self._workbench.save_now()
            self._workbench.focus_page()
            self._workbench.status(f"已重新打开，可以修改；定稿时的内容在历史版本里，名为「{FINAL}」。")

    def _errors(self) -> str:
        count = self._workbench.count_errors()
        return f"还有 {count} 处错误没有处理。" if count else ""

    def _changed(self, change: Change) -> None:
        if change.before.state != change.after.state:
            self._show()

    def _show(self) -> None:
        session = self._workbench.session
        if session is None or self._banner is None:
            return
        locked = session.is_locked
        self._workbench.set_action_text(ACTION, REOPEN if locked else FINAL)
        if locked:
            day = self._day()
            self._banner.text.setText(f"本稿已定稿（{day}），内容不能修改。" if day else "本稿已定稿，内容不能修改。")
        self._banner.setVisible(locked)

    def _day(self) -> str:
        """When it was made final, as far as the versions show."""
        from models.store.revisions import Revisions
        from ui.shell.draft_table import local_time

        store, session = self._workbench.store, self._workbench.session
        if store is None or session is None:
            return ""
        with suppress(UserError):
            for version in Revisions(store).list(session.draft_id):
                if FINAL in version.name.split("、"):
                    return local_time(version.made)
        return ""
