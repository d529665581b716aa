"""What is ignored stays so when the same text is read in again; 全部改正 is one change."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from models.checks.correcting import corrected
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.ignored import carried_over
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, IgnoredProblem
from tests.strategies import documents

CHECKER = Checker()
COST = "projects[p1].indicators[cost].value"


def renamed(document: GoalDocument) -> GoalDocument:
    """The same text under other ids."""
    return replace(
        document,
        sub_goals=replace(
            document.sub_goals, items=tuple(replace(item, id=f"x{item.id}") for item in document.sub_goals.items)
        ),
        projects=tuple(
            replace(
                project,
                id=f"x{project.id}",
                indicators=tuple(replace(row, id=f"x{row.id}") for row in project.indicators),
            )
            for project in document.projects
        ),
    )


def test_an_ignored_problem_is_found_again_by_its_place() -> None:
    document = fieldpath.replace(EXAMPLE, COST, "≤75万元")
    ignored = (
        IgnoredProblem("cost-over-budget", COST, "≤75万元", "已批准"),
        IgnoredProblem("vague-word", "sub_goals[s2].goal", "力争"),
        IgnoredProblem("wrong-year", "overall_goal", "2025年"),
        IgnoredProblem("budget-missing", "projects[gone].budget", ""),
    )
    again = renamed(document)
    carried = carried_over(ignored, document, again)
    assert [entry.path for entry in carried] == [
        "projects[xp1].indicators[xcost].value",
        "sub_goals[xs2].goal",
        "overall_goal",
        "projects[gone].budget",
    ]
    assert carried[0].reason == "已批准"
    assert CHECKER.check(Draft(again, ignored=carried)) == ()


@given(documents())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_correcting_all_of_a_kind_leaves_none_of_it_to_correct(document: GoalDocument) -> None:
    for rule in {problem.rule for problem in CHECKER.check(document) if problem.fix}:
        after, count = corrected(CHECKER, Draft(document), rule)
        assert count > 0
        left = [p for p in CHECKER.check(after) if p.rule == rule and p.fix]
        assert left == []
