"""Field paths: every field has one, and replace, insert, remove and move do what they say and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import fieldpath
from models.document.fieldpath import PathError
from models.document.tree import Draft, GoalDocument, Indicator, Items, Project, SubGoal
from tests.models.paths import leaves, lists
from tests.strategies import documents, drafts

DOCUMENT = GoalDocument(
    year=2025,
    sub_goals=Items(items=(SubGoal("s1", heading="甲"), SubGoal("s2", heading="乙"))),
    projects=(
        Project("p1", goals=("一", "二"), indicators=(Indicator("i1", value="≥1次"), Indicator("i2"))),
        Project("p2"),
    ),
)


@given(drafts(wild=True))
def test_every_field_is_reached_by_its_path(draft: Draft) -> None:
    found = dict(leaves(draft))
    assert "document.overall_goal" in found
    for path, value in found.items():
        if not path.startswith("ignored["):
            assert fieldpath.get(draft, path) is value, path


@given(documents(wild=True), st.data())
def test_replacing_changes_that_field_alone(document: GoalDocument, data: st.DataObject) -> None:
    before = dict(leaves(document))
    path = data.draw(st.sampled_from(sorted(before)))
    after = fieldpath.replace(document, path, "新的内容")
    assert dict(leaves(after)) == before | {path: "新的内容"}
    assert fieldpath.replace(after, path, before[path]) == document


@given(documents(), st.data())
def test_replacing_shares_every_untouched_part(document: GoalDocument, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(path for path, _value in leaves(document))))
    after = fieldpath.replace(document, path, "新的内容")
    for old, new in zip(document.projects, after.projects, strict=True):
        assert (new is old) == (not path.startswith(f"projects[{old.id}]"))
    assert (after.sub_goals is document.sub_goals) == (not path.startswith("sub_goals"))


@given(documents(), st.data())
def test_replacing_with_what_stands_there_gives_the_same_document(document: GoalDocument, data: st.DataObject) -> None:
    path, value = data.draw(st.sampled_from(sorted(leaves(document), key=lambda leaf: leaf[0])))
    equal = "".join(list(value)) if isinstance(value, str) else value  # a text of the same letters, another object
    assert fieldpath.replace(document, path, equal) is document


def test_a_year_typed_again_is_no_change() -> None:
    assert fieldpath.replace(DOCUMENT, "year", int("2025")) is DOCUMENT


def test_true_is_not_one() -> None:
    document = fieldpath.replace(DOCUMENT, "sub_goals[s1].run_in", 0)
    assert fieldpath.get(document, "sub_goals[s1].run_in") is not False


@given(documents(wild=True), st.data())
def test_insert_and_remove_undo_each_other(document: GoalDocument, data: st.DataObject) -> None:
    path, parts = data.draw(st.sampled_from(sorted(lists(document), key=lambda found: found[0])))
    index = data.draw(st.integers(0, len(parts)))
    new = Indicator("new1")
    after = fieldpath.insert(document, path, index, new)
    assert fieldpath.get(after, f"{path}[new1]") is new
    assert fieldpath.index_of(after, f"{path}[new1]") == index
    assert fieldpath.remove(after, f"{path}[new1]") == document


@given(documents(wild=True), st.data())
def test_moving_keeps_the_others_in_order(document: GoalDocument, data: st.DataObject) -> None:
    with_parts = [(path, parts) for path, parts in lists(document) if parts and hasattr(parts[0], "id")]
    if not with_parts:
        return
    path, parts = data.draw(st.sampled_from(sorted(with_parts, key=lambda found: found[0])))
    part = data.draw(st.sampled_from(parts))
    index = data.draw(st.integers(-2, len(parts) + 2))
    after = fieldpath.move(document, f"{path}[{part.id}]", index)
    moved = dict(lists(after))[path]
    assert moved.index(part) == max(0, min(index, len(parts) - 1))
    assert [other for other in moved if other is not part] == [other for other in parts if other is not part]
    assert fieldpath.move(after, f"{path}[{part.id}]", parts.index(part)) == document


def test_an_index_outside_goes_to_the_ends() -> None:
    first = fieldpath.insert(DOCUMENT, "projects", -5, Project("p0"))
    last = fieldpath.insert(DOCUMENT, "projects", 99, Project("p9"))
    assert [project.id for project in first.projects] == ["p0", "p1", "p2"]
    assert [project.id for project in last.projects] == ["p1", "p2", "p9"]


def test_a_place_in_a_list_of_texts_is_counted_from_zero() -> None:
    assert fieldpath.get(DOCUMENT, "projects[p1].goals[1]") == "二"
    assert fieldpath.remove(DOCUMENT, "projects[p1].goals[0]").projects[0].goals == ("二",)
    assert fieldpath.replace(DOCUMENT, "projects[p1].spending_plan[2]", "60%").projects[0].spending_plan[2] == "60%"


def test_a_path_survives_reordering() -> None:
    after = fieldpath.move(DOCUMENT, "projects[p1]", 1)
    assert fieldpath.get(after, "projects[p1].indicators[i1].value") == "≥1次"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            ".",
            ".year",
            "year.",
            "a..b",
            "[p1]",
            "projects[",
            "projects]",
            "projects[]",
            "projects[p1]name",
            "year x",
        ),
        *("no_such_field", "projects[p9]", "projects[p1].indicators[i9].value", "projects[p1].goals[2]", "projects[0]"),
        *("overall_goal.x", "overall_goal[0]", "projects.name", "year[0]", "projects[p1].goals[一]", "Year"),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error(path: str) -> None:
    with pytest.raises(PathError):
        fieldpath.get(DOCUMENT, path)
    with pytest.raises(PathError):
        fieldpath.replace(DOCUMENT, path, "")


@pytest.mark.parametrize("path", ["projects", "year", "projects[p1].name", "projects[p9]", "projects[p1]x"])
def test_only_a_part_can_be_removed_or_moved(path: str) -> None:
    with pytest.raises(PathError):
        fieldpath.remove(DOCUMENT, path)
    with pytest.raises(PathError):
        fieldpath.move(DOCUMENT, path, 0)
    with pytest.raises(PathError):
        fieldpath.index_of(DOCUMENT, path)


def test_nothing_is_inserted_into_what_is_no_list() -> None:
    with pytest.raises(PathError):
        fieldpath.insert(DOCUMENT, "overall_goal", 0, "甲")


@given(documents(wild=True), st.data())
def test_replacing_many_is_replacing_one_after_the_other(document: GoalDocument, data: st.DataObject) -> None:
    before = dict(leaves(document))
    paths = data.draw(st.lists(st.sampled_from(sorted(before)), max_size=12, unique=True))
    values = {path: data.draw(st.sampled_from(["新的内容", before[path]])) for path in paths}
    after = fieldpath.replace_all(document, values)
    assert dict(leaves(after)) == before | values
    for old, new in zip(document.projects, after.projects, strict=True):
        assert (new is old) == (new == old)
    assert (after is document) == (values.items() <= before.items())


def test_many_parts_are_replaced_in_one_go() -> None:
    rows = tuple(Indicator(f"i{number}") for number in range(20_000))
    document = replace(DOCUMENT, projects=(Project("p1", indicators=rows),))
    values = {f"projects[p1].indicators[i{number}].name": f"第{number}项" for number in range(20_000)}
    (project,) = fieldpath.replace_all(document, values).projects
    assert [row.name for row in project.indicators] == list(values.values())


@pytest.mark.parametrize("path", ["projects[p9].name", "projects[p1].goals[2]", "sub_goals[s1].nothing"])
def test_replacing_many_tells_of_a_path_that_leads_nowhere(path: str) -> None:
    with pytest.raises(PathError):
        fieldpath.replace_all(DOCUMENT, {"year": 2026, path: "新"})
