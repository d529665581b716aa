"""What a screen reader is told: every control that takes the focus has a name, on every page and in every dialog."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, desktop, needs_screen_reader
from tests.e2e.menus import choose_at, entries
from tests.waiting import until
from ui.app.faults import LOG_NAME

LEAVES = {"退出", "返回首页", "撤销", "重做", "放弃本次修改", "定稿"}
"""Menu entries that lead away or change the text; none of them shows anything of its own."""
PANELS = ("填报说明", "预览", "问题")


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    pictures = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures, read_out=True) as shown:
        yield shown
        shown.picture("names-last")


# More than a second: a window, a screen reader and a keyboard at a person's pace, through all there is.
@needs_screen_reader
@pytest.mark.e2e
def test_every_control_that_takes_the_focus_has_a_name(screen: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "数据"
    screen.start(home)
    nameless = unnamed(screen, "首页")
    nameless += in_dialogs(screen, "首页")
    screen.tab_to("打开示例")
    screen.keys("Return")
    screen.wait_for_window("云泽县")
    for step in "123456":
        screen.keys(f"alt+{step}")
        until(lambda step=step: screen.focused(), f"step {step}")
        nameless += unnamed(screen, f"step {step}")
    nameless += in_panels(screen)
    nameless += in_dialogs(screen, "稿")
    assert nameless == []
    assert not (home / LOG_NAME).exists(), (home / LOG_NAME).read_text(encoding="utf-8")


def unnamed(screen: Desktop, where: str) -> list[str]:
    """«where: role» of the controls that take the focus and have neither name nor label."""
    found = screen.controls()
    assert any(control["focusable"] and control["name"] for control in found), where
    return [
        f"{where}: {control['role']}"
        for control in found
        if control["focusable"] and not (control["name"].strip() or control["label"].strip())
    ]


def in_panels(screen: Desktop) -> list[str]:
    nameless = []
    for name in PANELS:
        entry = next(control["name"] for control in screen.controls() if control["name"].startswith(name))
        screen.tab_to(entry)
        screen.keys("space")
        nameless += unnamed(screen, f"panel {name}")
    screen.keys("space")
    return nameless


def in_dialogs(screen: Desktop, home: str) -> list[str]:
    """Chooses every entry of the menus; what it opens is looked at and left by Esc."""
    nameless, front, seen = [], screen.title(), 0
    for entry in entries(screen):
        # What was chosen before may have given others their turn.
        if entry in LEAVES or (place := entries(screen).get(entry)) is None:
            continue
        choose_at(screen, entry, *place)
        screen.settle()  # there is no saying what comes, or whether anything does
        if len(screen.windows()) > 1:
            until(lambda: screen.title() != front, f"the window of «{entry}»")
            seen += 1
            nameless += unnamed(screen, f"{home} · {entry}")
            screen.picture(f"dialog-{home}-{entry.partition('…')[0]}")
            screen.keys("Escape")
            until(lambda: screen.title() == front, f"«{entry}» left by Esc, in front is «{screen.title()}»")
    assert seen >= 4
    return nameless
