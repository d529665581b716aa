"""Led to a place from a list: keys struck twice, or held down, for the list change no text."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft
from tests.ui.editor.test_problems import COUNTED, panel_of, settle
from ui.shell.main_window import MainWindow

GOAL, CODE = "sub_goals[s1].goal", "projects[p1].code"
PLACES = (GOAL, CODE, COUNTED, "overall_goal", "headings.sub_goals")
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@pytest.fixture
def judged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Texts, lines and cells with problems whose words are selected on arrival."""
    document = fieldpath.replace(EXAMPLE, GOAL, "面向种粮大户开展节水技术培训,提高科学种田水平。")
    document = fieldpath.replace(document, CODE, "13020922P0001471000")
    document = fieldpath.replace(document, COUNTED, "≥1200")
    document = fieldpath.replace(document, "overall_goal", "推广新技术3000亩、培训农户1200人次，节约用水XX。")
    document = fieldpath.replace(document, "headings.sub_goals", "二、分项绩效目标XX")
    window.take_draft(Draft(document))
    settle(window, qtbot)
    return window


def arrive(window: MainWindow, path: str) -> QWidget:
    """Enter in the list of problems; the field one comes to."""
    panel = panel_of(window)
    panel.mark(path)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert window.editor.path == path
    field = QApplication.focusWidget()
    assert not panel.isAncestorOf(field)
    return field


def selected(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.selectedText()
    assert isinstance(field, QPlainTextEdit)
    return field.textCursor().selectedText()


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("key", KEYS)
def test_the_keys_of_the_list_change_no_text(judged: MainWindow, path: str, key: Qt.Key) -> None:
    field, draft = arrive(judged, path), judged.editor.session.draft
    for _time in range(3):
        QTest.keyClick(field, key)
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(field, held)
    assert judged.editor.session.draft is draft
    assert judged.editor.path == path
    assert "文字没有改动" in judged.statusBar().currentMessage()


@pytest.mark.parametrize("path", [GOAL, CODE])
def test_after_another_key_the_field_takes_them(judged: MainWindow, path: str) -> None:
    field = arrive(judged, path)
    words, before = selected(field), judged.editor.session.get(path)
    assert words
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Right)
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert judged.editor.session.get(path) == before.replace(words, f"{words} ", 1)


def test_after_a_click_the_field_takes_them(judged: MainWindow) -> None:
    field = arrive(judged, GOAL)
    before = judged.editor.session.get(GOAL)
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(judged.editor.session.get(GOAL)) == len(before) + 1


def test_the_space_of_an_input_method_is_kept_out_and_its_words_are_not(judged: MainWindow) -> None:
    field, draft = arrive(judged, GOAL), judged.editor.session.draft
    space = QInputMethodEvent()
    space.setCommitString("　")
    QApplication.sendEvent(field, space)
    assert judged.editor.session.draft is draft
    word, words = QInputMethodEvent(), selected(field)
    word.setCommitString("、")
    QApplication.sendEvent(field, word)
    assert judged.editor.session.get(GOAL) == fieldpath.get(draft.document, GOAL).replace(words, "、", 1)


def test_typing_and_deleting_replace_the_selected_words(judged: MainWindow) -> None:
    field = arrive(judged, GOAL)
    words, before = selected(field), judged.editor.session.get(GOAL)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert judged.editor.session.get(GOAL) == before.replace(words, "", 1)


def test_f8_leaves_the_same_care_behind(judged: MainWindow) -> None:
    draft, seen = judged.editor.session.draft, set()
    panel = panel_of(judged)
    for _problem in range(panel.list.count()):
        QTest.keyClick(judged, Qt.Key.Key_F8)
        field = QApplication.focusWidget()
        for key in KEYS:
            QTest.keyClick(field, key)
        seen.add(judged.editor.path)
        assert judged.editor.session.draft is draft
    assert set(PLACES) <= seen
