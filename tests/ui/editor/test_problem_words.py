"""The words a problem is about: selected where one is led to, underlined while the panel is open, and on to the next."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.checks.registry import Problem, Severity
from models.document import fieldpath
from models.document.tree import Draft
from tests.ui.editor.test_problems import COUNTED, mark, panel_of, settle
from ui.editor.problems.live_check import key
from ui.editor.problems.problem_words import words_of
from ui.shell.main_window import MainWindow
from ui.widgets.view_options import mark_of

GOAL = "sub_goals[s1].goal"
WORDS = "面向种粮大户开展节水技术培训,提高科学种田水平,增加收入。"


@pytest.fixture
def judged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    document = fieldpath.replace(EXAMPLE, GOAL, WORDS)
    document = fieldpath.replace(document, "projects[p1].code", "13020922P0001471000")
    document = fieldpath.replace(document, COUNTED, "≥1200")
    window.take_draft(Draft(document))
    settle(window, qtbot)
    return window


def selected() -> str:
    """The words that are selected where the keyboard is."""
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        return field.selectedText()
    assert isinstance(field, QPlainTextEdit)
    return field.textCursor().selectedText()


def underlined(field: QPlainTextEdit) -> list[str]:
    return [mark_of(mark).cursor.selectedText() for mark in field.extraSelections()]


def text_field(window: MainWindow, path: str) -> QPlainTextEdit:
    fields = window.editor.current.fields
    return next(field for field in fields if field.path == path and isinstance(field, QPlainTextEdit))


def test_f8_selects_the_words_in_question(judged: MainWindow, qtbot: QtBot) -> None:
    problems = judged.editor.problems.live.by_path()[GOAL]
    seen = []
    panel = panel_of(judged)
    for _problem in range(sum(entry is not None for _, entry in panel._lines)):
        QTest.keyClick(judged, Qt.Key.Key_F8)
        if judged.editor.path == GOAL:
            seen.append(selected())
    assert seen == [problem.excerpt for problem in problems]
    assert seen


def test_enter_on_a_problem_of_a_line_selects_its_words(judged: MainWindow) -> None:
    panel = panel_of(judged)
    mark(panel, "projects[p1].code")
    excerpt = panel.marked.excerpt
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert selected() == excerpt == "13020922P0001471000"


def test_words_are_underlined_only_while_the_panel_is_open(judged: MainWindow, qtbot: QtBot) -> None:
    judged.editor.show_place(GOAL)
    field = text_field(judged, GOAL)
    assert underlined(field) == []
    judged.editor.open_problems()
    wanted = sorted(problem.excerpt for problem in judged.editor.problems.live.by_path()[GOAL])
    assert sorted(underlined(field)) == wanted
    judged.editor.side.close_panel()
    assert underlined(field) == []


def test_the_words_of_another_item_are_underlined_when_it_is_shown(judged: MainWindow) -> None:
    judged.editor.show_place("sub_goals[s2].goal")
    judged.editor.open_problems()
    judged.editor.show_place(GOAL)
    wanted = sorted(problem.excerpt for problem in judged.editor.problems.live.by_path()[GOAL])
    assert sorted(underlined(text_field(judged, GOAL))) == wanted
    assert wanted


def test_what_is_put_right_is_underlined_no_more(judged: MainWindow, qtbot: QtBot) -> None:
    judged.editor.show_place(GOAL)
    judged.editor.open_problems()
    judged.editor.session.edit(GOAL, "举办节水技术培训。")
    judged.editor.show_place("overall_goal")
    settle(judged, qtbot)
    judged.editor.show_place(GOAL)
    excerpts = {problem.excerpt for problem in judged.editor.problems.live.by_path().get(GOAL, ())}
    assert set(underlined(text_field(judged, GOAL))) <= excerpts
    assert "," not in underlined(text_field(judged, GOAL))


def test_after_a_correction_one_sees_it_and_the_next_problem_is_chosen(judged: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(judged)
    rows = [panel.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(panel.list.count())]
    entries = [entry for entry in rows if isinstance(entry, Problem)]
    first = next(at for at, entry in enumerate(entries) if entry.fix is not None and at + 1 < len(entries))
    panel.list.setCurrentRow(rows.index(entries[first]))
    panel.list.setFocus()
    panel.correct()
    assert judged.editor.path == entries[first].path
    assert QApplication.focusWidget() is panel.list
    assert panel.marked == entries[first + 1]
    settle(judged, qtbot)
    qtbot.waitUntil(lambda: key(panel.marked) == key(entries[first + 1]))


def test_of_the_same_words_each_problem_has_its_own_place() -> None:
    one = Problem("half-width", Severity.WARN, GOAL, "③", ",", "半角逗号")
    two = replace(one, message="又一个半角逗号")
    text = "😀甲,乙,丙"
    assert words_of(text, one, (one, two)) == (2, 3)
    assert words_of(text, two, (one, two)) == (4, 5)
    assert words_of("没有", one, (one,)) is None
    assert words_of("甲,乙", two, (one, two)) == (1, 2)
    assert words_of("甲,乙", replace(one, excerpt=""), ()) is None
