"""A virtual display with a window manager, the program on it, and the keyboard."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from tests.shared import CHECKOUT

TOOLS = ("Xvfb", "openbox", "xdotool", "xmodmap", "xprop", "import")
ResultT = TypeVar("ResultT")

needs_display = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason=f"one of {', '.join(TOOLS)} is not installed"
)


def until(ask: Callable[[], ResultT], what: str, seconds: float = 20.0) -> ResultT:
    """The first true answer, asked again and again; fails naming what was awaited."""
    end = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.1)
    return answer


class Desktop:
    """A display of 1366×768, and what happens on it. Pictures go to `pictures`."""

    def __init__(self, display: str, pictures: Path) -> None:
        self._environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        self._environment.pop("WAYLAND_DISPLAY", None)
        self._pictures = pictures
        self._program: subprocess.Popen[bytes] | None = None

    def is_managed(self) -> bool:
        """Whether the window manager has taken charge."""
        asked = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        done = subprocess.run(asked, env=self._environment, capture_output=True, text=True, check=False, timeout=30)
        return "window id" in done.stdout

    def start(self, home: Path) -> None:
        """Starts the program and waits for its window."""
        command = [sys.executable, str(CHECKOUT / "main.py"), "--home", str(home)]
        self._program = subprocess.Popen(
            command, env=self._environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.wait_for_window("绩效目标填报")

    def kill(self) -> None:
        """Ends the program as a power cut does."""
        assert self._program is not None
        os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()

    def wait_for_window(self, title: str) -> None:
        """Waits until the window in front has this in its title."""
        until(lambda: title in self.title(), f"a window «{title}», in front is «{self.title()}»")
        time.sleep(0.3)  # the window is mapped before it takes keys

    def title(self) -> str:
        return self._xdotool("getactivewindow", "getwindowname", check=False)

    def keys(self, *names: str) -> None:
        """Presses keys one after the other (`Tab`, `alt+2`, `ctrl+z`)."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            time.sleep(0.05)

    def type(self, text: str) -> None:
        """Types text; characters beyond ASCII must have been put on keys."""
        self._xdotool("type", "--delay", "20", text)
        time.sleep(0.2)

    def put_on_keys(self, text: str) -> None:
        """Gives every character of the text a key of its own, before any program runs: one that is told of new keys while
        they are struck loses some."""
        listed = subprocess.run(["xmodmap", "-pke"], env=self._environment, capture_output=True, text=True, check=True)
        spare = re.findall(r"^keycode +(\d+) =$", listed.stdout, re.MULTILINE)
        wanted = dict.fromkeys(char for char in text if not char.isascii())
        for code, char in zip(spare, wanted, strict=False):
            change = f"keycode {code} = U{ord(char):04X}"
            subprocess.run(["xmodmap", "-e", change], env=self._environment, check=True, timeout=30)
        assert len(spare) >= len(wanted)

    def picture(self, name: str) -> Path:
        """What the screen shows, as a PNG file."""
        target = self._pictures / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(target)], env=self._environment, check=True, timeout=30)
        return target

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=30,
        )
        if check and done.returncode:
            pytest.fail(f"xdotool {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()


@contextmanager
def desktop(pictures: Path) -> Iterator[Desktop]:
    """A display of its own number, ended with all that runs on it."""
    read, write = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(arguments, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as numbers:
        display = f":{numbers.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], stdout=subprocess.DEVNULL, env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL
    )
    shown = Desktop(display, pictures)
    try:
        # A window that comes before its manager never gets the keys.
        until(shown.is_managed, "the window manager")
        yield shown
    finally:
        if shown._program is not None and shown._program.poll() is None:
            shown.kill()
        for process in (manager, server):
            process.terminate()
            process.wait()
