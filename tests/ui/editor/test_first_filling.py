"""What is filled in for the first time shows no remark before the user has left it; afterwards remarks stay live."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.template import load_template
from models.document.tree import Draft, SubGoal, Unit
from models.session.session import new_document
from tests.ui.editor.test_problems import buttons, panel_of, settle
from ui.editor.indicator_sources.indicator_sources import IndicatorSources
from ui.editor.problems.first_filling import FirstFilling, parts_of
from ui.editor.table.indicator_edits import NAME, NUMBER, TIER2
from ui.shell.main_window import MainWindow


@pytest.fixture
def begun(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with a new draft, at a new sub-goal, the cursor in its heading."""
    window.take_draft(Draft(new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))))
    window.editor.show_step(3)
    window.editor.current._list.add.emit()
    settle(window, qtbot)
    return window


def paths(window: MainWindow) -> list[str]:
    return [problem.path for problem in window.editor.problems.live.problems]


def test_a_new_item_is_quiet_until_its_fields_are_left(begun: MainWindow, qtbot: QtBot) -> None:
    live, item = begun.editor.problems.live, begun.editor.current.chosen_item()
    begun.editor.session.edit(f"sub_goals[{item.id}].heading", "节水灌溉")
    settle(begun, qtbot)
    assert live.now()
    assert paths(begun) == []
    assert buttons(begun)[2] == "③ 分项绩效目标"
    assert f"还有 {live.unfilled[3]} 处没有填到" in begun.editor.step_button(3).toolTip()
    begun.editor.show_place(f"sub_goals[{item.id}].goal")
    begun.editor.show_place(f"sub_goals[{item.id}].indicator")
    assert f"sub_goals[{item.id}].goal" in paths(begun)
    assert f"sub_goals[{item.id}].indicator" not in paths(begun)


def test_an_empty_field_of_an_older_text_is_not_blamed_while_the_cursor_is_in_it(
    opened: MainWindow, qtbot: QtBot
) -> None:
    use = "projects[p1].fund_use"
    opened.editor.show_place(use)
    settle(opened, qtbot)
    assert use in {problem.path for problem in opened.editor.problems.live.now()}
    assert use not in paths(opened)
    opened.editor.show_place("projects[p1].name")
    assert use in paths(opened)


def test_a_field_once_left_stays_live(begun: MainWindow, qtbot: QtBot) -> None:
    item = begun.editor.current.chosen_item()
    goal = f"sub_goals[{item.id}].goal"
    begun.editor.session.edit(f"sub_goals[{item.id}].heading", "节水灌溉")
    for name in ("goal", "indicator", "goal"):
        begun.editor.show_place(f"sub_goals[{item.id}].{name}")
    settle(begun, qtbot)
    assert goal in paths(begun)
    begun.editor.session.edit(goal, "推广小麦节水新技术3000亩，培训农户1200人次，节水30万立方米。")
    settle(begun, qtbot)
    assert goal not in paths(begun)
    begun.editor.session.edit(goal, "")
    begun.editor.show_place(f"sub_goals[{item.id}].heading")
    settle(begun, qtbot)
    assert goal in paths(begun)


@pytest.mark.parametrize("how", ["another item", "step", "next problem"])
def test_leaving_the_item_or_asking_shows_everything(begun: MainWindow, qtbot: QtBot, how: str) -> None:
    editor, item = begun.editor, begun.editor.current.chosen_item()
    editor.session.edit(f"sub_goals[{item.id}].heading", "节水灌溉")
    settle(begun, qtbot)
    assert paths(begun) == []
    if how == "another item":
        editor.current._list.add.emit()
    elif how == "step":
        editor.show_step(4)
    else:
        editor.problems.next_problem()
    settle(begun, qtbot)
    assert f"sub_goals[{item.id}].goal" in paths(begun)
    assert f"sub_goals[{item.id}].indicator" in paths(begun)


