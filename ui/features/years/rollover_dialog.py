"""从上年生成 and 年份顺延: which text, to which year, and every year in it one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from models.document import fieldpath
from models.document.tree import Draft, GoalDocument
from models.reports.reached import reached_values
from models.years.budget_year import is_year, year_in
from models.years.plan_year import plan_year
from models.years.rollover import mentions, moved_on, rolled_over
from ui.features.years.mention_list import MentionList
from ui.features.years.source_picker import SourcePicker
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import fill, rename, roomy_column, row_of, side_by_side
from ui.widgets.program_dialog import ListDialog
from ui.widgets.style import characters, hint, labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from models.store import DraftSummary
    from ui.widgets.parts import Part


class _Years(QWidget):
    """The year the text is of, and the one it becomes."""

    def __init__(self, old_label: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self.old, self.new, self.reason = QLineEdit(), QLineEdit(), hint("")
        for field in (self.old, self.new):
            field.setFixedWidth(characters(field, 5))
        old, new = labelled(old_label, self.old), labelled("顺延到", self.new)
        row_of(self, old, self.old, new, self.new, (self.reason, 1))
        self.old.textEdited.connect(lambda _text: self._follow(changed))
        self.new.textEdited.connect(lambda _text: changed())

    def _follow(self, changed: Callable[[], None]) -> None:
        old = _year(self.old)
        if old is not None:
            self.new.setText(str(old + 1))
        changed()

    def show_guess(self, document: GoalDocument) -> None:
        found = plan_year(document)
        self.old.setText("" if found.likely is None else str(found.likely))
        self.new.setText("" if found.likely is None else str(found.likely + 1))
        self.reason.setText(f"{found.reason}。")

    def years(self) -> tuple[int, int] | None:
        """(old, new) where both are years."""
        old, new = _year(self.old), _year(self.new)
        return None if old is None or new is None else (old, new)

    def fault(self) -> str:
        """What is wrong, "" where nothing is."""
        for field, name in ((self.old, "原来的年度"), (self.new, "新的年度")):
            if _year(field) is None:
                return f"{name}「{field.text()}」不像一个年份，请写四位数字，例如 2026。"
        return "新的年度与原来的相同，请改其中一个。" if _year(self.old) == _year(self.new) else ""


def _year(field: QLineEdit) -> int | None:
    year = year_in(field.text())
    return year if is_year(year) else None


_SHOWN = 12
"""Values a tool tip lists."""


class _RolloverDialog(ListDialog):
    """What both have: years, the list of mentions, and the button that rests until all fits."""

    help_place = "rollover"
    """Where the manual speaks of it."""

    def __init__(self, title: str, old_label: str, accept: str, parent: QWidget | None) -> None:
        super().__init__(title, parent, help_place=self.help_place)
        self.document: GoalDocument | None = None
        self.years = _Years(old_label, self._find)
        self.list = MentionList()
        self.box = AnswerButtons(self, accept)

    def _lay_out(self, *above: Part) -> None:
        """Below these the list and the buttons; as large as the list deserves, and never larger than the screen."""
        foot = side_by_side((self.list.message, 1), self.box)
        roomy_column(self, *above, (self.list, 1), foot).setSpacing(characters(self, 0.35))
        self.resize_within_screen(66, 38)

    def show_document(self, document: GoalDocument | None) -> None:
        """Another text: its year is guessed, its mentions are shown."""
        self.document = document
        if document is not None:
            self.years.show_guess(document)
        self._find()

    def _find(self) -> None:
        fault = self.years.fault() if self.document is not None else "请先选择上年的文本。"
        years = self.years.years()
        self.box.accept.setEnabled(not fault)
        if fault or self.document is None or years is None:
            self.list.say(fault)
        else:
            self.list.show_mentions(self.document, mentions(self.document, *years))


class MoveOnDialog(_RolloverDialog):
    """年份顺延 of the open draft."""

    help_place = "rollover#other_year"

    def __init__(self, document: GoalDocument, parent: QWidget | None = None) -> None:
        super().__init__("年份顺延", "本稿现在是哪一年的", "顺延", parent)
        self._lay_out(hint("勾选的年份改为新的一年，其他文字都不动；整个顺延是一步，可以撤销。"), self.years)
        self.show_document(document)
        if self.years.fault():
            self.years.old.setFocus()
        else:
            self.list.lines.setFocus()

    def answer(self) -> tuple[int, GoalDocument]:
        """(the new year, the document of it)."""
        years = self.years.years()
        if self.document is None or years is None:
            raise ValueError("no answer yet")
        return years[1], moved_on(self.document, years[1], self.list.accepted())


@dataclass(frozen=True, slots=True)
class NewYear:
    """What was answered. `last`: last year's draft where it came from a file and shall be kept, with its year."""

    draft: Draft
    source_id: int
    last: Draft | None


