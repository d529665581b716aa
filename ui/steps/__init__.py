"""The steps of the guided walk, one module each; every step is a page of the editor made of bound fields."""

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.session import Change, Session
from ui.fields import BoundField

FieldT = TypeVar("FieldT", bound=BoundField)


class Step(QWidget):
    """One page of the editor.

    The window calls `refresh` after every change, `commit_pending` before it saves, exports, closes or leaves the
    page, and `focus_path` to lead to a field. Steps with fields that are not made once and for all extend these.
    """

    title = ""
    field_focused = Signal(str)
    """The path of the field that got the focus."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.fields: list[BoundField] = []

    def bind(self, field: FieldT) -> FieldT:
        """Takes a field into the step's care: it is refreshed, found by its path, and tells of its focus."""
        self.fields.append(field)
        field.focused.connect(self.field_focused)
        return field

    def refresh(self, change: Change | None) -> None:
        """Shows the session's state; `None`: everything anew. The field being typed in is left alone."""
        for field in self.fields:
            if change is None or field is not change.origin:
                field.refresh()

    def focus_path(self, path: str) -> bool:
        """Puts the cursor into that field; False where it is not this step's."""
        for field in self.fields:
            if field.path == path:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def focus_first(self) -> bool:
        """Puts the cursor where work on this page usually begins; False: in whatever field comes first."""
        return False

    def commit_pending(self) -> None:
        """Takes over what is still being typed."""
        QGuiApplication.inputMethod().commit()
        for field in self.fields:
            field.take_over()
