"""Who comes to a marked field or cell is told what is wrong with it, and how many problems of each kind it has."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.checks.problem_lines import SEVERITY_NAMES, summary
from models.checks.registry import Severity
from models.document import fieldpath
from models.document.tree import Draft
from tests.ui.editor.test_problems import COST, COUNTED, settle
from ui.editor.marks import mark_text
from ui.shell.main_window import MainWindow

CODE, GOAL = "projects[p1].code", "sub_goals[s1].goal"


@pytest.fixture
def judged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    document = fieldpath.replace(EXAMPLE, CODE, "13020922P0001471000")
    document = fieldpath.replace(document, COST, "≤75万元")
    document = fieldpath.replace(document, COUNTED, "≥1200")
    document = fieldpath.replace(document, GOAL, "面向种粮大户开展节水技术培训,提高科学种田水平XX。")
    document = fieldpath.replace(document, "headings.part_two_name", "项目绩效目标XX")
    window.take_draft(Draft(document))
    settle(window, qtbot)
    return window


def told(window: MainWindow) -> str:
    """What the status bar says of the place with the keyboard, also where it had to be cut."""
    return window.bar.problem.toolTip()


def mark_at(field: QWidget) -> QLabel:
    (label,) = [label for label in field.findChildren(QLabel) if label.property("role") == "mark"]
    return label


@pytest.mark.parametrize("path", [CODE, GOAL, COST, COUNTED])
def test_the_status_bar_says_what_is_wrong_with_the_place(judged: MainWindow, path: str) -> None:
    judged.editor.show_place(path)
    found = judged.editor.problems.live.by_path()[path]
    gravest = min(found, key=lambda problem: list(Severity).index(problem.severity))
    several = f"，{summary(found)}" if len(found) > 1 else ""
    assert told(judged).partition(" ")[2] == f"{SEVERITY_NAMES[gravest.severity]}（F7{several}）：{gravest.message}"
    judged.editor.show_place("projects[p1].fund_use")
    assert told(judged) == ""


def test_a_click_on_a_marked_cell_tells_too(judged: MainWindow) -> None:
    judged.editor.show_place("projects[p1].fund_use")
    table = judged.editor.current.form.table
    cell = table.indicators.find("cost", 5)
    assert table.indicators.path(cell) == COST
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(cell).center())
    assert "错误" in told(judged)


def test_what_was_put_right_is_told_no_more(judged: MainWindow, qtbot: QtBot) -> None:
    judged.editor.show_place(COUNTED)
    assert told(judged)
    judged.editor.session.edit(COUNTED, "≥1200人次")
    settle(judged, qtbot)
    qtbot.waitUntil(lambda: told(judged) == "")


def test_each_severity_is_counted_by_itself(judged: MainWindow) -> None:
    judged.editor.show_place(GOAL)
    field = QApplication.focusWidget()
    found = judged.editor.problems.live.by_path()[GOAL]
    assert {problem.severity for problem in found} == {Severity.ERROR, Severity.INFO}
    assert mark_text(found) == "！ 错误 1 ·1"
    label = mark_at(field)
    assert "F7" in label.toolTip()
    assert all(problem.message in label.toolTip() for problem in found)
    assert all(problem.message in field.accessibleDescription() for problem in found)


def test_the_header_of_a_folded_part_says_that_something_in_it_is_wrong(judged: MainWindow) -> None:
    judged.editor.show_step(1)
    step = judged.editor.current
    (fold,) = [button for button in step.findChildren(QPushButton) if "版式和标题行" in button.text()]
    found = judged.editor.problems.live.by_path()["headings.part_two_name"]
    assert [problem.severity for problem in found] == [Severity.ERROR]
    assert fold.text() == fold.accessibleName() == "展开版式和标题行（错误 1 处）"
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert fold.text() == "收起版式和标题行"
