"""`make pictures`: the running window's pages and dialogs as pictures, to be looked at, and those of manual and README.

Everything is done in a real window by keyboard: what has no picture here could not be reached. `make pictures BEFORE=COMMIT` has
that commit take its own, and puts each beside today's: before at the left, after at the right.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.preferences import Preferences, write_look
from tests.e2e.clerk import to_project_fields
from tests.e2e.desktop import TOOLS, Desktop, desktop
from tests.e2e.menus import choose
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "dist" / "pictures"
KEPT = CHECKOUT / "resources" / "help" / "pictures"
COLORS = "48"
"""The kept ones are small: the window has few colours."""


@dataclass(frozen=True, slots=True)
class Look:
    """A screen and how the program looks on it."""

    name: str
    size: str
    theme: str
    scale: float


LOOKS = (
    Look("light", "1366x768", "light", 1),
    Look("dark", "1366x768", "dark", 1),
    Look("large", "1920x1080", "light", 1.5),
)


def chosen(entry: str) -> Callable[[Desktop], None]:
    """Chooses an entry of a menu."""

    def chosen_from_menu(screen: Desktop) -> None:
        choose(screen, entry)
        time.sleep(1)

    return chosen_from_menu


def tier_list(screen: Desktop) -> None:
    """The table with the second tier's choices open."""
    screen.tab_to("绩效指标表")
    screen.keys("ctrl+Home", "Right", "F2")


def remark_written(screen: Desktop) -> None:
    """Two remarks: one on a text, one on a number."""
    for keys, words in (
        ("alt+2", "任务与职责对应得清楚，可以再写具体一些。"),
        ("alt+5", "预算数与批复不一致，请核对。"),
    ):
        screen.keys(keys)
        time.sleep(1)
        if keys == "alt+5":
            to_project_fields(screen)
            screen.tab_to("预算数")
        screen.keys("ctrl+shift+m")
        screen.wait_for_window("写审核意见")
        screen.paste(words)
        screen.tab_to("写入")
        screen.keys("Return")
        screen.wait_for_window("云泽县")


def ticked(screen: Desktop) -> None:
    """The sample as a unit to be merged."""
    chosen("汇总单位…")(screen)
    screen.keys("space")


def compared(screen: Desktop) -> None:
    """The sample's next year with another budget beside the sample."""
    chosen("从上年生成…")(screen)
    screen.tab_to("生成草稿")
    screen.keys("Return")
    screen.wait_for_window("云泽县")
    time.sleep(2)
    to_project_fields(screen)
    screen.tab_to("预算数")
    screen.type("88.00")
    screen.keys("Tab")
    chosen("与上年比较…")(screen)


def amount_wrong(screen: Desktop) -> None:
    """A budget that is not the sum of its funds, and the list of problems."""
    to_project_fields(screen)
    screen.tab_to("预算数")
    screen.type("88.00")
    screen.keys("Tab", "F7")
    time.sleep(2)


def amount_right(screen: Desktop) -> None:
    screen.keys("F7", "alt+1", "ctrl+z", "alt+1")


def word_found(screen: Desktop) -> None:
    chosen("查找…")(screen)
    screen.paste("培训")


def versions_kept(screen: Desktop) -> None:
    """Two named versions with a change between them, the older one chosen."""
    for name, words in (("报送初稿", "每季度检查一次进度。"), ("领导审阅后", "资金专账核算。")):
        screen.keys("alt+2")
        time.sleep(0.5)
        screen.keys("ctrl+End")
        screen.paste(words)
        screen.keys("ctrl+shift+s")
        screen.wait_for_window("留下")
        screen.paste(name)
        screen.keys("Return")
        screen.wait_for_window("云泽县")
        time.sleep(1)
    chosen("历史版本…")(screen)
    screen.keys("Down")


def panel_closed(screen: Desktop) -> None:
    screen.tab_to("关闭")
    screen.keys("space")


def pressed(*keys: str) -> Callable[[Desktop], None]:
    return lambda screen: screen.keys(*keys)


SHOTS: tuple[tuple[str, Callable[[Desktop], None], Callable[[Desktop], None] | None], ...] = (
    ("basics", pressed("alt+1"), None),
    ("overall", pressed("alt+2"), None),
    ("sub_goals", pressed("alt+3"), None),
    ("safeguards", pressed("alt+4"), None),
    ("projects", to_project_fields, pressed("ctrl+t")),
    ("table", tier_list, pressed("Escape", "Escape", "alt+1", "alt+5")),
    ("help", pressed("F1"), pressed("F1")),
    ("problems", amount_wrong, amount_right),
    ("preview", pressed("F9"), pressed("F9")),
    ("find", word_found, panel_closed),
    ("export", pressed("alt+6"), None),
    ("history", versions_kept, pressed("Escape")),
    ("settings", chosen("设置…"), pressed("Escape")),
    ("remarks", remark_written, pressed("F6")),
    ("rollover", chosen("从上年生成…"), pressed("Escape")),
    ("merge", ticked, pressed("Escape")),
    ("comparison", compared, pressed("Escape")),
    ("reports", chosen("绩效自评"), None),
)
"""Name, how it is reached from the one before, and how it is left."""


def main() -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    for look in LOOKS:
        folder = FOLDER / look.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with (
            tempfile.TemporaryDirectory() as home,
            desktop(folder, look.size, read_out=True, scale=look.scale) as screen,
        ):
            write_look(Path(home), Preferences(theme=look.theme))
            take(screen, Path(home))
    keep()
    if commit := os.environ.get("BEFORE"):
        put_beside(commit)
    print(FOLDER)


def put_beside(commit: str) -> None:
    """Every picture of that commit at the left of today's, in a folder of each look's; what only one of them has is left out."""
    with tempfile.TemporaryDirectory() as home:
        earlier = Path(home) / "earlier"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(earlier), commit], cwd=CHECKOUT, check=True
        )
        try:
            # The interpreter is today's: only what the program is made of is the commit's.
            subprocess.run([sys.executable, "-m", "tests.pictures"], cwd=earlier, env=_without_before(), check=True)
            _join(earlier / "dist" / "pictures", FOLDER)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(earlier)], cwd=CHECKOUT, check=True)


def _without_before() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "BEFORE"}


def _join(before: Path, after: Path) -> None:
    for look in LOOKS:
        folder = after / f"{look.name}-beside"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for old in sorted((before / look.name).glob("*.png")):
            new = after / look.name / old.name
            if new.exists():
                command = ["convert", str(old), str(new), "+append", str(folder / old.name)]
                subprocess.run(command, check=True, timeout=60)


def take(screen: Desktop, home: Path) -> None:
    screen.start(home)
    screen.focused()
    screen.picture("first_start")
    screen.tab_to("打开示例")
    screen.keys("Return")
    screen.wait_for_window("云泽县")
    time.sleep(2)  # until the checks are through, whose numbers stand above the steps
    for name, reach, leave in SHOTS:
        reach(screen)
        time.sleep(1)
        screen.picture(name)
        if leave:
            leave(screen)
    screen.keys("alt+Home")
    time.sleep(3)
    screen.picture("start")


def keep() -> None:
    """Those of the light window that the manual and the README show."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for source in sorted((FOLDER / "light").glob("*.png")):
        command = ["convert", str(source), "-strip", "-colors", COLORS, f"png8:{KEPT / source.name}"]
        subprocess.run(command, check=True, timeout=60)


if __name__ == "__main__":
    main()
