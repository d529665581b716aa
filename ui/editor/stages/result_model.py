"""A table of a report page as a model: targets that are locked, results that are typed, proposals that are grey."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from models.reports.report_cells import Column, ResultCell, Row
from models.session.session import Session

if TYPE_CHECKING:
    from models.checks.registry import Problem

PROPOSED_ROLE = Qt.ItemDataRole.UserRole + 3
"""What is proposed for a cell nothing was typed in."""
MARK_ROLE = Qt.ItemDataRole.UserRole + 4
"""How severe what is wrong with the cell is; "" where nothing is."""

Index = QModelIndex | QPersistentModelIndex
_EMPTY = ResultCell("")


class ResultModel(QAbstractTableModel):
    """`read` gives columns and rows as they are now. The cell an editor is open in is typed into: no change of it is signalled."""

    cleaned = Signal(int)
    """So many characters no file can hold were taken out of what was typed."""

    def __init__(
        self,
        session: Session,
        read: Callable[[], tuple[Sequence[Column], Sequence[Row]]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._read = session, read
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[Row] = ()
        self._problems: Mapping[str, Sequence[Problem]] = {}
        self.open_path = ""
        """The path of the cell an editor is open in."""
        self.is_locked = False

    @property
    def is_typed_into(self) -> bool:
        return bool(self.open_path)

    def refresh(self) -> None:
        """Shows the draft as it is: other columns or another number of rows reset the table."""
        columns, rows = self._read()
        if columns == self.columns and len(rows) == len(self.rows):
            changed = [at for at, row in enumerate(rows) if row != self.rows[at]]
            self.rows = rows
            for at in changed:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(columns) - 1))
            return
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def show_problems(self, problems: Mapping[str, Sequence["Problem"]]) -> None:
        self._problems = problems
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def cell(self, index: Index) -> ResultCell:
        row, column = index.row(), index.column()
        there = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if there else _EMPTY

    def find(self, path: str) -> QModelIndex:
        """The cell of that path; an invalid index where there is none."""
        for at, row in enumerate(self.rows):
            for over, cell in enumerate(row):
                if cell.path == path:
                    return self.index(at, over)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section].header if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cell(index)
        roles = Qt.ItemDataRole
        if role == roles.DisplayRole:
            return cell.text or cell.proposal
        if role == roles.EditRole:
            return cell.text
        if role == PROPOSED_ROLE:
            return cell.proposal
        if role == MARK_ROLE:
            return self._mark(cell)
        if role == roles.ForegroundRole:
            return self._colour(cell)
        if role in {roles.ToolTipRole, roles.AccessibleDescriptionRole}:
            found = [_sentences(self._problems[cell.path])] if self._mark(cell) else []
            grey = [f"建议 {cell.proposal}，按 Enter 采用，或直接输入。"] if cell.proposal else []
            return "\n".join((*found, *grey))
        if role == roles.AccessibleTextRole:
            words = cell.text or (f"空，建议 {cell.proposal}" if cell.proposal else "空")
            return f"第 {index.row() + 1} 行 {self.columns[index.column()].header} {words}"
        return None

    def _mark(self, cell: ResultCell) -> str:
        found = self._problems.get(cell.path, ()) if cell.path else ()
        if not found:
            return ""
        from ui.editor.marks import most_severe

        return most_severe(found).severity.value

    def _colour(self, cell: ResultCell) -> object:
        if cell.text and cell.path:
            return None
        role = QPalette.ColorRole.PlaceholderText if not cell.text else QPalette.ColorRole.WindowText
        return QApplication.palette().color(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.cell(index).path and not self.is_locked else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Typing; nothing where the cell is locked."""
        path = self.cell(index).path
        if role != Qt.ItemDataRole.EditRole or not path:
            return False
        changed = self._session.edit(path, str(value), self, patient=self.is_typed_into)
        self.cleaned.emit(self._session.removed_characters)
        return changed

    def take_proposal(self, index: Index) -> bool:
        """The grey words become the cell's; False where there are none."""
        cell = self.cell(index)
        if not cell.proposal or not cell.path or self.is_locked:
            return False
        self._session.leave_field()
        self._session.edit(cell.path, cell.proposal)
        self._session.leave_field()
        return True

    def restore(self) -> None:
        """Takes back what was typed in the open cell."""
        if self.open_path:
            self._session.cancel_typing(self.open_path, self)


def _sentences(problems: Sequence["Problem"]) -> str:
    from ui.editor.marks import sentences

    return sentences(problems)
