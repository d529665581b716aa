"""One fault is one problem; a contradiction names both places; what must stay as typed is only offered as a choice."""

import json
from collections.abc import Iterator

import pytest

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.problem_lines import json_line
from models.checks.protected import is_protected, keeps_protected
from models.checks.registry import (
    Context,
    Finding,
    Severity,
    project_rule,
    replacing,
    row_rule,
    text_rule,
)
from models.document.tree import Indicator, Project

COST = "projects[p1].indicators[cost].value"


@row_rule("wrong-tier", Severity.ERROR, source="", wrong={}, right={})
def on_the_name(row: Indicator, _context: Context) -> Iterator[Finding]:
    if row.id == "cost":
        yield Finding("name", row.name, "放错了类别。")


@row_rule("cost-not-amount", Severity.WARN, source="", wrong={}, right={})
def on_the_value(row: Indicator, _context: Context) -> Iterator[Finding]:
    if row.id == "cost":
        yield Finding("value", row.value, "没有写金额。", choices=(replacing("改为「≤1万元」", "value", "≤1万元"),))


@project_rule("tier-missing", Severity.ERROR, source="", wrong={}, right={})
def elsewhere(project: Project, _context: Context) -> Iterator[Finding]:
    if project.id == "p1":
        yield Finding("indicators", "", "缺少一类。", places=("indicators[cost].name",))


@project_rule("budget-sum", Severity.ERROR, source="", wrong={}, right={})
def two_places(project: Project, _context: Context) -> Iterator[Finding]:
    if project.id == "p1":
        yield Finding("budget", project.budget, "两处不一样。", places=("fund_use", "indicators[cost].value"))


@text_rule("typo", Severity.ERROR, ("overall_goal",), source="", wrong={}, right={})
def in_a_text(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    for wrong in ("甲", "乙"):
        if wrong in text:
            yield Finding("", wrong, "写错了。", replacing("改为「丙」", "", text.replace(wrong, "丙")))


def test_rules_that_tell_one_fault_are_one_problem_of_the_gravest() -> None:
    (problem,) = Checker(rules=(on_the_value, on_the_name)).check(EXAMPLE)
    assert (problem.rule, problem.severity, problem.path) == ("wrong-tier", "error", COST.replace("value", "name"))
    assert problem.also == ("cost-not-amount",)
    assert problem.message == "放错了类别。没有写金额。"
    assert [choice.text for choice in problem.choices] == ["≤1万元"]


def test_a_fault_told_of_the_project_joins_the_row_that_causes_it() -> None:
    (problem,) = Checker(rules=(elsewhere, on_the_value, on_the_name)).check(EXAMPLE)
    assert {problem.rule, *problem.also} == {"wrong-tier", "tier-missing", "cost-not-amount"}


def test_different_faults_of_one_row_stay_apart() -> None:
    @row_rule("basis-missing", Severity.WARN, source="", wrong={}, right={})
    def on_the_basis(row: Indicator, _context: Context) -> Iterator[Finding]:
        if row.id == "cost":
            yield Finding("basis", row.basis, "没有依据。")

    assert len(Checker(rules=(on_the_name, on_the_basis)).check(EXAMPLE)) == 2


def test_both_places_of_a_contradiction_are_named() -> None:
    problems = Checker(rules=(two_places,)).check(EXAMPLE)
    assert [place.path for place in problems[0].places] == ["projects[p1].budget", "projects[p1].fund_use", COST]
    assert "另一处：项目 1 · 资金用途、项目 1 · 指标 4 · 指标值" in problems[0].message
    (told,) = json.loads(json_line("一.txt", problems))["problems"]
    assert told["places"][1] == {"path": "projects[p1].fund_use", "where": "项目 1 · 资金用途"}
    assert (told["fix"], told["choices"], told["also"]) == (None, [], [])


@pytest.mark.parametrize("kept", ["（冀甲〔2026〕7号）", "《甲级文件》", "“甲”"])
def test_a_correction_inside_what_is_to_stay_is_only_a_choice(kept: str) -> None:
    from dataclasses import replace

    def check(text: str) -> tuple[str | None, int]:
        (problem,) = Checker(rules=(in_a_text,)).check(replace(EXAMPLE, overall_goal=text))
        return problem.fix and problem.fix.text, len(problem.choices)

    assert check(f"写作乙{kept.replace('甲', '丁')}") == (f"写作丙{kept.replace('甲', '丁')}", 0)
    assert check(f"写作{kept}") == (None, 1)


def test_what_is_to_stay_as_typed() -> None:
    text = "按照冀民〔2025〕12号和《关于秸杆利用的通知》，泽云(集团)有限公司提出“拔付”意见"
    for words in ("冀民", "2025", "秸杆", "(集团)", "拔付"):
        assert is_protected(text, text.index(words), text.index(words) + len(words))
    assert not is_protected(text, text.index("提出"), text.index("提出") + 2)
    assert keeps_protected("冀民【2025】12号", "冀民〔2025〕12号")
    assert not keeps_protected("冀民〔2025〕12号", "居民〔2025〕12号")
