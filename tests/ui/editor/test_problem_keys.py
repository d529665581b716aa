"""The panel of problems by keys: into it, through it, back to where one was; corrections stay where one sees them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.checks.registry import Severity
from models.document import fieldpath
from models.document.tree import Draft
from tests.ui.editor.test_problems import COUNTED, panel_of, settle
from ui.editor.problems.problems_panel import ProblemsPanel
from ui.shell.main_window import MainWindow

GOAL, USE, CODE = "sub_goals[s1].goal", "projects[p1].fund_use", "projects[p1].code"
KEY = Qt.Key


@pytest.fixture
def judged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Two commas to put right, one in a text, one in a line; a value without its unit; a code only the clerk knows."""
    document = fieldpath.replace(EXAMPLE, GOAL, "面向种粮大户开展节水技术培训,提高科学种田水平。")
    document = fieldpath.replace(document, "sub_goals[s1].heading", "开展培训,提高水平")
    document = fieldpath.replace(document, CODE, "13020922P0001471000")
    document = fieldpath.replace(document, COUNTED, "≥1200")
    window.take_draft(Draft(document))
    settle(window, qtbot)
    return window


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def panel_in(window: MainWindow) -> ProblemsPanel:
    panel = window.editor.side.panel("problems")
    assert isinstance(panel, ProblemsPanel)
    return panel


def selected(window: MainWindow, path: str) -> str:
    fields = [field for field in window.editor.current.fields if field.path == path]
    (field,) = [field for field in fields if isinstance(field, QLineEdit | QPlainTextEdit)]
    return field.selectedText() if isinstance(field, QLineEdit) else field.textCursor().selectedText()


@pytest.mark.parametrize(
    ("path", "words"), [(GOAL, "推进推进"), ("sub_goals[s2].heading", "落实落实"), ("overall_goal", "农户,水平")]
)
def test_f7_out_of_a_field_one_types_in_goes_to_what_is_wrong_there(
    window: MainWindow, qtbot: QtBot, path: str, words: str
) -> None:
    """It is judged only now that it was left."""
    window.take_draft(Draft(EXAMPLE))
    settle(window, qtbot)
    window.editor.show_place(path)
    written = QInputMethodEvent()
    written.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget(), written)
    press(KEY.Key_F7)
    panel = panel_in(window)
    qtbot.waitUntil(lambda: panel.marked is not None)
    assert panel.marked.path == path
    assert QApplication.focusWidget() is panel.list


@pytest.mark.parametrize("back", [KEY.Key_F7, KEY.Key_Escape])
def test_f7_goes_to_the_problem_of_the_field_and_back_to_the_cursor(judged: MainWindow, back: Qt.Key) -> None:
    judged.editor.show_place(GOAL)
    field = QApplication.focusWidget()
    cursor = field.textCursor()
    cursor.setPosition(5)
    field.setTextCursor(cursor)
    press(KEY.Key_F7)
    panel = panel_in(judged)
    assert QApplication.focusWidget() is panel.list
    assert panel.marked.path == GOAL
    press(back)
    assert QApplication.focusWidget() is field
    assert field.textCursor().position() == 5
    assert judged.editor.side.current == ""


@pytest.mark.parametrize("path", ["headings.sub_goals", "sub_goals[s2].indicator", COUNTED])
def test_esc_leads_back_to_where_one_was(judged: MainWindow, path: str) -> None:
    judged.editor.show_place(path)
    before, draft = QApplication.focusWidget(), judged.editor.session.draft
    press(KEY.Key_F7)
    assert QApplication.focusWidget() is panel_in(judged).list
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is before
    assert judged.editor.path == path
    assert judged.editor.session.draft is draft
    assert not isinstance(before, QLineEdit) or not before.hasSelectedText()


def test_f7_goes_into_a_panel_that_is_open(judged: MainWindow) -> None:
    judged.editor.show_place(USE)
    judged.editor.side.open("problems")
    field = QApplication.focusWidget()
    press(KEY.Key_F7)
    assert QApplication.focusWidget() is panel_in(judged).list
    press(KEY.Key_F7)
    assert QApplication.focusWidget() is field