@pytest.mark.parametrize("key", [Qt.Key.Key_F7, None])
def test_to_look_at_the_panel_changes_no_number_and_lists_apart_what_is_not_filled_in(
    begun: MainWindow, qtbot: QtBot, key: Qt.Key | None
) -> None:
    editor, item = begun.editor, begun.editor.current.chosen_item()
    editor.session.edit(f"sub_goals[{item.id}].heading", "节水灌溉")
    settle(begun, qtbot)
    numbers, (tab,) = buttons(begun), [b for b in begun.findChildren(QPushButton) if b.text().startswith("问题")]
    before = tab.text()
    if key is None:
        QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(QApplication.focusWidget(), key)
    settle(begun, qtbot)
    assert editor.side.current == "problems"
    assert (buttons(begun), tab.text()) == (numbers, before)
    shown = editor.side.panel("problems").list
    lines = [shown.item(row).text() for row in range(shown.count())]
    heading = lines.index(f"还没有填到　{len(editor.problems.live.waiting)}")
    assert len(lines) - heading - 1 == len(editor.problems.live.waiting) > 0


def test_a_code_is_judged_by_the_field_and_the_panel_at_the_same_character(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(Draft(new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))))
    window.editor.show_step(5)
    window.editor.current._list.add.emit()
    code = f"projects[{window.editor.current.project_id}].code"
    window.editor.show_place(code)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "13012327P00100110001")
    settle(window, qtbot)
    assert code not in paths(window)
    QTest.keyClicks(field, "X")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: code in paths(window))
    assert window.editor.path == code
    assert buttons(window)[4] == "⑤ 预算项目绩效目标 ⚠1"
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "7")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: code not in paths(window))


def test_the_export_counts_what_is_not_filled_in_yet(begun: MainWindow, qtbot: QtBot) -> None:
    item = begun.editor.current.chosen_item()
    begun.editor.session.edit(f"sub_goals[{item.id}].heading", "节水灌溉")
    settle(begun, qtbot)
    assert len(begun.editor.problems.live.now()) == begun.editor.problems.live.unfilled[3] > 0
    begun.editor.export_step()
    settle(begun, qtbot)
    assert set(begun.editor.problems.live.problems) == set(begun.editor.problems.live.now())


def test_the_panel_says_how_much_is_not_filled_in(begun: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(begun)
    begun.editor.current._list.add.emit()
    item = begun.editor.current.chosen_item()
    begun.editor.session.edit(f"sub_goals[{item.id}].heading", "节水灌溉")
    settle(begun, qtbot)
    assert f"还有 {begun.editor.problems.live.unfilled[3]} 处没有填到" in panel._summary.text()


def test_a_new_project_and_its_rows(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(Draft(EXAMPLE))
    window.editor.show_step(5)
    settle(window, qtbot)
    before = paths(window)
    step = window.editor.current
    step._list.add.emit()
    window.editor.session.edit(f"projects[{step.project_id}].name", "农机补贴")
    step.focus_path(f"projects[{step.project_id}].code")
    settle(window, qtbot)
    assert paths(window) == before
    project = f"projects[{step.project_id}]"
    step.form.table.add_row()
    row = f"{project}.indicators[{window.editor.session.get(project).indicators[0].id}]"
    window.editor.show_place(f"{row}.name")
    window.editor.session.edit(f"{row}.name", "补贴农户数")
    settle(window, qtbot)
    assert not [path for path in paths(window) if path.startswith(row)]
    step.form.table.add_row()
    settle(window, qtbot)
    assert [path for path in paths(window) if path.startswith(row)]
    assert f"{project}.budget" not in paths(window)


def test_what_was_opened_or_copied_shows_everything_at_once(window: MainWindow, qtbot: QtBot) -> None:
    bad = replace(
        EXAMPLE, sub_goals=replace(EXAMPLE.sub_goals, items=(SubGoal("s1", heading="节水", goal="", indicator=""),))
    )
    window.take_draft(Draft(bad))
    settle(window, qtbot)
    assert "sub_goals[s1].goal" in paths(window)
    window.editor.show_step(3)
    window.editor.current._list.copy.emit()
    settle(window, qtbot)
    copied = window.editor.current.chosen_item()
    assert copied.id != "s1"
    assert f"sub_goals[{copied.id}].goal" in paths(window)


def test_a_new_goal_is_not_blamed_for_being_empty_while_the_cursor_is_in_it(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(Draft(EXAMPLE))
    window.editor.show_place("projects[p1].goals[0]")
    settle(window, qtbot)
    before = paths(window)
    window.editor.current.form.goals._add.click()
    settle(window, qtbot)
    assert window.editor.path == f"projects[p1].goals[{len(EXAMPLE.projects[0].goals)}]"
    assert paths(window) == before


def test_parts_of_a_path() -> None:
    assert parts_of("projects[p1].indicators[i2].value") == ("projects[p1].indicators[i2]", "projects[p1]", "projects")
    assert parts_of("projects[p1].goals[0]") == ("projects[p1]", "projects")
    assert parts_of("headings.part_two") == ("projects",)
    assert parts_of("unit.code") == ()


def test_a_blank_part_stays_fresh_when_all_is_asked_for() -> None:
    document = new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))
    filling = FirstFilling(document)
    with_one = replace(document, sub_goals=replace(document.sub_goals, items=(SubGoal("s1"),)))
    filling.follow(with_one)
    filling.leave_all(with_one)
    assert filling.is_quiet("sub_goals[s1].goal", "")
    written = replace(document, sub_goals=replace(document.sub_goals, items=(SubGoal("s1", heading="节水"),)))
    filling.leave_all(written)
    assert not filling.is_quiet("sub_goals[s1].goal", "")


def test_the_list_a_cell_drops_down_leaves_no_row(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(Draft(new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))))
    window.editor.show_step(5)
    window.editor.current._list.add.emit()
    table = window.editor.current.form.table
    table.add_row()
    table.setFocus()
    table.go_to(table.indicators.index(0, NAME))
    window.editor.session.edit(table.indicators.path(table.currentIndex()), "培训场次")
    settle(window, qtbot)
    quiet = paths(window)
    table.edit(table.indicators.index(0, TIER2))
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox) or isinstance(table.editor, QComboBox)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    settle(window, qtbot)
    assert paths(window) == quiet
    table.editor.hidePopup()


