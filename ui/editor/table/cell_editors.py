"""The widgets that open in a cell: a text of several lines, a list to choose from, phrases to complete."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from models.document.values import SIGNS, parse_value
from models.indicators.pinyin import initials, matches
from ui.editor.table.dropped_list import pass_typing_on, widen_list
from ui.widgets.composition import finish_composition, is_displaced_in, preedit_in, watch
from ui.widgets.keys import is_enter
from ui.widgets.messages import say
from ui.widgets.number_selection import take_number
from ui.widgets.text_units import plain_text

_SIGN_CHARACTERS = frozenset(">=<＞＝＜≥≤≧≦⩾⩽")
"""Of these signs are typed; all else, «-5» too, belongs to the number."""

_SAME_KEYS = str.maketrans("《》", "<>")
"""What an input method makes of the keys «<» and «>»."""

_LEAST_FOR_BAR = 3
"""Lines."""

_LINE_KEYS = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier)


def text_height(editor: QPlainTextEdit) -> float:
    """What all lines need, whatever fonts their characters come from."""
    block, height = editor.document().begin(), 0.0
    while block.isValid():
        height += editor.blockBoundingRect(block).height()
        block = block.next()
    return height


if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class CellEditor(_Widget):
    """What delegate and view need of an editor, whatever widget it is. Each has a signal `edited`: the text is not the one that
    was handed over last; never for what is only being composed."""

    edited: SignalInstance
    shown = ""
    """The text at opening."""
    handed_over = ""
    """The text the model got last."""
    is_open = False
    """Whether what changes in it is the clerk's: from when the cell's text stands in it until it is closed."""

    def text(self) -> str:
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        raise NotImplementedError

    def select_all(self) -> None:
        """The next key or composition replaces the text."""

    def go_to_end(self) -> None:
        """The next key adds to the text."""

    def load(self, text: str) -> None:
        """Opening: this text is what stands in the cell."""
        self.show_text(text)
        # What the widget makes of it (a line cannot show line ends) is no change of the clerk's.
        self.shown = self.handed_over = self.text()
        self.is_open = True

    def hand_over(self) -> None:
        """The text may be another one."""
        if self.is_open and not self.is_displaced() and self.text() != self.handed_over:
            self.edited.emit()

    def field(self) -> QWidget:
        """The widget that has the cursor."""
        raise NotImplementedError

    @property
    def preedit(self) -> str:
        """What the input method composes and has not handed over yet."""
        return preedit_in(self.field())

    def is_displaced(self) -> bool:
        """Whether the text only stands aside for a word that is being composed over it; nothing was deleted yet."""
        return is_displaced_in(self.field())

    def finish_composition(self) -> None:
        """What is being composed becomes text, as if the clerk had confirmed it."""
        finish_composition(self.field())


class TextEditor(CellEditor, QPlainTextEdit):
    """Several lines; grows over the rows below while more is typed."""

    grown = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        QPlainTextEdit.__init__(self, parent)
        self._is_measured, self.reserved = False, 0
        """The latter: pixels it is high at least, whatever its text needs."""
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self.textChanged.connect(self.hand_over)

    def field(self) -> QWidget:
        return self

    def text(self) -> str:
        return plain_text(self)

    def show_text(self, text: str) -> None:
        self.setPlainText(text)

    def select_all(self) -> None:
        self.selectAll()

    def go_to_end(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.End)

    def lie_over(self, view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
        """Over the rows below its cell where the text needs it, never beyond the table's edge."""
        if index.isValid():
            cell, room = view.visualRect(index), view.viewport().height()
            height = max(min(max(cell.height(), self.reserved), room), self._height_within(room))
            self.setGeometry(cell.left(), max(0, min(cell.top(), room - height)), cell.width(), height)

    def _height_within(self, room: int) -> int:
        """What its lines need. A bar comes only where the room is less: beside it the lines are shorter, and more of them."""
        self._is_measured = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wanted = self.text_room()
        # A bar of a line or two would look like the buttons of a number.
        if wanted > room >= _LEAST_FOR_BAR * self.fontMetrics().lineSpacing():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.ensureCursorVisible()
        self._is_measured = False
        return min(wanted, room)

    def text_room(self) -> int:
        """What its lines need, with the frame around them."""
        return ceil(text_height(self) + self.height() - self.viewport().height() + 2 * self.document().documentMargin())

    def _grow(self) -> None:
        if not self._is_measured:
            self.grown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Frame and padding, which the text's place is measured by, are not there before the first time it is shown."""
        super().resizeEvent(event)
        self._grow()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        take_number(self, event.position().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and any(event.modifiers() & key for key in _LINE_KEYS):
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)


