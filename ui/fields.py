"""Widgets bound to one field of the open draft: what is typed goes to the session, what changes there comes back."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
    QStatusTipEvent,
    QTextCursor,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from models import fieldpath
from models.session import Session

_UNDO = (QKeySequence("Ctrl+Z"), QKeySequence("Alt+Backspace"))
_REDO = (QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z"))


def labelled(text: str, widget: QWidget) -> QLabel:
    """The visible label of a widget: its buddy, and word for word its accessible name."""
    label = QLabel(text.replace("&", "&&"))
    label.setBuddy(widget)
    widget.setAccessibleName(text)
    return label


def say(widget: QWidget, text: str) -> None:
    """One line in the status bar of the widget's window."""
    QCoreApplication.sendEvent(widget, QStatusTipEvent(text))


def composing(widget: QWidget) -> bool:
    """Whether an input method is in the middle of a word there."""
    return bool(getattr(widget, "is_composing", False))


class _Bound:
    """What all bound widgets share. A path that leads nowhere (a deleted part) leaves the widget empty and disabled."""

    session: Session
    path: str

    def _read(self) -> object | None:
        """The field's value, None where the path leads nowhere."""
        try:
            return self.session.get(self.path) if self.path else None
        except fieldpath.PathError:
            return None

    def _leads_somewhere(self) -> bool:
        try:
            return bool(self.path) and (self.session.get(self.path), True)[1]
        except fieldpath.PathError:
            return False

    def set_path(self, path: str) -> None:
        """Binds the widget to another field; what is still being typed goes to the present one first."""
        if path != self.path:
            self.take_over()
            self.path = path
        self.refresh()

    def take_over(self) -> None:
        """Ends a composition and hands what stands in the widget to the session."""

    def refresh(self) -> None:
        raise NotImplementedError


class _TypedInto(_Bound):
    """A bound widget one types text into."""

    _loading = False
    is_composing = False
    _shown = ""

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
        text = self.to_text(self._read()) if there else ""
        if text != self._text():
            self._loading = True
            try:
                self._put(text)
            finally:
                self._loading = False
        self._shown = text

    def take_over(self) -> None:
        if self.is_composing:
            QGuiApplication.inputMethod().commit()
            self.is_composing = False
        self._hand_over()

    def _hand_over(self) -> None:
        text = self._text()
        if self._loading or self.is_composing or text == self._shown or not self._leads_somewhere():
            return
        self._shown = text
        value = self.from_text(text)
        self.session.edit(self.path, value, origin=self)
        if isinstance(value, str) and self.session.removed_characters:
            say(self, f"已去掉 {self.session.removed_characters} 个文件里存不下的字符。")
        self.refresh()

    def _keys(self, event: QKeyEvent) -> bool:
        """Undo and redo are the draft's, also where no menu of the window takes the keys."""
        pressed = QKeySequence(event.keyCombination())
        if event.matches(QKeySequence.StandardKey.Undo) or pressed in _UNDO:
            self.take_over()
            self.session.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) or pressed in _REDO:
            self.session.redo()
        else:
            return False
        return True

    def _leaves_to_window(self, event: QEvent) -> bool:
        """Qt's editors claim the undo keys for a history of their own; the window's menu shall have them."""
        if event.type() != QEvent.Type.ShortcutOverride:
            return False
        pressed = QKeySequence(event.keyCombination())
        standard = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        if pressed not in (*_UNDO, *_REDO) and not any(event.matches(key) for key in standard):
            return False
        event.ignore()
        return True

    def _before_composition(self, event: QInputMethodEvent) -> None:
        # Set before Qt handles the event: the first key of a composition removes the selected text, and the field
        # then reads as empty although nothing was deleted yet.
        self.is_composing = bool(event.preeditString())

    def _after_composition(self, event: QInputMethodEvent) -> None:
        going_on = self.is_composing
        if going_on and event.commitString():
            self.is_composing = False
            self._hand_over_committed()
            self.is_composing = True
        elif not going_on:
            self._hand_over()

    def _hand_over_committed(self) -> None:
        """A word is done and the next one begun: the text without what is still composed is what was typed."""
        text = self._text()
        if text != self._shown and self._leads_somewhere():
            self._shown = text
            self.session.edit(self.path, self.from_text(text), origin=self)

    def _left(self) -> None:
        # Qt has committed or dropped the composition by now.
        self.is_composing = False
        self._hand_over()
        self.session.leave_field()

    def _menu(self, event: QContextMenuEvent, selected: bool) -> None:
        menu = QMenu(self)
        undo = menu.addAction(f"撤销 {self.session.undo_label or ''}".strip(), self.session.undo)
        undo.setEnabled(self.session.undo_label is not None)
        redo = menu.addAction(f"重做 {self.session.redo_label or ''}".strip(), self.session.redo)
        redo.setEnabled(self.session.redo_label is not None)
        menu.addSeparator()
        menu.addAction("剪切", self.cut).setEnabled(selected)
        menu.addAction("复制", self.copy).setEnabled(selected)
        menu.addAction("粘贴", self.paste).setEnabled(bool(QApplication.clipboard().text()))
        menu.addSeparator()
        menu.addAction("全选", self.selectAll).setEnabled(bool(self._text()))
        menu.exec(event.globalPos())
        menu.deleteLater()


