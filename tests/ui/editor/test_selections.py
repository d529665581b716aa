"""What is chosen in a text is shown where the keyboard is, and nowhere else."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.editor.fields import TextField
from ui.shell.main_window import MainWindow


@pytest.fixture
def field(opened: MainWindow) -> TextField:
    """The overall goal, the last three characters of which are chosen."""
    opened.editor.session.edit("overall_goal", "abcdef")
    opened.editor.session.leave_field()
    opened.editor.show_place("overall_goal")
    found = QApplication.focusWidget()
    assert isinstance(found, TextField)
    QTest.keyClick(found, Qt.Key.Key_End)
    for _character in "def":
        QTest.keyClick(found, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert found.textCursor().selectedText() == "def"
    return found


def test_a_text_that_is_left_shows_nothing_chosen_and_shows_it_again(field: TextField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()
    assert not field.textCursor().hasSelection()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.textCursor().selectedText() == "def"
    QTest.keyClicks(field, "x")
    assert field.toPlainText() == "abcx"


def test_the_same_words_are_chosen_after_others_were_written_before_them(field: TextField, opened: MainWindow) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    opened.editor.session.edit("overall_goal", "12abcdef")
    assert field.toPlainText() == "12abcdef"
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.textCursor().selectedText() == "def"


def test_words_that_were_changed_meanwhile_are_not_chosen(field: TextField, opened: MainWindow) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    opened.editor.session.edit("overall_goal", "abcdXf")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert not field.textCursor().hasSelection()


def test_a_click_puts_the_cursor_and_chooses_nothing(field: TextField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=field.cursorRect().center())
    assert field.hasFocus()
    assert not field.textCursor().hasSelection()


@pytest.mark.parametrize(
    "reason",
    [Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.ActiveWindowFocusReason],
)
def test_a_menu_finds_chosen_what_it_is_opened_for(field: TextField, reason: Qt.FocusReason) -> None:
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert field.textCursor().selectedText() == "def"


def test_a_hit_of_a_search_is_shown_while_the_keyboard_is_in_the_panel(field: TextField, opened: MainWindow) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert opened.select("overall_goal", 1, 3) is not None
    assert field.textCursor().selectedText() == "bc"
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    assert field.textCursor().selectedText() == "bc"
