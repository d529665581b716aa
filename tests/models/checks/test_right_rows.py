"""Rows and whole texts a competent reviewer accepts, written without sight of the rules: nothing may call them wrong."""

import csv
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.checks.engine import Checker
from models.checks.registry import Problem, Severity
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator, Project, Settings, Unit
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "tests" / "data" / "checks"
ROWS = FOLDER / "right_rows.tsv"
TEXTS = sorted((FOLDER / "right_texts").glob("*.txt"))


def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


PROJECTS = [(name, [*lines]) for name, lines in groupby(rows(), key=lambda line: line["project"])]


@cache
def checker() -> Checker:
    return Checker()


def draft_of(lines: list[dict[str, str]]) -> Draft:
    """A text of 2026 with one project that holds these rows."""
    first = lines[0]
    indicators = tuple(
        Indicator(f"r{number}", *(line[key] for key in ("tier1", "tier2", "name", "description", "value", "basis")))
        for number, line in enumerate(lines)
    )
    unit = Unit("612003", f"云泽县{first['field']}事务中心本级")
    project = Project(
        "p",
        unit=unit,
        code="13992126P00041210003C",
        name=first["project"],
        budget=first["budget"],
        fiscal_funds=first["budget"],
        fund_use=first["fund_use"],
        spending_plan=("20%", "45%", "80%", "100%"),
        goals=(f"{indicators[0].name}达到{indicators[0].value.lstrip('≥≤＝=≈＞＜<>')}。",),
        indicators=indicators,
    )
    scheme = "2021" if any(line["tier1"] == "成本指标" for line in lines) else "2015"
    return Draft(GoalDocument(year=2026, unit=unit, projects=(project,)), settings=Settings(tier_scheme=scheme))


def one_of_each_tier(lines: list[dict[str, str]], kept: dict[str, str]) -> list[dict[str, str]]:
    """The row among one row of each other second tier of its project."""
    chosen: dict[str, dict[str, str]] = {line["tier2"]: line for line in reversed(lines)}
    chosen[kept["tier2"]] = kept
    return [line for line in lines if line in chosen.values()]


def wrongs(draft: Draft) -> list[tuple[str, str, str, str]]:
    """What is called an error of a row, and what 改正 would change in one."""
    found = []
    for problem in checker().check(draft):
        touched = "indicators[" in problem.path
        if touched and problem.severity is Severity.ERROR:
            found.append(_told(draft, problem, "error"))
        after = problem.fix and problem.fix.apply(draft.document)
        if after and after.projects[0].indicators != draft.document.projects[0].indicators:
            found.append(_told(draft, problem, "fix"))
    return found


def _told(draft: Draft, problem: Problem, kind: str) -> tuple[str, str, str, str]:
    value = fieldpath.get(draft.document, problem.path)
    return kind, problem.rule, problem.excerpt, value if isinstance(value, str) else getattr(value, "name", "")


def test_the_rows_are_many_and_of_many_fields() -> None:
    assert len(rows()) >= 260
    assert len({line["field"] for line in rows()}) >= 12
    assert all(line[key].strip() for line in rows() for key in line)


@pytest.mark.parametrize("lines", [lines for _name, lines in PROJECTS], ids=[name[:12] for name, _lines in PROJECTS])
def test_right_rows_are_not_called_wrong(lines: list[dict[str, str]]) -> None:
    together = wrongs(draft_of(lines))
    alone = [wrong for line in lines for wrong in wrongs(draft_of(one_of_each_tier(lines, line)))]
    assert sorted({*together, *alone}) == []


def test_the_right_texts_are_three_with_twenty_projects() -> None:
    documents = [read_file(path).draft.document for path in TEXTS]
    assert sorted(document.year or 0 for document in documents) == [2025, 2026, 2027]
    assert sum(len(document.projects) for document in documents) >= 20
    assert not any(document.unplaced for document in documents)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_right_texts_have_no_error_and_no_correction(path: Path) -> None:
    found = checker().check(read_file(path).draft.document)
    assert [(p.rule, p.where, p.excerpt) for p in found if p.fix or p.severity is Severity.ERROR] == []
