"""Pictures of the program on Windows, to be looked at: its pages and dialogs, light and dark, at 100 % and 150 %."""

import shutil
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from screen import NotSeenError, Screen, screen, until
from using import CELL, DESK, PROGRAM, Windows, go_to_cell
from windows_machine import DRIVE, set_scale

COPY = DRIVE / "looked-at"
PAPER = (1000, 330, 60, 300)
"""Left, top, width and height of what of the preview is a page; where nothing is drawn yet, all of it has the panel's colour."""

TITLE_BAR_ICON = (0, 0, 30, 22)
"""Where the window manager draws the program's icon, which is red in part as nothing else in a title bar."""


@dataclass(frozen=True)
class Look:
    """A screen and how the program looks on it."""

    name: str
    theme: str
    percent: int


LOOKS = (
    Look("light", "light", 100),
    Look("dark", "dark", 100),
    Look("150", "light", 150),
    Look("150-dark", "dark", 150),
)


def pressed(*keys: str) -> Callable[[Screen], None]:
    return lambda shown: shown.keys(*keys)


def table(shown: Screen) -> None:
    """The table of the first project, in one of its cells."""
    go_to_cell(shown, CELL)


def problem(shown: Screen) -> None:
    """The unit of the row taken away, four cells on."""
    shown.keys("Tab", "Tab", "Tab", "Tab", "Delete", "Tab", "F7")


def preview(shown: Screen) -> None:
    """The page comes after its panel, and later on a busy machine; what is not there after a minute is a fault to be seen."""
    shown.keys("F9")
    with suppress(NotSeenError):
        until(lambda: shown.is_white(*PAPER), "the page", 60)


def back(shown: Screen) -> None:
    shown.keys("Escape")
    shown.activate("绩效目标填报")


def found(shown: Screen) -> None:
    shown.keys("ctrl+f")
    shown.settle()
    shown.paste("培训")


SHOTS: tuple[tuple[str, Callable[[Screen], None], Callable[[Screen], None] | None], ...] = (
    ("basics", pressed("alt+1"), None),
    ("overall", pressed("alt+2"), None),
    ("sub-goals", pressed("alt+3"), None),
    ("safeguards", pressed("alt+4"), None),
    ("projects", pressed("alt+5"), None),
    ("table", table, None),
    ("cell-editor", pressed("F2"), pressed("Escape")),
    ("table-without-focus", pressed("alt+f"), pressed("Escape", "alt+1", "alt+5")),
    ("problems", problem, pressed("F7", "alt+1", "ctrl+z", "alt+1", "alt+5")),
    ("preview", preview, pressed("F9")),
    ("help", pressed("F1"), pressed("F1")),
    ("find", found, pressed("Escape")),
    ("export", pressed("alt+6"), None),
    ("menu-file", pressed("alt+f"), pressed("Escape")),
    ("menu-tools", pressed("alt+t"), pressed("Escape")),
    ("settings", pressed("ctrl+comma"), pressed("Escape")),
    ("next-year", pressed("ctrl+shift+n"), pressed("Escape")),
    ("compare", pressed("ctrl+shift+l"), pressed("Escape")),
    ("history", pressed("ctrl+shift+h"), pressed("Escape")),
    ("version", pressed("ctrl+s"), pressed("Escape")),
    ("library", pressed("ctrl+shift+k"), pressed("Escape")),
    ("remark", pressed("ctrl+shift+m"), pressed("Escape")),
    ("system-open", pressed("ctrl+o"), back),
    ("system-save", pressed("ctrl+shift+w"), back),
    ("manual", pressed("ctrl+F1"), pressed("Escape")),
    ("about", pressed("alt+h", "Up", "Return"), pressed("Escape")),
    ("start", pressed("alt+Home"), None),
)
"""Name, how it is reached from the one before, and how it is left."""
WITH_DRAFT = "年 "
"""Stands in the title of the program's window while a draft is open in it, and in no other."""
DIALOGS = frozenset(
    (
        "settings",
        "next-year",
        "compare",
        "history",
        "library",
        "remark",
        "system-open",
        "system-save",
        "manual",
        "about",
    )
)
"""Those with a window of their own, which Esc closes."""


def unpack(made: Path) -> Path:
    """The portable program, in a folder of its own; the folder it lies in."""
    shutil.rmtree(COPY, ignore_errors=True)
    DESK.mkdir(exist_ok=True)
    with zipfile.ZipFile(next(made.glob("*-portable.zip"))) as archive:
        archive.extractall(COPY)
    (folder,) = COPY.iterdir()
    return folder


def pictures(target: Path, made: Path, looks: tuple[Look, ...] = LOOKS) -> None:
    """All of them in all looks."""
    folder = unpack(made)
    sample = folder / "_internal" / "resources" / "sample" / "sample.txt"
    for look in looks:
        shutil.rmtree(folder / "data", ignore_errors=True)
        (folder / "data").mkdir()
        (folder / "data" / "look.txt").write_text(f"theme={look.theme}\n", encoding="utf-8")
        shutil.rmtree(target / look.name, ignore_errors=True)
        with screen(target / look.name) as shown:
            set_scale(shown.name, look.percent)
            take(shown, Windows(shown, target), [folder / PROGRAM], sample, folder / "data")
    with screen(target) as shown:
        set_scale(shown.name, 100)


def take(shown: Screen, windows: Windows, command: list[object], sample: Path, home: Path) -> None:
    """From the first start to the last dialog; at the end the program is closed."""
    program = windows.start(*command)
    shown.wait_for("绩效目标填报")
    until((home / "goalform.lock").exists, "the program's lock")
    time.sleep(5)  # the list of drafts comes after the window
    shown.settle()
    shown.picture("00-first-start")
    until(lambda: shown.has_red(*TITLE_BAR_ICON), "the program's icon in its title bar", 60)
    windows.start(*command, sample)
    shown.wait_for("导入结果")
    shown.picture("01-import-report")
    shown.keys("Return")
    shown.wait_for(WITH_DRAFT)
    for number, (name, reach, leave) in enumerate(SHOTS, 2):
        reach(shown)
        if name in DIALOGS:
            until(lambda: WITH_DRAFT not in shown.title(), f"the window of «{name}»")
        shown.settle(10)
        shown.picture(f"{number:02}-{name}")
        if leave:
            leave(shown)
            until(lambda: WITH_DRAFT in shown.title(), f"the program's window after «{name}»")
            shown.settle(5)
    shown.keys("ctrl+q")
    program.wait(60)
