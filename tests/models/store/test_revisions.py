"""Versions: kept when something changed, thinned with age, in the order they were made, brought back to the letter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from models.document import Draft
from models.store import Store, StoreError, open_store
from models.store.ages import Kept, too_many
from models.store.revisions import RULES, Revisions
from models.store.snapshot import pack, unpack
from tests.models.store.stores import connection_of, large_draft, with_goal
from tests.strategies import drafts


class Wall:
    """The clock on the wall, which the test may set forward and back."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def store(tmp_path: Path, wall: Wall) -> Store:
    store = open_store(tmp_path / "goalform.db")
    store._clock = wall
    return store


@given(drafts(wild=True))
def test_a_version_comes_back_to_the_letter(draft: Draft) -> None:
    assert unpack(pack(draft)) == draft


def test_a_version_survives_the_program_and_the_draft_s_later_edits(store: Store) -> None:
    draft = large_draft(projects=3, rows=4)
    draft_id = store.create(draft)
    assert Revisions(store).keep(draft_id, draft, "named", "送审稿")
    store.save(draft_id, with_goal(draft, "改了"), draft)
    store.close()
    revisions = Revisions(open_store(store.path))
    (kept,) = revisions.list(draft_id)
    assert (kept.name, kept.reason) == ("送审稿", "named")
    assert revisions.load(kept.sequence) == draft


def test_an_unchanged_document_makes_no_version(store: Store) -> None:
    revisions, draft = Revisions(store), large_draft(2, 2)
    draft_id = store.create(draft)
    assert revisions.keep(draft_id, draft, "opened")
    assert not revisions.keep(draft_id, replace(draft), "hourly")
    assert not revisions.keep(draft_id, draft, "named", "送审稿")
    assert not revisions.keep(draft_id, draft, "named", "终稿")
    assert [(kept.reason, kept.name) for kept in revisions.list(draft_id)] == [("opened", "送审稿、终稿")]


def test_versions_stand_in_the_order_they_were_made_though_the_clock_is_set_back(store: Store, wall: Wall) -> None:
    revisions = Revisions(store)
    draft_id = store.create(Draft())
    for number in range(3):
        revisions.keep(draft_id, with_goal(Draft(), str(number)), "hourly")
        wall.now -= timedelta(days=400)
    loaded = [revisions.load(kept.sequence).document.overall_goal for kept in revisions.list(draft_id)]
    assert loaded == ["2", "1", "0"]


def test_old_versions_are_thinned_and_named_ones_stay(store: Store, wall: Wall) -> None:
    revisions = Revisions(store)
    draft_id = store.create(Draft())
    for day in range(120):
        for hour in range(2):
            name = "留" if (day, hour) == (10, 0) else ""
            revisions.keep(draft_id, with_goal(Draft(), f"{day} {hour}"), "hourly", name)
            wall.now += timedelta(hours=1)
        wall.now += timedelta(hours=22)
    kept = revisions.list(draft_id)
    goals = [revisions.load(version.sequence).document.overall_goal for version in kept]
    assert goals[:2] == ["119 1", "119 0"]
    assert "10 0" in goals
    assert goals[2:33] == [f"{day} 1" for day in range(118, 87, -1)]
    assert len(goals) <= 2 + 31 + 4 + 1


def test_a_wrong_date_thins_nothing_that_was_made_today() -> None:
    """The clock said 2031 for a while."""
    states = [Kept(1, date(2031, 1, 1)), Kept(2, date(2031, 1, 1)), Kept(3, date(2026, 11, 20))]
    assert too_many(states, RULES) == ()


def test_versions_go_with_their_draft_alone(store: Store) -> None:
    revisions = Revisions(store)
    first, second = store.create(Draft()), store.create(Draft())
    revisions.keep(first, Draft(), "opened")
    revisions.keep(second, Draft(), "opened")
    store.delete(first)
    assert revisions.list(first) == ()
    assert len(revisions.list(second)) == 1


def test_a_version_of_a_large_draft_takes_little_room(store: Store) -> None:
    assert len(pack(large_draft())) < 60_000


def test_a_version_damaged_on_the_disk_is_refused_in_words(store: Store) -> None:
    revisions = Revisions(store)
    draft_id = store.create(Draft())
    revisions.keep(draft_id, Draft(), "opened")
    connection_of(store).execute("UPDATE revisions SET content = x'00'")
    with pytest.raises(StoreError, match="另一个版本"):
        revisions.load(revisions.list(draft_id)[0].sequence)
    with pytest.raises(StoreError, match="不在了"):
        revisions.load(99)


def test_a_kept_version_is_on_the_disk_at_once(store: Store) -> None:
    draft_id = store.create(Draft())
    Revisions(store).keep(draft_id, Draft(), "opened")
    other = open_store(store.path)
    assert len(Revisions(other).list(draft_id)) == 1
