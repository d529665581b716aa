"""kill -9 while somebody types: what 已保存 covered is there, and the database is whole, each time."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import NoReturn

import pytest

from models.store import open_store
from tests.shared import CHECKOUT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")

LONGEST_WAIT = 120.0
"""Seconds after which the typing program is taken to hang, however busy the machine."""


class Program:
    """The typing program; each `round` starts it over a folder, kills it, and judges what is left."""

    def __init__(self) -> None:
        self._errors = TemporaryFile()  # noqa: SIM115  (open as long as the program runs)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.killed_window"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=CHECKOUT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._child = 0
        self._unread = b""
        self.inside = self.rounds = self.lost = 0

    def round(self, home: Path, wait: float, in_transaction: bool) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{home}\n".encode())
        self._process.stdin.flush()
        self._child = int(self._line())
        acknowledged = [self._acknowledgement() for _ in range(3)]
        time.sleep(wait)
        journal = home / "goalform.db-journal"
        end = time.monotonic() + 5
        while in_transaction and time.monotonic() < end:
            if journal.exists() and journal.stat().st_size:
                break
        os.kill(self._child, signal.SIGKILL)
        while (line := self._line()) != "dead":
            acknowledged.append(int(line))
        self._child = 0
        self.rounds += 1
        self.inside += journal.exists() and journal.stat().st_size > 0
        self.lost += not self._is_there(home, max(acknowledged))

    def _acknowledgement(self) -> int:
        line = self._line()
        if line == "dead":
            self._child = 0
            self._fail("The typing program ended by itself.")
        return int(line)

    def _line(self) -> str:
        """The next whole line; fails where none comes."""
        assert self._process.stdout is not None
        end = time.monotonic() + LONGEST_WAIT
        while b"\n" not in self._unread:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                self._fail(f"The typing program said nothing for {LONGEST_WAIT:.0f} seconds.")
            read = os.read(self._process.stdout.fileno(), 65536)
            if not read:
                self._fail("The typing program is gone.")
            self._unread += read
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode()

    def _fail(self, what: str) -> NoReturn:
        self._errors.seek(0)
        pytest.fail(f"{what} Round {self.rounds + 1}. It wrote:\n{self._errors.read().decode(errors='replace')}")

    def _is_there(self, home: Path, acknowledged: int) -> bool:
        store = open_store(home / "goalform.db")
        draft = store.load(store.list()[0].id)
        store.close()
        numbers = draft.document.overall_goal.split(" ")
        values = {row.value for project in draft.document.projects for row in project.indicators}
        typed = [str(number) for number in range(1, len(numbers))]
        # The last number may be cut, as it was being typed.
        return len(typed) >= acknowledged and numbers[:-1] == typed and len(values) == 1

    def end(self) -> None:
        if self._child:  # a fork would outlive the process that made it
            os.kill(self._child, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()
        self._errors.close()


def kill(rounds: int, seed: int) -> Program:
    program, chance = Program(), random.Random(seed)
    try:
        for number in range(rounds):
            with TemporaryDirectory() as folder:
                program.round(Path(folder), chance.uniform(0, 0.15), number % 2 == 0)
    finally:
        program.end()
    print(f"{program.rounds} kills, {program.inside} inside a transaction, {program.lost} lost")
    return program


def test_twenty_kills_while_typing_lose_nothing_that_was_said_to_be_saved() -> None:
    """Takes seconds: twenty windows."""
    program = kill(20, seed=5)
    assert program.lost == 0
    assert program.inside >= 4


@pytest.mark.soak
def test_two_hundred_kills_while_typing_lose_nothing_that_was_said_to_be_saved() -> None:
    """Takes minutes."""
    program = kill(200, seed=random.randrange(10**6))
    assert program.lost == 0
    assert program.inside >= 40
