"""历史版本: the versions of a draft, what changed in each, any two of them side by side, and the way back to one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QWidget,
)

from models.comparing.diff import FieldChange, changes, summary
from models.document.tree import Draft
from models.errors import UserError
from models.store.revisions import REASONS, Revision, Revisions
from ui.shell.draft_table import local_time
from ui.widgets.parts import push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.shared_table import FittedLines, give_tips
from ui.widgets.style import characters, hint, labelled
from ui.widgets.text_differences import TextPair
from ui.widgets.view_options import table_item

PRESENT = "现在的内容"


def revision_name(revision: Revision) -> str:
    """«2026-11-20 10:32 送审稿»."""
    return f"{local_time(revision.made)} {revision.name or REASONS.get(revision.reason, '')}".strip()


class HistoryDialog(ProgramDialog):
    """`chosen`: the draft to go back to, once the dialog is accepted; `chosen_name`: what it is called."""

    def __init__(self, present: Draft, revisions: Revisions, draft_id: int, parent: QWidget | None = None) -> None:
        super().__init__("历史版本", parent, help_place="history#versions")
        self._revisions, self._present = revisions, present
        self._list = revisions.list(draft_id)
        self._may_restore = present.state == "草稿"
        self._loaded: dict[int, Draft] = {}
        self._found: tuple[FieldChange, ...] = ()
        self.chosen: Draft | None = None
        self.chosen_name = ""
        kept = "恢复一个版本不会丢掉现在的内容：它先被留作一个版本，恢复本身也可以撤销。"
        self.versions = FittedLines(("时间", "版本", "与前一个版本相比"), stretched=2, parent=self)
        self.versions.itemSelectionChanged.connect(self._compare)
        self.against = QComboBox()
        self.against.addItems([PRESENT, *map(revision_name, self._list)])
        self.against.currentIndexChanged.connect(lambda _index: self._compare())
        self.fields = FittedLines(("位置", "改动"), stretched=1, parent=self)
        self.fields.itemSelectionChanged.connect(self._show_texts)
        self._pair = TextPair(("选中的版本里", "与它比较的版本里"), 2.2)
        self.texts = self._pair.texts
        self._said = sentence()
        self._restore = push_button("恢复这个版本", self.restore)
        roomy_column(
            self,
            hint(kept if self._may_restore else "本稿已定稿，只能查看和比较；重新打开修改以后可以恢复。"),
            labelled("版本", self.versions),
            (self.versions, 3),
            side_by_side(labelled("选中的版本与这个比较", self.against), (self.against, 1)),
            labelled("逐项比较", self.fields),
            (self.fields, 2),
            (self._pair, 2),
            side_by_side((self._said, 1), self._restore, push_button("关闭", self.reject)),
        )
        # As high as a small screen is: there may be many versions.
        self.resize(characters(self, 66), characters(self, 46))
        self._fill()

    def _fill(self) -> None:
        self.versions.fill(
            [(local_time(kept.made), kept.name or REASONS.get(kept.reason, ""), "…") for kept in self._list]
        )
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

    def _compare(self) -> None:
        """The version chosen against the other one, the older one first in each sentence."""
        row, other = self.versions.chosen_row(), self.against.currentIndex() - 1
        if row < 0:
            return
        self._said.clear()
        draft = self._load(row)
        against = self._present if other < 0 else self._load(other)
        self._restore.setEnabled(draft is not None and self._may_restore)
        self._found = changes(draft, against) if draft and against else ()
        self._show_changes(self._found)

    def _show_changes(self, found: Sequence[FieldChange]) -> None:
        lines = [(change.place, change.words) for change in found]
        self.fields.fill(lines)
        give_tips(self.fields, lines)
        if found:
            self.fields.selectRow(0)
        else:
            self._said.setText("这两个版本的内容相同。")
        self._show_texts()

    def _show_texts(self) -> None:
        row = self.fields.chosen_row()
        found = self._found[row] if 0 <= row < len(self._found) else None
        self._pair.show_pair(*((found.before, found.after) if found else ("", "")))

    def restore(self) -> None:
        """Takes the version chosen for the answer."""
        row = self.versions.chosen_row()
        draft = self._load(row) if row >= 0 else None
        if draft is None:
            return
        self.chosen, self.chosen_name = draft, revision_name(self._list[row])
        self.accept()
