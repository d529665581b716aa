"""A remark leads to its field, and the keys struck for the list change nothing there."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from tests.ui.features.review.test_review import choose, priced_document, read, returned
from ui.shell.main_window import MainWindow


def test_a_second_enter_changes_nothing_of_the_field_one_was_led_to(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(priced_document()))
    panel = read(window, qtbot, returned(tmp_path))
    choose(panel, "人次与指标表不一致")
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert window.editor.path == "overall_goal"
    draft, field = window.editor.session.draft, window.focusWidget()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(field, key)
    assert window.editor.session.draft is draft
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.editor.session.draft is not draft
