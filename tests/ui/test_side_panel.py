"""The panel beside the form: folded away from wherever the cursor is."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.panels.problems import ProblemsPanel


@pytest.mark.parametrize("inside", [False, True])
def test_esc_folds_the_panel_away_and_the_cursor_is_in_the_form(opened: MainWindow, qtbot: QtBot, inside: bool) -> None:
    assert opened.editor is not None
    opened.editor.show_place("overall_goal")
    field = opened.focusWidget()
    assert field is not None
    opened.editor.problems.open_panel()
    panel = opened.editor.side.panel("问题")
    assert isinstance(panel, ProblemsPanel)
    if inside:
        panel.list.setFocus()
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
    assert opened.editor.side.current == ""
    assert not opened.editor.side.isVisible()
    assert opened.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert opened.editor.session.document.overall_goal == ""
