"""A virtual display with a window manager, the program on it, and the keyboard."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.e2e.asked import Asked
from tests.e2e.input_method import CANDIDATES, folders, pinyin
from tests.e2e.processes import marked
from tests.shared import CHECKOUT
from tests.waiting import PATIENCE, until

TOOLS = ("Xvfb", "openbox", "xdotool", "xmodmap", "xprop", "import", "dbus-daemon")
_LEAST_WORDS = 150
"""Pixels: ibus 1.5.32 leaves a narrower window without any words."""
_BETWEEN_KEYS = 50  # milliseconds
_READ_OUT = "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"
_STAYS = 5.0
"""Seconds after which the focus is taken to stay where it was."""
SYSTEM_PYTHON = "/usr/bin/python3"
"""The one that has Debian's AT-SPI library; the program's own environment has not."""

needs_display = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason=f"one of {', '.join(TOOLS)} is not installed"
)


def _has_screen_reader() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False, timeout=PATIENCE)
    return asked.returncode == 0


needs_screen_reader = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS) or not _has_screen_reader(),
    reason=f"one of {', '.join(TOOLS)} or python3-pyatspi is not installed",
)


class Desktop:
    """A display, by default of 1366×768, and what happens on it. Pictures go to `pictures`."""

    def __init__(self, environment: dict[str, str], pictures: Path) -> None:
        self._environment = environment
        self._pictures = pictures
        self._program: subprocess.Popen[bytes] | None = None
        self._helpers: dict[str, Asked] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What another program on it needs."""
        return dict(self._environment)

    def is_managed(self) -> bool:
        """Whether the window manager has taken charge."""
        asked = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        done = subprocess.run(
            asked, env=self._environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        return "window id" in done.stdout

    def start(self, home: Path) -> None:
        """Starts the program and waits for its window."""
        self.start_by([sys.executable, str(CHECKOUT / "main.py"), "--home", str(home)])

    def start_by(self, command: list[str]) -> None:
        """Starts the program by a command of its own and waits for its window."""
        self._end_helper("reader")  # it would go on looking at the program before
        self._program = subprocess.Popen(
            command, env=self._environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.wait_for_window("绩效目标填报")
        self._until_it_takes_keys()

    def kill(self) -> None:
        """Ends the program as a power cut does."""
        assert self._program is not None
        os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Meanwhile the program does nothing, and what is pressed waits for it."""
        assert self._program is not None
        os.killpg(self._program.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self._program.pid, signal.SIGCONT)

    def quit(self) -> int:
        """Leaves the program by its key; the exit code."""
        assert self._program is not None
        self.keys("ctrl+q")
        return self._program.wait(timeout=PATIENCE)

    def wait_for_window(self, title: str) -> None:
        """Waits until the window in front has this in its title."""
        until(lambda: title in self.title(), f"a window «{title}», in front is «{self.title()}»")
        until(self._takes_keys, f"the keys to go to «{title}»")

    def _until_it_takes_keys(self) -> None:
        """A program that has just come does not know its keys yet. Without a screen reader it is looked at until it is drawn."""
        if self._environment.get(_READ_OUT):
            self.focused()
            return
        look = ["import", "-window", "root", "-depth", "8", "rgb:-"]
        seen: list[bytes] = []
        while len(seen) < 4:
            shown = subprocess.run(
                look, env=self._environment, capture_output=True, check=True, timeout=PATIENCE
            ).stdout
            seen = [*seen, shown] if shown in seen else [shown]
            time.sleep(0.1)

    def title(self) -> str:
        return self._xdotool("getactivewindow", "getwindowname", check=False)

    def _takes_keys(self) -> bool:
        """Whether the window in front has the keyboard, too: it is shown before."""
        in_front = self._xdotool("getactivewindow", check=False)
        return bool(in_front) and in_front == self._xdotool("getwindowfocus", check=False)

    def keys(self, *names: str) -> None:
        """Presses keys one after the other (`Tab`, `alt+2`, `ctrl+z`), at a clerk's pace."""
        if names:
            self._xdotool("key", "--clearmodifiers", "--delay", str(_BETWEEN_KEYS), *names)
            time.sleep(_BETWEEN_KEYS / 1000)

    def type(self, text: str) -> None:
        """Types text; characters beyond ASCII must have been put on keys."""
        self._xdotool("type", "--delay", "20", text)
        time.sleep(0.2)

    def click(self, x: int, y: int) -> None:
        """Moves the mouse there and presses its left button."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def candidates(self) -> tuple[int, ...]:
        """Left, top, width and height of the input method's window with words to choose from; nothing where it is not shown."""
        found = self._xdotool("search", "--onlyvisible", "--class", CANDIDATES, check=False).split()
        told = self._xdotool("getwindowgeometry", "--shell", found[0], check=False) if found else ""
        numbers = {
            name: int(number) for name, number in re.findall(r"^(X|Y|WIDTH|HEIGHT)=(-?\d+)$", told, re.MULTILINE)
        }
        shown = numbers.get("WIDTH", 0) >= _LEAST_WORDS
        return tuple(numbers[name] for name in ("X", "Y", "WIDTH", "HEIGHT")) if shown else ()

    # what a screen reader and another program on the display do

    def _helper(self, name: str, command: list[str]) -> Asked:
        if name not in self._helpers:
            self._helpers[name] = Asked(command, self._environment)
        return self._helpers[name]

    def _end_helper(self, name: str) -> None:
        if name in self._helpers:
            self._helpers.pop(name).end()

    def _read_out(self, command: str) -> Any:
        script = str(Path(__file__).with_name("at_spi_reader.py"))
        try:
            return json.loads(self._helper("reader", [SYSTEM_PYTHON, script])(command) or "null")
        except BrokenPipeError:  # it ended, the bus not being there yet
            self._end_helper("reader")
            return None

    def _focused(self) -> dict[str, Any]:
        found = self._read_out("focused")
        return found if found and "error" not in found else {}

    def focused(self) -> dict[str, Any]:
        """The control with the focus: its role, name, label …"""
        answers = count(1)

        def told() -> dict[str, Any]:
            found = self._focused()
            if not found and next(answers) % 100 == 0:
                self._end_helper("reader")  # one that came before the program has joined the bus may never hear of it
            return found

        return until(told, "a control with the focus")

    def settle(self) -> None:
        """Until the program has done what it was told by keys: it answers several times on end that all is as before."""
        before, same = None, 0
        while same < 3:
            now = self._read_out("windows"), self._focused(), self.title()
            before, same = now, same + 1 if now == before else 0

    def windows(self) -> list[str]:
        """The titles of the program's windows that are shown."""
        return [str(title) for title in self._read_out("windows") or ()]

    def controls(self) -> list[dict[str, Any]]:
        """Every control shown, depth first."""

        def told() -> list[dict[str, Any]] | None:
            found = self._read_out("tree")
            return found if isinstance(found, list) and found else None

        return until(told, "the program's controls")

    def menus(self) -> list[Any]:
        """The menu bar's menus: name, then the entries, each with its name and whether it can be chosen."""
        found = self._read_out("menus")
        return found if isinstance(found, list) else []

    def entry(self) -> str:
        """The entry of the open menu at which the keys stand; nothing where no menu is open."""
        found = self._read_out("entry")
        return found if isinstance(found, str) else ""

    def lines(self, name: str) -> list[str]:
        """The words of the parts of a list, table or tree, by its name; of a table the cells, row by row."""
        found = self._read_out(f"lines {name}")
        return found if isinstance(found, list) else []

    def text(self, name: str) -> str:
        """What stands in a field, by its name."""
        found = self._read_out(f"text {name}")
        return found if isinstance(found, str) else ""

    def place(self, name: str, part: str = "") -> tuple[int, int, int, int]:
        """Where a control stands on the display, or a part of it by how its name begins: left, top, width and height."""

        def told() -> list[int] | None:
            found = self._read_out(f"place {name}\t{part}")
            return found if isinstance(found, list) else None

        left, top, width, height = until(told, f"the place of «{name}» {part}") or ()
        return left, top, width, height

    def to_step(self, number: int) -> None:
        """By its key; where Alt was taken alone and leads to the menus, a clerk leaves them and presses it again."""
        self.keys(f"alt+{number}")
        self.settle()
        for _again in range(5):
            if not str(self._focused().get("role")).startswith("menu"):
                return
            self.keys("Escape", f"alt+{number}")
            self.settle()

    def tab_to(self, name: str, keys: str = "Tab", most: int = 60) -> None:
        """Presses the key until the control with that name (or label) has the focus; with Ctrl where it stays in a table."""
        here, seen = self._focused(), []  # none while a table's cell is edited
        for _press in range(most):
            self.keys(keys)
            before, here = here, self._focus_after(here)
            if here == before and here.get("role") == "table":
                self.keys(f"ctrl+{keys}")
                here = self._focus_after(before)
            if name in {here.get("name"), here.get("label")}:
                return
            seen.append(f"{here.get('role')} «{here.get('name')}»")
        pytest.fail(f"{keys} does not lead to «{name}» but to {seen}")

    def _focus_after(self, before: dict[str, Any]) -> dict[str, Any]:
        """The next control with the focus: a busy machine shows the one before for a moment. It may also stay there."""
        end = time.monotonic() + _STAYS
        while (here := self._focused()) in ({}, before) and time.monotonic() < end:
            time.sleep(0.02)
        return here

    def copy(self, text: str, html: str = "") -> None:
        """Another program copies something."""
        assert self._clipboard({"text": text, "html": html}) == "ok\n"

    def copied(self) -> dict[str, str]:
        """What another program can paste: `text` and `html`."""
        found: dict[str, str] = json.loads(self._clipboard({}))
        return found

    def _clipboard(self, asked: dict[str, str]) -> str:
        script = str(Path(__file__).with_name("clipboard_owner.py"))
        return self._helper("clipboard", [sys.executable, script])(json.dumps(asked))

    def paste(self, text: str, html: str = "") -> None:
        """Copies in another program, pastes here."""
        self.copy(text, html)
        self.keys("ctrl+v")
        time.sleep(0.2)

    def end(self) -> None:
        """Ends the program and all that helps to look at it."""
        for helper in self._helpers.values():
            helper.end()
        if self._program is not None and self._program.poll() is None:
            self.kill()

    def put_on_keys(self, text: str) -> None:
        """Gives every character of the text a key of its own, before any program runs: one that is told of new keys while
        they are struck loses some."""
        listed = subprocess.run(["xmodmap", "-pke"], env=self._environment, capture_output=True, text=True, check=True)
        spare = re.findall(r"^keycode +(\d+) =$", listed.stdout, re.MULTILINE)
        wanted = dict.fromkeys(char for char in text if not char.isascii())
        for code, char in zip(spare, wanted, strict=False):
            change = f"keycode {code} = U{ord(char):04X}"
            subprocess.run(["xmodmap", "-e", change], env=self._environment, check=True, timeout=PATIENCE)
        assert len(spare) >= len(wanted)

    def picture(self, name: str) -> Path:
        """What the screen shows, as a PNG file."""
        target = self._pictures / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(target)], env=self._environment, check=True, timeout=PATIENCE)
        return target

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        if check and done.returncode:
            pytest.fail(f"xdotool {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()


@contextmanager
def _ended(command: list[str], environment: dict[str, str], **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with what it is there for."""
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, encoding="utf-8", **more)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def _bus(environment: dict[str, str]) -> Iterator[str]:
    """A message bus of its own: the address by which programs, screen readers and input methods find each other. Without one
    a program would start one that nobody ends."""
    command = ["dbus-daemon", "--session", "--print-address", "--nofork"]
    with _ended(command, environment, stdout=subprocess.PIPE) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()


@contextmanager
def _display(size: str, environment: dict[str, str]) -> Iterator[str]:
    """A display of its own number."""
    read, write = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    arguments += ["-noreset"]  # else one that asks and goes takes the server from under the manager that is just coming
    with _ended(arguments, environment, pass_fds=(write,)):
        os.close(write)
        with os.fdopen(read) as numbers:
            display = f":{numbers.readline().strip()}"
        yield display


def _own_folder(below: Path, name: str) -> str:
    folder = below / name
    folder.mkdir(mode=0o700)
    return str(folder)


@contextmanager
def desktop(
    pictures: Path, size: str = "1366x768", *, read_out: bool = False, writes_pinyin: bool = False, scale: float = 1
) -> Iterator[Desktop]:
    """A display, ended with all that runs on it. `read_out`: with a screen reader; `writes_pinyin`: with an input method."""
    with ExitStack() as ending:
        own = Path(ending.enter_context(TemporaryDirectory(prefix="desktop-")))
        environment = ending.enter_context(marked())
        environment |= {"QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8", "QT_SCALE_FACTOR": str(scale)}
        environment |= {"XDG_RUNTIME_DIR": _own_folder(own, "run")}
        environment.pop("WAYLAND_DISPLAY", None)
        if read_out:
            environment[_READ_OUT] = "1"
        environment["DISPLAY"] = ending.enter_context(_display(size, environment))
        ending.enter_context(_ended(["openbox"], environment, stdout=subprocess.DEVNULL))
        environment["DBUS_SESSION_BUS_ADDRESS"] = ending.enter_context(_bus(environment))
        if writes_pinyin:
            environment |= {**folders(own), "QT_IM_MODULE": "ibus"}
            ending.enter_context(pinyin(environment))
        shown = Desktop(environment, pictures)
        ending.callback(shown.end)
        # A window that comes before its manager never gets the keys.
        until(shown.is_managed, "the window manager")
        yield shown
