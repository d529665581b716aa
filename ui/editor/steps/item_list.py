"""The list at the left of a step: its items in order, and the buttons that add, copy, delete and move them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QWidget,
)

from ui.editor.steps.item_lines import COUNT_ROLE, ItemLines, fit
from ui.widgets.keys import give_key
from ui.widgets.parts import column_of, scrolling
from ui.widgets.style import characters, labelled

LEAST_WIDTH, USUAL_WIDTH = 8, 15
"""Characters a list is wide: at least, and where there is room."""

_LEFT_FOR_FORM = 24
"""Characters the form beside a list keeps, where the window is narrow."""

_MOVES = slice(3, 5)
"""The buttons that move an item, among all of them."""

_PAUSE = 200
"""Milliseconds after a key until the line of what is being named follows."""


class _Once(QPushButton):
    """A double click, by who is used to them, does it once."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class _List(QListWidget):
    dropped = Signal(int)
    """By how many places the marked line was dragged down."""
    remove_key = Signal()
    move_key = Signal(int)
    open_key = Signal()
    entered = Signal()
    menu_wanted = Signal(QPoint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualItemRect(self.currentItem()).bottomLeft() if by_key and self.currentItem() else event.pos()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            for row in range(self.count()):
                fit(self.item(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Delete:
            self.remove_key.emit()
        elif event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_key.emit()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_key.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Digits are the place in the list, other letters words of a line: every line begins with a number."""
        if search.isdigit() and 0 < int(search) <= self.count():
            self.setCurrentRow(int(search) - 1)
            return
        rows = [(self.currentRow() + 1 + step) % self.count() for step in range(self.count())]
        found = next((row for row in rows if search.casefold() in self.item(row).text().casefold()), None)
        if found is not None:
            self.setCurrentRow(found)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells where the line shall go and leaves it: the session moves it, and the list shows what the session holds."""
        if event.source() is not self:
            return
        self.drop_at(event.position().toPoint())
        # «Moved» would have the list take its own line out.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def drop_at(self, place: QPoint) -> None:
        """The marked line goes before the line whose upper half is there, behind the one whose lower half is."""
        start, under = self.currentRow(), self.itemAt(place)
        before = self.count()
        if under is not None:
            rect = self.visualItemRect(under)
            before = self.row(under) + (place.y() > rect.center().y())
        by = before - start - (before > start)
        if start >= 0 and by:
            self.dropped.emit(by)


class ItemList(QWidget):
    """Shows (id, text) lines; reports which is chosen and what the user wants done with it.

    `splits`: a line's text may be split into several, and texts may be pasted onto the list.
    """

    chosen = Signal(str)
    add = Signal()
    copy = Signal()
    remove = Signal()
    moved = Signal(int)
    opened = Signal()
    """Enter or F2: the user wants to write in the marked one."""
    entered = Signal()
    """The list itself has the keyboard now."""
    split = Signal()
    paste = Signal()

    def __init__(self, label: str, parent: QWidget | None = None, *, splits: bool = False) -> None:
        super().__init__(parent)
        self._splits = splits
        self._locked = False
        self._grid = QGridLayout()
        self._across = 3
        self._shown: list[tuple[str, str]] = []
        self._coming: list[tuple[str, str]] = []
        """The lines that are shown, and those that shall be."""
        self._counts: Mapping[str, int] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._show_coming)
        self._list = _List()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.dropped.connect(self.moved)
        self._list.setMinimumHeight(characters(self, 3))
        self._list.setItemDelegate(ItemLines(self._list))
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.currentItemChanged.connect(self._changed)
        self._list.remove_key.connect(lambda: self._unless_locked(self.remove.emit))
        self._list.move_key.connect(lambda by: self._unless_locked(partial(self.moved.emit, by)))
        self._list.open_key.connect(self.opened)
        self._list.entered.connect(self.entered)
        self._list.menu_wanted.connect(self._show_menu)
        if splits:
            # Where the list is empty, the focus is on its button.
            keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(lambda: self._unless_locked(self.paste.emit))
        column_of(self, labelled(f"{label}列表", self._list), (self._list, 1), self._buttons(), gap=0.4)
        self.setMinimumWidth(characters(self, LEAST_WIDTH - 1.5))

    def lock(self, locked: bool) -> None:
        """Whether the items can only be looked at."""
        if locked == self._locked:
            return
        self._locked = locked
        modes = QAbstractItemView.DragDropMode
        self._list.setDragDropMode(modes.NoDragDrop if locked else modes.InternalMove)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.buttons[0].setEnabled(not self._locked)
        for button in self.buttons[1:]:
            least = 1 if button in self.buttons[_MOVES] else 0
            button.setEnabled(self._list.count() > least and not self._locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many buttons in a row as have room."""
        super().resizeEvent(event)
        buttons = self.buttons
        widest = max(button.sizeHint().width() for button in buttons) + self._grid.spacing()
        across = min(3, max(1, (self.width() + self._grid.spacing()) // widest))
        if across != self._across:
            self._across = across
            for place, button in enumerate(buttons):
                self._grid.addWidget(button, place // across, place % across)

    def _buttons(self) -> QGridLayout:
        grid = self._grid
        grid.setSpacing(characters(self, 0.3))
        # Of moves each click counts, however fast.
        wanted: tuple[tuple[type[QPushButton], str, str, str, Callable[[], object]], ...] = (
            (_Once, "添加", "在所选项之后添加一项（Ctrl+N）", "Ctrl+N", self.add.emit),
            (_Once, "复制", "在所选项之后添加它的副本", "", self.copy.emit),
            (_Once, "删除", "删除所选项，可撤销（列表中按 Delete）", "", self.remove.emit),
            (QPushButton, "上移", "所选项上移一位（列表中按 Alt+↑）", "", lambda: self.moved.emit(-1)),
            (QPushButton, "下移", "所选项下移一位（列表中按 Alt+↓）", "", lambda: self.moved.emit(1)),
        )
        if self._splits:
            wanted = (*wanted, (_Once, "拆分", "把所选项里编号连续的几行拆成几项，可撤销", "", self.split.emit))
        self.buttons: list[QPushButton] = []
        for place, (kind, text, tip, keys, done) in enumerate(wanted):
            button = kind(text)
            button.setAccessibleName(text)
            button.setToolTip(tip)
            if keys:
                give_key(button, keys)
            button.clicked.connect(lambda _checked=False, done=done: done())
            grid.addWidget(button, place // 3, place % 3)
            self.buttons.append(button)
        return grid

    def _unless_locked(self, done: Callable[[], object]) -> None:
        if not self._locked:
            done()

    def menu(self) -> QMenu:
        """What the buttons do, for who asks for it at a line."""
        menu = QMenu(self)
        for button in self.buttons:
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def show_items(self, lines: Sequence[tuple[str, str]], *, later: bool = False) -> None:
        """Shows these lines; only those that differ are touched. `later`: after a pause in the typing, which does not wait
        for it."""
        self._coming = list(lines)
        if later and len(lines) == len(self._shown):
            self._pause.start()
        else:
            self._show_coming()

    def _show_coming(self) -> None:
        self._pause.stop()
        lines, before = self._coming, self._shown
        if lines == before:
            return
        self._shown = lines
        with QSignalBlocker(self._list):
            while self._list.count() > len(lines):
                self._list.takeItem(self._list.count() - 1)
            for row, line in enumerate(lines):
                if row >= len(before) or line != before[row]:
                    self._show_line(row, *line)
        self._show_buttons()

    def _show_line(self, row: int, item_id: str, text: str) -> None:
        item = self._list.item(row) if row < self._list.count() else QListWidgetItem()
        if row >= self._list.count():
            self._list.addItem(item)
        if item.text() != text:
            item.setText(text)
            self._tell(item)
        item.setData(Qt.ItemDataRole.UserRole, item_id)
        self._show_count(item)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many problems the items have, by their ids."""
        if counts is not self._counts:
            self._counts = counts
            for row in range(self._list.count()):
                self._show_count(self._list.item(row))

    def _show_count(self, item: QListWidgetItem) -> None:
        count = self._counts.get(item.data(Qt.ItemDataRole.UserRole), 0)
        if item.data(COUNT_ROLE) != count:
            item.setData(COUNT_ROLE, count)
            self._tell(item)

    def _tell(self, item: QListWidgetItem) -> None:
        """What is drawn of an item may be shortened; the whole is in its tool tip and read out."""
        count = item.data(COUNT_ROLE)
        message = f"{item.text()}，{count} 个问题" if count else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, message)
        item.setToolTip(message)
        fit(item)

    def select(self, item_id: str) -> None:
        """Marks that line without a signal."""
        if self.current() == item_id:
            return
        with QSignalBlocker(self._list):
            ids = [shown_id for shown_id, _text in self._shown]
            self._list.setCurrentRow(ids.index(item_id) if item_id in ids else -1)

    def focus_add(self) -> None:
        """The keyboard begins at 添加."""
        if self._locked:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_list(self) -> None:
        """The keyboard goes to the list."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> str:
        """The id of the marked line, "" when there is none."""
        item = self._list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else ""

    def _changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class ListBeside(QSplitter):
    """A list with its form to the right; in a narrow window it is the list that gives way, until the user draws the line."""

    def __init__(
        self, items: QWidget, form: QWidget, parent: QWidget | None = None, *, usual: float = USUAL_WIDTH
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._drawn, self._usual = False, usual
        self.setChildrenCollapsible(False)
        # Very large type in a low window: the list scrolls, and the window is not higher than the screen.
        area = scrolling(items)
        area.setMinimumWidth(characters(self, LEAST_WIDTH))
        self.addWidget(area)
        self.addWidget(form)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._keep)

    def _keep(self, _at: int, _index: int) -> None:
        self._drawn = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._drawn:
            room = self.width() - characters(self, _LEFT_FOR_FORM)
            width = max(min(characters(self, self._usual), room), characters(self, LEAST_WIDTH))
            self.setSizes([width, self.width() - width])
