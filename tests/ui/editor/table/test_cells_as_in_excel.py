"""Cells as in Excel: the arrow at the chosen cell, the keys that open lists, the fill handle, and a row written in few keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget

from models.document.tree import Indicator
from tests.ui.editor.table.table_driver import ROWS, Key, Table, steps
from ui.editor.table.cell_handles import CellHandles
from ui.editor.table.indicator_edits import (
    BASIS,
    DESCRIPTION,
    HEADERS,
    NAME,
    NUMBER,
    SIGN,
    TIER1,
    TIER2,
    UNIT,
    WITH_LIST,
)

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


def list_is_open(table):
    editor = table.editor
    if isinstance(editor, QComboBox):
        return editor.view().isVisible()
    return editor is not None and editor.offers.isVisible()


def close_list(table):
    if isinstance(table.editor, QComboBox):
        table.editor.hidePopup()
    table.view.commit_editor()


def marked(editor):
    return editor.view().currentIndex().data()


# One row, counted


def test_a_row_by_suggestion_takes_eleven_keys_and_the_cursor_is_always_where_the_next_word_goes(qtbot):
    table = Table(qtbot, [replace(ROWS[0]), Indicator("new", "产出指标", "数量指标")])
    table.go(1, NAME)
    keys = 0

    def strike(what, modifiers=NONE):
        nonlocal keys
        keys += 1
        target = QApplication.activePopupWidget() or table.editor or table.view
        if isinstance(what, str):
            QTest.keyClicks(target, what)
        else:
            QTest.keyClick(target, what, modifiers)
        QApplication.processEvents()

    for letter in "px":
        strike(letter)
    strike(Key.Key_Down)
    strike(Key.Key_Return)
    assert table.here == (1, NUMBER)
    for digit in "12":
        strike(digit)
    strike(Key.Key_Tab)
    assert table.here == (1, BASIS)
    for letter in "jh":
        strike(letter)
    strike(Key.Key_Down)
    strike(Key.Key_Return)
    row = table.rows[1]
    assert row.name.startswith("培训")
    assert row.description
    assert table.shown(1, NUMBER) == "12"
    assert table.shown(1, SIGN)
    assert table.shown(1, UNIT)
    assert row.basis == "计划标准"
    assert keys <= 11
    assert table.here == (2, NAME)
    assert len(table.rows) == 3
    assert (table.rows[2].tier1, table.rows[2].tier2) == (row.tier1, row.tier2)


def test_tab_passes_over_what_a_suggestion_filled_in_that_row_alone(table):
    table.go(0, NAME)
    table.type("pxbc")
    table.press(Key.Key_Down)
    table.press(Key.Key_Return)
    assert table.here == (0, NUMBER)  # nothing is empty: the value is what may be another one
    table.press(Key.Key_Tab)
    assert table.here == (0, UNIT)
    table.go(1, NUMBER)
    table.press(Key.Key_Tab)
    assert table.here == (1, UNIT)


def test_enter_in_the_very_last_cell_begins_no_row_unless_a_suggestion_began_the_last_one(table):
    table.go(2, BASIS)
    table.type("ab")
    table.press(Key.Key_Return)
    table.press(Key.Key_F2)
    table.press(Key.Key_Return)
    assert len(table.rows) == 3
    assert table.here == (2, BASIS)


# The arrow and the keys that open lists


@pytest.mark.parametrize("column", sorted(WITH_LIST))
@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_F4, NONE), (Key.Key_Down, ALT)], ids=["F4", "Alt+Down"])
def test_a_key_opens_the_list_of_the_chosen_cell(table, qtbot, column, key, modifiers):
    table.go(0, column)
    table.press(key, modifiers)
    qtbot.waitUntil(lambda: list_is_open(table))
    close_list(table)
    assert table.rows == ROWS


@pytest.mark.parametrize("column", sorted(WITH_LIST))
def test_one_click_on_the_arrow_of_the_chosen_cell_opens_its_list(table, qtbot, column):
    table.go(0, column)
    arrow = table.view.list_arrow.place()
    cell = table.view.visualRect(table.view.indicators.index(0, column))
    assert cell.contains(arrow.adjusted(0, 0, -1, -1))
    QTest.mouseClick(table.view.viewport(), LEFT, pos=arrow.center())
    qtbot.waitUntil(lambda: list_is_open(table))
    close_list(table)
    assert table.rows == ROWS


@pytest.mark.parametrize("column", [DESCRIPTION, NUMBER])
def test_a_cell_without_a_list_has_no_arrow(table, column):
    table.go(0, column)
    assert table.view.list_arrow.place().isEmpty()


def test_a_final_text_has_neither_arrow_nor_handle(table):
    table.go(0, UNIT)
    table.session.finalise()
    assert table.view.list_arrow.place().isEmpty()
    assert CellHandles(table.view).handle().isEmpty()


@pytest.mark.parametrize(
    ("column", "value"), [(TIER1, "产出指标"), (TIER2, "数量指标"), (SIGN, "≥"), (UNIT, "场"), (BASIS, "计划标准")]
)
def test_a_list_opens_at_the_value_that_stands_in_the_cell(table, qtbot, column, value):
    table.go(1, column)
    table.press(Key.Key_F4)
    qtbot.waitUntil(lambda: list_is_open(table))
    assert marked(table.editor) == value
    close_list(table)


@pytest.mark.parametrize(
    ("column", "typed", "chosen"),
    [(TIER1, "my", "满意度指标"), (TIER2, "sx", "时效指标"), (BASIS, "wjdc", "问卷调查"), (UNIT, "gl", "公里")],
)
def test_initials_pick_in_every_list(table, qtbot, column, typed, chosen):
    table.go(0, column)
    for char in typed:
        QTest.keyClicks(table.editor or table.view, char)
    if popup := QApplication.activePopupWidget():
        QTest.keyClick(popup, Key.Key_Down)
        QTest.keyClick(popup, Key.Key_Return)
    else:
        table.press(Key.Key_Return)
    assert table.editor is None
    assert table.shown(0, column) == chosen
    assert table.here == (1, column)
    assert steps(table.session) == 1


@pytest.mark.parametrize(("column", "typed", "chosen"), [(BASIS, "wjdc", "问卷调查"), (UNIT, "gl", "公里")])
def test_initials_pick_in_a_list_that_is_open_already(table, qtbot, column, typed, chosen):
    table.go(0, column)
    table.press(Key.Key_F4)
    qtbot.waitUntil(lambda: list_is_open(table))
    QTest.keyClicks(table.editor.view(), typed[0])
    assert not list_is_open(table)
    QTest.keyClicks(table.editor, typed[1:])
    assert table.editor.text() == typed
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    assert table.editor is None
    assert table.shown(0, column) == chosen
    assert steps(table.session) == 1


def test_the_phrases_found_are_as_wide_as_their_words(table):
    table.session.edit("projects[p1].indicators[i2].basis", "上级下达的年度任务分解表和本单位年度工作计划")
    table.view.setColumnWidth(BASIS, 60)
    table.go(0, BASIS)
    QTest.keyClicks(table.view, "sjxd")
    popup = QApplication.activePopupWidget()
    assert popup.viewport().width() >= popup.sizeHintForColumn(0) > 60
    close_list(table)


# Moving rows, leaving the table


def test_rows_are_moved_by_control_shift_and_an_arrow(table):
    table.go(0, NAME)
    table.press(Key.Key_Down, CONTROL | SHIFT)
    assert [row.id for row in table.rows] == ["i2", "i1", "i3"]
    table.press(Key.Key_Up, CONTROL | SHIFT)
    assert table.rows == ROWS


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(("modifiers", "name"), [(CONTROL, "after"), (CONTROL | SHIFT, "before")])
def test_control_tab_leaves_the_table_and_keeps_what_is_typed(qtbot, typing, modifiers, name):
    table = Table(qtbot)
    page, before, after = QWidget(), QLineEdit(), QLineEdit()
    before.setObjectName("before")
    after.setObjectName("after")
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for widget in (before, table.view, after):
        column.addWidget(widget)
    page.show()
    page.activateWindow()
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    table.go(1, NAME)
    if typing:
        table.type("ab")
    table.press(Key.Key_Tab if modifiers == CONTROL else Key.Key_Backtab, modifiers)
    assert QApplication.focusWidget().objectName() == name
    assert table.rows[1].name == ("ab" if typing else ROWS[1].name)
    table.view.setParent(None)


# The mouse


def drag_handle(table, to_row):
    viewport = table.view.viewport()
    start = CellHandles(table.view).handle().center()
    end = QPoint(start.x(), table.view.visualRect(table.view.indicators.index(to_row, NAME)).center().y())
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, QPoint(start.x(), (start.y() + end.y()) // 2))
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def test_the_fill_handle_fills_the_cells_it_is_dragged_over_in_one_step(table):
    table.go(0, BASIS)
    drag_handle(table, 2)
    assert [row.basis for row in table.rows] == ["年初工作计划"] * 3
    assert table.view.selected_cells() == {(row, BASIS) for row in range(3)}
    assert table.session.undo_label == "向下填充"
    assert steps(table.session) == 1


def test_several_rows_are_filled_on_in_turn_and_values_to_the_letter(qtbot):
    table = Table(qtbot, [*ROWS[:2], Indicator("n1"), Indicator("n2"), Indicator("n3")])
    table.select(*((row, column) for row in (0, 1) for column in (SIGN, NUMBER, UNIT)))
    drag_handle(table, 4)
    assert [row.value for row in table.rows] == ["≥ 60 百分比", "≥2场", "≥ 60 百分比", "≥2场", "≥ 60 百分比"]
    assert [row.name for row in table.rows[2:]] == ["", "", ""]


def test_the_handle_let_go_where_it_was_changes_nothing(table):
    table.go(1, BASIS)
    drag_handle(table, 1)
    assert table.session.undo_label is None
    assert table.here == (1, BASIS)


def test_headers_choose_columns_and_rows(table):
    header = table.view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(UNIT) + header.sectionSize(UNIT) // 2, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, pos=place)
    assert table.view.selected_cells() == {(row, UNIT) for row in range(3)}
    rows = table.view.verticalHeader()
    place = QPoint(rows.width() // 2, rows.sectionViewportPosition(1) + rows.sectionSize(1) // 2)
    QTest.mouseClick(rows.viewport(), LEFT, pos=place)
    assert table.view.selected_cells() == {(1, column) for column in range(len(HEADERS))}


def test_no_key_of_the_table_is_one_that_input_methods_take(table):
    taken = ((Key.Key_Space, CONTROL), (Key.Key_Space, SHIFT), (Key.Key_Semicolon, CONTROL), (Key.Key_Period, CONTROL))
    table.go(0, NAME)
    for key, modifiers in taken:
        table.press(key, modifiers)
        table.view.commit_editor()
    assert [replace(row, name="") for row in table.rows] == [replace(row, name="") for row in ROWS]
    assert table.view.selected_cells() == {table.here}
