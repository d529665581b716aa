"""From the process's start to the first painted window, against an empty window with Qt imported; the bundle's against ours."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
BUNDLE = CHECKOUT / "dist" / "goalform"
MEGABYTES = 160
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


def bundle() -> None:
    """The frozen program against the same program from the checkout, until its window answers; and the size of its folder."""
    program = BUNDLE / "goalform"
    if not program.is_file():
        print(f"{'the bundle':<44} none in dist/: make bundle")
        return
    frozen, unfrozen = once_each(
        lambda: _until_it_answers([str(program)]),
        lambda: _until_it_answers([sys.executable, str(CHECKOUT / "main.py")]),
        runs=9,
    )
    show("bundle's start to the window's answer", frozen, "the same from the checkout", unfrozen, "≤ 1.3")
    size = sum(file.stat().st_size for file in BUNDLE.rglob("*") if file.is_file() and not file.is_symlink()) / 2**20
    print(f"{'the bundle, unpacked':<44} {size:9.0f} MB   (aim ≤ {MEGABYTES})", flush=True)


def _until_it_answers(command: list[str], patience: float = 20.0) -> float:
    """Seconds until the window takes a call, as a second start makes it (ui/app/single_instance.py): the frozen one cannot be watched
    from within."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "GOALFORM_HOME": str(home)}, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(lambda: (home / "goalform.db").exists(), start + patience)
            call = home / "calls" / "1.json"
            call.with_suffix(".new").write_text("[]", encoding="utf-8")
            call.with_suffix(".new").replace(call)
            _wait_for(lambda: not call.exists(), start + patience)
            return time.monotonic() - start
        finally:
            process.kill()
            process.wait()


def _wait_for(happened: Callable[[], bool], end: float) -> None:
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("the program does not answer")
        time.sleep(0.001)
