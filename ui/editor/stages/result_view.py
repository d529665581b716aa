"""The view of a table of a report page: everything it offers works from the keyboard, as in the indicator table."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from models.reports import report_cells
from models.session.session import Session
from ui.editor.stages.result_model import MARK_ROLE, ResultModel
from ui.editor.table.cell_editors import ChoiceEditor, TextEditor
from ui.editor.table.cell_marks import mark_symbol
from ui.editor.table.cell_table import CellTable
from ui.editor.table.editing_delegate import EditingDelegate
from ui.editor.table.mark_painter import paint_mark
from ui.widgets.colours import chosen_ground, current_frame
from ui.widgets.messages import say, say_removed
from ui.widgets.table_clipboard import from_mime, to_mime
from ui.widgets.view_options import option_of

Index = QModelIndex | QPersistentModelIndex


class ResultView(CellTable):
    """`least` and `shares`: widths of the columns, as `FittedTable` has them."""

    def __init__(
        self, model: ResultModel, session: Session, least: tuple[float, ...], shares: tuple[float, ...], name: str
    ) -> None:
        super().__init__(least, shares)
        self.results, self._session = model, session
        self.setModel(model)
        self.setItemDelegate(ResultDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(True)
        self.setWordWrap(True)
        model.cleaned.connect(partial(say_removed, self))
        self.follow_model()
        model.modelReset.connect(self.fit_columns)  # there may be other columns

    def use_widths(self, least: tuple[float, ...], shares: tuple[float, ...]) -> None:
        """Of the columns that are shown from now on; what the clerk pulled wider stays while they are the same."""
        if least != self._least:
            self._least, self._shares = least, shares

    def cell_height(self, index: Index, width: int) -> int:
        room = QRect(0, 0, max(width - 10, 10), 10_000)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        text = str(index.data() or "字")
        return self.fontMetrics().boundingRect(room, int(flags.value), text).height() + self.fontMetrics().height() // 2

    # Where the cursor is

    def go_to(self, index: QModelIndex) -> None:
        super().go_to(index)
        self.scrollTo(index)

    def focus_path(self, path: str) -> bool:
        """Selects the cell of that field; False where there is none."""
        index = self.results.find(path)
        if not index.isValid():
            return False
        self.go_to(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> bool:
        """The first cell one can type in."""
        first = next(self._open_cells(), None)
        if first is None:
            return False
        if not (self.currentIndex().isValid() and self.results.cell(self.currentIndex()).path):
            self.go_to(first)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _open_cells(self) -> Iterator[QModelIndex]:
        for row in range(self.results.rowCount()):
            for column in range(self.results.columnCount()):
                index = self.results.index(row, column)
                if self.results.cell(index).path:
                    yield index

    def _along(self, by: int) -> None:
        """To the next cell one can type in, or out of the table at its ends."""
        cells = list(self._open_cells())
        current = self.currentIndex()
        here = (current.row(), current.column())
        places = [(index.row(), index.column()) for index in cells]
        beyond = [at for at, place in enumerate(places) if (place > here if by > 0 else place < here)]
        if beyond:
            self.go_to(cells[beyond[0] if by > 0 else beyond[-1]])
        else:
            self.leave(forward=by > 0)

    def go_right(self) -> None:
        self._along(1)

    def go_left(self) -> None:
        self._along(-1)

    def go_down(self, typed: bool = False) -> None:  # noqa: ARG002  (no row is ever added here)
        current = self.currentIndex()
        if current.row() + 1 < self.results.rowCount():
            self.go_to(self.results.index(current.row() + 1, current.column()))

    def enter(self) -> None:
        """The grey proposal becomes the cell's."""
        self.results.take_proposal(self.currentIndex())
        self.go_down()

    # What the table asks of it

    def path_of(self, index: Index) -> str:
        return self.results.cell(index).path

    def has_list(self, index: Index) -> bool:
        typed_into = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        return typed_into and bool(self.results.columns[index.column()].choices)

    def has_mark(self, index: Index) -> bool:
        return bool(index.data(MARK_ROLE))

    def editing_ended(self) -> None:
        self._session.leave_field()

    def _selected(self) -> list[QModelIndex]:
        return self.selectedIndexes() or [self.currentIndex()]

    def clear_cells(self) -> None:
        """What was typed in the chosen cells goes: one step."""
        paths = [self.results.cell(index).path for index in self._selected()]
        self._session.leave_field()
        self._session.change("清空结果", report_cells.cleared(self._session.draft, paths))

    def copy(self) -> None:
        places = {(index.row(), index.column()) for index in self._selected()}
        rows, columns = sorted({row for row, _ in places}), sorted({column for _, column in places})
        texts = [[self.results.rows[row][column].text for column in columns] for row in rows]
        QGuiApplication.clipboard().setMimeData(to_mime(texts))

    def paste(self) -> None:
        """A table or a text from the first chosen cell on: one step; targets stay as they are."""
        block = from_mime(QGuiApplication.clipboard().mimeData())
        places = sorted((index.row(), index.column()) for index in self._selected() if index.isValid())
        if not block or not places:
            return
        top, left = places[0][0], min(column for _row, column in places)
        after, count = report_cells.pasted(self._session.draft, tuple(self.results.rows), block, top, left)
        self._session.leave_field()
        if self._session.change("粘贴结果", after):
            say(self, f"已填入 {count} 格，按 Ctrl+Z 可以撤销。", undoable=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.focus_first()
        super().focusInEvent(event)


class ResultDelegate(EditingDelegate):
    """Opens a text of several lines, or a list where the column is chosen from one; every key typed goes to the draft."""

    def __init__(self, view: ResultView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = index if isinstance(index, QModelIndex) else self._view.model().index(index.row(), index.column())
        rect = option_of(option).rect
        if not self._view.results.cell(place).path:
            painter.fillRect(rect, self._view.palette().color(QPalette.ColorRole.AlternateBase))
        palette = option_of(option).palette
        # As in the indicator table: what is chosen is tinted, and its words keep their colour.
        palette.setColor(QPalette.ColorRole.Highlight, chosen_ground(palette, self._view.has_keyboard()))
        palette.setColor(QPalette.ColorRole.HighlightedText, palette.color(QPalette.ColorRole.Text))
        option_of(option).palette = palette
        super().paint(painter, option, place)
        if kind := str(index.data(MARK_ROLE) or ""):
            ground = self._view.palette().color(QPalette.ColorRole.Base)
            paint_mark(painter, rect, mark_symbol(kind), kind, self._view.font(), ground)
        if place == self._view.currentIndex():
            painter.setPen(current_frame(self._view.palette(), self._view.hasFocus()))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def new_editor(self, parent: QWidget, index: Index) -> TextEditor | ChoiceEditor:
        column = self._view.results.columns[index.column()]
        return ChoiceEditor(column.choices, parent) if column.choices else TextEditor(parent)

    def open_cell(self, index: Index) -> None:
        self._view.results.open_path = self._view.results.cell(index).path

    def close_cell(self, index: Index, editor: QWidget) -> None:  # noqa: ARG002  (its place is known)
        self._view.results.open_path = ""
        self._view.results.refresh()

    def restore_cell(self) -> None:
        self._view.results.restore()

    def take(self, index: Index, text: str) -> None:
        self._view.results.setData(index, text)
