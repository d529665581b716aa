"""On ⑥: how many problems each step has, the way to them, and the 检查报告."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from models.checks.checked_text import CheckedText
from models.checks.problem_lines import SEVERITY_NAMES, in_what_is_exported, summary
from models.checks.touched import is_begun
from models.printable import printable
from ui.app import background
from ui.app.faults import explained
from ui.editor.problems.live_check import LiveCheck
from ui.widgets.charts.cell_bars import CellBars
from ui.widgets.file_dialogs import choose_export, documents_folder
from ui.widgets.flow import flow
from ui.widgets.keys import EnterOpens
from ui.widgets.parts import column_of, push_button, sentence, stacked
from ui.widgets.style import characters, labelled

if TYPE_CHECKING:
    from models.checks.registry import Problem

_REPORTS = (("检查报告 Word", ".docx"), ("检查报告 Excel", ".xlsx"))


class _Table(EnterOpens, QTableWidget):
    """Of the steps; Enter asks for the problems of one."""


class ProblemOverview(QWidget):
    """One line a step; Enter or a double click asks for its problems."""

    wanted = Signal(int)
    """The number of the step whose problems the user wants to see."""
    faulted = Signal(object)

    def __init__(self, live: LiveCheck, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._titles = live, titles[:-1]
        self.folder: Path | None = None
        self.summary, self.result = sentence(), sentence()
        self.table = self._make_table()
        self._buttons = [push_button(text, partial(self._choose, suffix)) for text, suffix in _REPORTS]
        reports = stacked(flow(self, *self._buttons), self.result)
        column_of(self, labelled("各步骤的问题", self.table), self.summary, self.table, reports, 1)
        live.changed.connect(self.show_found)
        self.show_found()

    def _make_table(self) -> _Table:
        table = _Table(len(self._titles), 1 + len(SEVERITY_NAMES))
        table.setHorizontalHeaderLabels(("步骤", *SEVERITY_NAMES.values()))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setMinimumSectionSize(characters(self, 2))
        for column in range(1, table.columnCount()):
            table.setColumnWidth(column, characters(self, 5))
            table.setItemDelegateForColumn(column, CellBars(table))
        table.setFixedHeight(round((len(self._titles) + 1.4) * table.verticalHeader().defaultSectionSize()))
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.opened.connect(self._ask)
        table.itemDoubleClicked.connect(lambda _item: self._ask())
        return table

    def controls(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at, in reading order."""
        return self.table, *self._buttons

    def show_found(self) -> None:
        """Shows what is found now."""
        found = self._live.by_step()
        self.summary.setText(_sentence(self._live.problems) if self._live.ready else "正在检查 …")
        for row, title in enumerate(self._titles):
            problems = found.get(row + 1, [])
            begun = is_begun(self._live.session.document, row + 1)
            counts = [sum(problem.severity is severity for problem in problems) for severity in SEVERITY_NAMES]
            texts = [str(count) if count else "✓" if begun and not problems else "" for count in counts]
            for place, text in enumerate((title, *texts)):
                item = QTableWidgetItem(text)
                if place:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(row, place, item)

    def _ask(self) -> None:
        self.wanted.emit(self.table.currentRow() + 1)

    def _choose(self, suffix: str) -> None:
        document = self._live.session.document
        name = f"{document.year or ''}{document.unit.name}检查报告{suffix}"
        folder = self.folder if self.folder and self.folder.is_dir() else documents_folder()
        chosen = choose_export(self, folder / name)
        if chosen is not None:
            self.report_to(chosen)

    def report_to(self, path: Path) -> None:
        """Writes the report of the draft as it is now, in a worker."""
        document = self._live.session.document
        projects = tuple((project.id, project.name) for project in document.projects)
        problems = self._live.now()
        unplaced, unchecked = document.unplaced, self._live.unchecked
        checked = CheckedText(path, document.unit.name, document.year, projects, problems, unchecked, unplaced)
        self.result.setText(f"正在写 {printable(path.name)} …")
        background.run(self, partial(_write, checked, path), partial(self._written, path), self._not_written)

    def _written(self, path: Path, _result: object) -> None:
        self.folder = path.parent
        self.result.setText(f"已写好：{printable(str(path))}")

    def _not_written(self, error: Exception) -> None:
        self.result.setText(f"没有写成：{explained(error, '程序内部出错，详情已记入日志。', self.faulted.emit)}")


def _sentence(problems: tuple[Problem, ...]) -> str:
    """What the text has; apart from it what the reports have, which their own page shows."""
    text = in_what_is_exported(problems)
    rest = [problem for problem in problems if problem.path.startswith("reports")]
    return f"{summary(text)}。{f'另外，第 ⑦ 步的监控和自评里有{summary(rest)}，不影响文本。' if rest else ''}"


def _write(checked: CheckedText, path: Path) -> None:
    from exporters.check_report import write_report

    write_report([checked], path)
