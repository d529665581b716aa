"""A power cut at any moment of saving: what the disk had not been told to keep is gone, what was acknowledged is there.

The writes and syncs of a process that saves are recorded; each cut gives a disk on which the writes since a file's last
sync are missing, all of them or some by chance.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.models.store.stores import large_draft, with_goal
from tests.opening import open_store
from tests.shared import CHECKOUT

CUTS = 200
SAVES = 12

SAVE = """
import os, sys
from pathlib import Path
from models.store import open_store
from tests.models.store.stores import large_draft, with_goal
store = open_store(Path(sys.argv[1]))
saved = store.load(1)
os.write(1, b"begin")
for number in range(1, int(sys.argv[2]) + 1):
    after = with_goal(large_draft(projects=6, rows=6, words=f"第{number}次"), str(number))
    store.save(1, after, saved)
    saved = after
    os.write(1, b"ack %d" % number)
os._exit(0)
"""

CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
TRACED = "openat,pwrite64,write,ftruncate,fdatasync,fsync"


@dataclass
class Disk:
    """What two files hold for good, and what was written to them since."""

    kept: dict[str, bytearray]
    pending: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)

    def write(self, name: str, offset: int, data: bytes | None) -> None:
        """`None`: the file is cut at that offset."""
        self.pending.setdefault(name, []).append((offset, data))

    def sync(self, name: str) -> None:
        for offset, data in self.pending.pop(name, ()):
            _apply(self.kept.setdefault(name, bytearray()), offset, data)

    def after_a_cut(self, chance: random.Random, share: float) -> dict[str, bytes]:
        """The files as they are found; of what was not synced, about that share reached the disk."""
        found = {name: bytearray(content) for name, content in self.kept.items()}
        for name, writes in self.pending.items():
            for offset, data in writes:
                if chance.random() < share:
                    _apply(found.setdefault(name, bytearray()), offset, data)
        return {name: bytes(content) for name, content in found.items()}


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


Call = tuple[str, str, int, bytes | None]
"""(what, file, offset, bytes)"""


def record(path: Path) -> list[Call]:
    """What a process that saves SAVES times asks of the disk, in order, its acknowledgements among it."""
    log = path.with_name("calls.txt")
    command = ["strace", "-f", "-qq", "-xx", "-s", "9999999", "-e", f"trace={TRACED}", "-o", str(log)]
    command += [sys.executable, "-c", SAVE, str(path), str(SAVES)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this machine does not let a process be watched")
    files: dict[str, str] = {}
    calls: list[Call] = []
    for line in log.read_text().splitlines():
        if found := CALL.match(line):
            _read(found[1], found[2], found[3], files, calls)
    begin = calls.index(("ack", "begin", 0, None))
    return calls[begin + 1 :]


def _read(name: str, arguments: str, result: str, files: dict[str, str], calls: list[Call]) -> None:
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)]
    descriptor = arguments.split(",")[0]
    if name == "openat":
        files[result] = Path(texts[0].decode()).name if texts else ""
    elif name == "write" and descriptor == "1":
        calls.append(("ack", texts[0].decode().removeprefix("ack "), 0, None))
    elif not files.get(descriptor, "").startswith("goalform.db"):
        return
    elif name == "pwrite64":
        calls.append(("write", files[descriptor], int(arguments.rsplit(",", 1)[1]), texts[0]))
    elif name == "ftruncate":
        calls.append(("write", files[descriptor], int(arguments.split(",")[1]), None))
    elif name in {"fsync", "fdatasync"}:
        calls.append(("sync", files[descriptor], 0, None))


@pytest.mark.skipif(os.name == "nt" or shutil.which("strace") is None, reason="strace is not installed")
def test_a_power_cut_at_any_moment_of_saving_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """Takes seconds: 200 cuts, each reopened."""
    path = tmp_path / "goalform.db"
    store = open_store(path)
    store.create(with_goal(large_draft(projects=6, rows=6, words="第0次"), "0"))
    store.close()
    disk = Disk({"goalform.db": bytearray(path.read_bytes()), "goalform.db-journal": bytearray()})
    calls = record(path)
    assert sum(call[0] == "ack" for call in calls) == SAVES
    assert sum(call[0] == "sync" for call in calls) >= 3 * SAVES
    chance, cuts, dropped, acknowledged = random.Random(5), 0, 0, 0
    points = sorted(chance.choices(range(len(calls)), k=CUTS))
    for place, (what, name, offset, data) in enumerate(calls):
        if what == "ack":
            acknowledged = int(name)
        elif what == "write":
            disk.write(name, offset, data)
        else:
            disk.sync(name)
        for _ in range(points.count(place)):
            cuts += 1
            dropped += any(disk.pending.values())
            found = disk.after_a_cut(chance, chance.choice((0, 0, 0.5, 0.9)))
            assert _reopened(tmp_path / f"cut{cuts}", found) in {acknowledged, acknowledged + 1}
    print(f"{cuts} power cuts, {dropped} with unsynced writes dropped, 0 lost")
    assert cuts == CUTS


def _reopened(folder: Path, files: dict[str, bytes]) -> int:
    """The number of the save that is found; fails where it is not all of it."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    store = open_store(folder / "goalform.db")
    draft = store.load(1)
    store.close()
    number = draft.document.overall_goal
    assert draft == with_goal(large_draft(projects=6, rows=6, words=f"第{number}次"), number)
    shutil.rmtree(folder)
    return int(number)
