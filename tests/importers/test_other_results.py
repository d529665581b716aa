"""Filled 自评表 and 监控表 as other places lay them out: every fact of tests/data/other_results/*.txt is in its field."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.import_files import Imported, read_file
from importers.report_labels import load_labels, plain_label
from models.document.tree import IndicatorResult, Project, ProjectResult, plain
from models.document.values import money
from models.reports.report_form import grade_of, shown
from models.reports.scoring import load_scoring
from tests.importers import other_places

FOLDER = Path(__file__).parents[1] / "data" / "other_results"
NAMES = sorted(file.stem for file in FOLDER.glob("*.txt"))
CASES = [(name, kind) for name in NAMES for kind in other_places.KINDS]
ROWS = {
    "result": ("name", "value", "actual", "weight", "score", "reason"),
    "monitored": ("name", "value", "actual", "expected", "causes", "likelihood"),
    "noted": ("name", "value", "actual", "weight", "score", "remark"),
    "watched": ("name", "value", "actual", "expected", "causes", "reason", "remark"),
    "foreseen": ("name", "value", "actual", "expected", "reason", "likelihood"),
}
FUNDS = {"total": ("year_start", "full_year", "executed"), "fund": ("name", "year_start", "full_year", "executed")}
FUNDS["monitored_total"] = ("year_start", "executed", "expected")
FUNDS["monitored_budget"] = ("full_year", "executed", "expected")

Facts = list[tuple[str, str]]
TICKED = "√"
"""A tick is told by the words of its column."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Imported, Facts]]:
    folder = tmp_path_factory.mktemp("results")
    found = {}
    for name, kind in CASES:
        sheets, facts = other_places.read_layout(FOLDER / f"{name}.txt")
        file = other_places.write(other_places.Form(sheets), kind, folder / f"{name}.{kind}")
        found[name, kind] = read_file(file), facts
    return found


def squeeze(text: str) -> str:
    return "".join(text.split())


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from texts(each)


def parts(words: str) -> list[str]:
    return [part.strip() for part in words.split("|")]


def fund_facts(project: Project, result: ProjectResult, key: str, words: str) -> None:
    expected = dict(zip(FUNDS[key], parts(words), strict=True))
    named = expected.pop("name", "")
    fund = next((fund for fund in result.funds[1:] if fund.name == named), None) if named else result.funds[0]
    assert fund is not None, named
    for field, amount in expected.items():
        found = getattr(fund, field)
        assert money(found, project.amount_unit) == money(amount, project.amount_unit), (field, found)


def row_facts(project: Project, result: ProjectResult, key: str, rows: list[str]) -> None:
    ones = {one.indicator_id: one for one in result.indicators}
    found = []
    for row in project.indicators:
        one = ones.get(row.id, IndicatorResult(row.id))
        found.append(
            tuple(
                squeeze(getattr(row if hasattr(row, name) and name in ("name", "value") else one, name))
                for name in ROWS[key]
            )
        )
    assert found == [tuple(each.replace(" ", "、") for each in parts(words)) for words in rows]


def own_fact(project: Project, result: ProjectResult, key: str, words: str) -> None:
    if key == "grade":
        return  # not the table's own: test_a_grade_is_that_of_the_total_or_kept
    own: dict[str, Any] = {"goal": "\n".join(project.goals), "amount_unit": project.amount_unit}
    own["total_score"] = result.total
    own |= {name: getattr(project.details, name) for name in ("department", "implementing_unit")}
    own["implementing_unit"] = own["implementing_unit"] or project.unit.name
    assert squeeze(own[key] if key in own else getattr(result, key)).startswith(squeeze(words)), key


def by_project(facts: Facts) -> list[tuple[str, Facts]]:
    wanted: list[tuple[str, Facts]] = []
    for key, words in facts:
        if key == "project":
            wanted.append((words, []))
        elif wanted:
            wanted[-1][1].append((key, words))
    return wanted


def project_facts(project: Project, result: ProjectResult, own: Facts) -> None:
    for key in ROWS:
        if rows := [words for known, words in own if known == key]:
            row_facts(project, result, key, rows)
    for key, words in own:
        if key in FUNDS:
            fund_facts(project, result, key, words)
        elif key not in ROWS:
            own_fact(project, result, key, words)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_every_fact_of_another_places_results_is_in_its_field(
    name: str, kind: str, read: dict[tuple[str, str], tuple[Imported, Facts]]
) -> None:
    imported, facts = read[name, kind]
    assert imported.is_report
    draft = imported.draft
    (report,) = draft.reports
    assert {"自评": "self-evaluation", "监控": "monitoring"}[report.kind] == dict(facts)["kind"]
    assert str(report.year or "") == dict(facts).get("year", "")
    if "as_of" in dict(facts):
        assert report.as_of.rpartition("-")[2].lstrip("0") == dict(facts)["as_of"]
    wanted = by_project(facts)
    assert [project.name for project in draft.document.projects] == [title for title, _own in wanted]
    for project, (_title, own) in zip(draft.document.projects, wanted, strict=True):
        project_facts(project, next(one for one in report.projects if one.project_id == project.id), own)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_grade_is_that_of_the_total_or_kept(
    name: str, kind: str, read: dict[tuple[str, str], tuple[Imported, Facts]]
) -> None:
    imported, facts = read[name, kind]
    (report,) = imported.draft.reports
    computed = [grade for _project, result in shown(imported.draft, report) if (grade := grade_of(report, result))]
    kept = [words for words in imported.draft.document.unplaced if "的等级：" in words]
    wanted = [words for key, words in facts if key == "grade"]
    assert [*computed, *(words.rpartition("：")[2] for words in kept)] == wanted


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_no_words_of_another_places_results_are_gone(
    name: str, kind: str, read: dict[tuple[str, str], tuple[Imported, Facts]]
) -> None:
    """Labels aside every cell stands in a field, or is told as not placed; points behind a tier are in its rows' weights."""
    imported, _facts = read[name, kind]
    (report,) = imported.draft.reports
    grades = [grade_of(report, result) for _project, result in shown(imported.draft, report)]
    kept = squeeze("\n".join((*texts(plain(imported.draft)), *grades)))
    labels = load_labels()
    sheets, _facts = other_places.read_layout(FOLDER / f"{name}.txt")
    for text in other_places.Form(sheets).written():
        words = squeeze(text)
        is_label = any(labels.fields[place].get(plain_label(text)) for place in labels.fields)
        is_label |= any(labels.field(place, text) for place in labels.fields)
        is_label |= labels.is_passed_over(text) or plain_label(text) in labels.groups | labels.total
        is_label |= text in (*load_scoring().causes, *load_scoring().likelihood)
        if not is_label and words not in ("", TICKED, "100"):
            known = (
                words,
                words.removeprefix("其中："),
                words.rstrip("："),
                plain_label(text),
                f"{words}、",
                words.lstrip("0"),
            )
            assert any(each in kept for each in known), text
