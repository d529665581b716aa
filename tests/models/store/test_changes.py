"""Saving by difference: right for any two drafts, and only what changed is written."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from models.document import fieldpath
from models.document.tree import Draft, IgnoredProblem, Indicator, Measure, Project, SubGoal
from models.store import Store, StoreError
from tests.models.store.stores import connection_of, large_draft, temporary_store, with_goal, writes
from tests.opening import open_store
from tests.strategies import drafts


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "goalform.db")


@given(drafts(wild=True), drafts())
def test_any_draft_may_follow_any_other(first: Draft, second: Draft) -> None:
    with temporary_store() as store:
        other = store.create(first)
        draft_id = store.create(first)
        for after, saved in ((second, first), (first, second), (Draft(), first), (second, Draft()), (first, None)):
            store.save(draft_id, after, saved)
            assert store.load(draft_id) == after
        assert store.load(other) == first


def shuffled(draft: Draft) -> Draft:
    """Projects turned round, each one's first row moved to the next project's end: every place and owner changes."""
    projects = draft.document.projects[::-1]
    rows = [project.indicators for project in projects]
    moved = tuple(
        replace(project, indicators=rows[place][1:] + rows[place - 1][:1]) for place, project in enumerate(projects)
    )
    return replace(draft, document=replace(draft.document, projects=moved))


@given(drafts(wild=True))
def test_parts_may_change_places_and_owners(draft: Draft) -> None:
    with temporary_store() as store:
        draft_id = store.create(draft)
        after = shuffled(draft)
        store.save(draft_id, after, draft)
        assert store.load(draft_id) == after
        store.save(draft_id, draft, after)
        assert store.load(draft_id) == draft


def edited(draft: Draft, path: str, value: object) -> Draft:
    return fieldpath.replace(draft, f"document.{path}", value)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("projects[p3].indicators[i3f1].value", "≥5次", ["UPDATE drafts", "UPDATE indicators"]),
        ("projects[p3].budget", "180.00", ["UPDATE drafts", "UPDATE projects"]),
        ("projects[p3].goals[1]", "新目标", ["UPDATE drafts", "UPDATE projects"]),
        ("overall_goal", "新目标", ["UPDATE drafts", "UPDATE drafts"]),
        ("year", 2027, ["UPDATE drafts", "UPDATE drafts"]),
    ],
)
def test_one_field_costs_one_row(store: Store, path: str, value: object, expected: list[str]) -> None:
    draft = large_draft(projects=10, rows=4)
    draft_id = store.create(draft)
    after = edited(draft, path, value)
    before = connection_of(store).total_changes
    with writes(store) as found:
        store.save(draft_id, after, draft)
    assert found == expected
    assert connection_of(store).total_changes - before == 2
    assert store.load(draft_id) == after


def test_settings_cost_one_row(store: Store) -> None:
    draft = large_draft(projects=2, rows=1)
    draft_id = store.create(draft)
    after = replace(draft, ignored=(IgnoredProblem("year", "overall_goal", "2024"),))
    with writes(store) as found:
        store.save(draft_id, after, draft)
    assert found == ["UPDATE drafts", "INSERT surroundings"]


def test_an_equal_draft_writes_no_part(store: Store) -> None:
    draft, equal = large_draft(projects=3, rows=2), large_draft(projects=3, rows=2)
    draft_id = store.create(draft)
    with writes(store) as found:
        store.save(draft_id, draft, draft)
        assert found == []
        store.save(draft_id, equal, draft)
    assert found == ["UPDATE drafts"]


def test_a_removed_row_moves_only_those_below(store: Store) -> None:
    draft = large_draft(projects=5, rows=6)
    draft_id = store.create(draft)
    after = fieldpath.remove(draft, "document.projects[p2].indicators[i2f3]")
    with writes(store) as found:
        store.save(draft_id, after, draft)
    assert Counter(found) == {"UPDATE drafts": 1, "DELETE indicators": 1, "UPDATE indicators": 2}
    assert store.load(draft_id) == after


def test_a_moved_project_moves_only_those_between(store: Store) -> None:
    draft = large_draft(projects=20, rows=2)
    draft_id = store.create(draft)
    after = fieldpath.move(draft, "document.projects[p4]", 7)
    with writes(store) as found:
        store.save(draft_id, after, draft)
    assert Counter(found) == {"UPDATE drafts": 1, "UPDATE projects": 4}
    assert store.load(draft_id) == after


def test_a_new_project_is_written_with_its_rows_alone(store: Store) -> None:
    draft = large_draft(projects=5, rows=3)
    draft_id = store.create(draft)
    after = fieldpath.insert(
        draft, "document.projects", 5, Project("pn", indicators=(Indicator("in1"), Indicator("in2")))
    )
    with writes(store) as found:
        store.save(draft_id, after, draft)
    assert Counter(found) == {"UPDATE drafts": 1, "INSERT projects": 1, "INSERT indicators": 2}
    store.save(draft_id, draft, after)
    assert store.load(draft_id) == draft


def test_lines_without_a_place_are_written_from_the_first_that_changed(store: Store) -> None:
    draft = fieldpath.replace(large_draft(1, 1), "document.unplaced", tuple("甲乙丙丁"))
    draft_id = store.create(draft)
    after = fieldpath.remove(draft, "document.unplaced[2]")
    with writes(store) as found:
        store.save(draft_id, after, draft)
    assert Counter(found) == {"UPDATE drafts": 1, "DELETE unplaced_lines": 1, "INSERT unplaced_lines": 1}
    assert store.load(draft_id) == after


def test_ids_that_occur_twice_lose_no_word(store: Store) -> None:
    twice = (
        Project("p1", name="甲", indicators=(Indicator("i1", name="一"), Indicator("i1", name="二"))),
        Project("p1", name="乙", indicators=(Indicator("i1", name="三"),)),
    )
    draft = large_draft(projects=2, rows=2)
    faulty = edited(
        edited(draft, "projects", twice), "sub_goals", replace(draft.document.sub_goals, items=(SubGoal("s1"),) * 2)
    )
    draft_id = store.create(faulty)
    assert store.load(draft_id) == faulty
    renamed = edited(faulty, "projects", (twice[0], replace(twice[1], name="丙")))
    for after, saved in ((renamed, faulty), (draft, renamed), (faulty, draft)):
        store.save(draft_id, after, saved)
        assert store.load(draft_id) == after


def test_a_goal_and_a_measure_may_share_an_id(store: Store) -> None:
    draft = fieldpath.insert(Draft(), "document.sub_goals", 0, SubGoal("x1", heading="甲"))
    draft = fieldpath.insert(draft, "document.safeguards", 0, Measure("x1", heading="乙"))
    draft_id = store.create(draft)
    after = edited(draft, "sub_goals[x1].heading", "丙")
    store.save(draft_id, after, draft)
    assert store.load(draft_id) == after


def test_a_file_that_holds_what_somebody_else_saved_is_not_written_over(store: Store) -> None:
    draft = large_draft(projects=3, rows=3)
    draft_id = store.create(draft)
    elsewhere = fieldpath.remove(draft, "document.projects[p1]")
    store.save(draft_id, elsewhere, draft)
    after = edited(draft, "projects[p1].name", "又改了名")
    with writes(store) as found, pytest.raises(StoreError, match="在别处也改过") as caught:
        store.save(draft_id, after, draft)  # as if nobody had removed it
    assert caught.value.fault == "conflict"
    assert found == []
    assert store.load(draft_id) == elsewhere
    store.save(draft_id, after, None)  # whatever is there
    assert store.load(draft_id) == after


def test_copies_of_a_draft_do_not_touch_each_other(store: Store) -> None:
    draft = large_draft(projects=3, rows=3)
    first = store.create(draft)
    second = store.duplicate(first)
    after = fieldpath.remove(edited(draft, "projects[p0].indicators[i0f0].value", "变"), "document.projects[p2]")
    store.save(first, after, draft)
    assert (store.load(first), store.load(second)) == (after, draft)


def cost(projects: int, rows: int) -> tuple[int, int]:
    """What saving one field of such a draft takes: SQLite's steps and Python's calls, the same on any machine."""
    before = large_draft(projects, rows)
    after = edited(before, "projects[p1].indicators[i1f1].value", "≥1次")
    last = edited(after, "projects[p1].indicators[i1f1].value", "≥2次")
    steps: list[None] = []
    calls: list[str] = []
    with temporary_store() as store:
        draft_id = store.create(before)
        store.save(draft_id, after, before)  # the first time, more is looked at
        connection_of(store).set_progress_handler(lambda: steps.append(None), 1)
        sys.setprofile(lambda _frame, event, _argument: calls.append(event))
        try:
            store.save(draft_id, last, after)
        finally:
            sys.setprofile(None)
            connection_of(store).set_progress_handler(None, 1)
        assert store.load(draft_id) == last
    return len(steps), sum(event in {"call", "c_call"} for event in calls)


def test_one_field_of_a_large_draft_costs_little_and_nothing_for_the_rows_that_stay() -> None:
    steps, calls = cost(200, 20)
    assert (steps, calls) == cost(200, 2)
    assert steps <= 20 * 200
    assert calls <= 40 * 200


def test_a_title_typed_again_as_it_was_is_no_change(store: Store) -> None:
    draft_id = store.create(Draft())
    after = with_goal(Draft(), "目标")
    store.save(draft_id, after, Draft())
    store.save(draft_id, Draft(), after)
    assert store.load(draft_id) == Draft()
