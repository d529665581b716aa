"""Saving goes on while keys come, also where no timer of Qt gets its turn."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.document import Draft, GoalDocument
from models.session import Session
from models.store.errors import StoreError
from ui import saving
from ui.saving import Saver


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
    qtbot.waitUntil(lambda: store.goals == ["最后一键"], timeout=30_000)
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