def test_esc_closes_the_panel_also_from_the_bar_below(judged: MainWindow) -> None:
    judged.editor.show_step(1)
    panel_of(judged)
    (way,) = [button for button in judged.findChildren(QPushButton) if button.accessibleName() == "下一步"]
    way.setFocus()
    press(KEY.Key_Escape)
    assert judged.editor.side.current == ""
    assert QApplication.focusWidget() is way


@pytest.mark.parametrize("panels", [("problems",), ("preview", "problems"), ("problems", "help", "find", "problems")])
@pytest.mark.parametrize("steps", [(1,), (3, 1), (5, 3, 1, 5)])
def test_tab_goes_from_the_page_through_the_panel_to_the_bar_below(
    judged: MainWindow, qtbot: QtBot, panels: tuple[str, ...], steps: tuple[int, ...]
) -> None:
    editor = judged.editor
    for panel in panels:
        editor.side.open(panel)
    for step in steps:
        editor.show_step(step)
    assert editor.current is not None
    qtbot.waitUntil(judged.isActiveWindow)  # elsewhere Tab moves no keyboard
    panel_in(judged).take_focus()
    (back, *_others) = editor.below
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not back and focus not in editor.side.buttons.children():
        seen.append(focus)
        assert len(seen) < 20
        press(KEY.Key_Tab)
    assert all(panel_in(judged).isAncestorOf(widget) for widget in seen)
    assert {"转到", "下一个"} <= {widget.accessibleName() for widget in seen}
    panel_in(judged).take_focus()
    while panel_in(judged).isAncestorOf(QApplication.focusWidget()):
        press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert editor.current.isAncestorOf(QApplication.focusWidget())


def test_shift_f7_puts_the_chosen_problem_right_and_shows_it(judged: MainWindow, qtbot: QtBot) -> None:
    judged.editor.show_place(COUNTED)
    press(KEY.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    panel = panel_in(judged)
    assert panel.marked.path == COUNTED
    assert judged.editor.session.get(COUNTED) == "≥1200", "one sees first what it is about"
    panel.mark("sub_goals[s1].heading")
    press(KEY.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert judged.editor.session.get("sub_goals[s1].heading") == "开展培训，提高水平"
    assert judged.editor.path == "sub_goals[s1].heading"
    assert selected(judged, "sub_goals[s1].heading") == "，"
    assert QApplication.focusWidget() is panel.list
    settle(judged, qtbot)
    assert panel.marked is not None
    assert panel.marked.path != "sub_goals[s1].heading"


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Space])
def test_the_button_pressed_again_and_again_puts_right_and_nothing_else(
    judged: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    panel, session = panel_of(judged), judged.editor.session
    panel.mark(GOAL)
    wanted = fieldpath.replace(session.document, GOAL, session.get(GOAL).replace(",", "，"))
    (button,) = [button for button in panel.findChildren(QPushButton) if button.accessibleName() == "改正"]
    button.setFocus()
    press(key)
    assert session.document == wanted
    assert selected(judged, GOAL) == "，"
    assert panel.isAncestorOf(QApplication.focusWidget())
    settle(judged, qtbot)
    for _time in range(4):
        before, chosen = session.document, panel.marked
        press(key)
        assert session.document == before or (chosen.fix is not None and session.undo_label.startswith("改正"))
        settle(judged, qtbot)


def test_what_only_the_clerk_can_put_right_is_said(judged: MainWindow) -> None:
    panel, draft = panel_of(judged), judged.editor.session.draft
    panel.mark(CODE)
    panel.list.setFocus()
    press(KEY.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert judged.editor.session.draft is draft
    assert "要您自己改" in judged.statusBar().currentMessage()


def test_the_list_begins_with_what_is_gravest_and_counts_as_the_steps_do(judged: MainWindow) -> None:
    panel = panel_of(judged)
    entries = [panel.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(panel.list.count())]
    are_notes = [entry.severity is Severity.INFO for entry in entries if entry is not None]
    assert are_notes == sorted(are_notes)
    assert {False, True} == set(are_notes)
    steps = judged.editor.problems.live.by_step()
    shown = sum(entry is not None and entry.severity is not Severity.INFO for entry in entries)
    assert shown == sum(p.severity is not Severity.INFO for found in steps.values() for p in found)
