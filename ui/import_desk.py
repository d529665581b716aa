"""Brings texts in: from files and the clipboard, read in a worker, reported, then taken over the way the user says."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from models.errors import CancelledError, UserError
from ui import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from importers.files import Imported
    from ui.dialogs.import_report import TakeOver
    from ui.main_window import MainWindow

_WRONG_FILE = "请检查是否选错了文件。"
_BUSY = "上一个文件还在读取，请稍等，或先停止它。"


class ImportDesk(QObject):
    """One reading at a time; a button in the status bar stops it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._stopped: threading.Event | None = None
        self._files: tuple[Path, ...] = ()
        """What was dropped together, while it is read; of it the place of the one under way, and why some were not read."""
        self._place = 0
        self._unread: list[str] = []
        self._stop_button = QPushButton("停止读取")
        self._stop_button.setAccessibleName(self._stop_button.text())
        self._stop_button.setProperty("inline", "true")  # a bar that became taller would stay so, and push the page up
        self._stop_button.clicked.connect(self.stop)
        self._stop_button.hide()

    def choose_file(self) -> None:
        """Asks for a file and reads it."""
        from ui.dialogs.files import choose_import, documents_folder

        if self._window.store is None:
            return
        folder = self._window.recall_folder("import.folder") or documents_folder()
        file = choose_import(self._window, folder)
        if file is not None:
            self._window.remember("import.folder", str(file.parent))
            self.import_files([file])

    def import_files(self, files: list[Path]) -> None:
        """Reads the files in a worker, one after the other, and shows the report of each."""
        if not files or self._window.store is None:
            return
        if self._stopped is not None:
            self._window.tell(_BUSY)
            return
        self._files, self._unread = tuple(files), []
        self._read_next(0)

    def _read_next(self, place: int) -> None:
        if place >= len(self._files):
            if self._unread and len(self._files) > 1:
                self._window.tell(f"{len(self._unread)} 个文件没有导入：{'；'.join(self._unread)}")
            self._files = ()
            return
        file, count = self._files[place], len(self._files)
        which = f"（第 {place + 1} 个，共 {count} 个）" if count > 1 else ""
        self._window.tell(f"正在读取 {file.name}{which} …")
        self._place = place
        self.read(file, partial(self._report_and_go_on, file.name, which))

    def _report_and_go_on(self, name: str, which: str, imported: Imported) -> None:
        if self._show_report(name, imported, which):
            # The window shows the draft that came before it asks about the next.
            QTimer.singleShot(0, self, partial(self._read_next, self._place + 1))
            return
        left = len(self._files) - self._place - 1
        rest = f"，后面 {left} 个文件也没有读；需要时请再拖进来" if left else ""
        self._window.tell(f"没有导入「{name}」{rest}。")
        self._files = ()

    def import_clipboard(self) -> None:
        """Reads what was copied from Word, WPS, Excel or a browser."""
        from importers.clipboard import NAME

        if self._window.store is None:
            return
        copied = QApplication.clipboard().mimeData() or QMimeData()
        html, text = copied.html() or None, copied.text() or None
        self.run(partial(_read_copied, html, text), partial(self._show_report, NAME))

    def read(self, file: Path, done: Callable[[Imported], None]) -> None:
        """Reads a file in a worker; `done` gets what was read, in the window's thread."""
        from importers.files import read_file
        from ui.returned import with_remarks

        stopped = threading.Event()
        self.run(lambda: with_remarks(read_file(file, lambda: not stopped.is_set())), done, stopped)

    def stop(self) -> None:
        """Stops the reading that is under way."""
        if self._stopped is not None:
            self._stopped.set()

    def run(
        self, work: Callable[[], object], done: Callable[[Any], None], stopped: threading.Event | None = None
    ) -> None:
        """Reads in a worker; `done` gets the result in the window's thread. `stopped` is set by the button that stops it."""
        from ui import background

        if self._stopped is not None:
            self._window.tell(_BUSY)
            return
        self._stopped = stopped or threading.Event()
        self._show_stop_button(stopped is not None)
        background.run(self, work, partial(self._read, done), self._not_read)

    def _show_stop_button(self, shown: bool) -> None:
        if self._stop_button.parent() is None:
            self._window.statusBar().addPermanentWidget(self._stop_button)
        self._stop_button.setVisible(shown)

    def _read(self, done: Callable[[Any], None], imported: object) -> None:
        self._over()
        self._window.statusBar().clearMessage()
        done(imported)

    def _not_read(self, error: Exception) -> None:
        self._over()
        if isinstance(error, CancelledError):
            self._window.tell("已停止读取，没有导入任何内容。")
            self._files = ()
            return
        told = str(error)
        if not isinstance(error, UserError):
            faults.log_fault(self._window.home, error)
            told = "没有导入：程序内部出错，详情已记入日志；原文件没有改动。"
        self._window.tell(told)
        if self._files:  # one that cannot be read does not keep the others away
            self._unread.append(told)
            QTimer.singleShot(0, self, partial(self._read_next, self._place + 1))

    def _over(self) -> None:
        self._stopped = None
        self._stop_button.hide()

    def _show_report(self, name: str, imported: Imported, which: str = "") -> bool:
        """`which`: «the second of seven». False where the user did not want it."""
        from ui.dialogs.import_report import ImportReportDialog
        from ui.packages import advised, take_imported

        editor = self._window.editor
        imported = advised(imported, editor.session.draft) if editor is not None else imported
        if editor is None and name.lower().endswith(".jxmb"):  # whole, and nothing to choose: no question
            take_imported(self._window, imported)
            self._window.tell(imported.report.lines[0])
            return True
        takes = editor is not None and not editor.session.is_locked
        changes = None
        if editor is not None and takes and imported.is_filled_in:
            from models.fill_in import matching, updated

            editor.commit_pending()
            if matching(editor.session.document, imported.draft.document):
                changes = updated(editor.session.document, imported.draft.document).lines
        dialog = ImportReportDialog(
            f"{name}{which}", imported.draft, imported.report, takes, self._window, changes=changes
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        self._take_over(name, imported, dialog.choice())
        return True

    def _take_over(self, name: str, imported: Imported, choice: TakeOver) -> None:
        from models.adding import added
        from models.checks.ignored import carried_over
        from models.remarks import merged
        from ui.dialogs.import_report import TakeOver
        from ui.packages import take_imported
        from ui.returned import with_comments

        editor = self._window.editor
        if choice is TakeOver.NEW or editor is None:
            take_imported(self._window, imported)
            if self._window.editor is not editor and not self._window.statusBar().currentMessage():
                before = "，原来打开的草稿在首页" if editor is not None else ""
                self._window.tell(f"已把「{name}」读成一份新草稿{before}；原文件没有改动。")
            return
        session = editor.session
        if choice is TakeOver.UPDATE:
            from models.fill_in import updated

            result = updated(session.document, imported.draft.document)
            session.change(f"用「{name}」更新项目", result.document)
            self._window.tell(f"已用「{name}」更新当前草稿，改动 {len(result.lines)} 处，可以撤销。")
        elif choice is TakeOver.REPLACE:
            document = imported.draft.document
            ignored = carried_over(session.draft.ignored, session.document, document)
            remarks = carried_over(session.draft.remarks, session.document, document)
            remarks, _new = merged(remarks, imported.draft.remarks)
            headings = session.draft.settings.unit_headings or imported.draft.settings.unit_headings
            settings = replace(session.draft.settings, unit_headings=headings)
            after = replace(session.draft, document=document, settings=settings, ignored=ignored, remarks=remarks)
            session.change(f"导入「{name}」替换全文", after)
            self._window.tell(f"已用「{name}」替换当前草稿的内容，可以撤销。")
        else:
            after = replace(session.draft, document=added(session.document, imported.draft.document))
            session.change(f"添加「{name}」的内容", with_comments(after, imported.comments))
            self._window.tell(f"已把「{name}」的内容添加到当前草稿，可以撤销。")


def _read_copied(html: str | None, text: str | None) -> Imported:
    """What was copied. UserError where it is no text of ours; then no file was chosen that could be the wrong one."""
    from importers.clipboard import read_clipboard

    try:
        return read_clipboard(html, text)
    except UserError as error:
        told = str(error)
        if _WRONG_FILE not in told:
            raise
        raise UserError(
            told.replace(_WRONG_FILE, "请先在 Word、WPS 或 Excel 里复制整个文本，再从剪贴板导入。")
        ) from error