def test_a_new_row_is_judged_when_it_is_left_and_not_from_cell_to_cell(opened: MainWindow, qtbot: QtBot) -> None:
    opened.editor.show_place("projects[p1].indicators")
    table, session = opened.editor.current.form.table, opened.editor.session
    for _row in range(2):
        table.add_row()
    table.setFocus()
    first, second = session.document.projects[0].indicators
    table.focus_cell(first.id, "name")
    session.edit(f"projects[p1].indicators[{first.id}].name", "安装水表的数量（个）")
    for name in ("description", "basis", "name"):
        table.focus_cell(first.id, name)
        settle(opened, qtbot)
        assert not [path for path in paths(opened) if first.id in path]
    assert opened.editor.problems.live.now()
    table.focus_cell(second.id, "name")
    settle(opened, qtbot)
    assert [path for path in paths(opened) if first.id in path]
    assert not [path for path in paths(opened) if second.id in path]


def test_a_row_from_the_library_is_judged_when_it_is_left(opened: MainWindow, qtbot: QtBot) -> None:
    opened.editor.show_place("projects[p1].indicators")
    table, session = opened.editor.current.form.table, opened.editor.session
    table.setFocus()
    entries = [entry for entry in table.knowledge.entries() if entry.name in {"培训班次", "会议次数"}]
    IndicatorSources(session, table).add_entries(entries)
    first, second = session.document.projects[0].indicators[-2:]
    assert table.currentIndex() == table.indicators.index(table.indicators.find(first.id).row(), NUMBER)
    settle(opened, qtbot)
    assert not [path for path in paths(opened) if first.id in path]
    assert [path for path in paths(opened) if second.id in path]
    table.focus_cell(second.id, "name")
    settle(opened, qtbot)
    assert [path for path in paths(opened) if first.id in path]
    table.focus_cell(first.id, "basis")
    settle(opened, qtbot)
    assert f"projects[p1].indicators[{first.id}].value" in paths(opened)


def test_a_sum_is_not_wrong_while_its_last_part_is_about_to_be_written(opened: MainWindow, qtbot: QtBot) -> None:
    session, live = opened.editor.session, opened.editor.problems.live
    session.edit("projects[p1].other_funds", "")
    for name, amount in (("budget", "42"), ("fiscal_funds", "40")):
        opened.editor.show_place(f"projects[p1].{name}")
        session.edit(f"projects[p1].{name}", amount)
    opened.editor.show_place("projects[p1].other_funds")
    settle(opened, qtbot)

    def sums() -> list[str]:
        return [problem.path for problem in live.problems if problem.rule == "budget-sum"]

    assert [problem for problem in live.now() if problem.rule == "budget-sum"]
    assert sums() == []
    opened.editor.show_place("projects[p1].fund_use")
    settle(opened, qtbot)
    assert sums() == ["projects[p1].budget"]
