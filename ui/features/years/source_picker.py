"""Which text is last year's: a draft of the list, or a file that is read in a worker and reported on."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from models.errors import CancelledError, UserError
from models.printable import printable
from ui.app.faults import explained
from ui.widgets.parts import narrow_choice, push_button, rename, sentence
from ui.widgets.style import labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from importers.import_files import Imported
    from models.document.tree import Draft
    from models.store import DraftSummary

_READ = "从文件读取…"


def draft_name(line: DraftSummary) -> str:
    """«2025年 618001 云泽县农业技术推广站（草稿）»."""
    year = f"{line.year}年" if line.year is not None else "（未写年度）"
    unit = f"{line.unit_code} {line.unit_name}".strip() or "（未写单位）"
    return f"{year} {unit}（{line.state}）"


class SourcePicker(QWidget):
    """`load` gives a draft of the list. `taken`: another text is chosen, or none; `picked`: the user chose a draft."""

    taken = Signal()
    picked = Signal(int)
    faulted = Signal(object)

    def __init__(
        self, drafts: Sequence[DraftSummary], load: Callable[[int], Draft], folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._load, self.folder = load, folder
        self.home: Path | None = None
        """The data folder, whose own forms and labels a file may have."""
        self._imported: Draft | None = None
        self._stopped: threading.Event | None = None
        self.file = ""
        """The name of the file that was read."""
        self.draft: Draft | None = None
        """The text chosen."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self.source = narrow_choice(16)
        self.source.setPlaceholderText("请选择上年的文本")
        for line in sorted(drafts, key=lambda line: -(line.year or 0)):
            self.source.addItem(draft_name(line), line.id)
        self.read_button = push_button(_READ, self._ask_file)
        self._said = sentence()
        self._said.hide()
        grid.addWidget(labelled("上年的文本", self.source), 0, 0)
        grid.addWidget(self.source, 0, 1)
        grid.addWidget(self.read_button, 0, 2)
        grid.addWidget(self._said, 1, 0, 1, 3)
        self.source.setCurrentIndex(-1)
        self.source.currentIndexChanged.connect(lambda _index: self._take())
        self.source.activated.connect(lambda _index: self.picked.emit(self.draft_id))

    @property
    def draft_id(self) -> int:
        """The number of the draft chosen; 0: a file, or nothing."""
        return int(self.source.currentData() or 0)

    @property
    def is_file(self) -> bool:
        """Whether the text chosen came from a file."""
        return self.draft is not None and self.source.currentData() == 0

    @property
    def name(self) -> str:
        """What the text chosen is called."""
        return self.source.currentText()

    def choose(self, draft_id: int) -> bool:
        """That draft, or none; whether it is there."""
        at = self.source.findData(draft_id) if draft_id else -1
        if at == self.source.currentIndex():
            self._take()
        self.source.setCurrentIndex(at)
        return at >= 0

    def say(self, text: str) -> None:
        """A line below; "" for none."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _take(self) -> None:
        self.say("")
        data = self.source.currentData()
        self.draft = None
        try:
            self.draft = self._imported if data == 0 else self._load(data) if data else None
        except UserError as error:
            self.say(str(error))
        self.taken.emit()

    def _ask_file(self) -> None:
        from ui.widgets.file_dialogs import choose_import

        if self._stopped is not None:
            self.stop()
            return
        file = choose_import(self, self.folder)
        if file is not None:
            self.folder = file.parent
            self.read(file)

    def read(self, file: Path) -> None:
        """Reads a file in a worker; the button stops it."""
        from importers.import_files import read_file
        from ui.app import background

        stopped = self._stopped = threading.Event()
        self._show_button("停止读取")
        self.say(f"正在读取 {printable(file.name)} …")
        background.run(
            self,
            lambda: read_file(file, lambda: not stopped.is_set(), self.home),
            lambda imported: self._read(printable(file.name), imported),
            self._not_read,
        )

    def stop(self) -> None:
        """Stops the reading that is under way."""
        if self._stopped is not None:
            self._stopped.set()

    def _show_button(self, text: str) -> None:
        rename(self.read_button, text)

    def _over(self) -> None:
        self._stopped = None
        self._show_button(_READ)
        self.say("")

    def _read(self, name: str, imported: Imported) -> None:
        from ui.widgets.import_report_dialog import ImportReportDialog

        self._over()
        report = ImportReportDialog(name, imported.draft, imported.report, False, self)
        if report.exec() == QDialog.DialogCode.Accepted:
            self.take_file(name, imported.draft)

    def take_file(self, name: str, draft: Draft) -> None:
        """The text of a file is the chosen one from now on."""
        self._imported, self.file = draft, name
        at = self.source.findData(0)
        if at < 0:
            self.source.addItem("", 0)
            at = self.source.count() - 1
        self.source.setItemText(at, f"文件：{name}")
        if self.source.currentIndex() == at:
            self._take()
        self.source.setCurrentIndex(at)

    def _not_read(self, error: Exception) -> None:
        self._over()
        bug = "没有读入：程序内部出错，详情已记入日志；原文件没有改动。"
        stopped = isinstance(error, CancelledError)
        self.say("已停止读取。" if stopped else explained(error, bug, self.faulted.emit))
