"""Cells of the indicator table go to the clipboard, and what lies there comes in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from models.document.cleaning import clean_text
from ui.editor.table import indicator_edits as edits
from ui.widgets.messages import say, say_removed
from ui.widgets.table_clipboard import from_mime, to_mime

if TYPE_CHECKING:
    from ui.editor.table.indicator_table import IndicatorTable


def copy_cells(view: IndicatorTable) -> None:
    """The rectangle around the selected cells."""
    cells = view.selected_cells()
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    if cells:
        QGuiApplication.clipboard().setMimeData(to_mime(view.indicators.texts(rows, columns)))


def paste_cells(view: IndicatorTable) -> None:
    """A table or a text from the first selected cell on, as one step; what came is selected and reported."""
    block = edits.without_header(from_mime(QGuiApplication.clipboard().mimeData()))
    cells = view.selected_cells()
    if not block or not view.indicators.paste(block, cells):
        return
    removed = sum(clean_text(text)[1] for line in block for text in line)
    if removed:
        say_removed(view, removed)
    elif len(block) > 1:
        say(view, f"已粘贴 {len(block)} 行，按 Ctrl+Z 可以撤销。", undoable=True)
    view.refresh()
    if len(block) > 1 or len(block[0]) > 1:
        _select_pasted(view, block, cells)


def _select_pasted(view: IndicatorTable, block: Sequence[Sequence[str]], cells: set[edits.Place]) -> None:
    top = min((row for row, _ in cells), default=0)
    bottom = min(top + len(block), view.indicators.rowCount()) - 1
    columns = edits.target_columns(block, cells, view.indicators.vocabulary.scheme)
    area = view.indicators.index(top, columns[0]), view.indicators.index(bottom, columns[-1])
    selection = view.selectionModel()
    selection.setCurrentIndex(area[0], QItemSelectionModel.SelectionFlag.NoUpdate)
    selection.select(QItemSelection(*area), QItemSelectionModel.SelectionFlag.ClearAndSelect)
