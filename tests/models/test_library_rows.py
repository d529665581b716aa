"""Every row of the library of indicators is legal: what a clerk takes from it, no check complains of."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from models.checks import bureau_rules as bureau
from models.checks import indicator_rules as indicators
from models.checks import value_rules as values
from models.checks import wording_rules as words
from models.checks.directions import wanted_direction
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.kinds import bare, kind_of
from models.checks.registry import Problem, rules_in
from models.checks.vocabulary import load_vocabulary
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Indicator, Project, Settings
from models.document.values import SIGNS
from models.indicators.indicator_library import LIBRARY, Entry, library, project_kinds, with_entry

SCHEMES = ("2015", "2021")
TEMPLATE = load_template()
VOCABULARY = load_vocabulary()
DATE = "月底前"
GRADES = "优、良、中、差中达到良"

OF_WHOLE_TABLES = {"uniform-values", "tier-missing", "duplicate-indicator"}
"""What a table of all rows of a kind would be blamed for, and no single row can be."""


def told_in_words(entry: Entry) -> bool:
    return not entry.sign and not entry.unit


def as_filled_in(entry: Entry, number: str) -> Indicator:
    """The row as a clerk completes it: the number, or a grade, and a basis."""
    row = with_entry(Indicator("i"), entry, TEMPLATE.known_units)
    value = f"{entry.sign}{number}{entry.unit}" if number else GRADES
    return replace(row, value=value, basis="年度工作计划")


def names(entries: Iterator[Entry]) -> list[str]:
    return [entry.name for entry in entries]


def test_there_are_indicators_enough_for_every_tier_and_kind_of_project() -> None:
    assert len(library()) >= 450
    for scheme in SCHEMES:
        held = Counter(entry.tier2 for entry in library(scheme))
        wanted = {tier for below in TEMPLATE.scheme(scheme).tiers.values() for tier in below}
        assert set(held) == wanted
        assert min(held.values()) >= 5, held
    for kind in project_kinds():
        first_tiers = Counter(entry.tier1 for entry in library() if kind in entry.kinds)
        assert min(first_tiers[tier] for tier in ("产出指标", "效益指标", "满意度指标")) >= 1, kind
        assert first_tiers.total() >= 20, kind


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("开发区", "园区运营"),
        ("乡镇", "基层治理"),
        ("学校", "教育教学"),
        ("医院", "医疗卫生"),
        ("公安局", "公安执法"),
        ("公路局", "道路养护"),
    ],
)
def test_a_unit_finds_what_it_does_in_every_second_tier(unit: str, kind: str) -> None:
    held = Counter(entry.tier2 for entry in library() if kind in entry.kinds)
    assert held.total() >= 50, unit
    assert set(held) == {tier for below in TEMPLATE.scheme("2015").tiers.values() for tier in below}, unit


def test_the_file_is_a_plain_table() -> None:
    lines = LIBRARY.read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert {line.count("\t") for line in lines} == {11}
    assert [line for line in lines if any(cell != cell.strip() for cell in line.split("\t"))] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tiers_are_those_of_the_scheme(scheme: str) -> None:
    tiers = {(first, second) for first, below in TEMPLATE.scheme(scheme).tiers.items() for second in below}
    assert names(entry for entry in library(scheme) if (entry.tier1, entry.tier2) not in tiers) == []


def test_a_scheme_without_tiers_of_its_own_gets_those_of_the_first() -> None:
    assert library("2031") == library("2015")


def test_both_schemes_hold_the_same_rows_and_differ_in_costs_alone() -> None:
    for old, new in zip(library("2015"), library("2021"), strict=True):
        assert replace(old, tier1=new.tier1, tier2=new.tier2) == new
        if old.tier2 == "成本指标":
            assert new.tier2 == "经济成本指标", old.name
        else:
            assert new.tier1 == "成本指标" or (old.tier1, old.tier2) == (new.tier1, new.tier2), old.name


def test_units_are_those_of_the_form_and_words_have_none() -> None:
    assert names(e for e in library() if e.unit not in TEMPLATE.known_units | {""}) == []
    assert names(e for e in library() if e.sign not in {*SIGNS, ""}) == []
    # A date needs no sign: «11月底前» says all.
    assert names(e for e in library() if bool(e.sign) != bool(e.unit) and e.unit != DATE) == []


def test_the_usual_range_is_two_numbers_and_that_of_a_share_within_a_hundred() -> None:
    for entry in library():
        assert bool(entry.low) == bool(entry.high) == (not told_in_words(entry)), entry.name
        if entry.low:
            low, high = Decimal(entry.low), Decimal(entry.high)
            assert 0 <= low <= high, entry.name
            assert entry.unit != "%" or high <= 100, entry.name
            assert entry.unit != DATE or 1 <= low <= high <= 12, entry.name


def test_the_sign_fits_what_is_measured() -> None:
    for entry in library():
        wanted = wanted_direction(entry.name, VOCABULARY)
        assert not (entry.sign == "≥" and wanted == "down"), entry.name
        assert not (entry.sign == "≤" and wanted == "up"), entry.name
        saved = kind_of(entry.name, VOCABULARY) == "growth"
        assert entry.tier2 != "成本指标" or (entry.sign == "≥") == saved, entry.name
        assert entry.tier1 != "满意度指标" or (entry.sign, entry.unit) == ("≥", "%"), entry.name


def test_every_row_says_what_it_fits_and_where_it_comes_from() -> None:
    kinds = project_kinds()
    assert names(e for e in library() if not e.kinds or not set(e.kinds) <= set(kinds) or not e.source) == []
    assert names(e for e in library() if len(set(e.kinds)) < len(e.kinds)) == []


def test_a_kind_of_project_is_known_by_words_of_its_own() -> None:
    kinds = project_kinds()
    assert all(len(words) >= 5 and len(set(words)) == len(words) for words in kinds.values())
    owners = Counter(word for words in kinds.values() for word in words)
    assert [word for word, times in owners.items() if times > 1] == []


def test_descriptions_say_more_than_the_name() -> None:
    for entry in library():
        assert 8 <= len(entry.description) <= 40, entry.name
        assert bare(entry.description) != bare(entry.name)
        assert entry.description[-1] not in "。；，、", entry.name
    assert [text for text, times in Counter(e.description for e in library()).items() if times > 1] == []


_SAYING_NOTHING = str.maketrans("", "", "（）()、的率数量个次情况件")


def letters_of(name: str) -> str:
    """The characters that tell, in whatever order: «会议（培训）次数» is «培训、会议次数», but 人数 is not 人次."""
    return "".join(sorted(name.replace("人次", "〇").translate(_SAYING_NOTHING)))


def test_no_indicator_stands_there_twice() -> None:
    by_tier = defaultdict(list)
    for entry in library():
        by_tier[entry.tier2].append(entry.name)
    for tier, held in by_tier.items():
        known = Counter(map(letters_of, held))
        assert [letters for letters, times in known.items() if times > 1] == [], tier
    assert [name for name, times in Counter(e.name for e in library()).items() if times > 1] == []


def test_no_two_names_of_a_tier_are_nearly_the_same() -> None:
    by_tier = defaultdict(list)
    for entry in library():
        pairs = frozenset(entry.name[at : at + 2] for at in range(len(entry.name) - 1))
        by_tier[entry.tier2].append((entry.name, pairs))
    near = [
        (one, other)
        for held in by_tier.values()
        for (one, left), (other, right) in combinations(held, 2)
        if len(left & right) > 0.8 * len(left | right)
    ]
    assert near == []


def tables(scheme: str) -> GoalDocument:
    """A project of each kind that holds all rows that fit it, with the least and with the greatest usual value."""
    projects = []
    for kind, known in project_kinds().items():
        fitting = [entry for entry in library(scheme) if kind in entry.kinds]
        for end in ("low", "high"):
            rows = (as_filled_in(entry, getattr(entry, end)) for entry in fitting)
            projects.append(
                Project(
                    f"{kind}-{end}",
                    name=f"{known[0]}项目",
                    fund_use=f"用于{'、'.join(known)}等支出。",
                    indicators=tuple(replace(row, id=f"i{place}") for place, row in enumerate(rows)),
                )
            )
    return replace(EXAMPLE, projects=tuple(projects))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_check_complains_of_a_row_that_was_taken_and_filled_in(scheme: str) -> None:
    rules = [rule for rule in rules_in((indicators, values, words, bureau)) if rule.id not in OF_WHOLE_TABLES]
    draft = Draft(tables(scheme), Settings(tier_scheme=scheme))
    problems = Checker(off=(), rules=rules).check(draft)
    assert [told(draft, problem) for problem in problems if ".indicators[" in problem.path] == []


def told(draft: Draft, problem: Problem) -> str:
    return f"{problem.rule} {problem.where} {problem.excerpt} {problem.message}"


def test_a_row_waits_for_its_number_alone() -> None:
    """A date, too: the number goes before «月底前»."""
    entries = {entry.name: entry for entry in library()}
    for name, waiting in (("采购完成时间", "月底前"), ("培训班次", "≥次"), ("经费支出合规性", "")):
        assert with_entry(Indicator("i"), entries[name], TEMPLATE.known_units).value == waiting
    typed = with_entry(Indicator("i", value="11"), entries["采购完成时间"], TEMPLATE.known_units)
    assert typed.value == "11月底前"
