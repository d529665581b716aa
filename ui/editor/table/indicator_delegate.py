"""How the cells of the indicator table are painted and what opens in them."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPalette,
    QStaticText,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from ui.editor.table import indicator_edits as edits
from ui.editor.table.cell_editors import CellEditor, ChoiceEditor, PhraseEditor, TextEditor
from ui.editor.table.cell_marks import mark_symbol
from ui.editor.table.editing_delegate import EditingDelegate
from ui.editor.table.indicator_model import FAULT_ROLE, MARK_ROLE, MERGED_ROLE, IndicatorModel
from ui.editor.table.mark_painter import mark_width, paint_mark
from ui.editor.table.name_editor import NameEditor
from ui.editor.table.unit_picker import UnitPicker
from ui.widgets.colours import blend, chosen_ground, current_frame
from ui.widgets.view_options import option_of

if TYPE_CHECKING:
    from ui.editor.table.indicator_view import IndicatorView

Index = QModelIndex | QPersistentModelIndex
CENTRED = frozenset({edits.TIER1, edits.TIER2, edits.SIGN, edits.NUMBER, edits.UNIT})
_REMEMBERED = 4096


class TextLayouts:
    """Texts broken into lines once per width: measuring rows and painting them use the same ones."""

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[str, int, bool, str], QStaticText] = OrderedDict()
        self._heights: dict[tuple[tuple[str, ...], tuple[int, ...], str], int] = {}

    def height(self, texts: Sequence[str], widths: Sequence[int], font: QFont) -> int:
        """Of the highest of the texts of a row, in columns so wide."""
        key = (tuple(texts), tuple(widths), font.key())
        known = self._heights.get(key)
        if known is None:
            if len(self._heights) >= _REMEMBERED:
                self._heights.clear()
            cells = enumerate(zip(texts, widths, strict=True))
            laid_out = (self.get(text, width, column in CENTRED, font) for column, (text, width) in cells)
            known = self._heights[key] = max(int(each.size().height()) for each in laid_out)
        return known

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


class CellDelegate(EditingDelegate):
    """Paints every cell, the tiers merged as printed; opens the editor that fits the column."""

    def __init__(self, view: "IndicatorView") -> None:
        super().__init__(view)
        self._view = view
        self._layouts = TextLayouts()

    # Painting

    @property
    def padding(self) -> int:
        return max(3, self._view.fontMetrics().height() // 6)

    def row_height(self, texts: Sequence[str], widths: Sequence[int]) -> int:
        """What a row of those texts needs, whose columns are so wide."""
        edges = 2 * self.padding
        return self._layouts.height(texts, [width - edges for width in widths], self._view.font()) + edges

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  (Qt's signature)
        width, edges = self._view.columnWidth(index.column()), 2 * self.padding
        laid_out = self._layouts.get(str(index.data()), width - edges, index.column() in CENTRED, self._view.font())
        return QSize(width, int(laid_out.size().height()) + edges)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option_of(option).state & QStyle.StateFlag.State_Selected)
        mark = str(self._model.data(index, MARK_ROLE) or "")
        self._paint_ground(painter, option, selected)
        tier = index.column() in {edits.TIER1, edits.TIER2}
        above, below = index.data(MERGED_ROLE) if tier else (False, False)
        # A selected cell of a merged group shows what stands in it, greyed: one sees what is to be edited.
        if not above or selected:
            self._paint_text(painter, option, index, mark, repeated=above)
        self._paint_grid(painter, option_of(option).rect, below)
        self._paint_problem(painter, option, mark)
        if index == self._view.currentIndex():
            self._paint_current(painter, option_of(option).rect)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, selected: bool) -> None:
        palette = option_of(option).palette
        if selected:
            painter.fillRect(option_of(option).rect, chosen_ground(palette, self._view.has_keyboard()))
        else:
            painter.fillRect(option_of(option).rect, palette.base())

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, kind: str, repeated: bool
    ) -> None:
        text = str(self._model.data(index) or "")
        if not text:
            return
        font = QFont(self._view.font())
        if self._model.data(index, FAULT_ROLE):
            font.setItalic(True)
        rect, padding = option_of(option).rect, self.padding
        centred = index.column() in CENTRED
        laid_out = self._layouts.get(text, rect.width() - 2 * padding, centred, font)
        if self._view.has_arrow(index):
            laid_out = self._narrower(laid_out, text, rect, centred, font, self._view.fontMetrics().height() + 1)
        elif kind:
            mark = max(mark_width(mark_symbol(kind), self._view.font()), self._view.fontMetrics().height()) + 1
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

    def _paint_problem(self, painter: QPainter, option: QStyleOptionViewItem, kind: str) -> None:
        """What it means stands in the tool tip and the panel."""
        if kind:
            ground = option_of(option).palette.color(QPalette.ColorRole.Base)
            paint_mark(painter, option_of(option).rect, mark_symbol(kind), kind, self._view.font(), ground)

    def _paint_grid(self, painter: QPainter, rect: QRect, merged_below: bool) -> None:
        painter.setPen(_mixed(self._view.palette(), QPalette.ColorRole.Text, 0.3))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if not merged_below:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_current(self, painter: QPainter, rect: QRect) -> None:
        pen = painter.pen()
        pen.setColor(current_frame(self._view.palette(), self._view.hasFocus()))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, NameEditor):
            editor.picked.connect(lambda entry, whole: self._view.take_entry(editor, entry, whole))
        return editor

    def new_editor(self, parent: QWidget, index: Index) -> TextEditor | ChoiceEditor | PhraseEditor:
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

    def open_cell(self, index: Index) -> None:
        self._model.open_cell(index)

    def close_cell(self, index: Index, editor: QWidget) -> None:
        self._model.close_cell()
        if index.column() == edits.UNIT and isinstance(editor, CellEditor) and editor.text() != editor.shown:
            self._view.remember_unit(str(index.data()))
        if index.column() == edits.TIER1 and isinstance(editor, CellEditor) and editor.text() != editor.shown:
            self._view.say_unfit(index.row())

    def restore_cell(self) -> None:
        self._model.restore_cell()

    def take(self, index: Index, text: str) -> None:
        self._model.setData(index, text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        super().setModelData(editor, model, index)
        if isinstance(editor, ChoiceEditor) and not editor.is_displaced() and (behind := editor.take_behind()):
            # Closed by a click before the number had its cell: it belongs to this row all the same.
            self._model.setData(self._model.index(index.row(), edits.NUMBER), behind)

    def takes_key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        return isinstance(editor, NameEditor) and editor.takes_key(event)


def _mixed(palette: QPalette, role: QPalette.ColorRole, share: float) -> QColor:
    """That colour thinned with the ground."""
    return blend(palette.color(role), palette.color(QPalette.ColorRole.Base), share)
