"""A table of lines to read, whose columns share the width there is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.widgets.style import characters, fit_columns


class SharedTable(QTableWidget):
    """Lines to read whose columns share the width there is; what does not fit ends in «…» and is shown in the tool tip."""

    def __init__(self, columns: Sequence[str], shares: Sequence[int], least: float, parent: QWidget) -> None:
        super().__init__(0, len(columns))
        self._shares = shares
        self.setHorizontalHeaderLabels(columns)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(characters(parent, least))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(characters(parent, 1.8))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [column for column in range(self.columnCount()) if not self.isColumnHidden(column)]
        width, whole = self.viewport().width(), sum(self._shares[column] for column in shown)
        for column in shown[:-1]:
            self.setColumnWidth(column, width * self._shares[column] // whole)

    def fill(self, lines: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Shows these cells; `right`: columns of numbers."""
        self.setRowCount(len(lines))
        for row, cells in enumerate(lines):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column in right:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)


def lines_table(columns: tuple[str, ...], stretched: int, parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    table.setHorizontalHeaderLabels(columns)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setMinimumHeight(characters(parent, 3.7))  # its heading and a row and a half
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(characters(parent, 1.8))
    table.horizontalHeader().setHighlightSections(False)
    fit_columns(table, stretched)
    return table
