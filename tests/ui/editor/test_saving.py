"""Saving goes on while keys come, also where no timer of Qt gets its turn."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, GoalDocument
from models.session.session import Session
from models.store import open_store
from models.store.store_errors import StoreError
from tests.ui.editor.places import (
    CELLS,
    LETTERS,
    LINES,
    RESULT_CELLS,
    TEXTS,
    TYPED,
    Place,
    draft_to_type_into,
    value_in,
)
from ui.editor import saver as saving
from ui.editor.saver import Saver
from ui.shell.main_window import MainWindow


class Store:
    """Remembers what it was given, or refuses it."""

    def __init__(self) -> None:
        self.goals: list[str] = []
        self.attempts = 0
        self.is_full = False

    def save(self, draft_id: int, after: Draft, saved: Draft | None) -> None:
        self.attempts += 1
        if self.is_full:
            raise StoreError("full", Path("goalform.db"))
        self.goals.append(after.document.overall_goal)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def session(store: Store) -> Session:
    return Session(Draft(GoalDocument()), store, 1)


@pytest.mark.usefixtures("qapp")
def test_while_no_event_is_handled_the_keys_themselves_save(
    session: Session, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "LONGEST", 20)
    saver, end, number = Saver(session), time.monotonic() + 60, 0
    while len(store.goals) < 5 and time.monotonic() < end:
        number += 1
        session.edit("overall_goal", f"第 {number} 键")
    assert len(store.goals) == 5
    saver.stop()


def test_after_the_last_key_what_was_typed_is_saved(qtbot: QtBot, session: Session, store: Store) -> None:
    saver = Saver(session)
    session.edit("overall_goal", "最后一键")
    qtbot.waitUntil(lambda: store.goals == ["最后一键"])
    saver.stop()


@pytest.mark.usefixtures("qapp")
def test_a_store_that_refuses_is_not_asked_at_every_key_and_asked_again(
    session: Session, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "LONGEST", 0)
    saver, store.is_full = Saver(session), True
    for number in range(50):
        session.edit("overall_goal", f"第 {number} 键")
    assert store.attempts == 1
    store.is_full = False
    monkeypatch.setattr(saving, "RETRY", 0)
    session.edit("overall_goal", "又有地方了")
    assert store.goals == ["又有地方了"]
    assert session.is_saved
    saver.stop()


@pytest.mark.parametrize("kind", TYPED)
def test_words_typed_anywhere_are_on_the_disk_while_the_typing_goes_on(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """No event is handled between the keys: on a busy machine they come faster."""
    monkeypatch.setattr(saving, "LONGEST", 20)
    window.take_draft(draft_to_type_into())
    place, saved = Place(window.editor, kind), []
    window.editor.saver.saved.connect(lambda _clock: saved.append(stored(tmp_path, kind)))
    end = time.monotonic() + 60
    for letter in LETTERS:
        if len(saved) == 3 or time.monotonic() > end:
            break
        place.press(letter)
    assert len(set(saved)) == 3
    assert saved == sorted(saved, key=len)
    assert all(LETTERS.startswith(value) for value in saved)


@pytest.mark.parametrize("kind", [TEXTS[0], LINES[0], *CELLS, *RESULT_CELLS])
def test_the_last_word_is_on_the_disk_though_the_cursor_stays_in_its_place(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    window.take_draft(draft_to_type_into())
    place = Place(window.editor, kind)
    for letter in LETTERS[:5]:
        place.press(letter)
    qtbot.waitUntil(lambda: stored(tmp_path, kind) == LETTERS[:5])


@pytest.mark.soak
@pytest.mark.parametrize("kind", [TEXTS[0], LINES[0], *CELLS, *RESULT_CELLS])
def test_at_a_steady_pace_nothing_waits_five_seconds_and_the_last_key_not_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    """Takes a quarter of a minute each: the promise is one of time, and is to hold beside two busy loops, too."""
    window.take_draft(draft_to_type_into())
    place, struck, behind = Place(window.editor, kind), [], 0.0
    for letter in LETTERS[:30]:
        place.press(letter)
        struck.append(time.monotonic())
        qtbot.wait(400)
        waiting = struck[len(stored(tmp_path, kind)) :]
        behind = max(behind, time.monotonic() - waiting[0]) if waiting else behind
    place.press(LETTERS[30])
    last = time.monotonic()
    qtbot.waitUntil(lambda: stored(tmp_path, kind) == LETTERS[:31])
    needed = time.monotonic() - last
    print(f"{kind}: at most {behind:.2f} s behind, the last key there after {needed:.2f} s")
    assert behind <= 5
    assert needed <= 1


def stored(home: Path, kind: str) -> str:
    """What a kill at this moment would leave."""
    store = open_store(home / "goalform.db")
    draft = store.load(store.list()[0].id)
    store.close()
    return value_in(draft, kind)
