"""The text of the manual's window: chapters by address, pictures as wide as the text, and what was found marked in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, QRegularExpression, Qt, QTimer, QUrl
from PySide6.QtGui import QFont, QImage, QPalette, QResizeEvent, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from models.help import FOLDER
from models.manual import Chapter, chapters
from models.manual_search import pattern_of
from ui.style import characters
from ui.view_options import mark_of

_LINE = QPalette.ColorRole.PlaceholderText
_MOST_MARKS = 300
"""Places marked in one chapter: more help nobody."""


class ManualReader(QTextBrowser):
    """Shows a chapter for an address `manual:chapter#section`; going back comes with it."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn_for = 0
        """The width the pictures were made for."""
        self._widened = QTimer(self, singleShot=True, interval=150)
        self._widened.timeout.connect(self._draw_anew)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._drawn_for not in {0, self.viewport().width()}:
            self._widened.start()

    def _draw_anew(self) -> None:
        """The pictures in the width there is now; what is read stays at the top."""
        if self._drawn_for != self.viewport().width():
            top = self.cursorForPosition(QPoint(0, 0)).position()
            self.reload()
            cursor = self.textCursor()
            cursor.setPosition(min(top, self.document().characterCount() - 1))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self.cursorRect(cursor).top())

    def loadResource(self, kind: int, address: QUrl | str) -> object:
        address = QUrl(address)
        if kind == QTextDocument.ResourceType.ImageResource:
            return self._picture(address)
        if address.scheme() == "manual":
            self._drawn_for = 0
            found = [chapter for chapter in chapters() if chapter.id == address.path()]
            return self._page(found[0]) if found else ""
        return None

    def _picture(self, address: QUrl) -> QImage:
        """As wide as the text, at most as large as it is."""
        self._drawn_for = self.viewport().width()
        picture = QImage(str(FOLDER / "pictures" / address.fileName()))
        width = max(self.viewport().width() - characters(self, 3), characters(self, 10))
        if picture.width() > width:
            return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return picture

    def _page(self, chapter: Chapter) -> str:
        line, ink = (self.palette().color(role).name() for role in (_LINE, QPalette.ColorRole.Text))
        style = (
            f"<style>table.lines {{ border-collapse: collapse; border-style: solid; border-color: {line}; }}"
            f" a {{ color: {ink}; text-decoration: underline; }}</style>"
        )
        first, *rest = chapter.sections
        written = [f'{style}<h2><a name="{first.id}"></a>{chapter.title}</h2>{first.html}']
        written += [f'<h3><a name="{section.id}"></a>{section.title}</h3>{section.html}' for section in rest]
        return "".join(written)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self.source().isEmpty():
            self.reload()

    def mark(self, words: tuple[str, ...]) -> int:
        """Underlines and sets in bold every place with one of the words; how many there are."""
        look = QTextCharFormat()
        look.setFontUnderline(True)
        look.setFontWeight(QFont.Weight.Bold)
        look.setBackground(self.palette().highlight())
        look.setForeground(self.palette().highlightedText())
        marks: list[QTextEdit.ExtraSelection] = []
        for word in words:
            pattern = QRegularExpression(pattern_of(word), QRegularExpression.PatternOption.CaseInsensitiveOption)
            cursor = self.document().find(pattern)
            while cursor.hasSelection() and len(marks) < _MOST_MARKS:
                mark = QTextEdit.ExtraSelection()
                mark_of(mark).cursor, mark_of(mark).format = cursor, look
                marks.append(mark)
                cursor = self.document().find(pattern, cursor)
        marks.sort(key=lambda mark: mark_of(mark).cursor.selectionStart())
        self.setExtraSelections(marks)
        return len(marks)

    def go_to_mark(self, by: int) -> None:
        """The cursor goes to the next marked place, or the one before; round and round."""
        places = [mark_of(mark).cursor.selectionStart() for mark in self.extraSelections()]
        if not places:
            return
        here = self.textCursor().position()
        after = [place for place in places if place > here] or places[:1]
        before = [place for place in places if place < here] or places[-1:]
        self._show_position(after[0] if by > 0 else before[-1])

    def go_to_first_mark(self, anchor: str, words: tuple[str, ...]) -> None:
        """What is marked for the first of the words in the section with that anchor is seen, with the lines before it; its
        heading where nothing is."""
        chapter, _, number = anchor.partition(".")
        start = self._position_of(anchor)
        end = self._position_of(f"{chapter}.{int(number) + 1}") or self.document().characterCount()
        marks = [
            (mark.cursor.selectionStart(), mark.cursor.selectedText()) for mark in map(mark_of, self.extraSelections())
        ]
        here = [(place, text) for place, text in marks if start <= place < end]
        found = (place for word in words for place, text in here if re.fullmatch(pattern_of(word), text, re.IGNORECASE))
        self._show_position(next(found, start))

    def _show_position(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        seen = self.viewport().rect().contains(self.cursorRect(cursor))
        self.setTextCursor(cursor)
        if not seen:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)

    def _position_of(self, anchor: str) -> int:
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                if anchor in pieces.fragment().charFormat().anchorNames():
                    return block.position()
                pieces += 1
            block = block.next()
        return 0
