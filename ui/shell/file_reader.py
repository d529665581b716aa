"""Reads files in a worker, one at a time; a button in the status bar stops it."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStatusBar

from models.errors import CancelledError
from ui.app import background
from ui.app.faults import explained
from ui.widgets.parts import push_button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from importers.import_files import Imported

BUSY = "上一个文件还在读取，请稍等，或先停止它。"


class FileReader(QObject):
    """`bar`: where the button that stops the reading stands; `home`: the data folder."""

    def __init__(
        self,
        bar: QStatusBar,
        status: Callable[[str], None],
        log_fault: Callable[[BaseException], None],
        home: Path | None = None,
    ) -> None:
        super().__init__(bar)
        self._bar, self._status, self._log_fault, self._home = bar, status, log_fault, home
        self._stopped: threading.Event | None = None
        self.button = push_button("停止读取", self.stop)
        self.button.setProperty("bar", "true")  # a bar that became taller would stay so, and push the page up
        self.button.hide()

    @property
    def is_busy(self) -> bool:
        """Whether a reading is under way."""
        return self._stopped is not None

    def read(
        self,
        file: Path,
        done: Callable[[Imported], object],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Reads a file in a worker; `done` gets what was read, in the window's thread."""
        from importers.import_files import read_file
        from ui.shell.returned_comments import with_remarks

        stopped = threading.Event()
        self.run(
            lambda: with_remarks(read_file(file, lambda: not stopped.is_set(), self._home)),
            done,
            stopped,
            failed,
        )

    def run(
        self,
        work: Callable[[], object],
        done: Callable[[Any], object],
        stopped: threading.Event | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Does the work in a worker; `done` gets its result, `failed` its error, in the window's thread.

        `stopped` is set by the button that stops it; without it there is no button.
        """
        if self._stopped is not None:
            self._status(BUSY)
            return
        self._stopped = stopped or threading.Event()
        if self.button.parent() is None:
            self._bar.addPermanentWidget(self.button)
        self.button.setVisible(stopped is not None)
        background.run(self, work, partial(self._finish, done), partial(self._finish, failed or self._tell))

    def stop(self) -> None:
        """Stops the reading that is under way."""
        if self._stopped is not None:
            self._stopped.set()

    def _finish(self, then: Callable[[Any], object], result: object) -> None:
        self._stopped = None
        self.button.hide()
        self._bar.clearMessage()
        then(result)

    def _tell(self, error: Exception) -> None:
        self._status(self.reason(error))

    def reason(self, error: Exception) -> str:
        """Why nothing was read, as a sentence; a bug of ours goes into the log."""
        if isinstance(error, CancelledError):
            return "已停止读取，没有导入任何内容。"
        return explained(error, "没有导入：程序内部出错，详情已记入日志；原文件没有改动。", self._log_fault)
