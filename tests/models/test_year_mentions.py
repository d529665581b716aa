"""Which years of a text move on with the plan, and which are blamed: hard cases, one a line of `cases.tsv` and `blamed.tsv`
in `tests/data/years`."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import fieldpath
from models.document.tree import GoalDocument, Indicator, Project
from models.years.rollover import mentions, moved_on
from models.years.year_mentions import Kind, found_years, judged_years
from tests.models.year_tables import by_ids
from tests.shared import CHECKOUT


def table(name: str) -> list[dict[str, str]]:
    with (CHECKOUT / "tests/data/years" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


CASES, BLAMED = table("cases.tsv"), table("blamed.tsv")
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


@pytest.mark.parametrize("case", BLAMED, ids=[f"{case['plan']} {case['field']} {case['text']}" for case in BLAMED])
def test_a_year_is_blamed_where_nothing_says_why_it_is_another(case: dict[str, str]) -> None:
    found = judged_years(case["text"], int(case["plan"]), case["field"])
    assert "；".join(one.mark.words for one in found if one.strange) == case["blamed"], case["reason"]


RIGHT = [case for case in BLAMED if not case["blamed"]]
EARLIEST, LATEST = 2020, 2034
"""Years of plans; what is said of «the years about 2026» is said of the years about them."""
ABSOLUTE = ("全国人口普查", "人口普查（", "碳达峰", "现代化", "海绵化", "1998年", "2009年", "2019年")
"""Words of what happens in one year for all: it does not move with the plan."""


def shifted(text: str, by: int) -> str:
    """The text as it would be said `by` years later: written years, and those of two digits, go with it."""
    full = re.sub(r"(?<!\d)20[123]\d(?!\d)", lambda year: str(int(year[0]) + by), text)
    return re.sub(r"(?<!\d)26(?=年)", lambda year: str(int(year[0]) + by), full)


@given(st.lists(st.sampled_from(RIGHT), min_size=1, max_size=12), st.integers(EARLIEST, LATEST), st.data())
def test_a_right_text_of_any_year_is_silent_and_stays_so_when_it_moves_on(
    cases: list[dict[str, str]], plan: int, data: st.DataObject
) -> None:
    lines = [
        shifted(case["text"], plan - int(case["plan"]))
        for case in cases
        if "二〇" not in case["text"] and not any(words in case["text"] for words in ABSOLUTE)
    ]
    document = GoalDocument(year=plan, overall_goal="\n".join(lines))
    assert strange_in(document) == []
    later = plan + data.draw(st.integers(1, 3))
    found = mentions(document, plan, later)
    # What is prepared for the year after must go along; what was may stay with its year.
    for accepted in (found, [one for one in found if one.accepted or one.kind is Kind.NEXT]):
        assert strange_in(moved_on(document, later, accepted)) == []


def strange_in(document: GoalDocument) -> list[str]:
    """The years of the overall goal that are blamed."""
    assert document.year is not None
    return [one.mark.words for one in judged_years(document.overall_goal, document.year) if one.strange]


@given(st.sampled_from([case for case in BLAMED if case["blamed"]]), st.integers(EARLIEST, LATEST))
def test_a_wrong_year_is_blamed_in_the_text_of_any_year(case: dict[str, str], plan: int) -> None:
    by = plan - int(case["plan"])
    text = re.sub(r"(?<!\d)20[123]\d(?!\d)", lambda year: str(int(year[0]) + by), case["text"])
    if any(mark in case["reason"] for mark in ("汉字", "全角", "两位", "写错", "写反")):
        return  # digits of another kind, and slips of one digit
    assert [one for one in judged_years(text, plan, case["field"]) if one.strange]


NAMES = ("2024年泊湾片区高标准农田建设项目", "农村户厕改造（2025年）", "2025年冬小麦统防统治补助资金")


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("2024年泊湾片区高标准农田建设项目完成竣工验收。", 0),
        ("2024年泊湾片区新建机井12眼。", 0),
        ("完成农村户厕改造（2025年）项目的收尾。", 0),
        ("2025年冬小麦统防统治补助资金预算数为60万元。", 0),
        ("2025年冬季清雪除冰30次。", 1),
        ("2024年新建机井12眼。", 1),
    ],
)
def test_a_projects_name_keeps_its_year_wherever_it_is_called_by_it(text: str, blamed: int) -> None:
    assert sum(one.strange for one in judged_years(text, 2026, names=NAMES)) == blamed
    moved = [one.new_words for one in found_years(text, 2026, 2027, names=NAMES)]
    assert len(moved) == blamed


def test_the_reason_is_told_for_every_kind() -> None:
    from models.years.year_mentions import REASONS

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


@pytest.mark.parametrize(
    ("unit", "blamed"),
    [("2024年", False), ("2024年，", True), ("在2024年", True), ("由2024年提高", False), ("用于2024年项目", True),
     ("2024年、2025年", False), ("（2024年", False), ("2024年6月底前", True), ("2027年的", False), ("2016年完成", True),
     ("今年2024年", False)],
)  # fmt: skip
def test_years_are_judged_in_a_long_text_made_of_one_piece(unit: str, blamed: bool) -> None:
    times = LENGTH // len(unit)
    found = judged_years(unit * times + "。", 2026, names=("2024年冬小麦统防统治",))
    assert len(found) >= times
    assert (sum(one.strange for one in found) >= times - 2) is blamed


@pytest.mark.parametrize("gap", [" ", "—", "年 "])
def test_a_gap_without_an_end_behind_a_year_is_read_once(gap: str) -> None:
    (found, *_) = found_years(f"2025年{gap * LENGTH}完", 2025, 2026)
    assert (found.start, found.new_words.strip()) == (0, "2026年")


def test_a_year_is_judged_by_the_words_behind_itself_and_not_behind_another_one() -> None:
    found = found_years("2025年一号文件的要求2025年落实", 2025, 2026)
    assert [one.kind for one in found] == [Kind.TITLE, Kind.PLAN]