class FromLastYearDialog(_RolloverDialog):
    """`load` gives a draft of the list; `chosen`: the number of the one to begin with."""

    def __init__(
        self,
        drafts: Sequence[DraftSummary],
        chosen: int,
        load: Callable[[int], Draft],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("从上年生成", "它是哪一年的", "生成草稿", parent)
        self.picker = SourcePicker(drafts, load, folder)
        self._reached: dict[str, str] = {}
        about = hint("上年的文本不动；金额和指标值照抄，标上「沿用上年」，改过或确认后消失。")
        self._lay_out(about, self.picker, self.years, self._code_row())
        self.picker.taken.connect(self._taken)
        found = self.picker.choose(chosen)
        (self.picker.source if found else self.picker.read_button).setFocus()

    def _code_row(self) -> QHBoxLayout:
        self._codes = QButtonGroup(self)
        self.keep_codes, self.empty_codes = QRadioButton("保留"), QRadioButton("清空，等新编码")
        for button in (self.keep_codes, self.empty_codes):
            button.setAccessibleName(f"项目编码 {button.text()}")
            self._codes.addButton(button)
        self.keep_codes.setChecked(True)
        self.keep_file = QCheckBox("读入的上年文本也存为草稿，便于比较")
        self.keep_file.setAccessibleName(self.keep_file.text())
        self.keep_file.setChecked(True)
        self.keep_file.hide()
        self.use_reached = QCheckBox()
        self.use_reached.hide()
        row = side_by_side(QLabel("项目编码"), self.keep_codes, self.empty_codes)
        row.addSpacing(characters(self, 1))
        return fill(row, self.use_reached, self.keep_file, 1)

    def _taken(self) -> None:
        draft = self.picker.draft
        self.keep_file.setVisible(self.picker.is_file)
        self._offer_reached(draft)
        self.show_document(draft.document if draft else None)
        if draft is None and not self.picker.source.count():
            self.list.say("还没有可以用的草稿：请按「从文件读取」，读入上年的 Word、Excel 或文本文件。")
        if self.picker.is_file:
            self.list.lines.setFocus()

    def _offer_reached(self, draft: Draft | None) -> None:
        """The targets stay unless the user wants what was reached; the tool tip shows both."""
        self._reached = reached_values(draft) if draft is not None else {}
        self.use_reached.setVisible(bool(self._reached))
        self.use_reached.setChecked(False)
        rename(self.use_reached, f"指标值改用自评达到的数（{len(self._reached)} 个）")
        if draft is not None:
            lines = [f"{fieldpath.get(draft.document, path)} → {value}" for path, value in self._reached.items()]
            more = "\n…" if len(lines) > _SHOWN else ""
            self.use_reached.setToolTip("\n".join(lines[:_SHOWN]) + more)

    def done(self, result: int) -> None:
        self.picker.stop()
        super().done(result)

    def answer(self) -> NewYear:
        """The new draft, and where it comes from."""
        years, old = self.years.years(), self.picker.draft
        if old is None or years is None:
            raise ValueError("no answer yet")
        accepted = self.list.accepted()
        values = self._reached if self.use_reached.isChecked() else {}
        keep, name = self.keep_codes.isChecked(), self.picker.name
        draft = rolled_over(old, years[1], accepted, keep_codes=keep, source=name, values=values)
        kept = self.picker.is_file and self.keep_file.isChecked()
        last = replace(old, document=replace(old.document, year=years[0])) if kept else None
        return NewYear(draft, self.picker.draft_id, last)
