"""Where the cursor goes from a cell of the indicator table: by Tab, by Enter, and after a suggestion was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.document.tree import Indicator
from ui.editor.field_places import value_at
from ui.editor.table import indicator_edits as edits

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from ui.editor.table.indicator_table import IndicatorTable


class CellWalk:
    """In a row that a suggestion has begun, Tab passes over what the suggestion has filled."""

    def __init__(self, view: IndicatorTable) -> None:
        self._view = view
        self._begun = ""
        """The id of that row."""
        self._added = ""
        """The path of the row that Tab has made."""

    def begin(self, row_id: str) -> None:
        """A suggestion filled cells of that row: on to its first empty one, the value before all others."""
        row = self._view.indicators.find(row_id)
        if not row.isValid():
            return
        self._begun = row_id
        empty = self._empty_from(row, 0)
        wanted = edits.NUMBER if edits.NUMBER in empty else empty[0] if empty else edits.NUMBER
        self._view.go_to(row.siblingAtColumn(wanted))

    def _empty_from(self, row: QModelIndex, column: int) -> list[int]:
        return [at for at in range(column, edits.COLUMN_COUNT) if not str(row.siblingAtColumn(at).data() or "")]

    def right(self) -> None:
        """To the next cell; after the last one to the name of a new row, whose tiers are those of the row before it, or out of the
        table where the last row is still empty."""
        view, current = self._view, self._view.currentIndex()
        last = view.indicators.rowCount() - 1
        if current.column() < edits.COLUMN_COUNT - 1 and current.isValid():
            following = self._empty_from(current, current.column() + 1) if self._is_begun(current) else []
            view.go_to(current.siblingAtColumn(following[0] if following else current.column() + 1))
        elif current.row() < last:
            view.go_to(view.indicators.index(current.row() + 1, 0))
        elif last < 0 or not self._takes_more():
            view.leave(forward=True)
        elif view.indicators.insert_row(last + 1):
            view.refresh()
            begun = view.indicators.index(last + 1, edits.NAME)
            view.go_to(begun)
            self._added = view.indicators.path(begun).rpartition(".")[0]

    def table_left(self) -> None:
        """A row that Tab has made, and nobody wrote in, is none: it would be printed."""
        path, self._added = self._added, ""
        row = value_at(self._view.session, path)  # None: it went with an undo
        if isinstance(row, Indicator) and edits.is_untouched(row):
            self._view.session.remove(path, "删除空行")

    def _is_begun(self, index: QModelIndex) -> bool:
        return self._row(index).id == self._begun

    def _row(self, index: QModelIndex) -> Indicator:
        return self._view.indicators.rows[index.row()]

    def _takes_more(self) -> bool:
        """Whether a row can be added, and the last one is no empty one itself."""
        indicators = self._view.indicators
        return indicators.is_editable and not edits.is_untouched(indicators.rows[-1])

    def left(self) -> None:
        view, current = self._view, self._view.currentIndex()
        if current.column() > 0:
            view.go_to(current.siblingAtColumn(current.column() - 1))
        elif current.row() > 0:
            view.go_to(view.indicators.index(current.row() - 1, edits.COLUMN_COUNT - 1))
        else:
            view.leave(forward=False)

    def down(self, typed: bool = False) -> None:
        """To the cell below; from the very last cell of a row begun by a suggestion, once it was `typed`, to a new row."""
        view, current = self._view, self._view.currentIndex()
        below = current.siblingAtRow(current.row() + 1)
        if below.isValid():
            view.go_to(below)
        elif typed and current.column() == edits.COLUMN_COUNT - 1 and self._is_begun(current) and self._takes_more():
            view.add_row()
