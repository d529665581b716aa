"""Finding and replacing: the right places, nothing but them, and one step that can be taken back."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.document.tree import Draft, GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal, Unit
from models.session.finding import Finder, Hit, Query, around, find, replaced, text_at, texts
from models.session.session import Session
from tests import strategies

PIECES = st.sampled_from(
    (*strategies.WORDS, "的", "企业", "𠮷", "（", "A", "a", "ａ", "1", "%", "％", " ", "。", "≥", "指标")
)
QUERIES = st.lists(PIECES, min_size=1, max_size=2).map("".join)
few = settings(max_examples=40)  # a document is a large example
EXACT = {"match_case": True, "same_width": False}


def document_with(**texts_of_project: str) -> GoalDocument:
    return GoalDocument(projects=(Project("p1", **texts_of_project),))


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("𠮷林路𠮷林", "林", [(1, 2), (4, 5)]),
        ("（一）甲(一)", "(一)", [(0, 3), (4, 7)]),
        ("ＰＨＰ与php", "Php", [(0, 3), (4, 7)]),
        ("甲　乙 丙", " ", [(1, 2), (3, 4)]),
        ("哈哈哈", "哈哈", [(0, 2)]),
        ("100％ 100%", "100%", [(0, 4), (5, 9)]),
        ("①是1", "1", [(2, 3)]),
        ("İi", "i", [(0, 1), (1, 2)]),
        ("a.c abc", "a.c", [(0, 3)]),
    ],
)
def test_places_are_counted_in_the_text_as_it_stands(text: str, words: str, places: list[tuple[int, int]]) -> None:
    hits = find(document_with(name=text), Query(words))
    assert [(hit.start, hit.end) for hit in hits] == places


def test_case_and_width_count_when_asked() -> None:
    document = document_with(name="ABC abc ＡＢＣ")
    assert [hit.start for hit in find(document, Query("abc", match_case=True))] == [4]
    assert [hit.start for hit in find(document, Query("abc", same_width=False))] == [0, 4]
    assert [hit.start for hit in find(document, Query("abc"))] == [0, 4, 8]


def test_every_text_one_can_type_is_searched() -> None:
    document = GoalDocument(
        year=2026,
        unit=Unit("甲1", "甲2"),
        title="甲",
        headings=Headings(*["甲"] * 7),
        overall_goal="甲",
        sub_goals=Items("甲", "（{cn}）", (SubGoal("s1", "甲", "甲", False, "甲", "甲", "甲"),)),
        safeguards=Items("甲", "（{cn}）", (Measure("m1", "甲", "甲", False, "甲"),)),
        projects=(
            Project(
                *(
                    "p1",
                    Unit("甲", "甲"),
                    "万元",
                    "甲",
                    "甲",
                    "甲",
                    "甲",
                    "甲",
                    "甲",
                    ("甲", "", "", "甲"),
                    "{n}.",
                    ("", "甲"),
                ),
                (Indicator("i1", *["甲"] * 6),),
            ),
        ),
        unplaced=("甲",),
    )
    hits = find(document, Query("甲"))
    assert [hit.path for hit in hits] == [path for path, text in texts(document) if "甲" in text]
    assert len(hits) == 3 + 8 + 6 + 4 + 8 + 2 + 1 + 6 + 1
    assert [hit.path for hit in find(document, Query("2026"))] == ["year"]
    assert find(document, Query("万元")) == ()


def test_no_words_find_nothing() -> None:
    assert find(document_with(name="甲"), Query("")) == ()


def test_year_and_unplaced_lines_are_found_and_left_alone() -> None:
    document = GoalDocument(year=2025, unplaced=("2025年附注",), overall_goal="2025年")
    hits = find(document, Query("2025"))
    assert [hit.is_replaceable for hit in hits] == [False, True, False]
    after, _ = replaced(document, hits, "2026")
    assert after == replace(document, overall_goal="2026年")


def test_a_line_stays_one_line_and_what_no_file_can_hold_is_left_out() -> None:
    document = document_with(name="甲乙", fund_use="甲")
    after, removed = replaced(document, find(document, Query("甲")), "一\n二\x00")
    assert (after.projects[0].name, after.projects[0].fund_use, removed) == ("一 二乙", "一\n二", 1)


def test_a_heading_emptied_is_absent_and_an_emptied_label_stays() -> None:
    items = Items("", "（{cn}）", (SubGoal("s1", number="甲", goal="甲"),))
    document = GoalDocument(title="甲", headings=Headings(part_one="甲"), sub_goals=items)
    after, _ = replaced(document, find(document, Query("甲")), "")
    assert (after.title, after.headings.part_one, after.sub_goals.items[0].number) == (None, None, None)
    assert after.sub_goals.items[0].goal == ""


def test_words_around_a_hit_are_one_line() -> None:
    text = "前" * 20 + "\n甲\n" + "后" * 40
    before, words, after = around(text, Hit("overall_goal", 21, 22))
    assert (before, words) == ("…" + "前" * 13 + " ", "甲")
    assert after == " " + "后" * 23 + "…"


def test_a_project_that_was_read_is_not_searched_as_it_was() -> None:
    document, finder = document_with(name="甲"), Finder()
    assert len(finder.find(document, Query("甲"))) == 1
    assert finder.find(document_with(name="乙"), Query("甲")) == ()
    assert len(finder.find(document_with(name="乙"), Query("乙"))) == 1


@few
@given(strategies.documents(wild=True), QUERIES, PIECES)
def test_replacing_all_is_what_str_replace_does_to_each_field(document: GoalDocument, words: str, new: str) -> None:
    after, _ = replaced(document, find(document, Query(words, **EXACT)), new)
    kept = [path for path, _ in texts(document) if not Hit(path, 0, 0).is_replaceable]
    for path, text in texts(document):
        expected = text if path in kept else text.replace(words, new)
        assert text_at(after, path) == expected, path
    # Nothing but texts changed: putting the old ones back gives the old document.
    assert [path for path, _ in texts(after)] == [path for path, _ in texts(document)]


@few
@given(strategies.documents(wild=True), QUERIES, PIECES)
def test_replacing_is_one_step_and_undo_gives_the_document_back(document: GoalDocument, words: str, new: str) -> None:
    session = Session(Draft(document))
    after, _ = replaced(document, find(document, Query(words)), new)
    if session.change("替换", after):
        assert session.undo()
    assert session.document is document
    assert session.undo_label is None


@few
@given(strategies.documents(wild=True), QUERIES, st.booleans(), st.booleans())
def test_hits_are_the_words_and_none_is_missed(document: GoalDocument, words: str, case: bool, width: bool) -> None:
    def fold(text: str) -> str:
        chars = (_one_width(char) for char in text) if width else text
        return "".join(char if case or len(char.lower()) > 1 else char.lower() for char in chars)

    found: dict[str, list[Hit]] = {}
    for hit in find(document, Query(words, match_case=case, same_width=width)):
        found.setdefault(hit.path, []).append(hit)
    for path, text in texts(document):
        hits = found.get(path, [])
        assert all(fold(text[hit.start : hit.end]) == fold(words) for hit in hits)
        assert len(hits) == fold(text).count(fold(words)), path


def _one_width(char: str) -> str:
    kind, _, base = unicodedata.decomposition(char).partition(" ")
    return chr(int(base, 16)) if kind in {"<wide>", "<narrow>"} else char


@few
@given(strategies.documents(), QUERIES, st.data())
def test_only_the_chosen_hits_are_replaced(document: GoalDocument, words: str, data: st.DataObject) -> None:
    hits = find(document, Query(words, **EXACT))
    chosen = [hit for hit in hits if data.draw(st.booleans())]
    after, _ = replaced(document, chosen, "〈新〉")
    changed = sum(text_at(after, path).count("〈新〉") for path, _ in texts(document))
    assert changed == sum(hit.is_replaceable for hit in chosen)
