"""What the cells of a spending plan mean, whichever way they were typed."""

from decimal import Decimal

import pytest

from models.document.spending import breaks, meaning, read_plan, shown_percent
from models.document.tree import Project

LABELS = ("3月底", "6月底", "10月底", "12月底")


def project(*cells: str, budget: str = "165.00", unit: str = "万元") -> Project:
    return Project("p", budget=budget, amount_unit=unit, spending_plan=cells)


def told(project: Project) -> list[str]:
    return [meaning(cell, project.amount_unit) for cell in read_plan(project)]


@pytest.mark.parametrize(
    ("cells", "meanings"),
    [
        (("10%", "30", "60百分比", "100％"), ["= 16.50 万元", "= 49.50 万元", "= 99.00 万元", "= 165.00 万元"]),
        (("16.5", "49.5", "99", "165"), ["= 10%", "= 30%", "= 60%", "= 100%"]),
        (("16.5", "33", "49.5", "66"), ["= 10%", "= 30%", "= 60%", "= 100%"]),
        (("", "30%", "待定", "100%"), ["", "= 49.50 万元", "⚠ 不是数字", "= 165.00 万元"]),
        (("10%", "33万元", "60%", "100%"), ["= 16.50 万元", "= 20%", "= 99.00 万元", "= 165.00 万元"]),
    ],
    ids=["percent", "cumulative money", "money of each period", "gaps", "one cell of money"],
)
def test_each_cell_is_told_in_the_other_measure(cells: tuple[str, ...], meanings: list[str]) -> None:
    assert told(project(*cells)) == meanings


def test_money_is_told_in_the_projects_unit() -> None:
    assert told(project("50%", "100%", budget="1,000", unit="元")) == ["= 500.00 元", "= 1,000.00 元"]


def test_without_a_budget_a_percent_means_no_money() -> None:
    assert told(project("50%", "100%", budget="待定")) == ["", ""]
    assert [cell.percent for cell in read_plan(project("50%", "100%", budget=""))] == [Decimal(50), Decimal(100)]


def test_where_the_plan_breaks_is_told_in_words() -> None:
    assert breaks(read_plan(project("10%", "30%", "60%", "100%")), LABELS) == ()
    assert breaks(read_plan(project("30%", "25%", "120%", "95%")), LABELS) == (
        "6月底 25% 小于3月底 30%",
        "10月底 120% 超过 100%",
        "12月底 95% 小于10月底 120%",
        "12月底 95%，没有到 100%",
    )
    assert breaks(read_plan(project("40%", "", "30%", "100%")), LABELS) == ("10月底 30% 小于3月底 40%",)


def test_percents_are_written_without_zeros_that_say_nothing() -> None:
    assert [shown_percent(Decimal(text)) for text in ("30.00", "41.666", "-0.001", "100")] == [
        "30%",
        "41.67%",
        "0%",
        "100%",
    ]


def test_half_a_cent_is_rounded_up_as_money_is() -> None:
    project = Project("p1", budget="120.50", spending_plan=("25%", "50%", "75%", "100%"))
    assert meaning(read_plan(project)[0], "万元") == "= 30.13 万元"
