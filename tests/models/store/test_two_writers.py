"""Two writers on one file, and files that take its place: neither overwrites the other, and saving goes on."""

import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.session.session import Session
from models.store import Store
from models.store.conflict import other_of, settle
from models.store.revisions import Revisions
from tests.models.store.stores import large_draft, with_goal
from tests.opening import open_store

BEFORE = with_goal(large_draft(projects=2, rows=2), "原来的目标")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that holds one draft, closed."""
    path = tmp_path / "goalform.db"
    with closing(open_store(path)) as store:
        store.create(BEFORE)
    return path


@pytest.fixture
def stores(path: Path) -> Iterator[tuple[Store, Store]]:
    """Two of them over one file, as two windows have them."""
    with closing(open_store(path)) as one, closing(open_store(path)) as other:
        yield one, other


def session(store: Store, draft_id: int = 1) -> Session:
    return Session(store.load(draft_id), store, draft_id)


def goals(store: Store) -> dict[int, str]:
    """Number → overall goal of the drafts outside the trash."""
    return {line.id: store.load(line.id).document.overall_goal for line in store.list() if not line.deleted}


def versions(store: Store, draft_id: int) -> list[str]:
    revisions = Revisions(store)
    return [revisions.load(one.sequence).document.overall_goal for one in revisions.list(draft_id)]


def replace_by(path: Path, content: bytes) -> None:
    """As sync tools do it: another file of that name."""
    if os.name == "nt":
        pytest.skip("Windows lets nobody replace a file that is open")
    incoming = path.with_name("incoming.tmp")
    incoming.write_bytes(content)
    incoming.replace(path)


# two writers


def test_of_two_texts_saved_over_one_neither_is_overwritten(stores: tuple[Store, Store]) -> None:
    one, other = map(session, stores)
    heard: list[str] = []
    other.when_parted = lambda error: heard.append(str(error))
    one.edit("overall_goal", "甲写的")
    other.edit("overall_goal", "乙写的")
    assert one.save()
    assert other.save()
    assert one.draft_id == 1 != other.draft_id
    assert "在别处也改过" in heard[0]
    assert sorted(goals(stores[0]).values()) == sorted(["甲写的", "乙写的"])
    for draft_id in (1, other.draft_id):
        assert versions(stores[0], draft_id) == ["乙写的", "甲写的"]
    assert other_of(stores[0], 1) == other.draft_id
    assert other_of(stores[0], other.draft_id) == 1


def test_both_go_on_saving_after_they_parted(stores: tuple[Store, Store]) -> None:
    one, other = map(session, stores)
    for number in range(4):
        one.edit("overall_goal", f"甲{number}")
        other.edit("overall_goal", f"乙{number}")
        one.save()
        other.save()
    assert sorted(goals(stores[0]).values()) == ["乙3", "甲3"]


def test_who_goes_on_from_what_the_other_saved_is_in_nobody_s_way(stores: tuple[Store, Store]) -> None:
    one = session(stores[0])
    one.edit("overall_goal", "甲写的")
    one.save()
    other = session(stores[1])
    other.edit("overall_goal", "接着写")
    other.save()
    assert goals(stores[0]) == {1: "接着写"}


def test_a_text_the_other_one_put_back_is_no_conflict(stores: tuple[Store, Store]) -> None:
    one, other = map(session, stores)
    one.edit("overall_goal", "写了")
    one.save()
    one.undo()
    one.save()
    other.edit("overall_goal", "乙写的")
    other.save()
    assert goals(stores[0]) == {1: "乙写的"}


def test_the_same_words_typed_twice_are_no_conflict(stores: tuple[Store, Store]) -> None:
    one, other = map(session, stores)
    for typed in (one, other):
        typed.edit("overall_goal", "一样的")
        typed.save()
    assert goals(stores[0]) == {1: "一样的"}
    other.edit("overall_goal", "一样的，再加一句")
    other.save()
    assert goals(stores[0]) == {1: "一样的，再加一句"}


def test_a_draft_read_meanwhile_for_something_else_does_not_hide_the_conflict(stores: tuple[Store, Store]) -> None:
    one, other = map(session, stores)
    one.edit("overall_goal", "甲写的")
    one.save()
    assert stores[1].load(1).document.overall_goal == "甲写的"  # to be compared with, or checked
    other.edit("overall_goal", "乙写的")
    other.save()
    assert sorted(goals(stores[0]).values()) == sorted(["甲写的", "乙写的"])


def test_a_draft_deleted_for_good_by_the_other_one_is_made_again(stores: tuple[Store, Store]) -> None:
    one = session(stores[0])
    stores[1].delete(1)
    one.edit("overall_goal", "还在写")
    one.save()
    assert goals(stores[1]) == {one.draft_id: "还在写"}
    assert other_of(stores[1], one.draft_id) == 0


def test_a_draft_somebody_works_on_comes_out_of_the_trash(stores: tuple[Store, Store]) -> None:
    one = session(stores[0])
    stores[1].trash(1)
    one.edit("overall_goal", "还在写")
    one.save()
    assert goals(stores[1]) == {1: "还在写"}


def test_what_belongs_to_a_draft_goes_with_both_texts(stores: tuple[Store, Store]) -> None:
    Revisions(stores[0]).keep(1, BEFORE, "named", "送审稿")
    stores[0].set_place(1, "overall_goal", 2)
    stores[0].remember("last-year.1", "7")
    stores[0].remember("last-year.11", "8")
    one, other = map(session, stores)
    one.edit("overall_goal", "甲写的")
    other.edit("overall_goal", "乙写的")
    one.save()
    other.save()
    assert "送审稿" in [version.name for version in Revisions(stores[0]).list(other.draft_id)]
    assert stores[0].place(other.draft_id).path == "overall_goal"
    assert stores[0].recall(f"last-year.{other.draft_id}") == "7"


@pytest.mark.parametrize("chosen", ["the first", "the second", "both"])
def test_the_user_chooses_and_what_was_not_chosen_is_in_the_trash(stores: tuple[Store, Store], chosen: str) -> None:
    one, other = map(session, stores)
    one.edit("overall_goal", "甲写的")
    other.edit("overall_goal", "乙写的")
    one.save()
    other.save()
    kept, dropped = (1, other.draft_id) if chosen == "the first" else (other.draft_id, 1)
    settle(stores[0], kept, None if chosen == "both" else dropped)
    assert kept in goals(stores[0])
    assert (dropped in goals(stores[0])) == (chosen == "both")
    assert stores[0].load(dropped) in (one.draft, other.draft)
    assert other_of(stores[0], kept) == other_of(stores[0], dropped) == 0


@pytest.mark.parametrize("seed", range(12))
def test_whatever_two_writers_do_no_saved_word_is_lost(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    stores = [open_store(path), open_store(path)]
    sessions = [session(store) for store in stores]
    based_on = ["原来的目标"] * 2
    saved: set[str] = set()
    for number in range(30):
        who = chance.randrange(2)
        what = chance.choice(["edit", "edit", "save", "save", "confirm", "reopen", "sync"])
        if what == "edit":
            sessions[who].edit("overall_goal", f"{'甲乙'[who]}{number}")
        elif what in {"save", "confirm"}:
            sessions[who].save(confirm=what == "confirm")
            saved.discard(based_on[who])  # which the writer saw and changed
            based_on[who] = sessions[who].document.overall_goal
            saved.add(based_on[who])
        elif what == "reopen" and sessions[who].is_saved:
            sessions[who].save(confirm=True)
            sessions[who] = session(stores[who], chance.choice(list(goals(stores[who]))))
            based_on[who] = sessions[who].document.overall_goal
        elif what == "sync":
            replace_by(path, path.read_bytes())
    for who in range(2):
        sessions[who].save(confirm=True)
        saved = saved - {based_on[who]} | {sessions[who].document.overall_goal}
    found = set(goals(stores[0]).values())
    for line in stores[0].list():
        found |= set(versions(stores[0], line.id))
    assert saved <= found
    assert all(stores[0].is_whole(line.id) for line in stores[0].list())
    for store in stores:
        store.close()


# asked on the way out, with nothing to write


def test_a_text_that_is_there_is_confirmed_and_nothing_is_written(path: Path) -> None:
    with closing(open_store(path)) as store:
        one = session(store)
        before = path.read_bytes()
        assert not one.save(confirm=True)
        assert path.read_bytes() == before
        assert one.draft_id == 1


def test_words_somebody_went_on_from_stay_as_a_version(stores: tuple[Store, Store]) -> None:
    one = session(stores[0])
    one.edit("overall_goal", "甲写的")
    one.save()
    other = session(stores[1])
    other.edit("overall_goal", "接着写")
    other.save()
    one.save(confirm=True)
    one.save(confirm=True)
    assert one.draft_id == 1
    assert goals(stores[0]) == {1: "接着写"}
    assert versions(stores[0], 1) == ["甲写的"]


def test_words_that_are_no_longer_in_the_file_are_put_there(path: Path) -> None:
    old = path.read_bytes()
    with closing(open_store(path)) as store:
        one = session(store)
        one.edit("overall_goal", "写好的")
        one.save()
        replace_by(path, old)
        one.save(confirm=True)
        assert sorted(goals(store).values()) == sorted(["原来的目标", "写好的"])


# another file in its place
