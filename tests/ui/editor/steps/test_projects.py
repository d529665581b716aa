"""Step ⑤ as the clerk uses it: the list of projects, the form, the hints."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from models.document.project_code import check_character
from models.document.tree import Draft, GoalDocument, Indicator, Project, Unit
from models.session.session import Session
from ui.editor.steps.goals_editor import GoalField
from ui.editor.steps.project_hints import code_hint, missing_amount
from ui.editor.steps.projects_step import ProjectsStep

BODY = "13020922P00014710001"
CODE = BODY + (check_character(BODY) or "")

PROJECTS = (
    Project(
        "p1",
        name="招商",
        code=CODE,
        budget="165.00",
        fiscal_funds="153.00",
        goals=("一个目标", "两行\n目标"),
        indicators=(Indicator("i1", "产出指标", "数量指标", "场次"), Indicator("i2", "产出指标", "质量指标", "合格率")),
    ),
    Project("p2", name="办公"),
)


@pytest.fixture
def session():
    return Session(Draft(GoalDocument(unit=Unit("808001", "某管委会"), projects=PROJECTS)))


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


def lines(step):
    shown = step.findChild(QListWidget)
    return [shown.item(row).text() for row in range(shown.count())]


def press(step, text):
    next(button for button in step.findChildren(QPushButton) if button.accessibleName() == text).click()


def field(step, path):
    return next(field for field in step.fields if field.path == path)


def goal_fields(step):
    return [field for field in step.findChildren(GoalField) if field.isVisible()]


def test_the_list_names_projects_and_their_budgets(step):
    assert lines(step) == ["1. 招商 · 165.00", "2. 办公"]


def test_typing_a_name_shows_in_the_list(step, qtbot):
    assert step.focus_path("projects[p2].name")
    QTest.keyClick(field(step, "projects[p2].name"), Qt.Key.Key_End)
    QTest.keyClicks(field(step, "projects[p2].name"), "x")
    qtbot.waitUntil(lambda: lines(step)[1] == "2. 办公x")


def test_a_project_is_added_after_the_chosen_one_and_undone(step, session):
    press(step, "添加")
    added = session.document.projects[1]
    assert (added.name, added.unit) == ("", Unit("808001", "某管委会"))
    assert session.undo_label == "添加项目"
    assert field(step, f"projects[{added.id}].name").hasFocus()
    session.undo()
    assert lines(step) == ["1. 招商 · 165.00", "2. 办公"]


def test_a_copy_has_an_identity_of_its_own(step, session):
    press(step, "复制")
    original, copy = session.document.projects[:2]
    assert copy.name == original.name
    assert copy.id != original.id
    assert {row.id for row in copy.indicators}.isdisjoint(row.id for row in original.indicators)
    session.undo()
    assert session.document.projects == PROJECTS


def test_delete_in_the_list_deletes_and_undo_brings_back(step, session):
    shown = step.findChild(QListWidget)
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert lines(step) == ["1. 办公"]
    assert session.undo_label == "删除 项目 1"
    assert field(step, "projects[p2].name").text() == "办公"
    session.undo()
    assert lines(step) == ["1. 招商 · 165.00", "2. 办公"]


def test_the_last_project_deleted_leaves_an_explanation(step, session):
    press(step, "删除")
    press(step, "删除")
    assert lines(step) == []
    assert not step.form.isVisible()
    session.undo()
    assert step.form.isVisible()


def test_alt_and_an_arrow_move_a_project(step, session):
    shown = step.findChild(QListWidget)
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [project.id for project in session.document.projects] == ["p2", "p1"]
    assert shown.currentRow() == 1
    session.undo()
    assert [project.id for project in session.document.projects] == ["p1", "p2"]


def test_the_third_amount_is_offered_and_taken(step, session):
    offers = [b for b in step.findChildren(QPushButton) if b.text() == "其他资金 填入 12.00" and b.isVisible()]
    assert len(offers) == 1
    offers[0].click()
    assert session.document.projects[0].other_funds == "12.00"
    assert not offers[0].isVisible()


@pytest.mark.parametrize(
    ("amounts", "offered"),
    [
        (("165.00", "", "12"), ("fiscal_funds", "153.00")),
        (("", "1,000", "12.5"), ("budget", "1012.5")),
        (("40.0", "40", ""), ("other_funds", "0.00")),
        (("10", "12", ""), None),
        (("10", "约 5", ""), None),
        (("10", "", ""), None),
        (("10", "5", "5"), None),
    ],
)
def test_only_a_certain_amount_is_offered(amounts, offered):
    assert missing_amount(Project("p", budget=amounts[0], fiscal_funds=amounts[1], other_funds=amounts[2])) == offered


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (CODE, ""),
        ("", ""),
        ("Z155110000004", ""),
        (BODY, "还差 1 位"),
        (CODE + "0", "多出 1 位"),
        (CODE[:12] + "o" + CODE[13:], "第 13 位「o」应为数字或大写字母"),
        (CODE[:8] + "B" + CODE[9:], "第 9 位「B」应为字母 P"),
        ("13062324ABC", "第 9 位「A」应为字母 P；编码共 21 位"),
        ("1306 2324P", "第 5 位是空格"),
        ("13062324Ｐ0001", "第 9 位是「Ｐ」"),
        ("130", "还差 18 位"),
        ("ZX 1", "第 3 位是空格"),
        (BODY + ("0" if CODE[-1] != "0" else "1"), "第 21 位"),
    ],
)
def test_the_wrong_place_of_a_code_is_named(code, words):
    assert words in code_hint(code)
    assert bool(words) == bool(code_hint(code))


def test_the_code_is_checked_as_it_is_typed_and_when_it_is_left(step, qtbot):
    assert step.form.code_line.text() == "✓ 编码无误"
    step.focus_path("projects[p1].code")
    QTest.keyClick(field(step, "projects[p1].code"), Qt.Key.Key_End)
    QTest.keyClick(field(step, "projects[p1].code"), Qt.Key.Key_Backspace)
    assert step.form.code_line.text() == "还差 1 位，编码共 21 位"
    step.focus_path("projects[p1].name")
    qtbot.waitUntil(lambda: step.form.code_line.text() == "⚠ 还差 1 位，编码共 21 位")


def test_goals_are_numbered_fields_and_keep_their_lines(step, session):
    assert [goal.toPlainText() for goal in goal_fields(step)] == ["一个目标", "两行\n目标"]
    QTest.keyClicks(goal_fields(step)[0], "x")
    assert session.document.projects[0].goals[1] == "两行\n目标"


def test_enter_begins_the_next_goal_and_backspace_takes_an_empty_one_away(step, session):
    step.focus_path("projects[p1].goals[0]")
    goal = goal_fields(step)[0]
    QTest.keyClick(goal, Qt.Key.Key_End)
    QTest.keyClick(goal, Qt.Key.Key_Return)
    assert session.document.projects[0].goals == ("一个目标", "", "两行\n目标")
    assert goal_fields(step)[1].hasFocus()
    QTest.keyClick(goal_fields(step)[1], Qt.Key.Key_Backspace)
    assert session.document.projects[0].goals == ("一个目标", "两行\n目标")
    session.undo()
    session.undo()
    assert session.document.projects[0].goals == PROJECTS[0].goals


def test_enter_splits_a_goal_behind_rare_characters(step, session):
    session.edit("projects[p1].goals[0]", "𠮷一二")
    goal = goal_fields(step)[0]
    step.focus_path("projects[p1].goals[0]")
    QTest.keyClick(goal, Qt.Key.Key_Right)
    QTest.keyClick(goal, Qt.Key.Key_Return)
    assert session.document.projects[0].goals[:2] == ("𠮷", "一二")


def test_tab_goes_through_the_form_as_it_is_read(step):
    step.focus_path("projects[p1].spending_plan[3]")
    QTest.keyClick(field(step, "projects[p1].spending_plan[3]"), Qt.Key.Key_Tab)
    assert field(step, "projects[p1].goals[0]").hasFocus()


@pytest.mark.parametrize(
    "path",
    [
        "projects[p2]",
        "projects[p2].unit.name",
        "projects[p1].spending_plan[3]",
        "projects[p1].goals[1]",
        "projects[p1].goals",
        "projects[p1].fund_use",
        "projects[p1].goals_numbering",
        "projects[p1].indicators",
        "projects[p1].indicators[i2].value",
    ],
)
def test_every_field_can_be_led_to(step, qtbot, path):
    step.focus_path("projects[p2].code")
    with qtbot.waitSignal(step.field_focused) as told:
        assert step.focus_path(path)
    assert told.args[0].startswith(path)


def test_paths_that_lead_nowhere_are_refused(step):
    assert not step.focus_path("overall_goal")
    assert not step.focus_path("projects[gone].name")
    assert not step.focus_path("projects[p1].indicators[gone].value")


def test_an_open_cell_is_taken_over_when_another_project_is_chosen(step, session):
    step.focus_path("projects[p1].indicators[i2].name")
    QTest.keyClicks(step.form.table, "a")
    step.findChild(QListWidget).setCurrentRow(1)
    assert session.document.projects[0].indicators[1].name == "a"


def test_commit_pending_takes_over_an_open_cell(step, session):
    step.focus_path("projects[p1].indicators[i2].name")
    QTest.keyClicks(step.form.table, "a")
    step.commit_pending()
    assert session.document.projects[0].indicators[1].name == "a"


def test_table_rows_are_added_and_deleted_by_their_buttons(step, session):
    press(step, "添加行")
    assert len(session.document.projects[0].indicators) == 3
    press(step, "删除行")
    assert [row.id for row in session.document.projects[0].indicators] == ["i1", "i2"]


def test_the_form_fits_a_small_screen_without_a_horizontal_scroll_bar(step):
    step.resize(1000, 560)
    assert step.form.widget().minimumSizeHint().width() <= step.form.viewport().width()
