"""移动数据文件夹: where to, what happens with it, how it went; and what to do where the folder cannot be found."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from models.errors import UserError
from models.store import Store
from models.store.data_folder import LOCAL, FolderGoneError, can_go_back, followed, go_back, read_note
from models.store.moving import move, refusal, take_in, target_for
from ui.app import background
from ui.app.faults import explained
from ui.app.folder_kinds import warning
from ui.editor.steps.form_layout import add_row, form, page
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.help_places import helped_by
from ui.widgets.parts import column_of, fill, push_button, sentence, side_by_side, stacked
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.questions import ask
from ui.widgets.style import characters, hint, roomy

_HOW = (
    "草稿、历史版本、备份、外观设置和日志都会复制到新的位置，逐份核对无误以后才换过去。"
    "然后程序自己重新打开。原来的文件不会删除：新的位置打开过一次以后，它们改名留在原处。"
)


class DataFolderDialog(ProgramDialog):
    """Accepted when the data was moved. `let_go` is called before: the drafts are closed, False when that cannot be."""

    failed = Signal()
    """The data was not moved: the drafts may be opened again."""
    faulted = Signal(Exception)

    def __init__(
        self, home: Path, start_folder: Path, let_go: Callable[[], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__("移动数据文件夹", parent, help_place="backup")
        self._home, self._start_folder, self._let_go = home, start_folder, let_go
        self._stop = threading.Event()
        self._running = False
        self.said = sentence()
        inside = QWidget()
        fill(page(inside, ""), hint(_HOW), self._places(), self.said, 1)  # scrolls where large type leaves no room
        column_of(self, (inside, 1), self._below())
        self.resize_within_screen(40, 21)
        self._show_target()
        self.place.setFocus()

    def _places(self) -> QFormLayout:
        grid = form(self)
        present = QLineEdit(str(self._home))
        present.setReadOnly(True)
        add_row(grid, "现在的位置", present)
        self.place = QLineEdit()
        self.place.setPlaceholderText("写文件夹的位置，或者按「选择…」")
        self.place.textChanged.connect(lambda _text: self._show_target())
        add_row(grid, "移到", self.place)
        self.choose = push_button("选择…", self._choose)
        self.usual = push_button("移回默认位置", self._choose_usual)
        row = side_by_side(self.choose, self.usual, 1)
        row.setSpacing(characters(self, 0.5))
        self.usual.setVisible(self._home != self._start_folder)
        grid.addRow("", row)
        return grid

    def _below(self) -> QVBoxLayout:
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("正在复制和核对")
        self.progress.hide()
        box = AnswerButtons(self, "移动", self.start)
        self.begin = box.accept
        column = stacked(self.progress, box)
        roomy(column, self)
        return column

    def _choose(self) -> None:
        with helped_by("backup#data_folder"):
            name = QFileDialog.getExistingDirectory(self, "移到哪个文件夹", self.place.text() or str(Path.home()))
        if name:
            self.place.setText(str(Path(name)))
            self.begin.setFocus()

    def _choose_usual(self) -> None:
        self.place.setText(str(self._start_folder))
        self.begin.setFocus()

    def target(self) -> Path | None:
        """Where the data will lie; None where nothing is chosen yet."""
        text = self.place.text().strip()
        return target_for(Path(text).expanduser(), self._start_folder) if text else None

    def _show_target(self) -> None:
        target = self.target()
        why = refusal(self._home, target) if target else "请选一个文件夹。"
        self.begin.setEnabled(not why)
        if target and not why:
            why = f"数据会放在：{target}"
            if message := warning(target):
                why += f"\n注意：这个文件夹{message}"
        self.said.setText(why)

    # moving

    def start(self) -> None:
        """Closes the drafts and moves them in a worker."""
        target = self.target()
        if target is None or self._running or refusal(self._home, target):
            return
        if not self._let_go():
            self.said.setText("草稿里有没能保存的修改，没有移动；一切照旧。")
            return
        self._stop.clear()
        self._set_running(True)
        self.said.setText(f"正在复制和核对：{target}")
        stop = self._stop
        work = partial(move, self._home, target, self._start_folder, lambda: not stop.is_set())
        background.run(self, work, self._moved, self._not_moved)

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.progress.setVisible(running)
        for widget in (self.place, self.choose, self.usual, self.begin):
            widget.setEnabled(not running)

    def _moved(self, _nothing: object) -> None:
        self._running = False
        self.accept()

    def _not_moved(self, error: Exception) -> None:
        self._set_running(False)
        self.failed.emit()
        self._show_target()
        bug = "程序内部出错，没有移动；原来的数据都还在。详情已记入日志。"
        self.said.setText(explained(error, bug, self.faulted.emit))
        self.place.setFocus()

    def reject(self) -> None:
        """Stops what is under way; then leaves."""
        if self._running:
            self._stop.set()
            self.said.setText("正在停止…")
        else:
            super().reject()


# at the start

RETRY, BACK, BLANK, LEAVE = "retry", "back", "blank", "leave"


def ask_about_gone(why: str, back: bool, blank: bool = True) -> str:
    """RETRY, BACK (offered where the old folder still holds everything), BLANK (where it can be made) or LEAVE."""
    role = QMessageBox.ButtonRole
    choices = [(RETRY, "重试", role.AcceptRole)]
    if back:
        choices.append((BACK, "用移动以前的文件夹", role.ActionRole))
    if blank:
        choices.append((BLANK, "用本机的空白数据文件夹", role.ActionRole))
    choices.append((LEAVE, "退出程序", role.RejectRole))
    return ask(None, "找不到数据文件夹", why, choices, "backup#data_folder", LEAVE)


def ask_for_home(start_folder: Path, error: FolderGoneError) -> Path | None:
    """The folder to work in while the right one cannot be found, asked until there is one; None: leave."""
    while True:
        answer = ask_about_gone(str(error), can_go_back(start_folder), os.access(start_folder, os.W_OK))
        if answer == LEAVE:
            return None
        if answer == BLANK:
            return start_folder / LOCAL
        try:
            if answer == BACK:
                go_back(start_folder)
            return followed(start_folder)
        except FolderGoneError as again:
            error = again
        except OSError:
            error = FolderGoneError(f"「{start_folder}」不能写入，没有能换回移动以前的文件夹。")


def say_after_a_move(store: Store, home: Path, start_folder: Path, first: bool) -> str:
    """What to know at a start after a move; takes in what was written in the empty folder. "" for nothing.

    `first`: the drafts were opened for the first time since they were moved to `home`.
    """
    local = start_folder / LOCAL
    if home == local:
        return _say_where(start_folder)
    message = f"数据文件夹已移到「{home}」。原来的文件改名留在原处，没有删除。" if first else ""
    return "\n".join(filter(None, (message, _take_local(store, local))))


def _say_where(start_folder: Path) -> str:
    """What to know while working in the empty folder."""
    try:
        moved = read_note(start_folder)
    except FolderGoneError:
        moved = None
    where = f"在「{moved.target}」" if moved else "在别的文件夹里"
    return (
        f"现在用的是本机的空白数据文件夹，原来的草稿{where}。那个文件夹回来以后重新打开程序，在这里写的草稿会并入其中。"
    )


def _take_local(store: Store, local: Path) -> str:
    """Takes in what was written in the empty folder; what to say about it, "" for nothing."""
    try:
        count = take_in(store, local)
    except (UserError, OSError):
        return f"上次在本机的空白数据文件夹里写的草稿没有能并入，它们还在「{local}」。"
    return f"上次在本机的空白数据文件夹里写的 {count} 份草稿已并入这里。" if count else ""
