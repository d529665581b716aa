"""首页: the table of drafts and the ways to begin. It only shows and asks; the window does."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QWidget,
)

from ui.shell.draft_table import BUDGET, ID_ROLE, MODIFIED, UNIT, YEAR, DraftsView, DraftTable, FoundDrafts, draft_name
from ui.shell.start_buttons import ActionColumn, Welcome
from ui.shell.to_do_card import ToDoCard
from ui.widgets.keys import give_key
from ui.widgets.parts import Banner, push_button, rename, row_of, sentence, stacked
from ui.widgets.style import characters, labelled, resize_title, roomy, title
from ui.widgets.view_options import layout_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from models.store import DraftSummary

_ORDERS = (
    ("最后修改", MODIFIED, Qt.SortOrder.DescendingOrder),
    ("年度", YEAR, Qt.SortOrder.DescendingOrder),
    ("单位代码", UNIT, Qt.SortOrder.AscendingOrder),
    ("预算合计", BUDGET, Qt.SortOrder.DescendingOrder),
)
_HEADING, _HEADING_OF_TRASH = "草稿列表", "回收站"
_TRASH, _BACK = "移入回收站", "移出回收站"


def _today() -> date:
    return datetime.now().astimezone().date()


class StartPage(QWidget):
    """Signals what the user wants; numbers are the store's ids of drafts."""

    action_wanted = Signal(str)
    """What the menu entry with that id does."""
    sample = Signal()
    """The built-in sample shall be opened."""
    open_draft = Signal(int)
    copy_draft = Signal(int)
    trash_draft = Signal(int)
    restore_draft = Signal(int)
    delete_draft = Signal(int)
    """For good; asked for twice."""
    listed = Signal()
    """Other drafts are shown, or the same ones again."""

    def __init__(self, parent: QWidget | None = None, today: Callable[[], date] = _today) -> None:
        super().__init__(parent)
        self._today = today
        self._drafts: tuple[DraftSummary, ...] = ()
        self._opening = True
        self._model = DraftTable()
        self._sorted = FoundDrafts(self)
        self._sorted.setSourceModel(self._model)
        self.table = self._make_table()
        self._heading = title(_HEADING)
        self._heading.setBuddy(self.table)
        self._notice = sentence()
        self._notice.hide()
        self.to_do = ToDoCard()
        self.to_do.continued.connect(self.open_draft)
        self.to_do.action_wanted.connect(self._begin)
        self._finding = self._find_row()
        self.buttons = self._make_actions()
        self._buttons = self.buttons.buttons
        places, offer = self._make_places(), self._offer_line()
        # The offer stands below: the rows stay where the next click looks for them.
        left = stacked(self._notice, self.to_do, self._heading, self._finding, (places, 1), offer)
        roomy(row_of(self, (left, 1), self.buttons), self)
        self.say("正在打开草稿 …")

    # Making it

    def _make_places(self) -> QStackedWidget:
        self._places = QStackedWidget()
        self._empty = sentence()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.welcome = Welcome()
        self.welcome.begun.connect(
            lambda name: self.sample.emit() if name == "sample" else self.action_wanted.emit(name)
        )
        give_key(self.welcome.buttons["drafts.new"], "Ctrl+N")
        for place in (self.table, self._empty, self.welcome):
            self._places.addWidget(place)
        return self._places

    def _find_row(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText("年度、单位、代码或拼音首字母")
        self.search.setToolTip("可以写几个词，用空格隔开，先后不限；单位也可以用拼音首字母查找，例如 yzx")
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._open)
        for keys, done in (("Esc", self.search.clear), ("Down", self.focus_list)):
            only_here = Qt.ShortcutContext.WidgetShortcut
            QShortcut(QKeySequence(keys), self.search, context=only_here).activated.connect(done)
        self._order = QComboBox()
        self._order.addItems([text for text, _column, _order in _ORDERS])
        self._order.setToolTip("最后修改、年度、预算：新的、大的在前；单位：按代码")
        self._order.activated.connect(lambda choice: self.table.sortByColumn(*_ORDERS[choice][1:]))
        self.trash_box = QCheckBox("显示回收站")
        self.trash_box.setAccessibleName(self.trash_box.text())
        self.trash_box.toggled.connect(self._show_trash)
        found, ordered = labelled("查找", self.search), labelled("排序", self._order)
        row = QWidget()
        row_of(row, found, (self.search, 1), ordered, self._order, self.trash_box)
        return row

    def _make_table(self) -> DraftsView:
        table = DraftsView()
        table.setModel(self._sorted)
        table.sortByColumn(MODIFIED, Qt.SortOrder.DescendingOrder)
        table.opened.connect(self._open)
        table.trashed.connect(self._trash_key)
        table.menu_wanted.connect(self._show_menu)
        return table

    def _offer_line(self) -> QFrame:
        """What was just done, with the way back; or what cannot be undone, to be said twice."""
        self._offered: Callable[[], object] | None = None
        self._asks = False
        self._offer_text, self._offer_button = sentence(), push_button("", self._take_offer)
        give_key(self._offer_button, "Ctrl+Z")
        self._offer = Banner(self._offer_text, self._offer_button)
        return self._offer

    def _make_actions(self) -> ActionColumn:
        return ActionColumn(
            (
                ("drafts.new", "新建", "Ctrl+N", partial(self.action_wanted.emit, "drafts.new")),
                ("years.from_last_year", "从上年生成", "", partial(self.action_wanted.emit, "years.from_last_year")),
                ("imports.file", "导入文件", "", partial(self.action_wanted.emit, "imports.file")),
                ("units.merge", "汇总单位", "", partial(self.action_wanted.emit, "units.merge")),
                ("imports.package", "打开数据包", "", partial(self.action_wanted.emit, "imports.package")),
                ("sample", "打开示例", "", self.sample.emit),
                ("backup.restore", "恢复备份", "", partial(self.action_wanted.emit, "backup.restore")),
            ),
            (
                ("open", "打开", "", self._open),
                ("copy", "复制", "", self._copy),
                ("trash", _TRASH, "", self._trash),
                ("delete", "彻底删除", "", self._ask_to_delete),
            ),
        )

    # Showing

    def say(self, text: str) -> None:
        """A sentence where the table would stand; the actions rest."""
        self._empty.setText(text)
        self._places.setCurrentWidget(self._empty)
        for button in self._buttons.values():
            button.setEnabled(False)

    def notice(self, text: str) -> None:
        """What the user should know before going on, above the list; "" for nothing."""
        self._notice.setText(text)
        self._notice.setVisible(bool(text))

    @property
    def noticed(self) -> str:
        """What `notice` shows."""
        return self._notice.text()

    def offer(self, text: str, button: str = "", done: Callable[[], object] | None = None, key: bool = True) -> None:
        """A line below the list with one button, until something else is done; "" for none. `key`: Ctrl+Z presses it."""
        self._offered, self._asks = done, not key
        self._offer_text.setText(text)
        rename(self._offer_button, button)
        self._offer_button.setToolTip("Ctrl+Z" if key else "")
        self._offer.setVisible(bool(text))

    @property
    def offered(self) -> str:
        """What `offer` shows; "" for nothing."""
        return "" if self._offer.isHidden() else self._offer_text.text()

    def _take_offer(self) -> None:
        done = self._offered
        self.offer("")
        if done is not None:
            done()

    def show_drafts(self, drafts: Sequence[DraftSummary], chosen: int | None = None) -> None:
        """Shows the store's drafts, that one marked."""
        self._drafts, self._opening = tuple(drafts), False
        self.offer("")
        self._show(chosen)
        self.listed.emit()

    @property
    def drafts(self) -> tuple[DraftSummary, ...]:
        """All drafts listed, those in the trash included."""
        return self._drafts

    def show_problems(self, problems: Mapping[int, tuple[int, int]]) -> None:
        """(errors, warnings) of the drafts that were counted, by their ids."""
        self._model.show_problems(problems)
        self.table.fit()

    def _show(self, chosen: int | None = None) -> None:
        chosen, row = self.chosen() if chosen is None else chosen, self.table.currentIndex().row()
        trash, first = self.trash_box.isChecked(), not self._drafts and not self._opening
        shown = [draft for draft in self._drafts if draft.deleted == trash]
        self._model.show_lines(shown)
        self._heading.setText(_HEADING_OF_TRASH if trash else _HEADING)
        rename(self._buttons["trash"], _BACK if trash else _TRASH)
        for name in ("open", "copy"):
            self._buttons[name].setVisible(not trash)
        self._buttons["delete"].setVisible(trash)
        for widget in (self._heading, self._finding, self.buttons):
            widget.setVisible(not first)
        self._show_to_do(first or trash)
        self._show_place(first)
        self._mark(chosen, row)
        self.table.fit()
        self.buttons.arrange()

    def _show_to_do(self, elsewhere: bool) -> None:
        """The card has the main button where something is to be begun, else the draft chosen has it."""
        self.to_do.show_drafts(() if elsewhere else self._drafts, self._today())
        if elsewhere:
            self.to_do.hide()
        self.buttons.emphasize("" if self.to_do.has_button else "open")

    def _begin(self, action: str, draft_id: int) -> None:
        if draft_id:
            self._mark(draft_id)
        self.action_wanted.emit(action)

    def _show_place(self, first: bool) -> None:
        found, trash = self._sorted.rowCount() > 0, self.trash_box.isChecked()
        wanted = self.search.text().strip()
        if first:
            self._places.setCurrentWidget(self.welcome)
        elif found:
            self._places.setCurrentWidget(self.table)
        else:
            none = "回收站是空的。" if trash else "没有草稿：都在回收站里，或按右边的按钮新建、导入。"
            searched = f"没有符合「{wanted}」的草稿。请换一个词，或按 Esc 清空查找。"
            self._empty.setText(searched if wanted and self._model.rowCount() else none)
            self._places.setCurrentWidget(self._empty)
        for name, button in self._buttons.items():
            button.setEnabled(found or name not in self.buttons.of_draft)

    def _show_trash(self, _shown: bool) -> None:
        self._drop_question()
        self._show()

    def _drop_question(self) -> None:
        """What cannot be undone was asked of a draft in another list."""
        if self._asks:
            self.offer("")

    def _filter(self, text: str) -> None:
        self._drop_question()
        chosen = self.chosen()
        self._sorted.search(text)
        self._show_place(first=False)
        self._mark(chosen)

    def _mark(self, chosen: int | None, row: int = 0) -> None:
        """That draft; where it is no longer listed, what stands in its row now: a second Delete takes no stranger."""
        rows = [self._sorted.index(row, 0).data(ID_ROLE) for row in range(self._sorted.rowCount())]
        if rows:
            self.table.selectRow(rows.index(chosen) if chosen in rows else min(max(row, 0), len(rows) - 1))

    def chosen(self) -> int | None:
        """The id of the marked draft."""
        index = self.table.currentIndex()
        return index.data(ID_ROLE) if index.isValid() else None

    def name_of(self, draft_id: int | None) -> str:
        """How a draft listed here is called."""
        return next((draft_name(draft) for draft in self._drafts if draft.id == draft_id), "")

    def focus_list(self) -> None:
        """The keyboard begins where Enter opens, or at 新建 when there is nothing to open."""
        if self._places.currentWidget() is self.table:
            self.table.setFocus()
        elif self._places.currentWidget() is self.welcome:
            self.welcome.buttons["drafts.new"].setFocus()
        else:
            self._buttons["drafts.new"].setFocus()

    # Asking for it

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
        if chosen is not None:
            (self.restore_draft if self.trash_box.isChecked() else self.trash_draft).emit(chosen)

    def _trash_key(self) -> None:
        (self._ask_to_delete if self.trash_box.isChecked() else self._trash)()

    def _ask_to_delete(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        text = f"「{self.name_of(chosen)}」彻底删除以后不能撤销，只能从备份里取回。"
        self.offer(text, "确认彻底删除", lambda: self.delete_draft.emit(chosen), key=False)
        self._offer_button.setFocus()

    def _show_menu(self, place: QPoint) -> None:
        menu = self.row_menu()
        menu.exec(place)
        menu.deleteLater()

    def row_menu(self) -> QMenu:
        """What can be done with the marked draft."""
        menu = QMenu(self)
        for name in ("open", "years.from_last_year", "copy", "trash", "delete"):
            button = self._buttons[name]
            if not button.isHidden():
                menu.addAction(button.text(), button.click)
        return menu

    # Its size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.buttons.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "actions"):
            resize_title(self._heading, self)
            self.table.fit()
            self.buttons.arrange()
            layout_of(self._finding).setSpacing(characters(self, 0.5))
