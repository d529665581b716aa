"""Another program holds the store's file: keys do not wait for it, it is told, and all lands when it lets go."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.document import Draft, GoalDocument, Indicator, Project
from tests.models.store.stores import held_by_another_process
from tests.ui.test_typing import field
from ui import saving
from ui.main_window import MainWindow

HOW = pytest.mark.parametrize("how", ["EXCLUSIVE", "IMMEDIATE"])
ROW = Indicator("i1", "产出指标", "数量指标", "培训场次")
WAIT = 2.0
"""Seconds the store waits for another program where somebody asked for something."""


def quickest(work: Callable[[], object]) -> float:
    """Seconds of the quickest of three times: a busy machine may slow one of them, waiting would slow all."""
    found = []
    for _ in range(3):
        start = time.monotonic()
        work()
        found.append(time.monotonic() - start)
    return min(found)


@HOW
def test_what_is_typed_meanwhile_waits_for_nothing_is_told_and_lands(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(saving, "QUIETLY", 100)
    editor, goal = opened.editor, field(opened, "overall_goal")
    with held_by_another_process(opened.store_path, how):
        QTest.keyClicks(goal, "typed while ")
        qtbot.waitUntil(lambda: "占用" in editor.banner)
        assert "可以接着写" in editor.banner
        assert quickest(editor.save_now) < WAIT / 2
        assert quickest(lambda: QTest.keyClicks(goal, "x")) < WAIT / 2
        QTest.keyClicks(goal, " it was held")
    qtbot.waitUntil(lambda: not editor.banner)
    assert opened.store.load(editor.session.draft_id).document.overall_goal == "typed while xxx it was held"


def test_a_program_that_holds_it_for_a_moment_is_not_worth_a_word(opened: MainWindow, qtbot: QtBot) -> None:
    editor, told = opened.editor, []
    editor.saver.failed.connect(told.append)
    with held_by_another_process(opened.store_path, "EXCLUSIVE"):
        QTest.keyClicks(field(opened, "overall_goal"), "typed")
        assert not editor.save_now()
    with qtbot.waitSignal(editor.saver.saved):
        pass
    assert told == []


@HOW
def test_going_to_a_step_does_not_wait_either(opened: MainWindow, how: str) -> None:
    def there_and_back() -> None:
        opened.editor.show_step(3)
        opened.editor.show_step(2)

    there_and_back()
    with held_by_another_process(opened.store_path, how):
        assert quickest(there_and_back) < WAIT / 2


def test_names_are_suggested_without_waiting_and_what_drafts_used_comes_when_it_is_let_go(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.tables.knowledge._ASK_AGAIN", 0.0)
    opened.editor.show_step(5)
    knowledge = opened.editor.current.form.table.knowledge
    with held_by_another_process(opened.store_path, "EXCLUSIVE"):
        assert quickest(lambda: knowledge.suggest("培训", ROW)) < WAIT / 2
        assert knowledge.used() == ()
    opened.store.create(Draft(GoalDocument(year=2025, projects=(Project("p1", name="培训", indicators=(ROW,)),))))
    assert [used.name for used in knowledge.used()] == ["培训场次"]


def test_what_is_remembered_meanwhile_is_known_at_once_and_kept_when_it_is_let_go(
    opened: MainWindow, qtbot: QtBot
) -> None:
    with held_by_another_process(opened.store_path, "EXCLUSIVE"):
        assert quickest(lambda: opened.remember("export.folder", "甲")) < WAIT / 2
        opened.remember("export.folder", "乙")
        assert opened.recall("export.folder") == "乙"
    qtbot.waitUntil(lambda: opened.store.recall("export.folder") == "乙")
    assert QApplication.activeModalWidget() is None
