"""⑥ 检查与导出: what the text holds at a glance, and the way out as a file."""

import re
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from models.document import Draft, Project
from models.errors import UserError
from models.session import Change, Session
from models.values import money
from ui import background
from ui.dialogs.files import choose_export, documents_folder, open_with_system
from ui.steps import Step
from ui.steps.forms import page
from ui.style import characters, hint, labelled

_COLUMNS = ("序号", "项目编码", "项目名称", "预算数", "财政资金", "其他资金", "金额单位", "指标数")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def suggested_name(draft: Draft, document_name: str) -> str:
    """A file name without suffix, legal on every system."""
    document = draft.document
    year = f"{document.year}年" if document.year is not None else ""
    return _UNSAFE.sub("_", f"{year}{document.unit.name}{document_name}")[:60].strip(" .") or document_name


class ExportStep(Step):
    """An overview and the export buttons; the result is told in a line, with buttons to open it."""

    title = "检查与导出"
    exported = Signal(str)
    """The path of a file that was written."""
    faulted = Signal(object)
    """An exception of our own that stopped an export."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.folder: Path | None = None
        self._running = False
        self._last: Path | None = None
        column = page(self, self.title)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        column.addWidget(self._summary)
        column.addLayout(self._export_row())
        column.addLayout(self._result_row())
        self._projects = self._table()
        self._projects_label = labelled("项目与预算", self._projects)
        column.addWidget(self._projects_label)
        column.addWidget(self._projects)
        self._unplaced = QPlainTextEdit()
        self._unplaced.setReadOnly(True)
        self._unplaced.setTabChangesFocus(True)
        self._unplaced.setFixedHeight(characters(self, 9))
        self._unplaced_label = labelled("未能归位的文字", self._unplaced)
        self._unplaced_hint = hint(
            "这些文字是导入时没有找到位置的，保存在草稿里，不会打印。需要的内容可以复制到相应的位置。"
        )
        for widget in (self._unplaced_label, self._unplaced, self._unplaced_hint):
            column.addWidget(widget)
        column.addStretch(1)
        self.refresh(None)

    def _export_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._export_buttons: list[QPushButton] = []
        for text, suffix in (("导出 Word", ".docx"), ("导出 Excel", ".xlsx")):
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.clicked.connect(partial(self._ask, suffix))
            row.addWidget(button)
            self._export_buttons.append(button)
        row.addStretch(1)
        return row

    def _result_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.result, 1)
        self._open_file, self._open_folder = QPushButton("打开文件"), QPushButton("打开文件夹")
        for button, folder in ((self._open_file, False), (self._open_folder, True)):
            button.setAccessibleName(button.text())
            button.clicked.connect(partial(self._open, folder))
            button.hide()
            row.addWidget(button)
        return row

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table

    def refresh(self, change: Change | None) -> None:
        # Nothing here is typed into, so a page nobody sees need not be drawn anew at every keystroke.
        if change is None or self.isVisible():
            self._show_overview()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self._show_overview()

    def _show_overview(self) -> None:
        document = self.session.document
        total, unclear = budget_total(document.projects)
        sentence = (
            f"{document.year or '（未写年度）'}　{document.unit.name or '（未写单位）'}　"
            f"分项目标 {len(document.sub_goals.items)} 个，保障措施 {len(document.safeguards.items)} 条，"
            f"项目 {len(document.projects)} 个，预算合计 {total:,.2f} 万元。"
        )
        if unclear:
            sentence += f"有 {unclear} 个项目的预算数未写或不是数字，没有计入合计。"
        self._summary.setText(sentence)
        self._projects.setRowCount(len(document.projects))
        for row, project in enumerate(document.projects):
            for column, text in enumerate(_line(row, project)):
                item = QTableWidgetItem(text)
                if column in {0, 3, 4, 5, 7}:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._projects.setItem(row, column, item)
        lines = min(max(len(document.projects), 1), 10) + 1.6
        self._projects.setFixedHeight(round(lines * self._projects.verticalHeader().defaultSectionSize()))
        for widget in (self._projects, self._projects_label):
            widget.setVisible(bool(document.projects))
        text = "\n".join(document.unplaced)
        if text != self._unplaced.toPlainText():
            self._unplaced.setPlainText(text)
        for widget in (self._unplaced, self._unplaced_label, self._unplaced_hint):
            widget.setVisible(bool(document.unplaced))

    def focus_path(self, path: str) -> bool:
        if path.startswith("unplaced") and self.session.document.unplaced:
            self._unplaced.setFocus()
            return True
        return False

    def _ask(self, suffix: str, _checked: bool = False) -> None:
        folder = self.folder if self.folder and self.folder.is_dir() else documents_folder()
        name = suggested_name(self.session.draft, self.session.template.document_name)
        chosen = choose_export(self, folder / f"{name}{suffix}")
        if chosen is not None:
            self.export_to(chosen)

    def export_word(self) -> None:
        self._ask(".docx")

    def export_excel(self) -> None:
        self._ask(".xlsx")

    def export_to(self, path: Path) -> None:
        """Writes the draft as it is now, in a worker; what is typed meanwhile is not part of it."""
        if self._running:
            return
        self.commit_pending()
        self._set_running(True)
        self.result.setText(f"正在导出 {path.name} …")
        draft = self.session.draft
        background.run(self, lambda: _write(draft, path), partial(self._written, path), self._not_written)

    def _set_running(self, running: bool) -> None:
        self._running = running
        for button in self._export_buttons:
            button.setEnabled(not running)
        for button in (self._open_file, self._open_folder):
            button.setVisible(not running and self._last is not None)

    def _written(self, path: Path, _result: object) -> None:
        self._last, self.folder = path, path.parent
        self._set_running(False)
        kept = "未能归位的文字没有打印。" if self.session.document.unplaced else ""
        self.result.setText(f"已导出：{path}　{kept}".strip())
        self._open_file.setFocus()
        self.exported.emit(str(path))

    def _not_written(self, error: Exception) -> None:
        self._last = None
        self._set_running(False)
        if isinstance(error, UserError):
            self.result.setText(f"没有导出：{error}")
        else:
            self.result.setText("没有导出：程序内部出错，详情已记入日志；草稿没有受影响。")
            self.faulted.emit(error)

    def _open(self, folder: bool, _checked: bool = False) -> None:
        if self._last is None:
            return
        target = self._last.parent if folder else self._last
        if not target.exists():
            self.result.setText(f"「{target}」已经不在原处了，请重新导出。")
        elif not open_with_system(target):
            self.result.setText(f"系统没有能打开它的程序：{target}")


def _write(draft: Draft, path: Path) -> None:
    from exporters.files import write_file

    write_file(draft, path)


def _line(row: int, project: Project) -> tuple[str, ...]:
    return (
        str(row + 1),
        project.code,
        project.name or "（未写名称）",
        project.budget,
        project.fiscal_funds,
        project.other_funds,
        project.amount_unit,
        str(len(project.indicators)),
    )


def budget_total(projects: tuple[Project, ...]) -> tuple[Decimal, int]:
    """(sum of the budgets in 万元, how many budgets are no number and so not in it)."""
    total, unclear = Decimal(0), 0
    for project in projects:
        amount = money(project.budget, project.amount_unit)
        if amount is None:
            unclear += 1
        else:
            total += amount
    return total, unclear
