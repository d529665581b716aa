"""Which years of a text move on with the plan: hard cases, one a line of `tests/data/years/cases.tsv`."""

import csv

import pytest

from models import fieldpath
from models.document import GoalDocument, Indicator, Project
from models.rollover import mentions
from models.year_mentions import Kind, found_years
from tests.models.year_tables import by_ids
from tests.shared import CHECKOUT

with (CHECKOUT / "tests/data/years/cases.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
EMPTY = GoalDocument(projects=(Project("p1", goals=("",), indicators=(Indicator("i1"),)),))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['field']} {case['text']}" for case in CASES])
def test_a_year_moves_where_it_means_the_plan(case: dict[str, str]) -> None:
    path, text = by_ids(EMPTY, case["field"]), case["text"]
    found = mentions(fieldpath.replace(EMPTY, path, text), 2025)
    said = [
        f"{one.old_words}→{one.new_words} {one.kind.value}{'' if one.accepted else ' -'}"
        for one in found
        if text[one.start : one.end] == one.old_words
    ]
    assert "；".join(said) == case["expected"], case["reason"]
    assert {one.path for one in found} <= {path}


def test_the_reason_is_told_for_every_kind() -> None:
    from models.year_mentions import REASONS

    assert set(REASONS) == set(Kind)


LENGTH = 100_000
"""Characters: a look back or ahead over all of them, for each year in them, would take minutes."""


@pytest.mark.parametrize(
    ("unit", "years", "kind"),
    [
        ("2025年", 1, Kind.PLAN),
        ("2025年，", 1, Kind.PLAN),
        ("2025年：已", 1, Kind.PAST),
        ("《2025年》", 1, Kind.TITLE),
        ("《2025年", 1, Kind.PLAN),
        ("自2025年起", 1, Kind.PAST),
        ("2024年-2025年", 0, None),
        ("二〇二五年", 1, Kind.PLAN),
        ("2025", 0, None),
        ("20", 0, None),
        ("〔2025", 0, None),
        ("2025第", 1, Kind.UNSURE),
        ("2025第1号", 0, None),
    ],
)
def test_years_are_found_in_a_long_text_made_of_one_piece(unit: str, years: int, kind: Kind | None) -> None:
    times = LENGTH // len(unit)
    found = found_years(unit * times + "。", 2025, 2026)
    assert {one.kind for one in found} == ({kind} if kind else set())
    assert len(found) == years * times


@pytest.mark.parametrize("gap", [" ", "—", "年 "])
def test_a_gap_without_an_end_behind_a_year_is_read_once(gap: str) -> None:
    (found, *_) = found_years(f"2025年{gap * LENGTH}完", 2025, 2026)
    assert (found.start, found.new_words.strip()) == (0, "2026年")


def test_a_year_is_judged_by_the_words_behind_itself_and_not_behind_another_one() -> None:
    found = found_years("2025年一号文件的要求2025年落实", 2025, 2026)
    assert [one.kind for one in found] == [Kind.TITLE, Kind.PLAN]
