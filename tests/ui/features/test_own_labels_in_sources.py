"""The user's own words for labels are known wherever a file is read: last year's text, the comparison, texts that are merged."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from importers.reading.own_labels import remember
from models.document.tree import Draft, GoalDocument
from tests.importers.workbooks import book
from ui.features.units.merge_dialog import MergeDialog
from ui.features.units.units_controller import UnitsController
from ui.features.years.comparison_dialog import ComparisonDialog
from ui.features.years.rollover_dialog import FromLastYearDialog
from ui.features.years.years_controller import YearsController
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog

FORM = [
    ["项目名称", "送戏下乡"],
    ["主管部门", "青坪乡"],
    ["掌事人", "王某"],
    ["一级指标", "三级指标", "指标值"],
    ["产出指标", "场次", "≥30场"],
]


@pytest.fixture
def file(window: MainWindow, tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    path.write_bytes(book({"表": FORM}))
    remember(window.home, "掌事人", "details.lead")
    assert window.take_draft(Draft(GoalDocument(year=2026)))
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """What the report of each file that was read shows."""
    found: list[Draft] = []

    def use(dialog: ImportReportDialog) -> QDialog.DialogCode:
        found.append(dialog.draft)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ImportReportDialog, "exec", use)
    return found


def lead(draft: Draft) -> str:
    return draft.document.projects[0].details.lead


@pytest.mark.parametrize("kind", [FromLastYearDialog, ComparisonDialog])
def test_last_years_file_is_read_with_them(
    kind: Any, window: MainWindow, file: Path, read: list[Draft], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def use(dialog: Any) -> QDialog.DialogCode:
        qtbot.addWidget(dialog)
        dialog.picker.read(file)
        qtbot.waitUntil(lambda: bool(read))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(kind, "exec", use)
    monkeypatch.setattr(kind, "show", use)
    controller = YearsController(window)
    (controller.from_last_year if kind is FromLastYearDialog else controller.compare)()
    assert [lead(draft) for draft in read] == ["王某"]


def test_a_units_file_is_merged_with_them(
    window: MainWindow, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads: list[str] = []

    def use(dialog: MergeDialog) -> QDialog.DialogCode:
        qtbot.addWidget(dialog)
        dialog.sources.add_files([file])
        qtbot.waitUntil(lambda: dialog.sources.reading == 0)
        leads.extend(lead(source.draft) for source in dialog.sources.sources() if source.draft.document.projects)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(MergeDialog, "exec", use)
    UnitsController(window).merge_units()
    assert "王某" in leads
