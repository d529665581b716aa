"""The page of a report: it scrolls where a low window has no room for both tables and the texts, and nothing is cut off."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from ui.editor.stages.result_view import ResultView
from ui.widgets.flow import Flow
from ui.widgets.style import characters

_ROWS = 4
"""So many rows of the table of results are seen in any case."""


class ReportPage(QScrollArea):
    """`rows` is the table that takes the room there is; the cell the keyboard is in is always in view."""

    def __init__(self, inside: QWidget, tables: Sequence[ResultView], rows: ResultView) -> None:
        super().__init__()
        self._rows = rows
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        for table in tables:
            table.installEventFilter(self)
            table.cell_focused.connect(lambda _path, table=table: self.show_cell(table))

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that it would have to scroll sideways."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + bar, characters(self, 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rows.set_least_rows(_ROWS, self.viewport().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table may have moved away with its current cell."""
        if isinstance(watched, ResultView) and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.show_cell(watched)
        return super().eventFilter(watched, event)

    def show_cell(self, table: ResultView) -> None:
        """Brings the current cell into view, where the keyboard is in that table."""
        if not table.has_keyboard() or not table.currentIndex().isValid():
            return
        cell = table.visualRect(table.currentIndex())
        place = QRect(table.viewport().mapTo(self.widget(), QPoint(cell.left(), cell.top())), cell.size())
        self.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + characters(self, 0.5))


class PointsLine(Flow):
    """The heading of the table of results and, behind it, the points by tier: as many a line as fit, none of them cut."""

    def __init__(self, heading: QLabel, owner: QWidget) -> None:
        super().__init__(characters(owner, 0.7))
        self._heading = heading
        self._labels: list[QLabel] = []
        self.set_widgets([heading])

    def text(self) -> str:
        """All that is said of the points."""
        return "　".join(label.text() for label in self._labels if not label.isHidden())

    def show_parts(self, parts: Sequence[str]) -> None:
        """These and no others."""
        while len(self._labels) < len(parts):
            self._labels.append(QLabel(self))
            self._labels[-1].setTextFormat(Qt.TextFormat.PlainText)
        for place, label in enumerate(self._labels):
            label.setText(parts[place] if place < len(parts) else "")
            label.setVisible(place < len(parts))
        self.set_widgets([self._heading, *self._labels])
        self.setAccessibleName("　".join(parts))
        self.setToolTip("\n".join(parts))
