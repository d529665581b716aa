"""查找 and 替换: the panel, its keys, and the way to a hit in the form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from ui.shell.side_panel import is_in_side_panel
from ui.shell.workbench import Controller
from ui.widgets.scrolling import bring_into_view

if TYPE_CHECKING:
    from models.session.finding import Hit
    from models.session.session import Session
    from ui.features.find.find_panel import FindPanel
    from ui.shell.side_panel import Panel

PANEL = "find"


class FindController(Controller):
    """Ctrl+F and Ctrl+H open the panel of the draft that is open; F3 goes on from wherever the keyboard is."""

    _came_from: tuple[QWidget | None, str] = (None, "")
    """The widget that had the focus when the panel was opened by its keys, and the field's path."""
    _selected: QWidget | None = None
    """The field in which the hit shown last is selected."""

    def draft_opened(self, session: Session) -> None:
        self._came_from = (None, "")
        # The menu has the keys: they shall lead into the panel, where the button opens and closes it.
        button = self._workbench.add_panel(PANEL, partial(self._make_panel, session))
        # What is typed next is what is looked for: it must not replace the text of a cell that has the keyboard.
        button.clicked.connect(lambda _checked=False: self.find() if self._workbench.shown_panel == PANEL else None)

    def draft_left(self) -> None:
        self._came_from = (None, "")

    def _make_panel(self, session: Session) -> Panel:
        from ui.features.find.find_panel import FindPanel

        panel = FindPanel(session, self._workbench.commit_pending)
        panel.shown.connect(self.show_hit)
        panel.message.connect(self._workbench.status)
        panel.left.connect(self._return)
        panel.closed.connect(self._close)
        panel.faulted.connect(self._workbench.log_fault)
        return panel

    def _panel(self) -> FindPanel | None:
        from ui.features.find.find_panel import FindPanel

        panel = self._workbench.panel(PANEL)
        return panel if isinstance(panel, FindPanel) else None

    def find(self) -> None:
        """Shows the panel with the cursor in its first box."""
        self._open(replacing=False)

    def replace(self) -> None:
        """The same, for words to be replaced."""
        self._open(replacing=True)

    def _open(self, replacing: bool) -> None:
        """Words selected in one line of a field are what is looked for."""
        focus = QApplication.focusWidget()
        words = selected_words(focus)
        panel = self._panel()
        if panel is None or focus is None or not panel.isAncestorOf(focus):
            self._came_from = focus, self._workbench.path
            self._workbench.commit_pending()
        self._workbench.open_panel(PANEL)
        panel = self._panel()
        if panel is not None:
            panel.begin(words, replacing)

    def find_next(self) -> None:
        """To the next hit; before anything was looked for, asks for words."""
        self._go(1)

    def find_previous(self) -> None:
        """To the hit before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        panel = self._panel()
        if panel is None or not panel.words.text():
            self.find()
            return
        focus = QApplication.focusWidget()
        panel.go(by, follow=focus is None or not panel.isAncestorOf(focus))

    def _return(self) -> None:
        """Esc: the cursor stands again where it was."""
        (widget, path), workbench = self._came_from, self._workbench
        if widget is not None and isValid(widget) and widget.isVisible() and not is_in_side_panel(widget):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            path = path or workbench.path
            workbench.go_to(path, 0 if path else workbench.step)

    def _close(self) -> None:
        self._workbench.close_panel()
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
        focus = QApplication.focusWidget()
        self._workbench.go_to(hit.path)
        if not follow and focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)  # at once: the next key must not replace what is selected
        self._unselect()
        found = self._workbench.select(hit.path, hit.start, hit.end)
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
