"""两份内容不同: one draft changed by two writers; both texts side by side, and the user says which one stays."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from models.comparing.diff import FieldChange, changes
from models.document.tree import Draft
from ui.widgets.parts import push_button, roomy_column, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.shared_table import FittedLines, give_tips
from ui.widgets.style import characters, hint, labelled
from ui.widgets.text_differences import TextPair

MINE, OTHER, BOTH = "mine", "other", "both"

_COLUMNS = ("位置", "窗口里的", "另一份")
_NOT_THERE = "（没有）"
_LONGEST = 40
"""Characters of a text that stand in the table; all of it stands below."""


class TwoTextsDialog(ProgramDialog):
    """`answer`: MINE, OTHER or BOTH; "" where the user chooses later. `saved`: when each was saved, mine first."""

    def __init__(self, mine: Draft, other: Draft, saved: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__("两份内容不同", parent, help_place="questions#two_texts")
        self.answer = ""
        self._found = changes(mine, other)
        self.lines = FittedLines(_COLUMNS, stretched=2, parent=self)
        self.lines.itemSelectionChanged.connect(self._show_texts)
        self._pair = TextPair(("窗口里的", "另一份"), 4)
        self.texts = self._pair.texts
        ways = (("用窗口里的", MINE), ("用另一份", OTHER), ("两份都留着", BOTH), ("以后再选", ""))
        roomy_column(
            self,
            hint(
                f"这份草稿在两处都改过。窗口里的一份最后保存于 {saved[0]}，另一份最后保存于 {saved[1]}。"
                "没有选的一份移入回收站，随时可以移出来。"
            ),
            labelled(f"不同的地方（{len(self._found)} 处）", self.lines),
            (self.lines, 3),
            (self._pair, 3),
            side_by_side(1, *(push_button(text, partial(self.choose, answer)) for text, answer in ways)),
        )
        self.resize(characters(self, 66), characters(self, 40))
        self._fill(self._found)

    def choose(self, answer: str) -> None:
        """MINE, OTHER or BOTH; "" for later."""
        self.answer = answer
        self.done(QDialog.DialogCode.Accepted if answer else QDialog.DialogCode.Rejected)

    def _fill(self, found: Sequence[FieldChange]) -> None:
        self.lines.fill([_line(change) for change in found])
        give_tips(self.lines, [(change.place, change.before, change.after) for change in found])
        self.lines.horizontalHeader().resizeSection(1, characters(self, 24))
        if found:
            self.lines.selectRow(0)
        self.lines.setFocus()

    def _show_texts(self) -> None:
        row = self.lines.chosen_row()
        found = self._found[row] if row >= 0 else None
        self._pair.show_pair(*((found.before, found.after) if found else ("", "")))


def _line(change: FieldChange) -> tuple[str, str, str]:
    mine = _NOT_THERE if change.kind == "added" else _short(change.before)
    other = _NOT_THERE if change.kind == "removed" else _short(change.after)
    return change.place, mine, other


def _short(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return "（空）"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
