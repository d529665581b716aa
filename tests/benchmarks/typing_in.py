"""A large draft open in the window: from a key to its paint, from project to project, and how much memory it takes.

A key is measured in processor time of the window's thread, a bare widget's in turn with it, so that a busy machine changes
neither; by the clock only on a quiet one, where nothing else asks for the cores. A cell's bare widget is a table of Qt's own in
whose cell a text of several lines is open, as it is in ours.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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
    QStyledItemDelegate, QTableWidget, QTableWidgetItem, QWidget,
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

def keys(field, count=20):
    # Of each key the seconds of this thread and those of the clock.
    taken = []
    for at in range(count):
        start, clock = time.thread_time(), time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_A)
        (field.viewport() if isinstance(field, QAbstractScrollArea) else field).repaint()
        app.processEvents()
        taken.append((time.thread_time() - start, time.perf_counter() - clock))
        time.sleep(0.02)
    return taken

def shown(show, places):
    taken = []
    for place in places:
        start = time.thread_time()
        show(place)
        window.repaint(); app.processEvents()
        taken.append(time.thread_time() - start)
        settle(0.05)
    return taken

def answer(works):
    # Does what each line asks for, and says what came of it.
    for line in sys.stdin:
        settle(0.1)
        print(json.dumps(works[line.strip()]()))
        sys.stdout.flush()

app = QApplication([])
"""

_FLOOR = f"""{_SHARED}
window = QMainWindow(); window.resize(1366, 720); window.show(); app.processEvents()
empty = peak()
text, line, table, pages = QPlainTextEdit("路" * 200), QLineEdit("路" * 20), QTableWidget(20, 6), QStackedWidget()
stack = QStackedWidget()
window.setCentralWidget(stack)
for row in range(20):
    for column in range(6):
        table.setItem(row, column, QTableWidgetItem("道路养护完成率"))
for each in (text, line, table, pages):
    stack.addWidget(each)

class Delegate(QStyledItemDelegate):
    # Opens a text of several lines, as the table of indicators does for names and descriptions.
    def createEditor(self, parent, option, index):
        return QPlainTextEdit(parent)

    def setEditorData(self, editor, index):
        editor.setPlainText(index.data())

delegate = Delegate(table)
table.setItemDelegate(delegate)

def bare(field):
    stack.setCurrentWidget(field); field.setFocus(); settle(0.1)
    return field

def cell():
    bare(table).setCurrentCell(3, 2)
    QTest.keyClick(table, Qt.Key.Key_A); settle(0.1)
    return keys(app.focusWidget())

def show(place):
    form, area = QWidget(), QScrollArea()
    column = QFormLayout(form)
    for number in range(int(sys.argv[1])):
        column.addRow(f"栏目 {{number}}", QLineEdit(f"第 {{place}} 个项目"))
    area.setWidget(form)
    pages.setCurrentIndex(pages.addWidget(area))

answer({{
    "text": lambda: keys(bare(text)), "line": lambda: keys(bare(line)), "cell": cell,
    "switch": lambda: shown(show, range(40)) if bare(pages) else [], "memory": lambda: empty,
}})
"""

_LARGE = f"""{_SHARED}
from tests.benchmarks.large import large_draft
from models.store.backup import Backups
from ui.app import background
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
    editor.show_place(path); settle(1 if timer.isActive() else 0.3)  # the preview follows
    if ".indicators" in path:
        QTest.keyClick(app.focusWidget(), Qt.Key.Key_A); settle(0.1)
    taken = keys(app.focusWidget())
    assert "aaaa" in str(session.get(path)), path
    return taken

ids = [project.id for project in session.document.projects]
backups, made, timer = Backups(home / "backups"), [], QTimer()

def back_up():
    background.run(window, lambda: backups.make(window.store_path), made.append, made.append)

def busy():
    # From now on the preview is open, and a backup is made every half second, in a worker as the program makes it.
    QTest.keyClick(window, Qt.Key.Key_F9); settle(3)
    timer.timeout.connect(back_up); timer.start(500)

def end():
    assert made
    window.editor.saver.stop()
    os._exit(0)

answer({{name: (lambda path=path: typed(path)) for name, path in fields.items()}} | {{
    "fields": lambda: len(editor.current.fields), "memory": peak, "busy": busy, "end": end,
    "switch": lambda: shown(lambda at: editor.show_place(f"projects[{{ids[at]}}].name"), range(20, 60)),
}})
"""

_KINDS = {"text": "text field", "line": "line field", "cell": "table cell"}


_ROUNDS = 5
"""Of twenty keys each, the large text's and the bare widget's in turn."""


def at_the_desk() -> None:
    """200 × 20: the 95th percentile of 100 keys in a field of each kind, quiet and busy, against the same key in a bare widget;
    the median of 40 projects shown against a bare form of as many fields; the peak memory."""
    with _answering(_LARGE) as large:
        _ask(large, "line")  # the page is made
        fields = str(_ask(large, "fields"))
        with _answering(_FLOOR, fields) as floor:
            _keys(large, floor, "")
            switch, form = (Timing(tuple(_ask(each, "switch"))).median for each in (large, floor))
            peak, empty = _ask(large, "memory"), _ask(floor, "memory")
            _ask(large, "busy")
            _keys(large, floor, " busy")
        _tell(large, "end")
    _show("another project shown, processor", switch, f"bare form of {fields} fields", form, "≤ 3")
    memory = f"{peak:9.0f} MB   empty window {empty:.0f} MB   ratio {peak / empty:.2f}"
    print(f"{'peak memory with it open':<44} {memory}   (aim ≤ 3)", flush=True)


def _keys(large: subprocess.Popen[str], floor: subprocess.Popen[str], when: str) -> None:
    for kind, name in _KINDS.items():
        ours, bare = [], []
        for _round in range(_ROUNDS):
            bare += _ask(floor, kind)
            ours += _ask(large, kind)
        for place, by in enumerate(("processor", "clock")):
            seconds, least = (_percentile([key[place] for key in each]) for each in (ours, bare))
            _show(
                f"key to paint, {name}{when}, {by}",
                seconds,
                "bare widget",
                least,
                "≤ 3" if not place else "≤ 3, quiet machine",
            )


@contextmanager
def _answering(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:
        yield process


def _tell(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{wanted}\n")
    process.stdin.flush()


def _ask(process: subprocess.Popen[str], wanted: str) -> Any:
    _tell(process, wanted)
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"nothing came of «{wanted}»")
    return json.loads(line)


def _show(what: str, seconds: float, floor_name: str, floor: float, aim: str) -> None:
    print(
        f"{what:<44} {seconds * 1000:9.1f} ms   {floor_name:<42} {floor * 1000:9.1f} ms   ratio {seconds / floor:6.2f}   (aim {aim})",
        flush=True,
    )


def _percentile(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]
