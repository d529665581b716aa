"""How the cells of the indicator table are painted and what opens in them."""

from collections import OrderedDict
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPalette,
    QStaticText,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.editor.table import indicator_edits as edits
from ui.editor.table.cell_editors import CellEditor, ChoiceEditor, PhraseEditor, TextEditor, is_enter
from ui.editor.table.indicator_model import FAULT_ROLE, MARK_ROLE, MERGED_ROLE, PROBLEM_ROLE, IndicatorModel
from ui.editor.table.name_editor import NameEditor
from ui.editor.table.unit_picker import UnitPicker
from ui.widgets.colours import blend, mark_colour
from ui.widgets.view_options import option_of

if TYPE_CHECKING:
    from ui.editor.table.indicator_view import IndicatorView

Index = QModelIndex | QPersistentModelIndex
CENTRED = frozenset({edits.TIER1, edits.TIER2, edits.SIGN, edits.NUMBER, edits.UNIT})
_REMEMBERED = 4096
_MARK_SIZE = 0.75
"""Of the cell's type."""


class TextLayouts:
    """Texts broken into lines once per width: measuring rows and painting them use the same ones."""

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[str, int, bool, str], QStaticText] = OrderedDict()

    def get(self, text: str, width: int, centred: bool, font: QFont) -> QStaticText:
        key = (text, width, centred, font.key())
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = _laid_out(text, width, centred, font)
            if len(self._texts) > _REMEMBERED:
                self._texts.popitem(last=False)
        return found


def _laid_out(text: str, width: int, centred: bool, font: QFont) -> QStaticText:
    # A static text breaks lines at the line separator alone.
    laid_out = QStaticText(text.replace("\n", "\u2028"))
    laid_out.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid_out.setTextOption(option)
    laid_out.setTextWidth(width)
    laid_out.prepare(font=font)
    return laid_out


