"""The panels at the side: what was open is open again, and Esc folds it away from wherever the cursor is."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.ui.conftest import settle
from ui.editor.problems.problems_panel import ProblemsPanel
from ui.shell.main_window import MainWindow
from ui.shell.side_panel import PANELS


@pytest.mark.parametrize("panel", [entry.id for entry in PANELS])
def test_the_panel_that_was_open_is_open_with_the_next_draft_whoever_brings_it(opened: MainWindow, panel: str) -> None:
    assert opened.editor is not None
    opened.editor.side.open(panel)
    opened.go_home()
    opened.take_draft(Draft(EXAMPLE))
    assert opened.editor.side.current == panel
    assert opened.editor.side.panel(panel) is not None
    opened.editor.side.close_panel()
    opened.go_home()
    opened.take_draft(Draft(EXAMPLE))
    assert opened.editor.side.current == ""


@pytest.mark.parametrize("inside", [False, True])
def test_esc_folds_the_panel_away_and_the_cursor_is_in_the_form(opened: MainWindow, qtbot: QtBot, inside: bool) -> None:
    assert opened.editor is not None
    opened.editor.show_place("overall_goal")
    field = opened.focusWidget()
    assert field is not None
    opened.editor.problems.open_panel()
    panel = opened.editor.side.panel("problems")
    assert isinstance(panel, ProblemsPanel)
    if inside:
        panel.list.setFocus()
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
    assert opened.editor.side.current == ""
    assert not opened.editor.side.isVisible()
    assert opened.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert opened.editor.session.document.overall_goal == ""


def test_the_preview_takes_half_of_the_window_and_the_others_their_own_width(opened: MainWindow) -> None:
    opened.resize(1600, 800)
    settle(opened)
    side, around = opened.editor.side, opened.editor.side.parentWidget()
    side.open("problems")
    settle(opened)
    usual = side.width()
    assert usual < around.width() * 0.4
    side.open("preview")
    settle(opened)
    assert abs(side.width() - around.width() / 2) < 12
    side.open("problems")
    settle(opened)
    assert side.width() == usual
