"""The numbers at the left of the rows: a row, or all selected ones, are dragged by them."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget


class RowHeader(QHeaderView):
    """Shows the rows in the model's order always: a drag is reported, and the model moves it."""

    dropped = Signal(object, int)
    """The dragged rows, and the row before which they shall stand (the number of rows = at the end)."""

    def __init__(self, selected: Callable[[], Collection[int]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._selected = selected
        self._dragged: tuple[int, ...] = ()
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setAccessibleName("行号")
        self.setToolTip("按住行号拖动可移动整行；所选的各行一起移动。行号后面有「期」字的是实施期指标，绩效文本不印")
        self.sectionMoved.connect(self._moved)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, selected = self.logicalIndexAt(event.position().toPoint()), self._selected()
        self._dragged = tuple(selected) if row in selected else (row,)
        super().mousePressEvent(event)

    def _moved(self, _row: int, old: int, new: int) -> None:
        with QSignalBlocker(self):
            self.moveSection(new, old)
        rows, before = self._dragged, new + 1 if new > old else new
        # The header is in the middle of its own move.
        QTimer.singleShot(0, self, lambda: self.dropped.emit(rows, before))
