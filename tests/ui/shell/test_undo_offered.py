"""What was deleted at a click comes back at a click, beside the message that tells of it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.editor.test_typing import field
from ui.shell.main_window import MainWindow
from ui.widgets.messages import say


def delete_a_project(window: MainWindow, qtbot: QtBot) -> None:
    """By its button in step ⑤."""
    window.editor.show_step(5)
    step = window.editor.current
    assert step is not None
    buttons = [one for one in step.findChildren(QPushButton) if one.text() == "删除" and one.isVisible()]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert "已删除项目" in window.bar.currentMessage()


def press(button: QPushButton) -> None:
    """As the mouse does: the window hears of it before the button."""
    window = button.window().windowHandle()
    place = button.mapTo(button.window(), button.rect().center())
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_a_deleted_project_comes_back(opened: MainWindow, qtbot: QtBot) -> None:
    before = opened.session.document
    delete_a_project(opened, qtbot)
    assert opened.session.document != before
    assert opened.bar.undo_button.isVisible()
    opened.bar.findChild(QTimer).timeout.emit()  # a press anywhere else would take the message away now
    press(opened.bar.undo_button)
    assert opened.session.document == before
    assert not opened.bar.undo_button.isVisible()


def test_what_came_after_is_not_what_the_button_takes_back(opened: MainWindow, qtbot: QtBot) -> None:
    delete_a_project(opened, qtbot)
    opened.session.edit("overall_goal", "另一句。")
    assert not opened.bar.undo_button.isVisible()


def test_other_messages_have_no_button(opened: MainWindow, qtbot: QtBot) -> None:
    goal = field(opened, "overall_goal")
    delete_a_project(opened, qtbot)
    say(goal, "已保存。")
    assert not opened.bar.undo_button.isVisible()


def test_the_bar_is_as_high_as_before(opened: MainWindow, qtbot: QtBot) -> None:
    before = opened.bar.height()
    delete_a_project(opened, qtbot)
    qtbot.waitUntil(lambda: opened.bar.undo_button.width() > 0)
    assert opened.bar.height() == before
