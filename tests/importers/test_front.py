"""What stands before the first section: an entry of a contents list is none of the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.front import is_contents_line, read_front
from tests.exporters.samples import TEMPLATE


@pytest.mark.parametrize(
    ("line", "is_entry"),
    [
        ("一、总体绩效目标\t3", True),
        ("一、总体绩效目标.......3", True),
        ("一、总体绩效目标 …… 12", False),
        ("一、总体绩效目标 ………12", True),
        ("一、总体绩效目标  12 ", True),
        ("一、总体绩效目标 12", False),
        ("一、总体绩效目标\t12345", False),
        ("一、总体绩效目标", False),
        ("\t12", False),
        ("12", False),
        ("", False),
    ],
)
def test_an_entry_of_a_contents_list_is_known(line: str, is_entry: bool) -> None:
    assert is_contents_line(line) == is_entry


PATTERN = re.compile(r".*\S[\s.…·—-]*(?:\t|[.…·]{3,}|\s{2,})[\s.…·]*\d{1,4}", re.DOTALL)
"""The same as one pattern, which does not end on long lines."""


@given(st.text("一1 2\t\u3000.…·—-\n", max_size=10))
def test_a_line_is_an_entry_where_words_are_led_to_a_page_number(line: str) -> None:
    assert is_contents_line(line) == bool(PATTERN.fullmatch(line.strip()))


@pytest.mark.parametrize("fill", "—-.… \t")
def test_a_ruled_line_is_looked_at_once(fill: str) -> None:
    assert not is_contents_line("一" + fill * 100_000 + "。")


def test_the_month_at_the_foot_of_a_cover_is_no_text() -> None:
    found = read_front(["青松县农技推广站", "2026年", "部门预算绩效文本", "2025年12月"], TEMPLATE)
    assert (found.year, found.unit_name, found.title, found.left) == (2026, "青松县农技推广站", None, ())
    assert read_front(["2025年12月"], TEMPLATE).left == ("2025年12月",)
