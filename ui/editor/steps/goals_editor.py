"""The numbered goals of a project: one field a goal, the numbers drawn beside them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from models.document import fieldpath
from models.document.numbering import draw
from models.document.tree import Project
from models.session.session import Session
from ui.editor.field_places import value_at
from ui.editor.fields import BoundField, TextField
from ui.editor.steps.pasting import OfferLine, TakesPaste
from ui.editor.steps.text_splitting import Goals, Pasted, split_goals
from ui.editor.table.cell_editors import text_height
from ui.widgets.parts import column_of, push_button, side_by_side
from ui.widgets.scrolling import bring_into_view
from ui.widgets.style import characters, hint

_NEW_LINE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier


class PageField(TextField):
    """A text whose height follows its lines also when the page gets wider or narrower."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            # What the style draws around the text may be known only when all is laid out.
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        if not self._lines:
            return
        # Characters from another font than the field's own make lines higher than its metrics say.
        least, most = self._lines
        lines = max(1, int(self.document().documentLayout().documentSize().height()))
        margin = self.document().documentMargin()  # the first line's height counts the one above it
        # An empty line is as high as it will be with its first word.
        text = max((text_height(self) - margin) / lines, self._line_height()) * max(least, min(most, lines))
        around = 2 * (self.frameWidth() + margin)
        height = ceil(text + around) + 1
        if around > 0 and height != self.minimumHeight():
            self.setFixedHeight(height)


class GoalField(TakesPaste, PageField):
    """One goal. Enter begins the next one, Shift+Enter a line within it; Backspace in an empty one removes it."""

    split = Signal(int)
    """Enter: the text from this character on begins the next goal."""
    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & _NEW_LINE:
                self.insertPlainText("\n")
            else:
                before = QTextCursor(self.document())
                before.setPosition(self.textCursor().selectionStart(), QTextCursor.MoveMode.KeepAnchor)
                self.split.emit(len(before.selectedText()))
        elif event.key() == Qt.Key.Key_Backspace and not self.toPlainText():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class _Row:
    number: QLabel
    field: GoalField
    remove: QPushButton

    def set_visible(self, visible: bool) -> None:
        for widget in (self.number, self.field, self.remove):
            widget.setVisible(visible)


