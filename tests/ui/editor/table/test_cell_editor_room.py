"""The text of an open cell is seen whole, without a bar to scroll it by, in every width and size of type."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.preferences import Preferences
from tests.ui.editor.table.table_driver import ROWS, Key, Table
from ui.editor.table.cell_editors import TextEditor
from ui.editor.table.indicator_edits import DESCRIPTION, NAME
from ui.widgets.theme import apply_look

NAMES = ("堤防加固长度", "堤防加固工程验收一次合格率", "堤防加固工程完工后每年可以少花的抢险和维修费用总额")


@pytest.fixture(params=[9, 11, 16, 20])
def table(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Iterator[Table]:
    apply_look(qapp, Preferences(size=request.param))
    rows = [replace(row, name=name, description=name) for row, name in zip(ROWS, NAMES, strict=True)]
    yield Table(qtbot, rows)
    apply_look(qapp, Preferences())


def check_seen_whole(table: Table) -> None:
    editor = table.editor
    assert isinstance(editor, TextEditor)
    assert not editor.verticalScrollBar().isVisible()
    assert editor.verticalScrollBar().maximum() == 0
    assert editor.viewport().rect().contains(editor.cursorRect())
    assert table.view.viewport().rect().contains(editor.geometry())


@pytest.mark.parametrize("column", [NAME, DESCRIPTION])
@pytest.mark.parametrize("width", [600, 840, 1100])
def test_an_opened_cell_shows_all_its_lines(table: Table, qapp: QApplication, column: int, width: int) -> None:
    table.view.resize(width, 700)
    qapp.processEvents()
    for row in range(len(NAMES)):
        table.go(row, column)
        table.press(Key.Key_F2)
        qapp.processEvents()
        check_seen_whole(table)
        table.press(Key.Key_Escape)


def test_a_cell_at_the_lower_edge_of_the_table_shows_all_its_lines(table: Table, qapp: QApplication) -> None:
    table.go(2, NAME)
    table.view.resize(840, 380)
    qapp.processEvents()
    table.view.scrollToBottom()
    table.press(Key.Key_F2)
    qapp.processEvents()
    check_seen_whole(table)
    table.press(Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    qapp.processEvents()
    check_seen_whole(table)


def test_a_text_higher_than_the_table_can_be_scrolled(table: Table, qapp: QApplication) -> None:
    table.view.resize(840, 380)
    table.go(1, DESCRIPTION)
    table.press(Key.Key_F2)
    for _line in range(30):
        table.press(Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    table.type("end")
    qapp.processEvents()
    editor = table.editor
    assert isinstance(editor, TextEditor)
    assert editor.verticalScrollBar().isVisible()
    assert editor.height() == table.view.viewport().height()
    assert editor.viewport().rect().contains(editor.cursorRect())
    for _line in range(30):
        table.press(Key.Key_Backspace)
        table.press(Key.Key_Backspace)
    qapp.processEvents()
    check_seen_whole(table)


def test_in_a_table_of_one_row_an_open_cell_has_no_bar_that_looks_like_buttons(
    qapp: QApplication, qtbot: QtBot
) -> None:
    table = Table(qtbot, (replace(ROWS[0], name="", description=""),))
    table.view.set_height_limit(400)
    for column in (NAME, DESCRIPTION):
        table.go(0, column)
        table.press(Key.Key_F2)
        table.press(Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        table.type("b")
        qapp.processEvents()
        check_seen_whole(table)
        table.press(Key.Key_Escape)
    table.view.set_height_limit(table.view.horizontalHeader().height() + table.view.fontMetrics().height() + 8)
    table.go(0, NAME)
    table.press(Key.Key_F2)
    qapp.processEvents()
    assert isinstance(table.editor, TextEditor)
    assert not table.editor.verticalScrollBar().isVisible()
