"""A filled 自评表 whose projects the open draft has not: however it is taken over, its results come along."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from exporters.reports.report_files import write_report
from models.document.tree import Draft, GoalDocument, IndicatorResult, Project
from tests.models.checks.test_report_rules import SELF
from ui.features.imports.imports_controller import ImportsController
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog, TakeOver

OPEN = Draft(GoalDocument(year=2026, projects=(Project("q1", name="防汛物资储备"),)))


def reached(draft: Draft) -> list[tuple[str, str, str]]:
    """(project, target, what was reached of it) of all reports."""
    names = {project.id: project.name for project in draft.document.projects}
    rows = {(project.id, row.id): row.name for project in draft.document.projects for row in project.indicators}
    ones: list[tuple[str, IndicatorResult]] = [
        (result.project_id, one) for report in draft.reports for result in report.projects for one in result.indicators
    ]
    return [(names[id_], rows[id_, one.indicator_id], one.actual) for id_, one in ones if one.actual]


@pytest.mark.parametrize("way", [TakeOver.ADD, TakeOver.REPLACE])
def test_results_come_with_their_projects(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, way: TakeOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(SELF, "self-evaluation", tmp_path / "自评.docx")
    window.take_draft(OPEN)
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(ImportReportDialog, "choice", lambda _self: way)
    window.controller(ImportsController).import_files([tmp_path / "自评.docx"])
    qtbot.waitUntil(lambda: window.session is not None and bool(window.session.draft.reports))
    assert window.session is not None
    assert sorted(reached(window.session.draft)) == sorted(reached(SELF))
    window.session.undo()
    assert window.session.draft.reports == ()
