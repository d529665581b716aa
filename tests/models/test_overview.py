"""The numbers behind the charts: budgets, weighted spending, covered tiers, and where a missing row belongs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.overview import budgets, coverage, place_for, rows_of, spending_curve, tier_counts, tiers_of
from models.document.template import load_template
from models.document.tree import Indicator, Project

SCHEME = load_template().scheme("2015")
PLAN = ("10%", "30%", "60%", "100%")


def project(number: int, budget: str, plan: tuple[str, ...] = PLAN, unit: str = "万元") -> Project:
    return Project(f"p{number}", name=f"项目{number}", budget=budget, amount_unit=unit, spending_plan=plan)


def row(number: int, tier2: str, name: str = "名称") -> Indicator:
    return Indicator(f"i{number}", SCHEME.parent(tier2) or "", tier2, name)


def test_the_largest_budgets_are_named_and_the_others_summed() -> None:
    found = budgets([project(number, str(number)) for number in range(1, 61)], most=12)
    assert [each.amount for each in found.largest] == [Decimal(number) for number in range(60, 48, -1)]
    assert found.rest == (48, Decimal(sum(range(1, 49))))
    assert found.total == sum(range(1, 61))


def test_one_project_more_is_named_and_not_called_the_rest() -> None:
    found = budgets([project(number, "5") for number in range(1, 14)], most=12)
    assert (len(found.largest), found.rest[0]) == (13, 0)
    assert [each.place for each in found.largest] == list(range(1, 14))


def test_budgets_of_other_units_are_counted_in_ten_thousands_and_unclear_ones_named() -> None:
    found = budgets([project(1, "12,000", unit="元"), project(2, ""), project(3, "约5"), project(4, "3万元")])
    assert [(each.place, each.amount) for each in found.largest] == [(4, Decimal(3)), (1, Decimal("1.2"))]
    assert found.unclear == (2, 3)


@given(st.lists(st.sampled_from(["", "无", "0", "1.25", "99999999.99", "7元"]), max_size=40))
def test_nothing_is_lost_between_the_bars_and_the_rest(texts: list[str]) -> None:
    found = budgets([project(number, text) for number, text in enumerate(texts)], most=5)
    assert sum(each.amount for each in found.largest) + found.rest[1] == found.total
    assert len(found.largest) + found.rest[0] + len(found.unclear) == len(texts)


def test_the_curve_weighs_each_plan_by_its_budget() -> None:
    found = spending_curve([project(1, "300"), project(2, "100", ("50%", "50%", "100%", "100%"))])
    assert found.percents == (Decimal(20), Decimal(35), Decimal(70), Decimal(100))
    assert (found.counted, found.left_out) == (2, ())


def test_a_plan_typed_as_money_counts_as_its_percents() -> None:
    found = spending_curve([project(1, "200", ("20", "60", "120", "200"))])
    assert found.percents == (Decimal(10), Decimal(30), Decimal(60), Decimal(100))


def test_projects_the_curve_is_made_without_are_told_with_the_reason() -> None:
    found = spending_curve(
        [
            project(1, "100"),
            project(2, ""),
            project(3, "5", ("", "", "", "")),
            project(4, "5", ("10%", "?", "", "100%")),
        ]
    )
    assert found.counted == 1
    assert found.left_out == ((2, "没有预算数"), (3, "没有支出计划"), (4, "支出计划没有填全"))
    assert spending_curve([]).percents == ()


def test_coverage_counts_the_rows_of_each_tier_and_none_that_only_say_none() -> None:
    rows = (row(1, "数量指标"), row(2, "数量指标"), row(3, "时效指标", "无"), row(4, "服务对象满意度指标"))
    (line,) = coverage([Project("p", indicators=rows)], SCHEME).lines
    assert line == ("p", (2, 0, 0, 0, 0, 0, 0, 0, 1))
    assert tier_counts(rows)["时效指标"] == 0
    assert [each.id for each in rows_of((row(1, "时效指标", "无"), row(2, "时效指标")), "时效指标")] == ["i2", "i1"]


@pytest.mark.parametrize(
    ("present", "wanted", "place"),
    [
        (("数量指标", "质量指标", "成本指标"), "时效指标", 2),
        (("质量指标", "成本指标"), "数量指标", 0),
        (("数量指标", "数量指标"), "服务对象满意度指标", 2),
        ((), "数量指标", 0),
        (("别的指标", "成本指标"), "时效指标", 1),
        (("别的指标",), "时效指标", 1),
    ],
)
def test_a_missing_row_belongs_where_the_schemes_order_puts_it(
    present: tuple[str, ...], wanted: str, place: int
) -> None:
    assert place_for([row(at, tier2) for at, tier2 in enumerate(present)], SCHEME, wanted) == place


@given(st.lists(st.sampled_from([tier2 for _, tier2 in tiers_of(SCHEME)]), max_size=12), st.data())
def test_a_row_put_into_ordered_rows_leaves_them_ordered(tiers: list[str], data: st.DataObject) -> None:
    order = [tier2 for _, tier2 in tiers_of(SCHEME)]
    rows = [row(at, tier2) for at, tier2 in enumerate(sorted(tiers, key=order.index))]
    wanted = data.draw(st.sampled_from(order))
    rows.insert(place_for(rows, SCHEME, wanted), row(99, wanted))
    assert [order.index(each.tier2) for each in rows] == sorted(order.index(each.tier2) for each in rows)
