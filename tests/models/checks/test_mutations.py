"""What is found of mistakes made at random places in clean texts, and that no untouched field is blamed."""

from collections import Counter, defaultdict
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.checks.engine import Checker
from models.checks.registry import Problem, Severity
from models.document.tree import GoalDocument
from tests.models.checks import mutations_of_words
from tests.models.checks.mutations import Kind, Planted, mutated
from tests.models.checks.rows import told_by
from tests.shared import CHECKOUT

TEXTS = (CHECKOUT / "tests" / "data" / "checks" / "department.txt", CHECKOUT / "resources" / "sample" / "sample.txt")
KINDS = mutations_of_words.KINDS
TRIES = 6

COMPARING = frozenset(
    {
        "amount-mismatch",
        "budget-sum",
        "quantity-price",
        "amount-scale",
        "part-sum",
        "use-uncovered",
        "goal-uncovered",
        "cost-over-budget",
        "conflict-number",
        "sum-mismatch",
        "code-duplicate",
        "duplicate-heading",
        "duplicate-indicator",
        "duplicate-table",
        "duplicate-text",
        "goal-equals-purpose",
        "goal-equals-heading",
        "tier-missing",
        "name-mismatch",
        "purpose-name-mismatch",
        "irrelevant-indicator",
        "name-desc-mismatch",
        "plan-decreasing",
        "plan-not-percent",
        "plan-not-100",
        "uniform-values",
        "desc-repeats-name",
        "goal-not-quantified",
        "numbering-style",
        "purpose-repeats-name",
    }
)
"""Rules that hold one field against another: which of the two is wrong they cannot always know."""


@cache
def clean(path: Path) -> GoalDocument:
    return read_file(path).draft.document


@cache
def known(path: Path) -> frozenset[tuple[str, str, str]]:
    return frozenset((p.rule, p.path, p.excerpt) for p in CHECKER.check(clean(path)))


CHECKER = Checker()


def new_problems(path: Path, planted: Planted) -> list[Problem]:
    return [p for p in CHECKER.check(planted.document) if (p.rule, p.path, p.excerpt) not in known(path)]


def is_inside(one: str, other: str) -> bool:
    """Whether one path is the other, or lies below or above it."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1] in {"", ".", "["}


def test_there_are_enough_kinds_of_mistakes() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 40


def test_mistakes_are_found_and_nothing_else_is_blamed(capsys: pytest.CaptureFixture[str]) -> None:
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    besides: defaultdict[str, Counter[str]] = defaultdict(Counter)
    blamed = []
    missed = []
    for kind, path, number in product(KINDS, TEXTS, range(TRIES)):
        planted = mutated(clean(path), kind, number)
        if planted is None:
            continue
        problems = new_problems(path, planted)
        made[kind.name] += 1
        if any(not set(told_by(problem)).isdisjoint(kind.rules) for problem in problems):
            found[kind.name] += 1
        else:
            missed.append((kind.name, planted.path))
        for problem in problems:
            if not set(told_by(problem)).isdisjoint(kind.rules) or problem.severity is Severity.INFO:
                continue
            besides[kind.name][problem.rule] += 1
            if problem.rule not in COMPARING and not is_inside(problem.path, planted.path):
                blamed.append((kind.name, planted.path, problem.rule, problem.path, problem.excerpt))
    with capsys.disabled():
        _print(made, found, besides)
    assert len(made) >= 40
    assert blamed == []
    assert sum(found.values()) >= 0.9 * sum(made.values()), missed


def _print(made: Counter[str], found: Counter[str], besides: dict[str, Counter[str]]) -> None:
    print(f"\n{'mistake':<44} {'made':>4} {'found':>5} recall precision  besides")
    for kind in KINDS:
        hits, other = found[kind.name], sum(besides[kind.name].values())
        recall = hits / made[kind.name] if made[kind.name] else 0
        precision = hits / (hits + other) if hits + other else 0
        names = ", ".join(f"{rule} {count}" for rule, count in besides[kind.name].items())
        print(f"{kind.name:<44} {made[kind.name]:4} {hits:5} {recall:6.0%} {precision:9.0%}  {names}")
    by_rule: dict[str, list[int]] = {}
    for kind in KINDS:
        counts = by_rule.setdefault(kind.rules[0], [0, 0, 0])
        counts[0] += made[kind.name]
        counts[1] += found[kind.name]
    for others in besides.values():
        for rule, count in others.items():
            by_rule.setdefault(rule, [0, 0, 0])[2] += count
    print(f"{'rule':<28} {'made':>4} {'found':>5} recall precision")
    for rule, (tried, hits, other) in sorted(by_rule.items()):
        print(f"{rule:<28} {tried:4} {hits:5} {hits / max(tried, 1):6.0%} {hits / max(hits + other, 1):9.0%}")
    print(f"all: {sum(found.values())} of {sum(made.values())} found, {sum(found.values()) / sum(made.values()):.1%}")


def test_a_kind_names_rules_that_exist() -> None:
    from models.checks.catalogue import RULES

    ids = {rule.id for rule in RULES}
    assert {rule for kind in KINDS for rule in kind.rules} <= ids
    assert all(isinstance(kind, Kind) for kind in KINDS)
