"""Scores, 执行率, points and grades against a table worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.document.tree import FundResult, Indicator, IndicatorResult, ProjectResult
from models.reports import scoring
from tests.models.reports.drafts_with_reports import BOOKS

CASES = (
    # ≥ ＞ ＝: all of it from the target on, below that its part.
    ("≥48次", "48次", "10", "10"),
    ("≥48次", "60次", "10", "10"),
    ("≥48次", "36次", "10", "7.5"),
    ("≥48次", "0次", "10", "0"),
    ("≥48", "47", "10", "9.79"),
    ("＞30天", "30天", "8", "8"),
    ("＞30天", "20天", "8", "5.33"),
    ("300平方米", "290平方米", "5", "4.83"),
    ("＝300平方米", "300平方米", "5", "5"),
    ("=4", "3", "12.5", "9.38"),
    ("≥98%", "97.5%", "10", "9.95"),
    ("≥98百分比", "97.5%", "10", "9.95"),
    ("≥98%", "97.5", "10", "9.95"),
    ("≥3%", "2.995%", "10", "9.98"),
    ("≥4,000册", "4100册", "6", "6"),
    ("≥4,000册", "3999册", "6", "6.00"),
    ("≥3", "2", "1", "0.67"),
    ("≥8", "1", "1", "0.13"),
    ("≥7", "1", "0.5", "0.07"),
    ("≥12次数", "6次", "10", "5"),
    ("≥5.2万人次", "39000人次", "10", "7.5"),
    ("≥52000人次", "5.2万人次", "10", "10"),
    ("≥0次", "0次", "10", "10"),
    ("≥0次", "-1次", "10", "0"),
    ("≥10%", "-2%", "10", "0"),
    # ＝ 0: nothing happened, or it did.
    ("＝0起", "0起", "10", "10"),
    ("0起", "1起", "10", "0"),
    ("=0", "-1", "10", "10"),
    # ≤ ＜: what is over is taken off, from the double on all of it.
    ("≤36万元", "35.2万元", "10", "10"),
    ("≤36万元", "36万元", "10", "10"),
    ("≤36万元", "45万元", "10", "7.5"),
    ("≤36万元", "360000元", "10", "10"),
    ("≤36万元", "37.1万元", "10", "9.69"),
    ("≤36万元", "72万元", "10", "0"),
    ("≤36万元", "71.99万元", "10", "0.00"),
    ("≤36万元", "100万元", "10", "0"),
    ("＜3%", "3%", "10", "10"),
    ("＜3%", "4%", "10", "6.67"),
    ("<3%", "6%", "10", "0"),
    ("≤0起", "0起", "10", "10"),
    ("≤0起", "1起", "10", "0"),
    ("≤2亿元", "2.5亿元", "10", "7.5"),
    # Words: reached as written, else a person decides.
    ("满意", "满意", "10", "10"),
    ("良好", "达成年度指标", "10", "10"),
    ("良好", "部分达成", "10", None),
    ("不断提高", "明显提高", "10", None),
    # What cannot be compared is not guessed.
    ("≥48次", "", "10", None),
    ("≥48次", "48小时", "10", None),
    ("≥48次", "已完成", "10", None),
    ("≥48次", "约48次左右", "10", None),
    ("48-50次", "49次", "10", None),
    ("≥-3%", "-4%", "10", None),
)


@pytest.mark.parametrize(("target", "actual", "weight", "score"), CASES)
def test_a_score_is_what_was_worked_out_by_hand(target: str, actual: str, weight: str, score: str | None) -> None:
    found = scoring.proposed_score(target, actual, Decimal(weight))
    assert found == (None if score is None else Decimal(score))


def test_there_are_at_least_forty_cases() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize(
    ("full_year", "executed", "weight", "percent", "score"),
    [
        ("43.2", "37.24", "10", "86.2", "8.62"),
        ("43.2", "43.2", "10", "100", "10"),
        ("43.2", "50", "10", "115.74", "10"),
        ("12.50", "11.80", "20", "94.4", "18.88"),
        ("120", "0", "10", "0", "0"),
        ("0", "0", "10", None, None),
        ("", "11.80", "10", "94.4", "9.44"),
        ("125000元", "11.80", "10", "94.4", "9.44"),
        ("约30", "20", "10", None, None),
        ("30", "", "10", None, None),
    ],
)
def test_the_rate_of_execution_and_its_points(
    full_year: str, executed: str, weight: str, percent: str | None, score: str | None
) -> None:
    fund = FundResult("年度资金总额", "12.50", full_year, executed)
    assert scoring.rate(fund, "万元") == (None if percent is None else Decimal(percent))
    found = scoring.proposed_fund_score(fund, "万元", Decimal(weight))
    assert found == (None if score is None else Decimal(score))


def test_levels_of_words_give_a_range() -> None:
    assert scoring.score_range("良好", "部分达成并具有一定效果", Decimal(10)) == (Decimal(6), Decimal(8))
    assert scoring.score_range("≥3次", "部分达成并具有一定效果", Decimal(10)) is None
    assert scoring.score_range("良好", "尚可", Decimal(10)) is None


def test_proposed_weights_add_up_to_those_of_their_tier() -> None:
    usual = scoring.chosen_weights()
    found = scoring.proposed_weights(BOOKS.indicators, usual)
    assert found == {"i1": 17, "i2": 17, "i3": 16, "i4": 30, "i5": 10}
    many = [Indicator(f"i{place}", "满意度指标") for place in range(12)]
    dealt = scoring.proposed_weights(many, usual)
    assert sum(dealt.values()) == 10
    assert set(dealt.values()) == {Decimal("0.84"), Decimal("0.83")}
    assert scoring.proposed_weights([Indicator("i1", "别的指标")], usual) == {}


def test_every_table_of_weights_gives_a_hundred_and_names_its_source() -> None:
    known = scoring.load_scoring()
    sums = {one.id: one.budget + sum(one.tiers.values()) for one in known.weights}
    assert sums == {"default": 100, "hubei": 100, "henan": 80}
    assert all(one.source for one in (*known.weights, *known.grades))


def test_points_are_added_up_by_tier() -> None:
    rows = (
        *(
            IndicatorResult("i1", "4100册", weight="20", score="20"),
            IndicatorResult("i2", "97%", weight="20", score="19.8"),
        ),
        *(IndicatorResult("i3", weight="10"), IndicatorResult("i4", weight="30", score="30")),
    )
    funds = (FundResult("年度资金总额", "36", "36", "35.2", weight="10", score="9.78"),)
    points = scoring.points_of(BOOKS, ProjectResult("p1", funds, indicators=rows))
    assert points.tiers == {
        "产出指标": (Decimal(50), Decimal("39.8")),
        "效益指标": (Decimal(30), Decimal(30)),
        "满意度指标": (Decimal(0), Decimal(0)),
    }
    assert (points.budget, points.worth, points.total) == (
        (Decimal(10), Decimal("9.78")),
        Decimal(90),
        Decimal("79.58"),
    )
    assert points.missing == 2
    assert points.typed
    assert not scoring.points_of(BOOKS, ProjectResult("p1")).typed


def test_a_rows_own_weight_counts_where_the_report_has_none() -> None:
    row = replace(BOOKS.indicators[0], weight="15")
    assert scoring.weight_of(row, IndicatorResult("i1")) == 15
    assert scoring.weight_of(row, IndicatorResult("i1", weight="20")) == 20


def test_grades_differ_by_place_and_are_off_unless_chosen() -> None:
    graded = [scoring.grade(Decimal(total), "system") for total in ("95", "80", "79.99", "60", "59.99")]
    assert graded == ["优", "优", "良", "中", "差"]
    assert scoring.grade(Decimal(80), "2020") == "良"
    assert scoring.grade(Decimal(95), "") == ""
