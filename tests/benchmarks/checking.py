"""Checking a large text: whole, after one edit, with rows that all differ, and many files."""

from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from exporters.files import write_file
from importers.checking import check_files
from models import fieldpath
from models.checks.engine import Checker
from models.document import Draft, GoalDocument, Project
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import in_turn, show

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

    whole, varied, floor = in_turn(
        lambda: Checker().check(document), lambda: Checker().check(varied_document()), walk, runs=5
    )
    show("check, 200 projects × 20", whole, "walk over every cell", floor, "≤ 150 ms")
    show("check, 200 × 20, no two rows alike", varied, "walk over every cell", floor)
    checker, values = Checker(), count(1)
    checker.check(document)
    edited, floor = in_turn(
        lambda: checker.check(fieldpath.replace(document, PATH, f"≥{next(values) % 90}%")), walk, runs=25
    )
    show("check after one edit, 200 × 20", edited, "walk over every cell", floor, "≤ 5 ms")


def many_files() -> None:
    """200 files in one process and in two, and half of them."""
    with TemporaryDirectory() as folder:
        small = large_draft(3, 10)
        files = [Path(folder) / f"{number:03}.txt" for number in range(200)]
        for number, file in enumerate(files):
            write_file(Draft(replace(small.document, overall_goal=f"2026年，完成第{number}项任务。")), file)
        one, half, two = in_turn(
            lambda: list(check_files(files, 1)),
            lambda: list(check_files(files[:100], 1)),
            lambda: list(check_files(files, 2)),
            runs=5,
        )
    show("check 200 files, one process", one, "100 files", half, "2, linear")
    show("check 200 files, two processes", two, "one process", one, "0.5 on two cores")
