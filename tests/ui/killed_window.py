"""The program in a process that is killed: it types without end and says after each commit how far it is on the disk.

Run as a module it reads folders from its input, one a line, and lets a fork of itself type into the window over each: the
imports are paid once. It prints the fork's number, its acknowledgements, and «dead».
"""

import os
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document import Draft
from tests.models.store.stores import large_draft
from ui import saving
from ui.app import make_window
from ui.main_window import MainWindow


def with_values(draft: Draft, number: int) -> Draft:
    """Every row of every project says the number: a save that is done half would be seen."""
    projects = tuple(
        replace(project, indicators=tuple(replace(row, value=f"≥{number}次") for row in project.indicators))
        for project in draft.document.projects
    )
    return replace(draft, document=replace(draft.document, projects=projects))


class _Typist:
    def __init__(self, window: MainWindow) -> None:
        self._editor = window.editor
        self._number = 0
        self._editor.show_place("overall_goal")
        self._goal = next(f for f in self._editor.current.fields if f.path == "overall_goal")
        self._editor.saver.saved.connect(self._acknowledge)
        self._timer = QTimer(window, interval=3)
        self._timer.timeout.connect(self._type)
        self._timer.start()

    def _type(self) -> None:
        self._number += 1
        session = self._editor.session
        session.change("改值", with_values(session.draft, self._number))
        QTest.keyClicks(self._goal, f"{self._number} ")

    def _acknowledge(self, _clock: str) -> None:
        # What stands behind 已保存: the field still has the focus, and a number may have been typed by half.
        os.write(1, f"{self._editor.session.document.overall_goal.count(' ')}\n".encode())


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Also what goes wrong in a slot ends the process: a typist that types no more would be waited for."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _live(home: Path) -> None:
    sys.excepthook = _fail
    saving.QUIET, saving.LONGEST = 2, 10  # much of the time is to be spent in saving
    app = QApplication([])
    window = make_window(home)
    window.show()
    end = time.monotonic() + 60
    while window.store is None:
        if time.monotonic() > end:
            raise TimeoutError("the store did not open")
        app.processEvents()
    window.take_draft(large_draft(projects=12, rows=10))
    typist = _Typist(window)
    app.exec()
    del typist


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _live(Path(line.rstrip("\n")))
            except BaseException as error:
                _fail(type(error), error, error.__traceback__)
            os._exit(1)
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
