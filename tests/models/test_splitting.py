"""A numbered text becomes items, each number drawn as it was typed or kept, and no letter is lost."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.document.numbering import draw
from models.document.splitting import differing, is_blank, other_pieces, own_lines, placed, renumbered, shortened, tidy
from models.document.template import load_template
from models.document.tree import Items, Measure, SubGoal
from tests import strategies

TEMPLATE = load_template()
few = settings(max_examples=60)


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("①甲\n②乙\n③丙", ["①", "②", "③"]),
        ("第一，甲\n乙\n第二，丙", ["第一，", "第二，"]),
        ("一是甲。\n二是乙。", ["一是", "二是"]),
        ("1)甲\n2）乙", ["1)", "2）"]),
        ("a)甲\nb)乙", ["a)", "b)"]),
        ("(A)甲\n(B)乙", ["(A)", "(B)"]),
        ("序\n①甲\n1)一\n2)二\n②乙", ["①", "②"]),
        ("①甲\n③丙", []),
        ("甲\n乙", []),
        ("②甲\n③乙", []),
    ],
)
def test_other_ways_to_number_are_known_when_they_begin_at_one(text: str, markers: list[str]) -> None:
    lines = text.split("\n")
    before, pieces = other_pieces(lines)
    assert [piece.marker for piece in pieces] == markers
    assert [*before, *(line for piece in pieces for line in piece.written())] == lines


def test_indents_and_gaps_around_a_number_go_and_those_of_the_pattern_stay() -> None:
    assert tidy("　　（一） 甲\n1.\t乙\n  丙\n\t①丁", "（{cn}）") == ["（一）甲", "1.乙", "  丙", "①丁"]
    assert tidy("(一) 甲\n（二） 乙", "({cn}) ") == ["(一) 甲", "（二）乙"]


def test_numbers_the_pattern_draws_are_drawn_and_others_kept() -> None:
    section = Items(items=(SubGoal("s1", heading="一"), SubGoal("s2"), SubGoal("s3", heading="三")))
    new = [("（二）", SubGoal("", heading="甲")), ("(三)", SubGoal("", heading="乙")), ("（九）", SubGoal(""))]
    after = placed(section, "s2", SubGoal("s2"), new, "{n}、")
    assert [(item.number, item.heading) for item in after.items] == [
        *((None, "一"), (None, "甲"), ("(三)", "乙"), ("（九）", ""), (None, "三")),
    ]
    assert after.items[1].id == "s2"
    assert len({item.id for item in after.items}) == 5
    assert after.numbering == "（{cn}）"


def test_a_section_of_its_own_takes_the_pattern_and_its_preface() -> None:
    section = Items(items=(Measure("m1", text="序言"),))
    after = placed(section, "m1", Measure("m1", text="序言"), [("1、", Measure("")), ("2、", Measure(""))], "{n}、")
    assert (after.preface, after.numbering) == ("序言", "{n}、")
    assert [item.number for item in after.items] == [None, None]


def test_what_is_left_of_an_item_stands_before_the_new_ones() -> None:
    item = SubGoal("s1", number="(1)", heading="甲", goal="")
    after = placed(Items(items=(item,)), "s1", item, [("（二）", SubGoal("", heading="乙"))], "{n}、")
    assert [(each.number, each.heading) for each in after.items] == [("(1)", "甲"), (None, "乙")]


def test_a_typed_number_alone_is_not_thrown_away() -> None:
    item = SubGoal("s1", number="（八）")
    assert not is_blank(item)
    assert len(placed(Items(items=(item,)), "s1", item, [("（二）", SubGoal(""))], "").items) == 2


def test_numbers_that_differ_are_named_and_drawn_anew() -> None:
    section = Items(items=(SubGoal("s1", "（一）"), SubGoal("s2", "(2) "), SubGoal("s3")))
    assert differing(section) == {2: "(2) "}
    assert [item.number for item in renumbered(section).items] == [None, None, None]


@few
@given(strategies.documents(wild=True), st.data())
def test_a_shortened_item_has_the_first_of_its_lines(document: Any, data: st.DataObject) -> None:
    items = (*document.sub_goals.items, *document.safeguards.items)
    assume(items)
    item = data.draw(st.sampled_from(items))
    lines = own_lines(item, TEMPLATE.labels)
    count = data.draw(st.integers(0, len(lines)))
    short = shortened(item, count, TEMPLATE.labels)
    assert _joined(own_lines(short, TEMPLATE.labels)) == _joined(lines[:count])
    assert shortened(item, len(lines), TEMPLATE.labels) == item or not all(line for _name, line in lines)


def _joined(lines: list[tuple[str, str]]) -> str:
    return "\n".join(line for _name, line in lines).strip("\n")


@few
@given(strategies.items(strategies.sub_goals, strategies.Ids(0)), st.data())
def test_placing_keeps_every_number_as_it_was_printed(section: Items[SubGoal], data: st.DataObject) -> None:
    new = [
        (data.draw(st.sampled_from(("（一）", "（二）", "2、", "①", "(三) "))), SubGoal("", heading=heading))
        for heading in data.draw(st.lists(strategies.line(), min_size=1, max_size=3))
    ]
    at = data.draw(st.sampled_from(section.items)) if section.items else None
    after = placed(section, at.id if at else "", at, new, "{n}、")
    printed = [
        (item.number if item.number is not None else draw(after.numbering, place), item.heading)
        for place, item in enumerate(after.items, 1)
    ]
    start = section.items.index(at) + 1 if at and not is_blank(at) else 0
    assert printed[start : start + len(new)] == [(marker, item.heading) for marker, item in new]
    old = [replace(item, id="") for item in section.items]
    assert [replace(item, id="") for item in (*after.items[:start], *after.items[start + len(new) :])] == old
