"""What every delegate of a `CellTable` does with the editor that is open: keys, composed words, lists, and handing over."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.editor.table.cell_editors import CellEditor, ChoiceEditor, PhraseEditor, TextEditor
from ui.widgets.keys import is_enter
from ui.widgets.view_options import option_of

if TYPE_CHECKING:
    from ui.editor.table.cell_table import CellTable

Index = QModelIndex | QPersistentModelIndex
Hint: TypeAlias = QStyledItemDelegate.EndEditHint
_HEARD = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.FocusOut,
        QEvent.Type.Hide,
    }
)
"""What a delegate has to do with; of all else an editor gets hears it alone."""


class EditingDelegate(QStyledItemDelegate):
    """The subclass says which editor a cell has, and how its model keeps the open cell."""

    def __init__(self, view: CellTable) -> None:
        super().__init__(view)
        self._table = view

    @abstractmethod
    def new_editor(self, parent: QWidget, index: Index) -> TextEditor | ChoiceEditor | PhraseEditor:
        """The editor of that cell, empty still."""

    @abstractmethod
    def open_cell(self, index: Index) -> None:
        """The model is told that the cell is typed into."""

    @abstractmethod
    def close_cell(self, index: Index, editor: QWidget) -> None:
        """The model is told that it no longer is."""

    @abstractmethod
    def restore_cell(self) -> None:
        """What was typed into the open cell is taken back."""

    @abstractmethod
    def take(self, index: Index, text: str) -> None:
        """The text is what stands in that cell now."""

    def takes_key(self, editor: CellEditor, event: QKeyEvent) -> bool:  # noqa: ARG002  (for those that have one)
        """Whether the key was for a list of the editor."""
        return False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        editor = self.new_editor(parent, index)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setAutoFillBackground(True)
        editor.setEnabled(not self._table.keeps_keyboard)  # Qt gives it the keyboard if it can take it
        if isinstance(editor, ChoiceEditor | PhraseEditor):
            editor.picked.connect(lambda: self._picked(editor))
        if isinstance(editor, ChoiceEditor):
            editor.passed_on.connect(lambda text: self._pass_on(editor, text))
        kept = QPersistentModelIndex(index)
        editor.edited.connect(lambda: self._hand_over(editor, kept))
        if isinstance(editor, TextEditor):
            editor.grown.connect(lambda: editor.lie_over(self._table, kept))
        self.open_cell(index)
        self._table.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Only once: what changes below an open editor must not wipe what is being typed.
        if not isinstance(editor, CellEditor) or editor.is_open:
            return
        editor.load(str(index.data(Qt.ItemDataRole.EditRole)))
        if self._table.opened_by_typing:
            editor.select_all()
        else:
            editor.go_to_end()
        if isinstance(editor, ChoiceEditor) and not self._table.opened_by_typing:
            QTimer.singleShot(0, editor, lambda: self._drop_down(editor))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: ARG002
        if not isinstance(editor, CellEditor) or editor.is_displaced():
            return
        # What was handed over before may have been undone since: what stands in the editor counts, once it was changed.
        if editor.text() != editor.shown or editor.text() != editor.handed_over:
            editor.handed_over = editor.text()
            self.take(index, editor.handed_over)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if self._table.editor is editor:
            self._table.editor = None
            self.close_cell(index, editor)
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option_of(option).rect)
        if isinstance(editor, TextEditor):
            editor.lie_over(self._table, index)
        elif isinstance(editor, ChoiceEditor | PhraseEditor):
            _widen(editor, option_of(option).rect)

    # Keys

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _HEARD:
            return False
        if kind == QEvent.Type.KeyRelease and isinstance(editor, TextEditor):
            return True  # else all that is around the table is asked, one after the other, and wants none
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, CellEditor):
            if self._is_taken(editor, event):
                return True
            hint = _hint(event, has_lines=isinstance(editor, TextEditor))
            if hint is not None:
                if isinstance(editor, ChoiceEditor) and editor.pass_on():
                    # Struck so fast that the number is not in its cell yet: the key ends that one.
                    QApplication.sendEvent(self._table.editor or self._table, event)
                elif hint == Hint.RevertModelCache:
                    self.restore_cell()
                    self.closeEditor.emit(editor, hint)
                else:
                    self.finish(editor, hint)
                return True
            if isinstance(editor, TextEditor):
                return False
        if kind == QEvent.Type.FocusOut and isinstance(editor, CellEditor):
            editor.finish_composition()
        return super().eventFilter(editor, event)

    def _is_taken(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Whether the key was for the editor's list, left the table, or filled the selection (Ctrl+Enter)."""
        if self.takes_key(editor, event):
            return True
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            back = event.key() == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._table.leave(forward=not back)
            return True
        return bool(is_enter(event) and held and self._table.fill_selection(editor))

    def _picked(self, editor: CellEditor) -> None:
        """From a list; with Ctrl held for all selected cells of the column."""
        if isinstance(editor, ChoiceEditor) and editor.pass_on():
            return  # Enter struck before the number had its cell: that is open now
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if not (held and self.is_open(editor) and self._table.fill_selection(editor)):
            self.finish(editor, Hint.NoHint)

    def _pass_on(self, editor: ChoiceEditor, text: str) -> None:
        """«≥12» typed into the cell of the sign: the number goes into its own."""
        if not self.is_open(editor):
            return
        editor.hidePopup()
        self.finish(editor, Hint.EditNextItem)
        for char in text:
            target = self._table.editor or self._table
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
            QApplication.sendEvent(target, event)

    def _drop_down(self, editor: ChoiceEditor) -> None:
        if self._table.editor is editor:  # a quick Enter may have closed it before its list came
            editor.showPopup()

    def finish(self, editor: QWidget, hint: Hint) -> None:
        """Takes over what stands in the editor, and closes it."""
        if not self.is_open(editor):
            return  # a list that was picked from by a key that also closed the editor
        editor.finish_composition()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def _hand_over(self, editor: QWidget, index: Index) -> None:
        """At every key: without the view's own way, which looks for the cell and takes the delegate out and in again."""
        if self.is_open(editor) and index.isValid():
            self.setModelData(editor, self._table.model(), index)

    def is_open(self, editor: QWidget) -> TypeGuard[CellEditor]:
        """Whether it is the editor in the cell, and not about to go."""
        return self._table.editor is editor and isinstance(editor, CellEditor) and editor.is_open


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


def _widen(editor: QWidget, cell: QRect) -> None:
    """A box with an arrow needs more than a narrow column gives; it stays inside the table."""
    width = max(cell.width(), editor.minimumSizeHint().width())
    height = max(cell.height(), editor.minimumSizeHint().height())
    left = max(0, min(cell.left(), (editor.parentWidget() or editor).width() - width))
    editor.setGeometry(left, cell.top(), width, height)
