"""Tries a built program: `smoke.py CONSOLE [WINDOW]`, each a program or a command: converts, checks, opens the window.

The window is closed as a user closes it, and must have made its data in the folder it was told. Where the program cannot do
one of these the exit code is 1.
"""

import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample" / "sample.txt"
KINDS = ("docx", "xlsx", "pdf", "txt", "json", "jxmb")
PATIENCE = 60.0
"""Seconds for a first start, which a virus scanner makes long."""


def main(console: list[str], window: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="绩效 ") as name:  # a folder as people have them
        folder = Path(name)
        environment = {**os.environ, "GOALFORM_HOME": str(folder / "数据"), "PYTHONUTF8": "0"}
        convert(console, folder, environment)
        check(console, folder, environment)
        open_and_close(window, folder / "数据", environment)
    sys.stdout.write("OK\n")


def convert(console: list[str], folder: Path, environment: dict[str, str]) -> None:
    """To every kind, in a path longer than the 260 characters of old, and back."""
    deep = folder / ("长" * 60) / ("名" * 60) / ("字" * 60)
    deep = long_form(deep)
    deep.mkdir(parents=True)
    for kind in KINDS:
        target = deep / f"文本.{kind}"
        subprocess.run([*console, "convert", str(SAMPLE), str(target)], check=True, env=environment)
        must(target.stat().st_size > 500, f"{kind} is empty")
    subprocess.run(
        [*console, "convert", str(deep / "文本.docx"), str(folder / "back.txt")], check=True, env=environment
    )
    text = (folder / "back.txt").read_text(encoding="utf-8")
    must("绩效" in text, "the text did not come back")


def long_form(path: Path) -> Path:
    r"""Where Windows is not told to allow long paths, \\?\ still names them."""
    return Path(f"\\\\?\\{path}") if sys.platform == "win32" else path


def check(console: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Exit code 0 or 1: it was read; output in UTF-8 whatever the code page."""
    done = subprocess.run(
        [*console, "check", str(folder / "back.txt"), "--json"], capture_output=True, check=False, env=environment
    )
    must(done.returncode in {0, 1}, done.stderr.decode("utf-8", "replace"))
    must(b"{" in done.stdout, "the check said nothing")
    done.stdout.decode("utf-8")


def open_and_close(window: list[str], home: Path, environment: dict[str, str]) -> None:
    running = subprocess.Popen(window, env=environment)
    try:
        wait(lambda: (home / "goalform.db").exists() and (home / "goalform.lock").exists(), running)
        time.sleep(3 if sys.platform == "win32" else 1)  # until the window answers
        must(running.poll() is None, "the window went away")
        if sys.platform == "win32":
            # It asks, as the cross of the window does; what it says of it is in the system's own code page.
            subprocess.run(["taskkill", "/PID", str(running.pid)], check=True, stdout=subprocess.DEVNULL)
            must(running.wait(PATIENCE) == 0, "the window did not end well")
    finally:
        if running.poll() is None:
            running.terminate()
            running.wait(PATIENCE)
    log = home / "goalform.log"
    must(not log.exists(), log.read_text(encoding="utf-8") if log.exists() else "")


def wait(ready: object, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():  # type: ignore[operator]
        must(running.poll() is None, f"ended with {running.returncode}")
        must(time.monotonic() < end, "no window in time")
        time.sleep(0.2)


def must(true: bool, why: str) -> None:
    if not true:
        sys.exit(why)


if __name__ == "__main__":
    # On Windows a backslash parts folders and takes nothing's meaning away.
    is_posix = sys.platform != "win32"
    given = [[part] if Path(part).exists() else shlex.split(part, posix=is_posix) for part in sys.argv[1:3]]
    main(given[0], given[-1])
