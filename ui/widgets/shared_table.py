"""Tables and trees of lines to read: what is chosen is a line, and their columns share the width there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTreeView,
    QWidget,
)

from ui.widgets.style import characters, fit_columns
from ui.widgets.view_options import table_item


class SharedColumns:
    """Of a table or tree whose columns share the width there is; what does not fit ends in «…». Stands before the Qt class
    among the bases."""

    shares: Sequence[int] = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)  # type: ignore[misc]  # of the Qt class beside this one
        view = cast("QTableView | QTreeView", self)
        shown = [column for column in range(len(self.shares)) if not view.isColumnHidden(column)]
        width, whole = view.viewport().width(), sum(self.shares[column] for column in shown)
        for column in shown[:-1]:  # the last one takes the rest
            view.setColumnWidth(column, width * self.shares[column] // whole)


def show_lines_only(table: QTableView) -> None:
    """One line is chosen at a time, Tab leaves the table, and nothing in it is typed."""
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)


def show_tree_of_lines(tree: QTreeView) -> None:
    """A tree that is a list with columns: one line is chosen at a time."""
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAllColumnsShowFocus(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)


class LinesTable(QTableWidget):
    """Lines to read. `least`: how high it is at least, in characters of the parent's font."""

    def __init__(self, columns: Sequence[str], least: float, parent: QWidget) -> None:
        super().__init__(0, len(columns))
        self.setHorizontalHeaderLabels(columns)
        show_lines_only(self)
        self.setMinimumHeight(characters(parent, least))
        self.verticalHeader().setDefaultSectionSize(characters(parent, 1.8))

    def fill(self, lines: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
        """Shows these cells; `right`: columns of numbers."""
        self.setRowCount(len(lines))
        for row, cells in enumerate(lines):
            for column, text in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(text))
            for column in right:
                table_item(self, row, column).setTextAlignment(
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                )

    def chosen_row(self) -> int:
        """-1 where none is."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1


class FittedLines(LinesTable):
    """Every column as wide as its words, one as wide as is left."""

    def __init__(self, columns: Sequence[str], stretched: int, parent: QWidget) -> None:
        super().__init__(columns, 3.7, parent)  # its heading and a row and a half
        self._stretched = stretched
        fit_columns(self, stretched)

    def fill(self, lines: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
        super().fill(lines, right)
        fit_columns(self, self._stretched)


class SharedTable(SharedColumns, LinesTable):
    """Its columns share the width there is; what does not fit is shown in the tool tip."""

    def __init__(self, columns: Sequence[str], shares: Sequence[int], least: float, parent: QWidget) -> None:
        super().__init__(columns, least, parent)
        self.shares = shares
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)

    def fill(self, lines: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
        super().fill(lines, right)
        give_tips(self, lines)


def give_tips(table: QTableWidget, tips: Sequence[Sequence[str]]) -> None:
    """The tool tips of all cells."""
    for row, texts in enumerate(tips):
        for column, text in enumerate(texts):
            table_item(table, row, column).setToolTip(text)
