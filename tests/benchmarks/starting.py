"""From the process's start to the first painted window, against an empty window with Qt imported."""

import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.measure import once_each, show
from tests.shared import CHECKOUT

# Runs in the child: the first paint of a window ends it and prints the moment. The monotonic clock is one for all processes.
_WATCH = """
import os, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.isWindow():
            print(time.monotonic(), flush=True)
            os._exit(0)
        return False
"""
_EMPTY = f"""{_WATCH}
app = QApplication([])
watch = Watch()
app.installEventFilter(watch)
window = QMainWindow()
window.resize(1200, 700)
window.show()
app.exec()
"""
_OURS = f"""
import main
from PySide6.QtWidgets import QApplication
{_WATCH}
run, watch = QApplication.exec, Watch()
def watched_exec(*arguments):
    QApplication.instance().installEventFilter(watch)
    return run()
QApplication.exec = watched_exec
main.main([])
"""


def window() -> None:
    """Our window, with an empty list of drafts, against an empty QMainWindow."""
    with tempfile.TemporaryDirectory() as folder:
        # The system's place for data, moved: the program finds it the usual way.
        ours, floor = once_each(lambda: _seconds(_OURS, folder), lambda: _seconds(_EMPTY, folder), runs=9)
    show("process start to painted window", ours, "empty QMainWindow, Qt imported", floor, "≤ 1.8")


def _seconds(code: str, home: str) -> float:
    start = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name != "GOALFORM_HOME"}
    environment["XDG_DATA_HOME"] = home
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT, env=environment
    )
    return float(done.stdout.split()[-1]) - start
