"""The program in a process that is killed: it types without end and says after each commit how far it is on the disk.

Run as a module it reads lines «kind of place, tab, folder» from its input, and lets a fork of itself type into the window
over each folder: the imports are paid once. It prints the fork's number, what stands in the place whenever the window says
已保存, and «dead».
"""

import os
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from models.document.tree import Draft
from tests.ui.editor.places import CHOOSING, LETTERS, Place, draft_to_type_into, value_in
from ui.app.application import make_window
from ui.editor import saver as saving
from ui.shell.main_window import MainWindow

ACKNOWLEDGED = 3
"""So often a fork speaks at least before it is killed."""
ROWS = "all rows at once"
"""The kind in which no field is typed into: every row of every project changes, so that a half save would be seen."""


def with_values(draft: Draft, number: int) -> Draft:
    """Every row of every project says the number."""
    projects = tuple(
        replace(project, indicators=tuple(replace(row, value=f"≥{number}次") for row in project.indicators))
        for project in draft.document.projects
    )
    return replace(draft, document=replace(draft.document, projects=projects))


class _Typist:
    def __init__(self, window: MainWindow, kind: str) -> None:
        self._editor, self._kind = window.editor, kind
        self._number = 0
        self._saved = True
        self._place = None if kind == ROWS else Place(window.editor, kind)
        self._editor.saver.saved.connect(self._acknowledge)
        self._timer = QTimer(window, interval=3)
        self._timer.timeout.connect(self._choose if kind in CHOOSING else self._change if kind == ROWS else self._type)
        self._timer.start()

    def _type(self) -> None:
        self._place.press(LETTERS[self._number])
        self._number += 1

    def _choose(self) -> None:
        """Another value when the one before is on the disk: there are too few to tell later ones from earlier ones."""
        keys = CHOOSING[self._kind]
        if self._saved and self._number < len(keys):
            self._saved = False
            self._place.press(keys[self._number])
            self._number += 1

    def _change(self) -> None:
        self._number += 1
        session = self._editor.session
        session.change("改值", with_values(session.draft, self._number))

    def _acknowledge(self, _clock: str) -> None:
        # What stands behind 已保存: the cursor is still in the field.
        self._saved = True
        draft = self._editor.session.draft
        value = str(self._number) if self._kind == ROWS else value_in(draft, self._kind)
        os.write(1, f"{value}\n".encode())


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Also what goes wrong in a slot ends the process: a typist that types no more would be waited for."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _live(kind: str, home: Path) -> None:
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
    window.take_draft(draft_to_type_into())
    typist = _Typist(window, kind)
    app.exec()
    del typist


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                kind, _, home = line.rstrip("\n").partition("\t")
                _live(kind, Path(home))
            except BaseException as error:
                _fail(type(error), error, error.__traceback__)
            os._exit(1)
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
