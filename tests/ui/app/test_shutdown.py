"""The system ends the program, at logging out for instance: the last word is saved, and the end counts as an orderly one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from importers.import_files import read_file
from models.store import open_store
from tests.shared import CHECKOUT
from tests.waiting import PATIENCE
from ui.app.shutdown import OrderlyEnd
from ui.shell.leaving import packages

_TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.ui.conftest import small_draft
from ui.app import application as app
from ui.editor import saver as saving

saving.QUIET = saving.LONGEST = 60_000  # nothing is saved by itself in this test

make_window = app.make_window

def make(home, start_folder=None):
    window = make_window(home, start_folder)
    QTimer.singleShot(10, lambda: begin(window))
    return window

def begin(window):
    if window.store is None:
        QTimer.singleShot(10, lambda: begin(window))
        return
    window.take_draft(small_draft())
    window.editor.show_place("overall_goal")
    field = next(f for f in window.editor.current.fields if f.path == "overall_goal")
    QTest.keyClicks(field, "the last word")
    print("typed", flush=True)
    if "emptied" in sys.argv:
        window.store_path.write_bytes(b"")
        print("emptied", flush=True)
    if "dialog" in sys.argv:
        QDialog(window).exec()

app.make_window = make
sys.exit(app.run(Path(sys.argv[1]), ()))
"""


@pytest.fixture
def handlers() -> Iterator[None]:
    """What the process does about signals is put back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    signal.set_wakeup_fd(-1)


@pytest.mark.skipif(os.name == "nt", reason="Windows closes the windows itself")
def test_a_signal_the_program_was_started_to_ignore_stays_ignored(handlers: None, qapp: QApplication) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end = OrderlyEnd(qapp)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    assert callable(signal.getsignal(signal.SIGTERM))
    end.deleteLater()


@contextmanager
def taken(number: signal.Signals) -> Iterator[None]:
    """What is started meanwhile ends by that signal, whatever the tests were started to ignore."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


def ended_by(name: str, home: Path, *more: str) -> None:
    """Starts the program, types, sends the signal, and waits for an orderly end."""
    command = [sys.executable, "-c", _TYPING, str(home), *more]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with taken(signal.SIGHUP):  # under nohup it is ignored, and every child would ignore it as well
        program = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "typed\n"
        if "emptied" in more:
            assert program.stdout.readline() == "emptied\n"
        program.send_signal(signal.Signals[name])
        assert program.wait(PATIENCE) == 0
    finally:
        program.kill()
        program.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows closes the windows itself")
@pytest.mark.parametrize(
    ("name", "more"), [("SIGTERM", ()), ("SIGHUP", ("dialog",))], ids=["in a field", "in a dialog"]
)
def test_what_was_typed_is_saved_and_the_next_start_finds_all_in_order(
    name: str, more: tuple[str, ...], tmp_path: Path
) -> None:
    """The whole program in a process of its own, a second."""
    ended_by(name, tmp_path, *more)
    store = open_store(tmp_path / "goalform.db")
    (line,) = store.list()
    assert "the last word" in store.load(line.id).document.overall_goal
    assert store.recall("session.open") == ""
    store.close()
    assert not (tmp_path / "goalform.lock").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows closes the windows itself")
def test_what_the_store_does_not_take_then_is_in_a_package_and_nobody_is_asked(tmp_path: Path) -> None:
    ended_by("SIGTERM", tmp_path, "emptied")
    (package,) = packages(tmp_path)
    assert "the last word" in read_file(package).draft.document.overall_goal
