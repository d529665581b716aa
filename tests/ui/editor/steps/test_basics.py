"""① 基本信息: the budget year as it is typed and pasted, and what the page says of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.document.template import load_template
from models.document.tree import Draft, Indicator, Unit
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


def test_how_it_is_printed_is_folded_until_somebody_wants_it(step: BasicsStep, opened: MainWindow) -> None:
    assert step.is_folded
    fold = next(button for button in step.findChildren(QPushButton) if button.text() == "展开版式和标题行")
    fold.click()
    assert not step.is_folded
    fold.click()
    assert step.is_folded
    for path in ("settings.cover", "headings.part_two_name"):
        opened.editor.show_place(path)
        assert not step.is_folded
        assert opened.editor.path == path
        fold.click()


def test_tiers_the_scheme_does_not_know_are_never_folded_away(step: BasicsStep, opened: MainWindow) -> None:
    rows = (Indicator("i1", "成本指标", "经济成本指标", "总成本"),)
    opened.editor.session.edit("projects[p1].indicators", rows)
    opened.editor.show_step(5)
    opened.editor.show_step(1)
    assert not step.is_folded
    assert step._tiers.isVisible()
