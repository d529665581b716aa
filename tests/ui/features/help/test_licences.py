"""第三方许可: every part others made is named with its licence, and the text of the chosen one is there to read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.help import licences as notices
from ui.features.help.about_dialog import AboutDialog
from ui.features.help.licences_dialog import LicencesDialog
from ui.shell.main_window import MainWindow


@pytest.fixture
def dialog(qtbot: QtBot) -> LicencesDialog:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_every_component_is_listed_with_its_licence_and_has_a_text(dialog: LicencesDialog, qtbot: QtBot) -> None:
    rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "Qt 6.9.3（LGPL-3.0）" in rows
    assert any(row.startswith("lxml ") and "BSD" in row for row in rows)
    for _row in rows:
        assert len(dialog.text.toPlainText()) > 200
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.currentRow() == len(rows) - 1


def test_qt_s_text_is_the_lgpl_and_the_reader_is_told_that_qt_may_be_replaced(dialog: LicencesDialog) -> None:
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    assert "GNU GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    assert "换成自己编译的同版本文件" in notices.introduction()


def test_about_leads_to_the_licences(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(LicencesDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    about = AboutDialog(window.home, window.home / "backups", parent=window)
    qtbot.addWidget(about)
    about.show()
    button = next(button for button in about.findChildren(QPushButton) if button.text() == "第三方许可")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert shown == ["第三方许可"]
