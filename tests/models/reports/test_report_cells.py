"""The cells of a report page: proposals stay grey until they are taken, and what was typed wins."""

from dataclasses import replace

import pytest

from models.document import fieldpath
from models.document.tree import Draft
from models.reports import report_cells, results
from models.reports.report_cells import ResultCell
from models.reports.report_form import month_words
from models.session.session import Session
from tests.models.checks.test_report_rules import SELF
from tests.models.reports.drafts_with_reports import DRAFT

HERE = "reports[r1].projects[p1]"


def page(draft: Draft) -> tuple[tuple[report_cells.Row, ...], tuple[report_cells.Row, ...]]:
    report = draft.reports[0]
    project, result = next(results.shown_projects(draft.document, report))
    return report_cells.fund_rows(project, result, report), report_cells.indicator_rows(project, result, report)


def typed(**texts: str) -> Draft:
    session = Session(DRAFT)
    for path, text in texts.items():
        session.edit(f"{HERE}.{path}", text)
    return session.draft


def test_an_empty_page_proposes_weights_and_the_budget_of_the_year() -> None:
    funds, rows = page(DRAFT)
    assert [cell.proposal for cell in funds[0]] == ["", "36.00", "36.00", "", "10", "", ""]
    assert [row[5].proposal for row in rows] == ["17", "17", "16", "30", "10"]
    assert rows[0][:4] == tuple(map(ResultCell, ("产出指标", "数量指标", "新增图书册数", "≥4000册")))
    assert rows[0][4] == ResultCell("", "", f"{HERE}.indicators[i1].actual")


def test_a_score_is_proposed_as_soon_as_something_was_reached() -> None:
    _funds, rows = page(typed(**{"indicators[i2].actual": "97.5%"}))
    assert rows[1][6] == ResultCell("", "16.91", f"{HERE}.indicators[i2].score")
    _funds, rows = page(typed(**{"indicators[i2].actual": "97.5%", "indicators[i2].weight": "20"}))
    assert rows[1][6].proposal == "19.9"


def test_the_rate_follows_from_the_amounts_and_the_points_from_the_rate() -> None:
    funds, _rows = page(typed(**{"funds[0].executed": "35.20"}))
    assert funds[0][5] == ResultCell("97.78%")
    assert (funds[0][6].proposal, funds[0][6].path) == ("9.78", f"{HERE}.funds[0].score")


def test_proposals_are_taken_in_one_go_and_typed_scores_stay() -> None:
    draft = typed(**{"funds[0].executed": "35.20", "indicators[i1].actual": "4100册", "indicators[i1].score": "15"})
    taken, count = report_cells.with_proposals(draft, draft.reports[0])
    # The amounts of three funds, points and score of the budget, the points of five rows.
    assert count == 3 + 2 + 5
    assert fieldpath.get(taken, f"{HERE}.indicators[i1].score") == "15"
    assert fieldpath.get(taken, f"{HERE}.funds[0].score") == "9.78"
    assert fieldpath.get(taken, f"{HERE}.funds[0].year_start") == ""
    assert report_cells.with_proposals(taken, taken.reports[0])[1] == 0
    assert report_cells.untaken(taken, taken.reports[0]) == {}
    assert report_cells.untaken(draft, draft.reports[0]) == {"全年预算数": 3, "分值": 6, "得分": 1}


def test_nothing_is_taken_of_a_project_nobody_has_begun() -> None:
    assert report_cells.with_proposals(DRAFT, DRAFT.reports[0]) == (DRAFT, 0)


def parts(draft: Draft, kept: str = "") -> tuple[str, ...]:
    """What the page says of the points of its first project."""
    report = replace(draft.reports[0], state="定稿") if kept else draft.reports[0]
    return report_cells.points_parts(*next(results.shown_projects(draft.document, report)), report)


def test_the_strip_tells_points_by_tier() -> None:
    tiers = ("预算执行 9.75/10", "产出指标 50/50", "效益指标 27/30", "满意度指标 10/10")
    assert parts(SELF) == (*tiers, "总分 96.75/100")
    assert parts(DRAFT) == ("总分 0", "还有 6 处没有得分")


def test_points_that_are_proposed_are_told_apart_with_the_way_to_take_them() -> None:
    draft = typed(**{"indicators[i2].actual": "97.5%", "funds[0].executed": "35.20"})
    told = ("总分 0", "灰色的 26.69 分是建议，还没有计入", "按「采用全部建议」计入", "还有 4 处没有得分")
    assert parts(draft) == told
    assert parts(draft, kept="定稿") == (*told[:2], told[3])
    taken, _count = report_cells.with_proposals(draft, draft.reports[0])
    tiers = ("预算执行 9.78/10", "产出指标 16.91/50", "效益指标 0/30", "满意度指标 0/10")
    assert parts(taken) == (*tiers, "总分 26.69/100", "还有 4 处没有得分")


def test_a_score_without_points_to_reach_is_no_share_of_nothing() -> None:
    draft = typed(**{"indicators[i1].score": "15"})
    assert parts(draft)[:3] == ("预算执行 0", "产出指标 15", "效益指标 0")


def test_a_column_of_results_is_pasted_over_the_open_cells_alone() -> None:
    _funds, rows = page(DRAFT)
    after, count = report_cells.pasted(DRAFT, rows, [["≥1", "4100册"], ["≥2", "97%"], ["", "35万元"]], 1, 3)
    assert count == 3
    _funds, rows = page(after)
    assert [row[4].text for row in rows] == ["", "4100册", "97%", "35万元", ""]
    assert [row[3].text for row in rows][1] == "≥98%"


def test_cells_are_cleared() -> None:
    draft = typed(**{"indicators[i1].actual": "4100册"})
    _funds, rows = page(report_cells.cleared(draft, [f"{HERE}.indicators[i1].actual"]))
    assert rows[0][4].text == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2025-07", "2025年7月"),
        ("7", "7月"),
        ("07", "7月"),
        ("7月", "7月"),
        ("13", "13"),
        ("上半年", "上半年"),
        ("", ""),
    ],
)
def test_a_month_is_printed_as_one_however_it_was_typed(written: str, shown: str) -> None:
    assert month_words(written) == shown
