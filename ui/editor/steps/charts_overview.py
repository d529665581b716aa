"""On ⑥: the text at a glance. Budgets as bars, the spending of all projects as a line, and who has which indicators."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from models.document.overview import Coverage, SpendingCurve, budgets, coverage, rows_of, spending_curve
from models.document.spending import shown_percent
from models.document.tree import GoalDocument, Project
from models.session.session import Session
from ui.widgets.charts.bars import Bar, BarChart
from ui.widgets.charts.chart import Chart, ChartBox
from ui.widgets.charts.curve import CurveChart, Point
from ui.widgets.charts.matrix import CoverageMatrix, short
from ui.widgets.style import characters

_TWO_CHARTS, _TWO_TABLES = 50, 70
"""Characters two of them need beside each other."""
_NAMED = 4
_KEYS = "方向键逐个查看，回车到那个项目。"


class Glance(QWidget):
    """Two charts beside each other, the matrix and what the page gives below them; all below each other where it is narrow."""

    wanted = Signal(str)
    """The path of the place that shall be gone to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[object, ...] = ()
        self._across = (0, 0)
        self.bars, self.curve, self.matrix = BarChart(), CurveChart(), CoverageMatrix()
        self._charts = (
            ChartBox("各项目预算数（万元）", self.bars, _KEYS),
            ChartBox("全部项目累计支出（按预算数加权）", self.curve),
            ChartBox("各项目的二级指标（条数）", self.matrix),
        )
        self._boxes: list[QWidget] = [*self._charts]
        charts: tuple[Chart | CoverageMatrix, ...] = (self.bars, self.curve, self.matrix)
        for chart, box in zip(charts, self._charts, strict=True):
            chart.message.connect(box.show_message)
        self.bars.activated.connect(lambda project_id: self.wanted.emit(f"projects[{project_id}].budget"))
        self.matrix.activated_cell.connect(self._open_cell)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(characters(self, 0.8))
        self.arrange(characters(self, _TWO_TABLES))

    def add_beside(self, widget: QWidget) -> None:
        """Puts a widget beside the matrix, or below it."""
        self._boxes.append(widget)
        across, self._across = self._across, (0, 0)
        self._place(across)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at, in reading order."""
        return self.bars, self.curve, self.matrix

    def arrange(self, width: int) -> None:
        """Places all for that many pixels."""
        room = width // characters(self, 1)
        self._place((2 if room >= _TWO_CHARTS else 1, 2 if room >= _TWO_TABLES else 1))

    def _place(self, across: tuple[int, int]) -> None:
        """`across`: how many charts and how many tables stand beside each other."""
        if across == self._across:
            return
        self._across = across
        charts, tables = across
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < charts else 0)
        for place, box in enumerate(self._boxes):
            self._grid.removeWidget(box)
            beside = charts if place < 2 else tables
            self._grid.addWidget(box, 2 * (place // 2) + place % 2 // beside, place % beside, 1, 3 - beside)

    # what is shown

    def refresh(self) -> None:
        """Shows the draft as it is; nothing is done where that is shown already."""
        document, scheme_id = self._session.document, self._session.draft.settings.tier_scheme
        wanted = (document.projects, scheme_id)
        if self._shown and self._shown[0] is wanted[0] and self._shown[1] == wanted[1]:
            return
        self._shown = wanted
        self.setVisible(bool(document.projects))
        self._show_budgets(document)
        self._show_curve(spending_curve(document.projects), document.projects)
        scheme = self._session.template.scheme(scheme_id)
        found = coverage(document.projects, scheme)
        self.matrix.show_coverage(found, [_called(place, each) for place, each in enumerate(document.projects, 1)])
        summary = _gaps(found)
        self._charts[2].set_usual(summary)
        self.matrix.setAccessibleDescription(summary)

    def _show_budgets(self, document: GoalDocument) -> None:
        found = budgets(document.projects)
        bars = []
        for each in found.largest:
            name = _called(each.place, document.projects[each.place - 1])
            number = f"{each.amount:,.2f}"
            words = f"{name}：{number} 万元{_share(each.amount, found.total)}"
            bars.append(Bar(name, each.amount, number, words, each.project_id))
        count, rest = found.rest
        if count:
            name, number = f"其余 {count} 个项目合计", f"{rest:,.2f}"
            bars.append(Bar(name, rest, number, f"{name}：{number} 万元{_share(rest, found.total)}", faint=True))
        unclear = f"{_places(found.unclear)}没有预算数，没有画出。" if found.unclear else ""
        message = "；".join(bar.words for bar in bars)
        self.bars.show_bars(bars, f"预算合计 {found.total:,.2f} 万元。{message}。{unclear}")
        self._charts[0].set_usual(unclear + (_KEYS if bars else ""))

    def _show_curve(self, curve: SpendingCurve, projects: Sequence[Project]) -> None:
        labels = self._session.template.checkpoints.labels
        points = [
            Point(label, percent, shown_percent(percent), f"{label}：累计支出全部预算的 {shown_percent(percent)}")
            for label, percent in zip(labels, curve.percents, strict=False)
        ]
        points = points or [Point(label, None, "", f"{label}：没有可以计算的项目") for label in labels]
        usual = f" {curve.counted} 个项目" if len(projects) > curve.counted else "全部项目"
        usual = f"由{usual}的支出计划算出。" if curve.counted else "还没有项目同时填了预算数和支出计划。"
        left_out = _left_out(curve.left_out)
        self.curve.show_points(points, f"{'；'.join(point.words for point in points)}。{usual}{left_out}")
        self._charts[1].set_usual(usual + left_out)

    def _open_cell(self, project_id: str, tier2: str) -> None:
        """The first row of that tier; without one the project's table."""
        project = next((each for each in self._session.document.projects if each.id == project_id), None)
        if project is None:
            return
        found = rows_of(project.indicators, tier2) if tier2 else ()
        path = f"projects[{project_id}]"
        inside = f".indicators[{found[0].id}].name" if found else ".indicators" if tier2 else ".name"
        self.wanted.emit(path + inside)


def _called(place: int, project: Project) -> str:
    return f"{place}. {project.name or '（未命名）'}"


def _share(amount: Decimal, total: Decimal) -> str:
    return f"，占 {shown_percent(amount * 100 / total)}" if total > 0 else ""


def _places(places: Sequence[int]) -> str:
    more = f"等 {len(places)} 个项目" if len(places) > _NAMED else " "
    return f"项目 {'、'.join(map(str, places[:_NAMED]))}{more}"


def _left_out(left_out: Sequence[tuple[int, str]]) -> str:
    """Which projects the line is made without, by why."""
    reasons: dict[str, list[int]] = {}
    for place, why in left_out:
        reasons.setdefault(why, []).append(place)
    message = "；".join(f"{_places(places)}{why}" for why, places in reasons.items())
    return f"没有计入：{message}。" if message else ""


def _gaps(found: Coverage) -> str:
    """Which tiers are missing how often, the most missing first."""
    missing = [
        (sum(not counts[place] for _, counts in found.lines), short(tier2))
        for place, (_, tier2) in enumerate(found.tiers)
    ]
    gaps = [f"{count} 个项目没有{tier}" for count, tier in sorted(missing, key=lambda gap: -gap[0]) if count]
    return (
        f"{'，'.join(gaps[:_NAMED])}{' 等' if len(gaps) > _NAMED else ''}。" if gaps else "每个项目都有全部二级指标。"
    )
