"""Brings texts in: from files and the clipboard, read in a worker, reported, then taken over the way the user says."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from models.errors import CancelledError, UserError
from ui import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from importers.files import Imported
    from ui.dialogs.import_report import TakeOver
    from ui.main_window import MainWindow


class ImportDesk(QObject):
    """One reading at a time; a button in the status bar stops it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._stopped: threading.Event | None = None
        self._stop_button = QPushButton("停止读取")
        self._stop_button.setAccessibleName(self._stop_button.text())
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
        """Reads the first of the files in a worker and shows the report."""
        if not files or self._window.store is None:
            return
        file = files[0]
        more = f"一次导入一个文件，另外 {len(files) - 1} 个请再拖一次。" if len(files) > 1 else ""
        self._window.tell(f"正在读取 {file.name} … {more}")
        self.read(file, partial(self._show_report, file.name))

    def import_clipboard(self) -> None:
        """Reads what was copied from Word, WPS, Excel or a browser."""
        from importers.clipboard import NAME, read_clipboard

        if self._window.store is None:
            return
        copied = QApplication.clipboard().mimeData() or QMimeData()
        html, text = copied.html() or None, copied.text() or None
        self.run(lambda: read_clipboard(html, text), partial(self._show_report, NAME))

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
            self._window.tell("上一个文件还在读取，请稍等，或先停止它。")
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
        elif isinstance(error, UserError):
            self._window.tell(str(error))
        else:
            faults.log_fault(self._window.home, error)
            self._window.tell("没有导入：程序内部出错，详情已记入日志；原文件没有改动。")

    def _over(self) -> None:
        self._stopped = None
        self._stop_button.hide()

    def _show_report(self, name: str, imported: Imported) -> None:
        from ui.dialogs.import_report import ImportReportDialog
        from ui.packages import advised, take_imported

        editor = self._window.editor
        imported = advised(imported, editor.session.draft) if editor is not None else imported
        if editor is None and name.lower().endswith(".jxmb"):  # whole, and nothing to choose: no question
            take_imported(self._window, imported)
            self._window.tell(imported.report.lines[0])
            return
        takes = editor is not None and not editor.session.is_locked
        changes = None
        if editor is not None and takes and imported.is_filled_in:
            from models.fill_in import matching, updated

            editor.commit_pending()
            if matching(editor.session.document, imported.draft.document):
                changes = updated(editor.session.document, imported.draft.document).lines
        dialog = ImportReportDialog(name, imported.draft, imported.report, takes, self._window, changes=changes)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._take_over(name, imported, dialog.choice())

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
            after = replace(session.draft, document=document, ignored=ignored, remarks=remarks)
            session.change(f"导入「{name}」替换全文", after)
            self._window.tell(f"已用「{name}」替换当前草稿的内容，可以撤销。")
        else:
            after = replace(session.draft, document=added(session.document, imported.draft.document))
            session.change(f"添加「{name}」的内容", with_comments(after, imported.comments))
            self._window.tell(f"已把「{name}」的内容添加到当前草稿，可以撤销。")
