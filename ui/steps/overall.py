"""② 总体绩效目标: the section's heading and one large text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.session import Session
from ui.fields import TextField
from ui.steps import Step
from ui.steps.forms import OptionalLineField, add_row, form
from ui.style import hint, labelled, roomy, title


class OverallStep(Step):
    """The overall goal; a new line begins a new paragraph."""

    title = "总体绩效目标"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(title(self.title))
        grid = form(self)
        heading = self.bind(OptionalLineField(session, "headings.overall_goal"))
        heading.setPlaceholderText("不打印标题行")
        add_row(grid, "本节标题行", heading)
        column.addLayout(grid)
        self._goal = goal = self.bind(TextField(session, "overall_goal", lines=None))
        column.addWidget(labelled(self.title, goal))
        column.addWidget(goal, 1)
        column.addWidget(
            hint("每行是一个自然段，首行缩进由程序处理。写清本年度要完成的主要工作，并给出能够核对的数量和时间。")
        )

    def focus_first(self) -> bool:
        self._goal.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
