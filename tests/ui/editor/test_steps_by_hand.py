"""Small things a clerk meets on the steps: where one stands, what a deletion says, what undo takes back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft, Project
from ui.editor.table.indicator_view import IndicatorView
from ui.shell.main_window import MainWindow


@pytest.fixture
def example(window: MainWindow) -> MainWindow:
    window.take_draft(Draft(EXAMPLE))
    return window


def button(window: MainWindow, name: str) -> QPushButton:
    assert window.editor.current is not None
    return next(each for each in window.editor.current.findChildren(QPushButton) if each.text() == name)


def test_the_place_below_follows_the_project_that_is_chosen_in_the_list(example: MainWindow) -> None:
    example.editor.show_place("projects[p1].budget")
    assert "项目 1 · 预算数" in example.bar.place.text()
    shown = example.editor.current._list._list
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert example.bar.place.text().endswith("项目 2")
    assert example.bar.count.text() == ""


def test_a_deletion_is_told_and_the_place_is_no_field_of_what_is_gone(example: MainWindow) -> None:
    example.editor.show_place("projects[p2].budget")
    example.editor.current._list.remove.emit()
    assert example.statusBar().currentMessage() == "已删除项目 2，按 Ctrl+Z 可以找回。"
    assert example.bar.place.text().endswith("项目 1")
    example.editor.undo()
    assert len(example.editor.session.document.projects) == len(EXAMPLE.projects)


@pytest.mark.parametrize("step", [4, 5])
def test_after_the_last_one_is_deleted_the_keyboard_is_at_add(example: MainWindow, step: int) -> None:
    example.editor.show_step(step)
    items = example.editor.current._list
    while items._list.count():
        items.remove.emit()
    assert QApplication.focusWidget() is items.buttons[0]


def test_a_double_click_adds_one(example: MainWindow) -> None:
    example.editor.show_step(5)
    before = len(example.editor.session.document.projects)
    QTest.mouseClick(button(example, "添加"), Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button(example, "添加"), Qt.MouseButton.LeftButton)  # the second press, told as a double click
    QTest.mouseRelease(button(example, "添加"), Qt.MouseButton.LeftButton)
    assert len(example.editor.session.document.projects) == before + 1


def test_quick_clicks_on_a_move_button_each_move(window: MainWindow) -> None:
    projects = tuple(Project(f"p{number}", name=f"项目{number}") for number in range(1, 6))
    window.take_draft(Draft(replace(EXAMPLE, projects=projects)))
    window.editor.show_place("projects[p1].name")
    moves = window.editor.current._list
    down = next(button for button in moves.findChildren(QPushButton) if button.text() == "下移")
    for press in (
        QTest.mouseClick,
        QTest.mouseDClick,
        QTest.mouseRelease,
        QTest.mouseClick,
    ):  # as Qt tells three quick ones
        press(down, Qt.MouseButton.LeftButton)
    assert [project.id for project in window.editor.session.document.projects] == ["p2", "p3", "p4", "p1", "p5"]


def test_what_is_pasted_is_a_step_of_its_own(example: MainWindow) -> None:
    for path in ("overall_goal", "title"):
        example.editor.show_place(path)
        field = next(field for field in example.editor.current.fields if field.path == path)
        before = example.editor.session.get(path)
        QApplication.clipboard().setText("粘贴的一段话")
        QTest.keyClick(field, Qt.Key.Key_End)
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, "ABC")
        example.editor.session.undo()
        assert example.editor.session.get(path) == f"{before or ''}粘贴的一段话"
        example.editor.session.undo()
        assert example.editor.session.get(path) == before


def test_undoing_the_final_state_stays_where_one_is(example: MainWindow) -> None:
    example.editor.show_step(6)
    example.editor.session.finalise()
    example.editor.undo()
    assert example.editor.session.draft.state == "草稿"
    assert example.editor.step == 6


def test_a_setting_has_no_count_of_characters(example: MainWindow) -> None:
    example.editor.show_place("overall_goal")
    assert example.bar.count.text().endswith("字")
    example.editor.show_place("settings.tier_scheme")
    assert example.bar.count.text() == ""


def test_an_amount_that_is_none_is_told_at_the_field_and_in_the_list(example: MainWindow, qtbot: QtBot) -> None:
    example.editor.show_place("projects[p1].other_funds")
    for typed, told in (
        ("2o", "「2o」不像一个金额"),
        ("1,00.5", "「1,00.5」不像一个金额"),
        ("abc", "「abc」不像一个金额"),
    ):
        example.editor.session.edit("projects[p1].other_funds", typed)
        assert told in example.editor.current.form.amount_line.text()
    example.editor.show_place("projects[p1].name")
    live = example.editor.problems.live
    qtbot.waitUntil(lambda: any(p.path == "projects[p1].other_funds" for p in live.problems))


def test_an_empty_table_says_what_goes_there(example: MainWindow) -> None:
    document = replace(EXAMPLE, projects=(replace(EXAMPLE.projects[0], indicators=()),))
    example.take_draft(Draft(document))
    example.editor.show_step(5)
    table = example.editor.current.form.table
    assert isinstance(table, IndicatorView)
    empty = table.viewport().grab().toImage()
    table.empty_words = ""
    assert empty != table.viewport().grab().toImage()
    assert empty.pixelColor(QPoint(2, 2)) == table.palette().base().color()


def test_a_row_added_to_a_long_table_is_seen_whole(example: MainWindow, qtbot: QtBot) -> None:
    project = EXAMPLE.projects[0]
    more = tuple(replace(row, id=f"{row.id}x") for row in project.indicators)
    example.take_draft(Draft(replace(EXAMPLE, projects=(replace(project, indicators=(*project.indicators, *more)),))))
    example.resize(1366, 700)
    example.editor.show_step(5)
    form = example.editor.current.form
    table = form.table
    for _time in range(2):
        button(example, "添加行").click()

        def seen() -> bool:
            cell = table.visualRect(table.currentIndex())
            top_left = table.viewport().mapTo(form.viewport(), cell.topLeft())
            return table.viewport().rect().contains(cell) and form.viewport().rect().contains(
                cell.translated(top_left - cell.topLeft())
            )

        qtbot.waitUntil(seen)
        assert table.currentIndex().row() == table.indicators.rowCount() - 1
