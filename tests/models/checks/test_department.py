"""A whole text of a fictional unit and forty mistakes in it, both written without sight of the rules."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.checks.engine import Checker
from models.checks.registry import Problem, Severity
from models.document import fieldpath
from models.document.tree import GoalDocument
from tests.models.checks.rows import told_by
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "tests" / "data" / "checks"
CLEAN = (FOLDER / "department.txt").read_text(encoding="utf-8")
SAMPLE = CHECKOUT / "resources" / "sample" / "sample.txt"


def planted() -> list[dict[str, str]]:
    with (FOLDER / "planted.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def checker() -> Checker:
    return Checker()


def read(folder: Path, text: str) -> GoalDocument:
    (folder / "文本.txt").write_text(text, encoding="utf-8")
    return read_file(folder / "文本.txt").draft.document


def grave(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is not Severity.INFO]


@pytest.mark.parametrize("path", [FOLDER / "department.txt", SAMPLE], ids=["department", "sample"])
def test_a_clean_text_has_neither_error_nor_warning(path: Path) -> None:
    found = grave(checker().check(read_file(path).draft.document))
    assert [(p.rule, p.where, p.excerpt) for p in found] == []


def test_the_planted_mistakes_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed, besides = [], Counter[str]()
    clean = {(p.rule, p.path, p.excerpt) for p in checker().check(read(tmp_path, CLEAN))}
    for line in planted():
        assert CLEAN.count(line["find"]) == 1
        document = read(tmp_path, CLEAN.replace(line["find"], line["replace"]))
        new = [p for p in checker().check(document) if (p.rule, p.path, p.excerpt) not in clean]
        there = [p for p in new if line["rule"] in told_by(p) and _speaks_of(document, p, line["words"])]
        if not there:
            missed.append((line["rule"], line["words"]))
        besides.update(p.rule for p in grave(tuple(new)) if p.rule != line["rule"])
    with capsys.disabled():
        print(
            f"\nplanted: {len(planted()) - len(missed)} of {len(planted())} found; missed {missed}; besides {dict(besides)}"
        )
    assert len(missed) <= 1


def _speaks_of(document: GoalDocument, problem: Problem, words: str) -> bool:
    """Whether the problem stands in the field that holds the words."""
    value = fieldpath.get(document, problem.path)
    shown = value if isinstance(value, str) else str(value)
    # A sum that is wrong is told at its total, with all three numbers.
    return words in shown or words in problem.message or (bool(problem.excerpt) and problem.excerpt in words)
