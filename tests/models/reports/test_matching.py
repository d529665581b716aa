"""A filled table's results go to their draft: matched by code, name, tier; what does not match is named, never guessed."""

from dataclasses import replace

from models.document import fieldpath
from models.document.tree import Draft, FundResult, Indicator, ProjectResult, Report
from models.reports import results
from models.reports.matching import fill
from models.session.session import Session
from tests.models.reports.drafts_with_reports import BOOKS, DRAFT

BARE = Draft(DRAFT.document)


def table(*rows: Indicator, actual: str = "4100册", kind: str = "自评", name: str = BOOKS.name) -> Draft:
    """As a reader gives it: under ids of its own, without code."""
    numbered = tuple(replace(row, id=f"x{place}") for place, row in enumerate(rows))
    project = replace(BOOKS, id="q1", code="", name=name, indicators=numbered)
    session = Session(Draft(replace(DRAFT.document, projects=(project,)), reports=(Report("r1", kind, 2025),)))  # type: ignore[arg-type]
    for row in numbered:
        session.edit(f"reports[r1].projects[q1].indicators[{row.id}].actual", actual)
    session.edit("reports[r1].projects[q1].funds[0].executed", "35.20")
    return session.draft


def actuals(draft: Draft) -> dict[str, str]:
    (report,) = draft.reports
    return {one.indicator_id: one.actual for one in results.result_of(report, "p1").indicators}


def test_results_go_to_the_targets_of_their_tiers_and_names() -> None:
    filled = fill(BARE, table(BOOKS.indicators[1], BOOKS.indicators[0]))
    assert filled is not None
    assert actuals(filled.draft) == {"i2": "4100册", "i1": "4100册"}
    assert (
        fieldpath.get(filled.draft, f"reports[{filled.draft.reports[0].id}].projects[p1].funds[0].executed") == "35.20"
    )
    assert filled.lines == ("「图书购置费」：2 行指标的结果对上了。",)


def test_a_row_under_another_tier_is_known_by_its_name() -> None:
    filled = fill(BARE, table(replace(BOOKS.indicators[0], tier2="质量指标")))
    assert filled is not None
    assert actuals(filled.draft) == {"i1": "4100册"}


def test_a_row_without_a_target_is_kept_last_and_named() -> None:
    filled = fill(
        BARE, table(BOOKS.indicators[0], Indicator("", "产出指标", "数量指标", "开展讲座场次", value="≥12场"))
    )
    assert filled is not None
    assert filled.unmatched == 1
    assert any("「开展讲座场次」在草稿里没有找到" in line for line in filled.lines)
    shown, _result = next(results.shown_projects(filled.draft.document, filled.draft.reports[0]))
    assert shown.indicators[-1].name == "开展讲座场次"


def test_what_the_draft_says_otherwise_is_counted_and_an_empty_cell_changes_nothing() -> None:
    session = Session(replace(DRAFT, reports=(Report("r9", "自评", 2025),)))
    session.edit("reports[r9].projects[p1].indicators[i1].actual", "4000册")
    session.edit("reports[r9].projects[p1].indicators[i1].reason", "原来写的")
    filled = fill(session.draft, table(BOOKS.indicators[0]))
    assert filled is not None
    (report,) = filled.draft.reports
    (one,) = results.result_of(report, "p1").indicators
    assert (report.id, one.actual, one.reason) == ("r9", "4100册", "原来写的")
    assert "其中 1 格与草稿里已填的不同" in filled.lines[-1]


def test_a_table_of_another_project_finds_no_draft() -> None:
    assert fill(BARE, table(BOOKS.indicators[0], name="别的项目")) is None


def test_a_final_report_takes_nothing_in() -> None:
    final = results.with_report(DRAFT, results.closed(DRAFT, DRAFT.reports[0]))
    assert fill(final, table(BOOKS.indicators[0])) is None


def test_the_same_table_twice_changes_nothing_more() -> None:
    read = table(*BOOKS.indicators)
    once = fill(BARE, read)
    assert once is not None
    twice = fill(once.draft, read)
    assert twice is not None
    assert twice.draft == once.draft
    assert ProjectResult("p1") != results.result_of(once.draft.reports[0], "p1")


def test_funds_under_other_names_and_in_another_unit_go_to_their_rows() -> None:
    read = table(BOOKS.indicators[0])
    project = replace(read.document.projects[0], amount_unit="元", budget="360000")
    funds = (
        FundResult("合计", full_year="360000", executed="352000", score="9.78"),
        FundResult("本年一般公共预算拨款", full_year="360000", executed="352000.50"),
        FundResult("社会捐赠", executed="—"),
    )
    result = replace(read.reports[0].projects[0], funds=funds)
    report = replace(read.reports[0], projects=(result,))
    filled = fill(BARE, replace(read, document=replace(read.document, projects=(project,)), reports=(report,)))
    assert filled is not None
    found = results.result_of(filled.draft.reports[0], "p1").funds
    assert found == (
        FundResult("年度资金总额", full_year="36", executed="35.2", score="9.78"),
        FundResult("当年财政拨款", full_year="36", executed="35.20005"),
        FundResult("上年结转资金"),
        FundResult("其他资金"),
        FundResult("社会捐赠", executed="—"),
    )
    assert any("以元计，已折合成万元" in line for line in filled.lines)


def test_amounts_whose_budget_is_ours_to_the_letter_are_in_our_unit_whatever_the_table_says() -> None:
    read = table(BOOKS.indicators[0])
    project = replace(read.document.projects[0], amount_unit="元", budget=BOOKS.budget)
    filled = fill(BARE, replace(read, document=replace(read.document, projects=(project,))))
    assert filled is not None
    assert results.result_of(filled.draft.reports[0], "p1").funds[0].executed == "35.20"
    assert not any("折合" in line for line in filled.lines)