class LineField(_TypedInto, QLineEdit):
    """A field of one line."""

    focused = Signal(str)

    def __init__(self, session: Session, path: str = "", parent: QWidget | None = None) -> None:
        QLineEdit.__init__(self, parent)
        self.session, self.path = session, path
        self.textChanged.connect(self._hand_over)
        self.refresh()

    def _text(self) -> str:
        return self.text()

    def _put(self, text: str) -> None:
        start, _end, _old_end = _difference(self.text(), text)
        position = self.cursorPosition()
        at_end = position == len(self.text())
        self.setText(text)
        if self.hasFocus():
            self.setCursorPosition(len(text) if at_end else min(max(position, start), len(text)))
        else:
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        return self._leaves_to_window(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._before_composition(event)
        super().inputMethodEvent(event)
        self._after_composition(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.path)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._left()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(event, self.hasSelectedText())


class TextField(_TypedInto, QPlainTextEdit):
    """A field of several paragraphs, one a line. Grows with its text from `lines[0]` to `lines[1]` lines, then scrolls.

    `lines=None`: takes the room the layout gives. Tab leaves the field.
    """

    focused = Signal(str)

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
        around = self.height() - self.viewport().height() + 2 * int(self.document().documentMargin())
        height = wanted * self._line_height() + around
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _line_height(self) -> int:
        """Of a line of Chinese: the font it really comes from may be taller than the one that was asked for."""
        layout = QTextLayout("字", self.font())
        layout.beginLayout()
        height = layout.createLine().height()
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
        return self.toPlainText()

    def _put(self, text: str) -> None:
        """Replaces only what differs, so that cursor and scroll position stay where the user left them."""
        start, old_end, new_end = _difference(self.toPlainText(), text)
        cursor = QTextCursor(self.document())
        # Qt counts UTF-16 units, Python characters.
        old = self.toPlainText()
        cursor.setPosition(_units(old[:start]))
        cursor.setPosition(_units(old[:old_end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start:new_end])

    def event(self, event: QEvent) -> bool:
        return self._leaves_to_window(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._before_composition(event)
        super().inputMethodEvent(event)
        self._after_composition(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.path)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._left()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(event, self.textCursor().hasSelection())


class ChoiceField(_Bound, QComboBox):
    """A field with a short list of values, (value, what is shown). A value the list does not know is kept and shown."""

    focused = Signal(str)

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
        self.setEnabled(there)
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.path)


class CheckField(_Bound, QCheckBox):
    """A field that is yes or no; its text is its label and accessible name."""

    focused = Signal(str)

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
        self.setEnabled(there)
        with QSignalBlocker(self):
            self.setChecked(there and self.to_checked(self._read()))

    def _toggled(self, checked: bool) -> None:
        if self._leads_somewhere():
            self.session.edit(self.path, self.from_checked(checked), origin=self)
            self.session.leave_field()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.path)


BoundField = LineField | TextField | ChoiceField | CheckField


def _difference(old: str, new: str) -> tuple[int, int, int]:
    """(where they begin to differ, end of that in old, end of that in new), in characters."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < shorter - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start, len(old) - tail, len(new) - tail


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
