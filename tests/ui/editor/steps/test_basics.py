"""① 基本信息: the budget year as it is typed and pasted, and what the page says of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.document.template import load_template
from models.document.tree import Draft, Unit
from models.session.session import new_document
from ui.editor.steps.basics_step import BasicsStep
from ui.shell.main_window import MainWindow


@pytest.fixture
def step(opened: MainWindow) -> BasicsStep:
    assert opened.editor is not None
    opened.editor.show_step(1)
    step = opened.editor.current
    assert isinstance(step, BasicsStep)
    step._year.setFocus()
    step._year.selectAll()
    return step


def year(step: BasicsStep) -> int | None:
    return step.session.document.year


def paste(text: str, step: BasicsStep) -> None:
    QApplication.clipboard().setText(text)
    step._year.paste()


@pytest.mark.parametrize("text", ["２０２７年", "2027年度部门预算绩效文本", " 2027 "])
def test_a_year_is_taken_from_what_is_pasted(step: BasicsStep, text: str) -> None:
    paste(text, step)
    assert year(step) == 2027
    assert step._year.text() == "2027"


@pytest.mark.parametrize("text", ["部门预算绩效文本", "20272028", "2026年决算和2027年预算"])
def test_what_holds_no_year_leaves_the_one_there_is_and_is_said(
    opened: MainWindow, step: BasicsStep, text: str
) -> None:
    before = year(step)
    paste(text, step)
    assert year(step) == before == 2026
    assert step._year.text() == "2026"
    assert text in opened.statusBar().currentMessage()


def test_full_width_digits_typed_one_by_one_make_a_year(qtbot: QtBot, step: BasicsStep) -> None:
    qtbot.keyClick(step._year, Qt.Key.Key_Delete)
    assert year(step) is None
    for char in "２０２７":
        step._year.insert(char)
    assert year(step) == 2027


def test_a_word_of_a_longer_composition_does_not_empty_the_year(step: BasicsStep, opened: MainWindow) -> None:
    for preedit, commit in (("ming", ""), ("n", "明"), ("", "年")):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(step._year, event)
        assert year(step) == 2026
    assert step._year.text() == "2026"
    assert "明年" in opened.statusBar().currentMessage()


def test_a_number_that_is_no_year_is_said_once_the_field_is_left(step: BasicsStep, opened: MainWindow) -> None:
    paste("7", step)
    assert year(step) == 7
    assert step._strange.isHidden(), "it is still being written"
    step._heading.setFocus()
    assert not step._strange.isHidden()
    assert "「7」" in step._strange.text()
    assert opened.editor is not None
    assert "✓" not in opened.editor.step_button(1).text()
    step._year.setFocus()
    step._year.selectAll()
    paste("2028", step)
    step._heading.setFocus()
    assert step._strange.isHidden()
    assert "2028年" in step._heading.placeholderText()


def test_a_new_text_begins_in_the_first_field_that_is_blank(window: MainWindow) -> None:
    window.take_draft(Draft(new_document(load_template(), 2027, Unit("618001", ""))))
    assert window.editor is not None
    assert window.editor.path == "unit.name"
