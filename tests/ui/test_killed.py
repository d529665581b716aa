"""kill -9 while somebody types: what 已保存 covered is there, and the database is whole, each time."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.store import open_store
from tests.shared import CHECKOUT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


class Program:
    """The typing program; each `round` starts it over a folder, kills it, and judges what is left."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.killed_window"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=CHECKOUT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self.inside = self.rounds = self.lost = 0

    def round(self, home: Path, wait: float, in_transaction: bool) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{home}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        lines = [self._process.stdout.readline() for _ in range(3)]
        time.sleep(wait)
        journal = home / "goalform.db-journal"
        end = time.monotonic() + 5
        while in_transaction and time.monotonic() < end:
            if journal.exists() and journal.stat().st_size:
                break
        os.kill(child, signal.SIGKILL)
        while (line := self._process.stdout.readline()) != "dead\n":
            lines.append(line)
        self.rounds += 1
        self.inside += journal.exists() and journal.stat().st_size > 0
        self.lost += not self._is_there(home, max(int(line) for line in lines if line.endswith("\n")))

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
        self._process.kill()
        self._process.communicate()


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
