"""导出填报模板, and the filled workbook taken back into the draft it was made from as one step."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.ui.shell.test_window import unnamed
from ui.features.fill_in.fill_in_controller import FillInController
from ui.features.imports.imports_controller import ImportsController
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog, TakeOver


def exported(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    desk = window.controller(FillInController)
    desk.export_to(path)
    qtbot.waitUntil(lambda: "已导出填报模板" in window.statusBar().currentMessage())


def test_the_filled_workbook_updates_the_open_draft_in_one_step_after_listing_the_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_draft(Draft(EXAMPLE))
    session = window.editor.session
    exported(window, qtbot, tmp_path / "模板.xlsx")
    book = load_workbook(tmp_path / "模板.xlsx")
    budget = next(f"B{row[0].row}" for row in book["项目1"].iter_rows() if row[0].value == "预算数")
    book["项目1"][budget] = "66.00"
    book.save(tmp_path / "模板.xlsx")
    shown: list[str] = []

    def accept(dialog: ImportReportDialog) -> QDialog.DialogCode:
        assert unnamed(dialog) == []
        shown.append(dialog.findChild(QPlainTextEdit).toPlainText())
        shown.extend(button.text() for button in dialog.findChildren(QRadioButton) if button.isChecked())
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ImportReportDialog, "exec", accept)
    session.edit("overall_goal", "后来改的一句。")
    session.leave_field()
    before = session.draft
    window.controller(ImportsController).import_files([tmp_path / "模板.xlsx"])
    qtbot.waitUntil(lambda: session.document.projects[0].budget == "66.00")
    assert shown[0].startswith("更新当前草稿会改动\n　项目 1：预算数 「60.00」 → 「66.00」")
    assert shown[1] == TakeOver.UPDATE.value
    assert session.document.overall_goal == "后来改的一句。"
    assert session.document.projects[1] == EXAMPLE.projects[1]
    session.undo()
    assert session.draft == before


def test_a_workbook_of_another_unit_offers_no_update(qtbot: QtBot) -> None:
    from dataclasses import replace

    from models.document.tree import Unit
    from models.exchange.fill_in_workbook import matching

    assert matching(EXAMPLE, EXAMPLE) == 2
    assert matching(EXAMPLE, replace(EXAMPLE, unit=Unit("618009", "云泽县水利站"))) == 0


def test_a_folder_that_is_gone_is_told_in_a_line(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.take_draft(Draft(EXAMPLE))
    desk = window.controller(FillInController)
    desk.export_to(tmp_path / "没有" / "模板.xlsx")
    qtbot.waitUntil(lambda: "不存在" in window.statusBar().currentMessage())
