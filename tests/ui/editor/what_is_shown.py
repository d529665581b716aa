"""What the window shows, held against what the draft holds."""

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from models.document import fieldpath
from models.reports import results
from models.session.session import Session, cleaned
from tests.waiting import PATIENCE
from ui.editor.stages.report_step import ReportStep
from ui.editor.steps.form_layout import YearField
from ui.editor.table.cell_editors import CellEditor, TextEditor
from ui.editor.table.indicator_edits import BASIS, DESCRIPTION, NAME
from ui.editor.table.indicator_view import IndicatorView
from ui.features.review.review_controller import PANEL
from ui.shell.main_window import MainWindow
from ui.widgets.text_units import plain_text, utf16_units


def text_of(widget: QWidget) -> str | None:
    """What stands in it; None where nothing can be typed into it, or a word is just being composed."""
    if (
        getattr(widget, "is_composing", False)
        or getattr(widget, "preedit", "")
        or getattr(widget, "isReadOnly", bool)()
    ):
        return None
    if isinstance(widget, QComboBox):
        return widget.currentText() if widget.isEditable() else None
    return (
        plain_text(widget)
        if isinstance(widget, QPlainTextEdit)
        else widget.text()
        if isinstance(widget, QLineEdit)
        else None
    )


def with_word(widget: QWidget, word: str) -> str | None:
    """What shall stand in it when that was typed in the place of what is selected; None where that cannot be said."""
    text = text_of(widget)
    if text is None or isinstance(widget, YearField):
        return None
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
    else:
        line = widget.lineEdit() if isinstance(widget, QComboBox) else widget
        start = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
        end = start + utf16_units(line.selectedText())
    units = text.encode("utf-16-le")
    return (units[: 2 * start] + word.encode("utf-16-le") + units[2 * end :]).decode("utf-16-le")


def differences(window: MainWindow) -> list[str]:
    """Where what the page shows is not what the draft holds."""
    editor, found = window.editor, []
    answering = editor.side.panel(PANEL)
    for field in (*editor.current.fields, *([answering.answer] if answering else [])):
        if not hasattr(field, "to_text") or field.is_composing:
            continue
        try:
            held = field.to_text(editor.session.get(field.path)) if field.path else ""
        except fieldpath.PathError:
            held = ""
        shown = field.text() if hasattr(field, "text") else plain_text(field)
        if shown != held:
            found.append(f"{field.path}: shows {shown!r}, holds {held!r}")
    if isinstance(editor.current, ReportStep):
        return found + differences_of_results(editor.current, editor.session)
    form = getattr(editor.current, "form", None)
    return found if form is None else found + differences_of_cells(form.table, editor.session)


def differences_of_results(step: ReportStep, session: Session) -> list[str]:
    """The same for the tables of a report, and for the editor open in one of them."""
    found = []
    for view in (step.funds, step.rows):
        model, current = view.results, view.currentIndex()
        for cell in (cell for row in model.rows for cell in row if cell.path):
            held = str(fieldpath.get(results.ensured(session.draft, cell.path), cell.path))
            shown = model.data(model.find(cell.path), Qt.ItemDataRole.EditRole)
            if cell.path != model.open_path and shown != held:
                found.append(f"{cell.path}: shows {shown!r}, holds {held!r}")
        editor = view.editor
        if isinstance(editor, TextEditor) and not editor.preedit and model.open_path:
            held = str(fieldpath.get(results.ensured(session.draft, model.open_path), model.open_path))
            shown = cleaned(model.open_path, editor.text())[0]
            if held != shown and editor.text() != editor.shown:
                found.append(f"the open cell {model.open_path} ({current.row()}) shows {shown!r}, holds {held!r}")
    return found


def differences_of_cells(table: IndicatorView, session: Session) -> list[str]:
    """The same for the indicator table and the editor open in it."""
    model, editor = table.indicators, table.editor
    project = next((each for each in session.document.projects if each.id == model.project_id), None)
    if project is None:
        return []
    end = time.monotonic() + PATIENCE
    while tuple(model.rows) != project.indicators and time.monotonic() < end:
        QTest.qWait(10)  # what stands beside an open cell follows a key in a moment
    if tuple(model.rows) != project.indicators:
        return [f"the table of {project.id} shows other rows"]
    index = table.currentIndex()
    if isinstance(editor, CellEditor) and not editor.preedit and index.column() in {NAME, DESCRIPTION, BASIS}:
        held, shown = str(index.data()), cleaned(model.path(index), editor.text())[0]
        if held != shown and editor.text() != editor.shown:
            return [f"the open cell {model.path(index)} shows {shown!r}, holds {held!r}"]
    return []
