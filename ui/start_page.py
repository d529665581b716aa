"""首页: the table of drafts and the ways to begin. It only shows and asks; the window does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.keys import give_key
from ui.style import characters, labelled, roomy, title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.store import DraftSummary

COLUMNS = ("年度", "单位", "状态", "项目数", "预算合计（万元）", "问题", "最后修改")
UNIT, PROBLEMS, MODIFIED = 1, 5, 6
SORT_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1

_WELCOME = (
    "这里还没有草稿。",
    "「新建」从一份空白的绩效文本开始；「导入文件」读入去年的或别人发来的文件，也可以把文件直接拖到窗口里；"
    "「打开示例」看一份写好的文本。",
    "写下的内容会自动保存在本机，不会上传。",
)


def local_time(utc: str) -> str:
    """An ISO time in UTC as the clock on the wall here showed it."""
    moment = QDateTime.fromString(utc, Qt.DateFormat.ISODateWithMs)
    return moment.toLocalTime().toString("yyyy-MM-dd HH:mm") if moment.isValid() else utc


class DraftTable(QAbstractTableModel):
    """One draft a row."""

    def __init__(self) -> None:
        super().__init__()
        self._drafts: tuple[DraftSummary, ...] = ()
        self._problems: Mapping[int, tuple[int, int]] = {}

    def show_problems(self, problems: Mapping[int, tuple[int, int]]) -> None:
        """(errors, warnings) of the drafts that were counted, by their ids."""
        self._problems = problems
        if self._drafts:
            self.dataChanged.emit(self.index(0, PROBLEMS), self.index(len(self._drafts) - 1, PROBLEMS))

    def show_drafts(self, drafts: Sequence[DraftSummary]) -> None:
        self.beginResetModel()
        self._drafts = tuple(drafts)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._drafts)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        draft, column = self._drafts[index.row()], index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return _texts(draft, self._problems.get(draft.id))[column]
        if role == SORT_ROLE:
            return _sort_keys(draft, self._problems.get(draft.id))[column]
        if role == ID_ROLE:
            return draft.id
        if role == Qt.ItemDataRole.TextAlignmentRole and column in {3, 4}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


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
    """«错误 2，疑问 1», «✓ 没有»; nothing while they are not counted, or where they cannot be."""
    if problems is None or problems[0] < 0:
        return ""
    parts = [f"{name} {count}" for name, count in zip(("错误", "疑问"), problems, strict=True) if count]
    return "，".join(parts) or "✓ 没有"


def _sort_keys(draft: DraftSummary, problems: tuple[int, int] | None) -> tuple[Any, ...]:
    unit = f"{draft.unit_code} {draft.unit_name}"
    found = problems or (-1, -1)
    weight = found[0] * 100_000 + found[1]
    return draft.year or 0, unit, draft.state, draft.project_count, float(draft.budget), weight, draft.modified


class _Table(QTableView):
    opened = Signal()
    trashed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.trashed.emit()
        else:
            super().keyPressEvent(event)


class StartPage(QWidget):
    """Signals what the user wants; ids are the store's."""

    new = Signal()
    from_last_year = Signal(int)
    """With the marked draft's id, 0 where none is."""
    import_file = Signal()
    merge_units = Signal()
    open_package = Signal()
    sample = Signal()
    open_draft = Signal(int)
    copy_draft = Signal(int)
    trash_draft = Signal(int)
    restore_draft = Signal(int)
    backups = Signal()
    listed = Signal()
    """Other drafts are shown, or the same ones anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts: tuple[DraftSummary, ...] = ()
        self._model = DraftTable()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setFilterKeyColumn(-1)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        row = QHBoxLayout(self)
        roomy(row, self)
        left = QVBoxLayout()
        self.table = self._make_table()
        heading = title("草稿列表")
        heading.setBuddy(self.table)
        self._notice = QLabel()
        self._notice.setWordWrap(True)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.hide()
        left.addWidget(self._notice)
        left.addWidget(heading)
        left.addLayout(self._find_row())
        self._places = QStackedWidget()
        self._places.addWidget(self.table)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._places.addWidget(self._empty)
        left.addWidget(self._places, 1)
        row.addLayout(left, 1)
        row.addLayout(self._actions())
        self.say("正在打开草稿 …")

    def _find_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText("年度、单位、状态")
        self.search.textChanged.connect(self._filter)
        self._order = QComboBox()
        for text in ("最后修改，新的在前", "年度，新的在前", "单位，按代码", "预算合计，大的在前"):
            self._order.addItem(text)
        self._order.activated.connect(self._sort)
        self.trash_box = QCheckBox("显示回收站")
        self.trash_box.setAccessibleName(self.trash_box.text())
        self.trash_box.toggled.connect(lambda _on: self._show())
        row.addWidget(labelled("查找", self.search))
        row.addWidget(self.search, 1)
        row.addWidget(labelled("排序", self._order))
        row.addWidget(self._order)
        row.addWidget(self.trash_box)
        return row

    def _make_table(self) -> _Table:
        table = _Table()
        table.setModel(self._sorted)
        table.setAccessibleName("草稿列表")
        table.setSortingEnabled(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(characters(self, 2))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(UNIT, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.sortByColumn(MODIFIED, Qt.SortOrder.DescendingOrder)
        table.opened.connect(self._open)
        table.trashed.connect(self._trash)
        table.doubleClicked.connect(lambda _index: self._open())
        return table

    def _actions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        wanted = (
            ("新建", "Ctrl+N", self.new.emit, False),
            ("从上年生成", "", lambda: self.from_last_year.emit(self.chosen() or 0), False),
            ("导入文件", "", self.import_file.emit, False),
            ("汇总单位", "", self.merge_units.emit, False),
            ("打开数据包", "", self.open_package.emit, False),
            ("打开示例", "", self.sample.emit, False),
            ("恢复备份", "", self.backups.emit, False),
            ("打开", "", self._open, True),
            ("复制", "", self._copy, True),
            ("移入回收站", "", self._trash, True),
        )
        self._buttons: dict[str, QPushButton] = {}
        for text, keys, done, needs_draft in wanted:
            if text == "打开":
                column.addSpacing(characters(self, 1.5))
            button = QPushButton(text)
            button.setAccessibleName(text)
            if keys:
                give_key(button, keys)
            button.setProperty("needs_draft", needs_draft)
            button.setEnabled(False)
            button.clicked.connect(lambda _checked=False, done=done: done())
            column.addWidget(button)
            self._buttons[text] = button
        column.addStretch(1)
        return column

    def say(self, text: str) -> None:
        """A sentence where the table would stand; the actions rest."""
        self._empty.setText(text)
        self._places.setCurrentWidget(self._empty)
        for button in self._buttons.values() if hasattr(self, "_buttons") else ():
            button.setEnabled(False)

    def notice(self, text: str) -> None:
        """What the user should know before going on, above the list; "" for nothing."""
        self._notice.setText(text)
        self._notice.setVisible(bool(text))

    def show_drafts(self, drafts: Sequence[DraftSummary], chosen: int | None = None) -> None:
        """Shows the store's drafts, that one marked."""
        self._drafts = tuple(drafts)
        self._show(chosen)
        self.listed.emit()

    @property
    def drafts(self) -> tuple[DraftSummary, ...]:
        """All drafts listed, those in the trash included."""
        return self._drafts

    def show_problems(self, problems: Mapping[int, tuple[int, int]]) -> None:
        """(errors, warnings) of the drafts that were counted, by their ids."""
        self._model.show_problems(problems)

    def _show(self, chosen: int | None = None) -> None:
        chosen = self.chosen() if chosen is None else chosen
        trash = self.trash_box.isChecked()
        shown = [draft for draft in self._drafts if draft.deleted == trash]
        self._model.show_drafts(shown)
        self._buttons["移入回收站"].setText("移出回收站" if trash else "移入回收站")
        self._buttons["移入回收站"].setAccessibleName(self._buttons["移入回收站"].text())
        self._empty.setText("回收站是空的。" if trash else "\n\n".join(_WELCOME))
        self._places.setCurrentWidget(self.table if shown else self._empty)
        for text, button in self._buttons.items():
            rests = button.property("needs_draft") and not shown
            button.setEnabled(not rests and not (trash and text in {"打开", "复制"}))
        self._mark(chosen)

    def _filter(self, text: str) -> None:
        chosen = self.chosen()
        self._sorted.setFilterFixedString(text.strip())
        self._mark(chosen)

    def _sort(self, choice: int) -> None:
        column, order = (
            (MODIFIED, Qt.SortOrder.DescendingOrder),
            (0, Qt.SortOrder.DescendingOrder),
            (UNIT, Qt.SortOrder.AscendingOrder),
            (4, Qt.SortOrder.DescendingOrder),
        )[choice]
        self.table.sortByColumn(column, order)

    def _mark(self, chosen: int | None) -> None:
        rows = [self._sorted.index(row, 0).data(ID_ROLE) for row in range(self._sorted.rowCount())]
        if rows:
            self.table.selectRow(rows.index(chosen) if chosen in rows else 0)

    def chosen(self) -> int | None:
        """The id of the marked draft."""
        index = self.table.currentIndex()
        return index.data(ID_ROLE) if index.isValid() else None

    def focus_list(self) -> None:
        """The keyboard begins where Enter opens, or at 新建 when there is nothing to open."""
        if self._places.currentWidget() is self.table:
            self.table.setFocus()
        else:
            self._buttons["新建"].setFocus()

    def _open(self) -> None:
        chosen = self.chosen()
        if chosen is not None and not self.trash_box.isChecked():
            self.open_draft.emit(chosen)

    def _copy(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.copy_draft.emit(chosen)

    def _trash(self) -> None:
        chosen = self.chosen()
        if chosen is None or not self._buttons["移入回收站"].isEnabled():
            return
        (self.restore_draft if self.trash_box.isChecked() else self.trash_draft).emit(chosen)
