"""Another program holds the store's file: keys do not wait for it, it is told, and all lands when it lets go."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, GoalDocument, Indicator, Project
from models.session.session import Session
from models.store.backup import BackupError, Backups, backups_of
from models.store.revisions import Revisions
from tests.models.store.stores import held_by_another_process, wait_for_an_hour
from tests.ui.conftest import banner
from tests.ui.editor.test_typing import field
from ui.editor import saver as saving
from ui.shell.main_window import MainWindow

HOW = pytest.mark.parametrize("how", ["EXCLUSIVE", "IMMEDIATE"])
ROW = Indicator("i1", "产出指标", "数量指标", "培训场次")


@pytest.fixture(autouse=True)
def _store_waits_for_an_hour(window: MainWindow) -> None:
    """Where somebody asked for something, that is: keys that waited as well would not end with the test."""
    wait_for_an_hour(window.store)


def thrice(work: Callable[[], object]) -> None:
    for _ in range(3):
        work()


@HOW
def test_what_is_typed_meanwhile_waits_for_nothing_is_told_and_lands(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(saving, "QUIETLY", 100)
    editor, goal = opened.editor, field(opened, "overall_goal")
    with held_by_another_process(opened.store_path, how):
        QTest.keyClicks(goal, "typed while ")
        qtbot.waitUntil(lambda: "占用" in banner(opened))
        assert "可以接着写" in banner(opened)
        thrice(editor.save_now)
        thrice(lambda: QTest.keyClicks(goal, "x"))
        QTest.keyClicks(goal, " it was held")
    qtbot.waitUntil(lambda: not banner(opened))
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
        thrice(there_and_back)


def test_names_are_suggested_without_waiting_and_what_drafts_used_comes_when_it_is_let_go(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.editor.table.table_knowledge._ASK_AGAIN", 0.0)
    opened.editor.show_step(5)
    knowledge = opened.editor.current.form.table.knowledge
    with held_by_another_process(opened.store_path, "EXCLUSIVE"):
        thrice(lambda: knowledge.suggest("培训", ROW))
        assert knowledge.used() == ()
    opened.store.create(Draft(GoalDocument(year=2025, projects=(Project("p1", name="培训", indicators=(ROW,)),))))
    assert [used.name for used in knowledge.used()] == ["培训场次"]


def test_what_is_remembered_meanwhile_is_known_at_once_and_kept_when_it_is_let_go(
    opened: MainWindow, qtbot: QtBot
) -> None:
    with held_by_another_process(opened.store_path, "EXCLUSIVE"):
        thrice(lambda: opened.remember("export.folder", "甲"))
        opened.remember("export.folder", "乙")
        assert opened.recall("export.folder") == "乙"
    qtbot.waitUntil(lambda: opened.store.recall("export.folder") == "乙")
    assert QApplication.activeModalWidget() is None


def take_over(session: Session, text: str) -> None:
    session.change("导入", replace(session.document, overall_goal=text), kind="import")


def test_a_version_that_could_not_be_kept_is_kept_when_it_is_let_go(opened: MainWindow, qtbot: QtBot) -> None:
    session = opened.editor.session
    revisions = Revisions(opened.store)
    qtbot.waitUntil(lambda: len(revisions.list(session.draft_id)) == 1)
    session.edit("overall_goal", "导入以前")
    with held_by_another_process(opened.store_path, "EXCLUSIVE"):
        texts = iter("甲乙丙")
        thrice(lambda: take_over(session, next(texts)))
    qtbot.waitUntil(lambda: len(revisions.list(session.draft_id)) == 4)
    kept = [revisions.load(version.sequence).document.overall_goal for version in revisions.list(session.draft_id)]
    assert kept == ["乙", "甲", "导入以前", ""]


def test_checks_wait_until_it_is_let_go(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.shell.store_care._WHEN_HELD", 50)
    window.store.create(Draft(GoalDocument(overall_goal="绩效目标")))
    window.close_store()
    content = window.store_path.read_bytes()
    assert content.count("绩效目标".encode()) == 1
    window.store_path.write_bytes(content.replace("绩效目标".encode(), "绩效目杆".encode()))
    window.open_store()
    monkeypatch.setattr("ui.shell.store_care._AFTER_START", 0)
    with held_by_another_process(window.store_path, "EXCLUSIVE"):
        window.care.store_opened()
        for _turn in range(20):
            QTest.qWait(10)
        assert window.start_page.noticed == ""
    qtbot.waitUntil(lambda: "不一致" in window.start_page.noticed)


def test_the_day_s_backup_is_made_when_it_is_let_go(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.features.backup.backup_controller._WHEN_HELD", 50)
    window.store.create(Draft())
    with held_by_another_process(window.store_path, "EXCLUSIVE"):
        thrice(window.back_up_if_due)
        assert backups_of(window.home).list() == ()
    qtbot.waitUntil(lambda: len(backups_of(window.home).list()) == 1)
    assert window.start_page.noticed == ""


def test_a_backup_that_another_program_interrupted_is_made_when_it_lets_go(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.features.backup.backup_controller._WHEN_HELD", 50)
    window.store.create(Draft())
    refused: list[Exception] = []

    def locked(_chosen: Backups, usual: Backups, path: Path) -> str:
        try:
            with held_by_another_process(path, "EXCLUSIVE"):
                usual.make(path)
        except BackupError as error:
            refused.append(error)
            raise
        return ""

    with monkeypatch.context() as once:
        once.setattr("models.store.backup.back_up", locked)
        window.back_up_if_due()
        qtbot.waitUntil(lambda: bool(refused))
    qtbot.waitUntil(lambda: len(backups_of(window.home).list()) == 1)
    assert [error.fault for error in refused] == ["locked"]
    assert window.start_page.noticed == ""
