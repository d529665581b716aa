"""Computed views of what was typed: the rows real forms hold, and laws that hold for any text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.template import load_template
from models.document.values import SIGNS, IndicatorValue, compose_value, money, parse_number, parse_value, percent
from tests.strategies import values

UNITS = load_template().known_units


@pytest.mark.parametrize(
    ("text", "sign", "number", "unit"),
    [
        *(("≥300天", "≥", "300", "天"), ("≥60百分比", "≥", "60", "百分比"), ("100百分比", "", "100", "百分比")),
        *(("≥1亿", "≥", "1", "亿"), ("≥1次", "≥", "1", "次"), ("92.5", "", "92.5", ""), ("1次数", "", "1", "次数")),
        *(("4,204.68万元", "", "4,204.68", "万元"), ("≤28.40元/株", "≤", "28.40", "元/株"), (">=85", ">=", "85", "")),
        *(("≤620万/月", "≤", "620", "万/月"), ("1次/月", "", "1", "次/月"), ("＝2050米", "＝", "2050", "米")),
        *(
            ("≥ 80 %", "≥", "80", "%"),
            ("＞3人次", "＞", "3", "人次"),
            ("<5", "<", "5", ""),
            ("２０台（套）", "", "２０", "台（套）"),
        ),
        *(("-1.2%", "", "-1.2", "%"), ("≥12，345人", "≥", "12，345", "人"), ("≥10个工作日", "≥", "10", "个工作日")),
    ],
)
def test_values_of_real_forms_are_taken_apart(text: str, sign: str, number: str, unit: str) -> None:
    assert parse_value(text) == IndicatorValue(sign, number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "不超年初预算",
        "满意",
        "优良",
        "全年",
        "≥**%",
        "2023.07-2024.01",
        "无",
        "",
        "3-5天",
        "10个至20个",
        "≥1,≤3",
        "1.2.3",
        "第1季度",
    ],
)
def test_everything_else_is_words(text: str) -> None:
    assert parse_value(text, UNITS) == IndicatorValue(words=text)


def test_a_sign_or_unit_may_wait_for_its_number() -> None:
    assert parse_value("≥", UNITS) == IndicatorValue("≥")
    assert parse_value("≥%", UNITS) == IndicatorValue("≥", "", "%")
    assert parse_value("次/月", UNITS) == IndicatorValue(unit="次/月")
    assert parse_value("次/月") == IndicatorValue(words="次/月")


@given(st.one_of(values(), st.text(max_size=30), st.text("≥≤＝><=0123456789.,，-%元/次 　×~", max_size=12)))
def test_taking_a_value_apart_alters_nothing(text: str) -> None:
    value = parse_value(text, UNITS)
    if value.words or not text:
        assert value == IndicatorValue(words=text)
        return
    rest = text
    for part in (value.sign, value.number, value.unit):
        skipped, found, rest = rest.partition(part) if part else ("", "", rest)
        assert found == part
        assert skipped.strip() == ""
    assert rest.strip() == ""


@given(st.sampled_from((*SIGNS, "")), st.decimals(0, 10**6, places=2), st.sampled_from(sorted(UNITS)))
def test_what_the_three_parts_make_is_taken_apart_again(sign: str, number: Decimal, unit: str) -> None:
    text = compose_value(sign, f"{number:,}", unit)
    value = parse_value(text, UNITS)
    assert (value.sign, value.number, value.unit, value.amount) == (sign, f"{number:,}", unit, number)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("100%", "＝"),
        ("=3", "＝"),
        ("＝3", "＝"),
        (">=3", "≥"),
        ("≧3", "≥"),
        ("<=3", "≤"),
        (">3", "＞"),
        ("<3", "＜"),
        ("满意", ""),
    ],
)
def test_signs_have_one_meaning(text: str, meaning: str) -> None:
    assert parse_value(text).meaning == meaning


def test_units_have_one_name() -> None:
    names = [parse_value(text).measure for text in ("60百分比", "60%", "60％", "3次数", "3次", "3亿")]
    assert names == ["%", "%", "%", "次", "次", "亿"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            ("4,204.68", "4204.68"),
            ("１２．５", "12.5"),
            (" 3 ", "3"),
            ("-1", "-1"),
            ("+2", "2"),
            (".5", "0.5"),
            ("1，234", "1234"),
        ),
        *((text, None) for text in ("", "n", "1.2.3", "3元", "1e5", "Infinity", "NaN", "--1", "1-2", "9" * 1_000_001)),
    ],
)
def test_plain_numbers_are_read(text: str, number: str | None) -> None:
    assert parse_number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        *(
            ("165.00", "万元", "165.00"),
            ("1650000", "元", "165"),
            ("165万元", "元", "165"),
            ("1.1亿元", "万元", "11000"),
        ),
        *(
            ("1.1亿", "万元", "11000"),
            ("5千元", "万元", "0.5"),
            ("１，２３４．５", "万元", "1234.5"),
            ("-3", "万元", "-3"),
        ),
        *((text, "万元", None) for text in ("", " ", "n", "约30", "30-40", "1.2.3", "30美元", "9" * 1_000_001)),
        ("30", "美元", None),
    ],
)
def test_amounts_are_counted_in_ten_thousand_yuan(text: str, unit: str, amount: str | None) -> None:
    assert money(text, unit) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("25%", "25"), ("25百分比", "25"), ("25", "25"), ("25.5％", "25.5"), (" 10 % ", "10"), ("-5%", "-5")),
        *((text, None) for text in ("", "%", "165.00万元", "a%", "1.2.3%")),
    ],
)
def test_percents_are_read(text: str, number: str | None) -> None:
    assert percent(text) == (None if number is None else Decimal(number))


@given(st.text(max_size=40))
def test_no_text_breaks_a_view(text: str) -> None:
    for amount in (money(text), money(text, text), percent(text), parse_number(text), parse_value(text).amount):
        assert amount is None or amount.is_finite()


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("20", "88.00", "≥20 88.00"),
        ("20", ".5", "≥20 .5"),
        ("20", "人次", "≥20人次"),
        ("", "88.00", "≥88.00"),
        ("若干", "8", "≥若干8"),
    ],
)
def test_digits_in_the_unit_are_not_joined_to_the_number(number: str, unit: str, text: str) -> None:
    assert compose_value("≥", number, unit) == text
    assert parse_value(text, load_template().known_units).number in {number, unit, ""}
