"""The indicator table: keys, clipboard and editors around the model of one project's indicators."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from models.indicators.indicator_library import Entry
from models.session.session import Session
from ui.editor.table import indicator_edits as edits
from ui.editor.table.cell_clipboard import copy_cells, paste_cells
from ui.editor.table.cell_editors import CellEditor, PhraseEditor
from ui.editor.table.cell_handles import CellHandles
from ui.editor.table.cell_menu import give_menu
from ui.editor.table.cell_walk import CellWalk
from ui.editor.table.delegates import CellDelegate
from ui.editor.table.indicator_edits import Place
from ui.editor.table.indicator_model import IndicatorModel
from ui.editor.table.indicator_table import IndicatorTable
from ui.editor.table.name_editor import NameEditor
from ui.editor.table.row_header import RowHeader
from ui.editor.table.table_knowledge import Knowledge
from ui.widgets.messages import say, say_removed

_LEAST_CHARACTERS = (4.6, 4.6, 6.0, 8.4, 2.7, 4.2, 3.2, 7.6)
"""Widths below which a column cannot be read, in Chinese characters."""
_SHARES = (2.0, 5.0, 9.0, 19.0, 0.5, 6.5, 1.5, 5.0)
"""How the rest of the table's width is given out."""

_REASON = Qt.FocusReason
_LEFT = frozenset(
    {_REASON.MouseFocusReason, _REASON.TabFocusReason, _REASON.BacktabFocusReason, _REASON.ShortcutFocusReason}
)
Index = QModelIndex | QPersistentModelIndex


