"""The units' texts to be merged: drafts to tick, files added or dropped, in the order in which they shall stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.errors import UserError
from models.merge import Source, total_of, totals_by_unit, unit_of, unit_words
from models.printable import printable
from ui.app import background
from ui.widgets.file_dialogs import choose_sources, documents_folder
from ui.widgets.keys import give_key
from ui.widgets.parts import push_button, sentence, stacked
from ui.widgets.shared_table import SharedTable
from ui.widgets.style import labelled
from ui.widgets.view_options import table_item

if TYPE_CHECKING:
    from importers.import_files import Imported
    from models.document.tree import Draft
    from models.store import DraftSummary

_COLUMNS = ("选用的单位", "年度", "项目数", "预算（万元）", "来自")
_SHARES = (13, 4, 4, 7, 8)


@dataclass(slots=True)
class Candidate:
    """A row. `load` gives the draft; UserError where it cannot be read any more."""

    words: str
    year: int | None
    projects: int
    budget: Decimal
    name: str
    load: Callable[[], Draft]
    draft: Draft | None = None
    asked: int = 0
    """Of a file: the how-manieth that was chosen."""
    file: Path | None = None


def of_store(line: DraftSummary, load: Callable[[int], Draft]) -> Candidate:
    """A draft of the store; it is loaded when it is ticked."""
    words = f"{line.unit_code} {line.unit_name}".strip() or "（未写单位）"
    return Candidate(words, line.year, line.project_count, line.budget, "草稿", partial(load, line.id))


def of_file(name: str, draft: Draft) -> Candidate:
    """A file that was read."""
    document = draft.document
    total = total_of(totals_by_unit(document))
    words = unit_words(unit_of(document))
    return Candidate(words, document.year, total.projects, total.budget, name, lambda: draft, draft)


class _Table(SharedTable):
    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            self.toggled.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class UnitSources(QWidget):
    """Space ticks a row, Alt+↑ and Alt+↓ move it. `changed`: other sources are ticked, or in another order."""

    changed = Signal()
    said = Signal(str)
    """A sentence on what happened."""
    folder_used = Signal(str)
    """Where files were chosen."""

    def __init__(
        self, label: str, candidates: Sequence[Candidate], ticked: Sequence[int] = (), ordered: bool = True
    ) -> None:
        super().__init__()
        self._candidates = list(candidates)
        self.folder: Path | None = None
        self.home: Path | None = None
        """The data folder, whose own forms and labels a file may have."""
        self.reading = 0
        self._asked = 0
        """How many files were chosen so far."""
        self._one_each = not ordered
        """Whether a unit's text takes the place of another of the same unit."""
        self.setAcceptDrops(True)
        column = QGridLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table = self._make_table()
        column.addWidget(labelled(label, self.table), 0, 0)
        for short in () if ordered else (2, 3):  # beside what else an update shows there is no room for sums
            self.table.setColumnHidden(short, True)
        if ordered:
            column.addWidget(self.table, 1, 0)
            column.addLayout(self._buttons(ordered), 1, 1)
        else:
            column.addLayout(self._buttons(ordered), 0, 1, Qt.AlignmentFlag.AlignRight)
            column.addWidget(self.table, 1, 0, 1, 2)
        self._empty = sentence(
            "还没有可以选用的草稿。请用「添加文件…」加入下属单位报来的数据包，也可以把文件拖到这里。"
        )
        column.addWidget(self._empty, 2, 0, 1, 2)
        self._show({*ticked})

    def _make_table(self) -> _Table:
        table = _Table(_COLUMNS, _SHARES, 4.5, self)
        table.toggled.connect(self._toggle)
        table.itemChanged.connect(self._item_changed)
        return table

    def _buttons(self, ordered: bool) -> QVBoxLayout:
        wanted: list[tuple[str, Callable[[], None], str]] = [("添加文件…", self.choose, "Alt+A")]
        if ordered:
            wanted += [("上移", partial(self.move_row, -1), "Alt+Up"), ("下移", partial(self.move_row, 1), "Alt+Down")]
        column = stacked()
        for text, done, keys in wanted:
            button = push_button(text, done, f"{text}（{keys}）")
            give_key(button, keys)
            column.addWidget(button)
        column.addStretch(1)
        return column

    # what is chosen

    def sources(self) -> list[Source]:
        """The ticked texts in their order."""
        return [
            Source(one.name, one.draft)
            for row, one in enumerate(self._candidates)
            if self._is_ticked(row) and one.draft is not None
        ]

    def _is_ticked(self, row: int) -> bool:
        item = self.table.item(row, 0)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def _show(self, ticked: set[int]) -> None:
        self.table.blockSignals(True)
        lines = [
            (one.words, "" if one.year is None else str(one.year), str(one.projects), f"{one.budget:,.2f}", one.name)
            for one in self._candidates
        ]
        self.table.fill(lines, (2, 3))
        for row in range(len(lines)):
            table_item(self.table, row, 0).setCheckState(Qt.CheckState.Unchecked)
        self.table.blockSignals(False)
        self._empty.setVisible(not self._candidates)
        for row in sorted(ticked):
            self._tick(row)
        if self._candidates and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)

    def _tick(self, row: int) -> bool:
        """Ticks a row once its draft is there; False where it cannot be read."""
        one, checked = self._candidates[row], True
        try:
            one.draft = one.draft or one.load()
        except UserError as error:
            self.said.emit(str(error))
            checked = False
        self.table.blockSignals(True)
        for other, candidate in enumerate(self._candidates):
            if self._one_each and checked and candidate.words == one.words:
                table_item(self.table, other, 0).setCheckState(Qt.CheckState.Unchecked)
        table_item(self.table, row, 0).setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.table.blockSignals(False)
        return checked

    def _toggle(self, row: int) -> None:
        item = table_item(self.table, row, 0)
        item.setCheckState(Qt.CheckState.Unchecked if self._is_ticked(row) else Qt.CheckState.Checked)

    def _item_changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0 and (item.checkState() != Qt.CheckState.Checked or self._tick(item.row())):
            self.changed.emit()

    def move_row(self, by: int) -> None:
        """The current row goes up or down."""
        row = self.table.currentRow()
        if row < 0 or not 0 <= row + by < len(self._candidates):
            return
        ticked = [self._is_ticked(place) for place in range(len(self._candidates))]
        self._candidates.insert(row + by, self._candidates.pop(row))
        ticked.insert(row + by, ticked.pop(row))
        self._show({place for place, is_ticked in enumerate(ticked) if is_ticked})
        self.table.setCurrentCell(row + by, 0)
        self.changed.emit()

    # files

    def choose(self) -> None:
        """Asks for files and reads them."""
        files = choose_sources(self, self.folder or documents_folder())
        if files:
            self.folder = files[0].parent
            self.folder_used.emit(str(self.folder))
            self.add_files(files)

    def add_files(self, files: Sequence[Path]) -> None:
        """Reads files in workers; each becomes a ticked row."""
        from importers.import_files import read_file

        for file in files:
            self.reading += 1
            self._asked += 1
            background.run(
                self, partial(read_file, file, home=self.home), partial(self._read, self._asked, file), self._not_read
            )
        self.said.emit(f"正在读取 {len(files)} 个文件 …")

    def _read(self, asked: int, file: Path, imported: Imported) -> None:
        """A row for the file, before those that were chosen after it: which worker ends first is chance."""
        self.reading -= 1
        self._drop(file)
        later = (row for row, one in enumerate(self._candidates) if one.asked > asked)
        place = next(later, len(self._candidates))
        ticked = {row + (row >= place) for row in range(len(self._candidates)) if self._is_ticked(row)}
        self._candidates.insert(place, replace(of_file(printable(file.name), imported.draft), asked=asked, file=file))
        self._show(ticked | {place})
        self.table.setCurrentCell(place, 0)
        self.said.emit("")
        self.changed.emit()

    def _drop(self, file: Path) -> None:
        """A file that is read again takes the place of what it was: one row."""
        rows = [row for row, one in enumerate(self._candidates) if one.file != file]
        if len(rows) < len(self._candidates):
            ticked = {at for at, row in enumerate(rows) if self._is_ticked(row)}
            self._candidates = [self._candidates[row] for row in rows]
            self._show(ticked)

    def _not_read(self, error: Exception) -> None:
        self.reading -= 1
        if isinstance(error, UserError):
            self.said.emit(str(error))
        else:
            self.said.emit("没有读取：程序内部出错，原文件没有改动。")
            raise error

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
