"""What the simple steps are laid out with: scrolling pages, grids of labelled fields, fields that may be absent."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.fields import LineField
from ui.style import characters, labelled, roomy, title


class OptionalLineField(LineField):
    """A line that is either there or absent: emptied, it is absent and not printed."""

    def from_text(self, text: str) -> object:
        return text or None


class YearField(LineField):
    """A year, or none."""

    def from_text(self, text: str) -> object:
        digits = "".join(char for char in text if char.isascii() and char.isdigit())
        return int(digits) if digits else None


def page(owner: QWidget, heading: str) -> QVBoxLayout:
    """Fills the owner with a titled column that scrolls when the window is low, and is never wider than it."""
    area = QScrollArea(owner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = QWidget()
    column = QVBoxLayout(inside)
    roomy(column, inside)
    if heading:
        column.addWidget(title(heading))
    area.setWidget(inside)
    outer = QVBoxLayout(owner)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    return column


def form(owner: QWidget) -> QFormLayout:
    """Labels left, fields right, all labels equally wide."""
    grid = QFormLayout()
    grid.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    grid.setHorizontalSpacing(characters(owner, 0.75))
    grid.setVerticalSpacing(characters(owner, 0.5))
    return grid


def add_row(grid: QFormLayout, text: str, field: QWidget) -> QLabel:
    """A labelled field as the form's next row."""
    label = labelled(text, field)
    grid.addRow(label, field)
    return label
