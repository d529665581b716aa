"""What is checked follows the form that goes out: only what it prints is counted, its rows of the whole term are judged."""

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from models.document import fieldpath
from models.document.tree import Draft, Unit
from models.forms.form_definition import user_forms
from tests.models.forms.test_form_checks import DATA
from tests.models.forms.test_project_forms import DOCUMENT
from ui.features.exports.export_bar import WayOut
from ui.shell.main_window import MainWindow
from ui.widgets import questions

LATER, THIS_YEAR = (f"projects[p1].indicators[{row}].value" for row in ("i4", "i1"))


@pytest.fixture
def out(window: MainWindow) -> WayOut:
    shutil.copytree(DATA / "forms", user_forms(window.home))
    unit = Unit("806001", "青禾县文化服务中心")
    window.take_draft(Draft(replace(DOCUMENT, unit=unit)))
    found: WayOut = window.editor.export_step().out
    found.form.refresh()
    return found


def choose_form(out: WayOut, form_id: str) -> None:
    out.form.setCurrentIndex(out.form.findData(form_id))
    out.form.activated.emit(out.form.currentIndex())


def paths(window: MainWindow) -> set[str]:
    return set(window.editor.problems.live.by_path())


def judged(window: MainWindow, path: str, *, wrong: bool) -> Callable[[], bool]:
    return lambda: window.editor.problems.live.ready and (path in paths(window)) is wrong


def test_only_what_the_chosen_form_prints_keeps_it_from_going_out(
    window: MainWindow, out: WayOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []

    def ask(_parent: object, count: int, _still: str) -> str:
        counts.append(count)
        return questions.STAY

    monkeypatch.setattr(questions, "ask_about_errors", ask)
    monkeypatch.setattr("ui.features.exports.export_bar.choose_export", lambda *_asked: None)
    out.ask(".docx")
    assert counts
    of_the_text = counts.pop()
    choose_form(out, "project-2015")
    out.ask(".docx")
    assert counts == []
    window.editor.session.edit(THIS_YEAR, "")
    out.ask(".docx")
    assert counts == [1]
    choose_form(out, "")
    out.ask(".docx")
    assert counts == [1, of_the_text + 1]


def test_rows_of_the_whole_term_are_judged_while_the_chosen_form_has_such_rows(
    window: MainWindow, out: WayOut, qtbot: QtBot
) -> None:
    window.editor.session.edit(LATER, "≥**场")
    window.editor.problems.live.ask_all()
    qtbot.waitUntil(judged(window, LATER, wrong=False))
    text_alone = out.count_errors()
    choose_form(out, "county-term")
    qtbot.waitUntil(judged(window, LATER, wrong=True))
    assert out.count_errors() == 1
    choose_form(out, "project-2021-period")
    qtbot.waitUntil(judged(window, LATER, wrong=False))
    assert out.count_errors() == 0
    choose_form(out, "")
    assert out.count_errors() == text_alone


def test_a_form_chosen_in_the_preview_or_gone_is_followed_at_the_next_step(
    window: MainWindow, out: WayOut, qtbot: QtBot
) -> None:
    wrong = fieldpath.replace(window.editor.session.document, LATER, "≥**场")
    window.take_draft(Draft(wrong))
    assert window.store is not None
    window.store.remember("export.form", "county-term")
    window.editor.show_step(5)
    qtbot.waitUntil(judged(window, LATER, wrong=True))
    shutil.rmtree(user_forms(window.home))
    window.editor.show_step(4)
    qtbot.waitUntil(judged(window, LATER, wrong=False))


def test_a_draft_opens_with_the_checks_of_the_form_chosen_last(window: MainWindow, out: WayOut, qtbot: QtBot) -> None:
    choose_form(out, "county-term")
    window.take_draft(Draft(fieldpath.replace(DOCUMENT, LATER, "≥**场")))
    qtbot.waitUntil(judged(window, LATER, wrong=True))
