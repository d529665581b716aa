"""Undo and redo: steps, typing that joins, and a list of states as the model."""

from hypothesis import given
from hypothesis import strategies as st

from models.session.history import PAUSE, History
from tests.models.clock import Clock


def test_typing_in_one_field_is_one_step() -> None:
    clock = Clock()
    history = History("", clock)
    for text in ("资", "资金", "资金到位"):
        clock.pass_by(PAUSE - 0.1)
        history.record(text, "修改 总体绩效目标", "overall_goal")
    assert history.undo() == ""
    assert history.undo() is None
    assert history.redo() == "资金到位"


def test_a_pause_begins_a_new_step() -> None:
    clock = Clock()
    history = History("", clock)
    history.record("资", "修改", "f")
    clock.pass_by(PAUSE + 0.1)
    history.record("资金", "修改", "f")
    assert history.undo() == "资"


def test_another_field_begins_a_new_step() -> None:
    history = History("", Clock())
    history.record("甲", "修改 甲", "f")
    history.record("甲乙", "修改 乙", "g")
    assert history.undo_label == "修改 乙"
    assert history.undo() == "甲"
    assert (history.undo_label, history.redo_label) == ("修改 甲", "修改 乙")


def test_leaving_the_field_ends_the_step() -> None:
    history = History("", Clock())
    history.record("甲", "修改", "f")
    history.seal()
    history.record("甲乙", "修改", "f")
    assert history.undo() == "甲"


def test_an_action_never_joins_another() -> None:
    history = History("", Clock())
    history.record("甲", "添加 项目")
    history.record("乙", "添加 项目")
    assert history.undo() == "甲"


def test_typing_after_undo_begins_a_step_of_its_own() -> None:
    history = History("", Clock())
    history.record("甲", "修改", "f")
    history.record("乙", "删除")
    assert history.undo() == "甲"
    history.record("甲丙", "修改", "f")
    assert history.undo() == "甲"


def test_typing_after_redo_begins_a_step_of_its_own() -> None:
    history = History("", Clock())
    history.record("甲", "修改", "f")
    history.undo()
    history.redo()
    history.record("甲丙", "修改", "f")
    assert history.undo() == "甲"


def test_typing_is_cancelled_as_if_it_had_not_been() -> None:
    history = History("", Clock())
    history.record("甲", "修改 甲", "f")
    history.record("甲乙", "修改 乙", "g")
    assert history.cancel("f") is None
    assert history.cancel("g") == "甲"
    assert (history.undo_label, history.redo_label) == ("修改 甲", None)
    assert history.cancel("f") is None  # that step is done


def test_patient_typing_is_one_step_however_long_the_hands_rest() -> None:
    clock = Clock()
    history = History("", clock)
    for text in ("资", "资金"):
        clock.pass_by(10 * PAUSE)
        history.record(text, "修改", "f", patient=True)
    assert history.undo() == ""


def test_a_new_step_ends_redo() -> None:
    history = History("", Clock())
    history.record("甲", "修改", "f")
    history.undo()
    history.record("乙", "修改", "g")
    assert (history.redo_label, history.redo(), history.current) == (None, None, "乙")


@given(st.lists(st.one_of(st.sampled_from(["undo", "redo", "seal"]), st.integers(0, 99)), max_size=40))
def test_history_is_a_list_of_states(actions: list[object]) -> None:
    history: History[object] = History("start", Clock())
    states: list[object] = ["start"]
    at = 0
    for action in actions:
        if action == "undo":
            assert history.undo() == (states[at - 1] if at else None)
            at = max(0, at - 1)
        elif action == "redo":
            assert history.redo() == (states[at + 1] if at + 1 < len(states) else None)
            at = min(len(states) - 1, at + 1)
        elif action == "seal":
            history.seal()
        else:
            history.record(action, "步骤")
            states[at + 1 :] = [action]
            at += 1
        assert history.current == states[at]
        assert (history.undo_label is None, history.redo_label is None) == (at == 0, at == len(states) - 1)
