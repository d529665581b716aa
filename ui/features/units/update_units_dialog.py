"""更新下属单位: what the units changed since they were merged, and what changed on both sides, to be decided one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QTableWidget,
    QWidget,
)

from models.comparing.diff import changes
from models.document.tree import Draft
from models.merge import Choice, Incoming, Outcome, merged_units, source_doubts, unit_number, unit_words, update
from models.merge.merge_report import kind, place, sentence, texts
from ui.features.units.unit_sources import Candidate, UnitSources
from ui.widgets.dialog_buttons import Foot
from ui.widgets.parts import column_of, narrow_choice, push_button, roomy_column, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.shared_table import SharedTable
from ui.widgets.style import characters, hint, labelled
from ui.widgets.text_differences import TextPair

_WORDS = {
    Choice.LATER: "以后再定（先保留部门的）",
    Choice.OURS: "保留部门的",
    Choice.THEIRS: "采用单位的",
}


class UpdateUnitsDialog(ProgramDialog):
    """`outcome.draft` is the department's draft as it shall be, once the dialog is accepted."""

    def __init__(
        self, draft: Draft, candidates: Sequence[Candidate], ticked: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__("更新下属单位", parent, help_place="merge#update")
        self._draft, self._units = draft, merged_units(draft.provenance)
        self._decided: dict[tuple[int, str], Choice] = {}
        self.outcome = Outcome(draft)
        about = "只有单位改过的，会更新；只有部门改过的，不动；两边都改过的列在右边，不选就先保留部门的。更新是一步，可以撤销。"
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._left(candidates, ticked))
        halves.addWidget(self._right())
        foot = Foot(self, "更新")
        self.said, self._accept = foot.said, foot.accept
        roomy_column(self, hint(about), (halves, 1), foot)
        self.sources.changed.connect(self._merge)
        self.sources.said.connect(self._say)
        self.resize_within_screen(84, 42, 0.94)
        halves.setSizes([characters(self, 40), characters(self, 42)])
        self._merge()
        (self.conflicts if self.outcome.conflicts else self.sources.table).setFocus()

    def _left(self, candidates: Sequence[Candidate], ticked: Sequence[int]) -> QWidget:
        side = QWidget()
        self.sources = UnitSources("下属单位的新文本", candidates, ticked, ordered=False)
        self.changes = SharedTable(("改动",), (1,), 4.5, self)
        self._changes_label = labelled("将带入的改动", self.changes)
        column_of(side, (self.sources, 2), self._changes_label, (self.changes, 3))
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        self.conflicts = SharedTable(("位置", "单位", "情况", "处理"), (10, 9, 6, 6), 4.5, self)
        self.conflicts.itemSelectionChanged.connect(self._show_conflict)
        self._conflicts_label = labelled("两边都改过的", self.conflicts)
        self._pair = TextPair(("部门的文字", "单位的文字"), 3)
        self.ours, self.theirs = self._pair.texts
        self.choice = narrow_choice(10)
        self.choice.addItems([_WORDS[choice] for choice in Choice])
        self.choice.activated.connect(self._decide)
        self._all = (
            push_button("全部保留部门的", partial(self._decide_all, Choice.OURS)),
            push_button("全部采用单位的", partial(self._decide_all, Choice.THEIRS)),
        )
        column_of(
            side,
            self._conflicts_label,
            (self.conflicts, 3),
            (self._pair, 2),
            side_by_side(labelled("这一处", self.choice), (self.choice, 1)),
            side_by_side(*self._all, 1),
        )
        return side

    # the merge

    def _incoming(self) -> list[Incoming]:
        return [Incoming(source, unit_number(self._units, source.unit)) for source in self.sources.sources()]

    def _merge(self) -> None:
        """Recomputes everything for what is ticked and decided now."""
        selected = self.conflicts.chosen_row()
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

    def _show_conflict(self) -> None:
        row = self.conflicts.chosen_row()
        found = self.outcome.conflicts[row] if 0 <= row < len(self.outcome.conflicts) else None
        self._pair.show_pair(*(texts(found) if found else ("", "")))
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(list(Choice).index(self._choice(found.key)) if found else 0)

    def _decide(self, index: int) -> None:
        row = self.conflicts.chosen_row()
        if 0 <= row < len(self.outcome.conflicts):
            self._decided[self.outcome.conflicts[row].key] = list(Choice)[index]
            self._merge()

    def _decide_all(self, choice: Choice) -> None:
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
