"""One row put into a project of its own, and what the checker says of it."""

from models.checks.engine import Checker
from models.checks.registry import Problem
from models.document.tree import GoalDocument, Indicator, Project

TIER1 = {
    **dict.fromkeys(("数量", "质量", "时效", "成本"), "产出指标"),
    **dict.fromkeys(("经济效益", "社会效益", "生态效益", "可持续影响"), "效益指标"),
    "服务对象满意度": "满意度指标",
}
_CHECKER = Checker()


def told_by(problem: Problem) -> tuple[str, ...]:
    """The rule that speaks and those that joined it."""
    return (problem.rule, *problem.also)


def problems_on(
    tier: str, name: str, value: str, description: str | None = None, basis: str = "年度工作计划"
) -> list[Problem]:
    """The problems of a row; its description says nothing unless it is given."""
    tier1, told = TIER1[tier], description if description is not None else f"{name}的统计口径"
    row = Indicator("row", tier1, f"{tier}指标", name, told, value, basis)
    document = GoalDocument(year=2026, projects=(Project("p", name="日常运行经费", indicators=(row,)),))
    return [problem for problem in _CHECKER.check(document) if "indicators[row]" in problem.path]


def rules_on(tier: str, name: str, value: str, description: str | None = None, basis: str = "年度工作计划") -> set[str]:
    """The rules that speak of a row."""
    return {rule for problem in problems_on(tier, name, value, description, basis) for rule in told_by(problem)}
