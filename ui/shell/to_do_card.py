"""The card above the drafts: what is to be done in these months, and the one button that begins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from models.reports.due import Writing, due, due_words, writing
from ui.widgets.icons import give_icon
from ui.widgets.parts import fill, push_button, rename, sentence, stacked
from ui.widgets.style import characters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from models.store import DraftSummary


class ToDoCard(QFrame):
    """Hidden while nothing is to be done."""

    continued = Signal(int)
    """That draft shall be opened."""
    action_wanted = Signal(str, int)
    """What the menu entry with that id does, with that draft chosen; 0 = none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._writing: Writing | None = None
        self.words, self.due, self.button = sentence(), sentence(), push_button("", self._begin)
        self.button.setProperty("primary", "true")
        row = QHBoxLayout(self)
        fill(row, (stacked(self.words, self.due), 1), (self.button, 0, Qt.AlignmentFlag.AlignVCenter))
        row.setSpacing(characters(self, 0.75))
        self.hide()

    @property
    def has_button(self) -> bool:
        """Whether the next step begins here."""
        return self._writing is not None and not self.isHidden()

    def show_drafts(self, drafts: Sequence[DraftSummary], today: date) -> None:
        """What these drafts, those saved last first, still need."""
        self._writing = writing(drafts, today)
        reports = due_words(due(drafts, today))
        self.due.setText(f"该做：{reports}" if reports else "")
        self.due.setVisible(bool(reports))
        self.words.setVisible(self._writing is not None)
        self.button.setVisible(self._writing is not None)
        if self._writing is not None:
            self.words.setText(f"该做：{self._writing.words}")
            text, icon = _button(self._writing)
            rename(self.button, text)
            self.button.setAccessibleDescription(self._writing.words)
            give_icon(self.button, icon)
        self.setVisible(self._writing is not None or bool(reports))

    def _begin(self) -> None:
        wanted = self._writing
        if wanted is None:
            return
        if wanted.begun is not None:
            self.continued.emit(wanted.begun)
        elif wanted.last is not None:
            self.action_wanted.emit("years.from_last_year", wanted.last)
        else:
            self.action_wanted.emit("drafts.new", 0)


def _button(wanted: Writing) -> tuple[str, str]:
    """Its words and its icon."""
    if wanted.begun is not None:
        return "继续填写", "open"
    if wanted.last is not None:
        return f"生成 {wanted.year}年文本", "next-year"
    return f"新建 {wanted.year}年文本", "new"
