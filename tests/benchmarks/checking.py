"""Checking a large text: whole, after one edit, with rows that all differ; a stuck key's text; many files."""

import time
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from exporters.export_files import write_file
from importers.checking import check_files
from models.checks.engine import Checker
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator, Project
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import Timing, in_turn, show

PATH = "projects[p100].indicators[i100x7].value"


@cache
def varied_document() -> GoalDocument:
    """The large text with no two rows alike, which is harder than any real one."""
    numbers = count(1)

    def varied(project: Project) -> Project:
        rows = tuple(
            replace(
                row, name=f"第{next(numbers)}号道路养护完成率", description=f"第{next(numbers)}号道路已养护里程占比"
            )
            for row in project.indicators
        )
        return replace(project, indicators=rows)

    document = large_draft().document
    return replace(document, projects=tuple(map(varied, document.projects)))


def checking() -> None:
    """200 × 20: from nothing, after one edit, and with rows that all differ; against walking over every field."""
    document = large_draft().document

    def walk() -> int:
        return sum(
            len(row.name) + len(row.description) + len(row.value) + len(row.basis)
            for project in document.projects
            for row in project.indicators
        )

    whole, varied, floor = in_turn(lambda: Checker().check(document), lambda: Checker().check(varied_document()), walk)
    show("check, 200 projects × 20", whole, "walk over every cell", floor, "≤ 150 ms")
    show("check, 200 × 20, no two rows alike", varied, "walk over every cell", floor)
    checker, values = Checker(), count(1)
    checker.check(document)
    edited, floor = in_turn(
        lambda: checker.check(fieldpath.replace(document, PATH, f"≥{next(values) % 90}%")), walk, runs=25
    )
    show("check after one edit, 200 × 20", edited, "walk over every cell", floor, "≤ 5 ms")


STUCK = ("一", "\n", " ", "1", "(", "《", "2025—", "专项资金", "其中", "培训培训，", "1元合计2元，")
"""What a key that got stuck leaves behind: each once cost the square of its length, or more."""


def stuck_keys() -> None:
    """Texts of one repeated piece in every field of a project: twice the length may cost twice the time."""

    def check(length: int) -> None:
        for piece in STUCK:
            text = (piece * length)[:length]
            row = Indicator("i", "产出指标", "数量指标", text, text, text, text)
            project = Project("p", name=text, code=text, budget=text, fund_use=text, goals=(text,), indicators=(row,))
            Checker().check(GoalDocument(year=2026, overall_goal=text, projects=(project,)))

    whole, half = in_turn(lambda: check(10_000), lambda: check(5_000))
    show(f"check a stuck key, 10,000 characters, {len(STUCK)} kinds", whole, "5,000 characters", half, "≤ 2.5")


_FILES = 500


def many_files() -> None:
    """500 files in one process and in two; of the one also the time it had checked half of them."""
    with TemporaryDirectory() as folder:
        small = large_draft(3, 10)
        files = [Path(folder) / f"{number:04}.txt" for number in range(_FILES)]
        for number, file in enumerate(files):
            write_file(Draft(replace(small.document, overall_goal=f"2026年，完成第{number}项任务。")), file)
        halves: list[float] = []

        def alone() -> None:
            start = time.perf_counter()
            for place, _checked in enumerate(check_files(files, 1), 1):
                if place == _FILES // 2:
                    halves.append(time.perf_counter() - start)

        one, two = in_turn(alone, lambda: list(check_files(files, 2)))
    half = Timing(tuple(halves[1:]))  # the first run is not counted
    show(f"check {_FILES} files, one process", one, f"{_FILES // 2} files", half, "2, linear")
    show(f"check {_FILES} files, two processes", two, "one process", one, "≤ 0.59 on two cores: 0.85 of linear")
