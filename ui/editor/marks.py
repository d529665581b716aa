"""The mark at a field that has a problem: a word in its corner, its sentences as tool tip and accessible description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from models.checks.problem_lines import SEVERITY_NAMES, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.checks.registry import Problem, Severity
    from models.document.tree import Remark

SYMBOLS = {"error": "！", "warn": "？", "info": "·"}
CARRIED_OVER, CARRIED_OVER_SYMBOL = "沿用上年", "沿用"
REMARKED, REMARKED_SYMBOL = "意见", "意"
_MOST = 0.4
"""Of a field's width; where the words of its mark take more, their symbols stand for them."""
CARRIED_OVER_WORDS = "沿用上年，没有确认：改过或确认以后，这个标记消失。"


def most_severe(problems: Sequence[Problem]) -> Problem:
    """The problem that is named where there is room for one."""
    order = list(SEVERITY_NAMES)
    return min(problems, key=lambda problem: order.index(problem.severity))


def mark_text(problems: Sequence[Problem]) -> str:
    """«！ 错误», «！ 错误 1 ？2»: the most severe in a word, and how many there are of each severity where there are several."""
    counts = _counts(problems)
    first, *others = counts
    if len(problems) == 1:
        return f"{SYMBOLS[first]} {SEVERITY_NAMES[first]}"
    rest = "".join(f" {SYMBOLS[severity]}{counts[severity]}" for severity in others)
    return f"{SYMBOLS[first]} {SEVERITY_NAMES[first]} {counts[first]}{rest}"


def _counts(problems: Sequence[Problem]) -> dict[Severity, int]:
    """How many there are of each severity, the most severe first."""
    severities = [problem.severity for problem in problems]
    return {severity: severities.count(severity) for severity in SEVERITY_NAMES if severity in severities}


def in_one_line(problems: Sequence[Problem], keys: str) -> str:
    """What is wrong with one field, for a single line: the most severe, and how many there are; `keys` lead to the others."""
    if not problems:
        return ""
    severity, several = most_severe(problems).severity, f"，{summary(problems)}" if len(problems) > 1 else ""
    return f"{SYMBOLS[severity]} {SEVERITY_NAMES[severity]}（{keys}{several}）：{most_severe(problems).message}"


def sentences(problems: Sequence[Problem]) -> str:
    """What is wrong, a line each."""
    return "\n".join(f"{SEVERITY_NAMES[problem.severity]}：{problem.message}" for problem in problems)


class _Mark(QLabel):
    """Sits in the upper right corner of its field and moves with it."""

    pressed = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setProperty("role", "mark")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words = self.symbols = ""
        self.usual_tip, self.usual_description = field.toolTip(), field.accessibleDescription()
        field.installEventFilter(self)
        if isinstance(field, QPlainTextEdit):
            field.verticalScrollBar().installEventFilter(self)

    def colour_for(self, kind: str) -> None:
        """What stands in it says the same without the colour."""
        if kind != self.property("kind"):
            self.setProperty("kind", str(kind))
            self.style().unpolish(self)
            self.style().polish(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The user wants to know what it stands for."""
        event.accept()
        self.pressed.emit()

    def place(self) -> None:
        field = self.parentWidget()
        if field is None:
            return
        self.setText(self.words)
        self.adjustSize()
        if isinstance(field, QLineEdit) and self.width() > field.width() * _MOST:
            self.setText(self.symbols)
            self.adjustSize()
        if not self.isHidden():
            _make_room(field, self.width() + self.fontMetrics().height() // 2)
        gap = self.fontMetrics().height() // 4
        right = gap
        if isinstance(field, QPlainTextEdit) and field.verticalScrollBar().isVisible():
            right += field.verticalScrollBar().width()
        top = (field.height() - self.height()) // 2 if isinstance(field, QLineEdit) else gap
        self.move(field.width() - self.width() - right, top)


def remark_sentences(remarks: Sequence[Remark]) -> str:
    """What was remarked, a line each."""
    return "\n".join(f"审核意见（{remark.author or '未署名'}）：{remark.text}" for remark in remarks)


def show_mark(
    field: QWidget,
    problems: Sequence[Problem],
    carried_over: bool = False,
    remarks: Sequence[Remark] = (),
    pressed: Callable[[], None] | None = None,
) -> None:
    """Shows what is wrong with a text field, or that it is 沿用上年, and whether it has 审核意见, or takes the mark away. A box
    or a list holds no words to be wrong. `pressed`: called when the mark is clicked."""
    if not isinstance(field, QLineEdit | QPlainTextEdit):
        return
    mark = field.findChild(_Mark, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not problems and not carried_over and not remarks:
        if mark is not None and not mark.isHidden():
            mark.hide()
            _make_room(field, 0)
            field.setToolTip(mark.usual_tip)
            field.setAccessibleDescription(mark.usual_description)
        return
    if mark is None:
        mark = _Mark(field)
        if pressed is not None:
            mark.pressed.connect(pressed)
    message = "\n".join(
        filter(None, (sentences(problems), CARRIED_OVER_WORDS if carried_over else "", remark_sentences(remarks)))
    )
    words = mark_text(problems) if problems else CARRIED_OVER if carried_over else ""
    symbol = " ".join(SYMBOLS[severity] for severity in _counts(problems))
    symbol = symbol or (CARRIED_OVER_SYMBOL if carried_over else "")
    mark.colour_for(most_severe(problems).severity if problems else "carried" if carried_over else "remark")
    mark.words = " · ".join(filter(None, (words, REMARKED if remarks else "")))
    mark.symbols = " ".join(filter(None, (symbol, REMARKED_SYMBOL if remarks else "")))
    mark.show()
    mark.place()
    mark.setToolTip(f"{message}\n按 F7 或单击，在「问题」里看怎样改" if problems else message)
    field.setToolTip(message)
    field.setAccessibleDescription(message)


def _make_room(field: QWidget, width: int) -> None:
    """Keeps the words from running under the mark."""
    if isinstance(field, QLineEdit):
        margins = field.textMargins()
        field.setTextMargins(0, margins.top(), width, margins.bottom())
    elif isinstance(field, QPlainTextEdit):
        field.setViewportMargins(0, 0, width, 0)
