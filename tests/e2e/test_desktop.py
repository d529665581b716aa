"""The desktop the tests of this folder work at: it takes all with it that was started for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.desktop import desktop, needs_display, needs_screen_reader
from tests.e2e.input_method import needs_pinyin
from tests.e2e.processes import marked, own_mark, running
from tests.waiting import until

ALWAYS = {"Xvfb", "openbox", "dbus-daemon"}
READING = {"at-spi-bus-laun", "at-spi2-registr"}
WRITING = {"ibus-daemon", "ibus-engine-lib", "ibus-ui-gtk3", "ibus-memconf"}
"""As the system shortens the names of processes."""

# More than a second each: a window, with all that a screen reader and an input method need.
pytestmark = pytest.mark.e2e


def still_running(process: int, name: str) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return f"({name}) " in told and f"({name}) Z" not in told  # Z: has ended, and nobody has looked yet


@pytest.mark.parametrize(
    ("reads", "writes", "expected"),
    [
        pytest.param(False, False, ALWAYS, marks=needs_display),
        pytest.param(True, False, ALWAYS | READING, marks=needs_screen_reader),
        pytest.param(True, True, ALWAYS | READING | WRITING, marks=[needs_screen_reader, needs_pinyin]),
    ],
    ids=["plain", "read out", "written in pinyin"],
)
def test_a_desktop_ends_all_that_was_started_for_it(
    tmp_path: Path, reads: bool, writes: bool, expected: set[str]
) -> None:
    with desktop(tmp_path, read_out=reads, writes_pinyin=writes) as screen:
        screen.start(tmp_path / "home")
        if reads:
            screen.focused()
        until(lambda: expected <= set(running(own_mark()).values()), f"{expected} at work")
        started = running(own_mark())
    # A process that was killed leaves when the system gets to it.
    until(lambda: not [name for process, name in started.items() if still_running(process, name)], "all ended")


def test_what_goes_its_own_way_is_ended_too(tmp_path: Path) -> None:
    """A service frees itself from who starts it, and need not listen."""
    ready = tmp_path / "ready"
    deaf = "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.setsid()"
    deaf += f"; open({str(ready)!r}, 'w').close(); time.sleep(600)"
    start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {deaf!r}])"
    with marked(patience=0.1) as environment:
        subprocess.run([sys.executable, "-c", start], env=environment, check=True)
        until(ready.exists, "the process")
        (left,) = running(own_mark())
    assert left not in running(own_mark())
