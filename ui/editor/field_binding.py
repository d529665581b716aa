"""How a widget is bound to a field: handing over what is typed, taking back what changed, composition, undo keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from models.document import fieldpath
from models.session.session import Session
from ui.editor.field_places import value_at
from ui.widgets.composition import finish_composition
from ui.widgets.messages import say, say_removed
from ui.widgets.number_selection import take_number

_UNDO = (QKeySequence("Ctrl+Z"), QKeySequence("Alt+Backspace"))
_REDO = (QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z"))


class Bound:
    """What all bound widgets share. A path that leads nowhere (a deleted part) leaves the widget empty and disabled."""

    session: Session
    path: str
    focused = Signal(str)
    """The path of the field, which has the keyboard now."""
    when_rebound: Callable[[], None] | None = None
    """Called when the widget shows another field."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)  # type: ignore[misc]  # of the Qt class beside this one
        self.focused.emit(self.path)  # type: ignore[call-overload]  # bound by it

    def _read(self) -> Any:
        """The field's value, None where the path leads nowhere."""
        return value_at(self.session, self.path)

    @property
    def is_locked(self) -> bool:
        """Whether what the field belongs to is a 定稿."""
        return self.session.locks(self.path)

    def _leads_somewhere(self) -> bool:
        try:
            return bool(self.path) and (self.session.get(self.path), True)[1]
        except fieldpath.PathError:
            return False

    def set_path(self, path: str) -> None:
        """Binds the widget to another field; what is still being typed goes to the present one first."""
        is_another = path != self.path
        if is_another:
            self.take_over()
            self.path = path
        self.refresh()
        if is_another and self.when_rebound:
            self.when_rebound()  # what is underlined stands in the text that is shown now

    def take_over(self) -> None:
        """Ends a composition and hands what stands in the widget to the session."""

    def refresh(self) -> None:
        raise NotImplementedError


if TYPE_CHECKING:

    class _TextWidget(QWidget):
        """What QLineEdit and QPlainTextEdit have in common, one of which stands behind TypedInto among the bases."""

        def isReadOnly(self, /) -> bool: ...
        def setReadOnly(self, arg__1: bool, /) -> None: ...
        def cut(self, /) -> None: ...
        def copy(self, /) -> None: ...
        def paste(self, /) -> None: ...
        def selectAll(self, /) -> None: ...

else:
    _TextWidget = object


class TypedInto(Bound, _TextWidget):
    """A bound widget one types text into; stands before the Qt class among the bases, so that it meets the events first."""

    _loading = False
    is_composing = False
    _shown = ""

    @property
    def is_typed_into(self) -> bool:
        """Whether what it hands over is still being typed."""
        return bool(self.hasFocus())

    def _text(self) -> str:
        """What stands in the widget."""
        raise NotImplementedError

    def _put(self, text: str) -> None:
        """Shows the text; the cursor stays where it can."""
        raise NotImplementedError

    def _has_selection(self) -> bool:
        raise NotImplementedError

    def to_text(self, value: object) -> str:
        """How a value is shown."""
        return "" if value is None else str(value)

    def from_text(self, text: str) -> object:
        """The value a text stands for."""
        return text

    def refresh(self) -> None:
        """Shows the field's value. Keeps the cursor; leaves a word being composed alone."""
        if self.is_composing:
            return
        there = self._leads_somewhere()
        self.setEnabled(there)
        if self.isReadOnly() != self.is_locked:
            self._lock(self.is_locked)
        text = self.to_text(self._read()) if there else ""
        if text != self._text():
            self._loading = True
            try:
                self._put(text)
            finally:
                self._loading = False
        self._shown = text

    def take_over(self) -> None:
        finish_composition(self)
        self._hand_over()

    def _hand_over(self) -> None:
        text = self._text()
        if self._loading or self.is_composing or text == self._shown or not self._leads_somewhere():
            return
        self._shown = text
        value = self.from_text(text)
        self.session.edit(self.path, value, origin=self)
        if isinstance(value, str):
            say_removed(self, self.session.removed_characters)
        self.refresh()

    def _lock(self, locked: bool) -> None:
        """What is final can be read and copied, not typed into."""
        self.setReadOnly(locked)
        # A sheet looks at properties only when it is applied.
        self.style().unpolish(self)
        self.style().polish(self)

    # What Qt sends

    def event(self, event: QEvent) -> bool:
        """Qt's editors claim the undo keys for a history of their own; the window's menu shall have them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo_or_redo(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo are the draft's, also where no menu of the window takes the keys."""
        pressed = QKeySequence(event.keyCombination())
        if event.matches(QKeySequence.StandardKey.Undo) or pressed in _UNDO:
            self.take_over()
            if not self.session.undo():
                say(self, "这次打开以后的修改都已撤销。再早的内容在「编辑」菜单的「历史版本」里。")
        elif event.matches(QKeySequence.StandardKey.Redo) or pressed in _REDO:
            if not self.session.redo():
                say(self, "没有可以重做的了。")
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if isinstance(self, QLineEdit | QPlainTextEdit):
            take_number(self, event.position().toPoint())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Set before Qt handles the event: the first key of a composition removes the selected text, and the field
        # then reads as empty although nothing was deleted yet.
        self.is_composing = going_on = bool(event.preeditString())
        super().inputMethodEvent(event)
        if going_on and event.commitString():
            self.is_composing = False
            self._hand_over_committed()
            self.is_composing = True
        elif not going_on:
            self._hand_over()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hand_over()
        self.session.leave_field()

    def _hand_over_committed(self) -> None:
        """A word is done and the next one begun: the text without what is still composed is what was typed."""
        text = self._text()
        if text != self._shown and self._leads_somewhere():
            self._shown = text
            self.session.edit(self.path, self.from_text(text), origin=self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        selected, menu = self._has_selection(), QMenu(self)
        undo = menu.addAction(f"撤销 {self.session.undo_label or ''}".strip(), self.session.undo)
        undo.setEnabled(self.session.undo_label is not None)
        redo = menu.addAction(f"重做 {self.session.redo_label or ''}".strip(), self.session.redo)
        redo.setEnabled(self.session.redo_label is not None)
        menu.addSeparator()
        locked = self.isReadOnly()
        menu.addAction("剪切", self.cut).setEnabled(selected and not locked)
        menu.addAction("复制", self.copy).setEnabled(selected)
        menu.addAction("粘贴", self.paste).setEnabled(bool(QApplication.clipboard().text()) and not locked)
        menu.addSeparator()
        menu.addAction("全选", self.selectAll).setEnabled(bool(self._text()))
        menu.exec(event.globalPos())
        menu.deleteLater()


def _is_undo_or_redo(event: QKeyEvent) -> bool:
    standard = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return QKeySequence(event.keyCombination()) in (*_UNDO, *_REDO) or any(event.matches(key) for key in standard)
