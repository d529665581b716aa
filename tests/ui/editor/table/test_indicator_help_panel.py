"""What the table offers and takes in many at once: candidates, merged tables, dragged rows, filled columns, order."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document.tree import Draft, GoalDocument, Indicator, Project
from models.session.session import Session
from tests.opening import open_store
from tests.ui.editor.table.table_driver import ROWS, Key, Table, compose, steps
from ui.editor.table.indicator_edits import BASIS, DESCRIPTION, NAME, NUMBER, SIGN, TIER1, TIER2, UNIT
from ui.editor.table.indicator_model import FAULT_ROLE

CONTROL = Qt.KeyboardModifier.ControlModifier
EMPTY = Indicator("i1", "产出指标", "数量指标")


@pytest.fixture
def table(qtbot):
    return Table(qtbot)


def offered(table):
    """What the list holds, once it follows what was typed."""
    while table.editor.is_waiting:
        QApplication.processEvents()
    offers = table.editor.offers
    return [offers.model().index(row, 0).data() for row in range(offers.count())] if offers.isVisible() else []


def test_pinyin_initials_offer_names_and_picking_one_fills_the_empty_cells_in_one_step(qtbot):
    table = Table(qtbot, [EMPTY])
    table.go(0, NAME)
    table.type("pxbc")
    assert offered(table)[0].startswith("培训班次")
    table.press(Key.Key_Down)
    table.press(Key.Key_Return)
    assert table.editor is None
    row = table.rows[0]
    assert (row.name, row.description, row.value) == ("培训班次", "全年举办培训班的次数", "≥次")
    assert table.session.undo_label == "选用指标「培训班次」"
    assert steps(table.session) == 1
    assert table.rows == (EMPTY,)


@pytest.mark.parametrize("height", [170, 230, 300, 700])
def test_the_list_stays_within_a_low_window_and_scrolls_to_the_marked_line(qtbot, height):
    table = Table(qtbot, [EMPTY])
    table.view.resize(840, height)
    QApplication.processEvents()
    table.go(0, NAME)
    table.type("p")
    assert len(offered(table)) > 5
    offers, editor = table.editor.offers, table.editor
    assert table.view.rect().contains(offers.geometry())
    assert not offers.geometry().intersects(QRect(editor.mapTo(table.view, QPoint(0, 0)), editor.size()))
    for _line in range(offers.count()):
        table.press(Key.Key_Down)
    marked = offers.visualRect(offers.currentIndex())
    assert offers.marked() == offers.count() - 1
    assert offers.viewport().rect().contains(marked)


def test_a_pick_after_a_long_look_at_the_list_is_still_one_step(qtbot):
    table = Table(qtbot, [EMPTY])
    table.go(0, NAME)
    table.type("pxbc")
    qtbot.waitUntil(lambda: table.rows[0].name == "pxbc")
    table.press(Key.Key_Down)
    table.press(Key.Key_Tab)
    assert table.rows[0].name == "培训班次"
    assert steps(table.session) == 1


def test_picking_leaves_alone_what_was_written(table):
    table.go(0, NAME)
    table.type("pxbc")
    table.press(Key.Key_Down)
    table.press(Key.Key_Return)
    row = table.rows[0]
    assert (row.name, row.description, row.value, row.basis) == ("培训班次", "入驻企业", "≥ 60 百分比", "年初工作计划")


def test_candidates_follow_the_rows_tiers(table):
    table.go(2, NAME)
    compose(table.view, commit="带动")
    assert offered(table)
    assert all("社会效益指标" in line for line in offered(table))


def test_what_is_typed_word_for_word_is_offered_before_a_slip_in_the_rows_own_tiers(qtbot, tmp_path):
    elsewhere = replace(ROWS[0], tier2="质量指标", name="甲乙丙丁率")
    table, _store = with_store(qtbot, tmp_path, (2025, elsewhere), (2025, replace(ROWS[0], name="甲乙戊丁数")))
    table.go(0, NAME)
    compose(table.view, commit="甲乙丙丁")
    assert [line.split("　")[0] for line in offered(table)] == ["甲乙丙丁率"]


def test_enter_without_a_marked_candidate_takes_what_is_typed(qtbot):
    table = Table(qtbot, [EMPTY])
    table.go(0, NAME)
    table.type("pxbc")
    table.press(Key.Key_Return)
    assert table.rows[0].name == "pxbc"


def test_escape_closes_the_list_where_a_candidate_is_marked_and_then_restores(table):
    table.go(0, NAME)
    table.type("pxbc")
    table.press(Key.Key_Down)
    table.press(Key.Key_Escape)
    assert offered(table) == []
    assert table.editor.text() == "pxbc"
    table.press(Key.Key_Escape)
    assert table.editor is None
    assert table.rows[0].name == "企业数量"


def test_f4_shows_the_candidates_of_an_empty_name(qtbot):
    table = Table(qtbot, [EMPTY])
    table.go(0, NAME)
    table.press(Key.Key_F2)
    table.press(Key.Key_F4)
    assert len(offered(table)) == 8
    table.press(Key.Key_Escape)


def test_f4_offers_first_what_the_project_itself_names_and_ctrl_enter_takes_its_number(qtbot):
    table = Table(qtbot, [EMPTY])
    table.session.edit("projects[p1].name", "池塘循环水养殖技术推广")
    table.session.edit("projects[p1].fund_use", "改造养殖设施12处，开展渔民技术培训24期。")
    table.go(0, NAME)
    table.press(Key.Key_F4)
    first = offered(table)[:2]
    assert {line.split("　")[0] for line in first} == {"改造养殖设施数量", "渔民技术培训期数"}
    assert all(f"资金用途 ≥{number}" in line for line, number in zip(sorted(first), ("12处", "24期"), strict=True))
    assert not any("消防" in line or "会议次数" in line for line in offered(table))
    at = next(place for place, line in enumerate(first) if line.startswith("改造养殖设施数量"))
    for _press in range(at + 1):
        table.press(Key.Key_Down)
    table.press(Key.Key_Return, CONTROL)
    assert (table.rows[0].name, table.rows[0].value) == ("改造养殖设施数量", "≥12处")
    assert table.session.undo_label == "选用指标「改造养殖设施数量」"


def with_store(qtbot, tmp_path, *earlier):
    store = open_store(tmp_path / "goalform.db")
    for year, row in earlier:
        store.create(Draft(GoalDocument(year=year, projects=(Project("p1", indicators=(row,)),))))
    draft = Draft(GoalDocument(year=2026, projects=(Project("p1", indicators=(EMPTY,)),)))
    table = Table(qtbot, [EMPTY])
    table.session._store = store
    table.session.draft_id = store.create(draft)
    return table, store


def test_names_of_earlier_drafts_are_offered_first(qtbot, tmp_path):
    table, _store = with_store(qtbot, tmp_path, (2025, replace(ROWS[0], name="培训农户数", value="≥90户")))
    table.go(0, NAME)
    compose(table.view, commit="培训")
    assert offered(table)[0].startswith("培训农户数")
    table.press(Key.Key_Down)
    table.press(Key.Key_Return)
    assert (table.rows[0].name, table.rows[0].value, table.rows[0].basis) == ("培训农户数", "≥户", "年初工作计划")


def test_the_value_of_last_year_is_shown_and_taken_with_ctrl_enter_alone(qtbot, tmp_path):
    table, _store = with_store(qtbot, tmp_path, (2025, replace(ROWS[0], name="培训农户数", value="≥90户")))
    for keys, value in ((Qt.KeyboardModifier.NoModifier, "≥户"), (CONTROL, "≥90户")):
        table.go(0, NAME)
        compose(table.view, commit="培训农户")
        assert "2025 年 ≥90户" in offered(table)[0]
        table.press(Key.Key_Down)
        table.press(Key.Key_Return, keys)
        assert (table.rows[0].name, table.rows[0].value) == ("培训农户数", value)
        assert steps(table.session) == 1


def test_ctrl_enter_never_overwrites_a_value_that_is_there(qtbot, tmp_path):
    table, _store = with_store(qtbot, tmp_path, (2025, replace(ROWS[0], name="培训农户数", value="≥90户")))
    table.session.edit("projects[p1].indicators[i1].value", "≥7户")
    table.go(0, NAME)
    compose(table.view, commit="培训农户")
    table.press(Key.Key_Down)
    table.press(Key.Key_Return, CONTROL)
    assert (table.rows[0].name, table.rows[0].value) == ("培训农户数", "≥7户")


def test_the_line_that_tells_of_the_keys_cannot_be_marked(qtbot, tmp_path):
    table, _store = with_store(qtbot, tmp_path, (2025, replace(ROWS[0], name="育苗棚数", value="≥90户")))
    table.go(0, NAME)
    compose(table.view, commit="育苗棚")
    offers = table.editor.offers
    assert (len(offered(table)), offers.count()) == (1, 1)
    assert offers.model().rowCount() == 2
    table.press(Key.Key_Up)
    assert offers.marked() == 0
    table.press(Key.Key_Down)
    assert offers.marked() == -1


def test_a_unit_somebody_added_is_offered_in_other_drafts(qtbot, tmp_path):
    table, _store = with_store(qtbot, tmp_path)
    table.go(0, UNIT)
    compose(table.view, commit="标准箱")
    table.press(Key.Key_Return)
    assert table.view.unit_groups()["自己添加"] == ["标准箱"]
    table.go(0, UNIT)
    compose(table.view, commit="羽毛")
    table.press(Key.Key_Escape)
    assert table.view.unit_groups()["自己添加"] == ["标准箱"]


# Clipboard

WORD = """<html><head><style>td {x:y}</style></head><body><table><tr>
<td colspan=2><p>一级指标</p></td><td>二级指标</td><td>三级指标</td><td>绩效指标描述</td><td>指标值</td>
<td colspan=3>指标值确定依据</td></tr>
<tr><td colspan=2 rowspan=3><p>产出指标</p></td><td rowspan=2>质量指标</td><td>合格率</td><td>第一行<br>第二行</td>
<td>≥95%</td><td colspan=3>计划标准</td></tr>
<tr><td>达标率</td><td>说明</td><td>100%</td><td colspan=3>历史标准</td></tr>
<tr><td>别的指标</td><td>天数</td><td>说明</td><td>≤3天</td><td colspan=3></td></tr></table></body></html>"""


def copied(html, text=""):
    mime = QMimeData()
    mime.setHtml(html)
    if text:
        mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)


def test_a_table_of_word_with_merged_tiers_is_pasted_whole_in_one_step(qtbot):
    table = Table(qtbot, [EMPTY])
    table.go(0, TIER1)
    copied(WORD, "one\ttwo")
    table.press(Key.Key_V, CONTROL)
    assert [(row.tier1, row.tier2, row.name, row.value, row.basis) for row in table.rows] == [
        ("产出指标", "质量指标", "合格率", "≥95%", "计划标准"),
        ("产出指标", "质量指标", "达标率", "100%", "历史标准"),
        ("产出指标", "别的指标", "天数", "≤3天", ""),
    ]
    assert table.rows[0].description == "第一行\n第二行"
    assert table.view.indicators.index(2, TIER2).data(FAULT_ROLE) == "「别的指标」不属于「产出指标」"
    assert steps(table.session) == 1


def test_html_without_a_table_is_pasted_as_its_text(table):
    table.go(0, NAME)
    copied("<p>一句话</p>", "一句话")
    table.press(Key.Key_V, CONTROL)
    assert table.rows[0].name == "一句话"


def test_a_copy_is_text_and_html_and_comes_back_the_same(table):
    table.session.edit("projects[p1].indicators[i1].description", "两\n行 <b>&")
    before = [replace(row, id="") for row in table.rows]
    table.select(*[(row, column) for row in range(3) for column in range(8)])
    table.press(Key.Key_C, CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().startswith("产出指标\t数量指标\t企业数量\t")
    assert "&lt;b&gt;&amp;" in mime.html()
    table.go(0, TIER1)
    table.press(Key.Key_Delete, CONTROL)
    table.go(0, TIER1)
    table.press(Key.Key_V, CONTROL)
    after = [replace(row, id="") for row in table.rows]
    assert [row.description for row in after] == [row.description for row in before]
    assert [row.name for row in after] == [row.name for row in before]


# Many rows at once


def test_a_value_typed_over_several_cells_fills_them_with_ctrl_enter_in_one_step(table, qtbot):
    table.select((0, BASIS), (1, BASIS), (2, BASIS))
    table.type("jh")
    qtbot.wait(0)
    table.press(Key.Key_Return, CONTROL)
    assert [row.basis for row in table.rows] == ["jh"] * 3
    assert steps(table.session) == 1
    assert table.rows == ROWS


def test_ctrl_enter_fills_only_the_typed_column(table):
    table.select((0, NUMBER), (1, NUMBER), (1, DESCRIPTION))
    table.view.selectionModel().setCurrentIndex(
        table.view.indicators.index(0, NUMBER), table.view.selectionModel().SelectionFlag.NoUpdate
    )
    table.type("7")
    table.press(Key.Key_Return, CONTROL)
    assert [row.value for row in table.rows] == ["≥7百分比", "≥7场", "优良"]
    assert table.rows[1].description == "活动"


def test_sensible_order_is_that_of_the_tiers_stable_and_one_step(qtbot):
    rows = (ROWS[2], replace(ROWS[1], id="x", tier1="怪"), ROWS[1], ROWS[0])
    table = Table(qtbot, rows)
    table.view.sort_rows()
    assert [row.id for row in table.rows] == ["i2", "i1", "i3", "x"]
    assert table.session.undo_label == "合理排序"
    assert steps(table.session) == 1
    assert table.rows == rows


def drag(view, start, end):
    header = view.verticalHeader()

    def middle(row):
        return QPoint(header.width() // 2, header.sectionViewportPosition(row) + header.sectionSize(row) // 2)

    area, left = header.viewport(), Qt.MouseButton.LeftButton
    below = QPoint(0, header.sectionSize(end) // 3 * (1 if end > start else -1))
    QTest.mousePress(area, left, pos=middle(start))
    QTest.mouseMove(area, middle(start) + QPoint(0, 12))
    QTest.mouseMove(area, middle(end) + below)
    QTest.mouseRelease(area, left, pos=middle(end) + below)


def test_a_row_dragged_by_its_number_moves_in_one_step(table, qtbot):
    drag(table.view, 0, 2)
    qtbot.waitUntil(lambda: [row.id for row in table.rows] == ["i2", "i3", "i1"])
    assert table.session.undo_label == "移动指标"
    assert steps(table.session) == 1
    assert [table.view.verticalHeader().logicalIndex(row) for row in range(3)] == [0, 1, 2]


def test_selected_rows_are_dragged_together(table, qtbot):
    table.view.selectRow(0)
    table.select(*[(row, column) for row in (0, 1) for column in range(8)])
    drag(table.view, 1, 2)
    qtbot.waitUntil(lambda: [row.id for row in table.rows] == ["i3", "i1", "i2"])


# The input method in every editor


@pytest.mark.parametrize(
    ("column", "text"),
    [(NAME, "测试"), (DESCRIPTION, "测试"), (NUMBER, "优良"), (UNIT, "标准箱"), (BASIS, "本地惯例")],
)
def test_composing_works_in_every_kind_of_editor(table, column, text):
    before = table.rows
    table.go(0, column)
    compose(table.view, preedit="ce")
    compose(table.view, preedit=text)
    table.view.refresh()
    table.session.edit("projects[p1].indicators[i2].name", "别处")
    assert table.rows[0] == before[0]
    compose(table.view, commit=text)
    table.press(Key.Key_Return)
    assert table.shown(0, column) == text
    assert table.session.document.projects[0].indicators[1].name == "别处"


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
def test_a_composition_in_an_open_cell_given_up_changes_nothing(table, column):
    table.go(0, column)
    table.press(Key.Key_F2)
    compose(table.editor, preedit="ce")
    compose(table.editor)
    table.press(Key.Key_Return)
    assert table.rows == ROWS


@pytest.mark.parametrize("column", [TIER1, TIER2, SIGN])
def test_composing_on_a_list_chooses_nothing_by_accident(table, column):
    table.go(1, column)
    compose(table.view, preedit="ce")
    compose(table.view, commit="测")
    table.view.commit_editor()
    assert table.rows == ROWS


def test_a_session_without_a_store_has_the_library_alone():
    from ui.editor.table.table_knowledge import Knowledge

    knowledge = Knowledge(Session(Draft()))
    assert knowledge.units() == ()
    assert knowledge.used() == ()
    assert len(knowledge.entries()) > 200
