"""The budget year as clerks type and paste it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.years.budget_year import FIRST, LAST, is_year, strange_year, year_in


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2027", 2027),
        ("２０２７", 2027),
        ("２０２７年", 2027),
        (" 2027年度部门预算绩效文本 ", 2027),
        ("第12页，2027年", 2027),
        ("2", 2),
        ("20", 20),
        ("20年", 20),
        ("", None),
        ("年", None),
        ("abc", None),
        ("20275", None),
        ("2026-2027", None),
        ("2026年决算和2027年预算", None),
        ("2027年度，2027年1月编", 2027),
        ("单位6180，2027年度", 2027),
        ("6180", 6180),
        ("第12期", None),
    ],
)
def test_a_year_is_read_from_what_is_typed_and_pasted(text: str, year: int | None) -> None:
    assert year_in(text) == year


@given(st.text())
def test_whatever_is_pasted_gives_at_most_four_digits(text: str) -> None:
    year = year_in(text)
    assert year is None or 0 <= year <= 9999


@pytest.mark.parametrize("year", [FIRST, 2027, LAST])
def test_a_year_of_our_time_is_one(year: int) -> None:
    assert is_year(year)


@pytest.mark.parametrize("number", [None, 0, 7, 202, FIRST - 1, LAST + 1])
def test_other_numbers_are_none(number: int | None) -> None:
    assert not is_year(number)


def test_what_is_wrong_is_said_with_the_number_and_an_example() -> None:
    assert "「7」" in strange_year(7)
    assert "2027" in strange_year(7)
