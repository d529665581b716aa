"""⑥ 检查与导出: what the text holds at a glance, and the export to a file."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from models.checks.touched import missing_parts
from models.document.tree import Project
from models.merge import total_of, totals_by_unit
from models.session.session import Change, Session
from ui.editor.carried_over_lines import CarriedOverSummary
from ui.editor.steps import Step
from ui.editor.steps.final_row import FinalRow
from ui.editor.steps.form_layout import page
from ui.features.exports.export_bar import WayOut
from ui.widgets.parts import fill, sentence, text_to_read
from ui.widgets.style import characters, hint, labelled

_COLUMNS = ("序号", "项目编码", "项目名称", "预算数", "财政资金", "其他资金", "金额单位", "指标数")

_UNPLACED = (
    "这些文字是导入时没有找到位置的，保存在草稿里，不会打印。用菜单 编辑 → 放好未归位的文字…，可以逐段放到该放的栏目。"
)
_NAME = 2
_WIDTHS = (3, 15, 0, 6.5, 6.5, 6.5, 5, 4)
"""Characters each column takes; the name has the rest."""


class ExportStep(Step):
    """An overview and the export buttons; the result is shown in a line, with buttons to open it."""

    title = "检查与导出"
    wanted = Signal(str)
    """The path of a place that shall be gone to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        # The charts are not needed before this page is: the window shall stand first.
        from ui.editor.steps.charts_overview import Glance
        from ui.widgets.unit_totals import UnitTotals

        self._summary, self._missing = sentence(), sentence()
        self.carried_over = CarriedOverSummary(session)
        self.carried_over.wanted.connect(lambda: self.action_wanted.emit("years.carried"))
        self.out = WayOut(session)
        self.out.wanted.connect(self.commit_pending)
        self.result = self.out.result
        self.final = FinalRow(session)
        self.final.wanted.connect(lambda: self.action_wanted.emit("final.toggle"))
        self.glance = Glance(session)
        self.glance.wanted.connect(self.wanted)
        self._projects = self._table()
        self._projects_label = labelled("项目与预算", self._projects)
        self.units = UnitTotals(session)
        self._unplaced = text_to_read()
        self._unplaced.setFixedHeight(characters(self, 9))
        self._unplaced_parts = (labelled("未能归位的文字", self._unplaced), self._unplaced, hint(_UNPLACED))
        above = self._summary, self._missing, self.carried_over, self.out, self.final, self.glance
        below = self._projects_label, self._projects, self.units, *self._unplaced_parts
        fill(page(self, self.title), *above, *below, 1)
        self.refresh(None)

    def take_overview(self, overview: QWidget, controls: tuple[QWidget, ...]) -> None:
        """Puts the problems by step beside the charts. `controls`: what the Tab key stops at there."""
        self.glance.add_beside(overview)
        for one, other in pairwise((*self.glance.tab_stops(), *controls, self._projects)):
            QWidget.setTabOrder(one, other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.glance.arrange(self.width() - characters(self, 3))

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, characters(self, width))
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(characters(self, 3))
        return table

    def refresh(self, change: Change | None) -> None:
        # Nothing here is typed into, so a page nobody sees need not be drawn again at every keystroke.
        if change is None or self.isVisible():
            self._show_overview()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_overview()

    def _show_overview(self) -> None:
        self.out.refresh()
        self.final.refresh()
        self.glance.refresh()
        self.units.refresh()
        document = self.session.document
        total = total_of(totals_by_unit(document))
        words = (
            f"{f'{document.year}年' if document.year else '（未写年度）'}　{document.unit.name or '（未写单位）'}　"
            f"分项目标 {len(document.sub_goals.items)} 个，保障措施 {len(document.safeguards.items)} 条，"
            f"项目 {len(document.projects)} 个，预算合计 {total.budget:,.2f} 万元。"
        )
        if total.unclear:
            words += f"有 {total.unclear} 个项目的预算数未写或不是数字，没有计入合计。"
        self._summary.setText(words)
        missing = missing_parts(document)
        self._missing.setText(f"⚠ 还没有写：{'、'.join(missing)}。导出的文件里这些地方是空的。" if missing else "")
        self._missing.setVisible(bool(missing))
        self._projects.setRowCount(len(document.projects))
        for row, project in enumerate(document.projects):
            for column, text in enumerate(_line(row, project)):
                item = QTableWidgetItem(text)
                if column in {0, 3, 4, 5, 7}:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._projects.setItem(row, column, item)
        lines = min(max(len(document.projects), 1), 10) + 1.6
        self._projects.setFixedHeight(round(lines * self._projects.verticalHeader().defaultSectionSize()))
        for widget in (self._projects, self._projects_label):
            widget.setVisible(bool(document.projects))
        text = "\n".join(document.unplaced)
        if text != self._unplaced.toPlainText():
            self._unplaced.setPlainText(text)
        for part in self._unplaced_parts:
            part.setVisible(bool(document.unplaced))

    def focus_path(self, path: str) -> bool:
        if path.startswith("unplaced") and self.session.document.unplaced:
            self._unplaced.setFocus()
            return True
        return False


def _line(row: int, project: Project) -> tuple[str, ...]:
    return (
        str(row + 1),
        project.code,
        project.name or "（未写名称）",
        project.budget,
        project.fiscal_funds,
        project.other_funds,
        project.amount_unit,
        str(len(project.indicators)),
    )
