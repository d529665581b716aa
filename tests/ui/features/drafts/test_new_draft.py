"""A new draft: what is asked, proposed and understood."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.shell.test_window import unnamed
from ui.features.drafts.new_draft_dialog import NewDraft, NewDraftDialog
from ui.shell.main_window import MainWindow


def test_a_new_draft_asks_for_year_and_unit_and_remembers_them(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[NewDraft] = []

    def answered(dialog: NewDraftDialog) -> int:
        seen.append(dialog.answer())
        dialog.year.setText("2027")
        dialog.unit_code.setText("618001")
        dialog.unit_name.setText("推广站")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewDraftDialog, "exec", answered)
    window.run_action("drafts.new")
    document = window.editor.session.document
    assert (document.year, document.unit.code, document.unit.name) == (2027, "618001", "推广站")
    window.run_action("drafts.new")
    assert seen[1] == NewDraft(2027, "618001", "推广站")


def test_a_new_draft_proposes_the_unit_as_it_was_last_corrected(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[NewDraft] = []

    def answered(dialog: NewDraftDialog) -> int:
        seen.append(dialog.answer())
        dialog.year.setText("2027")
        dialog.unit_name.setText("推厂站")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewDraftDialog, "exec", answered)
    window.run_action("drafts.new")
    window.editor.session.edit("unit.name", "推广站")
    window.editor.session.edit("unit.code", "618001")
    window.editor.save_now()
    window.run_action("drafts.new")
    assert (seen[1].unit_code, seen[1].unit_name) == ("618001", "推广站")
    window.store.delete(window.editor.session.draft_id)
    monkeypatch.setattr(NewDraftDialog, "exec", lambda dialog: seen.append(dialog.answer()))
    window.run_action("drafts.new")
    assert seen[2].unit_name == "推厂站", "the draft made last is gone"


def test_the_new_draft_dialog_is_labelled_and_questions_a_strange_year(qtbot: QtBot) -> None:
    dialog = NewDraftDialog(NewDraft(26, "", ""))
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []
    dialog.accept()
    assert dialog.isVisible()
    assert "26" in dialog._fault.text()
    dialog.year.clear()
    dialog.accept()
    assert dialog.answer().year is None


def test_enter_in_the_new_draft_dialog_leads_to_the_field_still_blank(qtbot: QtBot) -> None:
    dialog = NewDraftDialog(NewDraft(2027, "", ""))
    qtbot.addWidget(dialog)
    dialog.show()
    for field in (dialog.year, dialog.unit_code):
        assert dialog.focusWidget() is field
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.unit_name
    qtbot.keyClick(dialog.unit_name, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_new_draft_dialog_understands_a_year_as_it_is_pasted(qtbot: QtBot) -> None:
    dialog = NewDraftDialog(NewDraft(None, "618001", "云泽县农业技术推广中心" * 5))
    qtbot.addWidget(dialog)
    dialog.year.insert("２０２７年度")
    assert dialog.answer().year == 2027
    assert dialog.unit_name.cursorPosition() == 0, "of a long name its beginning is seen"
    dialog.year.setText("明年")
    dialog.show()
    dialog.accept()
    assert dialog.isVisible()
    assert "明年" in dialog._fault.text()
