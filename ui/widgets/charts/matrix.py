"""Which project has indicators of which second tier: a table of numbers that are also seen as light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QGuiApplication, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from models.document.overview import Coverage
from ui.widgets.charts.chart import mixed
from ui.widgets.style import characters

Index = QModelIndex | QPersistentModelIndex
_MISSING = "无"
_LEAST_TIER, _LEAST_NAME, _USUAL_TIER = 2.7, 8.0, 4.8
_AROUND = 0.7
"""Characters a head keeps free at its sides."""
_MOST_ROWS = 12
"""As many lines as are seen at once; more are scrolled."""


@dataclass(frozen=True, slots=True)
class Line:
    """A project: its id, «3. 名称», and how many rows each tier has."""

    project_id: str
    name: str
    counts: tuple[int, ...]


def short(tier: str) -> str:
    """«数量指标» as the head of a narrow column; whose satisfaction it is need not be said there."""
    return tier.removesuffix("指标").removeprefix("服务对象") or tier


def broken(text: str, length: int) -> str:
    """The text in as few lines as there can be of at most that many characters, the lines as even as they can be."""
    lines = -(-len(text) // max(length, 1))
    each = -(-len(text) // max(lines, 1))
    return "\n".join(text[at : at + each] for at in range(0, len(text), max(each, 1)))


class CoverageModel(QAbstractTableModel):
    """The first column names the project."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tiers: tuple[tuple[str, str], ...] = ()
        self.lines: Sequence[Line] = ()
        self.head_length = 4
        """Characters a line of a head has room for."""

    def show_coverage(self, coverage: Coverage, names: Sequence[str]) -> None:
        """`names`: what each of the coverage's lines is called."""
        lines = [Line(each[0], name, each[1]) for each, name in zip(coverage.lines, names, strict=True)]
        if (coverage.tiers, lines) == (self.tiers, self.lines):
            return
        self.beginResetModel()
        self.tiers, self.lines = coverage.tiers, lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.tiers) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, place = self.lines[index.row()], index.column() - 1
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name if place < 0 else str(line.counts[place] or _MISSING)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.words(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and place >= 0:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole and place >= 0 and line.counts[place]:
            share = 0.14 + 0.08 * min(line.counts[place], 4)
            return QBrush(mixed(QGuiApplication.palette(), QPalette.ColorRole.Highlight, share))
        return None

    def words(self, index: Index) -> str:
        """The cell in words."""
        line, place = self.lines[index.row()], index.column() - 1
        if place < 0:
            missing = [short(tier) for (_, tier), count in zip(self.tiers, line.counts, strict=True) if not count]
            return f"{line.name}：" + (f"没有{'、'.join(missing)}" if missing else "各类指标都有")
        count = line.counts[place]
        return f"{line.name}：{self.tiers[place][1]}{f' {count} 条' if count else '没有'}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "项目" if section == 0 else broken(short(self.tiers[section - 1][1]), self.head_length)
        if role == Qt.ItemDataRole.ToolTipRole and section:
            return " · ".join(self.tiers[section - 1])
        return None


class CoverageMatrix(QTableView):
    """Scrolls down only: the columns share the width. Enter or a double click leads to the rows of that tier."""

    activated_cell = Signal(str, str)
    """A project's id and a second tier, "" for the project as a whole."""
    message = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.coverage = CoverageModel(self)
        self.setModel(self.coverage)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(self.fontMetrics().height() * 1.5))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(1)
        self.doubleClicked.connect(lambda _index: self._activate())
        self.selectionModel().currentChanged.connect(lambda *_indexes: self._tell())

    def show_coverage(self, coverage: Coverage, names: Sequence[str]) -> None:
        """`names`: what each project is called; the current cell stays where its project stays."""
        current, column = self._current()
        self.coverage.show_coverage(coverage, names)
        row = next((at for at, line in enumerate(self.coverage.lines) if current and line.project_id == current), -1)
        if row >= 0 and not self.currentIndex().isValid():
            self.setCurrentIndex(self.coverage.index(row, min(column, len(coverage.tiers))))
        self.fit()

    def _current(self) -> tuple[str, int]:
        index = self.currentIndex()
        return (self.coverage.lines[index.row()].project_id if index.isValid() else "", index.column())

    def fit(self) -> None:
        """Shares the width out, and is as high as its lines up to a dozen."""
        tiers, width = len(self.coverage.tiers), self.viewport().width()
        if not tiers:
            return
        tier = min(
            characters(self, _USUAL_TIER),
            max(characters(self, _LEAST_TIER), (width - characters(self, _LEAST_NAME)) // tiers),
        )
        name = max(width - tiers * tier, characters(self, 4))
        for column in range(tiers + 1):
            self.setColumnWidth(column, tier if column else name)
        self._fit_height(tier)

    def _fit_height(self, tier: int) -> None:
        self.coverage.head_length = max(int(tier / characters(self, 1) - _AROUND), 1)
        self.coverage.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.coverage.tiers))
        lines = max(broken(short(name), self.coverage.head_length).count("\n") + 1 for _, name in self.coverage.tiers)
        head = round(self.fontMetrics().lineSpacing() * 1.15 * lines + characters(self, 0.6))
        self.horizontalHeader().setFixedHeight(head)
        rows = min(max(len(self.coverage.lines), 1), _MOST_ROWS)
        self.setFixedHeight(head + rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth() + 2)

    def _tell(self) -> None:
        index = self.currentIndex()
        self.message.emit(self.coverage.words(index) if index.isValid() and self.hasFocus() else "")

    def _activate(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            line = self.coverage.lines[index.row()]
            self.activated_cell.emit(
                line.project_id, self.coverage.tiers[index.column() - 1][1] if index.column() else ""
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._activate()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.coverage.lines:
            self.setCurrentIndex(self.coverage.index(0, 0))
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.message.emit("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
