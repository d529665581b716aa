"""Remarks over versions: what comes back a second time, what was deleted, and lines laid beside lines."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.checks.example import EXAMPLE
from models.comparing.page_match import Match, key
from models.document import fieldpath
from models.document.tree import Draft, Remark
from models.session.file_comments import LONGEST_EXCERPT, Comment, Commented, Line
from models.session.review_comments import is_there, merged, without

FIRST = Remark("r1", "overall_goal", "张", "核对人次", "已核对", True, "1200人次")
SECOND = Remark("r2", "projects[p1].budget", "张", "与批复不符", excerpt="60.00")


def test_a_remark_that_comes_back_keeps_answer_tick_and_place() -> None:
    again = (
        replace(FIRST, id="x1", answer="", done=False),
        replace(SECOND, id="x2", done=True),
        Remark("x3", "", "李", "新的"),
    )
    remarks, added = merged((FIRST, SECOND), again)
    assert remarks == (FIRST, replace(SECOND, done=True), again[2])
    assert added == 1


def test_a_remark_without_a_place_takes_the_one_found_later() -> None:
    remarks, added = merged((replace(FIRST, path=""),), (replace(FIRST, id="x1", answer=""),))
    assert (remarks, added) == ((FIRST,), 0)


def test_the_same_words_twice_in_a_file_are_two_remarks() -> None:
    twin = replace(FIRST, id="x2", path="projects[p1].name")
    remarks, added = merged((), (replace(FIRST, id="x1"), twin))
    assert (len(remarks), added) == (2, 2)
    assert merged(remarks, (replace(FIRST, id="x3"), replace(twin, id="x4"))) == (remarks, 0)


def test_a_remark_on_a_deleted_part_is_known_as_such() -> None:
    assert is_there(EXAMPLE, SECOND)
    assert not is_there(fieldpath.remove(EXAMPLE, "projects[p1]"), SECOND)
    assert not is_there(EXAMPLE, replace(SECOND, path=""))
    assert without(Draft(EXAMPLE, remarks=(FIRST, SECOND)), "r1").remarks == (SECOND,)


LINES = st.lists(st.tuples(st.sampled_from(("甲", "乙", "丙丁戊己庚辛", "", "壬")), st.booleans()), max_size=30)


@given(LINES, LINES)
def test_any_two_pages_can_be_laid_beside_each_other(
    theirs: list[tuple[str, bool]], ours: list[tuple[str, bool]]
) -> None:
    match = Match([key(*line) for line in theirs], [key(*line) for line in ours])
    found = [match.line(at) for at in range(len(theirs))]
    assert all(at is None or 0 <= at < len(ours) for at in found)


@given(LINES)
def test_a_page_laid_beside_itself_is_itself(lines: list[tuple[str, bool]]) -> None:
    keys = [key(*line) for line in lines if line[0] or line[1]]
    match = Match(keys, keys)
    assert [keys[match.line(at) or 0] for at in range(len(keys))] == keys
    assert None not in [match.line(at) for at in range(len(keys))]


def test_every_line_of_a_page_with_other_words_throughout_has_its_place() -> None:
    theirs, ours = ([key(f"{words}{number}", True) for number in range(5000)] for words in ("甲", "乙"))
    match = Match(theirs, ours)
    assert [match.line(at) for at in range(5000)] == list(range(5000))


def test_an_excerpt_over_very_many_lines_is_cut_short() -> None:
    page = Commented(tuple(Line(f"第{number}行") for number in range(20_000)))
    comment = Comment("张", "全部重写", line=0, end_line=19_999, end=2)
    assert {page.excerpt(comment) for _ in range(500)} == {
        " ".join(f"第{number}行" for number in range(30))[:LONGEST_EXCERPT] + "…"
    }
