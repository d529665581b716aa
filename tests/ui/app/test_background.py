"""Work in the background ends well also when who asked for it is gone."""

import subprocess
import sys

from tests.shared import CHECKOUT

MANY = """
import gc, sys, time
from PySide6.QtCore import QCoreApplication, QObject
from ui.app import background
app = QCoreApplication([])
got = []
def work(number):
    time.sleep(number % 7 / 2000)
    return number
for number in range(400):
    owner = QObject()
    background.run(owner, lambda number=number: work(number), got.append, print)
    if number % 2:
        time.sleep(number % 5 / 2000)
        owner.deleteLater()  # a window closed in the moment in which the worker is done
        gc.collect()
    else:
        kept = globals().setdefault("kept", [])
        kept.append(owner)
    app.processEvents()
background.wait_for_all()
for _ in range(10):
    app.processEvents()
assert set(range(0, 400, 2)) <= set(got), len(got)
assert not background._TASKS
print("well")
"""


def test_a_window_closed_while_a_worker_ends_does_not_crash() -> None:
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr


WINDOWS = """
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QVBoxLayout, QWidget
from ui.app import background
from ui.app.garbage_collection import Collector
app = QApplication([])
Collector(app)
app.setQuitOnLastWindowClosed(False)
class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.me, column = self, QVBoxLayout(self)  # only the collector finds it is no longer wanted
        self.parts = [QLabel(str(number)) for number in range(10)] + [QListWidget()]
        self.parts[-1].addItems("abc")
        for part in self.parts:
            part.window_of = self
            column.addWidget(part)
got, owner, steps = [], QObject(), iter(range(100))
def step():
    number = next(steps, None)
    if number is None:
        QTimer.singleShot(100, app.quit)
        return
    for _ in range(2):
        Window().show()
    app.processEvents()
    if number % 5 == 0:
        background.run(owner, lambda: len([[{}] for _ in range(30_000)]), got.append, print)
    QTimer.singleShot(0, step)
QTimer.singleShot(0, step)
app.exec()
background.wait_for_all()
app.processEvents()
assert got == [30_000] * 20, got
print("well")
"""


def test_a_worker_takes_no_window_apart_that_the_windows_thread_lets_go() -> None:
    done = subprocess.run([sys.executable, "-c", WINDOWS], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr


HOLDER = """
import sys, threading
from PySide6.QtWidgets import QApplication, QWidget
from ui.app import background
from ui.app.garbage_collection import Collector
app = QApplication([])
Collector(app)
sys.setswitchinterval(1e-6)
let_go = []
class Window(QWidget):
    def __del__(self):
        let_go.append(threading.current_thread() is threading.main_thread())
    def work(self):
        return self.isVisible()
    def stumble(self):
        raise ValueError(self.work())
for number in range(200):
    window = Window()
    background.run(window, window.stumble if number % 2 else window.work, lambda _: None, lambda _: None)
    del window
    for _ in range(100):
        app.processEvents()
background.wait_for_all()
app.processEvents()
import gc; gc.collect()
assert let_go == [True] * 200, (len(let_go), let_go.count(False))
print("well")
"""


def test_a_window_that_only_a_worker_still_holds_is_taken_apart_in_the_windows_thread() -> None:
    done = subprocess.run([sys.executable, "-c", HOLDER], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr
