"""A line over a few points in time, in percent: the cumulative spending, with its numbers written at the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.charts.chart import Chart, Part
from ui.widgets.style import characters

_WHOLE = Decimal(100)
_HIGHEST = Decimal(200)
"""Percent; what is above (an amount where a percent belongs) would flatten all the rest."""


@dataclass(frozen=True, slots=True)
class Point:
    """`percent` None: nothing is known there. `number` is written at the point, `words` are its full text. `other`: of a second,
    broken line, None where it has no point."""

    label: str
    percent: Decimal | None
    number: str
    words: str
    key: str = ""
    wrong: bool = False
    other: Decimal | None = None


class CurveChart(Chart):
    """Left and right go from point to point. `small`: beside the fields it draws, which the keys go through already."""

    def __init__(self, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Point] = ()
        self._small = small
        if small:
            self.rest_from_keys()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_points(self, points: Sequence[Point], summary: str) -> None:
        """Shows these points, evenly apart."""
        self._points = points
        self.show_parts([Part(point.words, point.key) for point in points], summary)

    @property
    def points(self) -> Sequence[Point]:
        return self._points

    def sizeHint(self) -> QSize:
        return QSize(characters(self, 14 if self._small else 26), round(self._lines() * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(characters(self, 12 if self._small else 14), self.sizeHint().height())

    def _lines(self) -> float:
        return 4.2 if self._small else 10

    def _plot(self) -> QRectF:
        metrics = self.fontMetrics()
        left = characters(self, 0.5) if self._small else metrics.horizontalAdvance("100%字")
        return QRectF(self.rect()).adjusted(
            left, metrics.height() * 1.25, -characters(self, 0.5), -metrics.height() * 1.15
        )

    def _places(self) -> list[QPointF | None]:
        return [self._place(at, point.percent) for at, point in enumerate(self._points)]

    def _place(self, at: int, percent: Decimal | None) -> QPointF | None:
        plot, count = self._plot(), max(len(self._points), 1)
        across = plot.left() + plot.width() / count * (at + 0.5)
        return None if percent is None else QPointF(across, self._height(plot, percent))

    def _height(self, plot: QRectF, percent: Decimal) -> float:
        both = (percent for point in self._points for percent in (point.percent, point.other))
        known = [percent for percent in both if percent is not None]
        top = min(max([_WHOLE, *known]), _HIGHEST)
        return plot.bottom() - plot.height() * float(min(max(percent, Decimal(0)), top) / top)

    def area(self, place: int) -> QRectF:
        step = self._plot().width() / max(len(self._points), 1)
        return QRectF(self._plot().left() + step * place, 0, step, self.height())

    def draw(self, painter: QPainter) -> None:
        self._draw_scale(painter)
        places = self._places()
        known = [place for place in places if place is not None]
        painter.setPen(QPen(self.fill(), 2))
        for one, other in pairwise(known):
            painter.drawLine(one, other)
        self._draw_other(painter)
        for at, (point, place) in enumerate(zip(self._points, places, strict=True)):
            self._draw_point(painter, at, point, place)

    def _draw_other(self, painter: QPainter) -> None:
        """The second line, broken, with squares at its points."""
        found = (self._place(at, point.other) for at, point in enumerate(self._points))
        places = [place for place in found if place is not None]
        painter.setPen(QPen(self.ink(0.7), 1.5, Qt.PenStyle.DashLine))
        for one, other in pairwise(places):
            painter.drawLine(one, other)
        side = self.fontMetrics().height() * 0.3
        painter.setPen(QPen(self.ink(0.7), 1.5))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        for place in places:
            painter.drawRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))

    def _draw_scale(self, painter: QPainter) -> None:
        plot, metrics = self._plot(), self.fontMetrics()
        for percent in (Decimal(0), _WHOLE) if self._small else map(Decimal, (0, 25, 50, 75, 100)):
            y = self._height(plot, percent)
            style = Qt.PenStyle.SolidLine if percent == 0 else Qt.PenStyle.DotLine
            painter.setPen(QPen(self.ink(0.3), 1, style))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if not self._small:
                painter.setPen(self.ink(0.7))
                left = QRectF(0, y - metrics.height() / 2, plot.left() - characters(self, 0.3), metrics.height())
                painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{percent}%")

    def _draw_point(self, painter: QPainter, at: int, point: Point, place: QPointF | None) -> None:
        metrics, area = self.fontMetrics(), self.area(at)
        painter.setPen(self.ink(0.7))
        below = QRectF(area.left(), self.height() - metrics.height(), area.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, point.label)
        if place is None:
            return
        chosen = at == self.current and self.hasFocus()
        radius = metrics.height() * (0.3 if chosen else 0.2)
        painter.setPen(QPen(self.fill(), 2))
        painter.setBrush(self.fill() if not point.wrong else self.palette().color(QPalette.ColorRole.Window))
        painter.drawEllipse(place, radius, radius)
        painter.setPen(self.ink())
        text = f"⚠ {point.number}" if point.wrong else point.number
        width = metrics.horizontalAdvance(text) + 2
        left = min(max(place.x() - width / 2, 0.0), self.width() - width)
        painter.drawText(
            QRectF(left, place.y() - radius - metrics.height(), width, metrics.height()),
            Qt.AlignmentFlag.AlignCenter,
            text,
        )
