"""Widgets bound to one field of the open draft: what is typed goes to the session, what changes there comes back."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, Qt
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
    QTextCursor,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from models.comparing.diff import changed_middle
from models.session.session import Session
from ui.editor.field_binding import Bound, TypedInto
from ui.widgets.messages import say
from ui.widgets.text_units import plain_text, utf16_units

__all__ = ["BoundField", "CheckField", "ChoiceField", "LineField", "TextField", "say"]


class LineField(TypedInto, QLineEdit):
    """A field of one line."""

    def __init__(self, session: Session, path: str = "", parent: QWidget | None = None) -> None:
        QLineEdit.__init__(self, parent)
        self.session, self.path = session, path
        self.textChanged.connect(self._hand_over)
        self.refresh()

    def _text(self) -> str:
        return self.text()

    def _put(self, text: str) -> None:
        start, _end, _old_end = changed_middle(self.text(), text)
        position = self.cursorPosition()
        at_end = position == len(self.text())
        self.setText(text)
        if self.hasFocus():
            self.setCursorPosition(len(text) if at_end else min(max(position, start), len(text)))
        else:
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """A step of its own: who undoes what was typed after it keeps what was pasted."""
        if not self.isReadOnly():
            self.take_over()
            self.session.leave_field()
            super().paste()
            self.session.leave_field()

    def _has_selection(self) -> bool:
        return self.hasSelectedText()


_STILL_HERE = frozenset(
    {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
)
"""Why the keyboard leaves a field for a menu or another window, and comes back to it."""


class TextField(TypedInto, QPlainTextEdit):
    """A field of several paragraphs, one a line. Grows with its text from `lines[0]` to `lines[1]` lines, then scrolls.

    `lines=None`: takes the room the layout gives. Tab leaves the field.
    """

    def __init__(
        self,
        session: Session,
        path: str = "",
        parent: QWidget | None = None,
        *,
        lines: tuple[int, int] | None = (3, 10),
    ) -> None:
        QPlainTextEdit.__init__(self, parent)
        self.session, self.path = session, path
        self._lines = lines
        self._chosen_before: tuple[str, QTextCursor, str] | None = None
        """Path, cursor and words of what was chosen when the keyboard left."""
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._hand_over)
        if lines:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.refresh()
        self._fit()

    def _fit(self) -> None:
        if not self._lines:
            return
        least, most = self._lines
        wanted = max(least, min(most, int(self.document().documentLayout().documentSize().height())))
        # What the style draws around the text is known once it is laid out: see showEvent.
        margins = 2 * int(self.document().documentMargin()) + 2  # Qt scrolls already where a line ends at the very edge
        # Not by the height of what is inside, which follows a moment later.
        around = 2 * self.frameWidth() + margins
        height = wanted * self._line_height() + around
        if height > 0 and height != self.minimumHeight():
            self.setFixedHeight(height)

    def _line_height(self) -> int:
        """Of a line of Chinese: the font it really comes from may be taller than the one that was asked for."""
        layout = QTextLayout("字g0", self.font())
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(self.maximumWidth())  # before that a line has no font but the one asked for
        height = line.height()
        layout.endLayout()
        return max(self.fontMetrics().lineSpacing(), math.ceil(height))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_lines"):
            self._fit()

    def _text(self) -> str:
        return plain_text(self)

    def _put(self, text: str) -> None:
        """Replaces only what differs, so that cursor and scroll position stay where the user left them."""
        old = self._text()
        start, old_end, new_end = changed_middle(old, text)
        cursor = QTextCursor(self.document())
        # Qt counts UTF-16 units, Python characters.
        cursor.setPosition(utf16_units(old[:start]))
        cursor.setPosition(utf16_units(old[:old_end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start:new_end])

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dragged to another place of the field is taken out and put in as one step: undone, it is not gone."""
        self.take_over()
        self.session.leave_field()
        self._loading = True
        try:
            super().dropEvent(event)
        finally:
            self._loading = False
        self._hand_over()
        self.session.leave_field()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted: a step of its own."""
        self.take_over()
        self.session.leave_field()
        super().insertFromMimeData(source)
        self.session.leave_field()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is chosen is not shown while the keyboard is in another field, as in other programs."""
        super().focusOutEvent(event)
        if event.reason() not in _STILL_HERE and self.textCursor().hasSelection():
            cursor = self.textCursor()
            self._chosen_before = self.path, self.textCursor(), cursor.selectedText()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """It is chosen again, unless the cursor was put elsewhere in the meantime or other words stand there."""
        now = self.textCursor()
        if self._chosen_before is not None and not now.hasSelection():
            path, before, words = self._chosen_before
            if path == self.path and now.position() == before.position() and before.selectedText() == words:
                self.setTextCursor(before)
        self._chosen_before = None
        super().focusInEvent(event)

    def _lock(self, locked: bool) -> None:
        super()._lock(locked)
        if locked:  # Qt would leave it to the mouse alone
            by = Qt.TextInteractionFlag
            self.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)

    def _has_selection(self) -> bool:
        return self.textCursor().hasSelection()


class ChoiceField(Bound, QComboBox):
    """A field with a short list of values, (value, what is shown). A value the list does not know is kept and shown."""

    def __init__(
        self, session: Session, path: str, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        QComboBox.__init__(self, parent)
        self.session, self.path = session, path
        self._choices = tuple(choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentIndexChanged.connect(self._chosen)
        self.refresh()

    def refresh(self) -> None:
        there, value = self._leads_somewhere(), self._read()
        self.setEnabled(there and not self.is_locked)
        shown = list(self._choices)
        if there and value not in [choice for choice, _text in shown]:
            shown.append((value, "" if value is None else str(value)))
        with QSignalBlocker(self):
            if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] != shown:
                self.clear()
                for choice, text in shown:
                    self.addItem(text, choice)
            self.setCurrentIndex(next((row for row, choice in enumerate(shown) if choice[0] == value), -1))

    def _chosen(self, row: int) -> None:
        if row >= 0 and self._leads_somewhere():
            self.session.edit(self.path, self.itemData(row), origin=self)
            self.session.leave_field()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the page over a combo box must not change it.
        event.ignore()


class CheckField(Bound, QCheckBox):
    """A field that is yes or no; its text is its label and accessible name."""

    def __init__(self, session: Session, path: str, text: str, parent: QWidget | None = None) -> None:
        QCheckBox.__init__(self, text, parent)
        self.setAccessibleName(text)
        self.session, self.path = session, path
        self.toggled.connect(self._toggled)
        self.refresh()

    def to_checked(self, value: object) -> bool:
        """Whether the box is ticked for a value."""
        return bool(value)

    def from_checked(self, checked: bool) -> object:
        """The value a tick stands for."""
        return checked

    def refresh(self) -> None:
        there = self._leads_somewhere()
        self.setEnabled(there and not self.is_locked)
        with QSignalBlocker(self):
            self.setChecked(there and self.to_checked(self._read()))

    def _toggled(self, checked: bool) -> None:
        if self._leads_somewhere():
            self.session.edit(self.path, self.from_checked(checked), origin=self)
            self.session.leave_field()


BoundField = LineField | TextField | ChoiceField | CheckField
