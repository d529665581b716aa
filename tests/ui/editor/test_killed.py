"""kill -9 while somebody types: what 已保存 covered is there, and the database is whole, each time."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import NoReturn

import pytest

from models.store import open_store
from tests.shared import CHECKOUT
from tests.ui.editor.killed_window import ACKNOWLEDGED, ROWS
from tests.ui.editor.places import CHOOSING, LETTERS, TYPED, value_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")

KINDS = (*TYPED, *CHOOSING, ROWS)
LONGEST_WAIT = 90.0
"""Seconds after which the typing program is taken to hang, however busy the machine."""


class Program:
    """The typing program; each `round` starts it over a folder, kills it, and judges what is left."""

    def __init__(self) -> None:
        self._errors = TemporaryFile()  # noqa: SIM115  (open as long as the program runs)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.editor.killed_window"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=CHECKOUT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._child = 0
        self._unread = b""
        self._kind = ""
        self.inside = 0
        self.kills: Counter[str] = Counter()
        """How often, by the kind of place typed into."""
        self.lost: list[str] = []

    def round(self, kind: str, home: Path, wait: float, in_transaction: bool) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind}\t{home}\n".encode())
        self._process.stdin.flush()
        self._kind = kind
        self._child = int(self._line())
        for _ in range(ACKNOWLEDGED):
            acknowledged = self._line()
            if acknowledged == "dead":
                self._child = 0
                self._fail("The typing program ended by itself.")
        time.sleep(wait)
        journal = home / "goalform.db-journal"
        end = time.monotonic() + 5
        while in_transaction and time.monotonic() < end:
            if journal.exists() and journal.stat().st_size:
                break
        os.kill(self._child, signal.SIGKILL)
        while (line := self._line()) != "dead":
            acknowledged = line
        self._child = 0
        self.kills[kind] += 1
        self.inside += journal.exists() and journal.stat().st_size > 0
        if lost := self._what_is_lost(home, acknowledged):
            self.lost.append(lost)

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
        wrote = self._errors.read().decode(errors="replace")[-4000:]
        pytest.fail(f"{what} It typed into: {self._kind}; kill {self.kills.total() + 1}. It wrote:\n{wrote}")

    def _what_is_lost(self, home: Path, acknowledged: str) -> str:
        """What of the words said to be saved is not there, in words; "" where all is."""
        store = open_store(home / "goalform.db")
        draft = store.load(store.list()[0].id)
        store.close()
        if self._kind == ROWS:
            values = {row.value for project in draft.document.projects for row in project.indicators}
            number = max(int(value[1:-1]) for value in values)
            return "" if len(values) == 1 and number >= int(acknowledged) else f"{values} instead of {acknowledged}"
        value = value_in(draft, self._kind)
        typed_on = self._kind in TYPED and LETTERS.startswith(value) and value.startswith(acknowledged)
        return "" if typed_on or value == acknowledged else f"{self._kind}: {value!r} instead of {acknowledged!r}"

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
            kind = KINDS[number % len(KINDS)]
            with TemporaryDirectory() as folder:
                program.round(kind, Path(folder), chance.uniform(0, 0.15), number % 2 == 0 and kind not in CHOOSING)
    finally:
        program.end()
    print(
        f"{program.kills.total()} kills, {program.inside} inside a transaction, {len(program.lost)} lost (seed {seed})"
    )
    return program


def test_a_kill_while_typing_anywhere_loses_nothing_that_was_said_to_be_saved() -> None:
    """Takes seconds: a window for each kind of place."""
    program = kill(len(KINDS), seed=5)
    assert set(program.kills) == set(KINDS)
    assert program.lost == []
    assert program.inside >= 4


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_hundreds_of_kills_while_typing_lose_nothing_that_was_said_to_be_saved(part: int) -> None:
    """Each part takes a minute; together they are more than two hundred."""
    program = kill(len(KINDS), seed=random.randrange(10**6) + part)
    assert program.lost == []
    assert program.inside >= 4
