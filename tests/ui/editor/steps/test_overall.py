"""Step ②: the text, and the chips that echo its years and numbers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.document.template import load_template
from models.document.tree import Draft, Unit
from models.session.session import Session, new_document
from tests.ui.conftest import small_draft
from ui.editor.fields import TextField
from ui.editor.steps.overall_goal_step import OverallStep

TEXT = "2026年铺设管道6公里。2025年举办培训24场，再培训24场。"


def draft_with(text: str) -> Draft:
    draft = small_draft()
    return replace(draft, document=replace(draft.document, overall_goal=text))


@pytest.fixture
def step(qtbot: QtBot) -> Iterator[OverallStep]:
    session = Session(draft_with(TEXT))
    step = OverallStep(session)
    qtbot.addWidget(step)
    session.subscribe(step.refresh)
    step.resize(900, 600)
    step.show()
    step.activateWindow()
    qtbot.waitUntil(step.isActiveWindow)
    return step


def goal(step: OverallStep) -> TextField:
    return next(field for field in step.fields if isinstance(field, TextField))


def test_years_and_numbers_stand_as_chips_the_wrong_year_in_words(step: OverallStep) -> None:
    assert step.chips.texts == [
        "2025年 ⚠ 与预算年度 2026 不同",
        "2026年 · 预算年度",
        "6公里 · 分项目标有",
        "24场 ×2 · 别处没有",
    ]
    assert step.chips.chip(0).accessibleName() == step.chips.texts[0]


def test_a_click_on_a_chip_selects_its_words(step: OverallStep) -> None:
    step.chips.chip(0).click()
    assert goal(step).textCursor().selectedText() == "2025年"
    assert goal(step).hasFocus()


def test_rare_characters_before_a_chip_do_not_shift_the_selection(step: OverallStep) -> None:
    step.session.edit("overall_goal", "𠮷𠮷村" + TEXT)
    step.chips.chip(3).click()
    assert goal(step).textCursor().selectedText() == "24场"


def test_the_chips_are_one_stop_of_tab_and_the_arrows_go_through_them(step: OverallStep) -> None:
    goal(step).setFocus()
    QTest.keyClick(goal(step), Qt.Key.Key_Tab)
    assert step.chips.chip(0).hasFocus()
    QTest.keyClick(step.chips.chip(0), Qt.Key.Key_Right)
    QTest.keyClick(step.chips.chip(1), Qt.Key.Key_End)
    assert step.chips.chip(3).hasFocus()
    QTest.keyClick(step.chips.chip(3), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert goal(step).hasFocus()
    QTest.keyClick(goal(step), Qt.Key.Key_Tab)
    assert step.chips.chip(3).hasFocus()
    QTest.keyClick(step.chips.chip(3), Qt.Key.Key_Return)
    assert goal(step).textCursor().selectedText() == "24场"


def test_chips_follow_the_typing_after_a_pause(step: OverallStep, qtbot: QtBot) -> None:
    goal(step).moveCursor(goal(step).textCursor().MoveOperation.End)
    QTest.keyClicks(goal(step), "18%")
    assert not any(text.startswith("18%") for text in step.chips.texts)
    qtbot.waitUntil(lambda: "18% · 别处没有" in step.chips.texts)


def test_a_word_being_composed_is_waited_for(step: OverallStep, qtbot: QtBot) -> None:
    before = step.chips.texts
    goal(step).setFocus()
    goal(step).moveCursor(goal(step).textCursor().MoveOperation.End)
    QApplication.sendEvent(goal(step), QInputMethodEvent("zhang", []))
    step.session.edit("year", 2025)
    step.show_chips()
    assert step.chips.texts == before
    committed = QInputMethodEvent("", [])
    committed.setCommitString("张")
    QApplication.sendEvent(goal(step), committed)
    qtbot.waitUntil(lambda: "2025年 · 预算年度" in step.chips.texts)


def test_other_numbers_elsewhere_and_another_year_are_noticed_when_the_page_is_seen_again(step: OverallStep) -> None:
    step.hide()
    step.session.edit("year", 2025)
    step.session.edit("sub_goals[s1].indicator", "培训24场")
    assert step.chips.texts[0].startswith("2025年 ⚠")
    step.show()
    assert "2025年 · 预算年度" in step.chips.texts
    assert "24场 ×2 · 分项目标有" in step.chips.texts


def test_an_empty_text_says_what_comes_here(qtbot: QtBot) -> None:
    step = OverallStep(Session(draft_with("")))
    qtbot.addWidget(step)
    step.show()
    assert step.chips.texts == []
    assert "还没有" in step.chips_line.text()


def test_a_text_full_of_numbers_names_the_first_and_counts_the_others(qtbot: QtBot) -> None:
    step = OverallStep(Session(draft_with("，".join(f"培训{number}人次" for number in range(1, 41)))))
    qtbot.addWidget(step)
    step.show()
    assert len(step.chips.texts) == 24
    assert "另有 16 个没有列出" in step.chips_line.text()


def test_the_page_fits_half_a_small_screen(step: OverallStep) -> None:
    step.resize(420, 360)
    for place in range(4):
        chip = step.chips.chip(place)
        assert chip.mapTo(step, chip.rect().topRight()).x() <= step.width()


def test_in_a_low_window_chips_are_seen_below_the_text_and_nothing_overlaps(step: OverallStep) -> None:
    step.resize(900, 400)
    QApplication.processEvents()
    bottom = goal(step).mapTo(step, goal(step).rect().bottomLeft()).y()
    assert bottom < step.chips_line.mapTo(step, step.chips_line.rect().topLeft()).y()
    assert not step.chips.chip(0).visibleRegion().isEmpty()
    low = goal(step).height()
    step.resize(900, 900)
    QApplication.processEvents()
    assert goal(step).height() > 2 * low


def test_an_empty_text_shows_an_example_of_its_own_year(qtbot: QtBot) -> None:
    document = new_document(load_template(), 2027, Unit("618001", "云泽县农业技术推广站"))
    page = OverallStep(Session(Draft(document), None))
    qtbot.addWidget(page)
    page.refresh(None)
    assert page._goal.placeholderText().startswith("例如：2027年，")
    page.session.edit("year", None)
    page.refresh(None)
    assert page._goal.placeholderText().startswith("例如：全年")


def test_the_text_keeps_its_height_when_the_first_chip_comes(qtbot: QtBot) -> None:
    document = new_document(load_template(), 2027, Unit("618001", "云泽县农业技术推广站"))
    page = OverallStep(Session(Draft(document), None))
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    QApplication.processEvents()
    before = page._goal.height()
    page.session.edit("overall_goal", "2027年培训12期。")
    page.refresh(None)
    page.show_chips()
    QApplication.processEvents()
    assert page.chips.texts
    assert page._goal.height() == pytest.approx(before, abs=2)
