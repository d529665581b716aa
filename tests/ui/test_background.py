"""Work in the background ends well also when who asked for it is gone."""

import subprocess
import sys

from tests.shared import CHECKOUT

MANY = """
import gc, sys, time
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool
from ui import background
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
QThreadPool.globalInstance().waitForDone()
for _ in range(10):
    app.processEvents()
assert set(range(0, 400, 2)) <= set(got), len(got)
assert not background._AWAITED
print("well")
"""


def test_a_window_closed_while_a_worker_ends_does_not_crash() -> None:
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr
