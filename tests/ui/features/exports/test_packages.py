"""Packages in the window: sent out from ⑥, opened from the start page, a drop or a double click, versions and all."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from exporters.export_files import write_file, write_versions
from importers.import_files import read_file
from models.document.tree import Draft
from models.exchange.package_contents import NamedVersion
from models.store.revisions import Revisions
from tests.models.units import THREE, merged
from tests.ui.conftest import small_draft
from ui.shell.main_window import MainWindow
from ui.widgets import questions
from ui.widgets.import_report_dialog import ImportReportDialog

DRAFT = small_draft()
OLDER = NamedVersion("2026-10-08T01:00:00+00:00", "送审稿", Draft())


@pytest.fixture
def package(tmp_path: Path) -> Path:
    target = tmp_path / "云泽县农业技术推广站.jxmb"
    write_versions(DRAFT, (OLDER,), target)
    return target


def named(window: MainWindow) -> list[tuple[str, str]]:
    found = Revisions(window.store).list(window.editor.session.draft_id)
    return [(one.made, one.name) for one in found if one.name]


def test_a_package_is_opened_from_the_start_page_with_its_versions(
    qtbot: QtBot, window: MainWindow, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.file_dialogs.choose_package", lambda _parent, _folder: package)
    window.run_action("imports.package")
    qtbot.waitUntil(lambda: window.editor is not None)
    assert window.editor.session.draft == DRAFT
    assert named(window) == [("2026-10-08T01:00:00+00:00", "送审稿")]
    assert "校验无误" in window.statusBar().currentMessage()
    (first, *_rest) = [one for one in Revisions(window.store).list(window.editor.session.draft_id) if one.name]
    assert Revisions(window.store).load(first.sequence) == OLDER.draft


def test_a_double_click_opens_it_without_a_question(qtbot: QtBot, window: MainWindow, package: Path) -> None:
    window.open_files([package])
    qtbot.waitUntil(lambda: window.editor is not None)
    assert window.editor.session.draft == DRAFT


def test_with_a_draft_open_it_is_asked_where_the_package_goes(
    qtbot: QtBot, opened: MainWindow, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        ImportReportDialog, "exec", lambda dialog: asked.append(dialog) or ImportReportDialog.DialogCode.Rejected
    )
    opened.open_files([package])
    qtbot.waitUntil(lambda: bool(asked))
    assert opened.editor.session.draft == DRAFT
    assert len(opened.store.list()) == 1


def test_the_newer_text_of_a_merged_unit_is_known_as_one(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken for a text of its own it would stand in the department's twice."""
    window.take_draft(merged())
    told = []
    monkeypatch.setattr(
        ImportReportDialog,
        "exec",
        lambda dialog: (
            told.append(dialog.findChild(QPlainTextEdit).toPlainText()) or ImportReportDialog.DialogCode.Rejected
        ),
    )
    write_file(THREE[0], tmp_path / "站.jxmb")
    window.open_files([tmp_path / "站.jxmb"])
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "「云泽县农业技术推广站」已汇总在当前的部门文本里" in told[0]
    assert "更新下属单位" in told[0]


def test_a_damaged_package_is_refused_by_name(qtbot: QtBot, window: MainWindow, package: Path) -> None:
    package.write_bytes(package.read_bytes()[:-40])
    window.open_files([package])
    qtbot.waitUntil(lambda: "不完整或已损坏" in window.statusBar().currentMessage())
    assert package.name in window.statusBar().currentMessage()
    assert window.store.list() == ()


def test_the_draft_goes_out_as_a_package(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    out = opened.editor.export_step().out
    assert "导出数据包" in [button.text() for button in out._buttons]
    assert not out.with_versions.isVisible()
    with qtbot.waitSignal(out.exported):
        out.export_to(tmp_path / "a.jxmb")
    assert read_file(tmp_path / "a.jxmb").draft == DRAFT
    assert "没有打印" not in out.result.text()


@pytest.mark.parametrize("wanted", [True, False])
def test_named_versions_go_with_it_when_wanted(qtbot: QtBot, opened: MainWindow, tmp_path: Path, wanted: bool) -> None:
    Revisions(opened.store).bring(opened.editor.session.draft_id, [OLDER])
    out = opened.editor.export_step().out
    assert out.with_versions.isVisible()
    assert out.with_versions.text() == "数据包带上命名版本（1 个）"
    out.with_versions.setChecked(wanted)
    with qtbot.waitSignal(out.exported):
        out.export_to(tmp_path / "a.jxmb")
    assert read_file(tmp_path / "a.jxmb").versions == ((OLDER,) if wanted else ())


def test_one_project_goes_out_without_the_versions_of_the_whole(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    Revisions(opened.store).bring(opened.editor.session.draft_id, [OLDER])
    out = opened.editor.export_step().out
    out.with_versions.setChecked(True)
    out.scope.setCurrentIndex(1)
    assert not out.with_versions.isVisible()
    with qtbot.waitSignal(out.exported):
        out.export_to(tmp_path / "a.jxmb")
    assert read_file(tmp_path / "a.jxmb").versions == ()
    assert [one.name for one in read_file(tmp_path / "a.jxmb").draft.document.projects] == ["管网"]


def test_the_menu_asks_where_the_package_goes(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        "ui.features.exports.export_bar.choose_export", lambda _parent, suggested: asked.append(suggested)
    )
    opened.menus.actions["exports.package"].trigger()
    assert [path.suffix for path in asked] == [".jxmb"]


@pytest.mark.parametrize("answer", [questions.BESIDE, questions.REPLACE, questions.STAY])
def test_a_package_of_a_draft_that_is_here_already_asks(
    qtbot: QtBot, window: MainWindow, package: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    older = replace(DRAFT, document=replace(DRAFT.document, overall_goal="写在这里的旧目标。"))
    window.drafts.reload(window.store.create(older))
    asked: list[str] = []
    monkeypatch.setattr(questions, "ask_about_known_draft", lambda _parent, name: asked.append(name) or answer)
    window.open_files([package])
    qtbot.waitUntil(lambda: bool(asked))
    assert DRAFT.document.unit.name in asked[0]
    if answer == questions.STAY:
        assert window.editor is None
        assert len(window.store.list()) == 1
        return
    qtbot.waitUntil(lambda: window.editor is not None)
    qtbot.waitUntil(lambda: window.editor.session.document == DRAFT.document)
    assert len(window.store.list()) == (2 if answer == questions.BESIDE else 1)
    assert named(window) == [("2026-10-08T01:00:00+00:00", "送审稿")]
    if answer == questions.REPLACE:
        window.run_action("edit.undo")
        assert window.editor.session.document == older.document
