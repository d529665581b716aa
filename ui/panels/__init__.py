"""What stands to the right of the form and can be folded away: one panel at a time, each with its button and key."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.session import Change
from ui.flow import Flow
from ui.keys import EnterOpens, give_key
from ui.style import characters

LEAST_WIDTH, USUAL_WIDTH = 15, 26
"""Characters a panel is wide: at least, and until the user says otherwise."""

_LEFT_FOR_PAGE = 40
"""Characters the page beside it keeps, where the window is narrow."""

KEY = "side.panel"
"""Under which name the window keeps the width, in characters, and the open panel."""


class Panel(QWidget):
    """One of the panels. While it is folded away it is hidden, and may save itself all work."""

    def scrolling_column(self) -> QVBoxLayout:
        """The column that fills it, and scrolls where large type leaves no room for all: nothing is cut off."""
        area, inside = QScrollArea(), QWidget()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        column = QVBoxLayout(inside)
        gap = characters(self, 0.4)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        return column

    def refresh(self, change: Change | None) -> None:
        """The draft changed; `None`: anything may have."""

    def show_path(self, path: str) -> None:
        """The field with that path has the focus; "": none has."""


@dataclass(slots=True)
class _Named:
    """A panel and its button; the panel is made when it is first wanted."""

    make: Callable[[], Panel]
    button: QPushButton
    widget: Panel | None = None


class OpenedList(EnterOpens, QListWidget):
    """A list of whose lines Enter opens the current one. The arrows pass over its headings, with which nothing can be done."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        there = super().moveCursor(action, modifiers)
        if not there.isValid():
            return there
        back, on = range(there.row(), -1, -1), range(there.row(), self.count())
        upwards = there.row() < self.currentRow()
        rows = (*back, *on) if upwards else (*on, *back)
        lines = (row for row in rows if self.item(row).flags() & Qt.ItemFlag.ItemIsSelectable)
        line = next(lines, there.row())
        if upwards and line > there.row():
            self.scrollTo(there)  # the heading above the first line is seen
        return self.indexFromItem(self.item(line))


class SidePanel(QStackedWidget):
    """Holds several panels by name. `buttons` is the row of their buttons, which wraps, for the editor to put where it likes."""

    opened = Signal(str)
    """The name of the panel shown from now on, "" for none."""
    left = Signal()
    """The panel was folded away with the focus in it, which is for the editor to put back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = Flow(characters(self, 0.25))
        self._panels: dict[str, _Named] = {}
        self._width: float = USUAL_WIDTH
        """Characters, as the user drew it: another size of type, another screen have other dots."""
        self._remember: Callable[[str, str], None] | None = None
        self.current = self._awaited = ""
        self.setMinimumWidth(characters(self, LEAST_WIDTH))
        self.hide()

    def add(self, name: str, make: Callable[[], Panel], keys: str) -> QPushButton:
        """A panel of that name, which its button and the keys open and close."""
        button = QPushButton(name)
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setProperty("panel", "true")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in its field
        button.setToolTip(f"打开或收起{name}（{keys}；收起也可以按 Esc）")
        button.clicked.connect(partial(self._clicked, name))
        give_key(button, keys)
        before = next(reversed(self._panels.values()), None)
        self._panels[name] = _Named(make, button)
        self.buttons.add(button)
        button.show()  # it may come into a bar that is already seen
        if before is not None:  # Tab goes on from its neighbour, whenever it came
            QWidget.setTabOrder(before.button, button)
        if name == self._awaited:
            self.open(name)
        return button

    def panel(self, name: str) -> Panel | None:
        """The panel of that name, None while it was never open."""
        return self._panels[name].widget

    def open(self, name: str) -> None:
        """Shows a panel; the focus stays where it is."""
        named = self._panels[name]
        if named.widget is None:
            named.widget = named.make()
            self.addWidget(named.widget)
        self.current, self._awaited = name, ""
        self.setCurrentWidget(named.widget)
        self.show()
        self._give_width()
        self._tell()

    def refresh(self, change: Change | None) -> None:
        """Tells every panel made so far that the draft changed."""
        for named in self._panels.values():
            if isinstance(named.widget, Panel):
                named.widget.refresh(change)

    def show_path(self, path: str) -> None:
        """Tells every panel made so far which field has the focus."""
        for named in self._panels.values():
            if isinstance(named.widget, Panel):
                named.widget.show_path(path)

    def close_panel(self) -> None:
        """Folds the panel away."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self.current = ""
        self.hide()
        self._tell()
        if inside:
            self.left.emit()

    def keep_in(self, recalled: str | None, remember: Callable[[str, str], None]) -> None:
        """Opens what was open last time, as wide as it was; `remember(key, value)` is told of every change."""
        width, _, name = (recalled or "").partition(" ")
        if width.isdigit():
            self._width = min(max(int(width), LEAST_WIDTH), 80)
        if name in self._panels:
            self.open(name)
        else:
            self._awaited = name  # a helper of the window brings it in a moment
        self._remember = remember

    def sizeHint(self) -> QSize:
        return QSize(characters(self, self._width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(characters(self, LEAST_WIDTH), 0)

    def _clicked(self, name: str, _checked: bool = False) -> None:
        if self.current == name:
            self.close_panel()
        else:
            self.open(name)

    def _tell(self) -> None:
        for name, named in self._panels.items():
            named.button.setChecked(name == self.current)
        self._keep()
        self.opened.emit(self.current)

    def _give_width(self) -> None:
        splitter = self.parentWidget()
        if isinstance(splitter, QSplitter) and splitter.isVisible():
            room = splitter.width() - characters(self, _LEFT_FOR_PAGE)
            width = max(min(characters(self, self._width), room), self.minimumWidth())
            splitter.setSizes([splitter.width() - width, width])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_width"):
            self.setMinimumWidth(characters(self, LEAST_WIDTH))
            self._give_width()

    def _keep(self) -> None:
        if self._remember is not None:
            self._remember(KEY, f"{round(self._width)} {self.current}")

    def moved(self) -> None:
        """The user drew the panel wider or narrower."""
        if self.current:
            self._width = self.width() / characters(self, 1)
            self._keep()


class _Beside(QSplitter):
    """Esc that nobody on the page or in the panel has a use for folds the panel away."""

    def __init__(self, side: SidePanel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._side = side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._side.current:
            self._side.close_panel()
        else:
            super().keyPressEvent(event)


def beside(page: QWidget, side: SidePanel) -> QSplitter:
    """The page with the panels to its right."""
    splitter = _Beside(side)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(page)
    splitter.addWidget(side)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)
    splitter.splitterMoved.connect(lambda _at, _index: side.moved())
    return splitter
