"""① 基本信息: whose text it is and of which year, how it is printed, and its part lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGroupBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.checks.problem_lines import summary
from models.document.fieldnames import LABELS, PRINT_CHOICES
from models.session.session import Change, Session
from models.years.budget_year import is_year, strange_year
from ui.editor.fields import CheckField, ChoiceField, LineField
from ui.editor.steps import Step
from ui.editor.steps.form_layout import OptionalLineField, YearField, add_row, page, titled_form
from ui.widgets.parts import fill, push_button, rename, sentence
from ui.widgets.style import characters, hint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.checks.registry import Problem

_PART_LINES = ("part_one", "part_one_name", "part_two", "part_two_name")
_WIDE = 62
"""Characters: the longest names of units have about sixty."""


class BasicsStep(Step):
    """Fields that stand once in the text, and the settings that are not part of it."""

    title = "基本信息"

    def focus_first(self) -> bool:
        """In a new text what is missing."""
        document = self.session.document
        empty = [path for path, text in (("year", document.year), ("unit.code", document.unit.code)) if not text]
        return bool(empty or not document.unit.name) and self.focus_path((*empty, "unit.name")[0])

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        column = page(self, self.title)
        column.addWidget(self._unit_group())
        self._show_year()
        self._fold = push_button("", lambda: self._show_layout(self.is_folded))
        self._layout = (self._print_group(), self._lines_group())
        fill(column, (self._fold, 0, Qt.AlignmentFlag.AlignLeft), *self._layout, 1)
        self._show_layout(False)

    @property
    def is_folded(self) -> bool:
        """Whether how the text is printed is folded away: few change it, and once."""
        return self._layout[0].isHidden()

    def _show_layout(self, shown: bool) -> None:
        for group in self._layout:
            group.setVisible(shown)
        self._name_fold()
        self._fold.setToolTip("指标体系、字体、封面、目录，两个部分的标题行")

    def _name_fold(self) -> None:
        """What is folded away may be wrong: that is said where it can be unfolded."""
        hidden = [field for field in self.fields if any(group.isAncestorOf(field) for group in self._layout)]
        found = [problem for field in hidden for problem in self.problems.get(field.path, ())] if self.is_folded else []
        words = f"（{summary(found)}）" if found else ""
        rename(self._fold, f"展开版式和标题行{words}" if self.is_folded else "收起版式和标题行")

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().show_problems(problems)
        self._name_fold()

    def focus_path(self, path: str) -> bool:
        if path.startswith(("settings.", "headings.")):
            self._show_layout(True)
        return super().focus_path(path)

    def refresh(self, change: Change | None) -> None:
        super().refresh(change)
        self._template.setText(self.session.template.name)
        self._show_year()
        if change is None or self.isVisible():
            message = strange_tiers(self.session)
            self._tiers.setText(message)
            self._tiers.setVisible(bool(message))
            if message and self.is_folded:
                self._show_layout(True)

    def _unit_group(self) -> QGroupBox:
        box, grid = titled_form(self, "单位与年度")
        self._year = year = YearField(self.session, "year")
        year.left.connect(self._show_year)
        self._strange = sentence()
        self._strange.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._strange.hide()
        code = LineField(self.session, "unit.code")
        for narrow, width in ((year, 6), (code, 16)):
            narrow.setMaximumWidth(characters(self, width))
        name = LineField(self.session, "unit.name")
        heading = OptionalLineField(self.session, "title")
        for wide in (name, heading):
            wide.setMaximumWidth(characters(self, _WIDE))
        self._heading = heading
        for path, field in (("year", year), ("unit.code", code), ("unit.name", name), ("title", heading)):
            add_row(grid, LABELS[path], self.bind(field))
            if field is year:
                grid.addRow("", self._strange)
        return box

    def _show_year(self) -> None:
        """An example of the draft's own year; and beside a number that is no year, once it is written, what is wrong."""
        year = self.session.document.year
        self._heading.setPlaceholderText(f"没有就留空，例如：{year if is_year(year) else 2027}年部门整体绩效目标")
        strange = year is not None and not is_year(year) and not self._year.hasFocus()
        self._strange.setText(f"⚠ {strange_year(year)}" if strange and year is not None else "")
        self._strange.setVisible(strange)

    def _print_group(self) -> QGroupBox:
        box, grid = titled_form(self, "表样与版式")
        template = self.session.template
        self._template = QLabel(template.name)
        grid.addRow(QLabel("表样"), self._template)
        tiers = [(scheme.id, scheme.name) for scheme in template.schemes]
        add_row(grid, "指标体系", self.bind(ChoiceField(self.session, "settings.tier_scheme", tiers)))
        self._tiers = QLabel()
        self._tiers.setWordWrap(True)
        self._tiers.hide()
        grid.addRow("", self._tiers)
        fonts = [(scheme.id, scheme.name) for scheme in template.fonts]
        add_row(grid, "字体方案", self.bind(ChoiceField(self.session, "settings.font_scheme", fonts)))
        for name, text in PRINT_CHOICES.items():
            grid.addRow("", self.bind(CheckField(self.session, f"settings.{name}", text)))
        return box

    def _lines_group(self) -> QGroupBox:
        box, grid = titled_form(self, "两个部分的标题行")
        labels = self.session.template.labels
        for name in _PART_LINES:
            field = OptionalLineField(self.session, f"headings.{name}")
            field.setMaximumWidth(characters(self, _WIDE))
            field.setPlaceholderText(f"不打印这一行（表样为「{getattr(labels, name)}」）")
            add_row(grid, LABELS[f"headings.{name}"], self.bind(field))
        column = box.layout()
        assert isinstance(column, QVBoxLayout)
        # Not in the grid: there a sentence that wraps is as narrow as it can be.
        column.addWidget(hint("留空的标题行不打印。各节的标题行在该节的页面上修改。"))
        return box


_NAMED = 3
"""How many rows are named; the others are counted."""


def strange_tiers(session: Session) -> str:
    """Which indicators have tiers the draft's scheme does not know, as a sentence; "" where all are known."""
    tiers = session.template.scheme(session.draft.settings.tier_scheme).tiers
    found = [
        f"项目 {place} 第 {at} 行「{row.tier1 or '空'} / {row.tier2 or '空'}」"
        for place, project in enumerate(session.document.projects, 1)
        for at, row in enumerate(project.indicators, 1)
        if (row.tier1 and row.tier1 not in tiers) or (row.tier2 and row.tier2 not in tiers.get(row.tier1, (row.tier2,)))
    ]
    if not found:
        return ""
    more = f"等 {len(found)} 行" if len(found) > _NAMED else ""
    return f"⚠ 不在这个体系里的指标保留原样，请逐行改选：{'、'.join(found[:_NAMED])}{more}。"
