"""A table into whose selected cell one composes words at once: the cell opens, the first word replaces what stood in it."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ui.tables.editors import CellEditor
from ui.tables.fitted_table import FittedTable

_PLACES = frozenset((Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle))


class ComposingTable(FittedTable):
    """The table keeps the keyboard until the first word is done, since moving it breaks a composition off, and passes all of
    the composition on to the editor. Qt's own way of doing so loses the word where the current cell changes meanwhile."""

    editor: QWidget | None = None
    """The editor that is open, kept by the delegate."""
    keeps_keyboard = False
    """Whether an editor that opens shall not take the keyboard yet."""
    _is_passing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._is_passing:
            return  # the keyboard moves into the editor, for which the input method ends once more what is ended
        if self.editor is None and (event.preeditString() or event.commitString()):
            self._open_for_words()
        if self.editor is None:
            event.ignore()
            return
        self._is_passing = True
        try:
            QApplication.sendEvent(self.editor, event)
            if not event.preeditString():
                self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        finally:
            self._is_passing = False
        self.updateMicroFocus()

    def _open_for_words(self) -> None:
        self.keeps_keyboard = True
        try:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed)  # type: ignore[call-overload]  # no event
        finally:
            self.keeps_keyboard = False
        if self.editor is not None:
            self.editor.setEnabled(True)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the words are composed is asked of the table, as long as it has the keyboard."""
        if query not in _PLACES or not isinstance(self.editor, CellEditor) or not self.hasFocus():
            return super().inputMethodQuery(query)
        field = self.editor.field()
        place = field.inputMethodQuery(query)
        if isinstance(place, QRect | QRectF):
            place.translate(field.mapTo(self, QPoint()))
        return place
