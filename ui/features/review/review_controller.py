"""审核意见: reads the comments of a returned file into the open draft, and adds their panel."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QTextCursor
from PySide6.QtWidgets import QFileDialog, QInputDialog, QPlainTextEdit, QPushButton

from models.printable import printable
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QInputDialog

    from models.document.tree import Remark
    from models.session.session import Change, Session
    from ui.shell.side_panel import Panel
    from ui.shell.workbench import Workbench

PANEL = "comments"


class RemarksController(Controller):
    """Only the comments are taken: the text of the returned file changes nothing."""

    _stop_listening: Callable[[], None] | None = None

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._unwritten: dict[str, str] = {}
        """Words that were typed and not written, by the path of their field, while the draft is open."""

    def draft_opened(self, session: Session) -> None:
        self._workbench.add_panel(PANEL, partial(self._make_panel, session))
        self._stop_listening = session.subscribe(self._changed)
        self._show_count()

    def draft_left(self) -> None:
        if self._stop_listening:
            self._stop_listening()
            self._stop_listening = None
        self._unwritten.clear()

    def open_panel(self) -> None:
        self._workbench.open_panel(PANEL)

    def look(self) -> None:
        """The focus goes to the list, where the remark on the field with the cursor is marked; Enter leads back."""
        from ui.features.review.review_panel import RemarksPanel

        panel = self._workbench.open_panel(PANEL)
        if isinstance(panel, RemarksPanel):
            panel.take_focus()

    def choose(self) -> None:
        """Asks for the returned file and reads its comments."""
        from ui.shell.returned_comments import SUFFIXES
        from ui.widgets.file_dialogs import documents_folder
        from ui.widgets.help_places import helped_by

        folder = self._workbench.recall_folder("import.folder") or documents_folder()
        every = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        with helped_by("remarks"):
            name, _filter = QFileDialog.getOpenFileName(
                self._workbench.widget, "读入审核意见", str(folder), f"退回的 Word 文件 ({every})"
            )
        if name:
            self._workbench.remember("import.folder", str(Path(name).parent))
            self.read(Path(name))

    def write(self) -> None:
        """Asks for a remark on the field that had the cursor last: one undo step. A 定稿 can be remarked on, too."""
        from models.document.fieldpath import PathError
        from models.session.review_comments import with_written

        session, path = self._session, self._workbench.path
        self._workbench.commit_pending()
        try:
            where = session.where(path) if path else "整份文本"
        except PathError:
            path, where = "", "整份文本"
        dialog = QInputDialog(self._workbench.widget)
        dialog.setProperty("help", "remarks#write")
        dialog.setWindowTitle("写审核意见")
        dialog.setLabelText(f"对「{where}」的意见")
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setOkButtonText("写入")
        dialog.setCancelButtonText("取消")
        _name_and_let_tab(dialog, f"对「{where}」的意见")
        dialog.setTextValue(self._unwritten.pop(path, ""))
        accepted, words = dialog.exec(), dialog.textValue()
        dialog.deleteLater()
        if self._workbench.session is not session:
            return
        if not accepted:
            self._keep(path, words)
            return
        after = with_written(session.draft, path, self._workbench.settings.author, words)
        if after is session.draft:
            self._workbench.status("没有写意见，什么都没有改。")
            return
        session.change("写审核意见", after)
        self._workbench.open_panel(PANEL)
        self._workbench.status(f"已把意见写在「{where}」，可以撤销。")

    def _keep(self, path: str, words: str) -> None:
        """Esc is pressed quickly: what was typed stands in the box again when the same field is remarked on."""
        if words.strip():
            self._unwritten[path] = words
            self._workbench.status("意见没有写入草稿；写下的字先留着，对这一栏再按「写审核意见」接着写。")

    def read(self, file: Path) -> None:
        """Reads the comments in a worker; they are placed by the draft as it is now."""
        from ui.shell.returned_comments import read_remarks

        session = self._session
        self._workbench.commit_pending()
        self._workbench.status(f"正在读取 {file.name} 的批注 …")
        stopped = Event()
        work = partial(read_remarks, file, session.draft, lambda: not stopped.is_set())
        self._workbench.reader.run(work, partial(self._take, session, printable(file.name)), stopped)

    def _take(self, session: Session, name: str, found: tuple[Remark, ...]) -> None:
        """One undo step; then the panel stands open."""
        from models.session.review_comments import merged

        if self._workbench.session is not session:
            return
        if not found:
            self._workbench.status(f"「{name}」里没有批注。请确认是财政部门退回的那一份文件。")
            return
        remarks, added = merged(session.draft.remarks, found)
        session.change(f"读入「{name}」的审核意见", replace(session.draft, remarks=remarks))
        self.look()
        self._workbench.status(_summary(found, added))

    def _make_panel(self, session: Session) -> Panel:
        # Not needed by who never looks at it.
        from ui.features.review.review_panel import RemarksPanel

        panel = RemarksPanel(session)
        panel.go.connect(self._workbench.go_to)
        panel.wanted.connect(self.choose)
        panel.write_wanted.connect(self.write)
        panel.message.connect(self._workbench.status)
        return panel

    def _changed(self, change: Change) -> None:
        if change.before.remarks is not change.after.remarks:
            self._show_count()

    def _show_count(self) -> None:
        session = self._workbench.session
        if session is not None:
            self._workbench.count_on_panel(PANEL, sum(not remark.done for remark in session.draft.remarks))


def _name_and_let_tab(dialog: QInputDialog, name: str) -> None:
    """The box is read out by its label, and Tab leaves it for the buttons."""
    dialog.textValue()  # makes the box
    for box in dialog.findChildren(QPlainTextEdit):
        box.setAccessibleName(name)
        box.setTabChangesFocus(True)
        # The dialog selects what stands in it when it is shown, and the next key would replace it.
        QTimer.singleShot(0, box, partial(box.moveCursor, QTextCursor.MoveOperation.End))
    for button in dialog.findChildren(QPushButton):
        button.setAccessibleName(button.text())
        button.setIcon(QIcon())  # no other button has one


def _summary(found: tuple[Remark, ...], added: int) -> str:
    lost = sum(not remark.path for remark in found)
    known = f"，{len(found) - added} 条先前已读入" if len(found) > added else ""
    unplaced = f"；{lost} 条未能归位，原话保留在列表末尾" if lost else "，都放到了对应的栏目"
    return f"读到 {len(found)} 条审核意见{known}{unplaced}。可以撤销。"
