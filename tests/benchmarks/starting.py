"""From the process's start to the first painted window, against an empty window with Qt imported; the bundle's against ours."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.measure import Timing, once_each, show
from tests.shared import CHECKOUT

# Runs in the child: the first paint of a window ends it. It hears of that window alone: who hears all events of a program makes Qt
# for Python look for the names of objects that have none.
_WATCH = """
import os
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            os._exit(0)
        return False
"""
BUNDLE = CHECKOUT / "dist" / "goalform"
MEGABYTES = 160
_EMPTY = f"""{_WATCH}
app = QApplication([])
watch = Watch()
window = QMainWindow()
window.installEventFilter(watch)
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
    for window in QApplication.topLevelWidgets():
        window.installEventFilter(watch)
    return run()
QApplication.exec = watched_exec
main.main([])
"""


def window() -> None:
    """Our window, with an empty list of drafts, against an empty QMainWindow; by the clock, and in processor time, which a busy
    machine does not change."""
    for by, measure in (("processor", _processor_seconds), ("clock", time.monotonic)):
        ours, floor = _started(measure)
        show(f"process start to painted window, {by}", ours, "empty QMainWindow, Qt imported", floor, "≤ 1.6")


def _started(measure: Callable[[], float]) -> list[Timing]:
    with tempfile.TemporaryDirectory() as folder:
        # The system's place for data, moved: the program finds it the usual way.
        return once_each(lambda: _seconds(_OURS, folder, measure), lambda: _seconds(_EMPTY, folder, measure), runs=9)


def _processor_seconds() -> float:
    """Of the processes started so far that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _seconds(code: str, home: str, measure: Callable[[], float]) -> float:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"GOALFORM_HOME", "PYTHONDONTWRITEBYTECODE"}
    }
    # What Python made of the sources stays, as it does for whoever starts the program a second time.
    environment |= {"XDG_DATA_HOME": home, "PYTHONPYCACHEPREFIX": home}
    start = measure()
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=CHECKOUT, env=environment)
    return measure() - start


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
