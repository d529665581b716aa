"""kill -9 in the middle of saving: what was acknowledged is there, and never half of a save."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.models.store.stores import large_draft, with_goal
from tests.opening import open_store
from tests.shared import CHECKOUT

SAVE_ON_AND_ON = """
import sys
from itertools import count
from pathlib import Path
from models.store import open_store
from tests.models.store.stores import large_draft, with_goal

store = open_store(Path(sys.argv[1]))
draft_id = store.list()[0].id
saved = store.load(draft_id)
for number in count(1):
    # Every row changes, so that most of the time is spent in the middle of a save.
    after = with_goal(large_draft(projects=30, rows=20, words=f"第{number}次"), str(number))
    store.save(draft_id, after, saved)
    saved = after
    print(number, flush=True)
"""

ROUNDS = [*range(4), *(pytest.param(round_, marks=pytest.mark.soak) for round_ in range(4, 40))]


@pytest.mark.parametrize("round_", ROUNDS)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_kill_in_the_middle_of_a_save_loses_nothing_acknowledged(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "goalform.db"
    store = open_store(path)
    draft_id = store.create(with_goal(large_draft(projects=30, rows=20, words="第0次"), "0"))
    store.close()
    command = [sys.executable, "-c", SAVE_ON_AND_ON, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        for _ in range(2 + round_):
            process.stdout.readline()
        try:
            process.wait(timeout=0.003 * (round_ % 7))
        except subprocess.TimeoutExpired:
            process.kill()
        acknowledged = [2 + round_, *map(int, process.stdout.read().split())][-1]
        assert process.wait() == -9
    store = open_store(path)
    draft = store.load(draft_id)
    number = int(draft.document.overall_goal)
    assert number in {acknowledged, acknowledged + 1}
    assert draft == with_goal(large_draft(projects=30, rows=20, words=f"第{number}次"), str(number))
    store.save(draft_id, with_goal(draft, "之后"), draft)
    assert store.load(draft_id).document.overall_goal == "之后"
