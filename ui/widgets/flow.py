"""What follows the width: a row that wraps, and a form whose pairs of label and field stand in fewer columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.widgets.style import characters

_TOP = Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Flow(QWidget):
    """Widgets in reading order, as many a line as fit; what is hidden takes no room.

    No layout of Qt's: the items of a layout written in Python are collected with the garbage, in whatever thread that
    happens, while widgets belong to their parent.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._widgets: list[QWidget] = []
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """The next widget."""
        widget.setParent(self)
        self._widgets.append(widget)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """These, in this order."""
        for widget in widgets:
            if widget.parent() is not self:
                widget.setParent(self)
        self._widgets = list(widgets)
        self._heights.clear()
        self.updateGeometry()
        self._arrange(self.width(), move=True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(width, move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [widget.sizeHint() for widget in self._there()]
        gaps = self._spacing * max(len(sizes) - 1, 0)
        return QSize(sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        sizes = [_least(widget) for widget in self._there()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            # A widget in it wants another size, or came, or went.
            self._heights.clear()
            self.updateGeometry()
            self._arrange(self.width(), move=True)
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._heights.clear()
        self._arrange(self.width(), move=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def _there(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _arrange(self, width: int, move: bool) -> int:
        """The height that is needed; puts the widgets where they belong if wanted."""
        line: list[tuple[QWidget, QSize]] = []
        x = y = 0
        for widget in self._there():
            hint = widget.sizeHint()
            size = QSize(min(hint.width(), max(width, _least(widget).width())), hint.height())
            size = size.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
            if line and x + size.width() > width:
                y += self._put(line, y, move) + self._spacing
                line, x = [], 0
            line.append((widget, size))
            x += size.width() + self._spacing
        return y + self._put(line, y, move)

    def _put(self, line: list[tuple[QWidget, QSize]], y: int, move: bool) -> int:
        height = max((size.height() for _widget, size in line), default=0)
        x = 0
        for widget, size in line:
            if move:
                widget.setGeometry(x, y + (height - size.height()) // 2, size.width(), size.height())
            x += size.width() + self._spacing
        return height


def _least(widget: QWidget) -> QSize:
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())


def flow(owner: QWidget, *widgets: QWidget) -> Flow:
    """The widgets in a row that wraps."""
    row = Flow(characters(owner, 0.4))
    for widget in widgets:
        row.add(widget)
    return row


@dataclass(frozen=True, slots=True)
class _Entry:
    label: QLabel | None
    field: QWidget
    share: int
    high: bool
    in_wide: int


class FormGrid(QGridLayout):
    """Pairs of label and field, three in a row where there is room, as the printed form has them; else two, or one."""

    PAIRS = 3
    LEAST = 14
    """Characters a pair needs beside others."""
    WIDE = 66
    """Characters from which a row is wide."""
    STACKED = 26
    """Characters below which a label stands above its field."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self._entries: list[_Entry] = []
        self._now: tuple[int, bool, bool] = (0, False, False)
        self.setHorizontalSpacing(characters(owner, 0.5))
        self.setVerticalSpacing(characters(owner, 0.4))

    def add(
        self, label: QLabel | None, field: QWidget, share: int = 1, high: bool = False, in_wide: int | None = None
    ) -> None:
        """The next pair. `share`: how many of the three pairs' room it takes, `in_wide`: in a wide row; `high`: the field has
        several lines."""
        if label is not None:
            label.setWordWrap(False)
        self._entries.append(_Entry(label, field, share, high, in_wide or share))

    def arrange(self, width: int) -> None:
        """Places all pairs for that many pixels; does nothing where they stand so already."""
        across = max(1, min(self.PAIRS, width // characters(self._owner, self.LEAST)))
        wide = width >= characters(self._owner, self.WIDE)
        wanted = across, width < characters(self._owner, self.STACKED), wide
        if wanted == self._now:
            return
        self._now = wanted
        for column in range(2 * self.PAIRS):
            self.setColumnStretch(column, 1 if column % 2 and column < 2 * across else 0)
        row = used = 0
        for entry in self._entries:
            share = entry.in_wide if wide else entry.share
            if used == across or share == self.PAIRS:
                row, used = row + 2 * bool(used), 0
            # Where there are fewer columns, a pair that wanted more room takes what its row has left.
            share = min(share, across - used)
            if entry.label is None and not used:
                share = across
            self._place(entry, row, used, share, stacked=wanted[1])
            used += share

    def room_of_field(self, width: int) -> int:
        """The pixels a field has that takes the whole width."""
        labels = [entry.label.sizeHint().width() for entry in self._entries if entry.label is not None]
        return width if self._now[1] else width - max(labels, default=0) - self.horizontalSpacing()

    def _place(self, entry: _Entry, row: int, used: int, share: int, stacked: bool) -> None:
        """A pair takes two rows of the grid, so that a label can stand above its field."""
        for widget in (entry.label, entry.field):
            if widget is not None:
                self.removeWidget(widget)
        if stacked:
            if entry.label is not None:
                entry.label.setAlignment(Qt.AlignmentFlag.AlignLeft)
                self.addWidget(entry.label, row, 0, 1, 2)
            self.addWidget(entry.field, row + 1, 0, 1, 2)
            return
        column = 2 * used
        if entry.label is not None:
            entry.label.setAlignment(_TOP | Qt.AlignmentFlag.AlignRight if entry.high else _RIGHT)
            self.addWidget(entry.label, row, column, _TOP | Qt.AlignmentFlag.AlignRight if entry.high else _RIGHT)
            self.addWidget(entry.field, row, column + 1, 1, 2 * share - 1)
        else:
            # Under the fields, not under their labels; in the middle of a row right behind what is before it.
            self.addWidget(entry.field, row, column + (not used), 1, 2 * share - (not used))
