"""Words that an input method composes in a field: what is seen is kept, and given up they leave what was there before.

Qt takes the selected text out at a composition's first key and never puts it back, draws an empty text's hint through what is
composed, and lets it go when the field is clicked or left, where the input method leaves that to the program.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid


class Composition(QObject):
    """What is being composed in one field: a line, a text, or a list that takes what is confirmed for a choice of it."""

    latest: Composition | None = None
    """There is never more than one going on."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._receiver: QWidget = field
        self.displaced: _Selected | None = None
        """What was selected when the composition began: it comes back when that is given up."""
        self._hint = ""
        self._is_finishing = self._is_passing = False
        self.preedit = ""
        """What is seen in the field and is not its text yet; stays until the field has taken what `finish` makes of it."""
        field.installEventFilter(self)
        if isinstance(field, QLineEdit) and isinstance(box := field.parentWidget(), QComboBox):
            self._receiver = box  # which calls its line without an event that could be watched
            self._receiver.installEventFilter(self)

    def finish(self) -> None:
        """What is being composed becomes text."""
        if not self.preedit:
            return
        self._is_finishing = True
        try:
            QGuiApplication.inputMethod().commit()
            if self.preedit:  # no input method answered
                self._compose(QInputMethodEvent())
        finally:
            self._is_finishing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._receiver and isinstance(event, QInputMethodEvent):
            return not self._is_passing and self._compose(event)
        if self.preedit and _ends(event):
            self.finish()
        return False

    def _compose(self, event: QInputMethodEvent) -> bool:
        """Before the field gets the event; whether it has had it."""
        if self._is_finishing:
            self._end(event.commitString() or self.preedit, event)
            self.preedit = ""
            return True
        before, self.preedit = self.preedit, event.preeditString()
        if self.preedit and not before:
            self.displaced = _selected(self._field)
            Composition.latest = self
            if isinstance(self._field, QPlainTextEdit):  # whose clicks come there; at once again it changes nothing
                self._field.viewport().installEventFilter(self)
        self._show_hint(not self.preedit)
        displaced = self.displaced
        if event.commitString():
            self.displaced = None
        elif before and not self.preedit and displaced:
            self._end(displaced.text, event)
            displaced.select_again(self._field)
            return True
        return False

    def _end(self, text: str, event: QInputMethodEvent) -> None:
        """Ends what is composed with that text in its place. Nobody who saves the field ever reads it without."""
        self.displaced = None
        self._show_hint(True)
        if isinstance(self._field, QLineEdit):
            event.setCommitString("")  # or Qt would offer completions to one who is gone
            self._field.insert(text)
        else:
            event.setCommitString(text)
        self._is_passing = True
        try:
            QApplication.sendEvent(self._receiver, event)
        finally:
            self._is_passing = False

    def _show_hint(self, shown: bool) -> None:
        """An empty line hides its hint by itself, a text does not."""
        if isinstance(self._field, QPlainTextEdit) and shown == bool(self._hint):
            now, self._hint = self._hint, self._field.placeholderText()
            self._field.setPlaceholderText(now)


@dataclass(frozen=True, slots=True)
class _Selected:
    """The text that is selected in a field, and from where to where."""

    text: str
    anchor: int
    end: int

    def select_again(self, field: QWidget) -> None:
        if isinstance(field, QLineEdit):
            field.setSelection(self.anchor, self.end - self.anchor)
        elif isinstance(field, QPlainTextEdit):
            cursor = field.textCursor()
            cursor.setPosition(self.anchor)
            cursor.setPosition(self.end, cursor.MoveMode.KeepAnchor)
            field.setTextCursor(cursor)


def _selected(field: QWidget) -> _Selected | None:
    if isinstance(field, QLineEdit) and field.hasSelectedText():
        return _Selected(field.selectedText(), field.selectionStart(), field.selectionEnd())
    if isinstance(field, QPlainTextEdit) and field.textCursor().hasSelection():
        cursor = field.textCursor()
        return _Selected(cursor.selectedText(), cursor.anchor(), cursor.position())
    return None


def _ends(event: QEvent) -> bool:
    """Whether a click or a move of the keyboard ends a composition; the lists that a field opens leave it the keyboard."""
    if isinstance(event, QFocusEvent):
        return not event.gotFocus() and event.reason() != Qt.FocusReason.PopupFocusReason
    return event.type() == QEvent.Type.MouseButtonPress


def finish_before(event: QEvent) -> None:
    """A click or another window moves the keyboard, and that lets go what is composed: before the window hears of it, the
    composition ends. Lists beside the field that never have the keyboard leave it alone."""
    going_on = Composition.latest
    offered = isinstance(event, QMouseEvent) and _is_offered(QApplication.widgetAt(event.globalPosition().toPoint()))
    if going_on is not None and isValid(going_on) and not offered:
        going_on.finish()


def _is_offered(clicked: QWidget | None) -> bool:
    while clicked is not None and not isinstance(clicked, QAbstractItemView):
        clicked = clicked.parentWidget()
    return clicked is not None and clicked.focusPolicy() == Qt.FocusPolicy.NoFocus


def watch(field: QWidget) -> None:
    """Sees to what is composed in that field from now on."""
    if _of(field) is None:
        Composition(field)


def finish_composition(field: QWidget) -> None:
    """What is being composed in that field becomes text."""
    if found := _of(field):
        found.finish()


def preedit_in(field: QWidget) -> str:
    """What is seen in that field and is not its text yet."""
    found = _of(field)
    return found.preedit if found else ""


def is_displaced_in(field: QWidget) -> bool:
    """Whether a selected text of that field stands aside for what is composed over it, and may come back yet."""
    found = _of(field)
    return found is not None and found.displaced is not None


def _of(field: QWidget) -> Composition | None:
    found = field.findChild(Composition, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Composition) else None
