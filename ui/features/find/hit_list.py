"""The list of hits: by field, each hit with the words around it, a tick for those to be replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.document.fieldpath import PathError
from models.document.tree import Draft
from models.session.finding import Hit, around, text_at
from ui.widgets.keys import EnterOpens
from ui.widgets.view_options import option_of

Index = QModelIndex | QPersistentModelIndex
AROUND = Qt.ItemDataRole.UserRole
"""Words before, the hit, words after."""


class HitModel(QAbstractListModel):
    """A line for each field and one for each hit below it. What a line says is made when it is looked at."""

    ticked = Signal()
    """The user ticked a hit, or took a tick away."""

    def __init__(
        self, where: Callable[[str], str], locks: Callable[[str], bool], parent: QWidget | None = None
    ) -> None:
        """`where`: the words for a field path; `locks`: whether what stands there is final."""
        super().__init__(parent)
        self._where, self._locks = where, locks
        self._draft = Draft()
        self.hits: Sequence[Hit] = ()
        self._rows: list[tuple[int, int]] = []
        """(first hit of the field, how many) for a field's line; (hit, 0) for a hit's."""
        self._row_of: list[int] = []
        self._unticked: set[Hit] = set()

    def show(self, draft: Draft, hits: Sequence[Hit]) -> None:
        """Shows these hits of that draft."""
        self.beginResetModel()
        self._draft, self.hits = draft, hits
        self._rows, self._row_of = [], []
        heading = 0
        for at, hit in enumerate(hits):
            if at == 0 or hits[at - 1].path != hit.path:
                heading = len(self._rows)
                self._rows.append((at, 0))
            self._rows[heading] = (self._rows[heading][0], self._rows[heading][1] + 1)
            self._row_of.append(len(self._rows))
            self._rows.append((at, 0))
        self._unticked &= set(hits)
        self.endResetModel()

    @property
    def field_count(self) -> int:
        """In how many fields the hits lie."""
        return len(self._rows) - len(self.hits)

    def is_open(self, hit: Hit) -> bool:
        """Whether other words may take its place."""
        return hit.is_replaceable and not self._locks(hit.path)

    def open_hits(self) -> list[Hit]:
        """Those that may be replaced."""
        return [hit for hit in self.hits if self.is_open(hit)]

    def chosen(self) -> list[Hit]:
        """The ticked hits."""
        return [hit for hit in self.open_hits() if hit not in self._unticked]

    def tick_all(self, ticked: bool) -> None:
        self._unticked = set() if ticked else set(self.open_hits())
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def place(self, row: int) -> int:
        """Which hit a row shows, -1 where it shows none."""
        return self._rows[row][0] if 0 <= row < len(self._rows) and not self._rows[row][1] else -1

    def row(self, place: int) -> int:
        """The row that shows a hit."""
        return self._row_of[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        place = self.place(index.row())
        if place < 0:
            return flags.ItemIsEnabled
        tick = flags.ItemIsUserCheckable if self.is_open(self.hits[place]) else flags.NoItemFlags
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemNeverHasChildren | tick

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = Qt.ItemDataRole
        at, count = self._rows[index.row()]
        hit = self.hits[at]
        if role == roles.CheckStateRole and not count and self.is_open(hit):
            return Qt.CheckState.Unchecked if hit in self._unticked else Qt.CheckState.Checked
        if role == roles.FontRole and count:
            font = QFont(QApplication.font())
            font.setBold(True)
            return font
        if role in {roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole, AROUND}:
            return self._words(hit, count, role)
        return None

    def _words(self, hit: Hit, count: int, role: int) -> Any:
        if count:
            return None if role == AROUND else f"{self.place_name(hit.path)}　{count} 处"
        before, words, after = around(text_at(self._draft, hit.path), hit)
        if role == AROUND:
            return before, words, after
        note = "" if self.is_open(hit) else "（只能查看）"
        line = f"{before}【{words}】{after}{note}"
        return f"{line}，{self.place_name(hit.path)}" if role == Qt.ItemDataRole.AccessibleTextRole else line

    def place_name(self, path: str) -> str:
        """The field in the user's words."""
        try:
            return self._where(path)
        except PathError:
            return "（已删除的内容）"

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place = self.place(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or place < 0:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._unticked.discard(self.hits[place])
        else:
            self._unticked.add(self.hits[place])
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True


class _HitDelegate(QStyledItemDelegate):
    """Writes the hit bold and in 【】, the words around it plain."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        parts = index.data(AROUND)
        if parts is None:
            super().paint(painter, option, index)
            return
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        shown = option_of(drawn)
        shown.text = ""
        style = shown.widget.style() if shown.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, shown.widget)
        shown.text = "字"  # an empty text has no place
        place = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, drawn, shown.widget)
        place.setRight(shown.rect.right())
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        bold = QFont(shown.font)
        bold.setBold(True)
        painter.save()
        painter.setPen(shown.palette.color(role))
        at = place.left() + QFontMetrics(shown.font).horizontalAdvance(" ")
        for text, font in _fitted(parts, shown.font, bold, place.right() - at):
            painter.setFont(font)
            painter.drawText(at, place.top(), place.width(), place.height(), Qt.AlignmentFlag.AlignVCenter, text)
            at += QFontMetrics(font).horizontalAdvance(text)
        painter.restore()


def _fitted(parts: Sequence[str], plain: QFont, bold: QFont, room: int) -> Iterator[tuple[str, QFont]]:
    """The words as they fit into the room: the hit is seen first of all, then what stands before it."""
    before, words, after = parts
    modes, metrics = Qt.TextElideMode, QFontMetrics(plain)
    words = QFontMetrics(bold).elidedText(f"【{words}】", modes.ElideRight, room)
    room -= QFontMetrics(bold).horizontalAdvance(words)
    # Some of what follows is seen, too, where there is anything.
    kept = min(metrics.horizontalAdvance(after), room // 3)
    before = metrics.elidedText(before, modes.ElideLeft, room - kept)
    room -= metrics.horizontalAdvance(before)
    yield from ((before, plain), (words, bold), (metrics.elidedText(after, modes.ElideRight, room), plain))


class HitList(EnterOpens, QTableView):
    """Enter or a double click opens a hit, the space bar ticks it. A table, since a list asks for every line it has."""

    moved = Signal()
    """Another line is the current one."""

    def __init__(self, model: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_HitDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(round(self.fontMetrics().height() * 1.8))
        across.hide()
        down.hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._model.place(self.currentIndex().row())
        if event.key() == Qt.Key.Key_Space and place >= 0:
            state = self.currentIndex().data(Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                checked = Qt.CheckState.Unchecked if state == Qt.CheckState.Checked else Qt.CheckState.Checked
                self._model.setData(self.currentIndex(), checked, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """From hit to hit: the lines of the fields are passed over."""
        index, actions = super().moveCursor(action, modifiers), QAbstractItemView.CursorAction
        up = action in {actions.MoveUp, actions.MovePageUp, actions.MovePrevious}
        row = index.row()
        if row >= 0 and self._model.place(row) < 0:
            # Above the first line there is no hit; below a field's line there always is one.
            row += -1 if up and row > 0 else 1
        return self._model.index(row)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    @property
    def place(self) -> int:
        """The marked hit's place among the hits, -1 for none."""
        return self._model.place(self.currentIndex().row())

    def mark(self, place: int) -> None:
        """Marks a hit and brings it into view, the line of its field too where there is room."""
        if not 0 <= place < len(self._model.hits):
            self.setCurrentIndex(QModelIndex())
            return
        index = self._model.index(self._model.row(place))
        self.setCurrentIndex(index)
        if self._model.place(index.row() - 1) < 0:
            self.scrollTo(self._model.index(index.row() - 1))
        self.scrollTo(index)
