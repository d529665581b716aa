"""Leaving the program from wherever one is: it ends in order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, desktop, needs_display

pytestmark = [pytest.mark.e2e, needs_display]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with desktop(tmp_path, read_out=True) as shown:
        yield shown


def test_the_program_ends_in_order_with_pages_panels_and_windows_seen_before(screen: Desktop, tmp_path: Path) -> None:
    screen.start(tmp_path / "home")
    assert screen.quit() == 0
    screen.start(tmp_path / "home")
    screen.tab_to("打开示例")
    screen.keys("Return")
    screen.wait_for_window("云泽县")
    for keys in ("alt+3", "alt+5", "alt+6", "F9", "F7", "ctrl+f"):
        screen.keys(keys)
        screen.settle()
    assert screen.quit() == 0
    screen.start(tmp_path / "home")
    assert screen.quit() == 0
