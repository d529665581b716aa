"""The indicator table as the clerk uses it: keys, dropdowns, the parts of a value, the clipboard, undo."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document import Draft, GoalDocument, Indicator, Project, Settings
from models.session import Session
from ui.tables.indicator_edits import BASIS, DESCRIPTION, NAME, NUMBER, SIGN, TIER1, TIER2, UNIT
from ui.tables.indicator_model import FAULT_ROLE, MERGED_ROLE
from ui.tables.indicator_view import IndicatorView

Key = Qt.Key

ROWS = (
    Indicator("i1", "产出指标", "数量指标", "企业数量", "入驻企业", "≥ 60 百分比", "年初工作计划"),
    Indicator("i2", "产出指标", "数量指标", "活动场次", "活动", "≥2场", "计划标准"),
    Indicator("i3", "效益指标", "社会效益指标", "影响", "社会影响", "优良", "问卷调查"),
)


class Table:
    """A table on the screen, and what its session holds."""

    def __init__(self, qtbot, rows=ROWS, settings=Settings()):  # noqa: B008  (a frozen value)
        document = GoalDocument(projects=(Project("p1", indicators=tuple(rows)),))
        self.session = Session(Draft(document, settings))
        self.view = IndicatorView(self.session)
        qtbot.addWidget(self.view)
        self.session.subscribe(lambda _change: self.view.refresh())
        self.view.show_project("p1")
        self.view.resize(1000, 500)
        self.view.show()
        self.view.activateWindow()
        self.view.setFocus()
        qtbot.waitUntil(self.view.hasFocus)

    @property
    def rows(self):
        return self.session.document.projects[0].indicators

    @property
    def editor(self):
        return self.view.editor

    @property
    def here(self):
        return self.view.currentIndex().row(), self.view.currentIndex().column()

    def go(self, row, column):
        self.view.go_to(self.view.indicators.index(row, column))

    def select(self, *cells):
        self.go(*cells[0])
        self.view.clearSelection()
        for row, column in cells:
            index = self.view.indicators.index(row, column)
            self.view.selectionModel().select(index, self.view.selectionModel().SelectionFlag.Select)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.editor or self.view, key, modifiers)

    def type(self, text):
        """As a clerk types it: the first character may open the cell, Chinese comes from the input method."""
        for char in text:
            if char.isascii():
                QTest.keyClicks(self.editor or self.view, char)
            else:
                compose(self.view if self.view.hasFocus() else self.editor, commit=char)

    def shown(self, row, column):
        return self.view.indicators.index(row, column).data()

    def choose(self, row, column, text):
        self.go(row, column)
        self.press(Key.Key_F2)
        QApplication.processEvents()
        self.editor.hidePopup()
        self.editor.setCurrentIndex(self.editor.findData(text))
        self.press(Key.Key_Return)


def compose(widget, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


def steps(session):
    count = 0
    while session.undo():
        count += 1
    return count


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


def test_escape_takes_back_what_was_saved_meanwhile(table, qtbot):
    table.go(0, NAME)
    table.type("wrong")
    qtbot.waitUntil(lambda: table.rows[0].name == "wrong", timeout=3000)  # the pause of a second is the feature
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
    assert table.here == (3, 0)
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
    table.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
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
