"""A 自评 and a 监控 without a fault are silent; every planted mistake is found by its rule, and by no other one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.checks.correcting import corrected
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.name_rules import rule_name
from models.checks.registry import Severity
from models.checks.report_checker import REPORT_RULES, severities_of_reports
from models.document import fieldpath
from models.document.tree import Draft, FundResult, IndicatorResult, ProjectResult, Report
from models.session.session import Session

ROWS = (
    ("quantity", "1260人次", "20", "20", ""),
    ("quality", "96%", "10", "10", ""),
    ("time", "2026年11月20日", "10", "10", ""),
    ("cost", "58.5万元", "10", "10", ""),
    ("benefit", "2700亩", "30", "27", "8月持续降雨，两处示范点播种推迟，已安排明年补种。"),
    ("satisfaction", "93%", "10", "10", ""),
)
FUNDS = (
    FundResult("年度资金总额", "60.00", "60.00", "58.50", rate="97.5%", weight="10", score="9.75"),
    FundResult("当年财政拨款", "50.00", "50.00", "48.50", rate="97%"),
    FundResult("上年结转资金"),
    FundResult("其他资金", "10.00", "10.00", "10.00", rate="100%"),
)
RESULT = ProjectResult(
    "p1",
    FUNDS,
    "2026年培训农户1260人次，比2025年多80人次；推广节水新技术2700亩。",
    total="96.75",
    indicators=tuple(IndicatorResult(id_, actual, weight=w, score=s, reason=why) for id_, actual, w, s, why in ROWS),
)
SELF = Draft(EXAMPLE, reports=(Report("r1", "自评", 2026, projects=(RESULT,)),))

RUNNING_ROWS = (
    ("quantity", "800人次", "1250人次", "确定能"),
    ("quality", "95%", "95%", "确定能"),
    ("time", "尚未完成", "2026年11月20日", "确定能"),
    ("cost", "36万元", "59万元", "确定能"),
    ("benefit", "1500亩", "2800亩", "有可能"),
    ("satisfaction", "92%", "92%", "确定能"),
)
RUNNING_RESULT = ProjectResult(
    "p1",
    (FundResult("年度资金总额", full_year="60.00", executed="36.00", expected="59.00", rate="60%"),),
    indicators=tuple(
        IndicatorResult(id_, a, e, likely, reason="" if likely == "确定能" else "两处示范点推迟")
        for id_, a, e, likely in RUNNING_ROWS
    ),
)
RUNNING = Draft(EXAMPLE, reports=(Report("r1", "监控", 2026, "2026-07", projects=(RUNNING_RESULT,)),))

HERE = "reports[r1].projects[p1]"


def row(name: str) -> str:
    return f"{HERE}.indicators[{name}]"


Edits = Mapping[str, str]
BENEFIT_FULL = {f"{row('benefit')}.score": "30", f"{HERE}.total": "99.75"}
SELF_MISTAKES: tuple[tuple[str, Edits], ...] = (
    ("result-missing", {f"{row('quantity')}.actual": ""}),
    ("result-missing", {f"{row('benefit')}.actual": " "}),
    ("result-missing", {f"{row('satisfaction')}.actual": "\n"}),
    ("result-unit", {f"{row('quantity')}.actual": "1260天"}),
    ("result-unit", {f"{row('cost')}.actual": "97.5%"}),
    ("result-not-number", {f"{row('quality')}.actual": "已完成"}),
    ("result-not-number", {f"{row('quantity')}.actual": "全部达成"}),
    ("result-copies-target", {f"{row('quantity')}.actual": "≥1200人次"}),
    ("result-copies-target", {f"{row('cost')}.actual": "≤60万元"}),
    ("goals-not-reported", {f"{HERE}.actual_goals": ""}),
    ("goals-are-an-amount", {f"{HERE}.actual_goals": "60.00"}),
    ("goals-are-an-amount", {f"{HERE}.actual_goals": "58.5万元"}),
    ("year-left", {f"{HERE}.actual_goals": "2025年培训农户1260人次，推广节水新技术2700亩。"}),
    ("year-left", {f"{row('benefit')}.reason": "2025年8月持续降雨，播种推迟，已安排补种。"}),
    ("score-over-weight", {f"{row('quality')}.score": "11", f"{HERE}.total": ""}),
    ("score-over-weight", {f"{row('quality')}.score": "-1", f"{HERE}.total": "", f"{row('quality')}.reason": "漏登记"}),
    ("score-over-weight", {f"{row('quality')}.score": "满分", f"{HERE}.total": ""}),
    ("score-over-weight", {f"{HERE}.funds[0].score": "12", f"{HERE}.total": ""}),
    ("score-missing", {f"{row('cost')}.score": ""}),
    ("score-missing", {f"{HERE}.funds[0].score": ""}),
    ("score-differs", {f"{row('benefit')}.score": "29", f"{HERE}.total": "98.75"}),
    ("score-differs", {f"{row('quantity')}.score": "18", f"{row('quantity')}.reason": "名册漏登", f"{HERE}.total": "94.75"}),
    ("weight-missing", {f"{row('cost')}.weight": "", f"{row('cost')}.score": "", f"{HERE}.total": ""}),
    ("points-not-100", {f"{HERE}.funds[0].weight": "20", f"{HERE}.funds[0].score": "19.5", f"{HERE}.total": "106.5"}),
    ("rate-wrong", {f"{HERE}.funds[0].rate": "98.5%"}),
    ("rate-wrong", {f"{HERE}.funds[1].rate": "95%"}),
    ("rate-wrong", {f"{HERE}.funds[3].rate": "10%"}),
    ("fund-score-wrong", {f"{HERE}.funds[0].score": "10", f"{HERE}.total": "97"}),
    ("fund-score-wrong", {f"{HERE}.funds[0].score": "9", f"{HERE}.total": "96"}),
    ("funds-sum", {f"{HERE}.funds[3].year_start": "11.00"}),
    ("funds-sum", {f"{HERE}.funds[2].executed": "0.50"}),
    ("total-wrong", {f"{HERE}.total": "97"}),
    ("total-wrong", {f"{HERE}.total": "100"}),
    ("total-wrong", {f"{HERE}.total": "96.57"}),
    ("reason-missing", {f"{row('benefit')}.reason": ""}),
    ("reason-missing", {f"{row('benefit')}.reason": "无"}),
    ("reason-missing", {f"{row('benefit')}.reason": "0"}),
    ("reason-missing", {f"{row('benefit')}.reason": "/"}),
    ("reason-needless", {f"{row('quality')}.reason": "部分学员缺考。"}),
    ("deviation-unexplained", {f"{row('quantity')}.actual": "1800人次"}),
    ("deviation-unexplained", BENEFIT_FULL | {f"{row('benefit')}.actual": "3700亩", f"{row('benefit')}.reason": ""}),
)  # fmt: skip
RUNNING_MISTAKES: tuple[tuple[str, Edits], ...] = (
    ("result-missing", {f"{row('quality')}.actual": ""}),
    ("deviation-unexplained", {f"{row('quantity')}.actual": "1400人次"}),
    ("deviation-unexplained", {f"{row('cost')}.actual": "61万元"}),
    ("pace-slow", {f"{HERE}.funds[0].executed": "18.00", f"{HERE}.funds[0].rate": "30%"}),
    ("pace-slow", {f"{HERE}.funds[0].executed": "25.00", f"{HERE}.funds[0].rate": "41.67%"}),
    ("impossible-without-measure", {f"{row('quality')}.likelihood": "完全不可能"}),
    ("certain-but-short", {f"{row('quantity')}.expected": "1100人次"}),
    ("certain-but-short", {f"{row('cost')}.expected": "66万元"}),
    ("rate-wrong", {f"{HERE}.funds[0].rate": "66%"}),
    ("month-missing", {"reports[r1].as_of": ""}),
)


def edited(draft: Draft, edits: Edits) -> Draft:
    return fieldpath.replace_all(draft, dict(edits))


def rules_of(draft: Draft) -> set[str]:
    return {problem.rule for problem in Checker().check(draft)}


def test_a_clean_report_is_silent() -> None:
    for draft in (SELF, RUNNING):
        assert [(p.rule, p.where, p.message) for p in Checker(off=()).check(draft)] == []


@pytest.mark.parametrize(("rule", "edits"), SELF_MISTAKES)
def test_a_mistake_in_a_self_evaluation_is_found_by_its_rule_alone(rule: str, edits: Edits) -> None:
    draft = edited(SELF, edits)
    assert rules_of(draft) == {rule}, [(p.rule, p.where, p.message) for p in Checker().check(draft)]
    for problem in Checker().check(draft):
        assert problem.path.startswith(HERE)
        assert problem.where.startswith("自评 · 项目 1")
        value = fieldpath.get(draft, problem.path)
        assert problem.excerpt in (value if isinstance(value, str) else "")


@pytest.mark.parametrize(("rule", "edits"), RUNNING_MISTAKES)
def test_a_mistake_in_a_monitoring_is_found_by_its_rule_alone(rule: str, edits: Edits) -> None:
    draft = edited(RUNNING, edits)
    assert rules_of(draft) == {rule}, [(p.rule, p.where, p.message) for p in Checker().check(draft)]


def test_forty_mistakes_of_every_rule_were_planted() -> None:
    planted = {rule for rule, _edits in (*SELF_MISTAKES, *RUNNING_MISTAKES)}
    assert len(SELF_MISTAKES) >= 40
    untested = {rule.id for rule in REPORT_RULES} - planted
    assert untested == {"weight-by-tier", "executed-over-budget"}  # each has a test of its own


def test_points_of_a_tier_that_no_known_rule_deals_out_are_told() -> None:
    points = {f"{row('quantity')}.weight": "25", f"{row('quantity')}.score": "25"}
    points |= {f"{row('benefit')}.weight": "25", f"{row('benefit')}.score": "22.5", f"{HERE}.total": "97.25"}
    draft = edited(SELF, points)
    assert rules_of(draft) == {"weight-by-tier"}
    assert [p.excerpt for p in Checker().check(draft)] == ["25", "25"]


def test_more_spent_than_there_was_wants_a_word() -> None:
    spent = {f"{HERE}.funds[1].executed": "51.00", f"{HERE}.funds[1].rate": "102%"}
    spent |= {f"{HERE}.funds[3].executed": "7.50", f"{HERE}.funds[3].rate": "75%"}
    draft = edited(SELF, spent)
    assert rules_of(draft) == {"executed-over-budget"}
    assert rules_of(edited(draft, {f"{HERE}.reason": "年中追加资金1万元，未调整预算。"})) == set()


def test_the_pace_is_red_or_yellow_and_a_reason_ends_it() -> None:
    found = [
        Checker().check(edited(RUNNING, {f"{HERE}.funds[0].executed": executed, f"{HERE}.funds[0].rate": ""}))
        for executed in ("20.99", "21.00", "27.99", "28.00")
    ]
    assert [[p.severity for p in problems] for problems in found] == [
        [Severity.ERROR],
        [Severity.WARN],
        [Severity.WARN],
        [],
    ]
    slow = edited(RUNNING, {f"{HERE}.funds[0].executed": "18.00", f"{HERE}.funds[0].rate": ""})
    assert rules_of(edited(slow, {f"{HERE}.reason": "招标流标，7月重新组织。"})) == set()


def test_only_arithmetic_is_corrected_and_then_silent() -> None:
    wrong = edited(SELF, {f"{HERE}.funds[0].rate": "98.5%", f"{HERE}.funds[0].score": "10", f"{HERE}.total": "99"})
    for rule in ("rate-wrong", "fund-score-wrong", "total-wrong"):
        wrong, count = corrected(Checker(), wrong, rule)
        assert count == 1
    assert wrong == SELF
    fixable = set()
    for _rule, edits in SELF_MISTAKES:
        fixable |= {problem.rule for problem in Checker().check(edited(SELF, edits)) if problem.fix}
    assert fixable == {"rate-wrong", "fund-score-wrong", "total-wrong"}


def test_a_score_that_differs_stays_and_the_computed_one_is_offered() -> None:
    (problem,) = Checker().check(edited(SELF, {f"{row('benefit')}.score": "29", f"{HERE}.total": "98.75"}))
    assert problem.fix is None
    assert [choice.text for choice in problem.choices] == ["27"]


def test_a_report_nobody_has_begun_is_not_blamed() -> None:
    assert rules_of(Draft(EXAMPLE, reports=(Report("r1", "自评", 2026),))) == set()


def test_what_was_ignored_stays_so() -> None:
    from models.document.tree import IgnoredProblem

    draft = edited(SELF, {f"{HERE}.total": "97"})
    ignored = IgnoredProblem("total-wrong", f"{HERE}.total", "97")
    assert rules_of(replace(draft, ignored=(ignored,))) == set()


def test_the_result_of_a_deleted_target_is_told() -> None:
    session = Session(SELF)
    session.remove("projects[p1].indicators[benefit]")
    gone = [p for p in Checker().check(session.draft) if p.rule == "target-gone"]
    assert [(p.path, p.severity) for p in gone] == [(row("benefit"), Severity.INFO)]


def test_only_what_changed_is_looked_at_again() -> None:
    checker = Checker()
    assert checker.check(SELF) == ()
    draft = edited(SELF, {f"{row('quantity')}.actual": ""})
    assert {p.rule for p in checker.check(draft)} == {"result-missing"}
    assert checker.check(SELF) == ()


def test_every_rule_has_a_name_and_says_what_it_is_for() -> None:
    assert all(rule.check.__doc__ for rule in REPORT_RULES)
    assert all(rule_name(rule) != rule for rule in severities_of_reports())
