"""The steps of the guided walk, one module each; every step is a page of the editor made of bound fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.checks.problem_lines import count_left
from models.session.session import Change, Session
from ui.editor.fields import BoundField, LineField, TextField

if TYPE_CHECKING:
    from models.checks.registry import Problem
    from models.document.tree import Remark

FieldT = TypeVar("FieldT", bound=BoundField)


class Step(QWidget):
    """One page of the editor.

    The window calls `refresh` after every change, `commit_pending` before it saves, exports, closes or leaves the
    page, and `focus_path` to lead to a field. Steps with fields that are not made once and for all extend these.
    """

    title = ""
    field_focused = Signal(str)
    """The path of the field that got the focus."""
    mark_pressed = Signal(str)
    """The user wants to know what the mark at the field with that path stands for."""
    action_wanted = Signal(str)
    """The user wants what the menu entry with that id does."""
    part_shown = Signal(str)
    """The path of the item or project that is shown from now on."""
    part_entered = Signal(str)
    """The path of the item or project at whose line in the list the keyboard is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.fields: list[BoundField] = []
        self.problems: Mapping[str, Sequence[Problem]] = {}
        """What is wrong with each field, by its path."""
        self._underlines = False
        """Whether the words that are wrong are underlined in texts."""
        self._carried: tuple[str, ...] = ()
        """The fields that are 沿用上年, by their paths."""
        self._remarks: tuple[Remark, ...] = ()
        self._remarked: Mapping[str, Sequence[Remark]] = {}

    def bind(self, field: FieldT) -> FieldT:
        """Takes a field into the step's care: it is refreshed, found by its path, and reports its focus."""
        self.fields.append(field)
        field.focused.connect(self.field_focused)
        field.when_rebound = partial(self._mark, field)
        return field

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        """Marks the fields that have problems, and no others."""
        self.problems = problems
        for field in self.fields:
            self._mark(field)

    def underline_words(self, wanted: bool) -> None:
        """Underlines the words of all problems in the texts, or takes the lines away."""
        if wanted != self._underlines:
            self._underlines = wanted
            for field in self.fields:
                self._mark(field)

    def _mark(self, field: BoundField) -> None:
        found, carried_over = self.problems.get(field.path, ()), field.path in self._carried
        remarks = self._remarked.get(field.path, ())
        if found or carried_over or remarks or field.accessibleDescription():
            from ui.editor.marks import show_mark

            if isinstance(field, TextField):
                from ui.editor.problems.problem_words import underline

                underline(field, found if self._underlines else ())
            show_mark(field, found, carried_over, remarks, lambda: self.mark_pressed.emit(field.path))

    def refresh(self, change: Change | None) -> None:
        """Shows the session's state; `None`: everything. The field being typed in is left alone."""
        for field in self.fields:
            if change is None or (field is not change.origin and _may_show(field.path, change.path)):
                field.refresh()
        self.follow_marks()

    def follow_marks(self) -> None:
        """Shows what is 沿用上年 and what was remarked, where that is something else than before."""
        carried_over, remarks = self.session.draft.provenance.carried_over, self.session.draft.remarks
        if carried_over != self._carried or remarks is not self._remarks:
            from models.session.review_comments import open_by_path

            self._carried, self._remarks, self._remarked = carried_over, remarks, open_by_path(remarks)
            for field in self.fields:
                self._mark(field)

    def focus_path(self, path: str) -> bool:
        """Puts the cursor into that field; False where it is not this step's."""
        found = [field for field in self.fields if field.path == path]
        # A box may stand for the same field as the text beside it: the cursor goes where one can type.
        found.sort(key=lambda field: not isinstance(field, LineField | TextField))
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(found)

    def focus_first(self) -> bool:
        """Puts the cursor where work on this page usually begins; False: in whatever field comes first."""
        return False

    def commit_pending(self) -> None:
        """Takes over what is still being typed."""
        QGuiApplication.inputMethod().commit()
        for field in self.fields:
            field.take_over()


def is_typing(change: Change | None) -> bool:
    """Whether that is a key struck in a field that has the keyboard."""
    return change is not None and change.path is not None and bool(getattr(change.origin, "is_typed_into", False))


def _may_show(path: str, changed: str | None) -> bool:
    """Whether a field may show something else after that change. What is typed into a project changes no other field of it."""
    if changed is None or not changed.startswith("projects["):
        return True
    return path.startswith(changed) or changed.startswith(path)


def counts_below(section: str, problems: Mapping[str, Sequence[Problem]]) -> Mapping[str, int]:
    """How many problems a reviewer would return or ask about each part of a section has, by its id."""
    counts: Counter[str] = Counter()
    for path, found in problems.items():
        if path.startswith(f"{section}["):
            counts[path[len(section) + 1 :].partition("]")[0]] += count_left(found)
    return counts
