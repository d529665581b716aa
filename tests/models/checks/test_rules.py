"""Each rule's own example: what is wrong is found by that rule alone, and put right it is silent."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import replace

import pytest

from models.checks import chosen_rules
from models.checks.catalogue import OFF_BY_DEFAULT, RULES
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.registry import LONGEST_EXCERPT, Problem, Rule
from models.document import fieldpath
from models.document.tree import GoalDocument

WITH_EXAMPLE = [rule for rule in RULES if rule.wrong]


def edited(edits: Mapping[str, Hashable]) -> GoalDocument:
    document = EXAMPLE
    for path, value in edits.items():
        document = fieldpath.replace(document, path, value)
    return document


def problems_of(edits: Mapping[str, Hashable], rule: Rule) -> tuple[Problem, ...]:
    """What is found with the usual rules and this one."""
    return Checker(off=OFF_BY_DEFAULT - {rule.id}).check(edited(edits))


def name_of(rule: Rule) -> str:
    return f"{rule.id}-{rule.check.__name__}"


def test_the_example_text_has_no_problem() -> None:
    assert [(p.rule, p.where, p.excerpt, p.message) for p in Checker(off=()).check(EXAMPLE)] == []


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=name_of)
def test_the_wrong_form_is_found_by_this_rule_alone(rule: Rule) -> None:
    problems = problems_of(rule.wrong, rule)
    assert {problem.rule for problem in problems} == {rule.id}, [(p.rule, p.where, p.message) for p in problems]


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=name_of)
def test_a_message_shows_the_clerk_no_pattern(rule: Rule) -> None:
    for problem in problems_of(rule.wrong, rule):
        told = (problem.message, *(fix.label for fix in (problem.fix, *problem.choices) if fix))
        assert not [words for words in told if re.search(r"[{}\\]|\bNone\b|\w\[\w+\]\.", words)]


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=name_of)
def test_of_a_contradiction_every_place_is_named(rule: Rule) -> None:
    for problem in problems_of(rule.wrong, rule):
        here, *others = problem.places or (None,)
        assert here is None or (here.path == problem.path and others)
        assert all(place.path != problem.path and place.where in problem.message for place in others if place)


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=name_of)
def test_the_right_form_has_no_problem(rule: Rule) -> None:
    assert [(p.rule, p.where, p.message) for p in problems_of(rule.right, rule)] == []


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=name_of)
def test_the_excerpt_stands_in_its_field(rule: Rule) -> None:
    document = edited(rule.wrong)
    for problem in problems_of(rule.wrong, rule):
        value = fieldpath.get(document, problem.path)
        assert len(problem.excerpt) <= LONGEST_EXCERPT
        assert problem.excerpt in (value or "") if isinstance(value, str) or value is None else not problem.excerpt


@pytest.mark.parametrize("rule", WITH_EXAMPLE, ids=name_of)
def test_the_correction_makes_the_problem_go_away_and_adds_none(rule: Rule) -> None:
    document = edited(rule.wrong)
    before = Checker().check(document)
    for problem in before:
        if problem.fix:
            after = Checker().check(problem.fix.apply(document))
            keys = {(p.rule, p.path, p.excerpt) for p in after}
            assert (problem.rule, problem.path, problem.excerpt) not in keys
            assert keys <= {(p.rule, p.path, p.excerpt) for p in before}


def test_every_rule_but_the_units_own_words_has_an_example() -> None:
    assert {rule.id for rule in RULES if not rule.wrong} == {"forbidden-word"}
    assert all(rule.source and rule.check.__doc__ for rule in RULES)


def test_rules_of_one_id_agree_on_the_severity() -> None:
    severities = {rule.id: rule.severity for rule in RULES}
    assert all(severities[rule.id] is rule.severity for rule in RULES)


def test_the_units_own_words_are_found() -> None:
    document = replace(EXAMPLE, overall_goal="2026年，推广小麦节水新技术3000亩。")
    found = Checker(forbidden=("新技术",)).check(document)
    assert [(problem.rule, problem.excerpt) for problem in found if problem.path == "overall_goal"] == [
        ("forbidden-word", "新技术")
    ]


def test_a_rule_that_is_switched_off_is_silent() -> None:
    document = edited({"projects[p1].budget": ""})
    assert Checker(off={"budget-missing"}).check(document) == ()


def test_what_the_bureaus_system_refuses_is_looked_for_only_when_switched_on() -> None:
    document = edited({"projects[p1].indicators[quantity].description": "全年参加技术培训的农户累计人次_含外村"})
    assert Checker().check(document) == ()
    (problem,) = Checker(off=OFF_BY_DEFAULT - {"system-characters"}).check(document)
    assert "「_」" in problem.message


def test_the_rules_that_are_off_without_loading_the_rules_are_those_of_the_catalogue() -> None:
    assert set(chosen_rules.OFF_BY_DEFAULT) == OFF_BY_DEFAULT
