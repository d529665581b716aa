"""How much of what reviewers found in real texts the checker finds, and how much it says besides."""

from collections import Counter

import pytest

from models.checks.engine import Checker
from models.checks.registry import LONGEST_EXCERPT, Problem, Severity
from models.document import fieldpath
from tests.models.checks.labels import Label, is_found, labels, overlaps, places, seed
from tests.models.checks.rows import told_by
from tests.shared import SEEDS, SHARED

pytestmark = pytest.mark.skipif(
    not SEEDS or not (SHARED / "checker").is_dir(), reason="the labelled texts are not beside this checkout"
)
LABELLED = ("001", "003")


def checked(number: str) -> tuple[Problem, ...]:
    return Checker().check(seed(number)[1])


def outside(number: str, defects: list[Label], same_rule: bool) -> list[Problem]:
    """The problems, info aside, that no label of this seed covers at its own or an «also» line."""
    return [
        problem
        for problem in checked(number)
        if problem.severity is not Severity.INFO
        and not any(
            problem.path in places(number).get(line, ())
            for label in defects
            if label.seed == number and (not same_rule or not set(told_by(problem)).isdisjoint(label.rules))
            for line in (label.line, *label.also)
        )
    ]


def test_the_labelled_defects_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    defects = labels("labels_train.tsv")
    found = {number: checked(number) for number in LABELLED}
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter(label.severity for label in defects)
    missed = []
    for label in defects:
        if is_found(label, found[label.seed]):
            hits[label.severity] += 1
        else:
            missed.append(label)
    stray = [problem for number in LABELLED for problem in outside(number, defects, same_rule=True)]
    off_place = [problem for number in LABELLED for problem in outside(number, defects, same_rule=False)]
    with capsys.disabled():
        print("\nseverity  found  labelled")
        for severity in ("error", "warn", "info"):
            print(f"{severity:<9} {hits[severity]:5} {totals[severity]:9}   {hits[severity] / totals[severity]:.0%}")
        print(f"outside any label of the same rule: {len(stray)} ({len(stray) / len(defects):.2f} per label)")
        print(f"outside any label:                  {len(off_place)} ({len(off_place) / len(defects):.2f} per label)")
        for label in missed:
            print(f"missed    {label.seed} {label.line:4} {label.severity:<5} {label.rules[0]:<24} {label.words}")
        for problem in stray:
            print(f"besides   {problem.severity:<5} {problem.rule:<24} {problem.where} 「{problem.excerpt}」")
    assert hits["error"] >= 0.95 * totals["error"]
    assert hits["warn"] >= 0.80 * totals["warn"]
    assert len(off_place) <= 0.35 * len(defects)


def test_what_only_looks_odd_is_not_flagged() -> None:
    wrongly = []
    for label in labels("clean_train.tsv"):
        for problem in checked(label.seed):
            named = label.rules == ("*",) or not set(told_by(problem)).isdisjoint(label.rules)
            here = problem.path in places(label.seed).get(label.line, ())
            if named and here and (not label.words.strip() or overlaps(problem.excerpt, label.words)):
                wrongly.append((label.seed, label.line, problem.rule, problem.excerpt))
    assert wrongly == []


def test_every_excerpt_stands_in_its_field() -> None:
    for number in ("000", "001", "002", "003", "004"):
        document = seed(number)[1]
        for problem in checked(number):
            value = fieldpath.get(document, problem.path)
            assert len(problem.excerpt) <= LONGEST_EXCERPT
            assert problem.excerpt in value if isinstance(value, str) else not problem.excerpt


def test_every_label_leads_to_a_field() -> None:
    lost = [label for label in labels("labels_train.tsv") if not places(label.seed).get(label.line)]
    assert lost == []
