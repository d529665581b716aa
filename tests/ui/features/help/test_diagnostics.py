"""关于, and the file of diagnostics: what it says, and that no word or place of the user is in it."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, IgnoredProblem, Provenance, Remark
from tests.ui.conftest import small_draft
from ui.app import faults
from ui.features.help import diagnostics
from ui.features.help.about_dialog import AboutDialog
from ui.features.help.help_controller import HelpController
from ui.shell.main_window import MainWindow


def test_about_says_versions_and_where_everything_lies(window: MainWindow, qtbot: QtBot) -> None:
    dialog = AboutDialog(window.home, window.home / "backups", parent=window)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = {line.accessibleName(): line.text() for line in dialog.findChildren(QLineEdit)}
    assert shown["程序版本"] == diagnostics.program_version()
    assert str(window.home) in shown["草稿和日志"]
    assert faults.LOG_NAME in shown["日志文件"]
    assert shown["备份"] == str(window.home / "backups")
    assert "0.1.0" in dialog.changes.toPlainText()


def test_the_folder_of_the_data_is_opened_or_named(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr("ui.widgets.file_dialogs.open_with_system", lambda path: bool(asked.append(path)))
    dialog = AboutDialog(window.home, window.home / "backups", parent=window)
    qtbot.addWidget(dialog)
    dialog.open_folder()
    assert asked == [window.home]
    assert str(window.home) in dialog.said.text()


SECRET = "丙丁戊己绝密"


def planted() -> Draft:
    """A draft with unique words in every kind of place."""
    draft = small_draft()
    document = replace(
        draft.document,
        unit=replace(draft.document.unit, name=f"{SECRET}单位"),
        overall_goal=f"{SECRET}总体",
        unplaced=(f"{SECRET}附注",),
        projects=(replace(draft.document.projects[0], name=f"{SECRET}项目", code="ZQ77QZ77"),),
    )
    return replace(
        draft,
        document=document,
        ignored=(IgnoredProblem("typo", "overall_goal", f"{SECRET}忽略", f"{SECRET}理由"),),
        remarks=(Remark("r1", "overall_goal", f"{SECRET}署名", f"{SECRET}意见"),),
        provenance=Provenance(f"{SECRET}来源"),
    )


@pytest.fixture
def diagnosed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> str:
    """The text of the file that is written with secrets in draft, version, settings, log and names of files."""
    window.take_draft(planted())
    window.editor.session.edit("overall_goal", f"{SECRET}改过")
    window.editor.save_now()
    window.versions.keep("named", name=f"{SECRET}版本")
    for key, value in (
        ("new.name", f"{SECRET}记住"),
        ("export.folder", f"/data/{SECRET}/x"),
        ("check.forbidden", SECRET),
        (SECRET, "1"),
        ("look.size", "14"),
    ):
        window.store.remember(key, value)
    try:
        Path(f"/mnt/{SECRET}/文件.docx").read_bytes()  # it is not there
    except OSError as error:
        faults.log_fault(window.home, error)
    (window.home / f"goalform {SECRET}.db").mkdir()
    target = tmp_path / "诊断.txt"
    window.controller(HelpController).write_diagnostics(target)
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "已保存诊断信息" in window.statusBar().currentMessage())
    return target.read_text(encoding="utf-8")


def test_diagnostics_that_find_no_place_are_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    desk = window.controller(HelpController)
    desk.write_diagnostics(tmp_path / "gone" / "诊断.txt")
    qtbot.waitUntil(lambda: "gone" in window.statusBar().currentMessage())
    assert not (tmp_path / "gone").exists()


def test_no_word_of_the_user_is_in_the_diagnostics(diagnosed: str) -> None:
    for piece in (SECRET, SECRET[:3], "改过", "ZQ77QZ77", "文件.docx", "灌溉", "管网"):
        assert piece not in diagnosed


def test_no_place_of_the_user_is_in_the_diagnostics(diagnosed: str, window: MainWindow) -> None:
    for place in (str(window.home), str(Path.home()), sys.prefix, str(Path(faults.__file__).parent)):
        assert place not in diagnosed


def test_the_diagnostics_say_what_helps_to_find_a_fault(diagnosed: str) -> None:
    for words in ("Qt 6", "程序 ", "SQLite", "完整性：完好", "drafts 1", "look.size = 14", "缩放", "FileNotFoundError"):
        assert words in diagnosed
    assert "test_diagnostics.py:" in diagnosed
    assert "new.name = （8 个字符）" in diagnosed
    assert "结构第" in diagnosed


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_damaged_store_is_diagnosed_too(tmp_path: Path, content: bytes) -> None:
    store = tmp_path / "goalform.db"
    store.write_bytes(content)
    text = diagnostics.report("屏幕", tmp_path, store, tmp_path / "backups")
    assert "【数据文件】" in text
    assert "【备份】\n共 0 份" in text
    assert diagnostics.report("屏幕", tmp_path, tmp_path / "gone.db", tmp_path).count("FileNotFoundError") == 1


@pytest.mark.parametrize(
    "line",
    [
        r"  C:\Users\王小明\AppData\Local\goalform\ui\app.py:12 run",
        r"  \\服务器\王小明\goalform\ui\app.py:12 run",
        "  /media/王小明/盘/goalform/ui/app.py:12 run",
        f"  {Path.home()}/王小明/goalform/ui/app.py:12 run",
        '  File "/srv/王小明/ui/app.py", line 12 in run',
    ],
)
def test_of_a_place_on_the_disk_only_the_end_is_told(line: str, tmp_path: Path) -> None:
    told = diagnostics.without_places(line, tmp_path)
    assert "王小明" not in told
    assert "app.py" in told
    assert "12" in told


def test_full_logs_give_place_and_the_oldest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_MOST", 100)
    for number in range(8):
        faults.log_fault(tmp_path, type(f"Fault{number}", (Exception,), {})("x" * 200))
        with (tmp_path / faults.LOG_NAME).open("a", encoding="utf-8") as log:
            log.write("-" * 100 + "\n")
    logs = sorted(path.name for path in tmp_path.glob("*.log*"))
    assert logs == ["goalform.log", "goalform.log.1", "goalform.log.2"]
    texts = [(tmp_path / name).read_text(encoding="utf-8") for name in logs]
    assert ["Fault7" in texts[0], "Fault6" in texts[1], "Fault5" in texts[2]] == [True] * 3
