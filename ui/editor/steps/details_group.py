"""其他表式的栏目: the columns of a project that other forms have, folded away until somebody needs them."""

from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from models.document.fieldnames import PART_LABELS, is_text
from models.document.tree import Details, Project
from models.session.session import Session
from ui.editor.fields import BoundField, LineField
from ui.editor.steps.goals_editor import PageField
from ui.widgets.flow import FormGrid
from ui.widgets.parts import column_of, push_button, rename
from ui.widgets.style import characters, labelled

_LABELS = PART_LABELS[Project]
_OPEN, _CLOSE = "展开其他表式的栏目", "收起其他表式的栏目"
_NAMES = tuple(field.name for field in fields(Details))


class DetailsGroup(QWidget):
    """A button that opens the fields; they are made when they are first wanted. `bind` is the step's."""

    def __init__(
        self, session: Session, bind: Callable[[BoundField], BoundField], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._bind = session, bind
        self._path = ""
        self._inside: QWidget | None = None
        self._grid: FormGrid | None = None
        self.fields: dict[str, BoundField] = {}
        """By their paths from the project on; none until the group was opened once."""
        tip = "国家和外省的项目表要填、河北绩效文本没有的栏目；不填不影响绩效文本。"
        self.button = push_button("", self._toggle, tip)
        self.button.setProperty("inline", "true")
        self._column = column_of(self, (self.button, 0, Qt.AlignmentFlag.AlignLeft), gap=0.4)
        self._show_button(Details())

    @property
    def is_open(self) -> bool:
        return self._inside is not None and not self._inside.isHidden()

    def set_project(self, path: str) -> None:
        """Shows the project at that path; "": none. The group stays as the user left it."""
        self._path = path
        for name, field in self.fields.items():
            field.set_path(f"{path}.{name}" if path else "")

    def refresh(self, project: Project) -> None:
        """Shows how many of the fields are filled while they are folded away."""
        self._show_button(project.details)

    def focus_field(self, rest: str) -> bool:
        """Opens the group and puts the cursor into the field of that path from the project on."""
        self._open()
        field = self.fields.get(rest if rest != "details" else f"details.{_NAMES[0]}")
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return field is not None

    def _toggle(self) -> None:
        if self.is_open and self._inside is not None:
            self._inside.hide()
        else:
            self._open()
        self._show_state()

    def _open(self) -> None:
        if self._inside is None:
            self._make()
        assert self._inside is not None  # just made
        self._inside.show()
        self._show_state()

    def _make(self) -> None:
        self._inside = QWidget(self)
        self._grid = FormGrid(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for name in _NAMES:
            path = f"details.{name}"
            long = is_text(f"projects[].{path}")
            field: BoundField = PageField(self._session, lines=(1, 6)) if long else LineField(self._session)
            field.setMinimumWidth(characters(self, 5))
            self._grid.add(labelled(_LABELS[path], field), self._bind(field), 3 if long else 1, high=long)
            self.fields[path] = field
        self._inside.setLayout(self._grid)
        self._column.addWidget(self._inside)
        self._grid.arrange(self.width())
        for one, other in pairwise((self.button, *self.fields.values())):
            QWidget.setTabOrder(one, other)
        self.set_project(self._path)

    def _show_button(self, details: Details) -> None:
        self._filled = sum(bool(getattr(details, name).strip()) for name in _NAMES)
        self._show_state()

    def _show_state(self) -> None:
        filled = f"（已填 {self._filled} 项）" if self._filled and not self.is_open else ""
        text = _CLOSE if self.is_open else f"{_OPEN}{filled}"
        if text != self.button.text():
            rename(self.button, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._grid is not None:
            self._grid.arrange(self.width())
