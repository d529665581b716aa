"""Right texts full of other years: none is blamed, nor after they moved on to another year; a year changed by hand is."""

from dataclasses import replace
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.checks.engine import Checker
from models.checks.registry import Problem
from models.document.tree import GoalDocument
from models.years.plan_year import plan_year
from models.years.rollover import Kind, mentions, moved_on
from tests.shared import CHECKOUT

DATA = CHECKOUT / "tests" / "data" / "checks"
TEXTS = (*sorted((DATA / "right_texts").glob("*.txt")), DATA / "department.txt")
EVERY_TEXT = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
CHECKER = Checker()


def wrong_years(document: GoalDocument) -> list[Problem]:
    return [problem for problem in CHECKER.check(document) if problem.rule == "wrong-year"]


@EVERY_TEXT
def test_no_year_of_a_right_text_is_blamed(path: Path) -> None:
    assert wrong_years(read_file(path).draft.document) == []


@EVERY_TEXT
@pytest.mark.parametrize("by", [1, 2, 4])
def test_none_is_blamed_after_the_text_moved_on(path: Path, by: int) -> None:
    document = read_file(path).draft.document
    assert document.year is not None
    later = document.year + by
    found = mentions(document, document.year, later)
    assert found
    for accepted in (found, [one for one in found if one.accepted or one.kind is Kind.NEXT]):
        moved = moved_on(document, later, accepted)
        assert wrong_years(moved) == []
        assert plan_year(replace(moved, year=None)).year == later


@EVERY_TEXT
def test_a_plan_year_that_did_not_move_along_is_blamed_where_it_is_a_sentences_only_one(path: Path) -> None:
    """Of the years that go without asking each one in turn is left behind."""
    document = read_file(path).draft.document
    assert document.year is not None
    found = mentions(document, document.year)
    missed = []
    left = [one for one in found if one.accepted and not one.path.endswith((".basis", "].name"))]
    for one in left:
        moved = moved_on(document, document.year + 1, [other for other in found if other is not one])
        told = wrong_years(moved)
        if not any(problem.path == one.path for problem in told):
            missed.append((one.path, one.old_words))
        assert all(problem.fix is None for problem in told)
        assert all(choice.apply(moved) != moved for problem in told for choice in problem.choices)
    assert len(missed) <= len(left) // 4, missed
