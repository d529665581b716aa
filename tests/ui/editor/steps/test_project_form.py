"""The form of one project: its amounts added up, its plan drawn, its tiers shown as chips, and the width it needs."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from models.document.tree import Draft, GoalDocument, Indicator, Project, Unit
from models.session.session import Session
from tests.ui.conftest import settle
from tests.ui.editor.steps.test_projects import PROJECTS, field
from ui.editor.indicator_sources.indicator_sources import IndicatorSources
from ui.editor.steps.project_hints import amount_line
from ui.editor.steps.projects_step import ProjectsStep
from ui.editor.table.cell_menu import cell_menu
from ui.widgets.style import characters


@pytest.fixture
def session():
    return Session(Draft(GoalDocument(unit=Unit("618001", "云泽县农业技术推广站"), projects=PROJECTS)))


@pytest.fixture
def step(qtbot, session):
    step = ProjectsStep(session)
    qtbot.addWidget(step)
    session.subscribe(step.refresh)
    step.resize(1100, 600)
    step.show()
    step.activateWindow()
    qtbot.waitUntil(step.isActiveWindow)
    return step


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (("165.00", "153", "12"), "✓ 财政资金 + 其他资金 = 预算数　预算数合 1,650,000 元"),
        (("165.00", "153", "7"), "⚠ 财政资金 + 其他资金 ≠ 预算数，少 5.00 万元　预算数合 1,650,000 元"),
        (("165", "170", ""), "⚠ 财政资金 + 其他资金 ≠ 预算数，多 5.00 万元　预算数合 1,650,000 元"),
        (("1.2345", "", ""), "预算数合 12,345 元"),
        (("165", "约 5", "5"), "⚠ 财政资金「约 5」不像一个金额，请写成 1204.50 或 1,204.50 这样的数字"),
        (("", "5", "5"), ""),
        (("无", "5", "5"), "⚠ 预算数「无」不像一个金额，请写成 1204.50 或 1,204.50 这样的数字"),
    ],
)
def test_the_three_amounts_are_added_up_and_the_budget_is_told_in_the_other_unit(amounts, words):
    assert amount_line(Project("p", budget=amounts[0], fiscal_funds=amounts[1], other_funds=amounts[2])) == words


def test_amounts_in_yuan_are_told_in_ten_thousands():
    project = Project("p", amount_unit="元", budget="1650000", fiscal_funds="1650000", other_funds="100")
    assert amount_line(project) == "⚠ 财政资金 + 其他资金 ≠ 预算数，多 100.00 元　预算数合 165.00 万元"


def test_the_difference_is_told_as_soon_as_an_amount_is_typed(step, session):
    session.edit("projects[p1].other_funds", "7")
    assert step.form.amount_line.text().startswith("⚠ 财政资金 + 其他资金 ≠ 预算数，少 5.00 万元")
    assert step.form.amount_line.isVisible()


def meanings(step):
    return [label.text() for label in step.form.plan.meanings]


def test_a_plan_cell_tells_its_money_after_a_pause(step, session, qtbot):
    assert meanings(step) == ["", "", "", ""]
    step.focus_path("projects[p1].spending_plan[1]")
    QTest.keyClicks(field(step, "projects[p1].spending_plan[1]"), "30%")
    assert meanings(step)[1] == ""
    qtbot.waitUntil(lambda: meanings(step)[1] == "= 49.50 万元")
    session.edit("projects[p1].budget", "200")
    qtbot.waitUntil(lambda: meanings(step)[1] == "= 60.00 万元")


def test_the_plans_line_is_told_in_words_with_what_is_wrong(step, session):
    for place, cell in enumerate(("30%", "25%", "60%", "120%")):
        session.edit(f"projects[p1].spending_plan[{place}]", cell)
    step.form.plan.show_project(session.document.projects[0])
    told = step.form.plan.chart.accessibleDescription()
    assert told.startswith("累计支出：3月底 30%（49.50 万元），6月底 25%（41.25 万元）")
    assert "6月底 25% 小于3月底 30%；12月底 120% 超过 100%。" in told
    assert [point.wrong for point in step.form.plan.chart.points] == [False, True, False, True]
    assert step.form.plan.chart.accessibleName() == "资金支出计划的累计曲线"


def test_another_project_shows_its_own_plan_at_once(step, session):
    session.edit("projects[p2].budget", "10")
    session.edit("projects[p2].spending_plan[3]", "100")
    step.focus_path("projects[p2].name")
    assert meanings(step) == ["", "", "", "= 10.00 万元"]
    step.focus_path("projects[p1].name")
    assert meanings(step) == ["", "", "", ""]


def chip(step, words):
    bar = step.form.tiers
    return bar.chip(next(at for at, text in enumerate(bar.texts) if words in text))


def test_chips_show_which_second_tiers_a_project_has(step):
    assert step.form.tiers.texts == [
        "✓ 数量指标 1",
        "✓ 质量指标 1",
        "— 时效指标 无",
        "— 成本指标 无",
        "— 经济效益指标 无",
        "— 社会效益指标 无",
        "— 生态效益指标 无",
        "— 可持续影响指标 无",
        "— 服务对象满意度指标 无",
    ]


def test_a_covered_tiers_chip_leads_to_its_row(step, session, qtbot):
    with qtbot.waitSignal(step.field_focused) as told:
        chip(step, "质量指标").click()
    assert told.args == ["projects[p1].indicators[i2].name"]
    assert session.document.projects == PROJECTS


def test_a_missing_tiers_chip_adds_a_row_where_it_belongs_as_one_step(step, session):
    chip(step, "成本指标").click()
    chip(step, "时效指标").click()
    rows = session.document.projects[0].indicators
    assert [(row.tier1, row.tier2) for row in rows] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("产出指标", "成本指标"),
    ]
    assert session.undo_label == "添加「时效指标」一行"
    assert step.form.table.hasFocus()
    assert step.form.table.currentIndex().row() == 2
    assert "✓ 时效指标 1" in step.form.tiers.texts
    session.undo()
    session.undo()
    assert session.document.projects == PROJECTS


def test_chips_follow_the_table_after_a_pause_and_the_scheme(step, session, qtbot):
    session.remove("projects[p1].indicators[i2]")
    qtbot.waitUntil(lambda: "— 质量指标 无" in step.form.tiers.texts)
    session.edit("settings.tier_scheme", "2021")
    qtbot.waitUntil(lambda: "— 经济成本指标 无" in step.form.tiers.texts)


def test_tiers_the_scheme_does_not_know_are_counted_and_led_to(step, session, qtbot):
    session.edit("projects[p1].indicators[i2].tier2", "旧指标")
    qtbot.waitUntil(lambda: "？ 其他 1" in step.form.tiers.texts)
    with qtbot.waitSignal(step.field_focused) as told:
        chip(step, "其他").click()
    assert told.args == ["projects[p1].indicators[i2].tier2"]


def test_a_typed_cell_is_kept_when_a_chip_adds_a_row(step, session):
    step.focus_path("projects[p1].indicators[i2].name")
    QTest.keyClicks(step.form.table, "a")
    chip(step, "时效指标").click()
    assert [row.name for row in session.document.projects[0].indicators] == ["场次", "a", ""]


def test_a_final_text_offers_no_row_and_no_amount(step, session, qtbot):
    session.change("定稿", replace(session.draft, state="定稿"))
    qtbot.waitUntil(lambda: not chip(step, "时效指标").isEnabled())
    assert chip(step, "数量指标").isEnabled()
    assert not any(b.isVisible() and "填入" in b.text() for b in step.findChildren(QPushButton))


@pytest.mark.parametrize("points", [9, 11, 20])
def test_the_form_is_never_wider_than_thirty_characters_must_be(qtbot, session, points):
    app = QApplication.instance()
    before = app.font()
    font = QFont(before)
    font.setPointSize(points)
    app.setFont(font)
    try:
        step = ProjectsStep(session)
        qtbot.addWidget(step)
        step.form.resize(characters(step, 30), characters(step, 30))
        step.show()
        step.form.resize(characters(step, 30), characters(step, 30))
        QApplication.processEvents()
        assert step.form.widget().minimumSizeHint().width() <= characters(step, 30)
    finally:
        app.setFont(before)


@pytest.mark.parametrize("width", [345, 480, 700, 1100])
def test_at_every_width_the_whole_form_is_in_view(step, session, width):
    step.form.setParent(None)
    step.form.resize(width, 500)
    step.form.show()
    QApplication.processEvents()
    form = step.form
    assert form.horizontalScrollBar().maximum() == 0
    for child in (*form._fields.values(), *form.tiers._chips, *form.plan.meanings, form.plan.chart):
        if child.isVisible():
            assert child.mapTo(form.widget(), child.rect().topRight()).x() < form.viewport().width(), child
    form.setParent(step)


def test_a_mark_in_a_plan_cell_leaves_the_form_its_width(step, session):
    before = step.form.widget().minimumSizeHint().width()
    for name in ("spending_plan[0]", "spending_plan[3]", "budget"):
        step.form._fields[name].setTextMargins(0, 0, 70, 0)
    assert step.form.widget().minimumSizeHint().width() == before


@pytest.mark.parametrize("rows", [1, 12, 40])
def test_the_keyboard_in_the_table_brings_as_much_of_it_into_view_as_there_is_room_for(step, session, qtbot, rows):
    session.edit("projects[p1].indicators", tuple(Indicator(f"n{at}", name=f"指标 {at}") for at in range(rows)))
    form, table = step.form, step.form.table
    form.verticalScrollBar().setValue(0)
    form.focus("indicators[n0].name")

    def seen():
        return table.visibleRegion().boundingRect().height() == table.height()

    qtbot.waitUntil(lambda: seen() and table.height() <= form.viewport().height())
    session.insert("projects[p1].indicators", rows, Indicator("last", name="后来的"))
    qtbot.waitUntil(seen)


def test_without_a_project_the_keyboard_begins_at_the_button_that_adds_one(step, session):
    for project in session.document.projects:
        session.remove(f"projects[{project.id}]")
    assert step.focus_first()
    assert QApplication.focusWidget().text() == "添加"


def test_the_library_is_one_button_away_and_rests_in_a_final_text(step, session, monkeypatch):
    opened = []
    monkeypatch.setattr(IndicatorSources, "from_library", lambda self: opened.append(self))
    button = next(button for button in step.findChildren(QPushButton) if button.text() == "指标库…")
    button.click()
    assert len(opened) == 1
    session.finalise()
    assert not button.isEnabled()


def test_what_is_typed_at_once_into_an_added_row_is_seen_with_the_list_below_it(step, session, qtbot):
    """The keys come before the table has grown by the row."""
    rows = tuple(Indicator(f"i{number}", "产出指标", "数量指标", f"示范田{number}") for number in range(5))
    session.edit("projects[p1].indicators", rows)
    step.focus_path("projects[p1].indicators[i4].name")
    form, table = step.form, step.form.table
    qtbot.waitUntil(table.hasFocus)
    form.verticalScrollBar().setValue(0)
    add = next(button for button in step.findChildren(QPushButton) if button.text() == "添加行")
    add.click()
    QTest.keyClicks(table, "pxbc")
    editor = table.editor

    def edges(widget):
        return form.mapFromGlobal(widget.mapToGlobal(widget.rect().topLeft())).y(), widget.height()

    def is_seen():
        top, height = edges(editor)
        return top > 0 and top + height <= form.viewport().height()

    def is_beside():
        (top, height), (above, list_height) = edges(editor), edges(editor.offers)
        return editor.offers.isVisible() and (above == top + height or above + list_height == top)

    qtbot.waitUntil(is_seen)
    qtbot.waitUntil(is_beside)


def test_the_columns_fill_the_table_as_soon_as_the_page_comes_up(opened):
    session = opened.editor.session
    row = Indicator(
        "i1", "产出指标", "数量指标", "培训场次", "全年在各乡镇举办的农民技术培训", "≥2场", "年初工作计划和上年完成的数"
    )
    project = replace(session.document.projects[0], indicators=tuple(replace(row, id=f"i{n}") for n in range(7)))
    session.change("准备", replace(session.document, projects=(project,)))
    opened.resize(1280, 690)
    opened.editor.show_step(5)
    settle(opened)
    table = opened.editor.current.form.table
    assert not table.verticalScrollBar().isVisible()
    assert sum(table.columnWidth(column) for column in range(8)) == table.viewport().width()


def test_columns_of_other_forms_are_folded_away_until_they_are_wanted(qtbot, step, session):
    group = step.form.details
    assert not group.is_open
    assert group.button.text() == "展开其他表式的栏目"
    session.edit("projects[p1].details.department", "云泽县农业农村局")
    assert group.button.text() == "展开其他表式的栏目（已填 1 项）"
    group.button.click()
    assert group.is_open
    department = group.fields["details.department"]
    assert department.text() == "云泽县农业农村局"
    department.setText("云泽县水利局")
    assert session.get("projects[p1].details.department") == "云泽县水利局"
    session.undo()
    qtbot.waitUntil(lambda: department.text() == "云泽县农业农村局")
    group.button.click()
    assert not group.is_open


def test_a_path_to_a_column_of_other_forms_opens_their_group(step):
    assert step.form.focus("details.long_term_goal")
    assert step.form.details.is_open
    assert step.form.details.fields["details.long_term_goal"].hasFocus()


def test_another_project_shows_its_own_columns_of_other_forms(step, session):
    session.edit("projects[p1].details.lead", "张三")
    step.form.focus("details.lead")
    step.form.set_project("projects[p2]")
    assert step.form.details.fields["details.lead"].text() == ""


def test_a_row_becomes_one_of_the_whole_term_by_the_menu_and_says_so(step, session):
    view = step.form.table
    view.setCurrentIndex(view.indicators.index(0, 2))
    wanted = next(action for action in cell_menu(view).actions() if action.text() == "设为实施期指标")
    wanted.trigger()
    row = session.get("projects[p1]").indicators[0]
    assert row.scope == "long_term"
    assert view.indicators.headerData(0, Qt.Orientation.Vertical) == "1 期"
    texts = [action.text() for action in cell_menu(view).actions()]
    assert "设为年度指标" in texts
    session.undo()
    assert session.get("projects[p1]").indicators[0].scope == "annual"
    assert view.indicators.headerData(0, Qt.Orientation.Vertical) == "1"


@pytest.mark.parametrize(("other", "stops"), [("12", []), ("", ["其他资金 填入 12.00"])])
def test_tab_goes_from_the_amounts_to_what_they_are_for(step, session, other, stops):
    """An amount that is offered is one stop between them: it is taken there."""
    session.edit("projects[p1].budget", "165.00")
    session.edit("projects[p1].fiscal_funds", "153.00")
    session.edit("projects[p1].other_funds", other)
    start = field(step, "projects[p1].other_funds")
    start.setFocus(Qt.FocusReason.OtherFocusReason)
    before = ("unit.name", "amount_unit", "budget", "fiscal_funds")
    names = []
    for _press in range(len(stops) + 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == [*stops, "资金用途"]
    start.setFocus(Qt.FocusReason.OtherFocusReason)
    for name in reversed(before):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is field(step, f"projects[p1].{name}")


@pytest.mark.parametrize("width", [1200, 1366])
def test_nothing_moves_when_hints_and_offers_come(step, session, qtbot, width):
    step.resize(width, 700)
    session.edit("projects[p1].code", "")
    for name in ("fund_use", "budget", "fiscal_funds", "other_funds", *(f"spending_plan[{at}]" for at in range(4))):
        session.edit(f"projects[p1].{name}", "")
    if step.form.is_folded:
        step.form.toggle_fields()
    settle(step)

    def places():
        page, shown = step.form.widget(), [one for one in step.fields if one.isVisible()]
        return [(one.path, one.mapTo(page, one.rect().topLeft()).y()) for one in shown]

    before = places()
    for name, text in (
        ("code", "13992126P"),
        ("code", "13992126P00512310001X"),
        ("budget", "165.00"),
        ("fiscal_funds", "153.00"),
        ("fund_use", "用于管网改造"),
        ("spending_plan[0]", "10%"),
    ):
        session.edit(f"projects[p1].{name}", text)
        settle(step)
        assert places() == before, name
    qtbot.waitUntil(lambda: bool(step.form.plan.meanings[0].text()))
    settle(step)
    assert places() == before
    assert [one for one in step.findChildren(QPushButton) if one.isVisible() and one.text() == "其他资金 填入 12.00"]
    session.edit("projects[p1].other_funds", "12.00")
    settle(step)
    assert places() == before


@pytest.mark.parametrize("width", [640, 800, 1000, 1200, 1366])
def test_a_whole_code_is_seen_beside_its_hint(step, session, width):
    step.resize(width, 700)
    session.edit("projects[p1].code", "13992126P00512310001X")
    if step.form.is_folded:
        step.form.toggle_fields()
    settle(step)
    code = field(step, "projects[p1].code")
    assert code.width() > code.fontMetrics().horizontalAdvance(code.text()) + characters(code, 1)
    assert step.form.code_line.isVisible()
    assert step.form.horizontalScrollBar().maximum() == 0
