"""The program's icon is there before the first window is, for title bars that are drawn once."""

import os
import subprocess
import sys
from pathlib import Path

from tests.shared import CHECKOUT
from tests.waiting import PATIENCE

_UNTIL_SHOWN = """
import main
import os
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.PlatformSurface and not watched.isWidgetType():
            icon = watched.icon() if not watched.icon().isNull() else QApplication.windowIcon()
            print("icon", *icon.pixmap(QSize(24, 24), 1.0).size().toTuple(), flush=True)
            os._exit(0)
        return False

class Watched(QApplication):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.watch = Watch()
        self.installEventFilter(self.watch)

import ui.app.application
ui.app.application.QApplication = Watched
main.main([])
"""


def icon_at_the_first_window(home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_SHOWN],
        env={**os.environ, "GOALFORM_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout.startswith("icon "), done.stderr
    return done.stdout.strip()


def test_the_first_window_has_the_icon_when_the_system_makes_it(tmp_path: Path) -> None:
    assert icon_at_the_first_window(tmp_path / "home") == "icon 24 24"


def test_so_has_a_question_asked_before_the_window(tmp_path: Path) -> None:
    (tmp_path / "moved-to.txt").write_text(str(tmp_path / "gone"), encoding="utf-8")
    assert icon_at_the_first_window(tmp_path) == "icon 24 24"
