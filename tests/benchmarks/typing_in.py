"""A large draft open in the window: from a key to its paint, from project to project, and how much memory it takes."""

import json
import subprocess
import sys

from tests.benchmarks.measure import Timing
from tests.shared import CHECKOUT

# In a process of its own: the window's memory is its own, and the other figures keep theirs.
_CHILD = """
import json, statistics, sys, tempfile, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
from tests.benchmarks.large import large_draft
from ui.app.application import make_window, speak_chinese
from ui.app.garbage_collection import Collector
from ui.widgets.style import apply_style

def peak():
    # Of this program alone: what getrusage tells begins with the process that started this one.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024

app = QApplication([])
if sys.argv[1] == "empty":
    window = QMainWindow(); window.resize(1366, 720); window.show(); app.processEvents()
    print(json.dumps({"memory": peak()}))
    sys.exit()
Collector(app); speak_chinese(app); apply_style(app)
window = make_window(Path(tempfile.mkdtemp())); window.resize(1366, 720); window.show()
while window.store is None:
    app.processEvents()
window.take_draft(large_draft())
editor, session = window.editor, window.editor.session

def settle(seconds=1.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)

def keys(path, count=80):
    editor.show_place(path); settle(2)
    field = app.focusWidget()
    taken = []
    for at in range(count):
        start = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_A)
        field.repaint() if not isinstance(field, QPlainTextEdit) else field.viewport().repaint()
        app.processEvents()
        taken.append(time.perf_counter() - start)
        time.sleep(0.02)
    assert "aaaa" in str(session.get(path)), path
    return taken

told = {name: keys(path) for name, path in (
    ("overall goal", "overall_goal"),
    ("name of project 100", f"projects[{session.document.projects[99].id}].name"),
    ("budget of project 100", f"projects[{session.document.projects[99].id}].budget"),
)}
switches = []
for at in range(20, 60):
    start = time.perf_counter()
    editor.show_place(f"projects[{session.document.projects[at].id}].name")
    window.repaint(); app.processEvents()
    switches.append(time.perf_counter() - start)
    settle(0.05)
told["switch"] = switches
settle(1)
told["memory"] = peak()
print(json.dumps(told)); sys.stdout.flush()
window.editor.saver.stop()
import os; os._exit(0)
"""


def at_the_desk() -> None:
    """200 × 20: the 95th percentile of 80 keys in three fields, the median of 40 projects shown, the peak memory."""
    told, empty = _run("large"), _run("empty")
    for name in ("overall goal", "name of project 100", "budget of project 100"):
        print(f"key to paint, {name:<30} {_percentile(told[name]) * 1000:9.1f} ms   (95th percentile; aim ≤ 16 ms)")
    print(f"another project shown {'':<22} {Timing(tuple(told['switch'])).median * 1000:9.1f} ms   (aim ≤ 50 ms)")
    ratio = told["memory"] / empty["memory"]
    line = f"{told['memory']:9.0f} MB   empty window {empty['memory']:.0f} MB   ratio {ratio:.2f}   (aim ≤ 3)"
    print(f"peak memory with it open {'':<19} {line}", flush=True)


def _percentile(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _run(what: str) -> dict:
    command = [sys.executable, "-c", _CHILD, what]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    return json.loads(done.stdout.splitlines()[-1])
