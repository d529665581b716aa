"""A large text of a fictional unit, as many projects and indicators as asked for."""

from functools import cache

from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal, Unit

FEW, MANY = 50, 500
"""Projects of two texts that show whether the work grows with the size alone."""

UNIT = Unit("901001", "云泽县产业园区服务中心")


@cache
def large_draft(projects: int = 200, indicators: int = 20) -> Draft:
    """A draft of that many projects with that many indicator rows each."""
    labels = load_template().labels
    lines = (
        labels.part_one,
        labels.part_one_name,
        labels.overall_goal,
        labels.sub_goals,
        labels.safeguards,
        labels.part_two,
        labels.part_two_name,
    )
    document = GoalDocument(
        year=2026,
        unit=UNIT,
        headings=Headings(*lines),
        overall_goal="2026年，围绕园区提质增效，完成各项年度任务。\n新签约项目20个，固定资产投资12亿元。",
        sub_goals=Items(items=tuple(_sub_goal(number) for number in range(1, 21))),
        safeguards=Items(items=tuple(_measure(number) for number in range(1, 21))),
        projects=tuple(_project(number, indicators) for number in range(1, projects + 1)),
    )
    return Draft(document)


def _sub_goal(number: int) -> SubGoal:
    return SubGoal(
        f"s{number}", heading=f"第{number}类工作", goal="保障园区各项工作按计划完成。", indicator="任务完成率达到100%。"
    )


def _measure(number: int) -> Measure:
    return Measure(
        f"m{number}",
        heading="完善制度建设。",
        run_in=True,
        text=f"第{number}项制度按季度修订，明确责任到人，逐月检查落实情况。",
    )


def _project(number: int, indicators: int) -> Project:
    return Project(
        f"p{number}",
        unit=UNIT,
        code=f"13992126P{number:06d}100010",
        name=f"园区第{number}期基础设施维护项目",
        budget="165.00",
        fiscal_funds="165.00",
        fund_use="用于道路养护、绿化管护、管网检修和公共照明等支出，其中道路养护80万元，绿化管护45万元，管网检修40万元。",
        spending_plan=("10%", "30%", "60%", "100%"),
        goals=("完成道路养护12公里，设施完好率达到98%以上。", "完成管网检修3次，群众满意度达到90%以上。"),
        indicators=tuple(_indicator(number, row) for row in range(1, indicators + 1)),
    )


_TIERS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def _indicator(project: int, row: int) -> Indicator:
    tier1, tier2 = _TIERS[min(row // 6, 3)]
    return Indicator(
        f"i{project}x{row}",
        tier1,
        tier2,
        f"道路养护第{row}段完成率",
        "已养护道路里程占计划里程的比例",
        "≥98%",
        "年初工作计划",
    )
