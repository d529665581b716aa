"""Whole rows and many cells of the indicator table: fill, delete, paste, move, undo; what goes on under an open cell."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.editor.table.table_driver import ROWS, Key, Table, steps
from ui.editor.table.cell_menu import cell_menu
from ui.editor.table.indicator_edits import BASIS, NAME, NUMBER, SIGN, TIER1, UNIT


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


def test_fill_down_is_one_step_and_keeps_the_value_to_the_letter(table):
    table.select(*[(row, column) for row in range(3) for column in (NAME, SIGN, NUMBER, UNIT)])
    table.press(Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert {(row.name, row.value) for row in table.rows} == {("企业数量", "≥ 60 百分比")}
    assert steps(table.session) == 1
    assert table.rows == ROWS


def test_delete_empties_the_selection_in_one_step(table):
    table.select((0, NAME), (0, SIGN), (0, NUMBER), (0, UNIT), (1, NAME))
    table.press(Key.Key_Delete)
    assert (table.rows[0].name, table.rows[0].value, table.rows[1].name) == ("", "", "")
    assert steps(table.session) == 1


def test_pasting_a_table_from_excel_adds_rows_in_one_step(table):
    table.go(2, NAME)
    QGuiApplication.clipboard().setText('甲\t"一\n二"\r\n乙\t丙\r\n')
    table.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(table.rows) == 4
    assert [(row.name, row.description) for row in table.rows[2:]] == [("甲", "一\n二"), ("乙", "丙")]
    assert table.rows[3].tier1 == "效益指标"
    assert steps(table.session) == 1


def test_one_pasted_value_fills_the_selection(table):
    table.select((0, BASIS), (1, BASIS), (2, BASIS))
    QGuiApplication.clipboard().setText("历史标准")
    table.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert {row.basis for row in table.rows} == {"历史标准"}
    assert steps(table.session) == 1


def test_a_pasted_printed_table_finds_its_columns_and_its_merged_tiers(table):
    table.go(0, TIER1)
    QGuiApplication.clipboard().setText(
        "产出指标\t质量指标\t合格率\t说明\t≥95%\t计划标准\n\t\t达标率\t说明\t100%\t计划标准"
    )
    table.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(row.tier2, row.name, row.value) for row in table.rows[:2]] == [
        ("质量指标", "合格率", "≥95%"),
        ("质量指标", "达标率", "100%"),
    ]


def test_copied_rows_can_be_pasted_below(table):
    table.select(*[(row, column) for row in range(2) for column in range(8)])
    table.press(Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    table.go(2, 0)
    table.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row.name for row in table.rows] == ["企业数量", "活动场次", "企业数量", "活动场次"]
    assert table.rows[3].value == "≥2场"


def test_undo_and_redo_are_shown_and_keep_the_current_cell(table):
    table.go(1, NAME)
    table.view.insert_row()
    table.go(2, NAME)
    table.session.undo()
    assert table.view.indicators.rowCount() == 3
    assert table.here == (1, NAME)
    table.session.redo()
    assert table.here == (2, NAME)
    assert table.shown(2, NAME) == "活动场次"


def test_rows_move_together_and_the_selection_goes_with_them(table):
    table.select((0, NAME), (1, NAME))
    table.press(Key.Key_Down, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [row.id for row in table.rows] == ["i3", "i1", "i2"]
    assert table.view.selected_rows() == [1, 2]
    assert table.session.undo_label == "移动指标"


def test_selected_rows_are_deleted_in_one_step(table):
    table.select((0, NAME), (1, NAME))
    table.view.remove_rows()
    assert [row.id for row in table.rows] == ["i3"]
    assert table.session.undo_label == "删除 2 行指标"


def test_a_change_elsewhere_leaves_the_open_cell_alone(table):
    table.go(1, NAME)
    table.type("abc")
    table.view.indicators.insert_row(0)
    table.session.edit("projects[p1].indicators[i2].name", "by another")
    assert table.editor.text() == "abc"
    table.press(Key.Key_Return)
    assert [row.name for row in table.rows][2] == "abc"


def test_undo_under_an_open_cell_keeps_what_is_typed(table):
    table.view.add_row()
    table.go(0, NAME)
    table.type("abc")
    table.session.undo()
    assert table.editor.text() == "abc"
    table.view.commit_editor()
    assert table.rows[0].name == "abc"


def test_undo_that_takes_the_open_cells_row_away_does_no_harm(table):
    table.view.add_row()
    table.go(3, NAME)
    table.press(Key.Key_F2)
    table.session.undo()
    assert table.editor is None
    assert table.view.indicators.rowCount() == 3


def test_whole_rows_find_their_columns_from_any_cell_of_a_row(table):
    table.view.add_row()  # the cursor stands in 三级指标
    assert table.here == (3, NAME)
    QGuiApplication.clipboard().setText(
        "产出指标\t质量指标\t合格率\t说明\t≥95%\t计划标准\n\t\t达标率\t说明\t100%\t计划标准"
    )
    table.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(row.tier1, row.tier2, row.name, row.value, row.basis) for row in table.rows[3:]] == [
        ("产出指标", "质量指标", "合格率", "≥95%", "计划标准"),
        ("产出指标", "质量指标", "达标率", "100%", "计划标准"),
    ]
    assert table.view.selected_cells() == {(row, column) for row in (3, 4) for column in range(8)}
    assert steps(table.session) == 2
    assert table.rows == ROWS


def test_the_menu_at_a_cell_does_what_the_keys_do(table):
    table.go(1, NAME)
    commands = {action.text().partition("\t")[0]: action for action in cell_menu(table.view).actions()}
    commands["复制"].trigger()
    table.go(2, NAME)
    commands["粘贴"].trigger()
    assert table.rows[2].name == "活动场次"
    commands["删除行"].trigger()
    assert [row.id for row in table.rows] == ["i1", "i2"]
    commands["上移"].trigger()
    assert [row.id for row in table.rows] == ["i2", "i1"]


def test_the_menu_of_a_final_text_lets_copy_alone(qtbot):
    table = Table(qtbot)
    table.session.finalise()
    assert [a.text().partition("\t")[0] for a in cell_menu(table.view).actions() if a.isEnabled() and a.text()] == [
        "复制"
    ]
