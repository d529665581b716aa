"""两份内容不同: one draft changed by two writers; both texts side by side, and the user says which one stays."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTableWidgetItem, QVBoxLayout, QWidget

from models.comparing.diff import FieldChange, changes
from models.document.tree import Draft
from ui.widgets.shared_table import lines_table
from ui.widgets.style import characters, fit_columns, hint, labelled, roomy
from ui.widgets.text_differences import TextPair

MINE, OTHER, BOTH = "mine", "other", "both"

_COLUMNS = ("位置", "窗口里的", "另一份")
_NOT_THERE = "（没有）"
_LONGEST = 40
"""Characters of a text that stand in the table; all of it stands below."""


class TwoTextsDialog(QDialog):
    """`answer`: MINE, OTHER or BOTH; "" where the user chooses later. `saved`: when each was saved, mine first."""

    def __init__(self, mine: Draft, other: Draft, saved: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("两份内容不同")
        self.setProperty("help", "questions#two_texts")
        self.answer = ""
        self._found = changes(mine, other)
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(
            hint(
                f"这份草稿在两处都改过。窗口里的一份最后保存于 {saved[0]}，另一份最后保存于 {saved[1]}。"
                "没有选的一份移入回收站，随时可以移出来。"
            )
        )
        self.lines = lines_table(_COLUMNS, stretched=2, parent=self)
        self.lines.itemSelectionChanged.connect(self._show_texts)
        column.addWidget(labelled(f"不同的地方（{len(self._found)} 处）", self.lines))
        column.addWidget(self.lines, 3)
        self._pair = TextPair(("窗口里的", "另一份"), 4)
        self.texts = self._pair.texts
        column.addWidget(self._pair, 3)
        column.addLayout(self._buttons())
        self.resize(characters(self, 66), characters(self, 40))
        self._fill(self._found)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        ways = (("用窗口里的", MINE), ("用另一份", OTHER), ("两份都留着", BOTH), ("以后再选", ""))
        for text, answer in ways:
            button = QPushButton(text)
            button.setAccessibleName(text)
            button.setAutoDefault(False)  # Enter chooses nothing
            button.clicked.connect(lambda _checked=False, answer=answer: self.choose(answer))
            row.addWidget(button)
        return row

    def choose(self, answer: str) -> None:
        """MINE, OTHER or BOTH; "" for later."""
        self.answer = answer
        self.done(QDialog.DialogCode.Accepted if answer else QDialog.DialogCode.Rejected)

    def _fill(self, found: Sequence[FieldChange]) -> None:
        self.lines.setRowCount(len(found))
        for row, change in enumerate(found):
            mine = _NOT_THERE if change.kind == "added" else _short(change.before)
            other = _NOT_THERE if change.kind == "removed" else _short(change.after)
            for place, text in enumerate((change.place, mine, other)):
                item = QTableWidgetItem(text)
                item.setToolTip((change.place, change.before, change.after)[place])
                self.lines.setItem(row, place, item)
        fit_columns(self.lines, stretched=2)
        self.lines.horizontalHeader().resizeSection(1, characters(self, 24))
        if found:
            self.lines.selectRow(0)
        self.lines.setFocus()

    def _show_texts(self) -> None:
        rows = self.lines.selectionModel().selectedRows()
        found = self._found[rows[0].row()] if rows else None
        self._pair.show_pair(*((found.before, found.after) if found else ("", "")))


def _short(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return "（空）"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
