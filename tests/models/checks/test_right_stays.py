"""Every 改正 and every 全部改正, over right rows and texts with mistakes among them: nothing that was right changes."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.import_files import read_file
from models.checks.correcting import corrected
from models.checks.engine import Checker
from models.checks.protected import keeps_protected
from models.checks.registry import Problem
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator, Project
from tests.models.checks.labels import CHECKER as LABELS
from tests.models.checks.labels import labels, places, seed
from tests.models.checks.mutations import mutated
from tests.models.checks.mutations_of_words import KINDS
from tests.models.checks.rows import TIER1, told_by
from tests.shared import CHECKOUT, SEEDS

FOLDER = CHECKOUT / "tests" / "data" / "checks"
RIGHT_TEXTS = [*sorted((FOLDER / "right_texts").glob("*.txt")), FOLDER / "department.txt"]
JUDGED = {"wrong-direction", "wrong-tier", "wrong-year", "typo", "amount-mismatch", "cost-over-budget"}

CHECK = Checker()


def lines(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def row_of(line: dict[str, str], identity: str) -> Indicator:
    tier2 = line.get("tier2") or f"{line['tier']}指标"
    tier1 = line.get("tier1") or TIER1[line["tier"]]
    told = line.get("description") or f"{line['name']}的统计口径"
    return Indicator(identity, tier1, tier2, line["name"], told, line["value"], line.get("basis") or "年度工作计划")


def after_each_correction(document: GoalDocument) -> Iterator[tuple[Problem | str, GoalDocument]]:
    """The document after every single 改正, and after 全部改正 of every kind."""
    problems = CHECK.check(document)
    for problem in problems:
        if problem.fix:
            yield problem, problem.fix.apply(document)
    for rule in {problem.rule for problem in problems if problem.fix}:
        yield rule, corrected(CHECK, Draft(document), rule)[0].document


def mixed(right: list[Indicator], wrong: list[Indicator]) -> GoalDocument:
    rows = tuple(row for pair in zip(right, wrong, strict=False) for row in pair)
    project = Project("p", name="日常运行经费", budget="60.00", fiscal_funds="60.00", indicators=rows)
    return GoalDocument(year=2026, projects=(project,))


RIGHT_ROWS = [*lines("right_rows.tsv"), *lines("right_signs.tsv")]
WRONG_ROWS = lines("wrong_rows.tsv")


def test_right_rows_among_wrong_ones_stay_as_they_are() -> None:
    changed, made = [], 0
    wrong_lines = cycle(WRONG_ROWS)
    for start in range(0, len(RIGHT_ROWS), 12):
        right = [row_of(line, f"right{n}") for n, line in enumerate(RIGHT_ROWS[start : start + 12])]
        wrong = [row_of(next(wrong_lines), f"wrong{n}") for n in range(len(right))]
        kept = {row.id: row for row in right}
        for cause, after in after_each_correction(mixed(right, wrong)):
            made += 1
            left = {row.id: row for row in after.projects[0].indicators if row.id in kept}
            if left != kept:
                changed.append((cause, [row for row in kept.values() if left.get(row.id) != row]))
    assert made > 50
    assert changed == []


def altered(before: GoalDocument, right: GoalDocument, after: GoalDocument, problem: Problem) -> list[str]:
    """The fields a correction changed though they were right: they were as in the text without the mistake."""
    if problem.fix is None:
        return []
    found = []
    for edit in problem.fix.edits:
        try:
            typed, meant = fieldpath.get(before, edit.path), fieldpath.get(right, edit.path)
        except fieldpath.PathError:
            continue
        if typed == meant and fieldpath.get(after, edit.path) != meant:
            found.append(edit.path)
    return found


@cache
def clean(path: Path) -> GoalDocument:
    return read_file(path).draft.document


@pytest.mark.parametrize("path", RIGHT_TEXTS, ids=lambda path: path.stem)
def test_a_mistake_in_a_right_text_is_corrected_there_and_nowhere_else(path: Path) -> None:
    wrongly, made = [], 0
    for kind in KINDS:
        planted = mutated(clean(path), kind, 0)
        if planted is None:
            continue
        for problem in CHECK.check(planted.document):
            if problem.fix and all(edit.operation == "replace" for edit in problem.fix.edits):
                made += 1
                after = problem.fix.apply(planted.document)
                fields = altered(planted.document, clean(path), after, problem)
                wrongly += [(kind.name, problem.rule, field) for field in fields]
    assert made
    assert wrongly == []


def test_what_is_judged_is_in_no_correction_of_all() -> None:
    for start in range(0, len(WRONG_ROWS), 12):
        wrong = [row_of(line, f"wrong{n}") for n, line in enumerate(WRONG_ROWS[start : start + 12])]
        document = mixed(wrong, [])
        document = replace(document, projects=(replace(document.projects[0], indicators=tuple(wrong)),))
        told = {rule for problem in CHECK.check(document) for rule in told_by(problem)}
        for rule in told & JUDGED:
            after, count = corrected(CHECK, Draft(document), rule)
            assert (after.document, count) == (document, 0)


PIECES = st.sampled_from(
    [
        "按照冀民〔2025〕12号",
        "落实《关于秸杆利用的通知》",
        "购置设备12台",
        "遇算管理",
        "培训培训学员",
        "(含乡镇)",
        ",并",
        "提出“拔付意见”",
        "以培训为目的的活动",
        " ",
        "。。",
    ]
)


@given(pieces=st.lists(PIECES, min_size=2, max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_correction_touches_a_document_number_or_a_quotation(pieces: list[str]) -> None:
    text = "，".join(pieces) + "。"
    document = GoalDocument(year=2026, overall_goal=text, projects=(Project("p", name="日常运行经费", fund_use=text),))
    for cause, after in after_each_correction(document):
        assert keeps_protected(text, after.overall_goal), cause
        assert keeps_protected(text, after.projects[0].fund_use), cause


@pytest.mark.skipif(not SEEDS or not LABELS.is_dir(), reason="the labelled texts are not beside this checkout")
def test_real_lines_that_only_look_odd_are_touched_by_no_correction() -> None:
    touched = []
    for label in labels("clean_train.tsv"):
        odd = places(label.seed).get(label.line, frozenset())
        for problem in CHECK.check(seed(label.seed)[1]):
            named = label.rules == ("*",) or not set(told_by(problem)).isdisjoint(label.rules)
            if named and problem.fix and odd & {edit.path for edit in problem.fix.edits}:
                touched.append((label.seed, label.line, problem.rule))
    assert touched == []


@pytest.mark.skipif(not SEEDS, reason="the real texts are not beside this checkout")
def test_real_texts_have_corrections_only_where_the_text_is_certain() -> None:
    for number in ("000", "001", "002", "003", "004"):
        for problem in CHECK.check(seed(number)[1]):
            assert not (problem.fix and problem.rule in JUDGED), problem
