"""Fields that report what was pasted into them, and the line that offers what could be made of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from models.document.cleaning import clean_text
from ui.editor.fields import LineField, TextField
from ui.editor.steps.text_splitting import Pasted
from ui.widgets.parts import push_button, rename, row_of
from ui.widgets.style import characters
from ui.widgets.text_units import plain_text
from ui.widgets.view_options import layout_of

ACCEPT_KEYS = "Ctrl+Return"


class PasteLine(LineField):
    """A line; what is pasted loses its line ends in it, so it is passed on as it came."""

    pasted = Signal(object)

    def paste(self) -> None:
        if self.isReadOnly():
            return
        self.take_over()
        start = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        before, after = _cut(self.text(), start, start + len(self.selectedText().encode("utf-16-le")) // 2)
        super().paste()
        self.pasted.emit(Pasted(before, clean_text(QApplication.clipboard().text())[0], after))


class TakesPaste:
    """For a text field; stands before it among the bases."""

    pasted = Signal(object)

    def insertFromMimeData(self: TextField, source: QMimeData) -> None:  # type: ignore[misc]  # a part of that class
        self.take_over()
        cursor = QTextCursor(self.textCursor())
        before, after = _cut(plain_text(self), cursor.selectionStart(), cursor.selectionEnd())
        super().insertFromMimeData(source)  # type: ignore[misc]
        self.pasted.emit(Pasted(before, clean_text(source.text())[0], after))  # type: ignore[attr-defined]


class PasteText(TakesPaste, TextField):
    """A text of several paragraphs."""


def _cut(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind two places that Qt counted."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[: 2 * start].decode("utf-16-le", "surrogatepass"), units[2 * end :].decode(
        "utf-16-le", "surrogatepass"
    )


class _Sentence(QLabel):
    """Its height is set: a page whose height follows its width would be taller than the window."""

    def hasHeightForWidth(self) -> bool:
        return False


class OfferLine(QFrame):
    """A sentence, a button that does what it offers, and one that leaves all as it is. Hidden until there is an offer.

    Its key works within `owner`: elsewhere, as in the cells of a table, the same key means something else.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._key = QShortcut(QKeySequence(ACCEPT_KEYS), owner, enabled=False)
        self._key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setProperty("role", "banner")
        self.text = _Sentence()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.accept = push_button("", partial(self._answer, True))
        self.refuse = push_button("保持原样", partial(self._answer, False))
        self._key.activated.connect(self.accept.click)
        self.text.setMinimumWidth(characters(self, 6))
        gap = characters(self, 0.4)
        row_of(self, (self.text, 1), self.accept, self.refuse).setContentsMargins(gap, gap // 2, gap, gap // 2)
        self.had_focus = False
        """Whether the keyboard was in the line when it was answered: then it has to go somewhere."""
        self._done: Callable[[], None] | None = None
        self._refused: Callable[[], None] | None = None
        self.hide()

    def offer(self, text: str, button: str, done: Callable[[], None], refused: Callable[[], None]) -> None:
        """Shows an offer; it is answered once."""
        self.text.setText(f"{text}按 Ctrl+回车{button}。")
        rename(self.accept, button)
        self.accept.setToolTip("一步可撤销（Ctrl+回车）")
        self._done, self._refused = done, refused
        self._fit()
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._key.setEnabled(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._key.setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The sentence has the lines it needs beside the buttons."""
        row = layout_of(self)
        taken = row.contentsMargins().left() + row.contentsMargins().right() + 2 * row.spacing()
        taken += self.accept.sizeHint().width() + self.refuse.sizeHint().width() + 2 * self.frameWidth()
        self.text.setMinimumHeight(0)
        needed = self.text.heightForWidth(max(self.width() - taken, characters(self, 6)))
        self.text.setMinimumHeight(max(needed, 0))  # -1 while there are no words

    def _answer(self, accepted: bool) -> None:
        answer = self._done if accepted else self._refused
        self.had_focus = self.accept.hasFocus() or self.refuse.hasFocus()
        self.hide()
        if answer is not None:
            answer()