class IndicatorView(IndicatorTable):
    """The indicators of one project. Everything it offers works from the keyboard."""

    empty_words = "还没有指标。按「添加行」写第一行，从「指标库…」里选，或在这里粘贴 Excel、WPS 里复制的表格。"
    cell_focused = Signal(str)
    """The field path of the current cell, when the table or an editor in it has the keyboard."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_LEAST_CHARACTERS, _SHARES, parent)
        header = RowHeader(self.selected_rows, self)
        header.dropped.connect(self._drop_rows)
        self.set_row_header(header)
        self._session = session
        self.opened_by_typing = True
        self.knowledge = Knowledge(session)
        self.indicators = IndicatorModel(session, self)
        self.indicators.cleaned.connect(partial(say_removed, self))
        self._cells = CellDelegate(self)
        self._walk = CellWalk(self)
        self._handles = CellHandles(self)
        self._keys = self._make_keys()
        self.setModel(self.indicators)
        self.setItemDelegate(self._cells)
        self.setAccessibleName("绩效指标表")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)  # Tab is one of the keys below, and Qt's way would make it twice
        self.follow_model()
        give_menu(self)

    def cell_height(self, index: Index, width: int) -> int:
        return self._cells.height(str(index.data()), index.column(), width)

    # What the step asks for

    def show_project(self, project_id: str) -> None:
        self.commit_editor()
        self.indicators.show_project(project_id)
        self.go_to(self.indicators.index(0, edits.NAME))
        self.clearSelection()

    def refresh(self) -> None:
        self.indicators.refresh()
        if not self.currentIndex().isValid() and self.indicators.rowCount():
            last = self.indicators.rowCount() - 1
            self.go_to(self.indicators.index(last, edits.NAME))

    def commit_editor(self) -> None:
        """Takes over what is typed or composed in an open cell, and closes it."""
        editor = self.editor
        if isinstance(editor, CellEditor):
            editor.finish_composition()
            self.commitData(editor)
            self.closeEditor(editor, CellDelegate.EndEditHint.NoHint)

    def focus_cell(self, indicator_id: str, field: str) -> bool:
        """Selects that cell and brings it into view; False where there is none."""
        column = (
            edits.NUMBER if field == "value" else edits.FIELDS.index(field) if field in edits.FIELDS else edits.NAME
        )
        index = self.indicators.find(indicator_id, column)
        if not index.isValid():
            return False
        self.go_to(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def go_to(self, index: QModelIndex) -> None:
        """Makes that cell the current and only selected one, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def unit_groups(self) -> Mapping[str, Sequence[str]]:
        """The form's units, then those users added, then those of this draft that neither knows."""
        template, added = self._session.template, self.knowledge.units()
        known = template.known_units
        own = sorted(self.indicators.vocabulary.units - known - set(added))
        further = {"自己添加": [unit for unit in added if unit not in known], "本文用过": own}
        return {**template.units, **{group: units for group, units in further.items() if units}}

    def remember_unit(self, unit: str) -> None:
        """A unit the form does not know is offered in all drafts from now on."""
        if unit and unit not in self._session.template.known_units:
            self.knowledge.remember_unit(unit)

    def basis_phrases(self) -> Sequence[str]:
        """The form's classes, then what this draft used, the phrases used most first."""
        used: dict[str, int] = {}
        for project in self._session.document.projects:
            for row in project.indicators:
                if row.basis and "\n" not in row.basis:
                    used[row.basis] = used.get(row.basis, 0) + 1
        offered = self._session.template.basis_choices
        return [*offered, *sorted(used.keys() - set(offered), key=lambda phrase: (-used[phrase], phrase))]

    # Rows

    def add_row(self) -> None:
        """A row at the end, its first cell to be filled selected."""
        self._insert_at(self.indicators.rowCount())

    def insert_row(self) -> None:
        """A row above the current one."""
        self._insert_at(max(self.currentIndex().row(), 0))

    def _insert_at(self, place: int) -> None:
        self.commit_editor()
        column = edits.NAME if self.indicators.rowCount() else edits.TIER1
        if self.indicators.insert_row(place):
            self.refresh()
            self.go_to(self.indicators.index(place, column))

    def remove_rows(self) -> None:
        """The selected rows go; the row that takes their place becomes the current one."""
        self.commit_editor()
        rows, column = self.selected_rows(), self.currentIndex().column()
        if rows and self.indicators.remove_rows(rows):
            self.refresh()
            say(self, f"已删除 {len(rows)} 行指标，按 Ctrl+Z 可以找回。")
            place = min(rows[0], self.indicators.rowCount() - 1)
            self.go_to(self.indicators.index(place, max(column, 0)))

    def move_rows(self, by: int) -> None:
        self.commit_editor()
        if self.indicators.move_rows(self.selected_rows(), by):
            self.refresh()
            self.scrollTo(self.currentIndex())

    def _drop_rows(self, rows: Collection[int], before: int) -> None:
        self.commit_editor()
        if self.indicators.drop_rows(rows, before):
            self.refresh()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sort_rows(self) -> None:
        self.commit_editor()
        if self.indicators.sort_rows():
            self.refresh()
            self.scrollTo(self.currentIndex())

    def selected_rows(self) -> list[int]:
        return sorted({row for row, _column in self.selected_cells()})

    @property
    def session(self) -> Session:
        return self._session

    def selected_cells(self) -> set[Place]:
        """The selected cells, or the current one."""
        cells = {(index.row(), index.column()) for index in self.selectedIndexes()}
        current = self.currentIndex()
        return cells or ({(current.row(), current.column())} if current.isValid() else set())

    # Cells

    def clear_cells(self) -> None:
        if self.indicators.clear(self.selected_cells()):
            self.refresh()

    def fill_down(self) -> None:
        if self.indicators.fill_down(self.selected_cells()):
            self.refresh()

    def fill_on(self, area: tuple[int, int, int, int], until: int) -> None:
        """By the handle: the selected cells go on below, and are all selected then."""
        if self.indicators.fill_on(area, until):
            self.refresh()
            top, left, _bottom, right = area
            chosen = QItemSelection(self.indicators.index(top, left), self.indicators.index(until, right))
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def copy(self) -> None:
        copy_cells(self)

    def fill_selection(self, editor: CellEditor) -> bool:
        """What stands in the editor goes into all selected cells of its column; False where it is the only one."""
        current = self.currentIndex()
        cells = {(row, column) for row, column in self.selected_cells() if column == current.column()}
        if len(cells) < 2:
            return False
        editor.finish_composition()
        self._close_after(editor, lambda: self.indicators.fill(current, cells, editor.text()))
        return True

    def take_entry(self, editor: CellEditor, entry: Entry, with_value: bool = False) -> None:
        """An indicator picked while its name was being typed, on wish with the value used last."""
        row = self.indicators.rows[self.currentIndex().row()].id
        self._close_after(editor, lambda: self.indicators.take_entry(self.currentIndex(), entry, with_value))
        self._walk.begin(row)

    def begin_row(self, row_id: str) -> None:
        """The cursor goes to what is still to be written in a row that came from elsewhere."""
        self._walk.begin(row_id)

    def _close_after(self, editor: CellEditor, change: Callable[[], bool]) -> None:
        if change():
            self.refresh()
        self.closeEditor(editor, CellDelegate.EndEditHint.NoHint)

    def cut(self) -> None:
        self.copy()
        self.clear_cells()

    def paste(self) -> None:
        paste_cells(self)

    # The mouse at the chosen cells

    def has_arrow(self, index: Index) -> bool:
        """Whether the arrow that opens a list stands in that cell."""
        return index == self.currentIndex() and not self._handles.arrow().isEmpty()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._handles.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._handles.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._handles.release(event):
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._handles.paint(QPainter(self.viewport()))

    # Keys

    def _make_keys(self) -> dict[QKeySequence, Callable[[], None]]:
        return {
            QKeySequence("Del"): self.clear_cells,
            QKeySequence("Backspace"): self.clear_cells,
            QKeySequence("Ctrl+D"): self.fill_down,
            QKeySequence("Ctrl+C"): self.copy,
            QKeySequence("Ctrl+Ins"): self.copy,
            QKeySequence("Ctrl+X"): self.cut,
            QKeySequence("Ctrl+V"): self.paste,
            QKeySequence("Shift+Ins"): self.paste,
            QKeySequence("Ins"): self.insert_row,
            QKeySequence("Ctrl+Del"): self.remove_rows,
            QKeySequence("Ctrl+Shift+Up"): lambda: self.move_rows(-1),
            QKeySequence("Ctrl+Shift+Down"): lambda: self.move_rows(1),
            QKeySequence("Alt+Down"): self.open_list,
            QKeySequence("F4"): self.open_list,
            QKeySequence("Tab"): self._walk.right,
            QKeySequence("Shift+Tab"): self._walk.left,
            QKeySequence("Shift+Backtab"): self._walk.left,
            QKeySequence("Backtab"): self._walk.left,
            QKeySequence("Ctrl+Tab"): partial(self.leave, forward=True),
            QKeySequence("Ctrl+Shift+Tab"): partial(self.leave, forward=False),
            QKeySequence("Ctrl+Shift+Backtab"): partial(self.leave, forward=False),
            QKeySequence("Return"): self._walk.down,
            QKeySequence("Enter"): self._walk.down,
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

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab goes from cell to cell; the view hands the focus on itself at the table's ends.
        return super().focusNextPrevChild(forward) if self._leaving else False

    _leaving = False

    def leave(self, forward: bool) -> None:
        """On to what comes after the table in the order of Tab, or before it."""
        self.commit_editor()
        self._leaving = True
        self.focusNextPrevChild(forward)
        self._leaving = False

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
        if isinstance(self.editor, NameEditor):
            self.editor.offer()
        elif isinstance(self.editor, PhraseEditor):
            self.editor.showPopup()

    def closeEditor(self, editor: QWidget, hint: CellDelegate.EndEditHint) -> None:
        hints, typed = CellDelegate.EndEditHint, False
        if isinstance(editor, CellEditor):
            editor.is_open, typed = False, editor.text() != editor.shown
        super().closeEditor(editor, hints.NoHint)
        ways: dict[CellDelegate.EndEditHint, Callable[[], None]] = {
            hints.EditNextItem: self._walk.right,
            hints.EditPreviousItem: self._walk.left,
            hints.SubmitModelCache: partial(self._walk.down, typed),
        }
        if hint in ways:
            ways[hint]()

    def currentChanged(self, current: Index, previous: Index) -> None:
        self.commit_editor()  # Qt would close it as Enter does, which goes a row down from where one is now
        super().currentChanged(current, previous)
        if current.isValid() and self.has_keyboard():
            self.cell_focused.emit(self.indicators.path(current))

    def has_keyboard(self) -> bool:
        """Whether the table or an editor in it has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def follow_editor(self) -> None:
        """What the editor has open stays beside it when the page around the table has moved."""
        if isinstance(self.editor, NameEditor):
            self.editor.follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.knowledge.warm()
        if self.currentIndex().isValid():
            self.cell_focused.emit(self.indicators.path(self.currentIndex()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.editor is not None and event.reason() in _LEFT and not self.has_keyboard():
            self.commit_editor()  # a composition was going on, so that the editor never had the focus itself
