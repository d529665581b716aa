"""A form of the user's own, a folder in the data folder and nothing else, wherever the shipped ones are known."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from exporters.fill_in_writer import fill_in_bytes
from exporters.form_files import form_bytes
from importers.import_files import read_file
from models.document.tree import Details, Draft, GoalDocument, Indicator, Project
from models.forms.form_definition import ProjectForm, load_form, user_forms
from tests.models.forms.county_form import COUNTY
from tests.models.forms.test_project_forms import installed
from ui.features.exports.export_bar import WayOut
from ui.features.fill_in.fill_in_controller import FillInController
from ui.features.imports.imports_controller import ImportsController
from ui.features.units.units_controller import UnitsController
from ui.features.years.years_controller import YearsController
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog, TakeOver

PROJECT = Project(
    "p1",
    name="公益演出",
    details=Details(lead="张三"),
    indicators=(
        Indicator("i1", name="演出场次", value="≥30场", basis="年初工作计划"),
        Indicator("i2", name="观众人次", value="≥900人次", basis="去年统计"),
    ),
)
DRAFT = Draft(GoalDocument(projects=(PROJECT,)))


@pytest.fixture
def form(window: MainWindow) -> ProjectForm:
    """«负责人» stands there as «谁来办», the value as «要求»: words that no vocabulary of ours knows."""
    own = user_forms(window.home)
    installed(own, OWN)
    found = load_form("county-2026", own)
    assert found is not None
    return found


WORDS = {"项目": "办什么事", "负责人": "谁来办", "指标": "看什么", "要求": "办到什么样", "依据": "凭什么"}
"""Labels that no list of labels knows: only the form itself can tell what they mean."""
OWN = COUNTY
for _label, _word in WORDS.items():
    OWN = OWN.replace(f'label = "{_label}"', f'label = "{_word}"')


def said(draft: Draft | None) -> tuple[str, str, list[tuple[str, str, str]]]:
    assert draft is not None
    (project,) = draft.document.projects
    return project.name, project.details.lead, [(row.name, row.value, row.basis) for row in project.indicators]


def taken_as_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(ImportReportDialog, "choice", lambda _self: TakeOver.NEW)


def opened(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.session is not None and bool(window.session.document.projects)


def in_a_file(form: ProjectForm, folder: Path, suffix: str = ".docx") -> Path:
    path = folder / f"表{suffix}"
    path.write_bytes(form_bytes(DRAFT, form, suffix))
    return path


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt"])
def test_a_file_of_it_is_imported(
    window: MainWindow, form: ProjectForm, qtbot: QtBot, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_as_new(monkeypatch)
    window.controller(ImportsController).import_files([in_a_file(form, tmp_path, suffix)])
    qtbot.waitUntil(opened(window))
    assert window.session is not None
    assert said(window.session.draft) == said(DRAFT)


def test_it_is_known_in_the_clipboard(
    window: MainWindow, form: ProjectForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_as_new(monkeypatch)
    QApplication.clipboard().setText(form_bytes(DRAFT, form, ".txt").decode())
    window.controller(ImportsController).import_clipboard()
    qtbot.waitUntil(opened(window))
    assert window.session is not None
    assert said(window.session.draft) == said(DRAFT)


def test_last_years_text_may_have_it(
    window: MainWindow, form: ProjectForm, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.features.years.rollover_dialog import FromLastYearDialog

    taken_as_new(monkeypatch)
    found: list[Draft | None] = []

    def answer(dialog: FromLastYearDialog) -> QDialog.DialogCode:
        dialog.picker.read(in_a_file(form, tmp_path))
        qtbot.waitUntil(lambda: dialog.picker.draft is not None)
        found.append(dialog.picker.draft)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(FromLastYearDialog, "exec", answer)
    window.controller(YearsController).from_last_year()
    assert said(found[0]) == said(DRAFT)


def test_a_units_file_may_have_it(
    window: MainWindow, form: ProjectForm, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.features.units.merge_dialog import MergeDialog

    found: list[Draft] = []

    def answer(dialog: MergeDialog) -> QDialog.DialogCode:
        dialog.sources.add_files([in_a_file(form, tmp_path)])
        qtbot.waitUntil(lambda: len(dialog.sources.sources()) == 1)
        found.append(dialog.sources.sources()[0].draft)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(MergeDialog, "exec", answer)
    window.controller(UnitsController).merge_units()
    assert said(found[0]) == said(DRAFT)


def test_it_is_exported_shown_and_filled_in(
    window: MainWindow, form: ProjectForm, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(replace(DRAFT, document=replace(DRAFT.document, projects=(PROJECT,))))
    out: WayOut = window.editor.export_step().out
    out.form.refresh()
    out.form.setCurrentIndex(out.form.findData("county-2026"))
    out.form.activated.emit(out.form.currentIndex())
    for suffix in (".docx", ".xlsx", ".pdf"):
        with qtbot.waitSignal(out.exported):
            out.export_to(tmp_path / f"出{suffix}")
    for suffix in (".docx", ".xlsx"):
        read = read_file(tmp_path / f"出{suffix}", home=window.home)
        assert (read.form, said(read.draft)) == ("county-2026", said(DRAFT))
    assert (tmp_path / "出.pdf").read_bytes().startswith(b"%PDF-")
    workbook = tmp_path / "填报.xlsx"
    window.controller(FillInController).export_to(workbook)
    qtbot.waitUntil(lambda: "已导出填报模板" in window.statusBar().currentMessage())
    assert workbook.read_bytes() == fill_in_bytes(window.session.draft, form)
