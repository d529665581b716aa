"""What stands to the right of the form and can be folded away: one panel at a time, each with its button and key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from models.session.session import Change
from ui.widgets.flow import Flow
from ui.widgets.icons import give_icon
from ui.widgets.keys import EnterOpens, give_key, give_key_on
from ui.widgets.parts import column_of, push_button, rename, scrolling
from ui.widgets.style import characters
from ui.widgets.wrapped_lines import wrap_lines

LEAST_WIDTH, USUAL_WIDTH = 15, 26
"""Characters a panel is wide: at least, and until the user says otherwise."""

_LEFT_FOR_PAGE = 40
"""Characters the page beside it keeps, where the window is narrow."""

KEY = "side.panel"
"""Under which name the window keeps the width, in characters, and the open panel."""


@dataclass(frozen=True, slots=True)
class PanelEntry:
    """A panel there can be: its id, title, the keys that open and close it, and the chapter of the manual about it."""

    id: str
    title: str
    keys: str
    chapter: str
    is_wide: bool = False
    """Whether it takes half of the window, until the user says otherwise."""
    is_entered: bool = False
    """Whether its keys lead into it, and back out of it."""


PANELS = (
    PanelEntry("help", "填报说明", "F1", ""),
    PanelEntry("preview", "预览", "F9", "export#preview", is_wide=True),
    PanelEntry("problems", "问题", "F7", "problems", is_entered=True),
    PanelEntry("find", "查找", "", "find"),
    PanelEntry("comments", "审核意见", "F6", "remarks"),
)
"""In the order of their buttons. A panel has a button once somebody makes it."""


class Panel(QWidget):
    """One of the panels. While it is folded away it is hidden, and may save itself all work."""

    def scrolling_column(self) -> QVBoxLayout:
        """The column that fills it, and scrolls where large type leaves no room for all: nothing is cut off."""
        inside = QWidget()
        column_of(self, scrolling(inside))
        column = QVBoxLayout(inside)
        gap = characters(self, 0.4)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        return column

    def take_focus(self) -> None:
        """The keyboard goes where work in the panel begins."""

    def refresh(self, change: Change | None) -> None:
        """The draft changed; `None`: anything may have."""

    def show_path(self, path: str) -> None:
        """The field with that path has the focus; "": none has."""

    def show_step(self, step: int) -> None:
        """The step with that number is shown."""


@dataclass(slots=True)
class _Added:
    """A panel and its button; the panel is made when it is first wanted."""

    entry: PanelEntry
    make: Callable[[], Panel]
    button: QPushButton
    widget: Panel | None = None


class OpenedList(EnterOpens, QListWidget):
    """A list of whose lines Enter or a double click opens the current one. The arrows pass over its headings, with which
    nothing can be done."""

    def __init__(self) -> None:
        super().__init__()
        wrap_lines(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemDoubleClicked.connect(lambda _item: self.opened.emit())

    def fill(self, lines: Iterable[tuple[str, object]]) -> None:
        """Shows these words, and keeps what each line is about; a heading is about nothing."""
        self.clear()
        for text, about in lines:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, about)
            if not about:
                item.setFlags(Qt.ItemFlag.NoItemFlags | Qt.ItemFlag.ItemIsEnabled)
                font = self.font()
                font.setBold(True)
                item.setFont(font)
            self.addItem(item)

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
    """Holds the panels by their ids. `buttons` is the row of their buttons, which wraps, for the editor to put where it likes."""

    opened = Signal(str)
    """The id of the panel shown from now on, "" for none."""
    left = Signal()
    """The panel was folded away with the focus in it, which is for the editor to put back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = Flow(characters(self, 0.25))
        self._panels: dict[str, _Added] = {}
        self._path, self._step = "", 0
        self._width: float = USUAL_WIDTH
        """Characters, as the user drew it: another size of type, another screen have other dots."""
        self._drawn: dict[str, float] = {}
        """How wide, in characters, the user drew those that are wide by themselves."""
        self._remember: Callable[[str, str], None] | None = None
        self.current = self._awaited = ""
        self._came_from: QWidget | None = None
        """What had the keyboard before it went into the panel."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.setMinimumWidth(characters(self, LEAST_WIDTH))
        self.hide()

    def add(self, panel: str, make: Callable[[], Panel]) -> QPushButton:
        """The panel with that id, which its button and its keys open and close; it is made when it is first wanted."""
        entry = next(entry for entry in PANELS if entry.id == panel)
        keys = f"{entry.keys}；" if entry.keys else ""
        tip = f"打开或收起{entry.title}（{keys}收起也可以按 Esc）"
        button = push_button(entry.title, partial(self.toggle, panel), tip)
        button.setCheckable(True)
        button.setProperty("panel", "true")
        give_icon(button, entry.id)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in its field
        if entry.is_entered:
            give_key_on(button, entry.keys, partial(self.enter_or_leave, panel))
        else:
            give_key(button, entry.keys)
        self._panels[panel] = _Added(entry, make, button)
        self._arrange_buttons()
        button.show()  # it may come into a bar that is already seen
        if panel == self._awaited:
            self.open(panel)
        return button

    def _arrange_buttons(self) -> None:
        """In the order of the entries, whenever each was added; Tab goes from one to the next."""
        buttons = [self._panels[entry.id].button for entry in PANELS if entry.id in self._panels]
        self.buttons.set_widgets(buttons)
        for one, other in pairwise(buttons):
            QWidget.setTabOrder(one, other)

    def panel(self, panel: str) -> Panel | None:
        """The panel with that id, None while it was never open."""
        return self._panels[panel].widget if panel in self._panels else None

    def show_count(self, panel: str, count: int) -> None:
        """Behind the title on its button: how much waits in the panel; nothing for 0."""
        added = self._panels[panel]
        rename(added.button, f"{added.entry.title} {count}" if count else added.entry.title)

    def open(self, panel: str) -> Panel:
        """Shows a panel; the focus stays where it is."""
        added = self._panels[panel]
        widget = added.widget
        if widget is None:
            widget = added.widget = added.make()
            self.addWidget(widget)
            widget.show_step(self._step)
            widget.show_path(self._path)
        self.current, self._awaited = panel, ""
        self.setCurrentWidget(widget)
        self.show()
        self._give_width()
        self._tell()
        return widget

    def refresh(self, change: Change | None) -> None:
        """Tells every panel made so far that the draft changed."""
        for added in self._panels.values():
            if added.widget is not None:
                added.widget.refresh(change)

    def show_path(self, path: str) -> None:
        """Tells every panel made so far which field has the focus."""
        self._path = path
        for added in self._panels.values():
            if added.widget is not None:
                added.widget.show_path(path)

    def show_step(self, step: int) -> None:
        """Tells every panel made so far which step is shown; no field of it has the focus yet."""
        self._step, self._path = step, ""
        for added in self._panels.values():
            if added.widget is not None:
                added.widget.show_step(step)

    def close_panel(self) -> None:
        """Folds the panel away; the keyboard goes back to where it came from."""
        self.current = ""
        if self.has_keyboard():  # before the panel is hidden: Qt would choose a place of its own
            back = self._came_from
            if back is not None and isValid(back) and back.isVisible() and back.isEnabled():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()
        self.hide()
        self._tell()

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the panel that is shown."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def enter_or_leave(self, panel: str) -> None:
        """Into the panel, which opens where it is folded away; out of it, and folded away, where the keyboard is in it."""
        if self.current == panel and self.has_keyboard():
            self.close_panel()
        else:
            self.open(panel).take_focus()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self) or old is None or new is None or not self.isAncestorOf(new):
            return
        if isValid(old) and not self.isAncestorOf(old) and old.window() is self.window():
            self._came_from = old

    def keep_in(self, recalled: str | None, remember: Callable[[str, str], None]) -> None:
        """Opens what was open last time, as wide as it was; `remember(key, value)` is called for every change."""
        width, name, wide = [*(recalled or "").split(" "), "", "", ""][:3]
        if wide.isdigit():
            self._drawn = {entry.id: int(wide) for entry in PANELS if entry.is_wide}
        if width.isdigit():
            self._width = min(max(int(width), LEAST_WIDTH), 80)
        # Earlier versions kept the title.
        panel = next((entry.id for entry in PANELS if name in {entry.id, entry.title}), "")
        if panel in self._panels:
            self.open(panel)
        else:
            self._awaited = panel  # its feature adds it in a moment
        self._remember = remember

    def sizeHint(self) -> QSize:
        return QSize(characters(self, self._width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(characters(self, LEAST_WIDTH), 0)

    def toggle(self, panel: str) -> None:
        """Opens the panel, or folds it away where it is the one that is shown."""
        if self.current == panel:
            self.close_panel()
        else:
            self.open(panel)

    def _tell(self) -> None:
        for panel, added in self._panels.items():
            added.button.setChecked(panel == self.current)
        self._keep()
        self.opened.emit(self.current)

    def _give_width(self) -> None:
        splitter = self.parentWidget()
        if isinstance(splitter, QSplitter) and splitter.isVisible():
            room = splitter.width() - characters(self, _LEFT_FOR_PAGE)
            wanted = characters(self, self._width)
            if self._is_wide():
                drawn = self._drawn.get(self.current)
                wanted = (
                    max(wanted, (splitter.width() - splitter.handleWidth()) // 2)
                    if drawn is None
                    else characters(self, drawn)
                )
            width = max(min(wanted, room), self.minimumWidth())
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
            drawn = "".join(f" {round(width)}" for width in self._drawn.values())
            self._remember(KEY, f"{round(self._width)} {self.current}{drawn}")

    def moved(self) -> None:
        """The user drew the panel wider or narrower."""
        if self._is_wide():
            self._drawn[self.current] = self.width() / characters(self, 1)
        elif self.current:
            self._width = self.width() / characters(self, 1)
        self._keep()

    def _is_wide(self) -> bool:
        """Whether the panel that is shown takes half of the window by itself."""
        return bool(self.current) and self._panels[self.current].entry.is_wide


def is_in_side_panel(widget: QWidget | None) -> bool:
    """Whether the widget is part of a panel."""
    while widget is not None:
        if isinstance(widget, SidePanel):
            return True
        widget = widget.parentWidget()
    return False


def beside(page: QWidget, side: SidePanel) -> QSplitter:
    """The page with the panels to its right."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(page)
    splitter.addWidget(side)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)
    splitter.splitterMoved.connect(lambda _at, _index: side.moved())
    return splitter
