"""Right rows of many fields stay as they are; with their signs turned round most are noticed."""

from dataclasses import replace

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.registry import Problem, Severity
from models.document.tree import Indicator
from tests.models.checks.field_texts import TIERS, lines

CHECKER = Checker()
TURNED = {"≥": "≤", "≤": "≥"}
OF_THE_WHOLE = {"goal-uncovered", "use-uncovered", "budget-support", "irrelevant-indicator"}
"""What is said of a row's place in its project."""

TOLD_OF_A_TIER = {"wrong-tier", "benefit-is-output", "cost-not-amount", "time-not-dated", "satisfaction-not-percent"}


def judged(tier: str, name: str, value: str) -> list[Problem]:
    """What is called wrong in a row of a project that says little of itself."""
    row = Indicator("x", *TIERS[tier], name, "", value, "历史标准")
    project = replace(
        EXAMPLE.projects[0],
        name="综合业务保障经费",
        fund_use="用于本单位各项业务支出。",
        goals=("全年完成各项业务任务。",),
        budget="900000",
        fiscal_funds="900000",
        other_funds="",
        indicators=(row,),
    )
    found = CHECKER.check(replace(EXAMPLE, overall_goal="", projects=(project,)))
    return [
        problem
        for problem in found
        if any("indicators[x]" in path for path in (problem.path, *(place.path for place in problem.places)))
        and problem.severity is not Severity.INFO
        and problem.rule not in OF_THE_WHOLE
    ]


def test_right_rows_are_left_alone_and_turned_signs_noticed() -> None:
    rows = [line.split("|", 2) for line in lines("rows.txt")]
    assert len(rows) >= 100
    flagged = [
        (name, [problem.rule for problem in found])
        for tier, name, value in rows
        if (found := judged(tier, name, value))
    ]
    turned = [(tier, name, TURNED[value[0]] + value[1:]) for tier, name, value in rows if value[0] in TURNED]
    noticed = [row for row in turned if any(problem.rule == "wrong-direction" for problem in judged(*row))]
    print(f"rows: {len(rows)}, flagged {flagged}; signs turned {len(turned)}, noticed {len(noticed)}")
    assert len(flagged) <= 2
    assert len(noticed) >= 0.55 * len(turned)


def test_rows_in_a_tier_they_do_not_belong_to_are_noticed() -> None:
    rows = [line.split("|") for line in lines("tiers.txt")]
    flagged = [name for tier, _other, name, value in rows if judged(tier, name, value)]
    missed = [
        (name, other)
        for _tier, other, name, value in rows
        if not TOLD_OF_A_TIER
        & {rule for problem in judged(other, name, value) for rule in (problem.rule, *problem.also)}
    ]
    print(f"tiers: {len(rows)}, flagged {flagged}, missed {missed}")
    assert flagged == []
    assert len(missed) <= 0.2 * len(rows)
