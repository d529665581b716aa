"""我的指标库: what is remembered of indicators, with their values by year; rows added, changed, hidden, imported, exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.document.template import TierScheme, load_template
from models.errors import UserError
from models.indicators.indicator_library import Entry, Memory
from models.indicators.indicator_search import IndicatorIndex
from models.indicators.own_library import (
    OWN_SOURCE,
    OwnLibrary,
    keep_own,
    key_of,
    known_entries,
    load_own,
    merged,
    rows_named_like,
)
from models.printable import printable
from ui.features.library.own_library_model import SHARES, OwnLibraryModel, Shown, belongs_to
from ui.widgets.flow import flow
from ui.widgets.help_places import helped_by
from ui.widgets.parts import halves_of, push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ListDialog
from ui.widgets.style import characters, hint, labelled
from ui.widgets.view_options import select_only

_NONE = "没有符合的指标，请换一个词，或在「显示」里另选一类。"
_PLAYED = 50
"""Steps that can be undone while the dialog is open."""


class _Table(QTableView):
    """Its columns share the width there is beyond that of their headings."""

    def __init__(self, model: OwnLibraryModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        header = self.horizontalHeader()
        least = [header.sectionSizeHint(column) for column in range(len(SHARES))]
        spare = max(self.viewport().width() - sum(least), 0)
        for column, share in enumerate(SHARES):
            header.resizeSection(column, least[column] + spare * share // sum(SHARES))


class OwnLibraryDialog(ListDialog):
    """Every change is kept at once and can be undone while the dialog is open."""

    def __init__(
        self, memory: Memory, scheme: TierScheme, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        """UserError where the store does not answer."""
        super().__init__("我的指标库", parent, help_place="table#own_library")
        self._memory, self._scheme, self.folder = memory, scheme, folder
        self._used = memory.used_indicators(0)
        self._own = load_own(memory)
        self._before: list[tuple[str, OwnLibrary]] = []
        self._index = IndicatorIndex(())
        self.search, self.wanted, self.model = QLineEdit(), QComboBox(), OwnLibraryModel()
        self.search.setPlaceholderText("几个词（不分先后）、拼音或首字母，空格隔开")
        self.search.setClearButtonEnabled(True)
        for shown in Shown:
            self.wanted.addItem(shown.value, shown)
        self.table = _Table(self.model)
        self.values = self._value_list()
        self.message = sentence()
        self._counted = True
        """Whether it says how much is listed, which the next search may replace."""
        self.buttons = self._make_buttons()
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._show(new_search=True))
        self.wanted.currentTextChanged.connect(lambda _text: self._show(new_search=True))
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._show_row())
        self.table.doubleClicked.connect(lambda _index: self.change())
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)
        self._learn()
        self.search.setFocus()

    # Making it

    def _lay_out(self) -> None:
        about = "您的草稿里用过的指标都会自动记在这里，连同各年的值；还可以自己添加。填写三级指标和「推荐」时优先提供这些指标。"
        roomy_column(
            self,
            hint(about),
            side_by_side(labelled("查找", self.search), (self.search, 1), labelled("显示", self.wanted), self.wanted),
            (halves_of(("指标", self.table, 70), ("所选指标历年的值", self.values, 30)), 1),
            self.message,
            flow(self, *self.buttons.values()),
        )
        self.resize_within_screen(80, 40, 0.9)

    def _make_buttons(self) -> dict[str, QPushButton]:
        wanted: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("add", "添加…", "自己写一条指标", self.add),
            ("change", "修改…", "改所选的一条，绩效文本不变（双击也可以）", self.change),
            ("hide", "隐藏", "所选的不再作为候选和推荐", self.hide_rows),
            ("show", "恢复显示", "所选的重新作为候选和推荐", self.show_again),
            ("remove", "删除", "删去所选的自己添加的指标", self.remove),
            ("undo", "撤销", "回到上一步之前（Ctrl+Z）", self.undo),
            ("import", "导入 Excel…", "从 Excel 表读入指标", self.choose_import),
            ("export", "导出 Excel…", "把现在列出的指标写成 Excel 表", self.choose_export),
            ("close", "关闭", "回到绩效文本（Esc）", self.accept),
        )
        return {name: push_button(text, done, tip) for name, text, tip, done in wanted}

    def _value_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setHeaderLabels(("年度", "指标值", "单位和项目"))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for place, share in enumerate((3, 7)):
            tree.header().resizeSection(place, characters(self, share))
        return tree

    # What is shown

    def _learn(self) -> None:
        """The own library is another one."""
        entries = known_entries(self._used, self._own, self._scheme, hidden=True)
        self._index = IndicatorIndex(entries)
        self._show()

    def _show(self, new_search: bool = False) -> None:
        """`new_search`: something else is searched, so that the first row becomes the current one."""
        chosen = set() if new_search else {key_of(entry) for entry in self.chosen()}
        wanted, found = self.wanted.currentData(), self._index.search(self.search.text())
        shown = [entry for entry in found if belongs_to(entry, wanted, self._own)]
        self.model.own = self._own
        self.model.show_lines(shown)
        rows = [row for row, entry in enumerate(shown) if key_of(entry) in chosen]
        if shown:
            select_only(self.table, rows[0] if rows else 0)
        self._show_row()
        if not shown:
            self._tell(_NONE if found or self.search.text() else "还没有指标。", counted=True)
        elif self._counted:
            self._tell(f"共列出 {len(shown)} 条。", counted=True)

    def _tell(self, words: str, counted: bool = False) -> None:
        """What was done stands until nothing is listed; `counted`: it is only how much is listed."""
        self.message.setText(words)
        self._counted = counted

    def _show_row(self) -> None:
        chosen = self.chosen()
        own = [entry for entry in chosen if entry.source == OWN_SOURCE]
        hidden = [entry for entry in chosen if key_of(entry) in self._own.hidden]
        self.buttons["change"].setEnabled(len(chosen) == 1)
        self.buttons["hide"].setEnabled(len(chosen) > len(hidden))
        self.buttons["show"].setEnabled(bool(hidden))
        self.buttons["remove"].setEnabled(bool(own))
        self.buttons["undo"].setEnabled(bool(self._before))
        self._show_values(chosen)

    def _show_values(self, chosen: Sequence[Entry]) -> None:
        """Of the one chosen."""
        self.values.clear()
        for used in rows_named_like(self._used, chosen[0]) if len(chosen) == 1 else ():
            year = str(used.year) if used.year else "未填"
            about = f"{used.unit_name} {used.project}".strip()
            reached = f"，实际 {used.actual}" if used.actual else ""
            item = QTreeWidgetItem(self.values, [year, f"{used.value or '（空）'}{reached}", about])
            item.setToolTip(2, about)
        if len(chosen) == 1 and not self.values.topLevelItemCount():
            none = QTreeWidgetItem(self.values, ["还没有写进草稿，没有历年的值。"])
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            none.setFirstColumnSpanned(True)

    def chosen(self) -> list[Entry]:
        """The selected entries."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self.model.lines[row] for row in rows if row < len(self.model.lines)]

    # What is done

    def _keep(self, own: OwnLibrary, message: str) -> None:
        """One step: kept in the store at once; where that fails nothing changes."""
        before = self._own
        if own == before:
            self._tell("没有变化。")
        elif self._store(own, f"{message}，可以撤销（Ctrl+Z）。"):
            self._before = [*self._before, (message, before)][-_PLAYED:]
            self._learn()

    def _store(self, own: OwnLibrary, message: str) -> bool:
        """Whether it could be kept; what is to be said either way."""
        try:
            self._own = keep_own(self._memory, own, self._own)
        except UserError as error:
            self._tell(f"没有保存：{error}")
            return False
        self._tell(message)
        return True

    def undo(self) -> None:
        if not self._before:
            return
        message, own = self._before[-1]
        if self._store(own, f"已撤销：{message}。"):
            self._before.pop()
            self._learn()

    def add(self) -> None:
        entry = self._asked(None)
        if entry is not None:
            self._keep(self._own.with_row(entry), f"已添加「{entry.name}」")
            self._go_to(entry)

    def change(self) -> None:
        chosen = self.chosen()
        entry = self._asked(chosen[0]) if len(chosen) == 1 else None
        if entry is not None:
            self._keep(self._own.with_row(entry, chosen[0]), f"已修改「{entry.name}」")
            self._go_to(entry)

    def _asked(self, entry: Entry | None) -> Entry | None:
        from ui.features.library.own_entry_dialog import OwnEntryDialog

        template = load_template()
        units = [unit for group in template.units.values() for unit in group]
        dialog = OwnEntryDialog(self._scheme, units, template.basis_choices, entry, self)
        found = dialog.entry() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return found if found != entry else None

    def _go_to(self, entry: Entry) -> None:
        for row, each in enumerate(self.model.lines):
            if key_of(each) == key_of(entry):
                select_only(self.table, row)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_rows(self) -> None:
        chosen = [entry for entry in self.chosen() if key_of(entry) not in self._own.hidden]
        self._keep(self._own.with_hidden(chosen), f"已隐藏 {len(chosen)} 条，在「显示：已隐藏的」里可以恢复")

    def show_again(self) -> None:
        chosen = [entry for entry in self.chosen() if key_of(entry) in self._own.hidden]
        self._keep(self._own.with_hidden(chosen, hidden=False), f"已恢复显示 {len(chosen)} 条")

    def remove(self) -> None:
        own = [entry for entry in self.chosen() if entry.source == OWN_SOURCE]
        self._keep(self._own.without(own), f"已删除自己添加的 {len(own)} 条")

    # Excel

    def choose_import(self) -> None:
        from ui.widgets.file_dialogs import documents_folder

        start = str(self.folder or documents_folder())
        with helped_by("table#own_library"):
            name, _filter = QFileDialog.getOpenFileName(self, "导入指标", start, "Excel 工作簿 (*.xlsx)")
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Takes the workbook's indicators among the own ones; one step."""
        from importers.excel.library_reader import read_own_library

        self.folder = path.parent
        try:
            reading = read_own_library(path)
        except UserError as error:
            self._tell(str(error))
            return
        done = merged(self._own, reading.entries)
        message = f"从「{printable(path.name)}」导入：新增 {done.new} 条，更新 {done.changed} 条，相同 {done.same} 条"
        self._keep(done.library, "；".join((message, *(note.rstrip("。") for note in reading.notes))))

    def choose_export(self) -> None:
        from ui.widgets.file_dialogs import choose_export, documents_folder

        path = choose_export(self, (self.folder or documents_folder()) / "我的指标库.xlsx")
        if path is not None:
            self.export_file(path)

    def export_file(self, path: Path) -> None:
        """Writes what is listed."""
        from exporters.library_writer import write_own_library

        self.folder = path.parent
        try:
            write_own_library(self.model.lines, path)
        except UserError as error:
            self._tell(str(error))
            return
        self._tell(f"已导出 {len(self.model.lines)} 条到「{printable(path.name)}」。")
