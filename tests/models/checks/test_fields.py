"""Whole texts of fields no other test speaks of: nothing to say of the right ones, mistakes planted in them are found."""

import re
from dataclasses import replace

import pytest

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.registry import Problem, Severity
from models.document.tree import GoalDocument, Unit
from tests.models.checks.field_texts import blocks, document, leaves, lines


def _key(problem: Problem) -> tuple[str, str, str, str]:
    return problem.rule, problem.path, problem.excerpt, problem.message


TEXTS = blocks() | blocks("one_project.txt")


@pytest.mark.parametrize("code", TEXTS)
def test_a_right_text_has_neither_errors_nor_warnings(code: str) -> None:
    found = Checker().check(document(TEXTS[code]))
    assert [_key(problem) for problem in found if problem.severity is not Severity.INFO] == []


def _planted(line: str) -> tuple[str, set[str], str]:
    """The unit, the rules that may name the mistake, the text with it."""
    code, rules, rest = line.split("|", 2)
    old, new = rest.split("=>") if "=>" in rest else rest.split("|", 1)
    block, at = blocks()[code], -1
    for _ in range(int(old[0]) if re.match(r"\d#", old) else 1):
        at = block.index(re.sub(r"\A\d#", "", old), at + 1)
    old = re.sub(r"\A\d#", "", old)
    return code, set(rules.split(",")), block[:at] + new + block[at + len(old) :]


def _row(path: str) -> str:
    found = re.match(r".*indicators\[\w+\]", path)
    return found[0] if found else path


def _changed(one: GoalDocument, other: GoalDocument) -> set[str]:
    before, after = dict(leaves(one)), dict(leaves(other))
    return {_row(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_planted_mistakes_are_found_where_they_are() -> None:
    checker, missed = Checker(), []
    planted = lines("planted.txt")
    for line in planted:
        code, rules, block = _planted(line)
        right, wrong = document(blocks()[code]), document(block)
        known = {_key(problem) for problem in checker.check(right)}
        places = _changed(right, wrong)
        if not any(
            rules & {problem.rule, *problem.also}
            and places & {_row(path) for path in (problem.path, *(place.path for place in problem.places))}
            for problem in checker.check(wrong)
            if _key(problem) not in known
        ):
            missed.append(line)
    print(f"planted: {len(planted) - len(missed)} of {len(planted)} found; missed {missed}")
    assert len(planted) >= 60
    assert len(missed) <= 0.1 * len(planted)


PLACES = (
    ("滦南县", "遵化市水利站", True),
    ("滦南县", "滦南县水利站", False),
    ("唐山市", "遵化市水利站", False),
    ("沧州市新华区", "新华区水利站", False),
    ("青禾县", "遵化市水利站", True),
    ("省属", "遵化市水利站", False),
    ("滦南县", "赴遵化市考察水利站", False),
    ("青禾县", "遵化市25公里国省干线公路和水利站", True),
    ("青禾县", "滦河遵化市段水利站", False),
    ("滦南县", "对口帮扶围场满族蒙古族自治县", False),
    ("滦南县", "《遵化市水利站管理办法》", False),
)


@pytest.mark.parametrize(("place", "words", "is_foreign"), PLACES)
def test_a_place_of_elsewhere_is_asked_about_where_the_unit_excludes_it(
    place: str, words: str, is_foreign: bool
) -> None:
    unit = Unit("901001", f"{place}农业技术推广中心")
    projects = (
        replace(EXAMPLE.projects[0], unit=unit, fund_use=f"用于{words}设备维护，项目预算数为60万元。"),
        replace(EXAMPLE.projects[1], unit=unit),
    )
    found = Checker().check(replace(EXAMPLE, unit=unit, projects=projects))
    assert ("foreign-place" in {problem.rule for problem in found}) is is_foreign
