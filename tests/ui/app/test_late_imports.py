"""What is imported inside functions is what the first paint of the window does not need."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.shared import CHECKOUT
from tests.waiting import PATIENCE

_UNTIL_PAINTED = """
import enum, sys
before, made, make = set(sys.modules), [], enum.EnumType.__new__
def counted(kind, name, *arguments, **more):
    made.append(name)
    return make(kind, name, *arguments, **more)
enum.EnumType.__new__ = counted
import main
import os
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.isWindow():
            print("loaded", *sorted(sys.modules.keys() - before))
            print("named", *made, flush=True)
            os._exit(0)
        return False

run, watch = QApplication.exec, Watch()
def watched_exec(*arguments):
    for window in QApplication.topLevelWidgets():
        window.installEventFilter(watch)
    return run()
QApplication.exec = watched_exec
main.main([])
"""
STARTING = CHECKOUT / "ui" / "app"
"""Itself decides at the start what is to be loaded: a window, a sample without a display, or nothing beside an open window."""


OF_WINDOWS = {"ctypes"} if os.name == "nt" else set()
"""Needed at the start on Windows alone, so that elsewhere it comes late or never."""


def loaded_at_first_paint(home: Path) -> tuple[set[str], set[str]]:
    """The modules, and Qt's lists of names (`GlobalColor` of Qt itself) that PySide has made by then."""
    environment = {**os.environ, "GOALFORM_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_PAINTED],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout.startswith("loaded "), done.stderr
    loaded, named = done.stdout.splitlines()
    return set(loaded.split()[1:]), set(named.split()[1:])


def late_imports() -> Iterator[tuple[str, str]]:
    """File and line, and the module, of each import inside a function of the window's code."""
    files = (
        path for folder in ("ui", "models", "importers", "exporters") for path in (CHECKOUT / folder).rglob("*.py")
    )
    names = {path.relative_to(CHECKOUT).with_suffix("").as_posix().replace("/", ".") for path in files}
    for path in sorted((CHECKOUT / "ui").rglob("*.py")):
        if path.is_relative_to(STARTING):
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                where = f"{path.relative_to(CHECKOUT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.ImportFrom):
                    for alias in node.names:
                        whole = f"{node.module}.{alias.name}"
                        yield where, whole if whole in names else str(node.module)
                elif isinstance(node, ast.Import):
                    yield from ((where, alias.name) for alias in node.names)


def test_what_is_imported_late_is_not_needed_by_the_first_paint(tmp_path: Path) -> None:
    loaded, _named = loaded_at_first_paint(tmp_path)
    assert {"ui.shell.main_window", "PySide6.QtWidgets"} <= loaded
    late = list(late_imports())
    assert len(late) > 100
    assert json.dumps([place for place in late if place[1] in loaded - OF_WINDOWS], indent=1) == "[]"


def test_the_first_paint_does_without_long_lists_of_names(tmp_path: Path) -> None:
    """Those of Qt and QAccessible are a tenth of the time to it, and one import makes them."""
    _loaded, named = loaded_at_first_paint(tmp_path)
    assert {"LibraryPath", "ColorRole"} <= named
    assert named & {"GlobalColor", "InterfaceType"} == set()


def test_the_first_paint_does_without_the_names_of_all_classes(tmp_path: Path) -> None:
    """They are made as soon as somebody in Python hears of an object of a class that has no name there: an animation's clock."""
    _loaded, named = loaded_at_first_paint(tmp_path)
    assert {"LibraryPath", "ColorRole"} <= named
    assert named & {"WizardStyle", "PdfVersion", "MovieState", "CacheMode"} == set()
