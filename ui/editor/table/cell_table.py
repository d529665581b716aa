"""A table whose cells are typed into as in Excel: what keys, mouse and input method do in every one of them."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyledItemDelegate, QWidget

from ui.editor.table.cell_editors import CellEditor, PhraseEditor
from ui.editor.table.composing_table import ComposingTable
from ui.editor.table.list_arrow import ListArrow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Index = QModelIndex | QPersistentModelIndex
Hint: TypeAlias = QStyledItemDelegate.EndEditHint
_REASON = Qt.FocusReason
_LEFT = frozenset(
    {_REASON.MouseFocusReason, _REASON.TabFocusReason, _REASON.BacktabFocusReason, _REASON.ShortcutFocusReason}
)


class CellTable(ComposingTable):
    """Which cells there are, what opens in them and what a command changes is the subclass's."""

    cell_focused = Signal(str)
    """The field path of the current cell, when the table or an editor in it has the keyboard."""
    opened_by_typing = True
    """Whether the open cell was opened by a character, which replaces what stands in it."""
    _leaving = False

    def __init__(self, least: Sequence[float], shares: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(least, shares, parent)
        self.list_arrow = ListArrow(self)
        self._keys = self.make_keys()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)  # Tab is one of the keys below, and Qt's way would make it twice

    # Of the subclass

    @abstractmethod
    def path_of(self, index: Index) -> str:
        """The field path of a cell; "" for one that is none."""

    @abstractmethod
    def has_list(self, index: Index) -> bool:
        """Whether a list to choose from opens in that cell now."""

    @abstractmethod
    def has_mark(self, index: Index) -> bool:
        """Whether a sign stands in the upper right corner of that cell."""

    @abstractmethod
    def go_right(self) -> None:
        """Where Tab leads."""

    @abstractmethod
    def go_left(self) -> None:
        """Where Shift+Tab leads."""

    @abstractmethod
    def go_down(self, typed: bool = False) -> None:
        """Where Enter leads; `typed`: it ended an editor whose text had changed."""

    def enter(self) -> None:
        """Enter on a cell that is not open."""
        self.go_down()

    @abstractmethod
    def clear_cells(self) -> None:
        """Empties the chosen cells, in one step."""

    @abstractmethod
    def copy(self) -> None:
        """The chosen cells, for this table and for other programs."""

    @abstractmethod
    def paste(self) -> None:
        """What another table or program has copied, in one step."""

    def editing_ended(self) -> None:
        """An editor was closed."""

    def fill_selection(self, editor: CellEditor) -> bool:  # noqa: ARG002  (the tables that can do it need it)
        """What stands in the editor goes into all selected cells of its column; False where it is the only one."""
        return False

    # Keys

    def make_keys(self) -> dict[QKeySequence, Callable[[], None]]:
        """The keys of a cell that is not open. None of them is one an input method takes."""
        return {
            QKeySequence("Del"): self.clear_cells,
            QKeySequence("Backspace"): self.clear_cells,
            QKeySequence("Ctrl+C"): self.copy,
            QKeySequence("Ctrl+Ins"): self.copy,
            QKeySequence("Ctrl+X"): self.cut,
            QKeySequence("Ctrl+V"): self.paste,
            QKeySequence("Shift+Ins"): self.paste,
            QKeySequence("Alt+Down"): self.open_list,
            QKeySequence("F4"): self.open_list,
            QKeySequence("Tab"): self.go_right,
            QKeySequence("Shift+Tab"): self.go_left,
            QKeySequence("Shift+Backtab"): self.go_left,
            QKeySequence("Backtab"): self.go_left,
            QKeySequence("Ctrl+Tab"): partial(self.leave, forward=True),
            QKeySequence("Ctrl+Shift+Tab"): partial(self.leave, forward=False),
            QKeySequence("Ctrl+Shift+Backtab"): partial(self.leave, forward=False),
            QKeySequence("Return"): self.enter,
            QKeySequence("Enter"): self.enter,
        }

    def event(self, event: QEvent) -> bool:
        # The window's menu has some of these keys, too; in the table they mean its cells.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._command(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if command:
            command()
        else:
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> Callable[[], None] | None:
        if self.state() == QAbstractItemView.State.EditingState:
            return None
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get(QKeySequence(modifiers.value | event.key()))

    def cut(self) -> None:
        self.copy()
        self.clear_cells()

    def go_to(self, index: QModelIndex) -> None:
        """Makes that cell the current and only selected one, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab goes from cell to cell; the view hands the focus on itself at the table's ends.
        return super().focusNextPrevChild(forward) if self._leaving else False

    def leave(self, forward: bool) -> None:
        """On to what comes after the table in the order of Tab, or before it."""
        self.commit_editor()
        self._leaving = True
        self.focusNextPrevChild(forward)
        self._leaving = False

    # The mouse

    def has_arrow(self, index: Index) -> bool:
        """Whether the arrow that opens a list stands in that cell."""
        return index == self.currentIndex() and not self.list_arrow.place().isEmpty()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.list_arrow.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.list_arrow.is_pressed:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.list_arrow.release(event):
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.editor is None:
            self.list_arrow.paint(QPainter(self.viewport()))

    # Editors

    def edit(self, index: Index, trigger: object = None, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """Typing opens a cell to replace its text, everything else to go on with it."""
        self.opened_by_typing = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        if trigger is None:
            trigger = QAbstractItemView.EditTrigger.AllEditTriggers
        place = index if isinstance(index, QModelIndex) else self.model().index(index.row(), index.column())
        return bool(super().edit(place, trigger, event))  # type: ignore[call-overload]  # the stubs leave the event out

    def open_list(self) -> None:
        """The list of the current cell, where it has one; any other cell is opened as F2 does."""
        if self.editor is None and self.currentIndex().isValid():
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        if isinstance(self.editor, PhraseEditor):
            self.editor.showPopup()

    def commit_editor(self) -> None:
        """Takes over what is typed or composed in an open cell, and closes it."""
        editor = self.editor
        if isinstance(editor, CellEditor):
            editor.finish_composition()
            self.commitData(editor)
            self.closeEditor(editor, Hint.NoHint)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        typed = False
        if isinstance(editor, CellEditor):
            editor.is_open, typed = False, editor.text() != editor.shown
        super().closeEditor(editor, Hint.NoHint)
        self.viewport().update()  # the keyboard may have left the table with its editor: what is chosen is grey then
        self.editing_ended()
        ways: dict[Hint, Callable[[], None]] = {
            Hint.EditNextItem: self.go_right,
            Hint.EditPreviousItem: self.go_left,
            Hint.SubmitModelCache: partial(self.go_down, typed),
        }
        if hint in ways:
            ways[hint]()

    # Where the keyboard is

    def currentChanged(self, current: Index, previous: Index) -> None:
        self.commit_editor()  # Qt would close it as Enter does, which goes a row down from where one is now
        super().currentChanged(current, previous)
        if current.isValid() and self.has_keyboard():
            self.cell_focused.emit(self.path_of(current))

    def has_keyboard(self) -> bool:
        """Whether the table or an editor in it has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.cell_focused.emit(self.path_of(self.currentIndex()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.editor is not None and event.reason() in _LEFT and not self.has_keyboard():
            self.commit_editor()  # a composition was going on, so that the editor never had the focus itself
