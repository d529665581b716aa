"""Bars lying under each other: names at the left, lengths by amount, the numbers written at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.charts.chart import Chart, Part
from ui.widgets.style import characters

_NAME_SHARE = 0.42
"""Of the width, at most for the names."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` is what is written at its end; `words` are its full text; `key` is what Enter asks for."""

    name: str
    value: Decimal
    number: str
    words: str
    key: str = ""
    faint: bool = False


class BarChart(Chart):
    """Up and down go from bar to bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], summary: str) -> None:
        """Shows these bars in this order."""
        self._bars = bars
        self.show_parts([Part(bar.words, bar.key) for bar in bars], summary)
        self.updateGeometry()

    @property
    def bars(self) -> Sequence[Bar]:
        return self._bars

    def _line(self) -> int:
        return round(self.fontMetrics().height() * 1.35)

    def sizeHint(self) -> QSize:
        return QSize(characters(self, 30), max(len(self._bars), 1) * self._line() + self._gap() * 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(characters(self, 16), self.sizeHint().height())

    def _gap(self) -> int:
        return characters(self, 0.3)

    def area(self, place: int) -> QRectF:
        gap, line = self._gap(), self._line()
        return QRectF(gap, gap + place * line, self.width() - 2 * gap, line)

    def draw(self, painter: QPainter) -> None:
        metrics, gap = self.fontMetrics(), self._gap()
        room = self.width() - 2 * gap
        widest = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0)
        # Mixed scripts are measured in fractions: without a little more the last character would give way to dots.
        name = min(widest + gap, round(room * _NAME_SHARE))
        number = max((metrics.horizontalAdvance(bar.number) for bar in self._bars), default=0)
        length = max(room - name - number - 3 * gap, 1)
        # Many together would leave nothing of the others to see: their bar ends with the longest of these, broken.
        most = max((bar.value for bar in self._bars if not bar.faint), default=Decimal(0))
        for place, bar in enumerate(self._bars):
            area = self.area(place)
            if place == self.current and self.hasFocus():
                painter.fillRect(area, self.ink(0.12))
            share = float(min(max(bar.value / most, Decimal(0)), Decimal(1))) if most > 0 else 0.0
            shape = QRectF(area.left() + name + gap, area.top(), max(length * share, 1.0), area.height())
            self._draw_bar(painter, bar, shape, broken=bar.value > most)
            painter.setPen(self.ink())
            base = area.top() + (area.height() + metrics.ascent() - metrics.descent()) / 2
            text = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, name)
            painter.drawText(QPointF(area.left() + name - metrics.horizontalAdvance(text), base), text)
            painter.drawText(QPointF(shape.right() + gap, base), bar.number)

    def _draw_bar(self, painter: QPainter, bar: Bar, area: QRectF, broken: bool) -> None:
        inset = area.height() * 0.18
        shape = area.adjusted(0, inset, 0, -inset)
        # The rest stands for many: an outline distinguishes it from the bars of single projects, whatever the colours.
        painter.setPen(QPen(self.fill(), 1, Qt.PenStyle.DashLine) if bar.faint else Qt.PenStyle.NoPen)
        painter.setBrush(self.fill(0.25) if bar.faint else self.fill(0.8))
        painter.drawRect(shape)
        if broken:
            slant, middle = shape.height() * 0.4, shape.center().x()
            painter.setPen(QPen(self.ink(0), shape.height() * 0.3))
            painter.drawLine(QPointF(middle - slant, area.bottom()), QPointF(middle + slant, area.top()))
