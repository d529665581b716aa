"""The page of a 自评 that has just begun."""

import pytest
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from tests.models.reports.drafts_with_reports import DRAFT
from ui.editor.stages.report_step import ReportStep
from ui.shell.main_window import MainWindow

BARE = Draft(DRAFT.document)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ReportStep:
    """The 自评 of the draft, as the menu opens it."""
    window.take_draft(BARE)
    window.run_action("reports.self_evaluation")
    step = window.editor.current
    assert isinstance(step, ReportStep)
    qtbot.waitUntil(lambda: step.rows.hasFocus())
    return step
