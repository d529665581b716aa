"""No typed text is lost however pauses, Enter and the closing of a cell fall together."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document.tree import Indicator
from tests.ui.editor.table.table_driver import ROWS, Key, Table, compose
from ui.editor.table.indicator_edits import BASIS, DESCRIPTION, NAME, NUMBER, UNIT

COLUMNS = {NAME: "name", DESCRIPTION: "description", NUMBER: "value", UNIT: "value", BASIS: "basis"}
ENDS = (Key.Key_Return, Key.Key_Enter, Key.Key_Tab)


def key(table, pressed):
    """As the window system sends it: to whatever has the keyboard, an open list included."""
    target = QApplication.activePopupWidget() or table.editor or table.view
    QTest.keyClick(target, pressed)


@pytest.mark.parametrize("seed", range(40))
def test_typed_text_survives_any_timing_of_pause_and_enter(qtbot, seed):
    chance = random.Random(seed)
    table = Table(qtbot, [Indicator(f"i{n}") for n in range(3)])
    for turn in range(12):
        row, column = chance.randrange(3), chance.choice(list(COLUMNS))
        table.go(row, column)
        text = "".join(chance.choice("12345" if column == NUMBER else "qvxzj") for _ in range(5))
        for char in text:
            target = table.editor or table.view
            QTest.keyClicks(target, char)
            if chance.random() < 0.5:
                QTest.qWait(chance.choice((0, 1, 4, 5, 9)))
            if chance.random() < 0.1:
                table.session.edit("projects[p1].fund_use", f"别处{turn}")
        key(table, chance.choice(ENDS))
        QTest.qWait(chance.choice((0, 5)))
        table.view.commit_editor()
        assert text in table.shown(row, column), (row, column)
        assert text in getattr(table.rows[row], COLUMNS[column])


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, BASIS])
def test_text_handed_over_and_undone_elsewhere_is_kept_by_enter(qtbot, column):
    table = Table(qtbot)
    table.go(0, column)
    table.type("abc")
    qtbot.waitUntil(lambda: getattr(table.rows[0], COLUMNS[column]) == "abc")
    table.session.undo()
    assert table.rows == ROWS
    assert table.editor.text() == "abc"
    table.press(Key.Key_Return)
    assert getattr(table.rows[0], COLUMNS[column]) == "abc"


@pytest.mark.parametrize("column", [UNIT, BASIS])
def test_one_enter_closes_the_cell_though_its_list_of_phrases_is_open(qtbot, column):
    table = Table(qtbot)
    table.view.activateWindow()
    table.go(0, column)
    compose(table.view, commit="计" if column == BASIS else "公")
    QApplication.processEvents()
    table.editor.completer().complete()
    assert table.editor.completer().popup().isVisible()
    QTest.keyClick(table.editor.completer().popup(), Key.Key_Return)
    qtbot.waitUntil(lambda: table.editor is None)
    assert table.shown(0, column) == ("计" if column == BASIS else "公")
    assert table.here == (1, column)


def test_enter_before_the_list_of_a_choice_drops_down_leaves_no_list_behind(qtbot):
    table = Table(qtbot)
    for _turn in range(20):
        table.go(0, 4)
        QTest.keyClick(table.view, Key.Key_F2)
        if table.editor is not None:
            QTest.keyClick(table.editor, Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()
        QTest.qWait(1)
        assert QApplication.activePopupWidget() is None
    assert table.rows == ROWS