class CellDelegate(QStyledItemDelegate):
    """Paints every cell, the tiers merged as printed; opens the editor that fits the column."""

    def __init__(self, view: "IndicatorView") -> None:
        super().__init__(view)
        self._view = view
        self._layouts = TextLayouts()

    # Painting

    @property
    def padding(self) -> int:
        return max(3, self._view.fontMetrics().height() // 6)

    def height(self, text: str, column: int, width: int) -> int:
        """What a cell of that width needs."""
        laid_out = self._layouts.get(text, width - 2 * self.padding, column in CENTRED, self._view.font())
        return int(laid_out.size().height()) + 2 * self.padding

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  (Qt's signature)
        width = self._view.columnWidth(index.column())
        return QSize(width, self.height(str(index.data()), index.column(), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option_of(option).state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, selected)
        tier = index.column() in {edits.TIER1, edits.TIER2}
        above, below = index.data(MERGED_ROLE) if tier else (False, False)
        # A selected cell of a merged group shows what stands in it, greyed: one sees what is to be edited.
        if not above or selected:
            self._paint_text(painter, option, index, repeated=above)
        self._paint_grid(painter, option_of(option).rect, below)
        self._paint_problem(painter, option, str(index.data(PROBLEM_ROLE) or ""), str(index.data(MARK_ROLE) or ""))
        if index == self._view.currentIndex():
            self._paint_current(painter, option_of(option).rect)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, selected: bool) -> None:
        palette = option_of(option).palette
        if selected:
            painter.fillRect(option_of(option).rect, _mixed(palette, QPalette.ColorRole.Highlight, 0.25))
        else:
            painter.fillRect(option_of(option).rect, palette.base())

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, repeated: bool) -> None:
        text = str(index.data() or "")
        if not text:
            return
        font = QFont(self._view.font())
        if index.data(FAULT_ROLE):
            font.setItalic(True)
        rect, padding = option_of(option).rect, self.padding
        centred = index.column() in CENTRED
        laid_out = self._layouts.get(text, rect.width() - 2 * padding, centred, font)
        if self._view.has_arrow(index):
            laid_out = self._narrower(laid_out, text, rect, centred, font, self._view.fontMetrics().height() + 1)
        elif index.data(PROBLEM_ROLE):
            mark = max(self._mark_width(str(index.data(PROBLEM_ROLE))), self._view.fontMetrics().height()) + 1
            laid_out = self._beside_mark(laid_out, text, rect, centred, font, mark)
        role = QPalette.ColorRole.PlaceholderText if repeated else QPalette.ColorRole.Text
        painter.save()
        painter.setClipRect(rect)
        painter.setFont(font)
        painter.setPen(option_of(option).palette.color(role))
        top = rect.top() + max(padding, (rect.height() - int(laid_out.size().height())) // 2)
        painter.drawStaticText(QPointF(rect.left() + padding, top), laid_out)
        painter.restore()

    def _beside_mark(
        self, usual: QStaticText, text: str, rect: QRect, centred: bool, font: QFont, mark: int
    ) -> QStaticText:
        """The words broken so that none stands below a mark so wide, where they take no more lines so."""
        wide = self._view.fontMetrics().horizontalAdvance(text)
        taken = wide + 2 * self.padding + (2 if centred else 1) * mark
        if taken <= rect.width() or (rect.height() - usual.size().height()) / 2 >= self._view.fontMetrics().height():
            return usual
        narrow = self._narrower(usual, text, rect, centred, font, mark)
        least = self._view.fontMetrics().height() + 1
        return narrow if narrow is not usual else self._narrower(usual, text, rect, centred, font, least)

    def _narrower(
        self, usual: QStaticText, text: str, rect: QRect, centred: bool, font: QFont, mark: int
    ) -> QStaticText:
        narrow = self._layouts.get(text, max(rect.width() - 2 * self.padding - mark, mark), centred, font)
        return narrow if narrow.size().height() <= usual.size().height() else usual

    def _mark_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPointSizeF(font.pointSizeF() * _MARK_SIZE)
        font.setBold(True)
        return font

    def _mark_width(self, symbol: str) -> int:
        """Of the sign with its ground, which is at least as wide as high."""
        metrics = QFontMetrics(self._mark_font())
        return max(metrics.height(), metrics.horizontalAdvance(symbol) + metrics.height() // 3)

    def _paint_problem(self, painter: QPainter, option: QStyleOptionViewItem, symbol: str, kind: str) -> None:
        """A sign in the cell's corner, on a ground of its kind's colour; what it means stands in the tool tip and the panel."""
        if not symbol:
            return
        rect, font = option_of(option).rect, self._mark_font()
        width, height = self._mark_width(symbol), QFontMetrics(font).height()
        corner = QRect(rect.right() - width - 1, rect.top() + 1, width, height)
        ground = option_of(option).palette.color(QPalette.ColorRole.Base)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark_colour(kind, ground))
        painter.drawRoundedRect(corner, height / 4, height / 4)
        painter.setFont(font)
        painter.setPen(ground)
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, symbol)
        painter.restore()

    def _paint_grid(self, painter: QPainter, rect: QRect, merged_below: bool) -> None:
        painter.setPen(_mixed(self._view.palette(), QPalette.ColorRole.Text, 0.3))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if not merged_below:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_current(self, painter: QPainter, rect: QRect) -> None:
        role = QPalette.ColorRole.Highlight if self._view.hasFocus() else QPalette.ColorRole.Mid
        pen = painter.pen()
        pen.setColor(self._view.palette().color(role))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        editor = self._new_editor(parent, index)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.setAutoFillBackground(True)
        editor.setEnabled(not self._view.keeps_keyboard)  # Qt gives it the keyboard if it can take it
        if isinstance(editor, ChoiceEditor | PhraseEditor):
            editor.picked.connect(lambda: self._picked(editor))
        if isinstance(editor, ChoiceEditor):
            editor.passed_on.connect(lambda text: self._pass_on(editor, text))
        if isinstance(editor, NameEditor):
            editor.picked.connect(lambda entry, whole: self._view.take_entry(editor, entry, whole))
        editor.edited.connect(lambda: self._hand_over(editor))
        if isinstance(editor, TextEditor):
            kept = QPersistentModelIndex(index)
            editor.grown.connect(lambda: editor.lie_over(self._view, kept))
        self._model.open_cell(index)
        self._view.editor = editor
        return editor

    def _new_editor(self, parent: QWidget, index: Index) -> TextEditor | ChoiceEditor | PhraseEditor:
        column, row, vocabulary = index.column(), self._model.rows[index.row()], self._model.vocabulary
        if column in {edits.TIER1, edits.TIER2, edits.SIGN}:
            return ChoiceEditor(edits.choices(row, column, vocabulary.scheme), parent)
        if column == edits.UNIT:
            return UnitPicker(self._view.unit_groups(), parent)
        if column == edits.BASIS and "\n" not in row.basis:
            return PhraseEditor(self._view.basis_phrases(), parent)
        if column == edits.NAME:
            suggest, project = self._view.knowledge.suggest, self._model.project_id
            return NameEditor(lambda text: suggest(text, row, project), parent)
        return TextEditor(parent)

    @property
    def _model(self) -> IndicatorModel:
        return self._view.indicators

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Only once: what changes below an open editor must not wipe what is being typed.
        if not isinstance(editor, CellEditor) or editor.is_open:
            return
        editor.load(str(index.data(Qt.ItemDataRole.EditRole)))
        if self._view.opened_by_typing:
            editor.select_all()
        else:
            editor.go_to_end()
        if isinstance(editor, ChoiceEditor) and not self._view.opened_by_typing:
            QTimer.singleShot(0, editor, lambda: self._drop_down(editor))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: ARG002
        if not isinstance(editor, CellEditor) or editor.is_displaced():
            return
        # What was handed over before may have been undone since: what stands in the editor counts, once it was changed.
        if editor.text() != editor.shown or editor.text() != editor.handed_over:
            editor.handed_over = editor.text()
            self._model.setData(index, editor.handed_over)
        if isinstance(editor, ChoiceEditor) and (behind := editor.take_behind()):
            # Closed by a click before the number had its cell: it belongs to this row all the same.
            self._model.setData(self._model.index(index.row(), edits.NUMBER), behind)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if self._view.editor is editor:
            self._view.editor = None
            self._model.close_cell()
            if index.column() == edits.UNIT and isinstance(editor, CellEditor) and editor.text() != editor.shown:
                self._view.remember_unit(str(index.data()))
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option_of(option).rect)
        if isinstance(editor, TextEditor):
            editor.lie_over(self._view, index)
        elif isinstance(editor, ChoiceEditor | PhraseEditor):
            _widen(editor, option_of(option).rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, CellEditor):
            if self._is_taken(editor, event):
                return True
            hint = self._hint(event, has_lines=isinstance(editor, TextEditor))
            if hint is not None:
                if isinstance(editor, ChoiceEditor) and editor.pass_on():
                    # Struck so fast that the number is not in its cell yet: the key ends that one.
                    QApplication.sendEvent(self._view.editor or self._view, event)
                elif hint == self.EndEditHint.RevertModelCache:
                    self._model.restore_cell()
                    self.closeEditor.emit(editor, hint)
                else:
                    self._finish(editor, hint)
                return True
            if isinstance(editor, TextEditor):
                return False
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, CellEditor):
            editor.finish_composition()
        return super().eventFilter(editor, event)

    def _is_taken(self, editor: CellEditor, event: QKeyEvent) -> bool:
        """Whether the key was for the editor's list, or filled the selection (Ctrl+Enter)."""
        if isinstance(editor, NameEditor) and editor.takes_key(event):
            return True
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            back = event.key() == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._view.leave(forward=not back)
            return True
        return bool(is_enter(event) and held and self._view.fill_selection(editor))

    def _picked(self, editor: CellEditor) -> None:
        """From a list; with Ctrl held for all selected cells of the column."""
        if isinstance(editor, ChoiceEditor) and editor.pass_on():
            return  # Enter struck before the number had its cell: that is open now
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if not (held and self._is_open(editor) and self._view.fill_selection(editor)):
            self._finish(editor, self.EndEditHint.NoHint)

    def _pass_on(self, editor: ChoiceEditor, text: str) -> None:
        """«≥12» typed into the cell of the sign: the number goes into its own."""
        if not self._is_open(editor):
            return
        editor.hidePopup()
        self._finish(editor, self.EndEditHint.EditNextItem)
        for char in text:
            target = self._view.editor or self._view
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
            QApplication.sendEvent(target, event)

    def _drop_down(self, editor: ChoiceEditor) -> None:
        if self._view.editor is editor:  # a quick Enter may have closed it before its list came
            editor.showPopup()

    def _hint(self, event: QKeyEvent, has_lines: bool) -> "QStyledItemDelegate.EndEditHint | None":
        """How a key ends editing; None where it does not. `has_lines`: Shift or Alt with Enter begins a line."""
        shifted = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            return self.EndEditHint.RevertModelCache
        if event.key() == Qt.Key.Key_Backtab or (event.key() == Qt.Key.Key_Tab and shifted):
            return self.EndEditHint.EditPreviousItem
        if event.key() == Qt.Key.Key_Tab:
            return self.EndEditHint.EditNextItem
        if is_enter(event) and not (shifted and has_lines):
            return self.EndEditHint.SubmitModelCache
        return None

    def _finish(self, editor: QWidget, hint: "QStyledItemDelegate.EndEditHint") -> None:
        if not self._is_open(editor):
            return  # a list that was picked from by a key that also closed the editor
        editor.finish_composition()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def _hand_over(self, editor: QWidget) -> None:
        if self._is_open(editor):
            self.commitData.emit(editor)

    def _is_open(self, editor: QWidget) -> TypeGuard[CellEditor]:
        """Whether it is the editor in the cell, and not about to go."""
        return self._view.editor is editor and isinstance(editor, CellEditor) and editor.is_open


def _widen(editor: QWidget, cell: QRect) -> None:
    """A box with an arrow needs more than a narrow column gives; it stays inside the table."""
    width = max(cell.width(), editor.minimumSizeHint().width())
    height = max(cell.height(), editor.minimumSizeHint().height())
    left = max(0, min(cell.left(), (editor.parentWidget() or editor).width() - width))
    editor.setGeometry(left, cell.top(), width, height)


def _mixed(palette: QPalette, role: QPalette.ColorRole, share: float) -> QColor:
    """That colour thinned with the ground."""
    return blend(palette.color(role), palette.color(QPalette.ColorRole.Base), share)
