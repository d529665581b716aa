"""A draft moves on to another year: the expected words, and not one letter more."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.import_files import read_file
from importers.recognise import recognise
from importers.text_reader import read_text
from models.document import fieldpath
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Headings, Indicator, Project, Provenance, Remark, without_ids
from models.session.session import Session
from models.years.carried_over import carried_over_paths, confirmed, marks_below, message
from models.years.plan_year import plan_year
from models.years.rollover import Kind, Mention, around, mentions, moved_on, rolled_over
from models.years.year_texts import year_texts
from tests.models.paths import leaves
from tests.models.year_tables import FOLDER, Row, by_ids, by_place, name_of, table
from tests.shared import SEEDS, TEXTS
from tests.strategies import documents, drafts

ALL = [*TEXTS, *(SEEDS or [pytest.param(Path("absent_.txt"), marks=pytest.mark.skip("no real texts beside this"))])]
YEARS = {"seed-000": 2023, "seed-001": 2025, "seed-002": 2022, "seed-003": 2023, "seed-004": 2023}
YEARS |= {"twin-000": 2024, "twin-001": 2026, "twin-002": 2023, "twin-003": 2024, "twin-004": 2025}
EVERY_TEXT = pytest.mark.parametrize("text", ALL, ids=lambda text: name_of(text))


def expected_of(text: Path) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows that are proposed, and those that never are."""
    rows = table(name_of(text))
    return tuple(row for row in rows if row.new), tuple(row for row in rows if not row.new)


@EVERY_TEXT
def test_the_years_proposed_are_those_of_the_table(text: Path) -> None:
    document, year = read_file(text).draft.document, YEARS[name_of(text)]
    proposed, never = expected_of(text)
    found = mentions(document, year)
    nth = {one: str(fieldpath.get(document, one.path))[: one.end].count(one.old_words) for one in found}
    said = {(by_place(document, one.path), one.old_words, nth[one], one.new_words, one.kind.value) for one in found}
    assert said == {(row.place, row.words, row.nth, row.new, row.kind) for row in proposed}
    for row in never:
        standing = str(fieldpath.get(document, by_ids(document, row.place)))
        assert row.words in standing, "the table speaks of words that stand there"
        start = standing.index(row.words)
        taken = [one for one in found if by_place(document, one.path) == row.place]
        assert not any(one.start < start + len(row.words) and start < one.end for one in taken)


@EVERY_TEXT
def test_all_the_rest_of_the_text_is_untouched(text: Path) -> None:
    """The text with the table's words replaced line by line says the same as the document moved on."""
    source = text.read_text(encoding="utf-8")
    document, year = read_file(text).draft.document, YEARS[name_of(text)]
    proposed, _never = expected_of(text)
    lines = source.split("\n")
    for row in sorted(proposed, key=lambda row: -row.nth):
        for line in row.lines:
            at = -1
            for _ in range(row.nth):
                at = lines[line - 1].index(row.words, at + 1)
            lines[line - 1] = lines[line - 1][:at] + row.new + lines[line - 1][at + len(row.words) :]
    again = recognise(read_text("\n".join(lines)), load_template()).document
    moved = moved_on(document, year + 1, mentions(document, year))
    assert without_ids(moved) == replace(without_ids(again), year=year + 1)


def test_every_text_has_its_table() -> None:
    assert {file.stem for file in FOLDER.glob("*-*.tsv")} == set(YEARS)


def swapped(one: Mention, by: int) -> Mention:
    """The mention that takes the new words back, `by` characters further on."""
    return replace(one, start=one.start + by, end=one.start + by + len(one.new_words),
                   old_words=one.new_words, new_words=one.old_words)  # fmt: skip


@st.composite
def dated(draw: st.DrawFn) -> GoalDocument:
    """A document with years of all sorts in it."""
    document = draw(documents())
    years = st.sampled_from(
        (
            "2025年",
            "2024年实际",
            "二〇二五年底",
            "25年度",
            "较2024年",
            "2024-2025学年",
            "（2025）8号",
            "2025.1-12",
            "２０２５年",
        )
    )
    for path, words in draw(st.lists(st.sampled_from(list(year_texts(document))), max_size=6, unique=True)):
        document = fieldpath.replace(document, path, draw(years) + words + draw(years))
    return document


@given(dated(), st.integers(2024, 2030), st.data())
def test_taking_the_accepted_words_back_gives_the_original(
    document: GoalDocument, year: int, data: st.DataObject
) -> None:
    accepted = [one for one in mentions(document, 2025, year) if data.draw(st.booleans())]
    moved = moved_on(document, year, accepted)
    back, shifts = [], dict[str, int]()
    for one in accepted:
        back.append(swapped(one, shifts.get(one.path, 0)))
        shifts[one.path] = shifts.get(one.path, 0) + len(one.new_words) - len(one.old_words)
    assert moved_on(moved, document.year or 0, back) == replace(document, year=document.year or 0)
    touched = {one.path for one in accepted} | {"year"}
    old, new = dict(leaves(document)), dict(leaves(moved))
    assert {path for path in old if old[path] != new[path]} <= touched


@given(drafts())
def test_what_is_no_text_is_kept_and_amounts_are_marked(draft: Draft) -> None:
    rolled = rolled_over(draft, 2027, (), keep_codes=True, source="上年")
    assert rolled.document == replace(draft.document, year=2027)
    assert (rolled.settings, rolled.ignored, rolled.state) == (draft.settings, draft.ignored, "草稿")
    assert rolled.provenance == Provenance("上年", carried_over_paths(draft.document))
    emptied = rolled_over(draft, 2027, (), keep_codes=False).document
    assert [project.code for project in emptied.projects] == [""] * len(emptied.projects)
    assert [replace(p, code="") for p in rolled.document.projects] == list(emptied.projects)


