"""A filled 自评表 whose projects the open draft has not: however it is taken over, its results come along."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from exporters.export_files import write_file
from exporters.reports.report_files import write_report
from models.document.tree import Draft, GoalDocument, Indicator, IndicatorResult, Project, ProjectResult, Report
from models.reports.results import shown_projects
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


@pytest.mark.parametrize("names", [("防汛物资储备", "节水灌溉"), ("节水灌溉", "防汛物资储备")])
def test_another_text_in_its_place_gets_no_result_of_other_targets(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both texts call their first project p1: results go by name, and what has no target any more is kept with its words."""

    def text(*projects: str) -> GoalDocument:
        rows = {"防汛物资储备": "沙袋数量", "节水灌溉": "灌溉面积", "河道清淤": "清淤长度"}
        return GoalDocument(
            year=2026,
            projects=tuple(
                Project(
                    f"p{at}", name=name, indicators=(Indicator("i1", "产出指标", "数量指标", rows[name], value="≥5"),)
                )
                for at, name in enumerate(projects, 1)
            ),
        )

    results = (
        ProjectResult("p1", indicators=(IndicatorResult("i1", "8"),)),
        ProjectResult("p2", indicators=(IndicatorResult("i1", "9"),)),
    )
    window.take_draft(Draft(text("防汛物资储备", "河道清淤"), reports=(Report("r1", "自评", 2026, projects=results),)))
    write_file(Draft(text(*names)), tmp_path / "新.docx")
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(ImportReportDialog, "choice", lambda _self: TakeOver.REPLACE)
    window.controller(ImportsController).import_files([tmp_path / "新.docx"])
    qtbot.waitUntil(
        lambda: window.session is not None and "节水灌溉" in [one.name for one in window.session.document.projects]
    )
    assert window.session is not None
    draft = window.session.draft
    shown = {
        (project.name, row.name): next((one.actual for one in result.indicators if one.indicator_id == row.id), "")
        for project, result in shown_projects(draft.document, draft.reports[0])
        for row in project.indicators
    }
    assert shown == {("防汛物资储备", "沙袋数量"): "8", ("节水灌溉", "灌溉面积"): "", ("河道清淤", "清淤长度"): "9"}
