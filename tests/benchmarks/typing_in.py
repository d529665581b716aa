"""A large draft open in the window: from a key to its paint, from project to project, and how much memory it takes."""

import json
import subprocess
import sys

from tests.benchmarks.measure import Timing
from tests.shared import CHECKOUT

# Each in a process of its own: the window's memory is its own, and the other figures keep theirs.
_SHARED = """
import json, os, sys, tempfile, time
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea, QApplication, QFormLayout, QLineEdit, QMainWindow, QPlainTextEdit, QScrollArea, QStackedWidget,
    QTableWidget, QTableWidgetItem, QWidget,
)

def peak():
    # Of this program alone: what getrusage tells begins with the process that started this one.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024

def settle(seconds=1.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)

def keys(field, count=80):
    taken = []
    for at in range(count):
        start = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_A)
        (field.viewport() if isinstance(field, QAbstractScrollArea) else field).repaint()
        app.processEvents()
        taken.append(time.perf_counter() - start)
        time.sleep(0.02)
    return taken

def shown(show, places):
    taken = []
    for place in places:
        start = time.perf_counter()
        show(place)
        window.repaint(); app.processEvents()
        taken.append(time.perf_counter() - start)
        settle(0.05)
    return taken

app = QApplication([])
"""

_FLOOR = f"""{_SHARED}
window = QMainWindow(); window.resize(1366, 720); window.show(); app.processEvents()
result = {{"memory": peak()}}

def bare(field):
    window.setCentralWidget(field); field.setFocus(); settle(0.5)
    return field

result["text"] = keys(bare(QPlainTextEdit("路" * 200)))
result["line"] = keys(bare(QLineEdit("路" * 20)))
table = QTableWidget(20, 6)
for row in range(20):
    for column in range(6):
        table.setItem(row, column, QTableWidgetItem("道路养护完成率"))
bare(table).setCurrentCell(3, 2)
QTest.keyClick(table, Qt.Key.Key_A); settle(0.2)
result["cell"] = keys(app.focusWidget())

pages = QStackedWidget()
window.setCentralWidget(pages)

def show(place):
    form, area = QWidget(), QScrollArea()
    column = QFormLayout(form)
    for number in range(int(sys.argv[1])):
        column.addRow(f"栏目 {{number}}", QLineEdit(f"第 {{place}} 个项目"))
    area.setWidget(form)
    pages.setCurrentIndex(pages.addWidget(area))

result["switch"] = shown(show, range(40))
print(json.dumps(result))
"""

_LARGE = f"""{_SHARED}
from tests.benchmarks.large import large_draft
from models.store.backup import Backups
from ui.app.application import make_window, speak_chinese
from ui.app.garbage_collection import Collector
from ui.shell.side_panel import PANELS
from ui.widgets.style import apply_style

Collector(app); speak_chinese(app); apply_style(app)
home = Path(tempfile.mkdtemp())
window = make_window(home); window.resize(1366, 720); window.show()
while window.store is None:
    app.processEvents()
window.take_draft(large_draft())
editor, session = window.editor, window.editor.session
project = session.document.projects[99]
fields = {{
    "text": "overall_goal", "line": f"projects[{{project.id}}].name",
    "cell": f"projects[{{project.id}}].indicators[{{project.indicators[3].id}}].name",
}}

def typed(path):
    editor.show_place(path); settle(2)
    if ".indicators" in path:
        QTest.keyClick(app.focusWidget(), Qt.Key.Key_A); settle(0.2)
    taken = keys(app.focusWidget())
    assert "aaaa" in str(session.get(path)), path
    return taken

result = {{name: typed(path) for name, path in fields.items()}}
ids = [project.id for project in session.document.projects]
result["fields"] = len(editor.current.fields)
result["switch"] = shown(lambda at: editor.show_place(f"projects[{{ids[at]}}].name"), range(20, 60))
settle(1)
result["memory"] = peak()

# The same while the preview is open, and saves, checks and backups run: every half second a backup as well.
QTest.keyClick(window, Qt.Key.Key_F9); settle(3)
backups, made = Backups(home / "backups"), []
timer = QTimer(); timer.timeout.connect(lambda: made.append(backups.make(window.store_path))); timer.start(500)
result |= {{f"{{name}} busy": typed(path) for name, path in fields.items()}}
assert made
print(json.dumps(result)); sys.stdout.flush()
window.editor.saver.stop()
os._exit(0)
"""

_KINDS = {"text": "text field", "line": "line field", "cell": "table cell"}


def at_the_desk() -> None:
    """200 × 20: the 95th percentile of 80 keys in a field of each kind, quiet and busy, against the same key in a bare widget;
    the median of 40 projects shown against a bare form of as many fields; the peak memory."""
    large = _run(_LARGE)
    floor = _run(_FLOOR, str(large["fields"]))
    for kind, name in _KINDS.items():
        for when in ("", " busy"):
            _show(
                f"key to paint, {name}{when}",
                _percentile(large[kind + when]),
                "bare widget",
                _percentile(floor[kind]),
                "≤ 3",
            )
    switch, form = (Timing(tuple(each["switch"])).median for each in (large, floor))
    _show("another project shown", switch, f"bare form of {large['fields']} fields", form, "≤ 3")
    memory = f"{large['memory']:9.0f} MB   empty window {floor['memory']:.0f} MB   ratio {large['memory'] / floor['memory']:.2f}"
    print(f"{'peak memory with it open':<44} {memory}   (aim ≤ 3)", flush=True)


def _show(what: str, seconds: float, floor_name: str, floor: float, aim: str) -> None:
    print(
        f"{what:<44} {seconds * 1000:9.1f} ms   {floor_name:<42} {floor * 1000:9.1f} ms   ratio {seconds / floor:6.2f}   (aim {aim})",
        flush=True,
    )


def _percentile(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _run(code: str, *arguments: str) -> dict:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])
