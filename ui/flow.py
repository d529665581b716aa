"""Layouts that follow the width: a row that wraps, and a form whose pairs of label and field stand in fewer columns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.style import characters

_TOP = Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FlowLayout(QLayout):
    """Widgets in reading order, as many a line as fit; what is hidden takes no room."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(len(sizes) - 1, 0)
        return QSize(sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _arrange(self, rect: QRect, move: bool) -> int:
        """The height that is needed; puts the widgets where they belong if wanted."""
        line: list[tuple[QLayoutItem, QSize]] = []
        x, y = rect.x(), rect.y()
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), max(rect.width(), item.minimumSize().width())), hint.height())
            if line and x + size.width() > rect.right() + 1:
                y += self._put(line, rect.x(), y, move) + self.spacing()
                line, x = [], rect.x()
            line.append((item, size))
            x += size.width() + self.spacing()
        return y + self._put(line, rect.x(), y, move) - rect.y()

    def _put(self, line: list[tuple[QLayoutItem, QSize]], x: int, y: int, move: bool) -> int:
        height = max((size.height() for _item, size in line), default=0)
        for item, size in line:
            if move:
                item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
            x += size.width() + self.spacing()
        return height


def flow(owner: QWidget, *widgets: QWidget) -> QWidget:
    """The widgets in a row that wraps."""
    holder = QWidget()
    row = FlowLayout(holder, characters(owner, 0.4))
    for widget in widgets:
        row.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder


@dataclass(frozen=True, slots=True)
class _Entry:
    label: QLabel | None
    field: QWidget
    share: int
    high: bool


class FormGrid(QGridLayout):
    """Pairs of label and field, three in a row where there is room, as the printed form has them; else two, or one."""

    PAIRS = 3
    LEAST = 14
    """Characters a pair needs beside others."""
    STACKED = 26
    """Characters below which a label stands above its field."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self._entries: list[_Entry] = []
        self._now: tuple[int, bool] = (0, False)
        self.setHorizontalSpacing(characters(owner, 0.5))
        self.setVerticalSpacing(characters(owner, 0.4))

    def add(self, label: QLabel | None, field: QWidget, share: int = 1, high: bool = False) -> None:
        """The next pair. `share`: how many of the three pairs' room it takes; `high`: the field has several lines."""
        if label is not None:
            label.setWordWrap(False)
        self._entries.append(_Entry(label, field, share, high))

    def arrange(self, width: int) -> None:
        """Places all pairs for that many pixels; does nothing where they stand so already."""
        across = max(1, min(self.PAIRS, width // characters(self._owner, self.LEAST)))
        wanted = across, width < characters(self._owner, self.STACKED)
        if wanted == self._now:
            return
        self._now = wanted
        for column in range(2 * self.PAIRS):
            self.setColumnStretch(column, 1 if column % 2 and column < 2 * across else 0)
        row = used = 0
        for entry in self._entries:
            if used == across or entry.share == self.PAIRS:
                row, used = row + 2 * bool(used), 0
            # Where there are fewer columns, a pair that wanted more room takes what its row has left.
            share = across - used if entry.share + used > across else entry.share
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
