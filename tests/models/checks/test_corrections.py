"""Every 改正 makes its own problem go away, adds none, and is undone by one undo: over all rules and many texts."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from importers.import_files import read_file
from models.checks.engine import Checker
from models.checks.offered_corrections import sound
from models.checks.registry import Finding, Fix, Found, Problem, Severity, replacing
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument
from models.session.session import Session
from tests.models.checks.mutations import Kind, mutated
from tests.models.checks.mutations_of_words import KINDS
from tests.models.checks.rows import told_by
from tests.shared import CHECKOUT, TEXTS
from tests.strategies import documents

CHECKER = Checker()


def key(problem: Problem) -> tuple[str, str, str]:
    """How a problem is known again after an edit elsewhere."""
    return problem.rule, problem.path, problem.excerpt


def part_of(path: str) -> str:
    """The row a path leads into, else the field itself: a problem speaks of its row in one of the row's cells."""
    return path.rpartition("].")[0] if ".indicators[" in path else path


def faults(document: GoalDocument) -> list[str]:
    """What is wrong with the corrections offered for this text."""
    before = CHECKER.check(document)
    counts = Counter(map(key, before))
    wrong: list[str] = []
    for problem in before:
        if problem.fix is None:
            continue
        session = Session(Draft(document))
        after = problem.fix.apply(document)
        if not session.change(f"改正 {problem.where}", after):
            wrong.append(f"{problem.rule} changes nothing: {problem.path} {problem.excerpt!r}")
            continue
        remaining = Counter(map(key, CHECKER.check(after)))
        if remaining[key(problem)] >= counts[key(problem)]:
            wrong.append(f"{problem.rule} stays: {problem.path} {problem.excerpt!r} → {problem.fix.text!r}")
        old = {(rule, part_of(p.path)) for p in before for rule in told_by(p)}
        added = [
            entry
            for entry in remaining
            if (entry[0], part_of(entry[1])) not in old and is_a_fault_of_the_correction(document, entry)
        ]
        if added:
            wrong.append(f"{problem.rule} adds {added}: {problem.excerpt!r} → {problem.fix.text!r}")
        assert session.undo()
        assert session.document is document
        assert not session.undo()
    return wrong


REPETITIONS = {
    "duplicate-heading",
    "duplicate-indicator",
    "duplicate-text",
    "duplicate-table",
    "conflict-number",
    "goal-equals-purpose",
    "goal-equals-heading",
}
"""Generated texts are made of few words: a text put right can turn out to be another one's twin, which is then true."""


def is_a_fault_of_the_correction(document: GoalDocument, entry: tuple[str, str, str]) -> bool:
    """Whether the correction, and not what it laid open, brought this: the same part was there before, without it."""
    rule, path, _excerpt = entry
    try:
        fieldpath.get(document, path)
    except fieldpath.PathError:
        return False  # a place in a plain list that moved up
    return rule not in REPETITIONS


@given(documents())
@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
def test_corrections_of_generated_texts(document: GoalDocument) -> None:
    assert faults(document) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem[:3])
def test_corrections_of_the_fictional_texts(path: Path) -> None:
    assert faults(read_file(path).draft.document) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_corrections_of_planted_mistakes(kind: Kind, sample: GoalDocument) -> None:
    for number in range(2):
        planted = mutated(sample, kind, number)
        if planted:
            assert faults(planted.document) == []


@pytest.fixture(scope="module")
def sample() -> GoalDocument:
    return read_file(CHECKOUT / "resources" / "sample" / "sample.txt").draft.document


def test_corrections_that_leave_the_same_text_are_tried_once() -> None:
    """As of a key that got stuck: each of many repetitions may be the one to go."""
    text = "培训" * 50
    tried: list[Fix] = []
    repeated = Found("doubled-word", Severity.ERROR, Finding("", "培训培训", "", replacing("删去", "", text[2:])))

    def after(_rule: str, fix: Fix) -> tuple[Found, ...]:
        tried.append(fix)
        return (repeated,) * 9

    checked = sound((repeated,) * 10, len(text), text, after)
    assert all(item.finding.fix for item in checked)
    assert len(tried) == 1
