"""The pages of the editor: the six steps of the text, and the page of the year after it."""

from collections.abc import Callable

from models.session.session import Session
from ui.editor.steps import Step
from ui.editor.steps.basics_step import BasicsStep
from ui.editor.steps.export_step import ExportStep
from ui.editor.steps.items_step import SafeguardsStep, SubGoalsStep
from ui.editor.steps.overall_goal_step import OverallStep

MARKS = "①②③④⑤⑥⑦"


def _projects_step(session: Session) -> Step:
    # The tables are the heaviest page, and the window shall stand before they are needed.
    from ui.editor.steps.projects_step import ProjectsStep

    return ProjectsStep(session)


def _report_step(session: Session) -> Step:
    from ui.editor.stages.report_step import ReportStep

    return ReportStep(session)


STEPS: tuple[tuple[str, Callable[[Session], Step]], ...] = (
    (BasicsStep.title, BasicsStep),
    (OverallStep.title, OverallStep),
    (SubGoalsStep.title, SubGoalsStep),
    (SafeguardsStep.title, SafeguardsStep),
    ("预算项目绩效目标", _projects_step),
    (ExportStep.title, ExportStep),
)
"""The walk through the text."""
PAGES = (*STEPS, ("监控和自评", _report_step))
"""Behind it the page of 绩效运行监控 and 绩效自评, of which the bar has a button once there is a report."""
REPORTS = len(PAGES)


def short_name(name: str) -> str:
    """«③ ⚠1» of «③ 分项绩效目标 ⚠1»: the tool tip has the whole name."""
    number, _, rest = name.partition(" ")
    sign = rest.partition(" ")[2]
    return f"{number} {sign}" if sign else number
