"""The text of the manual's window: chapters by address, pictures as wide as the text, and what was found marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRegularExpression, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from models.help.help_texts import FOLDER
from models.help.manual_chapters import Chapter
from models.help.manual_search import pattern_of
from ui.widgets.style import characters
from ui.widgets.view_options import mark_of

_LINE = QPalette.ColorRole.PlaceholderText
_MARKDOWN = QTextDocument.ResourceType.MarkdownResource
_SECTIONS = (2, 3)
"""Levels of the headings under which the sections of a chapter stand."""
_MOST_MARKS = 300
"""Places marked in one chapter: more help nobody."""


class ManualReader(QTextBrowser):
    """Shows a chapter for an address `manual:chapter#section`; going back comes with it."""

    def __init__(self, manual: tuple[Chapter, ...]) -> None:
        super().__init__()
        self._manual = manual
        self._starts: dict[str, int] = {}
        """Where each section of the chapter begins, by its id."""
        self.sourceChanged.connect(self._dress)
        self._drawn_for = 0
        """The width the pictures were made for."""
        self._widened = QTimer(self, singleShot=True, interval=150)
        self._widened.timeout.connect(self._redraw)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._drawn_for not in {0, self.viewport().width()}:
            self._widened.start()

    def _redraw(self) -> None:
        """The pictures in the width there is now; what is read stays at the top."""
        if self._drawn_for != self.viewport().width():
            top = self.cursorForPosition(QPoint(0, 0)).position()
            self.reload()
            self._bring_to_top(min(top, self.document().characterCount() - 1))

    def _bring_to_top(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self.cursorRect(cursor).top())

    def loadResource(self, kind: int, address: QUrl | str) -> object:
        address = QUrl(address)
        if kind == QTextDocument.ResourceType.ImageResource:
            return self._picture(address)
        self._drawn_for = 0
        return next((chapter.markdown for chapter in self._manual if chapter.id == address.path()), "")

    def _picture(self, address: QUrl) -> QImage:
        """As wide as the text, at most as large as it is."""
        self._drawn_for = self.viewport().width()
        picture = QImage(str(FOLDER / "pictures" / address.fileName()))
        width = max(self.viewport().width() - characters(self, 3), characters(self, 10))
        if picture.width() > width:
            return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return picture

    def doSetSource(
        self,
        name: QUrl | str,
        /,
        type: QTextDocument.ResourceType = _MARKDOWN,  # noqa: ARG002  # Qt's name
    ) -> None:
        super().doSetSource(name, _MARKDOWN)

    def _dress(self, address: QUrl) -> None:
        """What Markdown cannot say: keys in bold, links in the colour of the text, tables as wide as it, and the room between."""
        sections = (section for chapter in self._manual if chapter.id == address.path() for section in chapter.sections)
        self._starts = {}
        whole, gap = QTextCursor(self.document()), characters(self, 0.5)
        whole.beginEditBlock()  # laid out once
        for block in map(self.document().findBlockByNumber, range(self.document().blockCount())):
            if block.blockFormat().headingLevel() in _SECTIONS and (section := next(sections, None)):
                self._starts[section.id] = block.position()
            cursor = QTextCursor(block)
            cursor.setBlockFormat(_spaced(block, gap))
            # All at once: a piece that gets another look may come to be one with its neighbour.
            for piece in [place.fragment() for place in cast("Iterable[QTextBlock.iterator]", block)]:
                if (look := piece.charFormat()).fontFixedPitch() or look.anchorHref():
                    cursor.setPosition(piece.position())
                    cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(self._inked(look))
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                frame.setFormat(self._ruled(frame.format()))
        whole.endEditBlock()
        if address.hasFragment():
            self._bring_to_top(self._starts.get(address.toString().removeprefix("manual:"), 0))

    def _inked(self, look: QTextCharFormat) -> QTextCharFormat:
        """Markdown has keys in a type of one width."""
        if look.fontFixedPitch():
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.Bold)
        else:
            look.setFontUnderline(True)
            look.setForeground(self.palette().text())
        return look

    def _ruled(self, table: QTextTableFormat) -> QTextTableFormat:
        width = QTextLength.Type.PercentageLength
        table.setWidth(QTextLength(width, 100))
        table.setColumnWidthConstraints([QTextLength(width, 32), QTextLength(width, 68)])
        table.setCellPadding(5)
        table.setBorderCollapse(True)
        table.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        table.setBorderBrush(self.palette().color(_LINE))
        return table

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

    def go_to_first_mark(self, section: str, words: tuple[str, ...]) -> None:
        """What is marked for the first of the words in the section with that id is seen, with the lines before it; its
        heading where nothing is."""
        start = self._starts.get(section, 0)
        end = min((place for place in self._starts.values() if place > start), default=self.document().characterCount())
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


def _spaced(block: QTextBlock, gap: int) -> QTextBlockFormat:
    """More room above a heading, less between the lines of a list."""
    look = block.blockFormat()
    if look.headingLevel() or block.textList():
        look.setTopMargin(1.5 * gap if look.headingLevel() and block.position() else 0)
        look.setBottomMargin(gap if look.headingLevel() else gap / 4)
    return look
