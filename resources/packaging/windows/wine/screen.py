"""A display with a window manager, its keyboard and its pictures, for programs in Wine."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

PATIENCE = float(os.environ.get("GOALFORM_PATIENCE", "240"))
"""Seconds for whatever is waited for; a busy machine is slow."""
FIRST_DISPLAY = 160

Seen = TypeVar("Seen")


class NotSeenError(Exception):
    """What was waited for did not come."""


def until(look: Callable[[], Seen], what: str, seconds: float = PATIENCE) -> Seen:
    """What `look` gives once it gives something."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > end:
            raise NotSeenError(what)
        time.sleep(0.2)
    return seen


class Screen:
    """A display. Pictures go to `pictures`."""

    def __init__(self, name: str, pictures: Path) -> None:
        self.name = name
        self.pictures = pictures
        self._environment = {**os.environ, "DISPLAY": name}

    def _said(self, *command: str, check: bool = False) -> bytes:
        return subprocess.run(command, env=self._environment, capture_output=True, check=check).stdout

    def titles(self) -> list[str]:
        """Of all windows that are shown."""
        found = self._said("xdotool", "search", "--onlyvisible", "--name", ".").decode().split()
        return [self._said("xdotool", "getwindowname", number).decode().strip() for number in found]

    def title(self) -> str:
        """Of the window in front."""
        return self._said("xdotool", "getactivewindow", "getwindowname").decode().strip()

    def wait_for(self, *titles: str) -> str:
        """Waits until the window in front has one of these in its title, and stands still; its title."""

        def seen() -> str:
            now = self.title()
            return now if any(title in now for title in titles) else ""

        try:
            found = until(seen, " or ".join(titles))
        except NotSeenError:
            self.picture("not-seen")
            raise NotSeenError(f"no window «{' or '.join(titles)}», in front is «{self.title()}»") from None
        self.settle()
        return found

    def activate(self, title: str) -> None:
        """Brings the window with this in its title to the front: Wine leaves no window there after a dialog of its own."""
        found = self._said("xdotool", "search", "--onlyvisible", "--name", title).decode().split()
        if found:
            self._said("xdotool", "windowactivate", "--sync", found[-1])
        time.sleep(0.5)

    def look(self) -> bytes:
        """What the display shows, as bytes to be compared."""
        return self._said("import", "-window", "root", "-depth", "8", "rgb:-", check=True)

    def _pixels(self, left: int, top: int, width: int, height: int) -> bytes:
        part = f"{width}x{height}+{left}+{top}"
        return self._said("import", "-window", "root", "-crop", part, "-depth", "8", "rgb:-", check=True)

    def is_white(self, left: int, top: int, width: int, height: int) -> bool:
        """Whether half of this part of the display is, or more."""
        return 2 * self._pixels(left, top, width, height).count(b"\xff\xff\xff") >= width * height

    def has_red(self, left: int, top: int, width: int, height: int) -> bool:
        """Whether a sign of some size in this part of the display is red."""
        pixels = self._pixels(left, top, width, height)
        colours = (pixels[at : at + 3] for at in range(0, len(pixels) - 2, 3))
        return sum(red > 150 and red - blue > 25 for red, _green, blue in colours) >= 16

    def settle(self, seconds: float = 25) -> None:
        """Until the display shows the same for a while. A cursor that blinks makes two pictures, which take turns."""
        seen: list[bytes] = []
        same, end = 0, time.monotonic() + seconds
        while same < 4 and time.monotonic() < end:
            now = self.look()
            same = same + 1 if now in seen else 0
            seen = [*seen[-1:], now] if now not in seen else seen
            time.sleep(0.3)

    def keys(self, *names: str) -> None:
        """Presses keys one after the other (`Tab`, `alt+2`)."""
        for name in names:
            self._said("xdotool", "key", "--clearmodifiers", name, check=True)
            time.sleep(0.25)

    def type(self, text: str) -> None:
        """Types letters and digits."""
        self._said("xdotool", "type", "--delay", "60", text, check=True)
        time.sleep(0.5)

    def click(self, x: int, y: int) -> None:
        self._said("xdotool", "mousemove", str(x), str(y), "click", "1", check=True)
        time.sleep(0.5)

    def copy(self, text: str) -> None:
        """Another program copies text, which stays there to be pasted."""
        with subprocess.Popen(
            ["xclip", "-selection", "clipboard"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        ) as owner:
            owner.communicate(text.encode())

    def paste(self, text: str) -> None:
        self.copy(text)
        time.sleep(0.5)
        self.keys("ctrl+v")

    def picture(self, name: str) -> Path:
        """What the display shows, as a PNG file."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        target = self.pictures / f"{name}.png"
        self._said("import", "-window", "root", str(target), check=True)
        return target


@contextmanager
def screen(pictures: Path, size: str = "1366x768") -> Iterator[Screen]:
    """A display of that size, gone with all it started afterwards."""
    server, name = _display(size)
    try:
        with subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": name}, stderr=subprocess.DEVNULL) as manager:
            shown = Screen(name, pictures)
            try:
                until(lambda: b"window id" in shown._said("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "openbox")
                yield shown
            finally:
                manager.terminate()
    finally:
        server.terminate()
        server.wait()


def _answers(name: str) -> bool:
    asked = subprocess.run(["xprop", "-root"], env={**os.environ, "DISPLAY": name}, capture_output=True, check=False)
    return asked.returncode == 0


def _display(size: str) -> tuple[subprocess.Popen[bytes], str]:
    for number in range(FIRST_DISPLAY, FIRST_DISPLAY + 40):
        name = f":{number}"
        if _answers(name):
            continue  # another trial's
        server = subprocess.Popen(
            ["Xvfb", name, "-screen", "0", f"{size}x24", "-noreset", "-nolisten", "tcp", "-nolisten", "local"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(NotSeenError):
            until(lambda server=server, name=name: server.poll() is not None or _answers(name), name, 60)
        if server.poll() is None and _answers(name):
            return server, name
        server.kill()
        server.wait()
    raise NotSeenError("a display")
