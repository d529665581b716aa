"""Runs the program's own tests on Windows' Python under Wine, those that need no Linux tools, and lists why others rest."""

import re
import sys
from pathlib import Path

from windows_machine import PYTHON, windows_path, wine

FOLDERS = (
    "tests/exporters",
    "tests/importers/test_files.py",
    "tests/importers/test_jxmb.py",
    "tests/importers/test_office.py",
    "tests/importers/test_text.py",
    "tests/importers/test_word_words.py",
    "tests/models/store",
    "tests/models/test_disk.py",
    "tests/packaging",
    "tests/ui/app",
    "tests/ui/features/backup",
    "tests/ui/features/data_folder",
    "tests/ui/widgets",
)
"""What touches files, programs, fonts and windows. What is done with words alone is the same on every system."""
WINDOWS_IN_TURN = ("-p", "resources.packaging.windows.wine.one_window")
HANGS = 300
"""Seconds after which a test is ended with its process, which says where it was."""
ARGUMENTS = (
    "-vv", "-n", "2", *WINDOWS_IN_TURN, "-ra", "--durations=10", "-o", f"faulthandler_timeout={HANGS}", *FOLDERS,
)  # fmt: skip
"""Of pytest: here, and in the workflow that runs on Windows itself."""


def run(checkout: Path, display: str, logs: Path) -> None:
    """SystemExit where one fails; the reasons of those that were skipped are in the log."""
    log = logs / "unit-tests.txt"
    code = wine(
        PYTHON, "-m", "pytest", *ARGUMENTS,
        display=display, log=log, check=False,
        PYTHONPATH=windows_path(checkout), PYTHONUTF8="0", PYTHONDONTWRITEBYTECODE="1",
    )  # fmt: skip
    said = log.read_text(encoding="utf-8", errors="replace")
    for line in re.findall(r"^(?:SKIPPED|FAILED|ERROR).*$|^.*\d+ passed.*$", said, re.MULTILINE):
        sys.stdout.write(f"    {line}\n")
    if code:
        sys.exit(f"Some tests fail on Windows; see {log.name}.")
