"""放好未归位的文字: one step each, undone as one, and the label known to the next import."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from importers.reading.own_labels import NAME
from models.document.tree import Draft, GoalDocument, Project
from tests.ui.shell.test_window import unnamed
from ui.features.imports.placing_controller import PlacingController
from ui.features.imports.placing_dialog import PlacingDialog
from ui.shell.main_window import MainWindow

LOOSE = ("项目「乙」\n掌事人：王某", "审核人：李某")
DRAFT = Draft(GoalDocument(year=2026, projects=(Project("p1", name="甲"), Project("p2", name="乙")), unplaced=LOOSE))


@pytest.fixture
def asked(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> PlacingDialog:
    """The dialog of an open draft, as the menu shows it."""
    shown: list[PlacingDialog] = []
    monkeypatch.setattr(PlacingDialog, "exec", lambda dialog: shown.append(dialog) or QDialog.DialogCode.Accepted)
    assert window.take_draft(DRAFT)
    PlacingController(window).ask()
    qtbot.addWidget(shown[0])
    return shown[0]


def test_words_go_to_the_field_that_is_chosen_in_one_step(window: MainWindow, asked: PlacingDialog) -> None:
    session = window.session
    assert session is not None
    assert unnamed(asked) == []
    assert asked.project.currentText() == "项目 2 乙"
    asked.field.setCurrentIndex(asked.field.findData("details.lead"))
    asked.button.click()
    assert session.document.projects[1].details.lead == "王某"
    assert session.document.unplaced == LOOSE[1:]
    assert asked.list.count() == 1
    session.undo()
    assert session.document == replace(DRAFT.document, projects=session.document.projects)
    assert session.document.projects[1].details.lead == ""


def test_a_label_is_remembered_where_that_is_asked_for(window: MainWindow, asked: PlacingDialog) -> None:
    asked.field.setCurrentIndex(asked.field.findData("details.lead"))
    assert "「掌事人」" in asked.remembers.text()
    asked.remembers.setChecked(True)
    asked.button.click()
    assert '"掌事人"' in Path(window.home, NAME).read_text(encoding="utf-8")
    assert "以后导入时认得「掌事人」" in asked.said.text()


def test_a_field_that_says_something_else_is_told_and_left(window: MainWindow, asked: PlacingDialog) -> None:
    asked.field.setCurrentIndex(asked.field.findData("name"))
    asked.button.click()
    assert "已经写着「乙」" in asked.said.text()
    assert window.session is not None
    assert window.session.document.unplaced == LOOSE


def test_without_such_words_there_is_nothing_to_ask(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlacingDialog, "exec", lambda _dialog: pytest.fail("nothing to place"))
    assert window.take_draft(replace(DRAFT, document=replace(DRAFT.document, unplaced=())))
    PlacingController(window).ask()
