"""The table of drafts: what its cells show, how it is sorted and searched, how its columns share the width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QDateTime,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.widgets.keys import EnterOpens
from ui.widgets.lines_model import LinesModel
from ui.widgets.shared_table import show_lines_only
from ui.widgets.style import characters, columns_widths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.store import DraftSummary

COLUMNS = ("年度", "单位", "状态", "项目数", "预算合计（万元）", "问题", "最后修改")
YEAR, UNIT, STATE, COUNT, BUDGET, PROBLEMS, MODIFIED = range(len(COLUMNS))
SORT_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 2
"""The texts of a row that are searched."""

_GIVE_WAY = (COUNT, BUDGET, STATE, MODIFIED, PROBLEMS)
"""Which columns go first where large type leaves no room; the tool tip of a row says them all the same."""
_LEAST_UNIT = 9
"""Characters."""


def local_time(utc: str) -> str:
    """An ISO time in UTC as the clock on the wall here showed it."""
    moment = QDateTime.fromString(utc, Qt.DateFormat.ISODateWithMs)
    return moment.toLocalTime().toString("yyyy-MM-dd HH:mm") if moment.isValid() else utc


def draft_name(draft: DraftSummary) -> str:
    """«2026年 云泽县农业技术推广站»."""
    year = f"{draft.year}年 " if draft.year is not None else ""
    return f"{year}{draft.unit_name or draft.unit_code or '（未写单位）'}"


class DraftTable(LinesModel):
    """One draft a row."""

    lines: Sequence[DraftSummary]

    def __init__(self) -> None:
        super().__init__([name.replace("（", "\n（") for name in COLUMNS])
        self._problems: Mapping[int, tuple[int, int]] = {}

    def show_problems(self, problems: Mapping[int, tuple[int, int]]) -> None:
        """(errors, warnings) of the drafts that were counted, by their ids."""
        self._problems = problems
        if self.lines:
            self.dataChanged.emit(self.index(0, PROBLEMS), self.index(len(self.lines) - 1, PROBLEMS))

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        draft, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(draft, self._problems.get(draft.id))[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            texts = _texts(draft, self._problems.get(draft.id))
            return "\n".join(f"{name}：{text}" for name, text in zip(COLUMNS, texts, strict=True) if text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._read(draft, column)
        if role == SORT_ROLE:
            # The store lists what was saved last first, whatever the clock of the machine said.
            return _sort_keys(draft, self._problems.get(draft.id), -index.row())[column]
        if role == SEARCH_ROLE:
            return "" if draft.year is None else str(draft.year), draft.unit_code, draft.unit_name, draft.state
        if role == ID_ROLE:
            return draft.id
        if role == Qt.ItemDataRole.TextAlignmentRole and column in {COUNT, BUDGET}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _read(self, draft: DraftSummary, column: int) -> str:
        """The first cell reads the whole row, the others what they show with its heading."""
        texts = _texts(draft, self._problems.get(draft.id))
        if column != YEAR:
            return f"{COLUMNS[column]} {texts[column] or '空'}"
        return "，".join(
            [draft_name(draft), *(f"{COLUMNS[at]} {texts[at]}" for at in range(STATE, len(COLUMNS)) if texts[at])]
        )


def _texts(draft: DraftSummary, problems: tuple[int, int] | None) -> tuple[str, ...]:
    return (
        "" if draft.year is None else str(draft.year),
        f"{draft.unit_code} {draft.unit_name}".strip() or "（未写单位）",
        draft.state,
        str(draft.project_count),
        f"{draft.budget:,.2f}",
        problems_text(problems),
        local_time(draft.modified),
    )


def problems_text(problems: tuple[int, int] | None) -> str:
    """«错误 2，疑问 1», «没有发现»; nothing while they are not counted, or where they cannot be."""
    if problems is None or problems[0] < 0:
        return ""
    parts = [f"{name} {count}" for name, count in zip(("错误", "疑问"), problems, strict=True) if count]
    return "，".join(parts) or "没有发现"  # and no ✓: what is not written yet is not judged


def _sort_keys(draft: DraftSummary, problems: tuple[int, int] | None, age: int) -> tuple[Any, ...]:
    unit = f"{draft.unit_code} {draft.unit_name}"
    found = problems or (-1, -1)
    weight = found[0] * 100_000 + found[1]
    return draft.year or 0, unit, draft.state, draft.project_count, float(draft.budget), weight, age


class FoundDrafts(QSortFilterProxyModel):
    """The drafts that answer to all words of a search, in any order; letters also find the initials of the pinyin."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setSortRole(SORT_ROLE)

    def search(self, text: str) -> None:
        self._words = text.split()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        if not self._words:
            return True
        from models.indicators.pinyin import matches  # who never searches never loads it

        texts = self.sourceModel().index(row, 0, parent).data(SEARCH_ROLE)
        return all(any(matches(text, word) is not None for text in texts) for word in self._words)


class DraftsView(EnterOpens, QTableView):
    """Rows to choose one from. Enter opens, Delete trashes, the menu key and the right button ask for the menu."""

    trashed = Signal()
    menu_wanted = Signal(QPoint)
    """Where on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._widths: list[int] = []
        self.setAccessibleName("草稿列表")
        self.setSortingEnabled(True)
        show_lines_only(self)
        self.setProperty("spaced", "true")
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def fit(self) -> None:
        """Every column as wide as its words, the unit as wide as is left; where that is too little, columns give way."""
        if self.model() is not None:
            self.verticalHeader().setDefaultSectionSize(characters(self, 2))
            self._widths = columns_widths(self)
            self._share()

    def changeEvent(self, event: QEvent) -> None:
        """In another size of type the heading measures itself again only after the table was notified."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_widths"):
            QTimer.singleShot(0, self, self.fit)

    def _share(self) -> None:
        header, widths = self.horizontalHeader(), self._widths
        room = self.viewport().width() - characters(self, _LEAST_UNIT)
        shown = {column for column in range(len(COLUMNS)) if column != UNIT}
        for column in _GIVE_WAY:
            if sum(widths[one] for one in shown) > room:
                shown.discard(column)
        for column in range(len(COLUMNS)):
            header.setSectionHidden(column, column not in shown and column != UNIT)
        left = self.viewport().width() - sum(widths[one] for one in shown)
        for column in (*shown, UNIT):
            header.resizeSection(column, left if column == UNIT else widths[column])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._widths:
            self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.trashed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
