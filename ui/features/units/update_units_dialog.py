"""更新下属单位: what the units changed since they were merged, and what changed on both sides, to be decided one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from models.comparing.diff import changes
from models.document.tree import Draft
from models.merge import Choice, Incoming, Outcome, merged_units, source_doubts, unit_number, unit_words, update
from models.merge.merge_report import kind, place, sentence, texts
from ui.features.units.unit_sources import Candidate, UnitSources
from ui.widgets.dialog_buttons import Foot
from ui.widgets.shared_table import SharedTable
from ui.widgets.style import characters, hint, labelled, roomy
from ui.widgets.text_differences import TextPair

_WORDS = {
    Choice.LATER: "以后再定（先保留部门的）",
    Choice.OURS: "保留部门的",
    Choice.THEIRS: "采用单位的",
}


class UpdateUnitsDialog(QDialog):
    """`outcome.draft` is the department's draft as it shall be, once the dialog is accepted."""

    def __init__(
        self, draft: Draft, candidates: Sequence[Candidate], ticked: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("更新下属单位")
        self.setProperty("help", "merge#update")
        self._draft, self._units = draft, merged_units(draft.provenance)
        self._decided: dict[tuple[int, str], Choice] = {}
        self.outcome = Outcome(draft)
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(
            hint(
                "只有单位改过的，会更新；只有部门改过的，不动；两边都改过的列在右边，不选就先保留部门的。更新是一步，可以撤销。"
            )
        )
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._left(candidates, ticked))
        halves.addWidget(self._right())
        column.addWidget(halves, 1)
        foot = Foot(self, "更新")
        self.said, self._accept = foot.said, foot.accept
        column.addLayout(foot)
        self.sources.changed.connect(self._merge)
        self.sources.said.connect(self._say)
        room = self.screen().availableSize() * 0.94
        self.resize(min(characters(self, 84), room.width()), min(characters(self, 42), room.height()))
        halves.setSizes([characters(self, 40), characters(self, 42)])
        self._merge()
        (self.conflicts if self.outcome.conflicts else self.sources.table).setFocus()

    def _left(self, candidates: Sequence[Candidate], ticked: Sequence[int]) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        self.sources = UnitSources("下属单位的新文本", candidates, ticked, ordered=False)
        column.addWidget(self.sources, 2)
        self.changes = SharedTable(("改动",), (1,), 4.5, self)
        self._changes_label = labelled("将带入的改动", self.changes)
        column.addWidget(self._changes_label)
        column.addWidget(self.changes, 3)
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        self.conflicts = SharedTable(("位置", "单位", "情况", "处理"), (10, 9, 6, 6), 4.5, self)
        self.conflicts.itemSelectionChanged.connect(self._show_conflict)
        self._conflicts_label = labelled("两边都改过的", self.conflicts)
        column.addWidget(self._conflicts_label)
        column.addWidget(self.conflicts, 3)
        self._pair = TextPair(("部门的文字", "单位的文字"), 3)
        self.ours, self.theirs = self._pair.texts
        column.addWidget(self._pair, 2)
        row = QHBoxLayout()
        self.choice = QComboBox()
        for choice in Choice:
            self.choice.addItem(_WORDS[choice])
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(10)
        self.choice.activated.connect(self._decide)
        row.addWidget(labelled("这一处", self.choice))
        row.addWidget(self.choice, 1)
        column.addLayout(row)
        row = QHBoxLayout()
        self._all: list[QPushButton] = []
        for text_, choice in (("全部保留部门的", Choice.OURS), ("全部采用单位的", Choice.THEIRS)):
            button = QPushButton(text_)
            button.setAccessibleName(text_)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._decide_all, choice))
            self._all.append(button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return side

    # the merge

    def _incoming(self) -> list[Incoming]:
        return [Incoming(source, unit_number(self._units, source.unit)) for source in self.sources.sources()]

    def _merge(self) -> None:
        """Recomputes everything for what is ticked and decided now."""
        selected = self._selected()
        self.outcome = update(self._draft, self._incoming(), self._decided)
        found = [change for change in changes(self._draft, self.outcome.draft) if change.path != "provenance"]
        self.changes.fill([(change.words,) for change in found])
        _count(self._changes_label, self.changes, f"将带入的改动（{len(found)}）")
        document = self._draft.document
        lines = [
            (place(one, document), one.unit.name or one.unit.code, kind(one), self._choice(one.key).value)
            for one in self.outcome.conflicts
        ]
        with QSignalBlocker(self.conflicts):
            self.conflicts.fill(lines)
        _count(self._conflicts_label, self.conflicts, f"两边都改过的（{len(lines)}）")
        if lines:
            self.conflicts.selectRow(min(max(selected, 0), len(lines) - 1))
        for widget in (self.choice, *self._all):
            widget.setEnabled(bool(lines))
        self._show_conflict()
        self._accept.setEnabled(bool(self.sources.sources()))
        self._say("")

    def _choice(self, key: tuple[int, str]) -> Choice:
        return self._decided.get(key, Choice.LATER)

    def _selected(self) -> int:
        rows = self.conflicts.selectionModel().selectedRows() if self.conflicts.selectionModel() else []
        return rows[0].row() if rows else -1

    def _show_conflict(self) -> None:
        row = self._selected()
        found = self.outcome.conflicts[row] if 0 <= row < len(self.outcome.conflicts) else None
        self._pair.show_pair(*(texts(found) if found else ("", "")))
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(list(Choice).index(self._choice(found.key)) if found else 0)

    def _decide(self, index: int) -> None:
        row = self._selected()
        if 0 <= row < len(self.outcome.conflicts):
            self._decided[self.outcome.conflicts[row].key] = list(Choice)[index]
            self._merge()

    def _decide_all(self, choice: Choice, _checked: bool = False) -> None:
        self._decided |= {one.key: choice for one in self.outcome.conflicts}
        self._merge()

    def _say(self, text: str) -> None:
        sources, known = self.sources.sources(), {one.number for one in self._incoming()}
        lines = [text] if text else []
        if not sources:
            lines.append("用空格键勾选有新文本的单位，或用「添加文件…」加入它们报来的数据包。")
        new = [source.unit.name or source.name for source in sources if unit_number(self._units, source.unit) is None]
        if new:
            lines.append(f"⚠ 以前没有汇总过，将作为新的单位加在后面：{'、'.join(new)}。")
        lines += [f"⚠ {doubt}" for doubt in self._renamed()][:3]
        lines += [f"⚠ {doubt}" for doubt in source_doubts(sources, self._draft.document.year)][:3]
        changes = [
            sentence(note, self._units, self._draft.document) for note in self.outcome.notes if note.number in known
        ]
        lines += changes[:3] + ([f"…等 {len(changes)} 处。"] if len(changes) > 3 else [])
        later = sum(self._choice(one.key) is Choice.LATER for one in self.outcome.conflicts)
        if later:
            lines.append(f"还有 {later} 处没有选：保留部门的文字，下次更新时再列出。")
        self.said.setText("\n".join(lines))

    def _renamed(self) -> list[str]:
        """Texts known by their code alone: the name is another one than when they were merged."""
        pairs = ((one.source.unit, self._units[one.number].unit) for one in self._incoming() if one.number is not None)
        return [
            f"「{unit_words(new)}」汇总时叫「{old.name}」，请核对是不是同一个单位。"
            for new, old in pairs
            if new.name and old.name and new.name != old.name
        ]

    def accept(self) -> None:
        if self.sources.reading:
            self._say("还有文件正在读取，请稍等。")
        else:
            super().accept()


def _count(label: QLabel, table: QTableWidget, words: str) -> None:
    label.setText(words)
    table.setAccessibleName(words)
