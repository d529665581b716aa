"""沿用上年 marks of the units in the department's text: what they have not confirmed is seen there, too."""

from dataclasses import replace

import pytest

from models.document.tree import Draft
from models.merge import department_text
from models.years.carried_over import carried_over_paths, confirmed
from tests.models.units import DEPARTMENT, TEMPLATE, THREE, again, edited, here, merged, sources, unit_text


def marked(draft: Draft) -> Draft:
    """The text as if generated from last year's."""
    return replace(draft, provenance=replace(draft.provenance, carried_over=carried_over_paths(draft.document)))


def department() -> Draft:
    """Only the second unit's text is marked."""
    return department_text(sources({**THREE, 1: marked(unit_text(1))}), TEMPLATE, 2026, DEPARTMENT)


def marks(draft: Draft) -> tuple[str, ...]:
    return draft.provenance.carried_over


def test_the_marks_come_along_under_the_departments_ids_and_only_they() -> None:
    draft = department()
    first = here(draft, "畜牧一")
    assert f"{first}.budget" in marks(draft)
    assert len(marks(draft)) == len(carried_over_paths(unit_text(1).document)) == 8
    assert set(marks(draft)) <= set(carried_over_paths(draft.document))
    assert not any(mark.startswith(here(draft, "农业一")) for mark in marks(draft))


def test_texts_without_marks_bring_none() -> None:
    assert marks(merged()) == ()


def test_what_the_unit_confirmed_is_confirmed_in_the_department() -> None:
    unit = marked(unit_text(1))
    before = department()
    draft = again(before, 1, confirmed(unit, frozenset({"projects[p1].budget"}))).draft
    assert set(marks(before)) - set(marks(draft)) == {f"{here(draft, '畜牧一')}.budget"}


def test_what_the_department_confirmed_stays_confirmed_while_the_unit_still_doubts() -> None:
    assert marks(again(confirmed(department()), 1, marked(unit_text(1))).draft) == ()


def test_a_value_that_comes_in_anew_with_its_mark_is_marked() -> None:
    unit = marked(edited(unit_text(1), "projects[p2].budget", "77.00"))
    draft = again(confirmed(department()), 1, unit).draft
    assert marks(draft) == (f"{here(draft, '畜牧二')}.budget",)


@pytest.mark.parametrize("number", [0, 2])
def test_the_marks_of_one_unit_are_not_touched_by_another(number: int) -> None:
    before = department()
    assert marks(again(before, number, unit_text(number)).draft) == marks(before)


def test_the_departments_own_words_are_left_alone() -> None:
    draft = department()
    first = here(draft, "畜牧一")
    own = confirmed(edited(draft, f"{first}.budget", "99.00"), frozenset({f"{first}.budget"}))
    assert f"{first}.budget" not in marks(again(own, 1, marked(unit_text(1))).draft)
