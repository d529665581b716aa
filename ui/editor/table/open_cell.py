"""The cell of the indicator table that an editor is open in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPersistentModelIndex

from models.document.tree import Indicator
from ui.editor.table.indicator_edits import FIELDS, TIER1

Area = tuple[int, int, int, int]
"""Top, left, bottom, right."""


@dataclass(frozen=True, slots=True)
class OpenCell:
    """`before`: its row at opening; `units`: those known then; `unit`: the one being typed."""

    index: QPersistentModelIndex
    path: str
    before: Indicator
    units: frozenset[str]
    unit: str = ""

    def restored(self, row: Indicator) -> Indicator:
        """The row with what the cell had set put back."""
        names = ("tier1", "tier2") if self.index.column() == TIER1 else (FIELDS[self.index.column()],)
        return replace(row, **{name: getattr(self.before, name) for name in names})

    def around(self, area: Area) -> Sequence[Area]:
        """The area without the cell."""
        top, left, bottom, right = area
        row, column = self.index.row(), self.index.column()
        if not (top <= row <= bottom and left <= column <= right):
            return (area,)
        parts = (
            (top, left, row - 1, right),
            (row, left, row, column - 1),
            (row, column + 1, row, right),
            (row + 1, left, bottom, right),
        )
        return [part for part in parts if part[0] <= part[2] and part[1] <= part[3]]
