"""The view of a table of a report page: everything it offers works from the keyboard, as in the indicator table."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.reports import report_cells
from models.session.session import Session
from ui.editor.stages.result_model import FAULTY_ROLE, ResultModel
from ui.editor.table.cell_editors import CellEditor, ChoiceEditor, TextEditor, is_enter
from ui.editor.table.composing_table import ComposingTable
from ui.widgets.messages import say, say_removed
from ui.widgets.table_clipboard import from_mime, to_mime
from ui.widgets.view_options import option_of

Index = QModelIndex | QPersistentModelIndex
Hint: TypeAlias = QStyledItemDelegate.EndEditHint


class ResultView(ComposingTable):
    """`least` and `shares`: widths of the columns, as `FittedTable` has them."""

    cell_focused = Signal(str)
    """The field path of the current cell, when the table or an editor in it has the keyboard."""

    def __init__(
        self, model: ResultModel, session: Session, least: tuple[float, ...], shares: tuple[float, ...], name: str
    ) -> None:
        super().__init__(least, shares)
        self.results, self._session = model, session
        self.opened_by_typing = True
        self._leaving = False
        self._keys = self._make_keys()
        self.setModel(model)
        self.setItemDelegate(ResultDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setWordWrap(True)
        model.cleaned.connect(partial(say_removed, self))
        self.follow_model()

    def use_widths(self, least: tuple[float, ...], shares: tuple[float, ...]) -> None:
        """Other columns are shown from now on."""
        self._least, self._shares = least, shares

    def cell_height(self, index: Index, width: int) -> int:
        room = QRect(0, 0, max(width - 10, 10), 10_000)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        text = str(index.data() or "字")
        return self.fontMetrics().boundingRect(room, int(flags.value), text).height() + self.fontMetrics().height() // 2

    # Where the cursor is

    def go_to(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
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

    def _down(self) -> None:
        current = self.currentIndex()
        if current.row() + 1 < self.results.rowCount():
            self.go_to(self.results.index(current.row() + 1, current.column()))

    def _enter(self) -> None:
        self.results.take_proposal(self.currentIndex())
        self._down()

    def leave(self, forward: bool) -> None:
        """On to what comes after the table in the order of Tab, or before it."""
        self.commit_editor()
        self._leaving = True
        self.focusNextPrevChild(forward)
        self._leaving = False

    def focusNextPrevChild(self, forward: bool) -> bool:
        return super().focusNextPrevChild(forward) if self._leaving else False

    # What the keys do

    def _make_keys(self) -> dict[QKeySequence, Callable[[], None]]:
        return {
            QKeySequence("Del"): self.clear_cells,
            QKeySequence("Backspace"): self.clear_cells,
            QKeySequence("Ctrl+C"): self.copy,
            QKeySequence("Ctrl+Ins"): self.copy,
            QKeySequence("Ctrl+V"): self.paste,
            QKeySequence("Shift+Ins"): self.paste,
            QKeySequence("Tab"): lambda: self._along(1),
            QKeySequence("Shift+Tab"): lambda: self._along(-1),
            QKeySequence("Shift+Backtab"): lambda: self._along(-1),
            QKeySequence("Backtab"): lambda: self._along(-1),
            QKeySequence("Ctrl+Tab"): lambda: self.leave(forward=True),
            QKeySequence("Ctrl+Shift+Tab"): lambda: self.leave(forward=False),
            QKeySequence("Ctrl+Shift+Backtab"): lambda: self.leave(forward=False),
            QKeySequence("Return"): self._enter,
            QKeySequence("Enter"): self._enter,
            QKeySequence("F4"): self.open_list,
            QKeySequence("Alt+Down"): self.open_list,
        }

    def event(self, event: QEvent) -> bool:
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

    def open_list(self) -> None:
        if self.editor is None and self.currentIndex().isValid():
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)

    def edit(self, index: Index, trigger: object = None, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """Typing opens a cell to replace its text, everything else to go on with it."""
        self.opened_by_typing = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        if trigger is None:
            trigger = QAbstractItemView.EditTrigger.AllEditTriggers
        place = index if isinstance(index, QModelIndex) else self.model().index(index.row(), index.column())
        return bool(super().edit(place, trigger, event))  # type: ignore[call-overload]  # the stubs leave the event out

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
            say(self, f"已填入 {count} 格，按 Ctrl+Z 可以撤销。")

    # Editors

    def commit_editor(self) -> None:
        """Takes over what is typed or composed in an open cell, and closes it."""
        editor = self.editor
        if isinstance(editor, CellEditor):
            editor.finish_composition()
            self.commitData(editor)
            self.closeEditor(editor, Hint.NoHint)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        if isinstance(editor, CellEditor):
            editor.is_open = False
        super().closeEditor(editor, Hint.NoHint)
        self._session.leave_field()
        ways: dict[Hint, Callable[[], None]] = {
            Hint.EditNextItem: lambda: self._along(1),
            Hint.EditPreviousItem: lambda: self._along(-1),
            Hint.SubmitModelCache: self._down,
        }
        if hint in ways:
            ways[hint]()

    def currentChanged(self, current: Index, previous: Index) -> None:
        self.commit_editor()
        super().currentChanged(current, previous)
        if current.isValid() and self.has_keyboard():
            self.cell_focused.emit(self.results.cell(current).path)

    def has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.focus_first()
        self.cell_focused.emit(self.results.cell(self.currentIndex()).path)


class ResultDelegate(QStyledItemDelegate):
    """Opens a text of several lines, or a list where the column is chosen from one; every key typed goes to the draft."""

    def __init__(self, view: ResultView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = index if isinstance(index, QModelIndex) else self._view.model().index(index.row(), index.column())
        rect = option_of(option).rect
        if not self._view.results.cell(place).path:
            painter.fillRect(rect, self._view.palette().color(QPalette.ColorRole.AlternateBase))
        super().paint(painter, option, place)
        if index.data(FAULTY_ROLE):
            painter.drawText(rect.adjusted(0, 0, -3, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "⚠")
        if place == self._view.currentIndex():
            role = QPalette.ColorRole.Highlight if self._view.hasFocus() else QPalette.ColorRole.Mid
            painter.setPen(self._view.palette().color(role))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        column = self._view.results.columns[index.column()]
        editor: TextEditor | ChoiceEditor = (
            ChoiceEditor(column.choices, parent) if column.choices else TextEditor(parent)
        )
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setAutoFillBackground(True)
        editor.setEnabled(not self._view.keeps_keyboard)
        if isinstance(editor, ChoiceEditor):
            editor.picked.connect(lambda: self._finish(editor, Hint.NoHint))
        else:
            kept = QPersistentModelIndex(index)
            editor.grown.connect(lambda: editor.lie_over(self._view, kept))
        editor.edited.connect(lambda: self._hand_over(editor))
        self._view.results.open_path = self._view.results.cell(index).path
        self._view.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Only once: what changes below an open editor must not wipe what is being typed.
        if isinstance(editor, CellEditor) and not editor.is_open:
            editor.load(str(index.data(Qt.ItemDataRole.EditRole)))
            (editor.select_all if self._view.opened_by_typing else editor.go_to_end)()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: ARG002
        if not isinstance(editor, CellEditor) or editor.is_displaced():
            return
        if editor.text() != editor.shown or editor.text() != editor.handed_over:
            editor.handed_over = editor.text()
            self._view.results.setData(index, editor.handed_over)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if self._view.editor is editor:
            self._view.editor = None
            self._view.results.open_path = ""
            self._view.results.refresh()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option_of(option).rect)
        if isinstance(editor, TextEditor):
            editor.lie_over(self._view, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, CellEditor):
            hint = _hint(event, isinstance(editor, TextEditor))
            if hint == Hint.RevertModelCache:
                self._view.results.restore()
                self.closeEditor.emit(editor, hint)
                return True
            if hint is not None:
                self._finish(editor, hint)
                return True
            if isinstance(editor, TextEditor):
                return False
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, CellEditor):
            editor.finish_composition()
        return super().eventFilter(editor, event)

    def _hand_over(self, editor: QWidget) -> None:
        if self._view.editor is editor and isinstance(editor, CellEditor) and editor.is_open:
            self.commitData.emit(editor)

    def _finish(self, editor: QWidget, hint: Hint) -> None:
        if self._view.editor is editor and isinstance(editor, CellEditor) and editor.is_open:
            editor.finish_composition()
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, hint)


def _hint(event: QKeyEvent, has_lines: bool) -> Hint | None:
    """How a key ends editing; None where it does not. `has_lines`: Shift or Alt with Enter begins a line."""
    shifted = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier)
    if event.key() == Qt.Key.Key_Escape:
        return Hint.RevertModelCache
    if event.key() == Qt.Key.Key_Backtab or (event.key() == Qt.Key.Key_Tab and shifted):
        return Hint.EditPreviousItem
    if event.key() == Qt.Key.Key_Tab:
        return Hint.EditNextItem
    return Hint.SubmitModelCache if is_enter(event) and not (shifted and has_lines) else None
