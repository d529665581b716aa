"""The charts: what they say, how the keys go through them, and where they lead from step ⑥."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, Indicator, Project
from models.session.session import Session
from tests.ui.conftest import small_draft
from ui.editor.steps.charts_overview import Glance
from ui.editor.steps.export_step import ExportStep
from ui.shell.main_window import MainWindow
from ui.widgets.charts.bars import Bar, BarChart
from ui.widgets.charts.chip_row import ChipBar, ChipText
from ui.widgets.charts.curve import CurveChart, Point
from ui.widgets.charts.matrix import broken
from ui.widgets.flow import Flow

PLAN = ("10%", "30%", "60%", "100%")
PROJECTS = (
    Project(
        "a",
        name="管网改造",
        budget="30.00",
        spending_plan=PLAN,
        indicators=(Indicator("i1", "产出指标", "数量指标", "长度"), Indicator("i2", "产出指标", "数量指标", "座数")),
    ),
    Project("b", name="农户培训", budget="10.00", spending_plan=("50%", "50%", "100%", "100%")),
    Project("c", name="", budget="无"),
)


def draft_of(projects: tuple[Project, ...]) -> Draft:
    draft = small_draft()
    return replace(draft, document=replace(draft.document, projects=projects))


@pytest.fixture
def glance(qtbot: QtBot) -> Iterator[Glance]:
    glance = Glance(Session(draft_of(PROJECTS)))
    qtbot.addWidget(glance)
    glance.resize(1100, 700)
    glance.arrange(1100)
    glance.refresh()
    glance.show()
    glance.activateWindow()
    qtbot.waitUntil(glance.isActiveWindow)
    return glance


def lines(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


# what the charts say


def test_the_bars_tell_each_budget_and_who_has_none(glance: Glance) -> None:
    assert [(bar.name, bar.number) for bar in glance.bars.bars] == [("1. 管网改造", "30.00"), ("2. 农户培训", "10.00")]
    assert glance.bars.accessibleName() == "各项目预算数（万元）"
    assert glance.bars.accessibleDescription().endswith(
        "预算合计 40.00 万元。1. 管网改造：30.00 万元，占 75%；2. 农户培训：10.00 万元，占 25%。项目 3 没有预算数，没有画出。"
    )


def test_sixty_projects_are_twelve_bars_and_the_rest(glance: Glance) -> None:
    glance._session.change("x", draft_of(tuple(Project(f"p{n}", name=f"项{n}", budget=str(n)) for n in range(1, 61))))
    glance.refresh()
    assert len(glance.bars.bars) == 13
    assert glance.bars.bars[-1].name == "其余 48 个项目合计"
    assert glance.bars.bars[-1].number == "1,176.00"


def test_the_curve_tells_its_points_and_which_projects_are_left_out(glance: Glance) -> None:
    assert [point.number for point in glance.curve.points] == ["20%", "35%", "70%", "100%"]
    assert "由 2 个项目的支出计划算出。没有计入：项目 3 没有预算数。" in lines(glance)
    assert "3月底：累计支出全部预算的 20%" in glance.curve.accessibleDescription()


def test_without_any_plan_the_curve_says_so(glance: Glance) -> None:
    glance._session.change("x", draft_of((Project("z", budget="5"),)))
    glance.refresh()
    assert "还没有项目同时填了预算数和支出计划。没有计入：项目 1 没有支出计划。" in lines(glance)


def test_the_matrix_counts_rows_and_names_what_is_missing(glance: Glance) -> None:
    model = glance.matrix.coverage
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert shown == ["1. 管网改造", "2", "无", "无", "无", "无", "无", "无", "无", "无"]
    assert model.words(model.index(0, 1)) == "1. 管网改造：数量指标 2 条"
    assert model.words(model.index(1, 2)) == "2. 农户培训：质量指标没有"
    assert model.words(model.index(0, 0)).startswith("1. 管网改造：没有质量、时效、成本")
    assert glance.matrix.accessibleDescription().startswith("3 个项目没有质量，")


def test_what_is_not_changed_is_not_drawn_anew(glance: Glance) -> None:
    resets: list[int] = []
    glance.matrix.coverage.modelReset.connect(lambda: resets.append(1))
    glance._session.edit("overall_goal", "新的目标")
    glance.refresh()
    glance._session.edit("projects[a].name", "管网")
    glance.refresh()
    assert len(resets) == 1
    assert glance.bars.bars[0].name == "1. 管网"


def test_heads_of_columns_are_broken_evenly() -> None:
    assert broken("可持续影响", 4) == "可持续\n影响"
    assert broken("经济效益", 3) == "经济\n效益"
    assert broken("数量", 4) == "数量"


# keys and mouse


def test_the_keys_go_through_the_bars_and_enter_opens_the_project(glance: Glance, qtbot: QtBot) -> None:
    glance.bars.setFocus(Qt.FocusReason.TabFocusReason)
    assert "1. 管网改造：30.00 万元，占 75%" in lines(glance)
    QTest.keyClick(glance.bars, Qt.Key.Key_Down)
    assert "2. 农户培训：10.00 万元，占 25%" in lines(glance)
    assert glance.bars.accessibleDescription().startswith("2. 农户培训：10.00 万元，占 25%。")
    with qtbot.waitSignal(glance.wanted) as wanted:
        QTest.keyClick(glance.bars, Qt.Key.Key_Return)
    assert wanted.args == ["projects[b].budget"]
    QTest.keyClick(glance.bars, Qt.Key.Key_Home)
    assert glance.bars.current == 0
    glance.curve.setFocus()
    assert "1. 管网改造：30.00 万元，占 75%" not in lines(glance)


def test_the_current_bar_stays_with_its_project(glance: Glance) -> None:
    glance.bars.setFocus()
    QTest.keyClick(glance.bars, Qt.Key.Key_End)
    glance._session.edit("projects[b].budget", "50")
    glance.refresh()
    assert glance.bars.bars[glance.bars.current].key == "b"
    glance._session.remove("projects[b]")
    glance.refresh()
    assert glance.bars.current == -1


def test_a_double_click_opens_the_bar_under_the_mouse(glance: Glance, qtbot: QtBot) -> None:
    middle = glance.bars.area(1).center().toPoint()
    with qtbot.waitSignal(glance.wanted) as wanted:
        QTest.mouseDClick(glance.bars, Qt.MouseButton.LeftButton, pos=middle)
    assert wanted.args == ["projects[b].budget"]


def test_the_keys_go_through_the_curve(glance: Glance) -> None:
    glance.curve.setFocus()
    QTest.keyClick(glance.curve, Qt.Key.Key_Right)
    assert "6月底：累计支出全部预算的 35%" in lines(glance)


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ((), "projects[a].name"),
        ((Qt.Key.Key_Right,), "projects[a].indicators[i1].name"),
        ((Qt.Key.Key_Right, Qt.Key.Key_Right), "projects[a].indicators"),
        ((Qt.Key.Key_Down, Qt.Key.Key_Right), "projects[b].indicators"),
    ],
)
def test_enter_in_the_matrix_leads_to_the_rows_of_that_tier(
    glance: Glance, qtbot: QtBot, keys: tuple[Qt.Key, ...], path: str
) -> None:
    glance.matrix.setFocus()
    for key in keys:
        QTest.keyClick(glance.matrix, key)
    with qtbot.waitSignal(glance.wanted) as wanted:
        QTest.keyClick(glance.matrix, Qt.Key.Key_Return)
    assert wanted.args == [path]


def test_the_line_under_the_matrix_tells_the_cell(glance: Glance) -> None:
    glance.matrix.setFocus()
    QTest.keyClick(glance.matrix, Qt.Key.Key_Right)
    assert "1. 管网改造：数量指标 2 条" in lines(glance)


def test_a_name_too_long_to_draw_is_told_by_the_tool_tip(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: said.append(text))
    chart = BarChart()
    qtbot.addWidget(chart)
    name = "很长的项目名称" * 8
    chart.show_bars([Bar(name, Decimal(1), "1.00", f"{name}：1.00 万元")], "")
    chart.resize(240, 60)
    place = chart.area(0).center().toPoint()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, QPoint(5, 5)))
    assert said == [f"{name}：1.00 万元"]


def test_a_chart_without_parts_is_no_stop_of_tab(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.show_bars([], "还没有项目。")
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current == -1


# what is painted


def inks(widget: QWidget) -> set[str]:
    """The colours of a picture of the widget."""
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 2)}


@pytest.mark.parametrize("ground", ["#ffffff", "#202020"])
def test_bars_and_curve_are_drawn_in_the_palettes_colours(qtbot: QtBot, ground: str) -> None:
    bars, curve = BarChart(), CurveChart()
    bars.show_bars([Bar("甲", Decimal(3), "3.00", "甲"), Bar("其余", Decimal(9), "9.00", "其余", faint=True)], "")
    curve.show_points(
        [Point("3月底", Decimal(40), "40%", ""), Point("6月底", Decimal(900), "900%", "", wrong=True)], ""
    )
    for chart in (bars, curve):
        qtbot.addWidget(chart)
        palette = chart.palette()
        palette.setColor(QPalette.ColorRole.Window, ground)
        palette.setColor(QPalette.ColorRole.Highlight, "#cc3300")
        chart.setPalette(palette)
        chart.resize(300, 120)
        found = inks(chart)
        assert chart.fill(0.8 if chart is bars else 1.0).name() in found
        assert ground in found


def test_the_longest_single_bar_is_not_dwarfed_by_the_rest(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.show_bars([Bar("甲", Decimal(3), "3", "甲"), Bar("其余", Decimal(900), "900", "其余", faint=True)], "")
    chart.resize(400, 80)
    picture, y = chart.grab().toImage(), round(chart.area(0).center().y())
    full = chart.fill(0.8).name()
    drawn = sum(picture.pixelColor(x, y).name() == full for x in range(picture.width()))
    assert drawn > 200


# chips and wrapping rows


def test_a_row_wraps_and_grows_with_its_lines(qtbot: QtBot) -> None:
    row = Flow(4)
    qtbot.addWidget(row)
    buttons = [QPushButton(text) for text in "一二三"]
    for button in buttons:
        button.setFixedSize(100, 20)
        row.add(button)
    row.resize(250, 60)
    row.show()
    assert (row.heightForWidth(400), row.heightForWidth(250), row.heightForWidth(50)) == (20, 44, 68)
    assert [(button.x(), button.y()) for button in buttons] == [(0, 0), (104, 0), (0, 24)]
    buttons[1].hide()
    QApplication.processEvents()
    assert row.heightForWidth(250) == 20
    assert (buttons[2].x(), buttons[2].y()) == (104, 0)


def test_chips_that_rest_are_stepped_over(qtbot: QtBot) -> None:
    bar = ChipBar()
    qtbot.addWidget(bar)
    bar.show_chips(
        [ChipText("甲", "", "a", enabled=False), ChipText("乙", "", "b"), ChipText("丙", "", "c", enabled=False)]
    )
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    assert bar.tab_stop() is bar.chip(1)
    bar.chip(1).setFocus()
    QTest.keyClick(bar.chip(1), Qt.Key.Key_Right)
    assert bar.chip(1).hasFocus()


# step ⑥ in the window


@pytest.fixture
def last(window: MainWindow) -> ExportStep:
    window.take_draft(draft_of(PROJECTS))
    window.resize(1366, 768)
    return window.editor.export_step()


def test_the_export_buttons_are_seen_without_scrolling(last: ExportStep) -> None:
    area = last.findChild(QScrollArea)
    assert all(not button.visibleRegion().isEmpty() for button in last.out._buttons)
    assert area.verticalScrollBar().value() == 0


def test_tab_goes_through_the_last_page_as_it_is_read(last: ExportStep, window: MainWindow) -> None:
    last.out._buttons[-1].setFocus()
    wanted = [last.final.button, last.glance.bars, last.glance.curve, last.glance.matrix]
    seen = []
    for _ in wanted:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == wanted
    QTest.keyClick(last.glance.matrix, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "各步骤的问题"


def test_enter_on_a_bar_goes_to_the_projects_form(last: ExportStep, window: MainWindow) -> None:
    last.glance.bars.setFocus()
    QTest.keyClick(last.glance.bars, Qt.Key.Key_Down)
    QTest.keyClick(last.glance.bars, Qt.Key.Key_Return)
    assert window.editor.step == 5
    assert window.editor.path == "projects[b].budget"


def test_enter_on_a_missing_tier_goes_to_the_projects_table(last: ExportStep, window: MainWindow) -> None:
    last.glance.matrix.setFocus()
    last.glance.matrix.setCurrentIndex(last.glance.matrix.coverage.index(0, 1))
    QTest.keyClick(last.glance.matrix, Qt.Key.Key_Return)
    assert window.editor.path == "projects[a].indicators[i1].name"


def test_charts_stand_below_each_other_where_the_page_is_narrow(last: ExportStep, window: MainWindow) -> None:
    boxes = last.glance._boxes
    assert boxes[0].y() == boxes[1].y()
    last.resize(500, 400)
    QApplication.processEvents()
    assert boxes[1].y() > boxes[0].geometry().bottom()
    assert all(box.geometry().right() <= last.width() for box in boxes)


def test_a_text_without_projects_shows_no_empty_charts(window: MainWindow) -> None:
    window.take_draft(draft_of(()))
    assert not window.editor.export_step().glance.bars.isVisible()
