"""Leaving a draft: whatever goes wrong on the way out, what was typed is in the store, in a package, or in the window."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from exporters.export_files import write_file
from importers.import_files import read_file
from models.document.tree import Draft, GoalDocument
from models.store import open_store
from tests.models.store.stores import held_by_another_process
from tests.ui.conftest import small_draft
from tests.ui.editor.test_typing import field
from ui.app.application import make_window
from ui.editor import saver as saving
from ui.features.years.years_controller import YearsController
from ui.shell.leaving import packages
from ui.shell.main_window import MainWindow
from ui.widgets import questions

WORDS = "the last words"


class Asked:
    """Who answers the question on the way out, and what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.packages: list[Path | None] = []
        self.answer = questions.STAY
        monkeypatch.setattr(questions, "ask_to_leave", self._ask)

    def _ask(self, _parent: object, package: Path | None) -> str:
        self.packages.append(package)
        return self.answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


def goal_of(package: Path | None) -> str:
    assert package is not None
    return read_file(package).draft.document.overall_goal


def empty(path: Path) -> None:
    path.write_bytes(b"")


def put_another_program_s_database(path: Path) -> None:
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    path.write_bytes(other.read_bytes())
    other.unlink()


def replace_by_letters(path: Path) -> None:
    other = path.with_name("other.db")
    other.write_bytes("绩效".encode() * 9999)
    other.replace(path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def remove(path: Path) -> None:
    path.unlink()


FAULTS = (empty, put_another_program_s_database, replace_by_letters, cut, remove)


@pytest.mark.parametrize("saved", [False, True], ids=["with words to save", "with all said to be saved"])
@pytest.mark.parametrize("harm", FAULTS)
def test_a_store_that_is_no_store_any_more_keeps_the_window_and_the_words(
    opened: MainWindow, asked: Asked, harm: Callable[[Path], None], saved: bool
) -> None:
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    if saved:
        assert opened.editor.save_now()
    harm(opened.store_path)
    assert not opened.close()
    assert opened.isVisible()
    assert goal_of(asked.packages[0]) == WORDS
    assert asked.packages[0].parent == opened.home
    QTest.keyClicks(field(opened, "overall_goal"), ", and more")
    asked.answer = questions.LEAVE
    assert opened.close()
    assert [goal_of(package) for package in packages(opened.home)] == [f"{WORDS}, and more"]


def test_when_the_store_is_back_the_words_are_in_it_and_the_package_goes(
    opened: MainWindow, asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "RETRY", 50)
    content = opened.store_path.read_bytes()
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    empty(opened.store_path)
    assert not opened.close()
    assert packages(opened.home)
    opened.store_path.write_bytes(content)
    qtbot.waitUntil(lambda: not packages(opened.home))
    assert opened.store.load(opened.editor.session.draft_id).document.overall_goal == WORDS
    assert opened.close()
    assert len(asked.packages) == 1


def test_where_the_data_folder_is_gone_another_one_takes_the_package(
    qtbot: QtBot, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, stick = tmp_path / "documents", tmp_path / "stick"
    documents.mkdir()
    monkeypatch.setattr("ui.shell.leaving.documents_folder", lambda: documents)
    window = make_window(stick)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    window.take_draft(small_draft())
    QTest.keyClicks(field(window, "overall_goal"), WORDS)
    stick.rename(tmp_path / "pulled out")
    assert not window.close()
    assert goal_of(asked.packages[0]) == WORDS
    assert asked.packages[0].parent == documents
    (tmp_path / "pulled out").rename(stick)
    assert window.close()
    assert list(documents.iterdir()) == []
    window.deleteLater()


def test_where_no_package_can_be_written_it_is_said_that_the_words_would_be_lost(
    opened: MainWindow, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporters.export_files.write_file", _refuse)
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    empty(opened.store_path)
    assert not opened.close()
    assert asked.packages == [None]


def _refuse(*_given: object) -> None:
    raise OSError("no room")


def _break(*_given: object, **_named: object) -> None:
    raise RuntimeError("a fault of our own")


@pytest.mark.parametrize(
    ("place", "name"),
    [("editor", "commit_pending"), ("editor.saver", "flush"), ("editor.session", "save")],
)
def test_a_fault_of_our_own_before_all_is_saved_keeps_the_window_and_the_words(
    opened: MainWindow, asked: Asked, monkeypatch: pytest.MonkeyPatch, place: str, name: str
) -> None:
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    owner: object = opened
    for part in place.split("."):
        owner = getattr(owner, part)
    with monkeypatch.context() as broken:
        broken.setattr(owner, name, _break)
        assert not opened.close()
    assert opened.isVisible()
    assert goal_of(asked.packages[0]) == WORDS
    assert "RuntimeError" in (opened.home / "goalform.log").read_text(encoding="utf-8")
    assert opened.close()
    assert packages(opened.home) == []


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("store", "set_place"),
        ("editor", "close_draft"),
        ("care", "draft_left"),
        ("controller", "draft_left"),
        ("store", "close"),
    ],
)
def test_a_fault_of_our_own_after_all_is_saved_keeps_nobody(
    opened: MainWindow, asked: Asked, monkeypatch: pytest.MonkeyPatch, place: str, name: str
) -> None:
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    path, draft_id = opened.store_path, opened.editor.session.draft_id
    owner = opened.controller(YearsController) if place == "controller" else getattr(opened, place)
    with monkeypatch.context() as broken:
        broken.setattr(owner, name, _break)
        assert opened.close()
    opened.close_store()
    assert asked.packages == []
    with closing(open_store(path)) as store:
        assert store.load(draft_id).document.overall_goal == WORDS


def test_a_question_that_cannot_be_asked_keeps_the_window(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "ask_to_leave", _break)
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    empty(opened.store_path)
    assert not opened.close()
    assert opened.isVisible()
    assert [goal_of(package) for package in packages(opened.home)] == [WORDS]


def test_a_program_that_holds_the_file_for_a_moment_is_waited_for(opened: MainWindow, asked: Asked) -> None:
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    path, draft_id = opened.store_path, opened.editor.session.draft_id
    with held_by_another_process(path, "EXCLUSIVE"):
        assert not opened.close()
    assert goal_of(asked.packages[0]) == WORDS
    assert opened.close()
    assert packages(opened.home) == []
    with closing(open_store(path)) as store:
        assert store.load(draft_id).document.overall_goal == WORDS


def test_an_application_that_ends_without_asking_has_everything_saved(opened: MainWindow, qapp: QApplication) -> None:
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    qapp.aboutToQuit.emit()
    with closing(open_store(opened.store_path)) as store:
        assert store.load(opened.editor.session.draft_id).document.overall_goal == WORDS


def test_the_next_start_offers_what_the_store_did_not_take(opened: MainWindow, asked: Asked, qtbot: QtBot) -> None:
    content = opened.store_path.read_bytes()
    QTest.keyClicks(field(opened, "overall_goal"), WORDS)
    empty(opened.store_path)
    asked.answer = questions.LEAVE
    assert opened.close()
    opened.store_path.write_bytes(content)
    again = make_window(opened.home)
    again.show()
    qtbot.waitUntil(lambda: again.store is not None and "没能存进" in again.start_page.offered)
    next(button for button in again.start_page.findChildren(QPushButton) if button.text() == "取回").click()
    qtbot.waitUntil(lambda: again.editor is not None)
    assert again.editor.session.document.overall_goal == WORDS
    assert len(again.store.list()) == 2
    assert packages(opened.home) == []
    assert again.close()
    again.deleteLater()


def test_it_is_offered_again_where_another_draft_could_not_be_left_for_it(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = opened.editor.session.draft_id
    write_file(Draft(GoalDocument(overall_goal=WORDS)), opened.home / "goalform-未保存-20260101-080000-乙.jxmb")
    opened.go_home()
    opened.care.store_opened()
    qtbot.waitUntil(lambda: "没能存进" in opened.start_page.offered)
    next(button for button in opened.start_page.findChildren(QPushButton) if button.text() == "取回").click()
    opened.open_draft(draft_id)
    with monkeypatch.context() as stays:
        stays.setattr(opened, "leave_draft", lambda: False)
        qtbot.waitUntil(lambda: not opened.reader.is_busy)
    assert opened.editor.session.draft_id == draft_id
    assert len(packages(opened.home)) == 1


def test_the_question_says_where_the_words_are(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown: list[tuple[str, list[str]]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        shown.append((box.text(), [button.text() for button in box.buttons()]))
        box.reject()

    for package in (tmp_path / "goalform-未保存-文本.jxmb", None):
        QTimer.singleShot(0, look)
        assert questions.ask_to_leave(opened, package) == questions.STAY
    (kept, ways), (lost, other_ways) = shown
    assert str(tmp_path) in kept
    assert "goalform-未保存-文本.jxmb" in kept
    assert "离开" in ways
    assert "会丢失" in lost
    assert "不保存，离开" in other_ways
    assert small_draft().document.overall_goal == ""
