"""A row that grows with its text leaves the page and the row one is at where they are."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.ui.conftest import settle
from tests.ui.editor.steps.test_table_first import form_of
from ui.editor.steps.project_form import ProjectForm
from ui.editor.table.indicator_edits import DESCRIPTION, NAME
from ui.shell.main_window import MainWindow

LONG = "含网箱养殖、池塘养殖和工厂化养殖的全部水产品种，按季度抽样并取得检测报告"
LEFT = Qt.MouseButton.LeftButton
ROWS = 5


@pytest.fixture
def form(window: MainWindow) -> ProjectForm:
    """A page with its fields open, at the bottom of which a short table ends."""
    project = EXAMPLE.projects[0]
    window.take_draft(Draft(replace(EXAMPLE, projects=(replace(project, indicators=project.indicators[:ROWS]),))))
    window.resize(1366, 740)
    window.editor.show_step(5)
    form = form_of(window)
    if form.is_folded:
        form.toggle_fields()
    settle(window)
    form.table.setFocus(Qt.FocusReason.TabFocusReason)
    form.table.go_to(form.table.indicators.index(0, NAME))
    settle(window)
    assert form.verticalScrollBar().value() > 0
    return form


def places(form: ProjectForm) -> list[int]:
    """Where the rows stand on the screen."""
    table = form.table
    tops = (table.visualRect(table.indicators.index(row, NAME)).top() for row in range(ROWS))
    return [table.viewport().mapTo(form, QPoint(0, top)).y() for top in tops]


def write_long(form: ProjectForm) -> None:
    """Opens the cell the cursor is in and makes its text some lines long; it stays open."""
    QTest.keyClick(form.table, Qt.Key.Key_F2)
    form.table.editor.insertPlainText(LONG)
    settle(form.window())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_page_and_the_row_stay_where_they_are_when_a_long_text_is_written(form: ProjectForm, key: Qt.Key) -> None:
    before, page = places(form), form.verticalScrollBar().value()
    write_long(form)
    assert places(form) == before
    QTest.keyClick(form.table.editor, key)
    settle(form.window())
    now = places(form)
    assert (now[0], form.verticalScrollBar().value()) == (before[0], page)
    assert now[1] > before[1]


def test_a_click_that_ends_it_meets_the_same_row_twice(form: ProjectForm, qtbot: QtBot) -> None:
    table, page = form.table, form.verticalScrollBar().value()
    write_long(form)
    target = table.indicators.index(1, DESCRIPTION)
    at, before = table.visualRect(target).center(), places(form)
    QTest.mousePress(table.viewport(), LEFT, pos=at)
    QApplication.processEvents()
    assert table.currentIndex() == target
    assert places(form) == before
    QTest.mouseRelease(table.viewport(), LEFT, pos=at)
    QTest.mouseDClick(table.viewport(), LEFT, pos=at)
    assert (table.currentIndex(), table.editor is not None) == (target, True)
    qtbot.waitUntil(lambda: places(form)[1] > before[1])
    assert form.verticalScrollBar().value() == page


def test_the_row_one_is_in_is_seen_whole_when_it_grows_beyond_the_page(form: ProjectForm) -> None:
    table = form.table
    table.go_to(table.indicators.index(ROWS - 1, NAME))
    write_long(form)
    QTest.keyClick(table.editor, Qt.Key.Key_Return)
    settle(form.window())
    row = table.visualRect(table.indicators.index(ROWS - 1, NAME))
    bottom = table.viewport().mapTo(form.viewport(), QPoint(0, row.bottom())).y()
    assert bottom <= form.viewport().height()


def test_whoever_comes_to_the_table_by_a_key_sees_as_much_of_it_as_the_page_can_show(form: ProjectForm) -> None:
    form.focus_name()
    settle(form.window())
    assert form.verticalScrollBar().value() == 0
    form.table.setFocus(Qt.FocusReason.TabFocusReason)
    settle(form.window())
    bottom = form.table.mapTo(form.viewport(), QPoint(0, form.table.height())).y()
    assert bottom <= form.viewport().height()
