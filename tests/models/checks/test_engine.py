"""The checker as a whole: order, places, what is looked at again, what is hidden."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.page_order import where_in_project
from models.checks.registry import (
    Context,
    Edit,
    Finding,
    Fix,
    Severity,
    Whole,
    document_rule,
    project_rule,
    row_rule,
    text_rule,
)
from models.document import fieldnames, fieldpath
from models.document.tree import Draft, GoalDocument, IgnoredProblem, Indicator, Project
from tests.models.paths import leaves

looked_at: list[str] = []


@project_rule("seen-project", Severity.INFO, source="", wrong={}, right={})
def seen_project(project: Project, _context: Context) -> Iterator[Finding]:
    looked_at.append(project.name)
    yield Finding("budget", project.budget, "看过")


@row_rule("seen-row", Severity.WARN, source="", wrong={}, right={})
def seen_row(row: Indicator, _context: Context) -> Iterator[Finding]:
    looked_at.append(row.name)
    if row.name.endswith("数量"):
        yield Finding("value", row.value, "看过", Fix("删去", None, (Edit("remove", ""),)))


@text_rule("seen-text", Severity.WARN, ("projects[].fund_use", "overall_goal"), source="", wrong={}, right={})
def seen_text(text: str, field: str, _context: Context) -> Iterator[Finding]:
    looked_at.append(field)
    yield Finding("", text[:4], "看过", severity=Severity.ERROR)


def _length(project: Project) -> int:
    looked_at.append(f"length of {project.name}")
    return len(project.name)


@document_rule("seen-whole", Severity.WARN, source="", wrong={}, right={})
def seen_whole(whole: Whole) -> Iterator[Finding]:
    for project in whole.document.projects:
        if whole.once(_length, project) > 8:
            yield Finding(f"projects[{project.id}].name", project.name, "看过")


RULES = (seen_project, seen_row, seen_text, seen_whole)


def checker() -> Checker:
    looked_at.clear()
    return Checker(rules=RULES)


def test_problems_come_in_the_order_of_the_page_with_the_users_words_for_the_place() -> None:
    assert [(p.rule, p.severity, p.path, p.where) for p in checker().check(EXAMPLE)] == [
        ("seen-text", "error", "overall_goal", "总体绩效目标"),
        ("seen-project", "info", "projects[p1].budget", "项目 1 · 预算数"),
        ("seen-text", "error", "projects[p1].fund_use", "项目 1 · 资金用途"),
        ("seen-whole", "warn", "projects[p2].name", "项目 2 · 项目名称"),
        ("seen-project", "info", "projects[p2].budget", "项目 2 · 预算数"),
        ("seen-text", "error", "projects[p2].fund_use", "项目 2 · 资金用途"),
        ("seen-row", "warn", "projects[p2].indicators[i1].value", "项目 2 · 指标 1 · 指标值"),
    ]


def test_one_edit_looks_again_only_at_what_it_touched() -> None:
    again = checker()
    again.check(EXAMPLE)
    looked_at.clear()
    edited = fieldpath.replace(EXAMPLE, "projects[p2].indicators[i1].value", "7处")
    problems = again.check(edited)
    assert looked_at == [f"length of {edited.projects[1].name}", edited.projects[1].name, "示范田建设数量"]
    assert [p.excerpt for p in problems if p.rule == "seen-row"] == ["7处"]


def test_a_moved_project_keeps_its_problems_under_its_new_number() -> None:
    again = checker()
    again.check(EXAMPLE)
    looked_at.clear()
    moved = again.check(fieldpath.move(EXAMPLE, "projects[p2]", 0))
    assert looked_at == []
    assert [p.where for p in moved if p.rule == "seen-row"] == ["项目 1 · 指标 1 · 指标值"]


def test_another_year_looks_at_everything_again() -> None:
    again = checker()
    again.check(EXAMPLE)
    looked_at.clear()
    again.check(replace(EXAMPLE, year=2027))
    assert EXAMPLE.projects[0].name in looked_at


def test_a_corrections_paths_lead_from_the_documents_root() -> None:
    problem = next(p for p in checker().check(EXAMPLE) if p.rule == "seen-row")
    assert problem.fix
    rows = problem.fix.apply(EXAMPLE).projects[1].indicators
    assert [row.id for row in rows] == ["i2", "i3", "i4", "i5", "i6"]


def test_an_ignored_problem_is_hidden_until_its_words_change() -> None:
    known = IgnoredProblem("seen-text", "overall_goal", EXAMPLE.overall_goal[:4], "领导已定")
    draft = Draft(EXAMPLE, ignored=(known,))
    assert [p.path for p in checker().check(draft) if p.rule == "seen-text"] == [
        "projects[p1].fund_use",
        "projects[p2].fund_use",
    ]
    changed = replace(draft, document=replace(EXAMPLE, overall_goal="今年推广新技术。"))
    assert "overall_goal" in [p.path for p in checker().check(changed)]


def test_an_empty_document_is_checked_without_a_fault() -> None:
    assert {p.severity for p in Checker().check(GoalDocument())} <= {Severity.WARN, Severity.INFO}


def test_the_quick_words_for_a_place_are_the_usual_ones() -> None:
    for number, project in enumerate(EXAMPLE.projects, 1):
        for path, _value in leaves(project):
            usual = fieldnames.where(EXAMPLE, f"projects[{project.id}].{path}")
            assert f"项目 {number}{where_in_project(project, path)}" == usual


def test_a_key_that_got_stuck_is_told_a_few_times_and_not_a_hundred_thousand_times():
    document = replace(GoalDocument(), overall_goal="绩效" * 50_000)
    problems = Checker().check(Draft(document))
    told = Counter(problem.rule for problem in problems if problem.path == "overall_goal")
    assert 0 < max(told.values()) <= 10


@text_rule("failing-text", Severity.WARN, ("overall_goal", "title"), source="", wrong={}, right={})
def failing_text(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    yield Finding("", text[:2], "说了一半")
    raise ZeroDivisionError


@document_rule("failing-whole", Severity.WARN, source="", wrong={}, right={})
def failing_whole(whole: Whole) -> Iterator[Finding]:
    yield Finding("title", whole.document.overall_goal[9999], "")


def test_a_rule_that_fails_takes_no_other_down_and_is_told_once() -> None:
    faults: list[tuple[str, type[Exception]]] = []
    rules = (failing_whole, failing_text, *RULES)
    guarded = Checker(rules=rules, on_fault=lambda rule, error: faults.append((rule, type(error))))
    for document in (EXAMPLE, replace(EXAMPLE, title="另一个标题")):
        found = {problem for problem in guarded.check(document) if problem.rule != "failing-text"}
        assert found == set(checker().check(document))
    assert sorted(faults) == [("failing-text", ZeroDivisionError), ("failing-whole", IndexError)]


def test_without_a_listener_a_failing_rule_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        Checker(rules=(failing_text,)).check(EXAMPLE)


def test_a_correction_that_empties_a_text_is_tried_like_any_other() -> None:
    problems = Checker().check(replace(GoalDocument(), overall_goal="  \n \n"))
    fix = next(problem.fix for problem in problems if problem.rule == "trailing-space")
    assert fix
    assert not fix.apply(replace(GoalDocument(), overall_goal="  \n \n")).overall_goal.strip("\n")
