"""Keeps the keys struck for a list of places from changing the text of the place one was led to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

from ui.widgets.messages import say

_KEY = Qt.Key
_CHOOSING = frozenset({_KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Space})
"""They press buttons and open lines of lists; in a text they would replace the words that are selected there."""
_MODIFIERS = frozenset(
    {_KEY.Key_Shift, _KEY.Key_Control, _KEY.Key_Alt, _KEY.Key_AltGr, _KEY.Key_Meta, _KEY.Key_CapsLock}
)
_WITH_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class ArrivalGuard(QObject):
    """Until another key or a click comes, the field one was led to takes neither Enter nor the space bar: whoever strikes them
    twice, or holds them down, still means the list. All other keys do what they always do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched: list[QWidget] = []

    def watch(self, field: QWidget | None) -> None:
        """That field is the one somebody was led to."""
        self.end()
        if field is None:
            return
        # A text or a table gets the clicks on its viewport.
        self._watched = [field, field.viewport()] if isinstance(field, QAbstractScrollArea) else [field]
        for widget in self._watched:
            widget.installEventFilter(self)

    def end(self) -> None:
        """The field takes every key again."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._takes_key(event)
        if isinstance(event, QInputMethodEvent):
            return self._takes_words(event)
        if event.type() == QEvent.Type.MouseButtonPress or (isinstance(event, QFocusEvent) and _leaves(event)):
            self.end()
        return False

    def _takes_key(self, event: QKeyEvent) -> bool:
        if event.key() in _CHOOSING and not event.modifiers() & _WITH_COMMAND:
            self._explain()
            return True
        if event.key() not in _MODIFIERS:
            self.end()
        return False

    def _takes_words(self, event: QInputMethodEvent) -> bool:
        """An input method may hand on the space bar as a word of its own."""
        if event.preeditString():
            self.end()
            return False
        words = event.commitString()
        if words and not words.strip():
            self._explain()
            return True
        if words:
            self.end()
        return False

    def _explain(self) -> None:
        say(self._watched[0], "文字没有改动：刚转到这里，回车和空格先不起作用。按一下方向键或单击，就可以接着写。")


def _leaves(event: QFocusEvent) -> bool:
    """Whether the keyboard goes elsewhere in the program: one who comes back from another program is where he was."""
    return not event.gotFocus() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason
