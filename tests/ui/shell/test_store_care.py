"""Nothing is lost in the window: versions, backups, ways out when the disk refuses, and what is told after a crash."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from importers.import_files import read_file
from models.session.session import ChangeKind
from models.store.backup import backups_of
from models.store.revisions import Revisions
from tests.opening import open_store
from tests.shared import CHECKOUT, TEXTS
from tests.ui.conftest import small_draft
from tests.ui.editor.test_typing import compose, field
from tests.ui.shell.test_window import unnamed
from ui.app import faults
from ui.app.application import make_window
from ui.editor.table.indicator_edits import NAME
from ui.features.history.history_dialog import HistoryDialog
from ui.features.history.name_version_dialog import NameVersionDialog
from ui.shell.main_window import MainWindow
from ui.widgets import questions
from ui.widgets.import_report_dialog import ImportReportDialog


def versions(window: MainWindow) -> list[str]:
    found = Revisions(window.store).list(window.editor.session.draft_id)
    return [f"{version.reason} {version.name}".strip() for version in found]


def history(window: MainWindow) -> HistoryDialog:
    session = window.editor.session
    return HistoryDialog(session.draft, Revisions(window.store), session.draft_id, window)


def test_opening_a_draft_keeps_a_version_of_it(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])


def test_ctrl_s_saves_says_so_and_lets_one_go_on_typing(opened: MainWindow, qtbot: QtBot) -> None:
    goal = field(opened, "overall_goal")
    qtbot.keyClicks(goal, "abc")
    qtbot.keyClick(goal, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert opened.statusBar().currentMessage() == "已保存。"
    session = opened.editor.session
    assert opened.store.load(session.draft_id).document.overall_goal == "abc"
    assert goal.hasFocus()
    qtbot.keyClicks(goal, "d")
    assert session.document.overall_goal == "abcd"


def test_ctrl_s_leaves_an_open_cell_open(opened: MainWindow, qtbot: QtBot) -> None:
    opened.editor.show_step(5)
    table = opened.editor.current.form.table
    table.add_row()
    table.setFocus()
    table.go_to(table.currentIndex().siblingAtColumn(NAME))
    qtbot.keyClicks(table, "1")
    qtbot.keyClicks(table.editor, "2")
    qtbot.keyClick(table.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert opened.statusBar().currentMessage() == "已保存。"
    qtbot.keyClicks(table.editor, "3")
    assert "123" in str(opened.editor.session.document.projects[0].indicators[-1])


def test_an_unnamed_version_is_kept_only_where_the_text_changed(opened: MainWindow, qtbot: QtBot) -> None:
    goal = field(opened, "overall_goal")
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    for _time in range(3):
        qtbot.keyClick(goal, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert versions(opened) == ["opened"]
    qtbot.keyClicks(goal, "abc")
    for _time in range(3):
        qtbot.keyClick(goal, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert versions(opened) == ["saved", "opened"]


def test_ctrl_shift_s_keeps_a_version_under_a_name(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def accept(dialog: NameVersionDialog) -> int:
        assert unnamed(dialog) == []
        asked.append(dialog.answer())
        dialog.name.setText("送审稿")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NameVersionDialog, "exec", accept)
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    goal = field(opened, "overall_goal")
    qtbot.keyClicks(goal, "abc")
    qtbot.keyClick(goal, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: versions(opened) == ["named 送审稿", "opened"])
    assert "月" in asked[0]
    assert opened.statusBar().currentMessage() == "已留下版本「送审稿」。"


@pytest.mark.parametrize("kind", ["import", "merge"])
def test_an_import_into_the_draft_keeps_what_was_there_before(
    opened: MainWindow, qtbot: QtBot, kind: ChangeKind
) -> None:
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    session = opened.editor.session
    session.edit("overall_goal", "导入之前")
    session.change("导入「甲.docx」替换全文", replace(session.document, projects=()), kind=kind)
    (kept, _opened) = Revisions(opened.store).list(session.draft_id)
    assert kept.reason == kind
    assert Revisions(opened.store).load(kept.sequence).document.overall_goal == "导入之前"


def test_the_hourly_version_is_kept_only_when_something_changed(opened: MainWindow, qtbot: QtBot) -> None:
    keeper = opened.versions
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    keeper._hourly.timeout.emit()
    assert versions(opened) == ["opened"]
    opened.editor.session.edit("overall_goal", "一小时后")
    keeper._hourly.timeout.emit()
    assert versions(opened) == ["hourly", "opened"]


def test_the_history_says_in_words_what_changed_and_compares_any_two(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    session, keeper = opened.editor.session, opened.versions
    session.edit("projects[p1].budget", "165.00")
    keeper.keep("hourly")
    session.edit("projects[p1].budget", "180.00")
    keeper.keep("named", name="送审稿")
    session.edit("overall_goal", "新的")
    dialog = history(opened)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.versions.item(2, 2).text() == "最早的版本")
    assert dialog.versions.item(0, 2).text() == "项目 1：预算数 165.00 → 180.00"
    assert dialog.fields.item(0, 1).text() == "总体绩效目标：（空） → 新的"
    dialog.versions.selectRow(2)
    dialog.against.setCurrentIndex(2)
    assert dialog.fields.item(0, 1).text() == "项目 1：预算数 128.00 → 165.00"
    assert [text.toPlainText() for text in dialog.texts] == ["128.00", "165.00"]
    assert unnamed(dialog) == []
    assert dialog.versions.hasFocus()
    assert dialog.height() <= 700


def test_restoring_a_version_keeps_the_present_one_and_is_one_undo_step(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    goal = field(opened, "overall_goal")
    qtbot.keyClicks(goal, "abc")

    def choose_the_oldest(dialog: HistoryDialog) -> int:
        dialog.versions.selectRow(0)
        dialog.restore()
        return dialog.result()

    monkeypatch.setattr(HistoryDialog, "exec", choose_the_oldest)
    opened.run_action("history.show")
    session = opened.editor.session
    assert session.document == small_draft().document
    assert goal.toPlainText() == ""
    assert versions(opened) == ["restore", "opened"]
    assert session.undo_label.startswith("恢复版本")
    opened.editor.undo()
    assert session.document.overall_goal == "abc"


def test_discarding_goes_back_to_the_state_at_opening_and_can_be_undone(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: versions(opened) == ["opened"])
    qtbot.keyClicks(field(opened, "overall_goal"), "abc")
    opened.run_action("history.discard")
    session = opened.editor.session
    assert session.document == small_draft().document
    assert versions(opened) == ["discard", "opened"]
    assert session.undo_label == "放弃本次修改"
    opened.editor.undo()
    assert session.document.overall_goal == "abc"
    opened.editor.redo()
    opened.run_action("history.discard")
    assert "没有不同" in opened.statusBar().currentMessage()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights this machine does not give")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_told_the_words_stay_and_are_saved_when_there_is_room(
    qtbot: QtBot, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(small_disk / "data")
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    window.take_draft(small_draft())
    editor = window.editor
    (small_disk / "ballast").write_bytes(bytes(40_000))
    goal = field(window, "overall_goal")
    goal.insertPlainText("绩效" * 100_000)
    qtbot.waitUntil(editor._banner.isVisible)
    assert "磁盘空间不足" in editor._banner_text.text()
    assert window.bar.saved.text() == "未能保存"
    monkeypatch.setattr("ui.widgets.file_dialogs.choose_export", lambda _parent, _suggested: tmp_path / "救.json")
    next(button for button in editor._banner.findChildren(QPushButton) if "别处" in button.text()).click()
    assert (tmp_path / "救.json").stat().st_size > 500_000
    monkeypatch.setattr(questions, "ask_to_leave", lambda *_asked: questions.STAY)
    assert not window.close()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert editor.saver.flush()
    assert not editor._banner.isVisible()
    other = open_store(window.store_path)
    assert len(other.load(editor.session.draft_id).document.overall_goal) == 200_000
    other.close()
    assert window.close()


def test_a_draft_altered_on_the_disk_is_not_opened_unasked(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = opened.editor.session.draft_id
    opened.go_home()
    opened.close_store()
    content = opened.store_path.read_bytes()
    opened.store_path.write_bytes(content.replace("换管道".encode(), "换管遒".encode()))
    opened.open_store()
    asked: list[str] = []
    monkeypatch.setattr(questions, "ask_about_altered", lambda _parent, why: (asked.append(why), questions.STAY)[1])
    opened.open_draft(draft_id)
    assert opened.editor is None
    assert "不一致" in asked[0]
    monkeypatch.setattr(questions, "ask_about_altered", lambda _parent, _why: questions.ANYWAY)
    opened.open_draft(draft_id)
    assert opened.editor.session.document.sub_goals.items[0].goal == "换管遒"


def test_a_damaged_store_is_set_aside_and_its_drafts_are_brought_over(opened: MainWindow, qtbot: QtBot) -> None:
    opened.go_home()
    opened.close_store()
    broken = bytes(4096) + opened.store_path.read_bytes()[4096:]
    opened.store_path.write_bytes(broken)
    opened.open_store()
    assert opened.fault_page.isVisible()
    assert unnamed(opened.fault_page) == []
    assert opened.fault_page._backups.hasFocus()
    opened.fault_page._salvage.click()
    assert opened.start_page.isVisible()
    assert len(opened.store.list()) == 1
    assert opened.start_page._notice.text().startswith("取回了 1 份完整的草稿，1 个历史版本。")
    assert (opened.home / "goalform.damaged-1.db").read_bytes() == broken


def test_a_journal_that_is_not_the_stores_own_is_told_and_the_drafts_are_there(opened: MainWindow) -> None:
    opened.go_home()
    opened.close_store()
    opened.home.joinpath("goalform.db-journal").write_bytes(
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00\x00\x04\x00" * 900
    )
    opened.open_store()
    assert "goalform.db-journal.old" in opened.start_page.noticed
    assert len(opened.store.list()) == 1


def test_what_could_be_read_by_half_is_named(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(opened, "overall_goal"), "only in the row of the draft")
    opened.go_home()
    opened.close_store()
    content = bytearray(opened.store_path.read_bytes())
    page = content.index(b"only in the row of the draft") // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    opened.store_path.write_bytes(content)
    opened.open_store()
    opened.fault_page._salvage.click()
    (line,) = opened.store.list()
    assert opened.store.load(line.id).document.projects[0].name == "管网"
    told = opened.start_page.noticed
    assert told.startswith("取回了 0 份完整的草稿，1 个历史版本。另有 1 份不完整，请逐项核对")
    assert "（未写单位）" in told


def test_after_a_crash_the_next_start_says_what_was_recovered(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.keyClicks(field(opened, "overall_goal"), "abc")
    opened.editor.save_now()
    again = make_window(tmp_path)  # the first window neither closed its draft nor its store
    again.show()
    qtbot.waitUntil(lambda: again.store is not None)
    notice = again.start_page._notice
    assert notice.text().startswith("上次没有正常关闭，已恢复到 ")
    assert "云泽县农业技术推广站" in notice.text()
    again.open_draft(again.store.list()[0].id)
    again.go_home()
    assert notice.text() == "", "it has been read"
    again.close()


def test_a_read_only_folder_is_told_and_the_words_can_be_taken_elsewhere(
    qtbot: QtBot, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(small_disk / "goalform.db")
    draft_id = store.create(small_draft())
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    window = make_window(small_disk)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    assert "只读" in window.start_page._notice.text()
    window.open_draft(draft_id)
    assert window.bar.saved.text() == "数据文件只读，修改不能保存"
    qtbot.keyClicks(field(window, "overall_goal"), "abc")
    assert not window.editor.save_now()
    assert "只读" in window.editor._banner_text.text()
    monkeypatch.setattr("ui.widgets.file_dialogs.choose_export", lambda _parent, _suggested: tmp_path / "救.json")
    monkeypatch.setattr(questions, "ask_to_leave", lambda *_asked: questions.ELSEWHERE)
    assert window.close()
    assert read_file(tmp_path / "救.json").draft.document.overall_goal == "abc"


def test_files_named_at_the_start_are_read_once_the_drafts_are_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    window = make_window(tmp_path)
    window.open_files([TEXTS[0]])
    window.show()
    qtbot.waitUntil(lambda: window.editor is not None)
    assert window.close()


def test_a_crash_of_the_interpreter_leaves_its_place_in_the_code_and_no_words(tmp_path: Path) -> None:
    code = (
        "import faulthandler, sys; from pathlib import Path; from ui.app.faults import watch_crashes\n"
        "watch_crashes(Path(sys.argv[1]))\n"
        "def open_the_draft(words): faulthandler._sigsegv()\n"
        "open_the_draft('机密的预算数')"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=False, cwd=CHECKOUT, capture_output=True)
    log = (tmp_path / faults.CRASH_NAME).read_text(encoding="utf-8")
    assert "Segmentation fault" in log
    assert "in open_the_draft" in log
    assert "机密" not in log


def test_after_an_orderly_end_nothing_is_said(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.close()
    again = make_window(tmp_path)
    again.show()
    qtbot.waitUntil(lambda: again.store is not None)
    assert again.start_page._notice.isHidden()
    again.close()


def test_an_export_takes_the_word_still_being_composed(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    compose(field(opened, "overall_goal"), "", "最后一词")
    step = opened.editor.export_step()
    with qtbot.waitSignal(step.out.exported):
        step.out.export_to(tmp_path / "文本.txt")
    assert "最后一词" in (tmp_path / "文本.txt").read_text(encoding="utf-8")


def test_an_export_that_found_no_place_is_kept_and_offered_elsewhere(
    opened: MainWindow, qtbot: QtBot, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = small_disk / "文本.docx"
    old.write_bytes(b"old")
    (small_disk / "ballast").write_bytes(bytes(398_000))
    step = opened.editor.export_step()
    step.out.export_to(old)
    qtbot.waitUntil(lambda: step.out.result.text().startswith("没有导出："))
    assert "磁盘已满" in step.out.result.text()
    assert old.read_bytes() == b"old"
    opened.editor.session.edit("overall_goal", "后来写的，不在那份导出里")
    monkeypatch.setattr(
        "ui.features.exports.export_bar.choose_export", lambda _parent, _suggested: tmp_path / "换.docx"
    )
    with qtbot.waitSignal(step.out.exported):
        step.out.elsewhere.click()
    assert (tmp_path / "换.docx").read_bytes().startswith(b"PK")
    assert step.out.elsewhere.isHidden()


def test_files_of_the_program_are_readable_by_the_user_alone(opened: MainWindow) -> None:
    backups_of(opened.home).make(opened.store_path)
    opened.use_backup_folder(opened.home / "backups")
    if os.name != "nt":
        loose = [path for path in opened.home.rglob("*.db*") if path.stat().st_mode & 0o077]
        assert loose == []
