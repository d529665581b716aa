"""A 定稿 is locked: whatever is asked of the session, its text and its print stay until it is reopened."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.document.tree import Draft, GoalDocument, IgnoredProblem, Project, SubGoal
from models.session.history import History
from models.session.session import Session
from tests.models.clock import Clock
from tests.models.paths import leaves, lists
from tests.strategies import drafts, line

TEXT = Draft(GoalDocument(overall_goal="目标", projects=(Project("p1", name="甲"), Project("p2", name="乙"))))
FINAL = replace(TEXT, state="定稿")


def open_session(draft: Draft = FINAL) -> Session:
    return Session(draft, history=History(draft, Clock()))


def _edit(session: Session, data: st.DataObject) -> None:
    around = list(leaves(session.draft.settings, "settings"))
    # But for the form: there is one only, and no text without it.
    inside = [(path, old) for path, old in leaves(session.document) if path != "template"]
    path, old = data.draw(st.sampled_from([*inside, *around]))
    session.edit(path, data.draw(line(0)) if isinstance(old, str | None) else not old)


def _list_of(session: Session, data: st.DataObject) -> tuple[str, tuple[Any, ...]]:
    return data.draw(st.sampled_from([found for found in lists(session.document) if "plan" not in found[0]]))


def _insert(session: Session, data: st.DataObject) -> None:
    path, parts = _list_of(session, data)
    session.insert(path, data.draw(st.integers(0, len(parts))), parts[0] if parts else SubGoal("new"))


def _part(session: Session, data: st.DataObject) -> str:
    path, parts = _list_of(session, data)
    place = data.draw(st.integers(0, max(0, len(parts) - 1)))
    return f"{path}[{getattr(parts[place], 'id', place)}]" if parts else ""


def _remove(session: Session, data: st.DataObject) -> None:
    if path := _part(session, data):
        session.remove(path)


def _move(session: Session, data: st.DataObject) -> None:
    if path := _part(session, data):
        session.move(path, data.draw(st.integers(0, 5)))


def _change(session: Session, data: st.DataObject) -> None:
    session.change("恢复版本", data.draw(st.one_of(drafts(), drafts().map(lambda draft: draft.document))))


def _finish_typing(session: Session, data: st.DataObject) -> None:
    session.finish_typing("选用指标", data.draw(drafts()).document, "overall_goal")


def _type_along(session: Session, data: st.DataObject) -> None:
    session.type_along("修改", data.draw(drafts()).document, "overall_goal")


CALLS: dict[str, Callable[[Session, st.DataObject], None]] = {
    "edit": _edit,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
    "change": _change,
    "finish_typing": _finish_typing,
    "type_along": _type_along,
    "cancel_typing": lambda session, _data: session.cancel_typing("overall_goal") and None,
    "finalise": lambda session, _data: session.finalise() and None,
    "undo": lambda session, _data: session.undo() and None,
    "redo": lambda session, _data: session.redo() and None,
    "leave_field": lambda session, _data: session.leave_field(),
    "save": lambda session, _data: session.save() and None,
}
_ASK_ONLY = {"subscribe", "get", "locks", "text", "where"}


def test_every_way_to_change_a_draft_is_tried_below() -> None:
    methods = {name for name, found in vars(Session).items() if callable(found) and not name.startswith("_")}
    assert methods == {*CALLS, *_ASK_ONLY, "reopen"}


@settings(max_examples=40)
@given(draft=drafts(), data=st.data())
def test_while_a_draft_is_final_no_call_changes_its_text_or_its_print(draft: Draft, data: st.DataObject) -> None:
    """From one 定稿 no call leads to another: the text changes only where a 草稿 stands before the step or behind it."""
    session = open_session(draft)
    for name in data.draw(st.lists(st.sampled_from([*CALLS, "finalise", "reopen"]), max_size=12)):
        before, final = session.draft, session.is_locked
        CALLS.get(name, lambda session, _data: session.reopen() and None)(session, data)
        now = session.draft
        if final and (name not in {"undo", "redo"} or session.is_locked):
            assert (now.document, now.settings) == (before.document, before.settings), name
        if final and name not in {"undo", "redo", "reopen"}:
            assert session.is_locked or name in {"change", "edit"}, name


@pytest.mark.parametrize(
    "name", sorted(set(CALLS) - {"cancel_typing", "undo", "redo", "leave_field", "save", "finalise"})
)
def test_a_refused_step_is_told_and_is_no_step(name: str) -> None:
    calls: dict[str, Callable[[Session], bool]] = {
        "edit": lambda s: s.edit("overall_goal", "别的"),
        "insert": lambda s: s.insert("projects", 0, Project("p3")),
        "remove": lambda s: s.remove("projects[p1]"),
        "move": lambda s: s.move("projects[p1]", 1),
        "change": lambda s: s.change("恢复版本", TEXT.document.__class__()),
        "finish_typing": lambda s: s.finish_typing("选用指标", GoalDocument(), "overall_goal"),
        "type_along": lambda s: s.type_along("修改", GoalDocument(), "overall_goal"),
    }
    session, told = open_session(), []
    session.when_refused = lambda: told.append(name)
    assert not calls[name](session)
    assert told == [name]
    assert session.draft is FINAL
    assert session.undo_label is None


def test_settings_of_printing_are_locked_with_the_text_and_what_surrounds_it_is_not() -> None:
    session = open_session()
    assert not session.edit("settings.cover", False)
    ignored = (IgnoredProblem("sum", "projects[p1].budget", "1"),)
    assert session.change("忽略", replace(FINAL, ignored=ignored))
    assert session.draft.ignored == ignored


def test_a_draft_made_final_is_reopened_by_undo_and_by_reopening() -> None:
    session = open_session(TEXT)
    assert session.finalise()
    assert not session.finalise()
    assert session.undo_label == "定稿"
    session.undo()
    assert session.edit("overall_goal", "别的")
    session.finalise()
    assert session.reopen()
    assert session.undo_label == "重新打开修改"
    assert session.edit("overall_goal", "又一个")


def test_to_make_final_adds_no_heading_to_a_text_without_one() -> None:
    session = open_session(TEXT)
    session.finalise()
    assert session.document is TEXT.document
