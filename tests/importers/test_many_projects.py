"""Files of very many projects of one row: the work grows as the file does, and the memory stays bounded."""

import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importers.import_files import Imported, read_file
from tests.importers import bounded
from tests.importers.word_files import cell, docx, line, row, table
from tests.importers.workbooks import book

HEADS = ("项目名称", "项目编码", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标值")
FEW, MANY = 150, 30_000
MEGABYTES = 500


def rows(projects: int) -> Iterator[tuple[str, ...]]:
    yield HEADS
    for number in range(1, projects + 1):
        code = f"130924260{number:012d}"
        name, value = f"乡村道路养护{number}段", f"≥{number}公里"
        yield name, code, f"{number}.5", f"养护道路{number}公里。", "产出指标", "数量指标", f"养护里程{number}", value


def csv(projects: int) -> bytes:
    return "\n".join(map(",".join, rows(projects))).encode()


def xlsx(projects: int) -> bytes:
    return book({"清单": list(rows(projects))})


def word(projects: int) -> bytes:
    """The form's own tables, a pair for each project."""
    header = row(*map(cell, ("一级指标", "二级指标", "三级指标", "指标值")))
    body = []
    for number, (name, code, budget, goal, *indicator) in enumerate(itertools.islice(rows(projects), 1, None), 1):
        form = (
            row(cell("项目编码"), cell(code), cell("项目名称"), cell(name)),
            row(cell("预算规模及资金用途"), cell("预算数"), cell(budget), cell("")),
            row(cell("绩效目标"), cell(goal, 3)),
        )
        body += [line(f"{number}.{name}绩效目标表"), table(*form), line(), table(header, row(*map(cell, indicator)))]
    return docx(*body)


KINDS = {".csv": csv, ".xlsx": xlsx, ".docx": word}


def steps(work: Callable[[], Imported]) -> int:
    """How many lines and calls of Python a piece of work takes."""
    count = 0

    def trace(_frame: object, _event: str, _what: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # a trace function gives itself back
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def made(folder: Path, suffix: str, projects: int) -> Path:
    path = folder / f"清单{projects}{suffix}"
    path.write_bytes(KINDS[suffix](projects))
    return path


@pytest.mark.parametrize("suffix", KINDS)
def test_twice_as_many_projects_of_one_row_take_twice_the_work(suffix: str, tmp_path: Path) -> None:
    few, twice, four = (made(tmp_path, suffix, FEW * times) for times in (1, 2, 4))
    read_file(few)  # what is made once for all files is made here
    first, second, fourth = (steps(lambda path=path: read_file(path)) for path in (few, twice, four))
    assert len(read_file(four).draft.document.projects) == FEW * 4
    assert fourth - second < 2.1 * (second - first)


@pytest.mark.soak
@pytest.mark.parametrize("suffix", KINDS)
def test_thirty_thousand_projects_of_one_row_are_read_in_bounded_memory(suffix: str, tmp_path: Path) -> None:
    third, whole = (bounded.read_bounded(made(tmp_path, suffix, count)) for count in (MANY // 3, MANY))
    assert f"{MANY} 行指标" in whole.said
    assert whole.megabytes < MEGABYTES
    assert whole.seconds < 5 * third.seconds  # in the time of the processor: 3 where it is linear, 9 where it is not
