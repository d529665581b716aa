"""A table into whose selected cell one composes words at once: the cell opens, the first word replaces what stood in it."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ui.editor.table.cell_editors import CellEditor
from ui.widgets.fitted_table import FittedTable

_KEYS = frozenset((QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease))
_PLACES = frozenset((Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle))


class ComposingTable(FittedTable):
    """The table keeps the keyboard for as long as the cell is open, and passes on what is written: moving the keyboard makes
    the input method forget what is being composed, on a busy machine also letters of a next word struck meanwhile."""

    editor: QWidget | None = None
    """The editor that is open, kept by the delegate."""
    keeps_keyboard = False
    """Whether an editor that opens shall not take the keyboard."""
    _is_passing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.editor is None and (event.preeditString() or event.commitString()):
            self._open_for_words()
        if self.editor is None:
            event.ignore()
            return
        QApplication.sendEvent(self.editor, event)
        self.updateMicroFocus()

    def _open_for_words(self) -> None:
        self.keeps_keyboard = True
        try:
            trigger = QAbstractItemView.EditTrigger.AnyKeyPressed
            self.edit(self.currentIndex(), trigger, None)  # type: ignore[call-overload]  # Qt takes a null pointer
        finally:
            self.keeps_keyboard = False
        if self.editor is not None:
            self.editor.setEnabled(True)
            _show_cursor(self.editor)

    def event(self, event: QEvent) -> bool:
        editor = self._written_into()
        # What the editor does not want comes back as to any parent.
        if event.type() not in _KEYS or editor is None or self._is_passing:
            return super().event(event)
        self._is_passing = True
        try:
            QApplication.sendEvent(editor, event)
        finally:
            self._is_passing = False
        return True

    def _written_into(self) -> QWidget | None:
        """The open editor whose keyboard the table has."""
        return self.editor if self.editor is not None and self.hasFocus() else None

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the words are composed is asked of the table, as long as it has the keyboard."""
        editor = self._written_into()
        if query not in _PLACES or not isinstance(editor, CellEditor):
            return super().inputMethodQuery(query)
        field = editor.field()
        place = field.inputMethodQuery(query)
        if isinstance(place, QRect | QRectF):
            place.translate(field.mapTo(self, QPoint()))
        return place


def _show_cursor(editor: QWidget) -> None:
    """An editor shows its cursor, and knows its list of completions, only if it believes to have the keyboard. The places it
    reports are the table's all the same."""
    written = QGuiApplication.inputMethod()
    place = written.inputItemTransform()
    QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.OtherFocusReason))
    written.setInputItemTransform(place)
