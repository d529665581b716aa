"""Versions: kept when something changed, thinned with age, in the order they were made, brought back to the letter."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.tree import Draft
from models.exchange.package_contents import NamedVersion
from models.store import Store, StoreError
from models.store.ages import Kept, too_many
from models.store.backup import RULES as BACKUP_RULES
from models.store.revisions import RULES, Revisions
from models.store.snapshot import pack, unpack
from tests.models.store.stores import connection_of, large_draft, with_goal
from tests.opening import open_store
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


@pytest.fixture(params=["Asia/Shanghai", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands there."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone is the system's own")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("made", ["9999-12-31T23:30:00+00:00", "0001-01-01T00:30:00+00:00", "昨天", ""])
def test_a_date_of_no_calendar_in_a_package_hinders_no_later_version(store: Store, made: str) -> None:
    draft = large_draft(projects=1, rows=1)
    draft_id = store.create(draft)
    revisions = Revisions(store)
    revisions.bring(draft_id, [NamedVersion(made, "送审稿", draft)])
    assert revisions.keep(draft_id, with_goal(draft, "改了"), "opened")
    assert {kept.made for kept in revisions.list(draft_id)} == {"2026-11-20T02:00:00+00:00"}


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


LAST_TWO_WEEKS = [Kept(place, date(2026, 11, place)) for place in range(1, 15)]


@pytest.mark.parametrize("wrong", [date(1970, 1, 1), date(2000, 1, 1), date(2099, 3, 1)])
@pytest.mark.parametrize("place", [-1, 0, 5, 14])
def test_a_clock_that_is_decades_wrong_for_a_while_thins_nothing_else(place: int, wrong: date) -> None:
    """An empty battery, or a typing error: the versions before and after it are as old as they are."""
    states = [*LAST_TWO_WEEKS[: place % 15], Kept(99, wrong), *LAST_TWO_WEEKS[place % 15 :]]
    states = [replace(state, sequence=number) for number, state in enumerate(states)]
    assert len(too_many(states, RULES)) <= 1  # it counts as of its neighbour's day
    kept = {state.day for state in states if state.sequence not in too_many(states, BACKUP_RULES)} - {wrong}
    assert len(kept) >= 6


@pytest.mark.parametrize("wrong", [date(1970, 1, 1), date(2099, 3, 1)])
@pytest.mark.parametrize("place", [1, 120, 239])
def test_a_clock_that_was_wrong_once_does_not_keep_everything_for_ever(place: int, wrong: date) -> None:
    days = [date(2026, 1, 1) + timedelta(number // 2) for number in range(240)]

    def thinned(days: list[date]) -> int:
        return len(too_many([Kept(number, day) for number, day in enumerate(days)], RULES))

    assert thinned(days) > 180
    assert abs(thinned([*days[:place], wrong, *days[place:]]) - thinned(days)) <= 1


@given(st.lists(st.dates(date(1970, 1, 1), date(2099, 12, 31)), max_size=40))
def test_whatever_the_clock_said_the_newest_and_the_named_stay_and_a_copy_of_each_month(days: list[date]) -> None:
    states = [Kept(number, day, number % 5 == 0) for number, day in enumerate(days)]
    gone = set(too_many(states, RULES))
    assert len(states) - 1 not in gone
    assert not any(state.for_good for state in states if state.sequence in gone)
    in_order = [replace(state, day=day) for state, day in zip(states, sorted(days), strict=True)]
    gone = set(too_many(in_order, RULES))
    months = {(state.day.year, state.day.month) for state in in_order if not state.for_good}
    assert months == {(s.day.year, s.day.month) for s in in_order if s.sequence not in gone and not s.for_good}


def test_a_pause_of_years_does_not_make_the_last_month_of_work_one_version() -> None:
    states = [*LAST_TWO_WEEKS, Kept(20, date(2029, 1, 8))]
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
