"""What the simple steps are laid out with: scrolling pages, grids of labelled fields, fields that may be absent."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFormLayout, QGroupBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.years.budget_year import year_in
from ui.editor.fields import LineField
from ui.widgets.messages import say
from ui.widgets.parts import column_of, roomy_column, scrolling
from ui.widgets.style import characters, labelled, title

_HINT_WIDTH = 24
"""Characters."""


class OptionalLineField(LineField):
    """A line that is either there or absent: emptied, it is absent and not printed."""

    def from_text(self, text: str) -> object:
        return text or None


class YearField(LineField):
    """A year, or none. Full-width digits and words around a year are understood; what holds no year is put back, and said."""

    left = Signal()

    def from_text(self, text: str) -> object:
        return year_in(text)

    def _hand_over(self) -> None:
        text = self._text()
        strange = bool(text.strip()) and year_in(text) is None
        if strange and not (self._loading or self.is_composing) and text != self._shown:
            say(self, f"没有改预算年度：「{text.strip()[:20]}」里看不出是哪一年，请写四位数字，例如 2027。")
            self.refresh()
            return
        super()._hand_over()

    def _hand_over_committed(self) -> None:
        """In the midst of a composition nothing can be put back: the year is judged when it has ended."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def page(owner: QWidget, heading: str) -> QVBoxLayout:
    """Fills the owner with a titled column that scrolls when the window is low, and is never wider than it."""
    inside = QWidget()
    column = roomy_column(inside)
    if heading:
        column.addWidget(title(heading))
    column_of(owner, scrolling(inside))
    return column


def form(owner: QWidget) -> QFormLayout:
    """Labels left, fields right, all labels equally wide."""
    grid = QFormLayout()
    grid.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    grid.setHorizontalSpacing(characters(owner, 0.75))
    grid.setVerticalSpacing(characters(owner, 0.5))
    return grid


def titled_form(owner: QWidget, text: str) -> tuple[QGroupBox, QFormLayout]:
    """A form in a frame with its title."""
    box, grid = QGroupBox(text), form(owner)
    QVBoxLayout(box).addLayout(grid)
    return box, grid


def add_row(grid: QFormLayout, text: str, field: QWidget) -> QLabel:
    """A labelled field as the form's next row."""
    label = labelled(text, field)
    grid.addRow(label, field)
    return label


class _WideHint(QLabel):
    """A sentence that wraps at the width of a field. Qt's own wish is a narrow column whose height follows from the font's
    average letter, and on Windows was twice what the words then took."""

    def sizeHint(self) -> QSize:
        width = characters(self, _HINT_WIDTH)
        return QSize(width, self.heightForWidth(width))


def add_hint(grid: QFormLayout, text: str) -> None:
    """A sentence below the fields, as wide as they are."""
    label = _WideHint(text)
    label.setWordWrap(True)
    label.setProperty("role", "hint")
    policy = label.sizePolicy()  # which knows that its height follows from its width
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    label.setSizePolicy(policy)
    grid.addRow("", label)
