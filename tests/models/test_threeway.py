"""One unit's changes against the department's, part by part: what comes together, and under which path the rest is asked about."""

from dataclasses import replace

from models.document import fieldpath
from models.document.tree import GoalDocument, Items, Project, SubGoal, Unit
from models.merge.threeway import Choice, ThreeWay

BASE = GoalDocument(
    sub_goals=Items("引言", "（{cn}）", (SubGoal("s1", heading="灌溉", goal="修渠"), SubGoal("s2", heading="培训"))),
    projects=(Project("p1", goals=("甲", "乙"), spending_plan=("10%", "30%", "60%", "100%")),),
)


def three_way(decided: dict[str, Choice] | None = None) -> ThreeWay:
    return ThreeWay(0, Unit("1", "甲站"), {(0, path): choice for path, choice in (decided or {}).items()})


def test_other_places_of_one_list_changed_on_either_side_come_together() -> None:
    theirs = fieldpath.replace(
        fieldpath.replace(BASE, "projects[p1].goals[0]", "单位"), "projects[p1].spending_plan[0]", "5%"
    )
    ours = fieldpath.replace(BASE, "projects[p1].goals[1]", "部门")
    merge = three_way()
    (project,), (last,) = merge.parts("projects", BASE.projects, theirs.projects, ours.projects)
    assert (project.goals, project.spending_plan) == (("单位", "部门"), ("5%", "30%", "60%", "100%"))
    assert last == theirs.projects[0]
    assert merge.conflicts == []


def test_the_same_place_changed_on_both_sides_is_asked_about_alone() -> None:
    theirs = fieldpath.replace(BASE, "projects[p1].goals[0]", "单位")
    ours = fieldpath.replace(BASE, "projects[p1].goals[0]", "部门")
    merge = three_way()
    (project,), _last = merge.parts("projects", BASE.projects, theirs.projects, ours.projects)
    assert project.goals == ("部门", "乙")
    assert [conflict.path for conflict in merge.conflicts] == ["projects[p1].goals[0]"]


def test_lists_that_are_no_longer_as_long_are_asked_about_as_a_whole() -> None:
    theirs = fieldpath.replace(BASE, "projects[p1].goals", ("甲", "乙", "丙"))
    ours = fieldpath.replace(BASE, "projects[p1].goals", ("甲",))
    for path, wanted in ((None, ("甲",)), ("projects[p1].goals", ("甲", "乙", "丙"))):
        merge = three_way({path: Choice.THEIRS} if path else None)
        (project,), _last = merge.parts("projects", BASE.projects, theirs.projects, ours.projects)
        assert [conflict.path for conflict in merge.conflicts] == ["projects[p1].goals"]
        assert project.goals == wanted


def test_the_items_of_a_section_are_merged_under_their_own_paths() -> None:
    theirs = fieldpath.replace(fieldpath.replace(BASE, "sub_goals[s1].goal", "单位"), "sub_goals.preface", "单位的引言")
    theirs = fieldpath.insert(theirs, "sub_goals", 1, SubGoal("s9", heading="服务"))
    ours = fieldpath.replace(fieldpath.replace(BASE, "sub_goals[s1].goal", "部门"), "sub_goals[s2].heading", "大培训")
    merge = three_way()
    merged, last = merge.merge("sub_goals", BASE.sub_goals, theirs.sub_goals, ours.sub_goals)
    assert [conflict.path for conflict in merge.conflicts] == ["sub_goals[s1].goal"]
    assert merged.preface == "单位的引言"
    assert [(item.id, item.heading, item.goal) for item in merged.items] == [
        ("s1", "灌溉", "部门"),
        ("s9", "服务", None),
        ("s2", "大培训", None),
    ]
    # The unit's words are asked about again: what was merged last is still what stood there before.
    assert last.items[0] == replace(BASE.sub_goals.items[0])
