"""The form chosen for the way out: shown, printed, remembered by its id; the draft stays the text it is, also when a file of
the form comes back into it.
"""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from exporters.form_files import form_bytes, form_pages
from importers.import_files import read_file
from models.document import fieldpath
from models.document.template import DEFAULT
from models.document.tree import Draft, GoalDocument
from models.forms.form_definition import load_form
from tests.models.forms.test_project_forms import DOCUMENT, NATIONAL
from tests.ui.features.exports.test_export_bar import export, page_count, printer_to
from tests.ui.features.exports.test_form_problems import choose_form
from tests.ui.features.preview.test_preview import texts
from ui.app.application import make_window
from ui.features.exports.export_bar import WayOut
from ui.features.imports.imports_controller import ImportsController
from ui.features.preview.preview_panel import Preview
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog, TakeOver

FORMS = pytest.mark.parametrize("form_id", ["project-2015", "project-2021-period"])


@pytest.fixture
def out(window: MainWindow) -> WayOut:
    window.take_draft(Draft(DOCUMENT))
    found: WayOut = window.editor.export_step().out
    return found


@FORMS
def test_the_preview_shows_the_form_chosen_there(window: MainWindow, out: WayOut, qtbot: QtBot, form_id: str) -> None:
    window.editor.side.open("preview")
    preview = window.editor.side.panel("preview")
    assert isinstance(preview, Preview)
    with qtbot.waitSignal(preview.shown):
        pass
    with qtbot.waitSignal(preview.shown):
        preview.form.setCurrentIndex(preview.form.findData(form_id))
        preview.form.activated.emit(preview.form.currentIndex())
    form = load_form(form_id)
    assert form is not None
    assert texts(tuple(preview.view.pages())) == texts(form_pages(Draft(DOCUMENT), form))
    out.form.refresh()
    assert out.form.currentData() == form_id


@FORMS
def test_the_chosen_form_is_printed(
    out: WayOut, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form_id: str
) -> None:
    file = tmp_path / "printed.pdf"
    counts = printer_to(file, monkeypatch)
    choose_form(out, form_id)
    out.print_whole()
    qtbot.waitUntil(lambda: "已打印成 PDF 文件" in out.result.text())
    form = load_form(form_id)
    assert form is not None
    assert page_count(file) == counts[0] == len(form_pages(Draft(DOCUMENT), form)) == 1


def test_the_form_is_still_chosen_when_the_program_starts_again(
    window: MainWindow, out: WayOut, qtbot: QtBot, tmp_path: Path
) -> None:
    choose_form(out, "project-2021-period")
    window.close()
    again = make_window(tmp_path)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.store is not None)
    assert again.store is not None
    assert again.store.recall("export.form") == "project-2021-period"
    again.take_draft(Draft(DOCUMENT))
    assert again.editor.export_step().out.form.currentData() == "project-2021-period"
    again.close()


def test_the_draft_stays_the_text_it_is_edited_in(
    window: MainWindow, out: WayOut, qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.editor.session.draft
    choose_form(out, "project-2015")
    file = export(qtbot, out, tmp_path / "表.docx")
    assert window.editor.session.draft is before
    assert before.document.template == DEFAULT == read_file(file).draft.document.template


def test_a_file_of_a_form_put_in_the_texts_place_changes_what_it_shows_alone(
    window: MainWindow, out: WayOut, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert NATIONAL is not None
    changes = {
        "projects[p1].budget": "180.00",
        "projects[p1].indicators[i1].value": "≥36场",
        "overall_goal": "别处的话。",
    }
    file = tmp_path / "申报表.docx"
    file.write_bytes(form_bytes(Draft(fieldpath.replace_all(DOCUMENT, changes)), NATIONAL, ".docx"))
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(ImportReportDialog, "choice", lambda _self: TakeOver.REPLACE)
    session = out.session
    session.edit("headings.overall_goal", "一、总体绩效目标")
    before = session.document
    window.controller(ImportsController).import_files([file])
    qtbot.waitUntil(lambda: session.get("projects[p1].budget") == "180.00")
    expected: GoalDocument = fieldpath.replace_all(
        before, {path: value for path, value in changes.items() if path.startswith("projects")}
    )
    assert session.document == expected
    session.undo()
    assert session.document == before
