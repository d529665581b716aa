"""沿用上年: what is shown of it, its list, and how it is confirmed."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.features.years.test_rollover import OLD, button, said
from ui.editor.steps.projects_step import ProjectsStep
from ui.features.years.carried_over_dialog import CarriedOverDialog
from ui.features.years.rollover_dialog import FromLastYearDialog
from ui.features.years.years_controller import YearsController
from ui.shell.main_window import MainWindow
from ui.widgets import questions


@pytest.fixture
def years(window: MainWindow) -> YearsController:
    return window.controller(YearsController)


@pytest.fixture
def rolled(years: YearsController, window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window with the new year's draft open at the projects."""
    assert window.store is not None
    last = window.store.create(OLD)
    dialog = FromLastYearDialog(window.store.list(), last, window.store.load, tmp_path, window)
    answer = dialog.answer()
    dialog.close()
    years.take(answer.draft, answer.source_id, answer.last)
    assert window.editor is not None
    window.editor.show_step(5)
    return window


def projects(window: MainWindow) -> ProjectsStep:
    assert window.editor is not None
    step = window.editor.current
    assert isinstance(step, ProjectsStep)
    return step


def test_amounts_and_values_show_that_they_are_last_years(rolled: MainWindow) -> None:
    form = projects(rolled).form
    assert form.carried_over.words.text() == "沿用上年，待确认：预算数、财政资金；指标值 1 个。"
    budget = form._fields["budget"]
    assert [mark.text() for mark in budget.findChildren(QLabel) if not mark.isHidden()] == ["沿用上年"]
    assert "沿用上年" in budget.accessibleDescription()
    model = form.table.indicators
    cell = model.index(0, 5)
    assert "沿用上年" in model.data(cell, Qt.ItemDataRole.ToolTipRole)
    QTest.keyClicks(budget, "1")
    assert not [mark for mark in budget.findChildren(QLabel) if not mark.isHidden()]
    assert form.carried_over.words.text() == "沿用上年，待确认：财政资金；指标值 1 个。"


def test_a_project_is_confirmed_in_one_step(rolled: MainWindow) -> None:
    editor, form = rolled.editor, projects(rolled).form
    assert editor is not None
    form.carried_over.buttons[0].setFocus()
    QTest.keyClick(form.carried_over.buttons[0], Qt.Key.Key_Space)
    assert form.carried_over.isHidden()
    assert editor.session.draft.provenance.carried_over == ()
    assert editor.session.undo_label == "确认沿用上年 3 处"
    editor.undo()
    assert not form.carried_over.isHidden()


def answered(monkeypatch: pytest.MonkeyPatch, *choices: bool) -> list[int]:
    """How many marks are asked about from now on; each question gets the next of the answers."""
    asked: list[int] = []

    def ask(_parent: QWidget, count: int) -> bool:
        asked.append(count)
        return choices[len(asked) - 1]

    monkeypatch.setattr(questions, "ask_to_confirm_all", ask)
    return asked


def test_the_last_step_counts_what_is_not_confirmed_and_asks_before_it_confirms_all(
    rolled: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = rolled.editor
    assert editor is not None
    line = editor.export_step().carried_over
    assert line.words.text() == "还有 3 处金额或指标值沿用上年，没有确认。"
    asked = answered(monkeypatch, False, True)
    button(line, "全部确认").click()
    assert not line.isHidden()
    button(line, "全部确认").click()
    assert asked == [3, 3]
    assert line.isHidden()
    editor.session.undo()
    assert not line.isHidden()


def test_the_list_leads_to_each_and_confirms_it(
    rolled: MainWindow, years: YearsController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = rolled.editor
    assert editor is not None
    button(editor.export_step().carried_over, "逐处查看").click()
    (shown,) = years._open
    assert isinstance(shown, CarriedOverDialog)
    assert [shown.lines.topLevelItem(at).text(2) for at in range(3)] == ["80.00", "80.00", "≥12个"]
    QTest.keyClick(shown.lines, Qt.Key.Key_Space)
    assert editor.session.draft.provenance.carried_over == (
        "projects[p1].fiscal_funds",
        "projects[p1].indicators[i1].value",
    )
    assert editor.session.undo_label == "确认沿用上年 项目 1 · 预算数"
    QTest.keyClick(shown.lines, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.path == "projects[p1].fiscal_funds")
    asked = answered(monkeypatch, True)
    button(shown, "全部确认").click()
    assert asked == [2]
    assert "没有沿用上年而未确认的内容" in said(shown)
    rolled.leave_draft()
    assert years._open == []


def test_a_draft_with_marks_is_saved_and_comes_back_with_them(rolled: MainWindow) -> None:
    editor = rolled.editor
    assert editor is not None
    number, marks = editor.session.draft_id, editor.session.draft.provenance.carried_over
    editor.session.edit("projects[p1].budget", "90.00")
    editor.save_now()
    assert rolled.store is not None
    assert rolled.store.load(number).provenance.carried_over == marks[1:]
    assert replace(rolled.store.load(number), provenance=OLD.provenance).state == "草稿"


def test_the_list_stays_above_the_window_and_off_the_field_it_leads_to(
    rolled: MainWindow, years: YearsController, qtbot: QtBot
) -> None:
    rolled.resize(1366, 730)
    years.show_carried_over()
    shown = next(one for one in rolled.findChildren(CarriedOverDialog) if one.isVisible())
    assert shown.windowHandle().transientParent() is rolled.windowHandle()
    for _each in range(shown.lines.topLevelItemCount()):
        QTest.keyClick(shown.lines, Qt.Key.Key_Return)
        field = QApplication.focusWidget()
        assert field is not None
        assert rolled.isAncestorOf(field)
        assert shown.isVisible()
        centre = field.mapToGlobal(field.rect().center())
        assert not shown.frameGeometry().contains(centre), shown.lines.currentItem().text(0)
        QTest.keyClick(shown.lines, Qt.Key.Key_Down)
