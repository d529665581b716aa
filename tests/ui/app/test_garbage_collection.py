"""Closed windows are taken apart between two events, in the window's thread."""

import gc
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.shared import CHECKOUT
from ui.app import garbage_collection as collecting
from ui.app.garbage_collection import Collector
from ui.shell.main_window import MainWindow

THEMES = """
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from models.preferences import Preferences
from ui.app.garbage_collection import Collector
from ui.widgets.theme import apply_look
from ui.widgets.style import apply_style

class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.me, column = self, QVBoxLayout(self)  # only the collector finds it is no longer wanted
        for _ in range(5):
            column.addWidget(QLineEdit(self))
            column.addWidget(QPushButton("x", self))
        self.show()

class Busy(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.StyleChange:
            garbage.append([[[]] for _ in range(1000)])
        return False

app = QApplication([])
Collector(app)
apply_style(app)
busy, garbage = Busy(), []
app.installEventFilter(busy)
for number in range(6):
    windows = [Window() for _ in range(10)]
    del windows
    apply_look(app, Preferences(theme=("dark", "light")[number % 2]))
print("well")
"""


def test_no_window_is_destroyed_while_a_theme_is_applied() -> None:
    done = subprocess.run([sys.executable, "-c", THEMES], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr


def test_a_closed_window_is_let_go_soon(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "_EVERY", 1)
    owner = QObject()
    Collector(owner)
    gone: list[bool] = []
    window = QWidget()
    window.me = window  # type: ignore[attr-defined]
    window.destroyed.connect(lambda: gone.append(True))
    del window
    assert not gone

    def more() -> bool:
        kept.append([[] for _ in range(1000)])
        return bool(gone)

    kept: list[list[list[object]]] = []
    qtbot.waitUntil(more)
    delete(owner)


@pytest.mark.parametrize(
    ("typing", "at_most", "collected"), [(False, 1000, True), (True, 1000, False), (True, 3, True)]
)
def test_everything_is_looked_through_in_a_pause_of_typing_or_after_a_while(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, typing: bool, at_most: int, collected: bool
) -> None:
    monkeypatch.setattr(collecting, "_EVERY", 1)
    monkeypatch.setattr(collecting, "_PUT_OFF_AT_MOST", at_most)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 11))
    asked: list[int] = []
    monkeypatch.setattr(gc, "collect", asked.append)
    owner = QObject()
    for collector in (*qapp.findChildren(Collector), Collector(owner)):
        monkeypatch.setattr(collector, "is_typing", lambda: typing)
    qtbot.waitUntil(lambda: len(asked) > 5)
    delete(owner)
    assert (2 in asked, 1 in asked) == (collected, typing)


def test_keys_that_are_not_saved_yet_put_it_off(opened: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    collector = qapp.findChild(Collector)
    assert collector is not None
    qtbot.waitUntil(lambda: not collector.is_typing())
    opened.editor.session.edit("overall_goal", "加快乡村道路养护")
    assert collector.is_typing()
    qtbot.waitUntil(lambda: not collector.is_typing())
