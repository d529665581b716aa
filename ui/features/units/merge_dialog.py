"""汇总单位: which units' texts, in which order, part one from where, and what the department's text will add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from models.document.fieldnames import PRINT_CHOICES
from models.document.tree import Draft, Unit
from models.merge import (
    PartOne,
    Source,
    UnitTotal,
    department_text,
    source_doubts,
    total_of,
    totals_by_unit,
    unit_words,
)
from models.years.budget_year import is_year, strange_year, year_in
from ui.features.units.unit_sources import Candidate, UnitSources
from ui.widgets.dialog_buttons import Foot
from ui.widgets.parts import narrow_choice, roomy_column, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled
from ui.widgets.unit_totals import UnitTotalsTable

if TYPE_CHECKING:
    from models.document.template import Template

_MOST_DOUBTS = 3


@dataclass(frozen=True, slots=True)
class Department:
    """Whose text it becomes."""

    year: int | None
    unit: Unit


class MergeDialog(ProgramDialog):
    """Begins with the department named last. `draft()` is the new text."""

    def __init__(
        self, template: Template, last: Department, candidates: Sequence[Candidate], parent: QWidget | None = None
    ) -> None:
        super().__init__("汇总单位", parent, help_place="merge")
        self._template = template
        self._first_year = last.year
        intro = hint("汇总成一份部门文本，各单位原来的不改动；以后可用「更新下属单位」再次汇总。")
        self.sources = UnitSources("下属单位，按打印的先后", candidates)
        self.unit_headings = QCheckBox(PRINT_CHOICES["unit_headings"])
        self.unit_headings.setAccessibleName(self.unit_headings.text())
        self.totals = UnitTotalsTable(self)
        foot = Foot(self, "汇总")
        self.said, self._accept = foot.said, foot.accept
        column = roomy_column(
            self,
            intro,
            (self.sources, 3),
            self._department_row(last),
            self._part_one_row(),
            (self.unit_headings, 0, Qt.AlignmentFlag.AlignLeft),
            labelled("各单位合计", self.totals),
            (self.totals, 2),
            foot,
        )
        self.sources.changed.connect(self._show)
        self.sources.said.connect(self._say)
        room = self.screen().availableSize() * 0.92
        intro.setVisible(column.totalMinimumSize().height() <= room.height())  # the first to give way to large type
        self.resize_within_screen(62, 40)
        self._show()
        self.sources.table.setFocus()

    def _department_row(self, last: Department) -> QHBoxLayout:
        self.year = QLineEdit("" if last.year is None else str(last.year))
        self.year.setMaximumWidth(characters(self, 5))
        self.year.editingFinished.connect(self._show)
        self.code, self.name = QLineEdit(last.unit.code), QLineEdit(last.unit.name)
        self.code.setMaximumWidth(characters(self, 8))
        year, code = labelled("部门文本的年度", self.year), labelled("单位代码", self.code)
        return side_by_side(year, self.year, code, self.code, labelled("单位名称", self.name), (self.name, 1))

    def _part_one_row(self) -> QHBoxLayout:
        self.part_one = QComboBox()
        self.part_one.addItems([choice.value for choice in PartOne])
        self.part_one.currentIndexChanged.connect(lambda _index: self._show_chosen())
        self.chosen = narrow_choice(14)
        self._chosen_label = labelled("取自", self.chosen)
        return side_by_side(labelled("第一部分", self.part_one), self.part_one, self._chosen_label, (self.chosen, 1))

    def _show_chosen(self) -> None:
        wanted = self._part_one() is PartOne.ONE
        self.chosen.setEnabled(wanted)
        self._chosen_label.setEnabled(wanted)

    def _part_one(self) -> PartOne:
        return list(PartOne)[self.part_one.currentIndex()]

    def department(self) -> Department:
        """As answered."""
        return Department(year_in(self.year.text()), Unit(self.code.text().strip(), self.name.text().strip()))

    def draft(self) -> Draft:
        """The department's text."""
        answer, chosen = self.department(), max(self.chosen.currentIndex(), 0)
        return department_text(
            self.sources.sources(),
            self._template,
            answer.year,
            answer.unit,
            self._part_one(),
            chosen,
            unit_headings=self.unit_headings.isChecked(),
        )

    def _show(self) -> None:
        """What is ticked now: totals, doubts, and whose part one may be taken."""
        sources = self.sources.sources()
        if self._first_year is None and not self.year.text() and sources:
            year = sources[0].draft.document.year
            self.year.setText("" if year is None else str(year))
        with QSignalBlocker(self.chosen):
            place = self.chosen.currentIndex()
            self.chosen.clear()
            self.chosen.addItems([unit_words(source.unit) for source in sources])
            self.chosen.setCurrentIndex(min(max(place, 0), len(sources) - 1))
        self._show_chosen()
        self.totals.show_totals(totals_of(sources))
        self._accept.setEnabled(bool(sources))
        self._say("")

    def _say(self, text: str) -> None:
        doubts = list(islice(source_doubts(self.sources.sources(), self.department().year), _MOST_DOUBTS + 1))
        more = ["…"] if len(doubts) > _MOST_DOUBTS else []
        lines = [text] if text else []
        lines += [f"⚠ {doubt}" for doubt in doubts[:_MOST_DOUBTS]] + more
        self.said.setText("\n".join(lines) or ("" if self.sources.sources() else "用空格键勾选要汇总的单位。"))

    def accept(self) -> None:
        year = self.year.text().strip()
        if self.sources.reading:
            self._say("还有文件正在读取，请稍等。")
        elif year and not is_year(self.department().year):
            self._say(strange_year(year))
            self.year.setFocus()
        else:
            super().accept()


def totals_of(sources: Sequence[Source]) -> tuple[UnitTotal, ...]:
    """One line for each source, under its unit's name."""
    found = []
    for source in sources:
        total = total_of(totals_by_unit(source.draft.document))
        found.append(
            UnitTotal(source.unit, total.projects, total.budget, total.fiscal_funds, total.other_funds, total.unclear)
        )
    return tuple(found)
