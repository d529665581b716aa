"""Which years of a text move on with the plan: hard cases, one a line of `tests/data/years/cases.tsv`."""

import csv

import pytest

from models import fieldpath
from models.document import GoalDocument, Indicator, Project
from models.rollover import mentions
from models.year_mentions import Kind
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
