"""What help gives as examples goes through the program's own checks: the good ones unremarked, the bad ones found out."""

from dataclasses import replace
from functools import cache

import pytest

from importers.import_files import read_file
from models.checks.engine import Checker
from models.document import fieldpath
from models.document.numbering import draw
from models.document.template import load_template
from models.document.tree import Draft
from models.help.help_texts import field_help
from resources import ROOT
from tests.models.checks.rows import told_by

ROW = "projects[p2].indicators[i3]"
"""学员结业考核通过率."""
COUNTED = "projects[p2].indicators[i2]"
"""培训农户人次."""


@cache
def sample() -> Draft:
    return read_file(ROOT / "sample" / "sample.txt").draft


def found(path: str, value: object) -> set[str]:
    """The ids of the rules that are broken by that value there, anywhere in the text."""
    draft = sample()
    document = fieldpath.replace(draft.document, path, value)
    return {rule for problem in Checker().check(replace(draft, document=document)) for rule in told_by(problem)}


def as_value(path: str, words: str) -> object:
    """An example as the field holds it: without «（用于…）», as a number, as the cells of a plan, as one goal."""
    words = words.partition("（用于")[0]
    if path.endswith("spending_plan"):
        return tuple(words.split("、"))
    if path.endswith("].goals"):
        return (words,)
    return int(words) if path == "year" else words


def test_the_sample_is_without_a_fault() -> None:
    assert Checker().check(sample()) == ()


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("year", "wrong-year"),
        ("title", "wrong-year"),
        ("overall_goal", "overall-goal-is-duties"),
        ("headings.part_one_name", "wrong-year"),
        ("headings.safeguards", "spacing"),
        ("sub_goals.preface", "duplicate-heading"),
        ("sub_goals[s2].goal", "vague-goal"),
        ("sub_goals[s2].goal", "vague-word"),
        ("sub_goals[s2].indicator", "indicator-not-quantified"),
        ("safeguards.preface", "duplicate-heading"),
        ("safeguards[m3].heading", "spacing"),
        ("safeguards[m3].text", "style-first-person"),
        ("projects[p1].code", "code-format"),
        ("projects[p1].budget", "budget-sum"),
        ("projects[p2].fund_use", "purpose-not-use"),
        ("projects[p1].spending_plan", "plan-not-percent"),
        ("projects[p1].spending_plan", "plan-decreasing"),
        ("projects[p1].goals", "label-left"),
        ("projects[p1].goals", "goal-not-a-goal"),
        (f"{ROW}.tier1", "wrong-tier"),
        (f"{ROW}.name", "unit-in-name"),
        (f"{ROW}.description", "desc-repeats-name"),
        (f"{ROW}.value", "vague-value"),
        (f"{ROW}.basis", "basis-not-a-source"),
    ],
)
def test_a_good_example_passes_and_a_bad_one_is_found_out(path: str, rule: str) -> None:
    field = field_help(path)
    assert field is not None
    if path != f"{ROW}.tier1":  # the good one is of this row
        assert found(path, as_value(path, field.good)) == set()
    assert rule in found(path, as_value(path, field.bad))


@pytest.mark.parametrize(
    "path",
    [
        "unit.code",
        "unit.name",
        "sub_goals[s2].heading",
        "sub_goals[s2].text",
        "safeguards[m3].heading",
        "headings.part_one",
        "headings.part_two",
        "headings.part_two_name",
        "headings.overall_goal",
        "headings.sub_goals",
        "projects[p1].name",
        "projects[p1].fiscal_funds",
        "projects[p1].other_funds",
        "projects[p1].unit.code",
        "projects[p1].unit.name",
    ],
)
def test_a_good_example_passes_where_no_rule_knows_the_fault(path: str) -> None:
    field = field_help(path)
    assert field is not None
    assert found(path, as_value(path, field.good)) == set()


def test_the_example_of_a_second_tier_is_found_out_in_the_row_it_names() -> None:
    assert "wrong-tier" in found("projects[p1].indicators[i3].tier2", "数量指标")
    assert field_help(f"{ROW}.tier2").bad == "数量指标（用于「工程验收合格率」）"
    assert sample().document.projects[0].indicators[2].name == "工程验收合格率"


def test_the_examples_of_a_values_three_columns_hold_together() -> None:
    sign, number, unit = (field_help(f"{COUNTED}.value", part) for part in ("sign", "number", "unit"))
    assert found("projects[p2].indicators[i1].value", f"{as_value('', sign.good)}{number.good}场") == set()
    assert "wrong-direction" in found("projects[p2].indicators[i5].value", f"{as_value('', sign.bad)}36万元")
    assert "approximate-number" in found("projects[p2].indicators[i1].value", f"≥{number.bad}场")
    assert found(f"{COUNTED}.value", f"≥1440{as_value('', unit.good)}") == set()
    assert "unit-mismatch" in found(f"{COUNTED}.value", f"≥1440{as_value('', unit.bad)}")


def test_the_example_of_the_unit_of_money_is_found_out() -> None:
    bad = field_help("projects[p1].amount_unit").bad.partition("（")[0]
    assert "amount-mismatch" in found("projects[p1].amount_unit", bad)


@pytest.mark.parametrize("section", ["sub_goals", "safeguards"])
def test_the_good_numbering_is_written_as_the_form_offers_it(section: str) -> None:
    pattern = load_template().numbering.item_choices[0]
    shown = f"{draw(pattern, 1).strip()} {draw(pattern, 2).strip()} …"
    assert field_help(f"{section}.numbering").good == shown
    assert found(f"{section}.numbering", pattern) == set()
