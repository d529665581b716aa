"""However many files are checked one after the other, the memory stays that of the first few."""

import gc
from dataclasses import replace
from pathlib import Path

from exporters.export_files import write_file
from importers.checking import check_files
from models.checks.counted_things import Quantity
from models.checks.example import EXAMPLE
from models.checks.registry import Finding
from models.document.tree import Draft
from models.kept_answers import forget, remembered

_ROUND = 50
"""Files: as many as a process remembers, so that it forgets once in each round, wherever other tests left it."""
_LOOK = 10


def unlike(number: int) -> Draft:
    """A text with words and numbers of no other one."""
    project = EXAMPLE.projects[0]
    rows = tuple(
        replace(row, name=f"{number}号路{row.name}", description=f"{number}号路{row.description}")
        for row in project.indicators[:4]
    )
    goal = f"修缮{number}号路的桥{number}座，铺设管道{number}公里。" * 3
    own = replace(project, fund_use=f"用于{goal}", goals=(goal,), indicators=rows)
    return Draft(replace(EXAMPLE, overall_goal=goal, projects=(own,)))


def test_what_is_remembered_of_files_does_not_grow_with_them(tmp_path: Path) -> None:
    most = []
    for start in range(1_000, 1_000 + 4 * _ROUND, _ROUND):
        files = [tmp_path / f"{number}.json" for number in range(start, start + _ROUND)]
        for number, path in enumerate(files, start):
            write_file(unlike(number), path)
        alive = []
        for done, checked in enumerate(check_files(files, 1)):
            assert not checked.fault
            if done % _LOOK == 0:
                gc.collect()
                alive.append(sum(isinstance(each, Finding | Quantity) for each in gc.get_objects()))
        most.append(max(alive))
    # The first round has what other tests left behind.
    assert 0 < most[3] <= most[1]


def test_an_answer_is_kept_until_it_is_forgotten() -> None:
    asked: list[str] = []

    @remembered(10)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("预算"), length("预算")] == [2, 2]
    forget()
    assert length("预算") == 2
    assert asked == ["预算", "预算"]
