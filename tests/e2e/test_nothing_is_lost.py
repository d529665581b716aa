"""By keyboard alone: a version under a name, back to it, a second start, a kill, and what the next start says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import open_store
from tests.e2e.desktop import Desktop, desktop, needs_display
from tests.e2e.test_main_job import stored
from tests.shared import CHECKOUT
from tests.ui.conftest import small_draft
from tests.waiting import until

TO_THE_RESTORE_BUTTON = 5
"""Tabs from the versions: what to compare with, the fields, two texts, the button."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    pictures = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures) as shown:
        yield shown


def goal(home: Path) -> str:
    document = stored(home)
    return document.overall_goal if document else ""


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_display
@pytest.mark.e2e
def test_a_version_is_kept_and_brought_back_and_a_kill_is_told_of(screen: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "数据"
    store = open_store(home / "goalform.db")
    store.create(small_draft())
    store.close()
    screen.start(home)
    screen.keys("Return")
    screen.wait_for_window("2026年")
    screen.to_step(2)
    screen.type("first words")
    screen.keys("ctrl+shift+s")
    screen.wait_for_window("留下一个版本")
    screen.type("v1")
    screen.keys("Return")
    screen.wait_for_window("2026年")
    screen.type(" and more")
    until(lambda: goal(home) == "first words and more", "the words on the disk")
    screen.keys("ctrl+shift+h")
    screen.wait_for_window("历史版本")
    screen.picture("history")
    screen.keys(*["Tab"] * TO_THE_RESTORE_BUTTON, "space")
    screen.wait_for_window("2026年")
    until(lambda: goal(home) == "first words", "the version restored on the disk")
    screen.keys("ctrl+z")
    until(lambda: goal(home) == "first words and more", "the restoring undone on the disk")

    again = [sys.executable, str(CHECKOUT / "main.py"), "--home", str(home)]
    assert subprocess.run(again, env=screen._environment, check=False, timeout=60).returncode == 0
    screen.wait_for_window("2026年")
    screen.kill()
    screen.start(home)
    screen.picture("after-a-kill")
    assert goal(home) == "first words and more"
