"""项目编码: the form, the check character, and the codes of real texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.project_code import (
    ALPHABET,
    LENGTH,
    begins_like_one,
    check_character,
    has_known_form,
    is_meant_as_one,
    wrong_place,
)
from tests.shared import SEEDS, needs_shared

CODE = "13020925P000653100010"


def codes() -> st.SearchStrategy[str]:
    """Codes of the form, with the right check character."""
    digits, letters = st.text("0123456789", min_size=8, max_size=8), st.text(ALPHABET, min_size=11, max_size=11)
    bodies = st.builds("{}P{}".format, digits, letters)
    return bodies.map(lambda body: body + str(check_character(body)))


@needs_shared
def test_all_codes_of_the_real_texts_agree_with_the_rule() -> None:
    found = {code for seed in SEEDS for code in re.findall(r"\b\d{8}P[0-9A-Z]{12}\b", seed.read_text(encoding="utf-8"))}
    assert len(found) == 13
    assert [code for code in sorted(found) if check_character(code[:-1]) != code[-1]] == []


@given(codes(), st.data())
def test_a_single_wrong_character_is_always_caught(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, LENGTH - 1))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != code[place]]))
    damaged = code[:place] + wrong + code[place + 1 :]
    assert not has_known_form(damaged) or check_character(damaged[:-1]) != damaged[-1]


@given(codes(), st.integers(0, LENGTH - 2))
def test_two_neighbours_in_the_wrong_order_are_caught(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        assert not has_known_form(swapped) or check_character(swapped[:-1]) != swapped[-1]


@given(codes())
def test_a_right_code_is_right_in_every_way(code: str) -> None:
    assert has_known_form(code)
    assert begins_like_one(code)
    assert wrong_place(code) is None


@pytest.mark.parametrize("code", ["Z155110000004", "", "13020925", "1302092P", "ABC"])
def test_codes_of_other_shapes_are_nobodys_business(code: str) -> None:
    assert not has_known_form(code)
    assert not begins_like_one(code)


@pytest.mark.parametrize(
    ("code", "place"),
    [
        *((CODE[:-1], 20), ("", 0), (CODE + "0", 21), ("1302O925P000653100010", 4), ("13020925X000653100010", 8)),
        *(("13020925P00065310001x", 20), ("１３０２０９２５P000653100010", 0), ("13020925P0006531 0010", 16)),
    ],
)
def test_the_wrong_place_is_named(code: str, place: int) -> None:
    assert wrong_place(code) == place
    assert not has_known_form(code)


@pytest.mark.parametrize("body", ["", CODE, CODE[:-2], "13020925P0006531000I", "１３０２０９２５P00065310001"])
def test_there_is_no_check_character_for_what_is_no_code(body: str) -> None:
    assert check_character(body) is None


@pytest.mark.parametrize("code", ["13062324ABC", "13062324P", "1306232O" + "P" + "0" * 12])
def test_a_slip_in_the_beginning_does_not_hide_what_is_meant(code: str) -> None:
    assert is_meant_as_one(code)
    assert not has_known_form(code)


@pytest.mark.parametrize("code", ["", "Z155110000004", "13020925", "130209250001", "ABC"])
def test_other_codes_are_not_taken_for_one_with_slips(code: str) -> None:
    assert not is_meant_as_one(code)
