"""What the status bar says."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from tests.ui.editor.test_typing import field
from ui.shell import status_bar
from ui.shell.main_window import MainWindow
from ui.widgets import reading_aloud


def test_what_the_status_bar_says_is_announced_to_screen_readers(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    class Bridge:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802  (Qt's name)
            announced.append(event.message())

    monkeypatch.setattr(reading_aloud.QtGui, "QAccessible", Bridge)
    goal = field(opened, "overall_goal")
    qtbot.keyClick(goal, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    opened.bar.announce("")
    assert announced == ["已保存。"]


def test_a_message_stays_until_the_clerk_goes_on(qtbot: QtBot) -> None:
    """Whoever looked away for a minute still reads it; a key struck while it is new does not take it away."""
    window, line = QMainWindow(), QLineEdit()
    qtbot.addWidget(window)
    window.setCentralWidget(line)
    bar = status_bar.StatusBar(window)
    window.setStatusBar(bar)
    window.show()
    for message in ("已留下版本。", "已保存。"):
        bar.announce(message)
        qtbot.keyClick(line, Qt.Key.Key_A)
        assert bar.currentMessage() == message
        bar.findChild(QTimer).timeout.emit()  # the time in which it is new is over
        assert bar.currentMessage() == message
        qtbot.keyClick(line, Qt.Key.Key_B)
        assert not bar.currentMessage()
    assert line.text() == "abab"
