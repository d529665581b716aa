"""The spending plan of a project: its cells, what each means beside it, and the line they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from models.document.spending import PlanCell, breaks, meaning, read_plan, shown_amount, shown_percent
from models.document.tree import Project
from models.session.session import Session
from ui.editor.fields import BoundField, LineField
from ui.widgets.charts.curve import CurveChart, Point
from ui.widgets.style import characters, hint, labelled

NAME = "资金支出计划"
_CELL, _CHART = 11.5, 16
"""Characters a cell, with a mark in it, and the chart need."""


class PlanCells(QWidget):
    """`bind` is the step's. The cells stand in one row, in two or below each other, as the width asks."""

    def __init__(
        self, session: Session, bind: Callable[[BoundField], BoundField], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._labels: Sequence[str] = session.template.checkpoints.labels
        self._shown: object = None
        self._across = (0, False)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(characters(self, 0.6))
        self._grid.setVerticalSpacing(characters(self, 0.2))
        self.fields: list[LineField] = []
        self.meanings = [hint("") for _ in self._labels]
        self._holders: list[QWidget] = []
        for place, text in enumerate(self._labels):
            field = LineField(session)
            bind(field)
            self.fields.append(field)
            self._holders.append(self._cell(text, field, place))
        self.chart = CurveChart(small=True, parent=self)
        self.chart.setAccessibleName(f"{NAME}的累计曲线")

    def _cell(self, text: str, field: LineField, place: int) -> QWidget:
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(characters(self, 0.3))
        grid.setVerticalSpacing(0)
        grid.addWidget(labelled(text, field), 0, 0)
        field.setAccessibleName(f"{NAME} {text}")
        # A mark that comes and goes in one of them leaves all equally wide.
        field.setMinimumWidth(characters(self, 4))
        grid.addWidget(field, 0, 1)
        message = self.meanings[place]
        message.setWordWrap(False)
        message.setMinimumHeight(hint("合 1 万元").sizeHint().height())  # nothing moves when there are words
        # A long amount may be cut here; it is shown in full by the tool tip.
        message.setMinimumWidth(characters(self, 4))
        grid.addWidget(message, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        return holder

    def arrange(self, width: int) -> None:
        """Places cells and chart for that many pixels."""
        unit = characters(self, 1)
        count, room = len(self._holders), width // unit
        beside = room >= count * _CELL + _CHART
        across = next((n for n in (count, 2) if room - _CHART * beside >= n * _CELL), 1)
        if (across, beside) == self._across:
            return
        self._across = across, beside
        for widget in (*self._holders, self.chart):
            self._grid.removeWidget(widget)
        for column in range(count + 1):
            stretch = 2 if beside and column == across else 1 if column < across else 0
            self._grid.setColumnStretch(column, stretch)
        for place, holder in enumerate(self._holders):
            self._grid.addWidget(holder, place // across, place % across)
        rows = -(-count // across)
        if beside:
            self._grid.addWidget(self.chart, 0, across, rows, 1)
        else:
            self._grid.addWidget(self.chart, rows, 0, 1, across)

    def show_project(self, project: Project | None) -> None:
        """What the cells mean and the line they make; nothing is done where it is all shown already."""
        wanted = project and (project.spending_plan, project.budget, project.amount_unit)
        if wanted == self._shown:
            return
        self._shown = wanted
        cells = read_plan(project) if project else ()
        unit = project.amount_unit if project else ""
        for place, label in enumerate(self.meanings):
            text = meaning(cells[place], unit) if place < len(cells) else ""
            label.setText(text)
            label.setToolTip(text)
        self._draw(cells, unit)

    def _draw(self, cells: Sequence[PlanCell], unit: str) -> None:
        known = [(label, cell) for label, cell in zip(self._labels, cells, strict=False)]
        wrong = breaks(cells, self._labels) if cells else ()
        points = [
            Point(
                label,
                cell.percent,
                "" if cell.percent is None else shown_percent(cell.percent),
                _words(label, cell, unit),
                wrong=any(each.startswith(label) for each in wrong),
            )
            for label, cell in known
        ]
        message = "，".join(point.words for point in points if point.percent is not None)
        summary = f"累计支出：{message}。" if message else "还没有填写支出计划。"
        summary += f"请核对：{'；'.join(wrong)}。" if wrong else ""
        self.chart.setToolTip(summary)
        self.chart.show_points(points, summary)


def _words(label: str, cell: PlanCell, unit: str) -> str:
    percent = "" if cell.percent is None else f" {shown_percent(cell.percent)}"
    amount = "" if cell.amount is None else f"（{shown_amount(cell.amount)} {unit}）"
    return f"{label}{percent}{amount}"
