"""Selects characters where they stand in the form: in a field, or in the cell of the table that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.editor.fields import LineField, TextField
from ui.widgets.text_units import utf16_units

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QPlainTextEdit, QWidget

    from ui.editor.steps import Step


def select_characters(step: Step, path: str, start: int, end: int) -> tuple[QWidget, QRect] | None:
    """Selects the characters from `start` to `end` of the field at `path` on that step.

    The widget that shows them, and the place in it to be seen; None where the step does not show the field.
    """
    from models.session.finding import text_at
    from ui.editor.steps.projects_step import ProjectsStep

    text = text_at(step.session.document, path)
    first, length = utf16_units(text[:start]), utf16_units(text[start:end])
    for field in step.fields:
        if field.path == path and isinstance(field, LineField):
            field.setSelection(first, length)
            return field, field.rect()
        if field.path == path and isinstance(field, TextField):
            return field, _select_text(field, first, first + length)
    if isinstance(step, ProjectsStep) and ".indicators[" in path:
        table = step.form.table
        if path.endswith(".value"):
            _choose_part(table, text[start:end])
        return table.viewport(), table.visualRect(table.currentIndex())
    return None


def _select_text(field: QPlainTextEdit, start: int, end: int) -> QRect:
    cursor = field.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.ensureCursorVisible()
    return field.cursorRect()


def _choose_part(table: QWidget, words: str) -> None:
    """A value stands in three cells: the one that shows the words, the number's where none does alone."""
    from ui.editor.table.indicator_edits import PARTS
    from ui.editor.table.indicator_view import IndicatorView

    if isinstance(table, IndicatorView) and table.currentIndex().isValid():
        cells = [table.currentIndex().siblingAtColumn(column) for column in sorted(PARTS)]
        found = [cell for cell in cells if words in str(cell.data())]
        if found:
            table.go_to(found[0])
