"""The indicators of one project as a table model: what the cells show, and every edit as one step of the session."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from models.document import fieldpath
from models.document.overview import place_for
from models.document.tree import Indicator, Project
from models.indicators.indicator_library import Entry, with_entry
from models.session.session import Session, cleaned
from ui.editor.table import indicator_edits as edits
from ui.editor.table.cell_marks import CellMarks, mark_symbol
from ui.editor.table.indicator_edits import COLUMN_COUNT, FIELDS, HEADERS, NUMBER, TIER1, TIER2, Place, Rows
from ui.editor.table.open_cell import OpenCell

if TYPE_CHECKING:
    from models.checks.registry import Problem
    from models.document.tree import Remark

MERGED_ROLE = Qt.ItemDataRole.UserRole
"""(with the cell above, with the cell below): whether the form prints them as one."""
FAULT_ROLE = Qt.ItemDataRole.UserRole + 1
"""Why the cell does not fit the tier scheme; empty when it does."""
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 2
"""The symbol of the most severe problem of the cell's field, "" where it has none."""
MARK_ROLE = Qt.ItemDataRole.UserRole + 3
"""Of what kind that mark is, by which it is coloured."""

Index = QModelIndex | QPersistentModelIndex
_TEXT_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole})


class IndicatorModel(QAbstractTableModel):
    """Rows are known by their indicator's id: a change of the session moves, adds and removes only what it must. The cell an
    editor is open in is never signalled as changed: views would take the word away that is being composed in it."""

    cleaned = Signal(int)
    """So many characters no file can hold were taken out of what was typed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._project_id = ""
        self._rows: list[Indicator] = []
        self._shown: Rows = ()
        self._open: OpenCell | None = None
        self._marks = CellMarks()
        self.vocabulary = self._vocabulary()

    # What is shown

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else COLUMN_COUNT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if not 0 <= row < len(self._rows):
            return None
        if role in _TEXT_ROLES:
            return edits.cell_text(self._rows[row], column, self.vocabulary.units)
        if role == MERGED_ROLE:
            return edits.merges_above(self._rows, row, column), edits.merges_above(self._rows, row + 1, column)
        if role == FAULT_ROLE:
            return edits.tier_fault(self._rows[row], column, self.vocabulary.scheme)
        if role in {PROBLEM_ROLE, MARK_ROLE}:
            kind = self._marks.kind(self._row_path(self._rows[row]), self.path(index), column)
            return kind if role == MARK_ROLE else mark_symbol(kind)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return self._explained(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._announced(row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return HEADERS[section]
        return edits.row_number(section, is_long_term=self._rows[section].scope == "long_term")

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: ARG002  (Qt's signature)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable else flags

    def show_problems(self, problems: Mapping[str, Sequence["Problem"]]) -> None:
        """What is wrong with each cell, by its field path."""
        self._mark(self._marks.take_problems(problems))

    def show_carried_over(self, paths: tuple[str, ...]) -> None:
        """Which values are 沿用上年, by their field paths."""
        self._mark(self._marks.take_carried_over(paths), NUMBER, NUMBER)

    def show_remarks(self, remarks: Mapping[str, Sequence["Remark"]]) -> None:
        """What was remarked on each cell and is not ticked off, by its field path."""
        self._mark(self._marks.take_remarks(remarks))

    def _mark(self, changed: bool, left: int = 0, right: int = COLUMN_COUNT - 1) -> None:
        if changed and self._rows:
            self._signal(0, left, len(self._rows) - 1, right)

    def _explained(self, index: Index) -> str:
        row, column = self._rows[index.row()], index.column()
        fault = edits.tier_fault(row, column, self.vocabulary.scheme)
        marks = self._marks.words(self._row_path(row), self.path(index), column)
        return "\n".join((fault, *marks) if fault else marks)

    @property
    def is_typed_into(self) -> bool:
        """Whether an editor is open in one of its cells."""
        return self._open is not None

    def _announced(self, row: int, column: int) -> str:
        indicator = self._rows[row]
        text = indicator.value if column == NUMBER else edits.cell_text(indicator, column, self.vocabulary.units)
        return f"第 {row + 1} 行 {HEADERS[column]} {text or '空'}"

    @property
    def is_editable(self) -> bool:
        return bool(self._project_id) and not self._session.is_locked

    @property
    def rows(self) -> Sequence[Indicator]:
        return self._rows

    @property
    def project_id(self) -> str:
        return self._project_id

    def path(self, index: Index) -> str:
        """The field path of a cell."""
        return f"{self._list_path}[{self._rows[index.row()].id}].{FIELDS[index.column()]}"

    def find(self, indicator_id: str, column: int = 0) -> QModelIndex:
        """The cell in that indicator's row; an invalid index where it has none."""
        row = next((place for place, row in enumerate(self._rows) if row.id == indicator_id), -1)
        return self.index(row, column) if row >= 0 else QModelIndex()

    # Following the session

    def show_project(self, project_id: str) -> None:
        """Another project's rows."""
        self.beginResetModel()
        self._project_id = project_id
        self._shown = self._session_rows()
        self._rows = list(self._shown)
        self.vocabulary = self._vocabulary()
        self.endResetModel()

    def refresh(self) -> None:
        """Takes over what the session holds now; rows that stay keep their index, so that an open editor stays open."""
        new, old = self._session_rows(), self._shown
        before, self.vocabulary = self.vocabulary, self._vocabulary()
        if new is not old:
            self._shown = new
            if not edits.same_order(new, self._rows):
                self._remove_missing({row.id for row in new})
                self._insert_new(new)
                self._reorder(new)
            self._update(new)
        if before.scheme != self.vocabulary.scheme and self._rows:
            self._signal(0, TIER1, len(self._rows) - 1, TIER2)

    def _session_rows(self) -> Rows:
        """As the draft has them: those shown may be a key behind."""
        project = self._project()
        return project.indicators if project else ()

    def _project(self) -> Project | None:
        return next((p for p in self._session.document.projects if p.id == self._project_id), None)

    def _vocabulary(self) -> edits.Vocabulary:
        template = self._session.template
        units_of_form = template.known_units
        # A unit that is still being typed is none yet.
        typed = self._open
        values = tuple(row.value for row in self._rows if not typed or row.id != typed.before.id)
        units = edits.units_in(values, units_of_form)
        # Units met once stay known: a free one is still a unit when its number was just deleted.
        before = self.vocabulary.units if hasattr(self, "vocabulary") else frozenset()
        if typed:
            before, units = typed.units, units | ({typed.unit} - {""})
        known = before if units <= before and before else before | units_of_form | units
        return edits.Vocabulary(template.scheme(self._session.draft.settings.tier_scheme), known)

    def _remove_missing(self, kept: set[str]) -> None:
        last = len(self._rows) - 1
        while last >= 0:
            first = last
            while first >= 0 and self._rows[first].id not in kept:
                first -= 1
            if first < last:
                self.beginRemoveRows(QModelIndex(), first + 1, last)
                del self._rows[first + 1 : last + 1]
                self.endRemoveRows()
            last = first - 1

    def _insert_new(self, new: Rows) -> None:
        known = {row.id for row in self._rows}
        place = 0
        while place < len(new):
            end = place
            while end < len(new) and new[end].id not in known:
                end += 1
            if end > place:
                self.beginInsertRows(QModelIndex(), place, end - 1)
                self._rows[place:place] = new[place:end]
                self.endInsertRows()
            place = end + 1

    def _reorder(self, new: Rows) -> None:
        order = [row.id for row in self._rows]
        if order == [row.id for row in new]:
            return
        self.layoutAboutToBeChanged.emit()
        place = {row.id: at for at, row in enumerate(new)}
        before = self.persistentIndexList()
        after = [self.index(place[order[index.row()]], index.column()) for index in before]
        self._rows.sort(key=lambda row: place[row.id])
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _update(self, new: Rows) -> None:
        for place, (old_row, new_row) in enumerate(zip(self._rows, new, strict=True)):
            if old_row is new_row:
                continue
            self._rows[place] = new_row
            changed = [c for c, field in enumerate(FIELDS) if getattr(old_row, field) != getattr(new_row, field)]
            if not changed:
                continue
            self._signal(place, changed[0], place, changed[-1])
            if changed[0] in {TIER1, TIER2}:
                # The neighbours may be printed as one with this row now, or no longer.
                self._signal(max(place - 1, 0), TIER1, min(place + 1, len(self._rows) - 1), TIER2)

    def _signal(self, top: int, left: int, bottom: int, right: int) -> None:
        """The cells of that area, without the open one, are others now."""
        area = (top, left, bottom, right)
        for first, start, last, end in self._open.around(area) if self._open else (area,):
            self.dataChanged.emit(self.index(first, start), self.index(last, end))

    # Typing into one cell

    def open_cell(self, index: Index) -> None:
        """An editor opens: until it closes, what it hands over replaces the value as it is now, all in one step."""
        self._session.leave_field()
        kept, row = QPersistentModelIndex(index), self._rows[index.row()]
        self._open = OpenCell(kept, self.path(index), row, self.vocabulary.units)

    def close_cell(self) -> None:
        """The editor has closed: what was typed is shown in the cell, and its step is done."""
        self.refresh()  # the step lets other cells follow a moment after a key
        closed, self._open = self._open, None
        self._session.leave_field()
        if closed and closed.index.isValid():
            row, column = closed.index.row(), closed.index.column()
            self._signal(row, column, row, column)

    def restore_cell(self) -> None:
        """Takes back what the open editor handed over."""
        if not self._open:
            return
        path, before = self._open.path, self._open.before
        self._open = replace(self._open, unit="")
        try:
            self._session.cancel_typing(path, self)
            # Where its step was ended meanwhile, the old value comes by a new one.
            row = self._session.get(self._row_path(before))
            if isinstance(row, Indicator) and (restored := self._open.restored(row)) != row:
                self._type(path, restored, row)
        except fieldpath.PathError:
            return  # the row went while the editor was open

    def _type(self, path: str, new: Indicator, old: Indicator) -> bool:
        """The row as it is with what stands in the open cell, whose field has that path."""
        if new.tier2 != old.tier2:
            after = fieldpath.replace(self._session.document, self._row_path(old), new)
            return self._session.type_along(f"修改 {self._session.where(path)}", after, path, self)
        return self._session.edit(path, getattr(new, path.rpartition(".")[2]), self, patient=True)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One step of undo; typing on in an open cell joins it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.is_editable:
            return False
        row, column, path = self._rows[index.row()], index.column(), self.path(index)
        text, removed = cleaned(path, str(value))
        typed = self._open if self._open and self._open.index == index else None
        if column == edits.UNIT:
            units = typed.units if typed else self.vocabulary.units
            self.vocabulary = replace(self.vocabulary, units=units | ({text} - {""}))
            self._open = replace(typed, unit=text) if typed else self._open
        # A first tier chosen on the way to another one brings no second tier along.
        new = edits.with_cell(typed.restored(row) if typed else row, column, text, self.vocabulary)
        changed = self._type(path, new, row)
        if not self._open:
            self._session.leave_field()
        if removed:
            self.cleaned.emit(removed)
        return changed

    # Edits of many cells and of rows, each one step

    def clear(self, cells: Collection[Place]) -> bool:
        label = f"清空 {len(cells)} 个单元格" if len(cells) > 1 else "清空单元格"
        return self._set_rows(edits.cleared(self._session_rows(), cells, self.vocabulary), label)

    def fill_down(self, cells: Collection[Place]) -> bool:
        return self._set_rows(edits.filled_down(self._session_rows(), cells, self.vocabulary), "向下填充")

    def fill_on(self, area: tuple[int, int, int, int], until: int) -> bool:
        """The cells of the area (top, left, bottom, right) go on below it, down to that row."""
        return self._set_rows(edits.filled_on(self._session_rows(), area, until, self.vocabulary), "向下填充")

    def paste(self, block: Sequence[Sequence[str]], cells: Collection[Place]) -> bool:
        return bool(block) and self._set_rows(edits.pasted(self._session_rows(), block, cells, self.vocabulary), "粘贴指标")

    def insert_row(self, at: int) -> bool:
        """An empty row at that place, under the tiers of the row before it."""
        if not self.is_editable:
            return False
        like = self._rows[at - 1] if 0 < at <= len(self._rows) else self._rows[0] if self._rows else None
        return self._session.insert(self._list_path, at, edits.new_row(like), "添加指标")

    def remove_rows(self, places: Collection[int]) -> bool:
        gone = set(places)
        label = f"删除指标 {min(gone) + 1}" if len(gone) == 1 else f"删除 {len(gone)} 行指标"
        return self._set_rows(tuple(row for at, row in enumerate(self._session_rows()) if at not in gone), label)

    def move_rows(self, places: Collection[int], by: int) -> bool:
        """The rows together one place up (-1) or down (1)."""
        order, moving = list(range(len(self._rows))), sorted(set(places), reverse=by > 0)
        if not moving or not all(0 <= at + by < len(order) for at in moving):
            return False
        for at in moving:
            order[at], order[at + by] = order[at + by], order[at]
        return self._set_rows(tuple(self._session_rows()[at] for at in order), "移动指标")

    def drop_rows(self, places: Collection[int], before: int) -> bool:
        """The rows together to where they were dragged."""
        return self._set_rows(edits.moved_rows(self._session_rows(), places, before), "移动指标")

    def sort_rows(self) -> bool:
        return self._set_rows(edits.sorted_rows(self._session_rows(), self.vocabulary.scheme), "合理排序")

    def add_rows(self, rows: Sequence[Indicator], at: int, label: str) -> bool:
        """Rows of another project or of the library, each behind those of its tier; an untouched row at that place gives way."""
        kept = [row for place, row in enumerate(self._session_rows()) if place != at or not edits.is_untouched(row)]
        for row in rows:
            kept.insert(place_for(kept, self.vocabulary.scheme, row.tier2.strip()), row)
        return bool(rows) and self._set_rows(tuple(kept), label)

    def finish(self, index: Index, rows: Rows, label: str) -> bool:
        """The typing in the open cell ends with a change of the rows: one step together."""
        if not self.is_editable:
            return False
        after = fieldpath.replace(self._session.document, self._list_path, rows)
        return self._session.finish_typing(label, after, self.path(index), self)

    def fill(self, index: Index, cells: Collection[Place], text: str) -> bool:
        """What was typed into one cell in all of those."""
        rows = edits.filled(self._before_typing(index), cells, text, self.vocabulary)
        return self.finish(index, rows, f"填写 {len(cells)} 个单元格")

    def take_entry(self, index: Index, entry: Entry, with_value: bool = False) -> bool:
        """An indicator of the library in the place of the name that was being typed, on wish with the value used last."""
        rows = list(self._before_typing(index))
        rows[index.row()] = with_entry(rows[index.row()], entry, self.vocabulary.units, with_value=with_value)
        return self.finish(index, tuple(rows), f"选用指标「{entry.name}」")

    def set_row(self, row: Indicator, label: str) -> bool:
        """That row as it shall be."""
        return self._set_rows(tuple(row if each.id == row.id else each for each in self._session_rows()), label)

    def _before_typing(self, index: Index) -> Rows:
        """The rows without what the open cell handed over so far."""
        rows = list(self._session_rows())
        if self._open and self._open.index == index:
            rows[index.row()] = self._open.restored(rows[index.row()])
        return tuple(rows)

    def texts(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """The texts of a rectangle, for the clipboard."""
        return [[edits.cell_text(self._rows[r], c, self.vocabulary.units) for c in columns] for r in rows]

    @property
    def _list_path(self) -> str:
        return f"projects[{self._project_id}].indicators"

    def _row_path(self, row: Indicator) -> str:
        return f"{self._list_path}[{row.id}]"

    def _set_rows(self, rows: Rows, label: str) -> bool:
        if not self.is_editable or rows == self._session_rows():
            return False
        return self._session.change(label, fieldpath.replace(self._session.document, self._list_path, rows), self)
