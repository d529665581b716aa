"""The user's words for every place of a draft."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import fieldpath
from models.document.fieldnames import is_text, where
from models.document.fieldpath import PathError
from models.document.tree import Draft, GoalDocument, Indicator, Items, Measure, Project, SubGoal
from models.session.session import Session
from tests.models.paths import leaves, lists
from tests.strategies import documents

DOCUMENT = GoalDocument(
    sub_goals=Items(items=(SubGoal("s1"), SubGoal("s2"))),
    safeguards=Items(items=(Measure("m1"),)),
    projects=(Project("p1"), Project("p2", goals=("一", "二"), indicators=(Indicator("i1"), Indicator("i2")))),
    unplaced=("甲",),
)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("overall_goal", "总体绩效目标"),
        ("year", "预算年度"),
        ("unit.code", "单位代码"),
        ("headings.part_two", "第二部分标题行"),
        ("sub_goals", "分项绩效目标"),
        ("sub_goals.preface", "分项绩效目标引言"),
        ("sub_goals[s2]", "分项目标 2"),
        ("sub_goals[s2].goal", "分项目标 2 · 绩效目标"),
        ("safeguards[m1].text", "保障措施 1 · 正文"),
        ("projects[p2]", "项目 2"),
        ("projects[p2].unit.name", "项目 2 · 单位名称"),
        ("projects[p2].spending_plan", "项目 2 · 资金支出计划"),
        ("projects[p2].spending_plan[2]", "项目 2 · 资金支出计划 10月底"),
        ("projects[p2].goals[1]", "项目 2 · 绩效目标 2"),
        ("projects[p2].indicators[i2].value", "项目 2 · 指标 2 · 指标值"),
        ("unplaced[0]", "未能归位的文字 1"),
        ("projects[gone].name", "预算项目绩效目标"),
        ("projects[p2].indicators[gone].value", "项目 2 · 绩效指标"),
    ],
)
def test_a_place_is_told_in_the_users_words(path: str, words: str) -> None:
    assert where(DOCUMENT, path) == words


@given(documents(wild=True))
def test_every_place_has_chinese_words(document: GoalDocument) -> None:
    session = Session(Draft(document))
    for path in [path for path, _value in (*leaves(document), *lists(document))]:
        words = session.where(path)
        assert words, path
        assert not re.search("[a-z_]", words), (path, words)


@given(documents(), st.data())
def test_a_place_that_is_gone_is_still_told(document: GoalDocument, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(path for path, _value in leaves(document))))
    assert where(GoalDocument(), path)


def test_a_path_that_is_none_is_an_error() -> None:
    with pytest.raises(PathError):
        where(DOCUMENT, "projects[")


def test_fields_of_several_paragraphs_are_known() -> None:
    several = {path for path, _value in leaves(DOCUMENT) if is_text(path)}
    assert {re.sub(r"\[\w+\]", "", path) for path in several} == {
        *("overall_goal", "unplaced", "sub_goals.preface", "safeguards.preface", "safeguards.text"),
        *("sub_goals.text", "sub_goals.goal", "sub_goals.indicator", "projects.fund_use", "projects.goals"),
        *(f"projects.details.{name}" for name in ("long_term_goal", "basis_for_setting", "summary")),
        *(f"projects.indicators.{name}" for name in ("name", "description", "value", "basis")),
    }
    assert all(isinstance(fieldpath.get(DOCUMENT, path), str | None) for path in several)
