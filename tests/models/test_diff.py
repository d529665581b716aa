"""What changed between two drafts, in words and field by field."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.comparing.diff import changed_middle, changes, differing, summary
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator, Items, Project, SubGoal
from tests.strategies import drafts

ROWS = tuple(Indicator(f"i{place}", "产出指标", "数量指标", f"指标{place}", value="≥1次") for place in range(6))
DRAFT = Draft(
    GoalDocument(
        year=2026,
        sub_goals=Items(items=(SubGoal("s1", heading="灌溉"), SubGoal("s2", heading="培训"))),
        projects=(
            Project("p1", name="管网改造"),
            Project("p2", name="演出", goals=("甲", "乙")),
            Project("p3", name="普查", budget="165.00", indicators=ROWS),
        ),
        unplaced=("附注",),
    )
)


def edited(path: str, value: object) -> Draft:
    return fieldpath.replace(DRAFT, f"document.{path}", value)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (edited("projects[p3].budget", "180.00"), "项目 3：预算数 165.00 → 180.00"),
        (edited("projects[p3].indicators[i4].value", "≥2次"), "项目 3 · 指标 5：指标值 ≥1次 → ≥2次"),
        (edited("projects[p2].spending_plan[1]", "30%"), "项目 2：资金支出计划 6月底 （空） → 30%"),
        (edited("projects[p2].goals[1]", "丙"), "项目 2：绩效目标 2 乙 → 丙"),
        (edited("year", 2027), "预算年度：2026 → 2027"),
        (edited("overall_goal", "目标"), "总体绩效目标：（空） → 目标"),
        (fieldpath.remove(DRAFT, "document.projects[p2]"), "项目 2 删除（演出）"),
        (fieldpath.insert(DRAFT, "document.projects", 1, Project("p9", name="新建")), "项目 2 新增（新建）"),
        (
            fieldpath.move(DRAFT, "document.projects[p3].indicators[i5]", 1),
            "项目 3 · 指标 2 移动：第 6 位 → 第 2 位",
        ),
        (fieldpath.remove(DRAFT, "document.sub_goals[s1]"), "分项目标 1 删除（灌溉）"),
        (replace(DRAFT, state="定稿"), "状态：草稿 → 定稿"),
    ],
)
def test_a_change_is_said_in_one_short_sentence(after: Draft, words: str) -> None:
    assert [change.words for change in changes(DRAFT, after)] == [words]


def test_of_a_long_text_only_the_place_that_differs_is_quoted_and_both_are_there_whole() -> None:
    old, new = "全年举办公益演出三十场，覆盖全部乡镇。" * 3, "全年举办公益演出三十场，覆盖全部乡镇。" * 2 + "结束。"
    before = fieldpath.replace(DRAFT, "document.overall_goal", old)
    (change,) = changes(before, fieldpath.replace(DRAFT, "document.overall_goal", new))
    assert (change.before, change.after, change.path) == (old, new, "overall_goal")
    assert len(change.words) < 60


def test_the_summary_names_the_first_three_and_counts_the_rest() -> None:
    after = DRAFT
    for place in range(5):
        after = fieldpath.replace(after, f"document.projects[p3].indicators[i{place}].name", "新")
    assert summary(changes(DRAFT, after)).endswith("；等 5 处")
    assert summary(()) == "没有改动"


@given(drafts(wild=True), drafts())
def test_any_two_drafts_can_be_compared_and_equal_ones_do_not_differ(before: Draft, after: Draft) -> None:
    assert bool(changes(before, after)) == (before != after)
    assert changes(before, before) == ()
    assert all(change.words and change.place for change in changes(before, after))


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("预算80.00万元", "预算87.50万元", ([(2, 7)], [(2, 7)])),
        ("培训1场", "培训12场", ([(2, 3)], [(2, 4)])),
        ("甲乙丙", "甲丙", ([(1, 2)], [])),
        ("一样", "一样", ([], [])),
        ("按年初计划办", "按全年计划做", ([(1, 3), (5, 6)], [(1, 3), (5, 6)])),
        ("甲" * 3000 + "乙", "丙" * 3000 + "乙", ([(0, 3000)], [(0, 3000)])),
    ],
)
def test_differing_words_are_whole_numbers_and_words(old: str, new: str, places: object) -> None:
    assert differing(old, new) == places


@given(st.text("甲乙", max_size=12), st.text("甲乙", max_size=12))
def test_the_changed_middle_is_all_that_differs_and_no_more(old: str, new: str) -> None:
    start, end, new_end = changed_middle(old, new)
    assert old[:start] == new[:start]
    assert old[end:] == new[new_end:]
    middle, new_middle = old[start:end], new[start:new_end]
    assert not (middle and new_middle) or (middle[0] != new_middle[0] and middle[-1] != new_middle[-1])
    assert min(end, new_end) >= start
