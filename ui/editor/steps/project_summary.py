"""The upper form of a project in one line of figures, which folds it away so that its table has the room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from models.document.spending import read_plan, shown_percent
from models.document.tree import Project
from models.document.values import money, parse_number
from ui.editor.steps.project_hints import code_hint, is_right_code, missing_amount
from ui.widgets.keys import give_key
from ui.widgets.one_line import OneLine
from ui.widgets.parts import push_button, row_of
from ui.widgets.style import characters

FOLD_KEY = "Ctrl+T"
_SHOWN_OF_CODE = (5, 2)
"""So many characters of a long code are shown at its beginning and its end."""
_GAP = " · "
_NAME = 12
"""Characters of the name that stand before the figures: the list beside it has the whole, and where room is short it alone."""


def is_written(project: Project) -> bool:
    """Whether all that belongs above the table is there: nobody needs to see its fields to fill them in."""
    filled = (project.name, project.code, project.budget, *project.spending_plan)
    return (
        all(text.strip() for text in filled)
        and any(goal.strip() for goal in project.goals)
        and not _wants_amount(project)
    )


def _wants_amount(project: Project) -> bool:
    """Whether the one empty amount is a sum somebody must write; many texts leave out what is nothing."""
    missing = missing_amount(project)
    return missing is not None and bool(parse_number(missing[1]))


def summary(project: Project) -> str:
    """What the project is and costs, a line for who works at its table; what is missing is named."""
    return _GAP.join((_code(project), _amounts(project), _plan(project), _goals(project)))


def _code(project: Project) -> str:
    code, (head, tail) = project.code.strip(), _SHOWN_OF_CODE
    if not code:
        return "编码未填"
    short = code if len(code) <= head + tail + 1 else f"{code[:head]}…{code[-tail:]}"
    return f"编码 {short} ⚠" if code_hint(code) else f"编码 {short} ✓" if is_right_code(code) else f"编码 {short}"


def _amounts(project: Project) -> str:
    if not project.budget.strip():
        return "预算未填"
    unit, named = project.amount_unit, (("财政", project.fiscal_funds), ("其他", project.other_funds))
    parts = [
        f"{name} {text.strip().removesuffix('.00')}" for name, text in named if text.strip() and money(text, unit) != 0
    ]
    figures = f"预算 {project.budget.strip()} {unit}"
    return f"{figures} = {' + '.join(parts)}" if parts else figures


def _plan(project: Project) -> str:
    if not any(text.strip() for text in project.spending_plan):
        return "计划未填"
    cells = zip(project.spending_plan, read_plan(project), strict=False)
    shown = (
        shown_percent(cell.percent).removesuffix("%") if cell.percent is not None else text.strip() or "空"
        for text, cell in cells
    )
    return f"计划 {'/'.join(shown)}"


def _goals(project: Project) -> str:
    count = sum(bool(goal.strip()) for goal in project.goals)
    return f"目标 {count} 条" if count else "目标未填"


class _Words(OneLine):
    """Can be pressed."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def minimumSizeHint(self) -> QSize:
        return QSize(characters(self, 4), super().minimumSizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.pressed.emit()


class FoldLine(QWidget):
    """The line and its button. Always as high, whether the form below it is folded or open."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.button = _Words(self), push_button("", self.toggled.emit)
        self.button.setProperty("inline", "true")
        give_key(self.button, FOLD_KEY)
        self.words.pressed.connect(self.toggled)
        row_of(self, (self.words, 1), self.button).setSpacing(characters(self, 0.5))
        self.show_project("", None, folded=False)

    def show_project(self, number: str, project: Project | None, *, folded: bool, problems: int = 0) -> None:
        """`number`: its place in the list; `problems`: how many the fields have that are folded away."""
        whole = (project.name.strip() or "（未命名）") if project else ""
        name = whole if len(whole) <= _NAME or not folded else f"{whole[: _NAME - 1]}…"
        name = f"{number}. {name}" if project else ""
        figures = summary(project) if project and folded else ""
        warning = f"⚠ {problems} 个问题" if folded and problems else ""
        shown = _GAP.join(filter(None, (name, warning, figures)))
        if shown != self.words.toolTip():
            number = name.partition(" ")[0]
            self.words.show_words(shown, " ".join(filter(None, (number, warning, figures))) if figures else shown)
        text = "展开" if folded else "收起"
        if text != self.button.text():
            self.button.setText(text)
            self.button.setToolTip(
                f"展开编码、预算、计划和目标来填写（{FOLD_KEY}）"
                if folded
                else f"收起编码、预算、计划和目标，给指标表让出地方（{FOLD_KEY}）"
            )
        self.button.setAccessibleName(f"{text}项目的基本情况")
        self.button.setAccessibleDescription(shown)
