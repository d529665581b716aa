"""The indicator table: keys, clipboard and editors around the model of one project's indicators."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from models.indicators.indicator_library import Entry
from models.session.session import Session
from ui.editor.table import indicator_edits as edits
from ui.editor.table.cell_clipboard import copy_cells, paste_cells
from ui.editor.table.cell_editors import CellEditor
from ui.editor.table.cell_handles import CellHandles
from ui.editor.table.cell_menu import give_menu
from ui.editor.table.cell_walk import CellWalk
from ui.editor.table.indicator_delegate import CellDelegate
from ui.editor.table.indicator_edits import Place
from ui.editor.table.indicator_model import PROBLEM_ROLE, IndicatorModel
from ui.editor.table.indicator_table import IndicatorTable
from ui.editor.table.name_editor import NameEditor
from ui.editor.table.row_header import RowHeader
from ui.editor.table.table_knowledge import Knowledge
from ui.widgets.messages import say, say_removed

_LEAST_CHARACTERS = (4.6, 4.6, 6.0, 8.4, 2.7, 4.2, 3.2, 7.6)
"""Widths below which a column cannot be read, in Chinese characters."""
_NARROWEST_CHARACTERS = (2.8, 2.9, 4.4, 4.8, 2.5, 4.2, 2.6, 4.3)
"""With a wide panel beside the table: all columns are seen, their names and words in more lines."""
_SHARES = (2.0, 5.0, 9.0, 19.0, 0.5, 6.5, 1.5, 5.0)
"""How the rest of the table's width is given out."""
Index = QModelIndex | QPersistentModelIndex


class IndicatorView(IndicatorTable):
    """The indicators of one project. Everything it offers works from the keyboard."""

    narrowest = _NARROWEST_CHARACTERS
    empty_words = "还没有指标。按「添加行」写第一行，从「指标库…」里选，或在这里粘贴 Excel、WPS 里复制的表格。"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_LEAST_CHARACTERS, _SHARES, parent)
        header = RowHeader(self.selected_rows, self)
        header.dropped.connect(self._drop_rows)
        self.set_row_header(header)
        self._session = session
        self.knowledge = Knowledge(session)
        self.indicators = IndicatorModel(session, self)
        self.indicators.cleaned.connect(partial(say_removed, self))
        self._cells = CellDelegate(self)
        self._walk = CellWalk(self)
        self._handles = CellHandles(self)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._keyboard_moved)
        self.setModel(self.indicators)
        self.setItemDelegate(self._cells)
        self.setAccessibleName("绩效指标表")
        self.setMouseTracking(True)
        self.follow_model()
        give_menu(self)

    def row_height(self, row: int, widths: Sequence[int]) -> int:
        return self._cells.row_height(self.indicators.texts([row], range(len(widths)))[0], widths)

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

    def say_unfit(self, row: int) -> None:
        """Another first tier was chosen: the second one stays, and where it belongs to another, that is said."""
        rows, scheme = self.indicators.rows, self.indicators.vocabulary.scheme
        fault = edits.tier_fault(rows[row], edits.TIER2, scheme) if 0 <= row < len(rows) else ""
        if fault:
            say(self, f"二级指标{fault}，请在二级指标那一格另选一个（F4）。")

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
            say(self, f"已删除 {len(rows)} 行指标，按 Ctrl+Z 可以找回。", undoable=True)
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

    def paste(self) -> None:
        paste_cells(self)

    # What the table asks of it

    def path_of(self, index: Index) -> str:
        return self.indicators.path(index)

    def has_list(self, index: Index) -> bool:
        return self.indicators.is_editable and index.column() in edits.WITH_LIST

    def has_mark(self, index: Index) -> bool:
        return bool(index.data(PROBLEM_ROLE))

    def go_right(self) -> None:
        self._walk.right()

    def go_left(self) -> None:
        self._walk.left()

    def go_down(self, typed: bool = False) -> None:
        self._walk.down(typed)

    # The mouse at the chosen cells

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._handles.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._handles.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._handles.release():
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.editor is None:
            self._handles.paint(QPainter(self.viewport()))

    # Keys

    def make_keys(self) -> dict[QKeySequence, Callable[[], None]]:
        return super().make_keys() | {
            QKeySequence("Ctrl+D"): self.fill_down,
            QKeySequence("Ins"): self.insert_row,
            QKeySequence("Ctrl+Del"): self.remove_rows,
            QKeySequence("Ctrl+Shift+Up"): lambda: self.move_rows(-1),
            QKeySequence("Ctrl+Shift+Down"): lambda: self.move_rows(1),
        }

    def open_list(self) -> None:
        super().open_list()
        if isinstance(self.editor, NameEditor):
            self.editor.offer()

    def follow_editor(self) -> None:
        """What the editor has open stays beside it when the page around the table has moved."""
        if isinstance(self.editor, NameEditor):
            self.editor.follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.knowledge.warm()

    def _keyboard_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """A list or a menu that opens over the table, and another program's window, do not leave it."""
        was_here = before is not None and isValid(before) and (before is self or self.isAncestorOf(before))
        if was_here and now is not None and now.window() is self.window() and not self.has_keyboard():
            QTimer.singleShot(0, self, self._walk.table_left)
