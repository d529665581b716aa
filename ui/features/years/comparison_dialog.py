"""与上年比较: last year's text beside the open draft, field by field, to look through, go to, print and export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QTableView,
    QWidget,
)

from models.comparing.year_comparison import Compared, compare, differences, summary
from models.printable import printable
from ui.app import background
from ui.app.faults import explained
from ui.features.years.comparison_model import SHARES, ComparisonModel
from ui.features.years.source_picker import SourcePicker
from ui.widgets.keys import EnterOpens
from ui.widgets.parts import push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ListDialog
from ui.widgets.shared_table import SharedColumns, show_lines_only
from ui.widgets.style import characters, labelled
from ui.widgets.text_differences import TextPair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from exporters.placed_pages import Page
    from models.document.tree import Draft
    from models.session.session import Change, Session
    from models.store import DraftSummary

_FILTERS = ("只看不同（只差年份的不算）", "只看不同", "全部")
_PAUSE = 400
"""Milliseconds after a change of the draft until it is compared again."""


class _Table(EnterOpens, SharedColumns, QTableView):
    """Enter goes to the field."""

    shares = SHARES


class ComparisonDialog(ListDialog):
    """Stays open above the window and follows the draft. `wanted`: the path of the field to go to; `chosen`: the number of the
    draft that is last year's from now on."""

    wanted = Signal(str)
    chosen = Signal(int)
    faulted = Signal(object)

    def __init__(
        self,
        session: Session,
        drafts: Sequence[DraftSummary],
        load: Callable[[int], Draft],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("与上年比较", parent, help_place="rollover#comparison")
        self._session, self._drafts, self.folder = session, tuple(drafts), folder
        self._lines: tuple[Compared, ...] = ()
        self._asked = 0
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.picker = SourcePicker(self._drafts, load, folder)
        self.picker.taken.connect(self._compare)
        self.picker.picked.connect(self.chosen)
        self.picker.faulted.connect(self.faulted)
        self.filter = QComboBox()
        self.filter.addItems(_FILTERS)
        self.filter.currentIndexChanged.connect(lambda _index: self._show())
        self._summary, self._said = sentence(), sentence()
        self.table = self._make_table()
        message = "（不同的文字加粗并加下划线）"
        self._pair = TextPair((f"上年{message}", f"本年{message}"), 2.4)
        self.texts = self._pair.texts
        self._go = push_button("到这一处", self.go)
        kinds = (("导出 Word…", ".docx"), ("导出 Excel…", ".xlsx"), ("导出 PDF…", ".pdf"))
        exports = [push_button(text, partial(self._ask_export, suffix)) for text, suffix in kinds]
        self._out = [push_button("打印…", self.print_lines), *exports]
        roomy_column(
            self,
            self.picker,
            side_by_side(labelled("显示", self.filter), self.filter, (self._summary, 1)),
            labelled("逐项比较（回车到本年那一处）", self.table),
            (self.table, 3),
            (self._pair, 2),
            side_by_side((self._said, 1), self._go, *self._out, push_button("关闭", self.close)),
        )
        self.resize_within_screen(74, 38)
        screen = self.screen().availableGeometry()
        # Left to itself, so high a window stands with its title above a small screen's edge.
        free = screen.size() - self.size()
        self.move(screen.left() + free.width() // 2, screen.top() + free.height() // 4)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._compare)
        stop = session.subscribe(self._changed)
        self.finished.connect(lambda _result: stop())

    # Making it

    def _make_table(self) -> _Table:
        table = _Table()
        self.rows = ComparisonModel()
        table.setModel(self.rows)
        show_lines_only(table)
        table.setAlternatingRowColors(True)
        table.setMinimumHeight(characters(self, 5))
        table.verticalHeader().setDefaultSectionSize(characters(self, 1.8))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.horizontalHeader().setStretchLastSection(True)
        table.opened.connect(self.go)
        table.doubleClicked.connect(lambda _index: self.go())
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_texts())
        return table

    # Choosing last year's text

    def choose(self, draft_id: int) -> None:
        """That draft, or the likeliest one: the same unit's of the year before, or of the latest earlier year."""
        document = self._session.document
        names = {document.unit.code, document.unit.name} - {""}
        known = {line.id for line in self._drafts}
        if draft_id not in known:
            alike = [
                line
                for line in self._drafts
                if {line.unit_code, line.unit_name} & names and (line.year or 0) < (document.year or 9999)
            ]
            draft_id = max(alike, key=lambda line: line.year or 0).id if alike else 0
        found = self.picker.choose(draft_id)
        (self.table if found else self.picker.source).setFocus()

    # Comparing

    def _changed(self, _change: Change) -> None:
        self._timer.start()

    def _compare(self) -> None:
        self._asked += 1
        last, now = self.picker.draft, self._session.document
        if last is None:
            self._compared(self._asked, ())
            return
        work = partial(compare, last.document, now)
        background.run(self, work, partial(self._compared, self._asked), self._failed)

    def _failed(self, error: Exception) -> None:
        bug = "没有做成：程序内部出错，详情已记入日志；草稿没有受影响。"
        self._said.setText(explained(error, bug, self.faulted.emit))

    def _compared(self, asked: int, lines: tuple[Compared, ...]) -> None:
        if asked == self._asked:
            self._lines = lines
            self._show()

    def shown_lines(self) -> tuple[Compared, ...]:
        """Those the filter leaves."""
        choice = self.filter.currentIndex()
        return self._lines if choice == 2 else differences(self._lines, years=choice == 1)

    def _show(self) -> None:
        before = self._current()
        shown = self.shown_lines()
        self.rows.show_lines(shown)
        if self.picker.draft is None:
            words = "请选择上年的草稿，或从文件读取上年的文本。"
        elif not shown and self._lines:
            words = f"{summary(self._lines)}按现在的显示范围没有不同；要都看，请把「显示」改为「{_FILTERS[2]}」。"
        else:
            words = summary(self._lines)
        self._summary.setText(words)
        for button in self._out:
            button.setEnabled(bool(shown))
        if shown:
            same = (at for at, line in enumerate(shown) if before and (line.path, line.place) == before)
            self.table.selectRow(next(same, 0))
            self.table.scrollTo(self.table.currentIndex())
        self._show_texts()

    def _current_line(self) -> Compared | None:
        row = self.table.currentIndex().row()
        return self.rows.lines[row] if 0 <= row < len(self.rows.lines) else None

    def _current(self) -> tuple[str, str] | None:
        line = self._current_line()
        return (line.path, line.place) if line else None

    def _show_texts(self) -> None:
        line = self._current_line()
        self._pair.show_pair(*((line.last, line.now) if line else ("", "")))
        self._go.setEnabled(line is not None and bool(line.path))

    def go(self) -> None:
        """To the field in the draft."""
        line = self._current_line()
        if line is None:
            return
        if not line.path:
            self._said.setText("这一项本年没有，不能前往。")
            return
        self._said.setText("")
        self.wanted.emit(line.path)

    # Leaving

    def _names(self) -> tuple[str, str]:
        document = self._session.document
        year = f"{document.year}年 " if document.year is not None else ""
        return self.picker.name, f"{year}{document.unit.code} {document.unit.name}".strip()

    def _title(self) -> str:
        document = self._session.document
        return f"{document.year or ''}{document.unit.name}与上年比较"

    def _ask_export(self, suffix: str) -> None:
        from exporters.atomic import safe_file_name
        from ui.widgets.file_dialogs import choose_export

        path = choose_export(self, self.folder / f"{safe_file_name(self._title())}{suffix}")
        if path is not None:
            self.folder = path.parent
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Writes what is shown, in a worker."""
        from exporters.comparison_document import write_comparison

        lines, names = self.shown_lines(), self._names()
        self._said.setText(f"正在导出 {printable(path.name)} …")
        background.run(
            self,
            lambda: write_comparison(lines, *names, path),
            lambda _none: self._said.setText(f"已导出到 {path}"),
            self._failed,
        )

    def print_lines(self) -> None:
        """Prints what is shown, after the system's dialog."""
        lines, names = self.shown_lines(), self._names()
        template = self._session.template

        def pages() -> object:
            from exporters.comparison_document import comparison_blocks
            from exporters.paginate import paginate

            return paginate(comparison_blocks(lines, *names, template), template)

        self._said.setText("正在排版 …")
        background.run(self, pages, self._print, self._failed)

    def _print(self, pages: tuple[Page, ...]) -> None:
        # The library of the printers takes a while to load.
        from ui.widgets import printing

        printer = printing.choose_printer(self, self._title(), len(pages))
        if printer is None:
            self._said.setText("已取消打印。")
            return
        draft = self._session.draft
        scheme = self._session.template.font_scheme(draft.settings.font_scheme)
        job = self._job = printing.PrintJob(printing.chosen_pages(pages, printer), printer, scheme, self)
        job.ended.connect(lambda why: self._said.setText(f"没有打印：{why}。" if why else job.sent))
        job.start()

    def done(self, result: int) -> None:
        self._timer.stop()
        self.picker.stop()
        super().done(result)
