"""Reads a file in a process of its own and says what came of it, in how much time and memory.

python -m tests.importers.bounded takes names of files, a line each, and answers each with a line. It has imported what reading needs, and
forks for each file: to start Python anew would take longer than to read most of them.
"""

import contextlib
import importlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from importers.import_files import read_file
from models.errors import UserError
from tests.shared import CHECKOUT

MEGABYTE = 1024 * 1024
READ = "读出"
ADDRESS_SPACE = 1000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Outcome:
    """`seconds`: of the processor, however busy the machine is; `megabytes`: in use at the most, the file's own bytes aside."""

    said: str
    seconds: float
    megabytes: float

    @property
    def is_read(self) -> bool:
        return self.said.startswith(READ)


_started: list[subprocess.Popen[str]] = []


def read_bounded(path: Path) -> Outcome:
    """What comes of reading a file. RuntimeError where it is neither read nor refused in a sentence."""
    if not _started:
        command = [sys.executable, "-m", "tests.importers.bounded"]
        _started.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=CHECKOUT)
        )
    (reader,) = _started
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(f"{json.dumps(str(path))}\n")
    reader.stdin.flush()
    status, said = json.loads(reader.stdout.readline())
    if status:
        raise RuntimeError(f"{status}: {said[-2000:]}")
    return Outcome(**json.loads(said))


def end() -> None:
    """Ends the process that reads."""
    while _started:
        _started.pop().communicate()


_PATIENCE = 300
"""Seconds after which a file is given up."""


_NEEDED = ("excel", "word", "html", "csv_reader", "json_reader", "ods_reader", "package_reader", "web_archive")
"""What reading a file imports when it comes to it."""


def main() -> None:
    for name in _NEEDED:
        importlib.import_module(f"importers.{name}")
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
            child = os.fork()
            if not child:
                _read(Path(json.loads(line)), told)
            _child, status = os.waitpid(child, 0)
            told.seek(0)
            print(json.dumps((status, told.read())), flush=True)


def _read(path: Path, told: IO[str]) -> None:
    """In the child, which ends with it."""
    with contextlib.suppress(BaseException):
        signal.alarm(_PATIENCE)
        try:
            told.write(json.dumps(_outcome(path)))
            told.flush()
            os._exit(0)
        except BaseException:
            told.write(traceback.format_exc())
            told.flush()
    os._exit(1)


def _outcome(path: Path) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    start = time.process_time()
    try:
        document = read_file(path).draft.document
        rows = sum(len(project.indicators) for project in document.projects)
        said = f"{READ}：{len(document.overall_goal)} 字，{rows} 行指标，{len(document.unplaced)} 处未归位"
    except UserError as error:
        said = str(error)
    seconds = time.process_time() - start
    # getrusage would tell the parent's peak too, which is inherited.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    megabytes = int(peak[1]) / 1024 if peak else 0.0
    own = path.stat().st_size / MEGABYTE if path.is_file() and path.stat().st_size < ADDRESS_SPACE else 0.0
    return {"said": said, "seconds": seconds, "megabytes": megabytes - own}


if __name__ == "__main__":
    main()
