"""Drafts in the store: what comes back, what the start page lists, the trash, places, small settings."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from models.document.tree import Draft, GoalDocument, Headings, Items, Measure, Project, SubGoal
from models.document.values import money
from models.store import DraftSummary, Place, Store, StoreError
from tests.models.store.stores import connection_of, large_draft, temporary_store, with_goal
from tests.opening import open_store
from tests.strategies import drafts


@given(drafts(wild=True))
def test_a_draft_comes_back_to_the_letter(draft: Draft) -> None:
    with temporary_store() as store:
        draft_id = store.create(draft)
        assert store.load(draft_id) == draft
        copy = store.duplicate(draft_id)
        assert store.load(copy) == replace(draft, state="草稿")
        assert copy != draft_id


@pytest.fixture
def store(tmp_path: Path) -> Store:
    more = "" if os.name == "nt" else "?"  # which Windows allows in no name
    return open_store(tmp_path / f"新建 文件夹%20#{more}" / "goalform.db")


def test_nothing_and_empty_are_not_the_same(store: Store) -> None:
    document = GoalDocument(
        title="",
        headings=Headings(part_one="", part_two=None),
        sub_goals=Items(
            items=(SubGoal("s1", number=None, goal=None), SubGoal("s2", number="", goal="", indicator=None))
        ),
        safeguards=Items(items=(Measure("m1", number=""),)),
        projects=(Project("p1", goals=("",), spending_plan=("", " ", "\t", "0")),),
        unplaced=("",),
    )
    assert store.load(store.create(Draft(document))).document == document


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        " 　\t",
        "\r\n",
        "'; DROP TABLE drafts; --",
        "😀𠮷𰻝é\u200e",
        "\x7f\x85\u2028",
        "1.0",
        "NULL",
        '["甲"]',
        "0x1F",
    ],
)
def test_odd_texts_come_back_to_the_letter(store: Store, text: str) -> None:
    draft = replace(
        with_goal(Draft(), text),
        document=GoalDocument(
            title=text, overall_goal=text, projects=(Project("p1", budget=text, goals=(text,)),), unplaced=(text,)
        ),
    )
    assert store.load(store.create(draft)) == draft


def test_a_text_of_a_million_characters_comes_back(store: Store) -> None:
    draft = with_goal(Draft(), "绩效目标" * 300_000)
    assert store.load(store.create(draft)) == draft


def test_the_start_page_lists_what_it_shows(store: Store) -> None:
    first = store.create(large_draft(projects=3, rows=1))
    assert store.list() == (
        DraftSummary(
            *(first, 2026, "806001", "青禾县文化服务中心", "草稿"),
            project_count=3,
            budget=Decimal("495.00"),
            modified=store.list()[0].modified,
            deleted=False,
        ),
    )
    assert datetime.fromisoformat(store.list()[0].modified).utcoffset() == timedelta(0)


def test_budgets_are_summed_in_ten_thousand_yuan_and_what_is_no_amount_is_left_out(store: Store) -> None:
    projects = (
        Project("p1", budget="1,650,000", amount_unit="元"),
        Project("p2", budget="０.５"),
        Project("p3", budget="约30"),
        Project("p4", budget="9" * 1_000_001),
        Project("p5", budget="3", amount_unit="美元"),
    )
    store.create(Draft(GoalDocument(projects=projects)))
    assert (store.list()[0].budget, store.list()[0].project_count) == (Decimal("165.5"), 5)


@given(drafts(wild=True))
def test_the_list_agrees_with_the_draft(draft: Draft) -> None:
    with temporary_store() as store:
        store.create(draft)
        (line,) = store.list()
        amounts = [money(project.budget, project.amount_unit) for project in draft.document.projects]
        assert line.budget == sum(amount for amount in amounts if amount is not None)
        document = draft.document
        assert (line.year, line.unit_code, line.unit_name) == (document.year, document.unit.code, document.unit.name)
        assert (line.state, line.project_count) == (draft.state, len(document.projects))


def test_the_draft_saved_last_comes_first_even_when_the_clock_is_set_back(tmp_path: Path) -> None:
    hours = iter(range(23, 0, -1))
    store = open_store(tmp_path / "goalform.db")
    clocked = Store(
        connection_of(store),
        store.path,
        False,
        lambda: datetime(2026, 1, 1, next(hours), tzinfo=timezone(timedelta(hours=8))),
    )
    first, second = clocked.create(Draft()), clocked.create(Draft())
    assert [line.id for line in clocked.list()] == [second, first]
    clocked.save(first, with_goal(Draft(), "目标"), Draft())
    assert [line.id for line in clocked.list()] == [first, second]
    assert [line.modified for line in clocked.list()] == ["2026-01-01T13:00:00+00:00", "2026-01-01T14:00:00+00:00"]


def test_saving_moves_the_time_of_the_last_change(tmp_path: Path) -> None:
    store = open_store(tmp_path / "goalform.db")
    now = [datetime(2026, 3, 1, 8, tzinfo=UTC)]
    clocked = Store(connection_of(store), store.path, False, lambda: now[0])
    draft_id = clocked.create(Draft())
    now[0] += timedelta(minutes=5)
    clocked.trash(draft_id)
    clocked.restore(draft_id)
    clocked.set_place(draft_id, "overall_goal")
    assert clocked.list()[0].modified == "2026-03-01T08:00:00+00:00"
    clocked.save(draft_id, with_goal(Draft(), "目标"), Draft())
    assert clocked.list()[0].modified == "2026-03-01T08:05:00+00:00"


def test_the_trash_gives_back_and_deleting_does_not(store: Store) -> None:
    draft = large_draft(projects=2, rows=2)
    kept, gone = store.create(draft), store.create(draft)
    store.trash(gone)
    assert {line.id: line.deleted for line in store.list()} == {kept: False, gone: True}
    assert store.load(gone) == draft
    store.restore(gone)
    assert {line.deleted for line in store.list()} == {False}
    store.delete(gone)
    assert [line.id for line in store.list()] == [kept]
    assert store.load(kept) == draft
    rows = connection_of(store).execute("SELECT count(*) FROM indicators").fetchone()
    assert rows == (4,)


def test_the_number_of_a_deleted_draft_is_never_given_again(store: Store) -> None:
    first = store.create(Draft())
    store.delete(first)
    assert store.create(Draft()) > first


def test_a_draft_that_is_gone_is_told_and_nothing_is_written(store: Store) -> None:
    draft_id = store.create(Draft())
    store.delete(draft_id)
    for call in (
        lambda: store.load(draft_id),
        lambda: store.save(draft_id, Draft(), None),
        lambda: store.save(draft_id, with_goal(Draft(), "甲"), Draft()),
        lambda: store.duplicate(draft_id),
        lambda: store.trash(draft_id),
        lambda: store.restore(draft_id),
        lambda: store.delete(draft_id),
        lambda: store.set_place(draft_id, "year"),
    ):
        with pytest.raises(StoreError, match=r"goalform\.db 中已没有这份草稿") as caught:
            call()
        assert caught.value.fault == "missing"
    assert store.list() == ()
    assert store.place(draft_id) == Place()


def test_reopening_returns_to_the_last_place(store: Store) -> None:
    draft_id, other = store.create(Draft()), store.create(Draft())
    assert store.place(draft_id) == Place("", 0)
    store.set_place(draft_id, "projects[p1].budget", 5)
    store.set_place(draft_id, "projects[p1].name", 5)
    store.close()
    reopened = open_store(store.path)
    assert reopened.place(draft_id) == Place("projects[p1].name", 5)
    assert reopened.place(other) == Place()


def test_small_settings_are_remembered(store: Store) -> None:
    assert store.recall("unit.name") == ""
    assert store.recall("unit.name", "无") == "无"
    store.remember("unit.name", "青禾县文化服务中心")
    store.remember("unit.name", "白杨街道办事处")
    store.close()
    assert open_store(store.path).recall("unit.name") == "白杨街道办事处"


def test_everything_is_one_file(store: Store) -> None:
    store.create(large_draft(projects=2))
    store.close()
    others = [file.name for file in store.path.parent.iterdir() if file.stat().st_size and file != store.path]
    assert others == []
