"""What pages and dialogs are put together from: sentences, buttons, texts to read, rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6 import QtCore, QtWidgets  # not Qt by its name: see ui/widgets/theme.py
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.style import characters, labelled, roomy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | tuple[QWidget, int, QtCore.Qt.AlignmentFlag] | int
    """Of a row or column: a widget or another layout, alone or with its share of the room that is left and its place in it; a
    number is an empty part with that share."""

_Layout = TypeVar("_Layout", bound=QBoxLayout)


def sentence(text: str = "") -> QLabel:
    """Words shown as they are; they wrap."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    return label


def push_button(text: str, pressed: Callable[[], object], tip: str = "") -> QPushButton:
    """Read aloud as it is written. Enter elsewhere in a dialog does not press it."""
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.setToolTip(tip)
    button.clicked.connect(lambda _checked=False: pressed())
    return button


def rename(button: QAbstractButton, text: str) -> None:
    """Other words on a button, and read aloud."""
    button.setText(text)
    button.setAccessibleName(text)


def text_to_read(text: str = "") -> QtWidgets.QPlainTextEdit:
    """A text of several lines that cannot be changed; Tab leaves it."""
    shown = QtWidgets.QPlainTextEdit(text)
    shown.setReadOnly(True)
    shown.setTabChangesFocus(True)
    return shown


def let_copy(shown: QtWidgets.QPlainTextEdit | QtWidgets.QTextEdit) -> None:
    """Its words can be selected by keyboard, too."""
    flags = QtCore.Qt.TextInteractionFlag
    shown.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)


def narrow_choice(least: int) -> QtWidgets.QComboBox:
    """A choice that need not be as wide as its longest words, only so many characters."""
    choice = QtWidgets.QComboBox()
    choice.setSizeAdjustPolicy(QtWidgets.QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(least)
    return choice


def side_by_side(*parts: Part) -> QHBoxLayout:
    """Side by side."""
    return fill(QHBoxLayout(), *parts)


def stacked(*parts: Part) -> QVBoxLayout:
    """One below the other."""
    return fill(QVBoxLayout(), *parts)


def row_of(owner: QWidget, *parts: Part) -> QHBoxLayout:
    """The layout of its owner, to whose edges it reaches."""
    return fill(_to_edges(QHBoxLayout(owner)), *parts)


def column_of(owner: QWidget, *parts: Part, gap: float | None = None) -> QVBoxLayout:
    """The layout of its owner, to whose edges it reaches. `gap`: between the parts, in characters."""
    layout = _to_edges(QVBoxLayout(owner))
    if gap is not None:
        layout.setSpacing(characters(owner, gap))
    return fill(layout, *parts)


def roomy_column(owner: QWidget, *parts: Part) -> QVBoxLayout:
    """The layout of its owner, with the program's usual margins and gaps."""
    layout = QVBoxLayout(owner)
    roomy(layout, owner)
    return fill(layout, *parts)


def fill(layout: _Layout, *parts: Part) -> _Layout:
    """Puts the parts at the end."""
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        what, share, *place = part if isinstance(part, tuple) else (part, 0)
        if isinstance(what, QWidget):
            layout.addWidget(what, share, *place)
        else:
            layout.addLayout(what, share)
    return layout


def _to_edges(layout: _Layout) -> _Layout:
    layout.setContentsMargins(0, 0, 0, 0)
    return layout


def halves_of(*sides: tuple[str, QWidget, int]) -> QtWidgets.QSplitter:
    """Side by side, each below its name, with its share of the width; the line between them can be moved."""
    halves = QtWidgets.QSplitter()
    halves.setChildrenCollapsible(False)
    for place, (name, view, share) in enumerate(sides):
        side = QWidget()
        column_of(side, labelled(name, view), view)
        halves.addWidget(side)
        halves.setStretchFactor(place, share)
    halves.setSizes([share * 100 for _name, _view, share in sides])  # what is too much is taken off in proportion
    return halves


def scrolling(inside: QWidget) -> QtWidgets.QScrollArea:
    """Shows a widget that scrolls when the window is low, and is never wider than it."""
    area = QtWidgets.QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def grid_of(*rows: Sequence[QWidget]) -> QtWidgets.QGridLayout:
    """Rows of widgets below one another."""
    grid = QtWidgets.QGridLayout()
    for place, widgets in enumerate(rows):
        for column, widget in enumerate(widgets):
            grid.addWidget(widget, place, column)
    return grid


def offer(choice: QtWidgets.QComboBox, lines: Sequence[tuple[str, object]], chosen: object) -> None:
    """These lines, words and what they stand for, with that one chosen, or the first; nobody hears of it."""
    known = [(choice.itemText(at), choice.itemData(at)) for at in range(choice.count())]
    with QtCore.QSignalBlocker(choice):
        if known != list(lines):
            choice.clear()
            for text, data in lines:
                choice.addItem(text, data)
        choice.setCurrentIndex(max(choice.findData(chosen), 0) if lines else -1)


class Banner(QFrame):
    """A sentence with its buttons in a frame, hidden until there is something to say."""

    def __init__(self, words: QLabel, *buttons: QPushButton) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.text, self.buttons = words, buttons
        fill(QHBoxLayout(self), (words, 1), *buttons)
        self.hide()
