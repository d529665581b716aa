"""The run's own check that it ends what it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.processes import running
from tests.shared import CHECKOUT

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc to look into")

LEAVES = """
import subprocess
def test_something():
    subprocess.Popen(["sh", "-c", "sleep {seconds} & wait"], start_new_session=True)
"""


@pytest.mark.parametrize(("seconds", "left"), [(3600, True), (0, False)], ids=["one that stays", "one that ends"])
@pytest.mark.parametrize("workers", [0, 1])
def test_a_run_that_leaves_a_program_behind_fails_and_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, left: bool, workers: int
) -> None:
    (tmp_path / "test_it.py").write_text(LEAVES.format(seconds=seconds))
    (tmp_path / "quickly.py").write_text("from tests import left_behind\nleft_behind._ENDING = 2.0\n")
    plugins = ["-p", "tests.left_behind", *(("-p", "quickly") if left else ())]
    command = [sys.executable, "-m", "pytest", *plugins, "-c", os.devnull, "--rootdir", tmp_path, "-n", str(workers)]
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("OWN_MARK", str(tmp_path))
    done = subprocess.run(
        [*command, tmp_path / "test_it.py"], capture_output=True, text=True, check=False, cwd=CHECKOUT
    )
    assert done.returncode == (pytest.ExitCode.TESTS_FAILED if left else pytest.ExitCode.OK), done.stdout
    assert ("left running by the tests" in done.stdout) == left
    assert ("sleep" in done.stdout) == left
    assert running(f"OWN_MARK={tmp_path}") == {}