SMALL = Draft(
    GoalDocument(
        year=2025,
        headings=Headings(overall_goal="一、总体绩效目标"),
        overall_goal="2025年推广品种12个。",
        projects=(
            Project(
                *("p1",), code="13992125P000412100030", name="2025年良种推广", budget="80.00", fiscal_funds="80.00",
                other_funds=" ", spending_plan=("10%", "30%", "60%", "100%"),
                indicators=(Indicator("i1", name="品种", value="≥12个", basis="2024年实际"), Indicator("i2", name="无")),
            ),
        ),
    ),
    state="定稿",
    remarks=(Remark("r1", "overall_goal", text="补充"),),
)  # fmt: skip


def small() -> Draft:
    accepted = [one for one in mentions(SMALL.document, 2025) if one.accepted]
    return rolled_over(SMALL, 2026, accepted, keep_codes=True, source="2025年")


def test_a_new_year_keeps_plan_and_amounts_and_says_what_is_last_years() -> None:
    draft = small()
    project = draft.document.projects[0]
    assert (draft.document.overall_goal, project.name) == ("2026年推广品种12个。", "2026年良种推广")
    assert project.indicators[0].basis == "2024年实际"
    assert project.spending_plan == ("10%", "30%", "60%", "100%")
    assert (draft.state, draft.remarks) == ("草稿", ())
    assert draft.provenance.carried_over == (
        "projects[p1].budget",
        "projects[p1].fiscal_funds",
        "projects[p1].indicators[i1].value",
    )
    assert message(draft, project) == "预算数、财政资金；指标值 1 个"


def test_editing_a_field_takes_its_mark_away_and_undo_brings_it_back() -> None:
    session = Session(small())
    session.edit("projects[p1].budget", "90.00")
    assert "projects[p1].budget" not in session.draft.provenance.carried_over
    assert message(session.draft, session.document.projects[0]) == "财政资金；指标值 1 个"
    session.undo()
    assert session.draft == small()
    session.remove("projects[p1].indicators[i1]")
    assert marks_below(session.draft, "projects[p1]") == ("projects[p1].budget", "projects[p1].fiscal_funds")
    session.undo()
    session.edit("overall_goal", "改")
    assert session.draft.provenance == small().provenance


def test_an_earlier_version_comes_back_with_its_marks() -> None:
    session = Session(small())
    session.edit("projects[p1].budget", "90.00")
    session.change("恢复版本", small())
    assert session.draft == small()


def test_confirming_leaves_the_words_alone() -> None:
    draft = small()
    left = confirmed(draft, frozenset({"projects[p1].budget"}))
    assert left.document is draft.document
    assert len(left.provenance.carried_over) == 2
    assert confirmed(draft).provenance == Provenance("2025年")


@pytest.mark.parametrize(
    ("document", "year", "words"),
    [
        (GoalDocument(year=2025), 2025, "写明"),
        (GoalDocument(overall_goal="2024年做，2025年也做，2025年完成"), 2025, "出现 2 次"),
        (GoalDocument(projects=(Project("p1", code="13992123P00041210003C"),)), 2023, "立项年份是 2023"),
        (GoalDocument(overall_goal="做好工作"), None, "请填写"),
    ],
)
def test_a_year_that_is_not_stated_is_guessed_with_its_reason(
    document: GoalDocument, year: int | None, words: str
) -> None:
    guess = plan_year(document)
    assert guess.likely == year
    assert words in guess.reason


def test_a_mention_that_does_not_fit_is_a_fault() -> None:
    stale = mentions(SMALL.document, 2025)
    with pytest.raises(ValueError, match="2025年"):
        moved_on(replace(SMALL.document, overall_goal="别的文字，没有年份"), 2026, stale)


def test_the_same_year_moves_nothing() -> None:
    assert mentions(SMALL.document, 2025, 2025) == ()


def test_every_year_of_a_long_text_is_quoted_and_moves_at_once() -> None:
    document = GoalDocument(overall_goal="2025年\n" * 20_000)
    found = mentions(document, 2025)
    assert len(found) == 20_000
    assert around(document, found[-1]) == ("…年 2025年 2025年 ", " ")
    assert moved_on(document, 2026, found).overall_goal == "2026年\n" * 20_000


@pytest.mark.parametrize(
    ("text", "context"),
    [
        (
            "一二三四五六七八九十一二三四2025年一二三四五六七八九十一二三四",
            ("一二三四五六七八九十一二三四", "一二三四五六七八九十一二三四"),
        ),
        (
            "〇一二三四五六七八九十一二三四2025年一二三四五六七八九十一二三四五",
            ("…一二三四五六七八九十一二三四", "一二三四五六七八九十一二三四…"),
        ),
        ("甲\n2025年\n乙", ("甲 ", " 乙")),
    ],
)
def test_a_year_is_shown_between_the_fourteen_characters_around_it(text: str, context: tuple[str, str]) -> None:
    start = text.index("2025")
    mention = Mention("overall_goal", start, start + 5, "2025年", "2026年", Kind.PLAN)
    assert around(GoalDocument(overall_goal=text), mention) == context


def test_a_year_that_no_longer_stands_at_its_place_is_not_replaced() -> None:
    document = GoalDocument(overall_goal="到2025年底")
    (found,) = mentions(document, 2025)
    with pytest.raises(ValueError, match="2025年"):
        moved_on(replace(document, overall_goal="2025年底"), 2026, [found])
    with pytest.raises(ValueError, match="2025年"):
        moved_on(document, 2026, [found, found])
