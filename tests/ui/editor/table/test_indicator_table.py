"""One cell of the indicator table as the clerk uses it: keys, dropdowns, the parts of a value, the input method."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document.tree import Indicator, Settings
from tests.ui.editor.table.table_driver import ROWS, Key, Table, compose
from ui.editor.table.indicator_delegate import CellDelegate
from ui.editor.table.indicator_edits import BASIS, DESCRIPTION, NAME, NUMBER, SIGN, TIER1, TIER2, UNIT
from ui.editor.table.indicator_model import FAULT_ROLE, MERGED_ROLE


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


def test_typing_on_a_cell_replaces_its_text(table):
    table.go(0, NAME)
    table.type("ab")
    table.press(Key.Key_Return)
    assert table.rows[0].name == "ab"
    assert table.session.undo_label == "修改 项目 1 · 指标 1 · 三级指标"


def test_f2_goes_on_at_the_end_of_the_text(table):
    table.go(0, NAME)
    table.press(Key.Key_F2)
    table.type("x")
    table.press(Key.Key_Return)
    assert table.rows[0].name == "企业数量x"


def test_enter_goes_down_and_tab_right(table):
    table.go(0, NAME)
    table.type("a")
    table.press(Key.Key_Return)
    assert table.here == (1, NAME)
    table.type("b")
    table.press(Key.Key_Tab)
    assert table.here == (1, DESCRIPTION)
    table.press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert table.here == (1, NAME)
    assert [row.name for row in table.rows] == ["a", "b", "影响"]


def test_escape_brings_back_the_text(table):
    table.go(0, NAME)
    table.type("wrong")
    table.press(Key.Key_Escape)
    assert table.editor is None
    assert table.rows[0].name == "企业数量"


def test_escape_takes_back_what_was_saved_meanwhile(table):
    table.go(0, NAME)
    table.type("wrong")
    assert table.rows[0].name == "wrong"
    assert table.editor is not None
    table.press(Key.Key_Escape)
    assert table.rows[0].name == "企业数量"


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_modified_enter_makes_a_line_in_the_cell(table, modifier):
    table.go(0, DESCRIPTION)
    table.type("a")
    table.press(Key.Key_Return, modifier)
    table.type("b")
    table.press(Key.Key_Return)
    assert table.rows[0].description == "a\nb"


def test_tab_after_the_last_cell_makes_a_row_of_the_same_tiers(table):
    table.go(2, BASIS)
    table.press(Key.Key_Tab)
    assert table.here == (3, NAME)
    assert (table.rows[3].tier1, table.rows[3].tier2, table.rows[3].name) == ("效益指标", "社会效益指标", "")
    assert table.session.undo_label == "添加指标"


def test_tab_leaves_the_table_instead_of_piling_up_empty_rows(table):
    table.go(2, BASIS)
    table.press(Key.Key_Tab)
    table.go(3, BASIS)
    table.press(Key.Key_Tab)
    assert len(table.rows) == 4


def test_second_tiers_follow_the_first(table):
    table.go(2, TIER2)
    table.press(Key.Key_F2)
    offered = [table.editor.itemData(row) for row in range(table.editor.count())]
    assert offered == ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]
    table.press(Key.Key_Escape)


def test_the_drafts_tier_scheme_is_offered(qtbot):
    table = Table(qtbot, settings=Settings(tier_scheme="2021"))
    table.go(0, TIER1)
    table.press(Key.Key_F2)
    assert table.editor.findData("成本指标") >= 0
    table.press(Key.Key_Escape)


def test_the_only_second_tier_comes_with_the_first_in_one_step(table):
    table.choose(0, TIER1, "满意度指标")
    assert (table.rows[0].tier1, table.rows[0].tier2) == ("满意度指标", "服务对象满意度指标")
    table.session.undo()
    assert (table.rows[0].tier1, table.rows[0].tier2) == ("产出指标", "数量指标")


def test_no_words_stand_below_the_mark_of_a_cell(qtbot, monkeypatch):
    table = Table(qtbot, [replace(ROWS[0], value="2026年9月30日前完成并验收")])
    view = table.view
    view.indicators.show_carried_over(("projects[p1].indicators[i1].value",))
    rect = view.visualRect(view.indicators.index(0, NUMBER))
    mark = view.fontMetrics().height()
    corner = QRect(rect.right() - mark + 1, rect.top() + 1, mark - 2, mark - 1)

    def ink():
        shown = view.viewport().grab(corner).toImage()
        return {shown.pixel(x, y) for x in range(shown.width()) for y in range(shown.height())}

    assert len(ink()) > 1
    monkeypatch.setattr(CellDelegate, "_paint_problem", lambda *_given: None)
    assert len(ink()) == 1


def test_a_second_tier_that_no_longer_fits_is_kept_and_marked(table):
    table.choose(0, TIER1, "效益指标")
    assert table.rows[0].tier2 == "数量指标"
    assert table.view.indicators.index(0, TIER2).data(FAULT_ROLE) == "「数量指标」不属于「效益指标」"


def test_unknown_tiers_from_imports_are_kept_and_offered(qtbot):
    table = Table(qtbot, [replace(ROWS[0], tier1="其他指标")])
    assert "没有一级指标「其他指标」" in table.view.indicators.index(0, TIER1).data(FAULT_ROLE)
    table.go(0, TIER1)
    table.press(Key.Key_F2)
    assert table.editor.text() == "其他指标"
    table.press(Key.Key_Return)
    assert table.rows[0].tier1 == "其他指标"
    assert table.session.undo_label is None


def test_the_three_parts_of_a_value_are_shown_apart_and_words_in_the_middle(table):
    assert [table.shown(0, column) for column in (SIGN, NUMBER, UNIT)] == ["≥", "60", "百分比"]
    assert [table.shown(2, column) for column in (SIGN, NUMBER, UNIT)] == ["", "优良", ""]


def test_a_part_edited_composes_the_value_anew(table):
    table.go(0, NUMBER)
    table.type("75")
    table.press(Key.Key_Return)
    assert table.rows[0].value == "≥75百分比"
    table.choose(0, SIGN, "≤")
    assert table.rows[0].value == "≤75百分比"


def test_a_whole_value_can_be_typed_into_the_number(table):
    table.go(2, NUMBER)
    table.type("≥90%")
    table.press(Key.Key_Return)
    assert table.rows[2].value == "≥90%"
    assert [table.shown(2, column) for column in (SIGN, NUMBER, UNIT)] == ["≥", "90", "%"]


def test_words_take_the_place_of_the_whole_value(table):
    table.go(0, NUMBER)
    table.type("优良")
    table.press(Key.Key_Return)
    assert table.rows[0].value == "优良"


def test_a_value_can_be_built_from_its_sign_and_unit_first(qtbot):
    table = Table(qtbot, [Indicator("i1")])
    table.choose(0, SIGN, "≥")
    table.go(0, UNIT)
    table.type("%")
    table.press(Key.Key_Return)
    table.go(0, NUMBER)
    table.type("90")
    table.press(Key.Key_Return)
    assert table.rows[0].value == "≥90%"


def test_a_unit_of_ones_own_is_taken_and_stays_one_without_a_number(table):
    table.go(1, UNIT)
    table.type("标准箱")
    table.press(Key.Key_Return)
    assert table.rows[1].value == "≥2标准箱"
    table.go(1, NUMBER)
    table.press(Key.Key_Delete)
    assert [table.shown(1, column) for column in (SIGN, NUMBER, UNIT)] == ["≥", "", "标准箱"]
    assert "标准箱" in table.view.unit_groups()["本文用过"]


def test_units_are_found_by_their_groups_name(table):
    table.go(0, UNIT)
    table.press(Key.Key_F2)
    completer = table.editor.completer()
    completer.setCompletionPrefix("面积")
    found = {completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())}
    assert found == {"平方米", "万平方米", "亩", "公顷"}
    table.press(Key.Key_Escape)


def test_the_basis_remembers_what_the_draft_used(table):
    assert list(table.view.basis_phrases())[:2] == ["计划标准", "历史标准"]
    assert {"年初工作计划", "问卷调查"} <= set(table.view.basis_phrases())


@pytest.mark.parametrize("column", range(8))
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab, Key.Key_Escape])
def test_opening_and_closing_an_editor_changes_nothing(qtbot, column, key):
    rows = (replace(ROWS[0], description="两\n行 ", basis="两\n行", tier2="别的"), ROWS[1])
    table = Table(qtbot, rows)
    table.go(0, column)
    table.press(Key.Key_F2)
    assert table.editor is not None
    table.press(key)
    assert table.editor is None
    assert table.rows is rows or table.rows == rows
    assert table.session.undo_label is None


def test_a_composition_replaces_the_cell_and_is_taken_over_on_closing(table):
    table.go(0, NAME)
    compose(table.view, preedit="ceshi")
    compose(table.view, preedit="测试")
    assert table.rows[0].name == "企业数量"
    table.view.commit_editor()
    assert table.rows[0].name == "测试"


@pytest.mark.parametrize(("column", "field"), [(NAME, "name"), (BASIS, "basis")])
def test_a_confirmed_composition_replaces_the_cell(table, column, field):
    table.go(0, column)
    compose(table.view, preedit="ceshi")
    compose(table.view, commit="测试")
    table.press(Key.Key_Return)
    assert getattr(table.rows[0], field) == "测试"


def test_a_composition_given_up_leaves_the_text(table):
    table.go(0, NAME)
    compose(table.view, preedit="ceshi")
    compose(table.view)
    table.view.commit_editor()
    assert table.rows[0].name == "企业数量"


def test_equal_tiers_are_shown_merged_and_stay_cells(table):
    model = table.view.indicators
    assert [model.index(row, TIER1).data(MERGED_ROLE) for row in range(3)] == [
        (False, True),
        (True, False),
        (False, False),
    ]
    assert model.index(1, TIER1).data() == "产出指标"


def test_rows_grow_with_their_text(table, qtbot):
    qtbot.waitUntil(lambda: table.view.rowHeight(1) > 0)
    before = table.view.rowHeight(1)
    table.session.edit("projects[p1].indicators[i2].description", "很长的说明" * 40)
    assert table.view.rowHeight(1) > 2 * before


def test_cells_say_where_they_are(table):
    text = table.view.indicators.index(1, NUMBER).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "第 2 行 指标值 ≥2场"


def test_the_table_names_the_field_of_its_cell(table, qtbot):
    with qtbot.waitSignal(table.view.cell_focused) as told:
        table.go(1, UNIT)
    assert told.args == ["projects[p1].indicators[i2].value"]


def test_a_final_draft_is_not_edited(table):
    table.session.change("定稿", replace(table.session.draft, state="定稿"))
    table.go(0, NAME)
    table.type("x")
    table.press(Key.Key_Delete)
    assert table.editor is None
    assert table.rows == ROWS


def test_the_tables_keys_win_over_the_windows_shortcuts(table):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(table.view, event)
    assert event.isAccepted()


def test_lines_within_a_cell_are_shown_as_lines(table):
    before = table.view.rowHeight(0)
    table.session.edit("projects[p1].indicators[i1].name", "一\n二\n三")
    assert table.view.rowHeight(0) > before


def test_the_editor_of_every_cell_has_the_cells_name(table):
    names = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "符号", "指标值", "单位", "指标值确定依据")
    for column, name in enumerate(names):
        table.go(0, column)
        table.press(Key.Key_F2)
        assert table.editor.accessibleName().startswith(f"第 1 行 {name}")
        table.press(Key.Key_Escape)


@pytest.mark.parametrize(("typed", "sign"), [(">=", "≥"), ("<=", "≤"), (">", "＞"), ("=", "＝"), ("<", "＜")])
def test_a_sign_is_typed_as_on_the_keyboard(qtbot, typed, sign):
    table = Table(qtbot)
    table.go(0, SIGN)
    for char in typed:
        QTest.keyClicks(table.editor or table.view, char)
    table.press(Key.Key_Tab)
    assert table.rows[0].value.replace(" ", "") == f"{sign}60百分比"
    assert table.here == (0, NUMBER)


def test_a_number_typed_behind_its_sign_goes_into_its_own_cell(qtbot):
    table = Table(qtbot)
    table.go(0, SIGN)
    for char in "<=12":
        QTest.keyClicks(table.editor or table.view, char)
    qtbot.waitUntil(lambda: table.here == (0, NUMBER) and table.editor is not None)
    QTest.keyClicks(table.editor, "5")
    table.press(Key.Key_Return)
    assert table.rows[0].value == "≤125百分比"


@pytest.mark.parametrize(("typed", "value"), [("<=-5", "≤-5百分比"), ("-5", "≥-5百分比"), (">=.5", ".5")])
def test_nothing_typed_into_the_cell_of_the_sign_is_lost(qtbot, typed, value):
    table = Table(qtbot)
    table.go(0, SIGN)
    for char in typed:
        QTest.keyClicks(table.editor or table.view, char)
    table.press(Key.Key_Return)  # before the number has its cell
    assert table.rows[0].value.replace(" ", "") == value


def test_a_number_struck_into_the_open_list_of_signs_is_not_lost_by_a_quick_enter(qtbot):
    table = Table(qtbot)
    table.go(0, SIGN)
    table.press(Key.Key_F2)
    qtbot.waitUntil(lambda: table.editor.view().isVisible())
    opened = table.editor.view()
    QTest.keyClicks(opened, "<=12")
    QTest.keyClick(opened, Key.Key_Return)
    table.view.commit_editor()
    assert table.rows[0].value == "≤12百分比"


def test_an_open_list_takes_letters_and_leaves_tab_to_the_cell(qtbot):
    table = Table(qtbot)
    table.go(2, TIER1)
    table.press(Key.Key_F2)
    qtbot.waitUntil(lambda: table.editor.view().isVisible())
    QTest.keyClicks(table.editor.view(), "cc")
    assert table.editor.text() == "产出指标"
    QTest.keyClick(table.editor.view(), Key.Key_Tab)
    assert table.rows[2].tier1 == "产出指标"
    assert table.here == (2, TIER2)


def test_the_words_of_a_narrow_list_are_not_cut(qtbot):
    table = Table(qtbot)
    table.go(0, SIGN)
    table.press(Key.Key_F2)
    qtbot.waitUntil(lambda: table.editor.view().isVisible())
    assert table.editor.view().viewport().width() >= table.editor.view().sizeHintForColumn(0)
