"""A form of 自评 or 监控 of the user's own, a folder in the data folder and nothing else, in the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from importers.import_files import read_file
from models.document.tree import Draft
from models.forms.form_definition import user_forms
from tests.models.checks.test_report_rules import RUNNING, SELF
from tests.models.reports.own_forms import installed
from ui.editor.editor_steps import REPORTS
from ui.editor.stages.report_step import ReportStep
from ui.features.imports.imports_controller import ImportsController
from ui.features.reports.reports_controller import ReportsController
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog, TakeOver


def step_of(window: MainWindow, draft: Draft) -> ReportStep:
    """The page of the draft's report, with both forms in the data folder."""
    installed(user_forms(window.home))
    window.take_draft(draft)
    window.editor.show_step(REPORTS)
    (step,) = window.editor.findChildren(ReportStep)
    return step


def chosen(step: ReportStep, form_id: str) -> None:
    choice = step.form_choice.choice
    choice.setCurrentIndex(choice.findData(form_id))


def test_it_can_be_chosen_and_the_choice_undone(window: MainWindow) -> None:
    step = step_of(window, SELF)
    choice = step.form_choice.choice
    assert [choice.itemText(row) for row in range(choice.count())] == ["项目支出绩效自评表", "云泽县年终对账表"]
    chosen(step, "town-yearbook")
    assert window.session is not None
    assert window.session.draft.reports[0].form == "town-yearbook"
    window.session.undo()
    assert window.session.draft.reports == SELF.reports
    assert choice.currentData() == "self-evaluation"


def test_there_is_no_choice_without_one(window: MainWindow) -> None:
    window.take_draft(SELF)
    window.editor.show_step(REPORTS)
    (step,) = window.editor.findChildren(ReportStep)
    assert step.form_choice.isHidden()


def test_what_only_it_prints_can_be_filled_in(window: MainWindow) -> None:
    step = step_of(window, SELF)
    before = [column.header for column in step.rows.results.columns]
    chosen(step, "town-yearbook")
    assert [column.header for column in step.rows.results.columns] == [*before, "备注"]
    step.rows.results.setData(step.rows.results.index(0, len(before)), "名册在档")
    assert window.session is not None
    assert window.session.draft.reports[0].projects[0].indicators[0].remark == "名册在档"


def test_a_text_only_it_prints_has_a_field(window: MainWindow) -> None:
    step = step_of(window, RUNNING)
    paths = lambda: [field.path for field in step.texts.fields]  # noqa: E731  (as they are each time)
    wanted = "reports[r1].projects[p1].actual_goals"
    assert wanted not in paths()
    chosen(step, "town-midyear")
    assert wanted in paths()


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_files_are_written_in_it_and_imported_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(step_of(window, SELF), "town-yearbook")
    controller = window.controller(ReportsController)
    controller.export_to(tmp_path / f"对账{suffix}")
    controller.fill_in_to(tmp_path / "填报.xlsx")
    assert read_file(tmp_path / f"对账{suffix}", home=window.home).draft.reports[0].form == "town-yearbook"
    assert read_file(tmp_path / "填报.xlsx", home=window.home).draft.reports[0].form == "town-yearbook"
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(ImportReportDialog, "choice", lambda _self: TakeOver.NEW)
    before = window.session
    window.controller(ImportsController).import_files([tmp_path / f"对账{suffix}"])
    qtbot.waitUntil(lambda: window.session is not None and window.session is not before)
    assert window.session is not None
    (report,) = window.session.draft.reports
    assert report.form == "town-yearbook"
    assert report.projects[0].indicators[0].actual == "1260人次"


def test_one_that_is_gone_is_named_and_another_can_be_chosen(window: MainWindow, tmp_path: Path) -> None:
    step = step_of(window, SELF)
    chosen(step, "town-yearbook")
    (user_forms(window.home) / "town-yearbook" / "form.toml").unlink()
    step.refresh(None)
    assert step.form_choice.choice.currentText() == "town-yearbook（这里没有安装）"
    window.controller(ReportsController).export_to(tmp_path / "对账.docx")
    assert "没有名为「town-yearbook」的表式" in window.statusBar().currentMessage()
    assert not (tmp_path / "对账.docx").exists()
    chosen(step, "self-evaluation")
    window.controller(ReportsController).export_to(tmp_path / "对账.docx")
    assert (tmp_path / "对账.docx").exists()
