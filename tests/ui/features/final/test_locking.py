"""定稿: what is final can be read, copied and exported, and is changed by nothing before it is opened again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.document.template import load_template
from models.document.tree import Draft, Unit
from models.session.session import new_document
from models.store.revisions import Revisions
from ui.editor.fields import CheckField, ChoiceField
from ui.features.final.final_controller import LOCKED, FinalController
from ui.shell.main_window import MainWindow
from ui.widgets import questions


@pytest.fixture
def final(opened: MainWindow) -> MainWindow:
    desk_of(opened).finalise()
    return opened


def desk_of(window: MainWindow) -> FinalController:
    return window.controller(FinalController)


def test_a_final_draft_is_kept_as_a_version_and_says_so_above_the_steps(final: MainWindow) -> None:
    versions = Revisions(final.store).list(final.editor.session.draft_id)
    assert "定稿" in [version.name for version in versions]
    assert desk_of(final)._banner.isVisible()
    assert desk_of(final)._banner.text.text().startswith("本稿已定稿（20")
    assert final.store.load(final.editor.session.draft_id).state == "定稿"
    final.go_home()
    assert [line.state for line in final.start_page.drafts] == ["定稿"]


def test_the_last_step_has_a_button_that_makes_final_and_one_that_opens_again(opened: MainWindow) -> None:
    step, session = opened.editor.export_step(), opened.editor.session
    assert step.final.button.text() == "定稿"
    step.final.button.click()
    assert session.is_locked
    assert (step.final.button.text(), step.final.button.accessibleName()) == ("重新打开修改", "重新打开修改")
    assert step.final.state.text().startswith("状态：定稿")
    step.final.button.click()
    assert not session.is_locked
    assert step.final.state.text().startswith("状态：草稿")


def test_errors_nobody_was_blamed_for_yet_are_told_when_the_text_becomes_final(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.take_draft(Draft(new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))))
    editor = window.editor
    editor.show_step(5)
    editor.current._list.add.emit()
    editor.show_place(f"projects[{editor.session.document.projects[0].id}].name")
    QTest.keyClicks(QApplication.focusWidget(), "abc")
    live = editor.problems.live
    qtbot.waitUntil(lambda: live._judged is editor.session.draft)
    assert live.problems == (), "it is just being filled in"
    desk_of(window).finalise()
    errors = [problem for problem in live.now() if problem.severity == "error"]
    assert errors
    assert f"还有 {len(errors)} 处错误" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: live.problems == live.now())


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_every_field_is_read_and_not_edited(final: MainWindow, number: int) -> None:
    final.editor.show_step(number)
    before = final.editor.session.draft
    shown = [field for field in final.editor.current.fields if field.isVisible()]
    assert shown
    for field in shown:
        if isinstance(field, ChoiceField | CheckField):
            assert not field.isEnabled()
        else:
            assert field.isReadOnly()
            QTest.keyClicks(field, "x")
            QTest.keyClick(field, Qt.Key.Key_Return)
            QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert final.editor.session.draft is before


def test_a_text_can_still_be_selected_by_key(final: MainWindow) -> None:
    final.editor.show_place("sub_goals[s1].goal")
    field = final.editor.current._item_fields["goal"]
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert field.textCursor().selectedText() == "换管道"


@pytest.mark.parametrize(
    ("number", "words"), [(3, {"添加", "复制", "删除", "上移"}), (5, {"添加", "添加行", "添加目标"})]
)
def test_buttons_that_change_the_text_rest_and_come_back(final: MainWindow, number: int, words: set[str]) -> None:
    final.editor.show_step(number)
    buttons = [b for b in final.editor.current.findChildren(QAbstractButton) if b.text() in words and b.isVisible()]
    assert {button.text() for button in buttons} == words
    assert not any(button.isEnabled() for button in buttons)
    desk_of(final)._banner.buttons[0].click()
    assert all(button.isEnabled() for button in buttons if button.text() not in {"删除", "上移"})


def test_the_table_takes_no_rows_and_no_keys(final: MainWindow) -> None:
    final.editor.show_step(5)
    before, table = final.editor.session.draft, final.editor.current.form.table
    QApplication.clipboard().setText("产出指标\t数量指标\t别的")
    table.add_row()
    table.paste()
    QTest.keyClicks(table, "abc")
    assert table.editor is None
    assert final.editor.session.draft is before


def test_what_is_refused_says_how_to_go_on(final: MainWindow) -> None:
    before = final.editor.session.draft
    assert not final.editor.session.edit("overall_goal", "别的")
    assert final.statusBar().currentMessage() == LOCKED
    final.statusBar().clearMessage()
    final.run_action("history.discard")
    assert final.statusBar().currentMessage() == LOCKED
    assert final.editor.session.draft is before


def test_undo_takes_the_final_state_back_and_nothing_else(final: MainWindow) -> None:
    document = final.editor.session.document
    final.editor.undo()
    assert not final.editor.session.is_locked
    assert final.editor.session.document is document
    assert not desk_of(final)._banner.isVisible()


def test_undo_of_the_final_state_stays_on_the_page(opened: MainWindow) -> None:
    assert opened.editor is not None
    opened.editor.export_step()
    desk_of(opened).finalise()
    assert "已定稿" in opened.statusBar().currentMessage()
    opened.menus.actions["edit.undo"].trigger()
    assert not opened.editor.session.is_locked
    assert opened.editor.step == 6
    assert "已定稿" not in opened.statusBar().currentMessage()


def test_a_reopened_draft_is_typed_into_again(final: MainWindow, qtbot: QtBot) -> None:
    final.editor.show_place("unit.name")
    desk_of(final).toggle()
    assert final.menus.actions["final.toggle"].text() == "定稿"
    field = next(field for field in final.editor.current.fields if field.path == "unit.name")
    QTest.keyClicks(field, "A")
    assert final.editor.session.get("unit.name") == "A云泽县农业技术推广站"


def test_a_draft_opened_final_is_locked_from_the_start_and_exports(
    final: MainWindow, qtbot: QtBot, tmp_path: object
) -> None:
    draft_id = final.editor.session.draft_id
    final.go_home()
    final.open_draft(draft_id)
    assert desk_of(final)._banner.isVisible()
    assert final.menus.actions["final.toggle"].text() == "重新打开修改"
    step = final.editor.export_step()
    with qtbot.waitSignal(step.out.exported):
        step.out.export_to(tmp_path / "定稿.txt")


@pytest.mark.parametrize(
    ("answer", "state", "panel"),
    [(questions.ANYWAY, "定稿", ""), (questions.STAY, "草稿", ""), (questions.LOOK, "草稿", "problems")],
)
def test_a_text_with_errors_is_asked_about_before_it_is_final(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: str, state: str, panel: str
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, count: int, still: str) -> str:
        assert count == opened.count_errors() > 0
        asked.append(still)
        return answer

    monkeypatch.setattr(questions, "ask_about_errors", ask)
    opened.editor.session.edit("projects[p1].budget", "一百")
    desk_of(opened).finalise()
    assert asked == ["仍然定稿"]
    assert opened.editor.session.draft.state == state
    assert opened.editor.side.current == panel


def test_what_is_carried_over_stays_so_in_a_final_text(opened: MainWindow) -> None:
    session = opened.editor.session
    marks = ("projects[p1].budget",)
    session.change("沿用", replace(session.draft, provenance=replace(session.draft.provenance, carried_over=marks)))
    desk_of(opened).finalise()
    assert not session.change(
        "确认", replace(session.draft, provenance=replace(session.draft.provenance, carried_over=()))
    )
    assert session.draft.provenance.carried_over == marks
    assert opened.statusBar().currentMessage() == LOCKED
