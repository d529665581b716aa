"""A label of one line that takes the room there is: what has no room is cut, and stands whole in its tool tip."""

from PySide6 import QtCore  # not Qt by its name: see ui/widgets/theme.py
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class OneLine(QLabel):
    """It asks for no width of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = self._shorter = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str, shorter: str = "") -> None:
        """The line from now on, "" for none. `shorter`: what stands there where not all of the words have room."""
        self.words, self._shorter = words, shorter or words
        self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self.setToolTip(words)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.words and event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        metrics, one_line = QFontMetrics(self.font()), self.words.replace("\n", " ")
        words = one_line if metrics.horizontalAdvance(one_line) <= self.width() else self._shorter.replace("\n", " ")
        self.setText(metrics.elidedText(words, QtCore.Qt.TextElideMode.ElideRight, self.width()))
