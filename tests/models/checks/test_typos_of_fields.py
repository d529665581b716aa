"""Slips in the names of many fields are found; right words and document numbers are never blamed."""

from dataclasses import replace

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.registry import Problem
from tests.models.checks.field_texts import lines

CHECKER = Checker()


def typos(words: str) -> list[Problem]:
    """What is called a typo in a use that holds the words."""
    project = replace(EXAMPLE.projects[1], fund_use=f"用于{words}等方面支出36.5万元。")
    found = CHECKER.check(replace(EXAMPLE, projects=(EXAMPLE.projects[0], project)))
    return [problem for problem in found if problem.rule == "typo"]


def test_slips_in_names_of_fields_are_found_and_the_right_name_is_offered() -> None:
    pairs = [line.split("|") for line in lines("typos.txt")]
    found = {wrong: typos(wrong) for wrong, _right in pairs}
    missed = [wrong for wrong, problems in found.items() if not problems]
    print(f"typos: {len(pairs) - len(missed)} of {len(pairs)} found; missed {missed}")
    assert len(missed) <= 0.1 * len(pairs)
    offered = [
        wrong
        for wrong, right in pairs
        if any(right in (choice.text or "") for problem in found[wrong] for choice in problem.choices)
    ]
    assert len(offered) >= 0.9 * len(pairs)
    assert all(problem.fix is None for problems in found.values() for problem in problems)


def test_right_names_are_not_blamed() -> None:
    right = [line.split("|")[1] for line in lines("typos.txt")]
    words = [word for line in lines("right_words.txt") for word in line.split()]
    assert len(words) >= 400
    together = ["、".join(words[start : start + 6]) for start in range(0, len(words), 6)]
    assert [problem.message for text in (*right, *words, *together) for problem in typos(text)] == []


def test_nothing_within_document_numbers_and_quotations_is_blamed() -> None:
    numbers = lines("document_numbers.txt")
    assert len(numbers) >= 200
    quoted = [f"《关于{line.split('|')[0]}的通知》" for line in lines("typos.txt")]
    assert [problem.message for text in (*numbers, *quoted) for problem in typos(text)] == []
