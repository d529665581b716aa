"""The shared cases for the checker: right values of fields no rule knew are silent, wrong ones are found."""

from collections import Counter

import pytest

from importers.checking import check_file
from models.checks.registry import Severity
from tests.shared import SHARED, needs_shared

FOLDER = SHARED / "cases" / "reading"
USUAL = {"code-check", "generic-name", "irrelevant-indicator", "duplicate-table"}
"""What is said of the frame the cases stand in."""

FOUND = {
    "11-check-document-numbers.txt": {},
    "12-check-negative-rates.txt": {},
    "13-check-percent-spellings.txt": {"value-form": 1},
    "14-check-timeliness.txt": {},
    "15-check-cost.txt": {"value-form": 2},
    "16-check-missing-names.txt": {"field-missing": 4, "value-missing": 1, "basis-missing": 1},
    "17-check-missed-values.txt": {"value-form": 8, "unit-missing": 1},
    "18-check-sum-of-use.txt": {"quantity-price": 1, "budget-sum": 1, "amount-scale": 2, "plan-decreasing": 1},
    "23-check-year-guess.txt": {},
    "24-check-system-rules.txt": {"field-missing": 3, "duplicate-indicator": 1, "tier-missing": 1},
}


@needs_shared
@pytest.mark.parametrize("name", FOUND)
def test_a_case_has_its_mistakes_and_no_others(name: str) -> None:
    found = [problem.rule for problem in check_file(FOLDER / name).problems if problem.severity is not Severity.INFO]
    assert Counter(rule for rule in found if rule not in USUAL) == Counter(FOUND[name])


@needs_shared
def test_weights_that_add_up_to_another_sum_are_asked_about() -> None:
    rules = {problem.rule for problem in check_file(FOLDER / "25-check-weights-sum-110.xlsx").problems}
    assert "weight-sum" in rules
