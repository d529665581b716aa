"""What a screen reader hears of the program, as lines."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.desktop import SYSTEM_PYTHON, Desktop
from tests.waiting import until


class Heard:
    """The lines of `at_spi_listener.py`, as they come into a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._told = 0

    def lines(self) -> list[str]:
        """All of them."""
        return self._file.read_text(encoding="utf-8").splitlines()

    def wait_for(self, *words: str) -> str:
        """The next line since the one waited for last that has all these words."""

        def found() -> int:
            lines = self.lines()
            return next((at for at in range(self._told, len(lines)) if all(word in lines[at] for word in words)), -1)

        until(lambda: found() >= 0, f"«{'», «'.join(words)}» after {self.lines()[self._told :]}")
        place = found()
        self._told = place + 1
        return self.lines()[place]


@contextmanager
def listening(screen: Desktop, folder: Path) -> Iterator[Heard]:
    """Meanwhile all that is read aloud is written down; what was heard is left in the folder."""
    file, script = folder / "heard.txt", str(Path(__file__).with_name("at_spi_listener.py"))
    with file.open("w") as target:
        listener = subprocess.Popen([SYSTEM_PYTHON, script], env=screen.environment, stdout=target)
        try:
            heard = Heard(file)
            heard.wait_for("ready")
            yield heard
        finally:
            listener.terminate()
            listener.wait()
