"""The window's helper for 查找 and 替换: the panel, its keys, and the way to a hit in the form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ui import faults
from ui.desk import Desk
from ui.seeing import bring_into_view

if TYPE_CHECKING:
    from models.finding import Hit
    from ui.editor import Editor
    from ui.menus import Menus
    from ui.panels import Panel
    from ui.panels.find import FindPanel

PANEL = "查找"


class FindDesk(Desk):
    """Ctrl+F and Ctrl+H open the panel of the draft that is open; F3 goes on from wherever the keyboard is."""

    _editor: Editor | None = None
    _came_from: tuple[QWidget | None, str] = (None, "")
    """The widget that had the focus when the panel was opened by its keys, and the field's path."""
    _selected: QWidget | None = None
    """The field in which the hit shown last is selected."""

    def add_actions(self, menus: Menus) -> None:
        menus.edit.addSeparator()
        menus.add(menus.edit, "查找…", partial(self.open, False), "Ctrl+F", of_draft=True)
        menus.add(menus.edit, "替换…", partial(self.open, True), "Ctrl+H", of_draft=True)
        menus.add(menus.edit, "查找下一处", partial(self.go, 1), "F3", of_draft=True)
        menus.add(menus.edit, "查找上一处", partial(self.go, -1), "Shift+F3", of_draft=True)

    def draft_opened(self, editor: Editor) -> None:
        self._editor, self._came_from = editor, (None, "")
        # The menu has the keys: they shall lead into the panel, where the button opens and closes it.
        button = editor.side.add(PANEL, self._make_panel, "")
        button.setToolTip(f"打开或收起{PANEL}（打开并输入：Ctrl+F）")
        # What is typed next is what is looked for: it must not replace the text of a cell that has the keyboard.
        button.clicked.connect(lambda _checked=False: self.open(False) if editor.side.current == PANEL else None)

    def draft_left(self) -> None:
        self._editor, self._came_from = None, (None, "")

    def _make_panel(self) -> Panel:
        from ui.panels.find import FindPanel

        editor = self._editor
        assert editor is not None  # the button goes with the editor
        panel = FindPanel(editor.session, editor.commit_pending)
        panel.shown.connect(self.show_hit)
        panel.told.connect(self._window.tell)
        panel.left.connect(self._return)
        panel.closed.connect(self._close)
        panel.faulted.connect(partial(faults.log_fault, self._window.home))
        return panel

    def _panel(self) -> FindPanel | None:
        from ui.panels.find import FindPanel

        panel = self._editor.side.panel(PANEL) if self._editor else None
        return panel if isinstance(panel, FindPanel) else None

    def open(self, replacing: bool) -> None:
        """Shows the panel with the cursor in a box; words selected in one line of a field are what is looked for."""
        editor = self._editor
        if editor is None:
            return
        focus = QApplication.focusWidget()
        words = selected_words(focus)
        panel = self._panel()
        if panel is None or focus is None or not panel.isAncestorOf(focus):
            self._came_from = focus, editor.path
            editor.commit_pending()
        editor.side.open(PANEL)
        panel = self._panel()
        if panel is not None:
            panel.begin(words, replacing)

    def go(self, by: int) -> None:
        """To the next hit or the one before; before anything was looked for, asks for words."""
        panel = self._panel()
        if panel is None or not panel.words.text():
            self.open(False)
            return
        focus = QApplication.focusWidget()
        panel.go(by, follow=focus is None or not panel.isAncestorOf(focus))

    def _return(self) -> None:
        """Esc: the cursor stands again where it was."""
        widget, path = self._came_from
        editor = self._editor
        if editor is None:
            return
        if widget is not None and isValid(widget) and widget.isVisible() and not editor.side.isAncestorOf(widget):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            editor.show_place(path or editor.path, 0 if path or editor.path else editor.step)

    def _close(self) -> None:
        if self._editor is not None:
            self._editor.side.close_panel()
            self._return()

    def _unselect(self) -> None:
        """Two selections would say nothing about which hit is meant."""
        widget, self._selected = self._selected, None
        if isinstance(widget, QLineEdit) and isValid(widget) and not widget.hasFocus():
            widget.deselect()
        elif isinstance(widget, QPlainTextEdit) and isValid(widget) and not widget.hasFocus():
            cursor = widget.textCursor()
            cursor.clearSelection()
            widget.setTextCursor(cursor)

    def show_hit(self, hit: Hit, follow: bool) -> None:
        """Goes to the hit's field and selects it there. Unless it follows, the keyboard stays where it is."""
        editor, focus = self._editor, QApplication.focusWidget()
        if editor is None:
            return
        editor.show_place(hit.path)
        if not follow and focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)  # at once: the next key must not replace what is selected
        self._unselect()
        found = select(editor, hit)
        if found is not None:
            self._selected = found[0]
            # A page that was just made has its places only when it is laid out.
            QTimer.singleShot(0, found[0], partial(bring_into_view, *found))


def selected_words(widget: QWidget | None) -> str:
    """The words selected in a box, "" where they are of several lines."""
    if isinstance(widget, QLineEdit):
        return widget.selectedText()
    if isinstance(widget, QPlainTextEdit):
        words = widget.textCursor().selectedText()
        return words if "\u2029" not in words else ""
    return ""


def select(editor: Editor, hit: Hit) -> tuple[QWidget, QRect] | None:
    """Selects the hit in the field, or its cell in the table, of the step shown; the widget, and the place in it to be seen."""
    from models.finding import text_at
    from ui.binding import utf16_units
    from ui.fields import LineField, TextField
    from ui.steps.projects import ProjectsStep

    step = editor.current
    if step is None:
        return None
    text = text_at(editor.session.document, hit.path)
    start, length = utf16_units(text[: hit.start]), utf16_units(text[hit.start : hit.end])
    for field in step.fields:
        if field.path == hit.path and isinstance(field, LineField):
            field.setSelection(start, length)
            return field, field.rect()
        if field.path == hit.path and isinstance(field, TextField):
            return field, _select_text(field, start, start + length)
    if isinstance(step, ProjectsStep) and ".indicators[" in hit.path:
        table = step.form.table
        if hit.path.endswith(".value"):
            _choose_part(table, text[hit.start : hit.end])
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
    from ui.tables.indicator_edits import PARTS
    from ui.tables.indicator_view import IndicatorView

    if isinstance(table, IndicatorView) and table.currentIndex().isValid():
        cells = [table.currentIndex().siblingAtColumn(column) for column in sorted(PARTS)]
        found = [cell for cell in cells if words in str(cell.data())]
        if found:
            table.go_to(found[0])
