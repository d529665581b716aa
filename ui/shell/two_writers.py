"""A draft changed in two places, and a data file that another program replaced: it is said, and the user chooses a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from models.errors import UserError
from ui.shell.workbench import Controller
from ui.widgets.parts import Banner, push_button, rename, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.session.session import Session
    from ui.shell.workbench import Workbench

_LOOK_EVERY = 5000
"""Milliseconds between two looks at whether the file is still the one that is open, where nothing is to be saved."""

_BOTH = "两份都在：窗口里的接着自动保存，另一份也在首页。"
_ALONE = "窗口里的内容已作为新的一份草稿存好，接着写就行。"
_REPLACED = "数据文件被别的程序换过（多半是网盘同步）"
_OLD_FILE = "换掉的文件在「恢复备份」里。"
_TOLD = {
    ("conflict", False): f"这份草稿在别处也改过（另一个窗口，或另一台电脑）。{_BOTH}",
    ("conflict", True): f"{_REPLACED}，换来的文件里，这份草稿与窗口里的不同。{_BOTH}{_OLD_FILE}",
    ("missing", False): f"这份草稿在别处被彻底删除了。{_ALONE}",
    ("missing", True): f"{_REPLACED}，换来的文件里没有这份草稿。{_ALONE}{_OLD_FILE}",
}
"""By the fault of the save, and whether the file was replaced."""
_NOT_CHOSEN_YET = "这份草稿有两份不同的内容，还没有选用哪一份。"
_GOES_ON = f"{_REPLACED}，已重新打开，窗口里的内容没有变，照常自动保存。"


class TwoWritersController(Controller):
    """Looks after the open draft where others may write its file."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._banner: _Line | None = None
        self._was_replaced = self._has_parted = False
        self._watch = QTimer(self, interval=_LOOK_EVERY)
        self._watch.timeout.connect(self.look)

    def draft_opened(self, session: Session) -> None:
        self._banner = _Line(self.choose)
        self._was_replaced = self._has_parted = False
        self._workbench.add_banner(self._banner)
        session.when_parted = self._parted
        store = self._workbench.store
        if store is not None:
            store.when_replaced = self._replaced
            self._watch.start()
        if self._other():
            self._banner.show_message(_NOT_CHOSEN_YET, to_choose=True)

    def draft_left(self) -> None:
        self._watch.stop()
        self._banner = None

    def look(self) -> None:
        """Where the file is another one by now, the open draft is looked for in it, as a save would."""
        store = self._workbench.store
        if store is not None and store.is_elsewhere:
            self._workbench.confirm_saved()

    def _other(self) -> int:
        """The draft with the other text; 0 where there is none to choose."""
        from models.store.conflict import other_of

        store, session = self._workbench.store, self._workbench.session
        if store is None or session is None:
            return 0
        try:
            return other_of(store, session.draft_id)
        except UserError:
            return 0

    def _replaced(self) -> None:
        self._was_replaced, self._has_parted = True, False
        QTimer.singleShot(0, self, self._compare)  # when what noticed it, a save for instance, is done

    def _compare(self) -> None:
        """Looks for the open draft in the file that came."""
        if self._banner is not None and self._workbench.confirm_saved() and not self._has_parted:
            self._workbench.status(_GOES_ON)
        self._was_replaced = False

    def _parted(self, error: UserError) -> None:
        self._has_parted = True
        message = _TOLD[getattr(error, "fault", "conflict"), self._was_replaced]
        if self._banner is not None:
            self._banner.show_message(message, to_choose=self._other() != 0)

    def choose(self) -> None:
        """Shows both texts and does what the user wants."""
        from ui.shell.draft_table import local_time
        from ui.shell.two_texts_dialog import TwoTextsDialog

        workbench, session, other = self._workbench, self._workbench.session, self._other()
        if session is None or workbench.store is None or self._banner is None:
            return
        if not other:
            self._banner.hide()
            return
        workbench.save_now()
        mine = session.draft_id
        try:
            saved = {line.id: local_time(line.modified) for line in workbench.store.list()}
            theirs = workbench.store.load(other, verify=False)
            dialog = TwoTextsDialog(session.draft, theirs, (saved[mine], saved[other]), workbench.widget)
            dialog.exec()
            if dialog.answer:
                self._settle(mine, other, dialog.answer)
        except UserError as error:
            workbench.status(str(error))

    def _settle(self, mine: int, other: int, answer: str) -> None:
        from models.store.conflict import settle
        from ui.shell.two_texts_dialog import BOTH, MINE

        workbench = self._workbench
        if workbench.store is None:
            return
        if answer in (MINE, BOTH):
            settle(workbench.store, mine, other if answer == MINE else None)
            if self._banner is not None:
                self._banner.hide()
            workbench.status("用窗口里的；另一份移入了回收站。" if answer == MINE else "两份都留着，都在首页。")
        elif workbench.leave_draft():
            settle(workbench.store, other, mine)
            workbench.open_draft(other)
            workbench.status("已换成另一份；窗口里原来的一份移入了回收站。")


class _Line(Banner):
    """The line above the steps."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__(sentence(), push_button("", choose))

    def show_message(self, text: str, to_choose: bool) -> None:
        self.text.setText(text)
        rename(self.buttons[0], "比较并选择…" if to_choose else "知道了")
        self.show()