class ChoiceEditor(CellEditor, QComboBox):
    """A short list to choose from. Keys choose in it, too: words, initials, or a sign («>=» is ≥); with the list open as well."""

    edited = Signal()
    picked = Signal()
    passed_on = Signal(str)
    """Typed behind a sign: it belongs to the number in the next cell."""

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        QComboBox.__init__(self, parent)
        self._typed = self._behind = ""
        watch(self)
        for choice in choices:
            self.addItem(choice or "（无）", choice)
        self.currentIndexChanged.connect(self.hand_over)
        self.activated.connect(lambda _row: self.picked.emit())
        self.view().installEventFilter(self)

    def field(self) -> QWidget:
        return self

    def text(self) -> str:
        return str(self.currentData() or "")

    def show_text(self, text: str) -> None:
        if self.findData(text) < 0:
            self.addItem(text, text)
        self.setCurrentIndex(self.findData(text))

    def showPopup(self) -> None:
        widen_list(self.view())
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.text().strip() and event.text().isprintable() and not held:
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A word chooses as the letters of its keys do. What is composed is seen in the input method's window alone."""
        word = event.commitString().translate(_SAME_KEYS)
        if word and not (self._type_value(word) if self._has_signs() else self._choose(word)):
            say(self, f"「{word}」不在这一列的选项里，没有填入；按 F4 从列表里选。")

    def _has_signs(self) -> bool:
        return self.findData(SIGNS[0]) >= 0

    def _type(self, text: str) -> None:
        if self._has_signs():
            self._type_sign(text)
        else:
            self._choose(text)

    def _type_value(self, text: str) -> bool:
        """A sign, a number or both; False where it is a word."""
        if text[0].isalpha():
            return False
        for char in text:
            self._type_sign(char)
        return True

    def _choose(self, text: str) -> bool:
        """By its words or their initials; False where no choice answers to it."""
        for typed in (self._typed + text, text):
            found = [
                (how, row) for row in range(self.count()) if (how := matches(self.itemText(row), typed)) is not None
            ]
            if found:
                self._typed = typed
                self.setCurrentIndex(min(found)[1])
                return True
        return False

    def _type_sign(self, text: str) -> None:
        if self._behind or text not in _SIGN_CHARACTERS:
            # All keys struck before the next cell is open go there together.
            if not self._behind:
                QTimer.singleShot(0, self, self.pass_on)
            self._behind += text
            return
        for typed in (self._typed + text, text):
            read = parse_value(f"{typed}1")
            row = self.findData(read.meaning) if read.sign else -1
            if row >= 0:
                self._typed = typed
                self.setCurrentIndex(row)
                return

    def pass_on(self) -> bool:
        """Hands on what was typed behind the sign, at once; whether there was anything."""
        if behind := self.take_behind():
            self.passed_on.emit(behind)
        return bool(behind)

    def take_behind(self) -> str:
        """What was typed behind the sign and is nowhere else; the taker sees to it."""
        behind, self._behind = self._behind, ""
        return behind

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The open list swallows the keys of the cell: letters choose in it, Tab takes what is marked and goes on."""
        if watched is self.view() and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                self.setCurrentIndex(self.view().currentIndex().row())
                self.hidePopup()
                QApplication.sendEvent(self, event)
                return True
            if event.text().strip() and event.text().isprintable():
                self.keyPressEvent(event)
                self.view().setCurrentIndex(self.model().index(self.currentIndex(), 0))
                return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


SEARCHED = Qt.ItemDataRole.UserRole + 1
"""By what a phrase of a list is found."""


class PhraseCompleter(QCompleter):
    """Finds a phrase by more than its own characters, and enters the phrase alone."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.EditRole))


def searched_item(phrase: str, more: str = "") -> QStandardItem:
    """A line of a completer's list, found by its words, their initials and `more`."""
    item = QStandardItem(phrase)
    item.setData(" ".join(filter(None, (phrase, more, initials(phrase)))), SEARCHED)
    return item


class PhraseEditor(CellEditor, QComboBox):
    """A line of text with phrases to complete it from, or to pick from the list that F4 or the arrow opens."""

    edited = Signal()
    picked = Signal()

    def __init__(self, phrases: Sequence[str], parent: QWidget | None = None) -> None:
        QComboBox.__init__(self, parent)
        self.setEditable(True)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.fill(phrases)
        self._completer = self.make_completer()
        self.setCompleter(self._completer)
        self._popup: QAbstractItemView = self._completer.popup()
        self._popup.installEventFilter(self)
        self._line = self.lineEdit() or QLineEdit()
        self.editTextChanged.connect(self.hand_over)
        self.activated.connect(lambda _row: self.picked.emit())

    def fill(self, phrases: Sequence[str]) -> None:
        self.addItems(list(phrases))

    def make_completer(self) -> QCompleter:
        """Finds phrases by their words and by their initials."""
        return self.completer_of(searched_item(self.itemText(row)) for row in range(self.count()))

    def completer_of(self, lines: Iterable[QStandardItem]) -> QCompleter:
        """Lists those lines that answer to what is typed."""
        model = QStandardItemModel(self)
        for line in lines:
            model.appendRow(line)
        completer = PhraseCompleter(model, self)
        completer.setCompletionRole(SEARCHED)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: QTimer.singleShot(0, self.picked.emit))
        return completer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The open list takes Enter and Tab past the cell's own keys: they take the line marked in it, and end the editing."""
        popup = self._popup
        if watched is popup and event.type() == QEvent.Type.Show:
            widen_list(popup)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ends = is_enter(event) or event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
            if watched is self._popup and ends:
                if self._popup.currentIndex().isValid():
                    self.setEditText(self._completer.pathFromIndex(self._popup.currentIndex()))
                self._popup.hide()
                QApplication.sendEvent(self, event)
                return True
        return super().eventFilter(watched, event)

    def field(self) -> QWidget:
        return self._line

    def text(self) -> str:
        return self.currentText()

    def show_text(self, text: str) -> None:
        # Known to the list as its present choice, or Qt takes it for a new one as soon as the list opens.
        self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchExactly))
        self.setEditText(text)

    def showPopup(self) -> None:
        widen_list(self.view())
        pass_typing_on(self)
        super().showPopup()

    def select_all(self) -> None:
        self._line.selectAll()

    def go_to_end(self) -> None:
        self._line.end(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
