"""历史版本: the versions of a draft, what changed in each, any two of them side by side, and the way back to one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.comparing.diff import FieldChange, changes, summary
from models.document.tree import Draft
from models.errors import UserError
from models.store.revisions import REASONS, Revision, Revisions
from ui.shell.start_page import local_time
from ui.widgets.shared_table import lines_table
from ui.widgets.style import characters, fit_columns, hint, labelled, roomy
from ui.widgets.text_differences import TextPair
from ui.widgets.view_options import table_item

PRESENT = "现在的内容"


def revision_name(revision: Revision) -> str:
    """«2026-11-20 10:32 送审稿»."""
    return f"{local_time(revision.made)} {revision.name or REASONS.get(revision.reason, '')}".strip()


class HistoryDialog(QDialog):
    """`chosen`: the draft to go back to, once the dialog is accepted; `chosen_name`: what it is called."""

    def __init__(self, present: Draft, revisions: Revisions, draft_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("历史版本")
        self.setProperty("help", "history#versions")
        self._revisions, self._present = revisions, present
        self._list = revisions.list(draft_id)
        self._may_restore = present.state == "草稿"
        self._loaded: dict[int, Draft] = {}
        self._found: tuple[FieldChange, ...] = ()
        self.chosen: Draft | None = None
        self.chosen_name = ""
        column = QVBoxLayout(self)
        roomy(column, self)
        kept = "恢复一个版本不会丢掉现在的内容：它先被留作一个版本，恢复本身也可以撤销。"
        column.addWidget(hint(kept if self._may_restore else "本稿已定稿，只能查看和比较；重新打开修改以后可以恢复。"))
        self.versions = self._version_table()
        column.addWidget(labelled("版本", self.versions))
        column.addWidget(self.versions, 3)
        column.addLayout(self._compare_row())
        self.fields = self._field_table()
        column.addWidget(labelled("逐项比较", self.fields))
        column.addWidget(self.fields, 2)
        self._pair = TextPair(("选中的版本里", "与它比较的版本里"), 2.2)
        self.texts = self._pair.texts
        column.addWidget(self._pair, 2)
        column.addLayout(self._buttons())
        # As high as a small screen is: there may be many versions.
        self.resize(characters(self, 66), characters(self, 46))
        self._fill()

    def _version_table(self) -> QTableWidget:
        table = lines_table(("时间", "版本", "与前一个版本相比"), stretched=2, parent=self)
        table.itemSelectionChanged.connect(self._compare)
        return table

    def _compare_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.against = QComboBox()
        self.against.addItem(PRESENT)
        for revision in self._list:
            self.against.addItem(revision_name(revision))
        self.against.currentIndexChanged.connect(lambda _index: self._compare())
        row.addWidget(labelled("选中的版本与这个比较", self.against))
        row.addWidget(self.against, 1)
        return row

    def _field_table(self) -> QTableWidget:
        table = lines_table(("位置", "改动"), stretched=1, parent=self)
        table.itemSelectionChanged.connect(self._show_texts)
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self._said, 1)
        self._restore, close = QPushButton("恢复这个版本"), QPushButton("关闭")
        self._restore.clicked.connect(lambda _checked=False: self.restore())
        close.clicked.connect(lambda _checked=False: self.reject())
        for button in (self._restore, close):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _fill(self) -> None:
        self.versions.setRowCount(len(self._list))
        for row, revision in enumerate(self._list):
            texts = (local_time(revision.made), revision.name or REASONS.get(revision.reason, ""), "…")
            for place, text in enumerate(texts):
                self.versions.setItem(row, place, QTableWidgetItem(text))
        fit_columns(self.versions, stretched=2)
        self._restore.setEnabled(bool(self._list) and self._may_restore)
        if self._list:
            self.versions.selectRow(0)
            QTimer.singleShot(0, self, partial(self._say_change, 0))
        else:
            self._said.setText("还没有版本：打开、编辑一段时间后会自动留下，也可以按 Ctrl+S 起名留下一个。")
        self.versions.setFocus()

    def _say_change(self, row: int) -> None:
        """Fills one row, then the next when nothing else is to be done: a long list does not keep anybody waiting."""
        if row >= len(self._list):
            return
        draft = self._load(row)
        if row + 1 == len(self._list):
            words = "最早的版本"
        else:
            before = self._load(row + 1)
            words = summary(changes(before, draft)) if draft and before else "（不能读取）"
        item = table_item(self.versions, row, 2)
        item.setText(words)
        item.setToolTip(words)
        QTimer.singleShot(0, self, partial(self._say_change, row + 1))

    def _load(self, row: int) -> Draft | None:
        sequence = self._list[row].sequence
        if sequence not in self._loaded:
            try:
                self._loaded[sequence] = self._revisions.load(sequence)
            except UserError as error:
                self._said.setText(str(error))
                return None
        return self._loaded[sequence]

    def _selected(self) -> int:
        rows = self.versions.selectionModel().selectedRows() if self.versions.selectionModel() else []
        return rows[0].row() if rows else -1

    def _compare(self) -> None:
        """The version chosen against the other one, the older one first in each sentence."""
        row, other = self._selected(), self.against.currentIndex() - 1
        if row < 0 or not hasattr(self, "fields"):
            return
        self._said.clear()
        draft = self._load(row)
        against = self._present if other < 0 else self._load(other)
        self._restore.setEnabled(draft is not None and self._may_restore)
        self._found = changes(draft, against) if draft and against else ()
        self._show_changes(self._found)

    def _show_changes(self, found: Sequence[FieldChange]) -> None:
        self.fields.setRowCount(len(found))
        for row, change in enumerate(found):
            for place, text in enumerate((change.place, change.words)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.fields.setItem(row, place, item)
        fit_columns(self.fields, stretched=1)
        if found:
            self.fields.selectRow(0)
        else:
            self._said.setText("这两个版本的内容相同。")
        self._show_texts()

    def _show_texts(self) -> None:
        rows = self.fields.selectionModel().selectedRows()
        found = self._found[rows[0].row()] if rows and rows[0].row() < len(self._found) else None
        self._pair.show_pair(*((found.before, found.after) if found else ("", "")))

    def restore(self) -> None:
        """Takes the version chosen for the answer."""
        row = self._selected()
        draft = self._load(row) if row >= 0 else None
        if draft is None:
            return
        self.chosen, self.chosen_name = draft, revision_name(self._list[row])
        self.accept()
