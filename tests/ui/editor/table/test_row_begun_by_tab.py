"""A row that Tab has begun at the end of the table, and in which nothing was written, is not printed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.large import large_draft
from ui.editor.table.indicator_edits import BASIS, NAME
from ui.editor.table.indicator_view import IndicatorView
from ui.shell.main_window import MainWindow


@pytest.fixture
def table(window: MainWindow, qtbot: QtBot) -> IndicatorView:
    """The keyboard stands in the row that Tab has made below three others."""
    window.take_draft(large_draft(2, 3))
    window.editor.show_place("projects[p1].indicators[i1x3].basis")
    table = QApplication.focusWidget()
    assert isinstance(table, IndicatorView)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, BASIS)
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert table.indicators.rowCount() == 4
    assert table.currentIndex().row() == 3
    return table


def test_the_next_word_is_the_name_under_the_tiers_of_the_row_before(table: IndicatorView) -> None:
    above, begun = table.indicators.rows[2:]
    assert table.currentIndex().column() == NAME
    assert (begun.tier1, begun.tier2) == (above.tier1, above.tier2) != ("", "")
    QTest.keyClicks(table, "w")
    assert table.indicators.rows[3].tier1 == above.tier1
    assert table.session.document.projects[0].indicators[3].name == "w"


def test_it_goes_whole_with_one_undo(window: MainWindow, table: IndicatorView) -> None:
    window.undo()
    assert rows(window) == 3
    window.redo()
    assert table.indicators.rows[3].tier1 == table.indicators.rows[2].tier1


def rows(window: MainWindow, project: int = 0) -> int:
    return len(window.editor.session.document.projects[project].indicators)


@pytest.mark.parametrize("way", ["step", "field", "project", "ctrl+tab"])
def test_it_goes_when_the_table_is_left(window: MainWindow, table: IndicatorView, qtbot: QtBot, way: str) -> None:
    if way == "step":
        window.editor.show_step(2)
        window.editor.focus_page()
    elif way == "field":
        window.editor.show_place("projects[p1].budget")
    elif way == "project":
        window.editor.show_place("projects[p2].name")
    else:
        QTest.keyClick(table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: rows(window) == 3)
    assert rows(window, 1) == 3
    window.undo()
    assert rows(window) == 4, "the step before is there"


def test_it_stays_once_something_is_written_in_it(window: MainWindow, table: IndicatorView, qtbot: QtBot) -> None:
    table.go_to(table.indicators.index(3, NAME))
    QTest.keyClicks(table, "a")
    window.editor.show_place("projects[p1].budget")
    qtbot.waitUntil(lambda: not table.has_keyboard())
    QApplication.processEvents()
    assert rows(window) == 4
    assert table.indicators.rows[3].name == "a"


def test_it_stays_while_a_list_opens_over_the_table(window: MainWindow, table: IndicatorView, qtbot: QtBot) -> None:
    QTest.keyClick(table, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: table.editor is not None)
    QApplication.processEvents()
    assert rows(window) == 4


def test_a_row_added_by_its_button_stays(window: MainWindow, table: IndicatorView, qtbot: QtBot) -> None:
    table.add_row()
    assert rows(window) == 5
    window.editor.show_place("projects[p1].budget")
    qtbot.waitUntil(lambda: rows(window) == 4)
    QApplication.processEvents()
    assert rows(window) == 4
