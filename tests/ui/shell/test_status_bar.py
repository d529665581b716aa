"""What the status bar says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from tests.ui.editor.test_typing import field
from ui.shell import status_bar
from ui.shell.main_window import MainWindow


def test_what_the_status_bar_says_is_announced_to_screen_readers(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    class Bridge:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802  (Qt's name)
            announced.append(event.message())

    monkeypatch.setattr(status_bar, "QAccessible", Bridge)
    goal = field(opened, "overall_goal")
    qtbot.keyClick(goal, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    opened.bar.tell("")
    assert announced == ["已保存。"]
