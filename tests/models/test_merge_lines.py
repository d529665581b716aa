"""Two sides' changes of one text, line by line, and two orders of parts: both come together, however long they are."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.merge.merged_lines import merged_lines
from models.merge.threeway import _with_new


@pytest.mark.parametrize(
    ("theirs", "ours", "wanted", "clean"),
    [
        ("a\nB\nc", "a\nb\nc", "a\nB\nc", True),
        ("B\nb\nc", "a\nb\nC", "B\nb\nC", True),
        ("a\nX\nc", "a\nY\nc", "a\nX\nc", False),
        ("a\nX\nc", "a\nX\nc", "a\nX\nc", True),
        ("", "a\nb\nc", "", True),
        ("a\nb\nc\nd", "z\na\nb\nc", "z\na\nb\nc\nd", True),
    ],
)
def test_lines_of_two_sides_are_merged_where_they_do_not_touch(
    theirs: str, ours: str, wanted: str, clean: bool
) -> None:
    assert merged_lines("a\nb\nc", theirs, ours) == (wanted, clean)


@pytest.mark.parametrize("line", ["培训农民。", "", "第{}项"])
def test_changes_of_both_sides_come_together_in_a_text_of_thousands_of_lines(line: str) -> None:
    before = [line.format(number) for number in range(5000)]
    theirs = ["一", *before]
    ours = [*before[:2500], "二", *before[2501:], "三"]
    assert merged_lines(*map("\n".join, (before, theirs, ours))) == ("\n".join(["一", *ours]), True)


def test_a_text_changed_in_thousands_of_places_keeps_what_the_other_side_changed_elsewhere() -> None:
    before = [f"第{number}项" for number in range(6000)]
    theirs = [f"{line}改" if number % 3 == 0 else line for number, line in enumerate(before)]
    ours = [f"{line}。" if number == 5998 else line for number, line in enumerate(before)]
    merged, clean = merged_lines(*map("\n".join, (before, theirs, ours)))
    assert not clean  # line 5997 is theirs: the two touch
    assert merged == "\n".join(theirs)


TEXT = st.lists(st.sampled_from("甲乙丙丁"), max_size=8).map("\n".join)


@given(TEXT, TEXT, TEXT)
def test_what_only_one_side_changed_is_its_text_and_clean_merges_do_not_ask_whose_turn_it_is(
    before: str, one: str, other: str
) -> None:
    assert merged_lines(before, one, before) == (one, True)
    assert merged_lines(before, before, one) == (one, True)
    assert merged_lines(before, one, one) == (one, True)
    merged, clean = merged_lines(before, one, other)
    assert merged_lines(before, other, one) == (merged, True) or not clean


@given(st.permutations(range(8)), st.permutations(range(8)), st.integers(0, 8), st.integers(0, 8))
def test_new_parts_stand_behind_the_part_they_follow_in_the_units_text(
    here: list[int], there: list[int], ours: int, theirs: int
) -> None:
    order, unit = [str(n) for n in here[:ours]], [str(n) for n in there[:theirs]]
    merged = _with_new(order, unit, len)
    assert sorted(merged) == sorted({*order, *unit})
    assert [id_ for id_ in merged if id_ in order] == order
    for before, new in itertools.pairwise(unit):
        if new not in order:
            assert merged.index(before) + 1 == merged.index(new)
    if unit and unit[0] not in order and (known := [id_ for id_ in unit if id_ in order]):
        assert merged.index(unit[0]) < merged.index(known[0])
