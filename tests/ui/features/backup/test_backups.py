"""Backups in the window: what they hold, one draft or all of it brought back, their folder, the day's own one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.store.backup import backups_of, usual_backup_folder
from tests.ui.editor.test_typing import field
from tests.ui.shell.test_window import unnamed
from ui.features.backup.backup_controller import BackupController
from ui.features.backup.backups_dialog import BackupsDialog
from ui.shell.main_window import MainWindow


def test_the_backups_list_what_they_hold_and_bring_one_draft_back(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups_of(opened.home).make(opened.store_path)
    qtbot.keyClicks(field(opened, "overall_goal"), "abc")
    assert opened.editor.save_now()
    seen: list[str] = []

    def take_one(dialog: BackupsDialog) -> int:
        dialog.show()
        qtbot.waitUntil(lambda: dialog.table.item(0, 3).text() == "1")
        assert unnamed(dialog) == []
        seen.extend([dialog.table.item(0, 2).text(), dialog.text.toPlainText()])
        dialog.take_one()
        return dialog.result()

    monkeypatch.setattr(BackupsDialog, "exec", take_one)
    opened.run_action("backup.restore")
    assert seen[0] == "云泽县农业技术推广站"
    assert "换管道" in seen[1]
    assert opened.editor.session.document.overall_goal == ""
    assert len(opened.store.list()) == 2


def test_a_whole_backup_is_restored_and_the_present_state_is_backed_up(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups_of(opened.home).make(opened.store_path)
    draft_id = opened.editor.session.draft_id
    qtbot.keyClicks(field(opened, "overall_goal"), "abc")

    def take_whole(dialog: BackupsDialog) -> int:
        dialog.set_folder(tmp_path / "stick")
        assert dialog.table.rowCount() == 0
        dialog.back_up()
        assert "核对" in dialog.said.text()
        dialog.set_folder(opened.home / "backups")
        dialog.take_whole()
        return dialog.result()

    monkeypatch.setattr(BackupsDialog, "exec", take_whole)
    opened.run_action("backup.restore")
    assert opened.editor is None
    assert opened.store.load(draft_id).document.overall_goal == ""
    assert [backup.kind for backup in backups_of(opened.home).list()] == ["restore", "auto"]
    assert "恢复前的内容也已备份" in opened.statusBar().currentMessage()


def test_the_backup_folder_is_remembered(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(dialog: BackupsDialog) -> int:
        dialog.set_folder(tmp_path / "U盘")
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(BackupsDialog, "exec", choose)
    window.run_action("backup.restore")
    assert backups_of(window.home).folder == tmp_path / "U盘"


def test_the_day_s_backup_is_made_without_being_asked(opened: MainWindow, qtbot: QtBot) -> None:
    opened.back_up_if_due()
    qtbot.waitUntil(
        lambda: len(backups_of(opened.home).list()) == 1 and not opened.controller(BackupController).is_busy
    )
    opened.back_up_if_due()
    assert len(backups_of(opened.home).list()) == 1


def test_a_backup_folder_that_is_gone_is_told_never_made_anew_and_the_day_has_its_backup_all_the_same(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    stick, backup = tmp_path / "U盘" / "备份", opened.controller(BackupController)
    usual = usual_backup_folder(opened.home)
    opened.use_backup_folder(stick)
    backup.back_up_if_due()
    qtbot.waitUntil(lambda: not backup.is_busy)
    said = opened.statusBar().currentMessage()
    assert f"没有备份到「{stick}」：这个文件夹现在不在" in said
    assert f"今天的备份先放在「{usual}」。" in said
    assert opened.start_page.noticed == said
    assert len(list(usual.iterdir())) == 1
    backup.back_up_if_due()
    qtbot.waitUntil(lambda: not backup.is_busy)
    assert len(list(usual.iterdir())) == 1
    assert not stick.parent.exists()
    assert opened.start_page.noticed == said
    dialog = BackupsDialog(backups_of(opened.home), opened.store_path, parent=opened)
    assert "这个文件夹现在不在" in dialog.said.text()
    dialog.back_up()
    assert "这个文件夹现在不在" in dialog.said.text()
    dialog.deleteLater()
    stick.mkdir(parents=True)
    backup.back_up_if_due()
    qtbot.waitUntil(lambda: len(backups_of(opened.home).list()) == 1 and not backup.is_busy)


def test_of_the_backups_the_newest_good_one_is_offered_when_the_store_is_damaged(
    opened: MainWindow, qtbot: QtBot
) -> None:
    backups = backups_of(opened.home)
    backups.make(opened.store_path)
    newest = backups.make(opened.store_path)
    newest.path.write_bytes(newest.path.read_bytes()[:5000])
    dialog = BackupsDialog(backups, opened.store_path, can_take_one=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.table.currentRow() == 1
    assert dialog._whole.isEnabled()
    assert not dialog._one.isEnabled()
    qtbot.waitUntil(lambda: dialog.table.item(0, 2).text() == "不能打开，可能已损坏")
