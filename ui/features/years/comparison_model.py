"""The lines of a comparison as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from exporters.comparison_document import marked
from ui.widgets.lines_model import Index, LinesModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.comparing.year_comparison import Compared

COLUMNS = ("项目", "位置", "上年", "本年", "差别")
SHARES = (18, 18, 23, 23, 18)
GROUP, PLACE, LAST, NOW, STATE = range(5)
_BEFORE = 6
"""Characters shown before the first difference of a long text."""
_LONGEST = 80


class ComparisonModel(LinesModel):
    """One field a row."""

    lines: Sequence[Compared]

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (line.group, line.place, "", "", line.state_words)[column]
        if role == Qt.ItemDataRole.FontRole and column == STATE and line.state not in {"same", "years"}:
            font = QFont()
            font.setBold(True)
            return font
        return None


def _text(line: Compared, column: int) -> str:
    if column in {LAST, NOW}:
        return _excerpt(marked(line)[column - LAST])
    return {GROUP: line.group, PLACE: line.place}.get(column, line.state_words)


def _excerpt(text: str) -> str:
    """One line, of a long text from a little before its first difference."""
    first = text.find("【")
    start = first - _BEFORE if first > 2 * _BEFORE else 0
    words = " ".join(text[start : start + _LONGEST].split("\n"))
    return f"{'…' if start else ''}{words}{'…' if len(text) > start + _LONGEST else ''}"
