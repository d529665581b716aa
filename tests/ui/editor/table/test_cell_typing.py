"""What is typed into a cell is in the draft at each key, as in any field; one cell is one step, and Escape leaves none."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document.tree import Indicator
from tests.ui.editor.table.table_driver import ROWS, Key, Table, compose, steps
from ui.editor.table import indicator_view
from ui.editor.table.indicator_edits import BASIS, COLUMN_COUNT, DESCRIPTION, NAME, NUMBER, SIGN, TIER1, TIER2, UNIT

TYPED = {NAME: "abc", DESCRIPTION: "abc", NUMBER: "123", UNIT: "kwx", BASIS: "abc"}
CHOSEN = {TIER1: ("x", "效益指标"), TIER2: ("zl", "质量指标"), SIGN: ("<=", "≤")}
WORDS = (NAME, DESCRIPTION, NUMBER, UNIT, BASIS)


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


@pytest.fixture
def signalled(table):
    """The open cell, each time the model said that it had changed."""
    found = []

    def look(top, bottom):
        row, column = table.here
        inside = top.row() <= row <= bottom.row() and top.column() <= column <= bottom.column()
        if table.editor is not None and inside:
            found.append((row, column))

    table.view.indicators.dataChanged.connect(look)
    return found


def keyboard(table):
    """What an input method writes into."""
    return table.view if table.view.hasFocus() else table.editor


@pytest.mark.parametrize("column", WORDS)
def test_each_key_in_a_cell_is_in_the_draft_at_once(table, signalled, column):
    table.go(0, column)
    for length in range(1, 4):
        table.type(TYPED[column][length - 1])
        assert table.editor is not None
        assert table.shown(0, column) == TYPED[column][:length]
    assert not signalled
    table.press(Key.Key_Return)
    assert table.shown(0, column) == TYPED[column]
    assert steps(table.session) == 1
    assert table.rows == ROWS


@pytest.mark.parametrize("column", CHOSEN)
def test_a_choice_made_by_keys_is_in_the_draft_before_the_cell_is_left(table, signalled, column):
    keys, chosen = CHOSEN[column]
    table.go(0, column)
    for char in keys:
        QTest.keyClicks(table.editor or table.view, char)
    assert table.editor is not None
    assert table.shown(0, column) == chosen
    assert not signalled
    table.press(Key.Key_Return)
    assert steps(table.session) == 1
    assert table.rows == ROWS


@pytest.mark.parametrize("column", range(COLUMN_COUNT))
def test_escape_leaves_neither_a_change_nor_a_step(table, column):
    table.session.edit("projects[p1].name", "别的")
    table.session.leave_field()
    table.go(0, column)
    for char in CHOSEN[column][0] if column in CHOSEN else TYPED[column]:
        QTest.keyClicks(table.editor or table.view, char)
    assert table.rows != ROWS
    table.press(Key.Key_Escape)
    assert table.editor is None
    assert table.rows == ROWS
    assert table.session.undo_label == "修改 项目 1 · 项目名称"
    assert table.session.redo_label is None


def test_escape_brings_the_text_back_though_another_change_came_between(table):
    table.go(0, NAME)
    table.type("ab")
    table.session.edit("projects[p1].name", "别的")
    table.type("c")
    table.press(Key.Key_Escape)
    assert table.rows == ROWS
    assert table.session.get("projects[p1].name") == "别的"


def test_a_carried_value_typed_over_and_brought_back_is_still_carried(table):
    draft = table.session.draft
    marks = ("projects[p1].indicators[i1].value",)
    table.session.change("沿用", replace(draft, provenance=replace(draft.provenance, carried_over=marks)))
    table.go(0, NUMBER)
    table.type("7")
    assert table.session.draft.provenance.carried_over == ()
    table.press(Key.Key_Escape)
    assert table.session.draft.provenance.carried_over == marks


def test_a_first_tier_met_on_the_way_to_another_brings_no_second_one_along(table):
    table.go(0, TIER1)
    QTest.keyClicks(table.view, "m")
    assert (table.rows[0].tier1, table.rows[0].tier2) == ("满意度指标", "服务对象满意度指标")
    QTest.keyClicks(table.editor, "x")
    assert (table.rows[0].tier1, table.rows[0].tier2) == ("效益指标", "数量指标")
    table.press(Key.Key_Return)
    assert steps(table.session) == 1


def test_the_beginnings_of_a_unit_are_no_units(table):
    table.go(1, UNIT)
    table.type("标准箱")
    table.press(Key.Key_Return)
    assert table.rows[1].value == "≥2标准箱"
    assert table.view.unit_groups()["本文用过"] == ["标准箱"]
    table.go(0, NUMBER)
    table.type("5批次以上")
    table.press(Key.Key_Escape)
    assert not {"批", "批次以", "批次以上"} & set(table.view.unit_groups()["本文用过"])


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, BASIS])
@pytest.mark.parametrize("opened", [False, True], ids=["on a selected cell", "in an open cell"])
def test_of_a_composition_the_confirmed_words_count_and_nothing_else(table, signalled, column, opened):
    table.go(0, column)
    before = table.shown(0, column)
    if opened:
        table.press(Key.Key_F2)
        table.editor.select_all()
    for preedit in ("mu", "mu biao"):
        compose(keyboard(table), preedit)
        assert table.shown(0, column) == before  # the selected text is out of the widget, and was not deleted
    compose(keyboard(table), "ji", commit="目标")
    assert table.shown(0, column) == "目标"
    compose(keyboard(table), "ji xiao")
    assert table.shown(0, column) == "目标"
    compose(keyboard(table), commit="绩效")
    assert table.shown(0, column) == "目标绩效"
    assert not signalled
    table.view.commit_editor()
    assert table.shown(0, column) == "目标绩效"
    assert steps(table.session) == 1


def test_a_word_being_composed_outlives_changes_elsewhere_in_its_row(table, signalled):
    table.go(0, NAME)
    table.press(Key.Key_F2)
    compose(table.editor, preedit="mubiao")
    table.session.edit("projects[p1].indicators[i1].basis", "别处")
    table.session.edit("projects[p1].indicators[i1].tier1", "效益指标")
    table.view.indicators.show_carried_over(("projects[p1].indicators[i1].value",))
    assert not signalled
    assert table.editor.preedit == "mubiao"
    compose(table.editor, commit="目标")
    table.press(Key.Key_Return)
    assert table.rows[0].name == "企业数量目标"


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, BASIS, UNIT])
def test_emptying_an_open_cell_is_a_deletion(table, column):
    table.go(0, column)
    table.press(Key.Key_F2)
    table.editor.select_all()
    table.press(Key.Key_Delete)
    assert table.shown(0, column) == ""
    table.press(Key.Key_Return)
    assert table.shown(0, column) == ""


def test_characters_no_file_can_hold_are_taken_out_of_a_cell_and_told(table, qtbot):
    with qtbot.waitSignal(table.view.indicators.cleaned) as told:
        table.go(0, NAME)
        table.press(Key.Key_F2)
        table.editor.insertPlainText("甲\u202e乙")
    assert told.args == [1]
    assert table.rows[0].name == "企业数量甲乙"


def test_a_cell_that_was_typed_into_is_as_high_as_its_words_when_it_is_left(table):
    before = table.view.rowHeight(0)
    table.go(0, NAME)
    table.type("a")
    for _line in range(3):
        table.press(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        table.type("b")
    table.press(Key.Key_Return)
    assert table.view.rowHeight(0) > before


def test_typing_with_long_rests_is_one_step(qtbot, monkeypatch):
    monkeypatch.setattr("models.session.history.PAUSE", -1)
    table = Table(qtbot, [Indicator("i1")])
    table.go(0, NAME)
    table.type("abc")
    table.press(Key.Key_Return)
    assert steps(table.session) == 1


@pytest.mark.parametrize(("column", "field"), [(NAME, "name"), (BASIS, "basis")])
def test_no_break_spaces_outlive_an_editor(qtbot, column, field):
    table = Table(qtbot, [Indicator("i1", **{field: "甲\u00a0乙"})])
    table.go(0, column)
    table.press(Key.Key_F2)
    table.press(Key.Key_Escape)
    table.press(Key.Key_F2)
    table.press(Key.Key_Return)
    assert table.session.undo_label is None
    table.go(0, column)
    table.press(Key.Key_F2)
    table.type("x")
    assert getattr(table.rows[0], field) == "甲\u00a0乙x"


def test_a_number_struck_into_the_cell_of_the_sign_stays_in_its_row_though_another_one_is_clicked_at_once(table):
    table.go(1, SIGN)
    for char in "<=75":
        QTest.keyClicks(table.editor or table.view, char)
    place = table.view.visualRect(table.view.indicators.index(0, NAME)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    assert table.here == (0, NAME)
    assert [row.value for row in table.rows] == [ROWS[0].value, "≤75场", ROWS[2].value]
    assert steps(table.session) == 1


@pytest.mark.parametrize("keys", ["x", ""])
def test_a_second_tier_of_another_first_one_stays_and_that_is_said(table, monkeypatch, keys):
    said = []
    monkeypatch.setattr(indicator_view, "say", lambda _widget, words: said.append(words))
    table.go(0, TIER1)
    if keys:
        QTest.keyClicks(table.view, keys)
    else:
        table.press(Key.Key_F2)
    table.press(Key.Key_Return)
    assert table.editor is None
    assert table.rows[0].tier2 == "数量指标"
    words = "二级指标「数量指标」不属于「效益指标」，请在二级指标那一格另选一个（F4）。"
    assert said == ([words] if keys else [])
