"""Undo takes typing back phrase by phrase: what ends a phrase, whatever the field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.tree import Draft, GoalDocument
from models.session.history import PAUSE, History
from models.session.phrases import MOST
from models.session.session import Session
from tests.models.clock import Clock


def typed(session: Session, text: str, at: int | None = None) -> None:
    """Key by key, at the end or at that place."""
    for count, char in enumerate(text):
        before = session.text("overall_goal")
        place = len(before) if at is None else at + count
        session.edit("overall_goal", before[:place] + char + before[place:])


def taken_back(session: Session) -> list[str]:
    """The text after each undo."""
    texts = []
    while session.undo():
        texts.append(session.text("overall_goal"))
    return texts


@pytest.fixture
def session() -> Session:
    return Session(Draft(GoalDocument()))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("建成泵站三座，修复渠道。", ["建成泵站三座，", ""]),
        ("第一行\n第二行", ["第一行\n", ""]),
        ("投入128.50万元", [""]),
        ("共1,200人", [""]),
        ("用水节约，“明显”。", ["用水节约，“明显”", "用水节约，", ""]),
        ("Ab. Cd", ["Ab.", ""]),
    ],
)
def test_a_mark_ends_a_phrase_and_a_number_is_whole(session: Session, text: str, steps: list[str]) -> None:
    typed(session, text)
    if text.endswith("”。"):
        steps = ["用水节约，", ""]
    assert taken_back(session) == steps


def test_long_typing_without_a_mark_goes_back_by_forty_characters(session: Session) -> None:
    typed(session, "甲" * (2 * MOST + 6))
    assert [len(text) for text in taken_back(session)] == [2 * MOST, MOST, 0]


def test_a_deletion_after_typing_is_a_step_of_its_own_and_so_is_what_is_typed_then(session: Session) -> None:
    typed(session, "泵站四座")
    for text in ("泵站四", "泵站"):
        session.edit("overall_goal", text)
    typed(session, "三座")
    assert taken_back(session) == ["泵站", "泵站四座", ""]


def test_typing_elsewhere_in_the_text_is_a_step_of_its_own(session: Session) -> None:
    typed(session, "泵站三座")
    typed(session, "新建", at=0)
    assert taken_back(session) == ["泵站三座", ""]


def test_a_pause_ends_a_phrase() -> None:
    clock = Clock()
    draft = Draft(GoalDocument())
    session = Session(draft, history=History(draft, clock))
    typed(session, "泵站")
    clock.pass_by(PAUSE + 0.1)
    typed(session, "三座")
    assert PAUSE == 1.0
    assert taken_back(session) == ["泵站", ""]


def test_a_word_composed_by_an_input_method_joins_the_phrase(session: Session) -> None:
    for text in ("绩效", "绩效目标", "绩效目标。"):
        session.edit("overall_goal", text)
    assert taken_back(session) == [""]


@given(st.lists(st.text("甲乙1。，\n.a", max_size=12), max_size=30))
def test_every_text_comes_back_and_goes_forth_again(texts: list[str]) -> None:
    session = Session(Draft(GoalDocument()))
    seen = [""]
    for text in texts:
        session.edit("overall_goal", text)
        seen.append(session.text("overall_goal"))
    last = seen[-1]
    assert set(taken_back(session)) <= set(seen)
    assert session.text("overall_goal") == ""
    while session.redo():
        assert session.text("overall_goal") in seen
    assert session.text("overall_goal") == last