class GoalsEditor(QWidget):
    """`bind` is the step's: it takes each new field into its care."""

    def __init__(
        self, session: Session, bind: Callable[[GoalField], BoundField], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._bind = session, bind
        self._project_path = ""
        self._rows: list[_Row] = []
        self.tab_after: QWidget | None = None
        """The widget before the goals in the order of Tab: their fields are made later than what follows them."""
        self._grid = QGridLayout()
        self._grid.setSpacing(characters(self, 0.3))
        self._grid.setColumnStretch(1, 1)
        self._empty = hint("还没有绩效目标。按「添加目标」写第一条，编号自动生成；回车写下一条。")
        self._add = push_button("添加目标", lambda: self._insert(len(self._goals), ""))
        self._offer = OfferLine(self)
        self._state: object = None
        """What is shown: a key struck elsewhere changes none of it."""
        self._offered_for: tuple[str, ...] | None = None
        """The goals as they were when a split was offered; once they are others, the offer holds no more."""
        self._bar = side_by_side(self._add, 1)
        column_of(self, self._empty, self._grid, self._offer, self._bar, gap=0.3)

    def add_beside(self, *widgets: QWidget) -> None:
        """Puts widgets at the right of the button."""
        for widget in widgets:
            self._bar.addWidget(widget)

    @property
    def _goals(self) -> tuple[str, ...]:
        return value_at(self._session, self._project_path and f"{self._project_path}.goals") or ()

    def set_project(self, path: str) -> None:
        self._project_path = path
        self.refresh()

    def refresh(self) -> None:
        """As many fields as goals, and their numbers."""
        goals = self._goals
        pattern = self._session.text(f"{self._project_path}.goals_numbering") if goals else ""
        state = (self._project_path, goals, pattern, self._session.is_locked)
        if state == self._state:
            return
        self._state = state
        while len(self._rows) < len(goals):
            self._rows.append(self._new_row(len(self._rows)))
        for place, row in enumerate(self._rows):
            shown = place < len(goals)
            row.field.set_path(f"{self._project_path}.goals[{place}]" if shown else "")
            row.number.setText(draw(pattern, place + 1) if pattern else "")
            row.set_visible(shown)
            row.remove.setEnabled(not self._session.is_locked)
        if self._offered_for is not goals:
            self._offer.hide()
        self._empty.setVisible(not goals)
        self._add.setEnabled(bool(self._project_path) and not self._session.is_locked)

    def focus(self, place: int, at_end: bool = False) -> None:
        """Puts the cursor into that goal, or on the button where there is none."""
        if not 0 <= place < len(self._goals):
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        field = self._rows[place].field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.moveCursor(QTextCursor.MoveOperation.End if at_end else QTextCursor.MoveOperation.Start)

    def _new_row(self, place: int) -> _Row:
        number, field = QLabel(), GoalField(self._session, lines=(1, 8))
        remove = push_button("删除", lambda: self._remove(place))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        number.setContentsMargins(0, characters(self, 0.3), 0, 0)
        number.setBuddy(field)
        field.setAccessibleName(f"绩效目标 {place + 1}")
        remove.setAccessibleName(f"删除绩效目标 {place + 1}")
        field.split.connect(lambda at: self._split(place, at))
        field.emptied.connect(lambda: self._remove(place))
        field.pasted.connect(lambda pasted: self._pasted(place, pasted))
        self._grid.addWidget(number, place, 0)
        self._bind(field)
        self._grid.addWidget(field, place, 1)
        self._grid.addWidget(remove, place, 2, Qt.AlignmentFlag.AlignTop)
        before = self._rows[-1].remove if self._rows else self.tab_after
        if before is not None:
            QWidget.setTabOrder(before, field)
            QWidget.setTabOrder(field, remove)
        return _Row(number, field, remove)

    def _pasted(self, place: int, pasted: Pasted) -> None:
        """Offers to make a goal of each numbered part of what came; it stands in the field as it is."""
        goals = self._goals
        numbering = self._session.text(f"{self._project_path}.goals_numbering")
        split = split_goals(goals, numbering, place, pasted)
        if split is None or split.goals == goals:
            self._offer.hide()
            return
        self._offered_for = goals
        renumbered = "，编号按本项目的样式接着排" if split.renumbers else ""
        self._offer.offer(
            f"粘贴的文字像是 {split.count} 条绩效目标{renumbered}。",
            f"拆分成 {split.count} 条",
            lambda: self._take_split(split, place),
            lambda: self.focus(place, at_end=True) if self._offer.had_focus else None,
        )
        # The line has its place when the page is laid out with it.
        QTimer.singleShot(0, self, lambda: bring_into_view(self._offer, self._offer.rect()))

    def _take_split(self, split: Goals, place: int) -> None:
        for row in self._rows:
            row.field.take_over()
        if self._goals is not self._offered_for:
            return
        project = cast("Project", self._session.get(self._project_path))
        after = replace(project, goals=split.goals, goals_numbering=split.numbering)
        document = fieldpath.replace(self._session.document, self._project_path, after)
        self._session.leave_field()
        self._session.change(f"拆分成 {split.count} 条绩效目标", document, self)
        self.refresh()
        self.focus(place + split.count - 1, at_end=True)

    def _split(self, place: int, at: int) -> None:
        self._rows[place].field.take_over()
        # Qt counts UTF-16 units in some places; the text itself says how many characters stand before the cursor.
        text = self._goals[place]
        self._insert(place + 1, text[at:], before=text[:at])

    def _insert(self, place: int, text: str, before: str | None = None) -> None:
        goals = list(self._goals)
        if before is not None:
            goals[place - 1] = before
        goals.insert(place, text)
        self._set(goals, "添加绩效目标")
        self.focus(place)

    def _remove(self, place: int) -> None:
        goals = list(self._goals)
        del goals[place]
        self._set(goals, f"删除绩效目标 {place + 1}")
        self.focus(max(place - 1, 0), at_end=True)

    def _set(self, goals: list[str], label: str) -> None:
        path = f"{self._project_path}.goals"
        self._session.change(label, fieldpath.replace(self._session.document, path, tuple(goals)), self)
        self.refresh()
