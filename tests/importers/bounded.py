"""Reads a file in a process of its own and says what came of it, in how much time and memory.

python -m tests.importers.bounded FILE prints that.
"""

import json
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

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


def read_bounded(path: Path) -> Outcome:
    """What comes of reading a file. RuntimeError where it is neither read nor refused in a sentence."""
    command = [sys.executable, "-m", "tests.importers.bounded", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Outcome(**json.loads(done.stdout))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    path = Path(sys.argv[1])
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
    print(json.dumps({"said": said, "seconds": seconds, "megabytes": megabytes - own}))


if __name__ == "__main__":
    main()
