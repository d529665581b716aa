"""What of a text was begun, and what is still missing of a whole one."""

from dataclasses import replace

import pytest

from models.checks.touched import is_filled, missing_parts
from models.document.template import load_template
from models.document.tree import Measure, Project, SubGoal, Unit
from models.session.session import new_document

EMPTY = new_document(load_template(), None, Unit())
WHOLE = replace(
    EMPTY,
    year=2027,
    unit=Unit("618001", "云泽县农业技术推广站"),
    overall_goal="培训农民3200人次。",
    sub_goals=replace(EMPTY.sub_goals, items=(SubGoal("s1", heading="培训"),)),
    safeguards=replace(EMPTY.safeguards, items=(Measure("m1", heading="加强监督。"),)),
    projects=(Project("p1", name="培训补助"),),
)


def test_of_an_empty_text_everything_is_missing() -> None:
    assert len(missing_parts(EMPTY)) == 5


def test_of_a_whole_text_nothing_is() -> None:
    assert missing_parts(WHOLE) == ()


@pytest.mark.parametrize(
    ("field", "empty", "name"),
    [
        ("unit", Unit("618001", ""), "基本信息里的年度或单位名称"),
        ("year", None, "基本信息里的年度或单位名称"),
        ("year", 7, "基本信息里的年度或单位名称"),
        ("overall_goal", " \n", "总体绩效目标"),
        ("sub_goals", EMPTY.sub_goals, "分项绩效目标"),
        ("safeguards", EMPTY.safeguards, "工作保障措施"),
        ("projects", (), "预算项目绩效目标"),
        ("projects", (Project("p1"),), "预算项目绩效目标"),
    ],
)
def test_what_was_not_begun_is_named(field: str, empty: object, name: str) -> None:
    assert missing_parts(replace(WHOLE, **{field: empty})) == (name,)


def test_a_number_that_is_no_year_leaves_the_first_step_unfilled() -> None:
    assert is_filled(WHOLE, 1)
    assert not is_filled(replace(WHOLE, year=202), 1)
