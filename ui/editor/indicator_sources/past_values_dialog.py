"""参考历年: the values the same indicator had in other drafts, as a table and as a line over the years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.indicators.past_values import reached_value, yearly
from ui.widgets.charts.curve import CurveChart, Point
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import fill, roomy_column
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.shared_table import SharedColumns, show_tree_of_lines
from ui.widgets.style import hint, labelled
from ui.widgets.view_options import tree_item

if TYPE_CHECKING:
    from models.document.tree import Indicator
    from models.indicators.indicator_library import UsedIndicator
    from models.indicators.past_values import PastValue

TAKE_ACTUAL = "采用实际完成值"
HEADERS = ("年度", "指标值", "实际完成值", "三级指标", "单位和项目", "绩效指标描述", "指标值确定依据")


class _Lines(SharedColumns, QTreeWidget):
    """The tool tip shows what is cut off."""

    shares = (4, 10, 8, 10, 17, 10, 10)


class PastValuesDialog(ProgramDialog):
    """Enter takes the value of the current line."""

    def __init__(self, row: Indicator, values: Sequence[PastValue], parent: QWidget | None = None) -> None:
        super().__init__("参考历年", parent, help_place="table#sources")
        self._values = values
        self.lines = self._table()
        message = f"「{row.name.strip()}」在其他草稿中的值，同名的在前，年度近的在前；名称相近、二级指标相同的也列出。"
        now = f"本行现在是「{row.value}」，采用后换成所选的值，可撤销。" if row.value else "采用时填入指标值。"
        explanation = hint(f"{message}{now}描述和依据空着的一并填入。")
        column = roomy_column(self, explanation, labelled("历年指标值", self.lines), (self.lines, 1))
        points = yearly(values)
        self.chart = CurveChart(small=True)
        if len(points) > 1:
            self._draw(points)
            reached = any(past.reached is not None for _year, past in points)
            fill(column, labelled("各年变化（实线目标，虚线实际）" if reached else "各年变化", self.chart), self.chart)
        box = AnswerButtons(self, "采用这个值")
        self._takes_actual = False
        if any(past.used.actual for past in values):
            taking = box.addButton(TAKE_ACTUAL, QDialogButtonBox.ButtonRole.ActionRole)
            taking.setAccessibleName(TAKE_ACTUAL)
            taking.clicked.connect(self._take_actual)
            taking.setEnabled(bool(values[0].used.actual))
            self.lines.currentItemChanged.connect(lambda *_items: taking.setEnabled(bool(self._current().actual)))
        column.addWidget(box)
        self.resize_within_screen(72, 28, 0.9)
        self.lines.setCurrentItem(tree_item(self.lines, 0))
        self.lines.setFocus()

    def chosen(self) -> UsedIndicator:
        """The row of another draft whose value is taken: its target, or what was reached of it as the value."""
        used = self._current()
        return used._replace(value=reached_value(used)) if self._takes_actual else used

    def _current(self) -> UsedIndicator:
        return self._values[max(self.lines.indexOfTopLevelItem(self.lines.currentItem()), 0)].used

    def _take_actual(self, _checked: bool = False) -> None:
        self._takes_actual = True
        self.accept()

    def _table(self) -> QTreeWidget:
        tree = _Lines()
        show_tree_of_lines(tree)
        tree.setHeaderLabels(HEADERS)
        for past in self._values:
            used = past.used
            year = str(used.year) if used.year else "未填"
            texts = (
                year,
                used.value,
                used.actual,
                used.name,
                f"{used.unit_name} {used.project}".strip(),
                used.description,
                used.basis,
            )
            item = QTreeWidgetItem(tree, [" ".join(text.split("\n")) for text in texts])
            for place, text in enumerate(texts):
                item.setToolTip(place, text)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.itemActivated.connect(lambda _item, _place: self.accept())
        return tree

    def _draw(self, points: Sequence[tuple[int, PastValue]]) -> None:
        amounts = [amount for _year, past in points for amount in (past.amount, past.reached) if amount is not None]
        highest = max(map(abs, amounts), default=Decimal(0)) or Decimal(1)
        drawn = [
            Point(
                f"{year}年",
                (past.amount or Decimal(0)) / highest * 100,
                past.used.value,
                f"{year} 年 {past.used.value}{f'，实际 {past.used.actual}' if past.used.actual else ''}",
                str(year),
                other=None if past.reached is None else past.reached / highest * 100,
            )
            for year, past in points
        ]
        self.chart.show_points(drawn, "；".join(point.words for point in drawn))
        self.chart.setMinimumHeight(round(self.fontMetrics().height() * 6))
        self.chart.setToolTip("；".join(point.words for point in drawn))
        self.chart.setFocusPolicy(Qt.FocusPolicy.NoFocus)
