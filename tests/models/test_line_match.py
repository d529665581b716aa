"""Equal lines of two texts, also where all of them repeat."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.comparing.line_match import matched

LINES = st.lists(st.sampled_from("abcd"), max_size=12)


@given(LINES, LINES)
def test_what_is_matched_is_equal_and_keeps_its_order(one: list[str], other: list[str]) -> None:
    found = matched(one, other)
    assert all(one[left] == other[right] for left, right in found)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))


@given(LINES)
def test_the_same_text_is_matched_line_by_line(lines: list[str]) -> None:
    assert matched(lines, lines) == [(place, place) for place in range(len(lines))]


def test_lines_that_all_repeat_are_found_between_others() -> None:
    assert matched("paaqbbs", "taaubbw") == [(1, 1), (2, 2), (4, 4), (5, 5)]


def test_among_very_many_repeating_lines_those_that_stand_once_are_found_all_the_same() -> None:
    one = ["p", *"ab" * 400, "once", *"ab" * 400, "q"]
    other = ["t", *"ba" * 400, "once", *"ba" * 400, "u"]
    assert (one.index("once"), other.index("once")) in matched(one, other)
