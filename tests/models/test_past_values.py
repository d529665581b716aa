"""参考历年: the same indicator in other drafts, under whatever tier's name, and its line over the years."""

from decimal import Decimal

from models.document.tree import Indicator
from models.indicators.indicator_library import UsedIndicator
from models.indicators.past_values import past_values, reached_value, yearly

ROW = Indicator("i1", "成本指标", "经济成本指标", "培训班人均成本")
OWN = "云泽县农业技术推广站"


def used(year: int | None, value: str, name: str = ROW.name, tier2: str = "成本指标", unit: str = OWN) -> UsedIndicator:
    return UsedIndicator(year, unit, "培训", "产出指标", tier2, name, "", value, "")


def test_the_very_name_comes_before_near_ones_the_newest_year_first_the_own_unit_before_others() -> None:
    rows = [
        used(2023, "≤280元"),
        used(2025, "≤310元", unit="别的单位"),
        used(2025, "≤300元"),
        used(2025, "≤9元", "培训班人均总成本"),
        used(2025, "≤9元", "培训班人均总成本", "质量指标"),
        used(2025, "", "培训班人均成本"),
        used(2025, "≥5次", "宣传次数"),
    ]
    found = past_values(rows, ROW, OWN)
    assert [(past.exact, past.used.year, past.used.value) for past in found] == [
        (True, 2025, "≤300元"),
        (True, 2025, "≤310元"),
        (True, 2023, "≤280元"),
        (False, 2025, "≤9元"),
    ]


def test_the_very_name_counts_under_any_tier() -> None:
    assert len(past_values([used(2025, "≤300元", tier2="质量指标")], ROW)) == 1


def test_a_row_without_a_name_has_no_past() -> None:
    assert past_values([used(2025, "≤300元", "")], Indicator("i1")) == ()


def test_the_line_takes_one_value_a_year_of_the_usual_unit_the_oldest_first() -> None:
    values = ["≤280元", "≤300元", "较低", "≤3万元", "≤290元"]
    years = [2023, 2025, 2024, 2022, None]
    points = yearly(past_values(list(map(used, years, values)), ROW))
    assert [(year, past.used.value) for year, past in points] == [(2023, "≤280元"), (2025, "≤300元")]


def test_percent_has_one_name() -> None:
    rows = [used(2024, "≥90百分比"), used(2025, "≥95%"), used(2023, "≥3次")]
    assert [year for year, _past in yearly(past_values(rows, ROW))] == [2024, 2025]


def test_the_line_over_the_years_is_that_of_the_unit_most_values_have_however_many_units_there_are() -> None:
    rows = [used(1000 + number, f"≤{number}元", unit=f"{number}") for number in range(3)]
    rows += [used(2000 + number, f"≤{number}样{chr(0x4E00 + number)}") for number in range(3000)]
    assert [year for year, _past in yearly(past_values(rows, ROW))] == [1000, 1001, 1002]


def test_what_was_reached_becomes_a_value_under_the_sign_of_its_target() -> None:
    assert reached_value(used(2025, "≤300元")._replace(actual="285.5元")) == "≤285.5元"
    assert reached_value(used(2025, "≥95%")._replace(actual="97.2")) == "≥97.2%"
    assert reached_value(used(2025, "较好")._replace(actual="良好")) == "良好"


def test_what_was_reached_stands_beside_the_target_in_its_unit() -> None:
    rows = [
        used(2024, "≤3万元")._replace(actual="2.8万元"),
        used(2025, "≤3万元")._replace(actual="29000元"),
        used(2023, "≤3万元"),
    ]
    found = {past.used.year: past.reached for past in past_values(rows, ROW)}
    assert found == {2024: Decimal("2.8"), 2025: Decimal("2.9"), 2023: None}
