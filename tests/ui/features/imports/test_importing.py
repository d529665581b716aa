"""Bringing a text in: the report first, then a new draft, the whole of the open one, or more of it; one undo each."""

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from exporters.export_files import write_file
from importers.import_files import read_file
from importers.report import Kind, Note, Report
from models.document.tree import Draft, GoalDocument, Project, Settings
from tests.shared import TEXTS
from tests.ui.conftest import small_draft
from tests.ui.shell.test_window import unnamed
from ui.features.imports.imports_controller import ImportsController
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog, TakeOver, report_text

REPORT = Report((Note(Kind.FOUND, "总体绩效目标：1 段"), Note(Kind.UNPLACED, "第 3 行没有归位。")))


def choose(monkeypatch: pytest.MonkeyPatch, way: TakeOver, accepted: bool = True) -> None:
    """The dialog is answered at once."""
    code = QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: code)
    monkeypatch.setattr(ImportReportDialog, "choice", lambda _self: way)


def test_the_report_is_shown_by_kind_before_anything_is_taken_over(qtbot: QtBot) -> None:
    dialog = ImportReportDialog("去年.docx", small_draft(), REPORT, True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    assert shown == report_text(REPORT)
    assert shown.index("找到的内容") < shown.index("总体绩效目标：1 段") < shown.index("没有归位的文字")


def test_what_asks_for_a_look_stands_first_and_only_what_was_read_is_counted(qtbot: QtBot) -> None:
    report = Report((Note(Kind.FOUND, "填报表：2 个项目。"), Note(Kind.HINT, "财政资金「一百」不是数字。")))
    document = GoalDocument(projects=(Project("p1"), Project("p2")), unplaced=("页眉",))
    dialog = ImportReportDialog("填好的.xlsx", Draft(document), report, False)
    qtbot.addWidget(dialog)
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    assert shown.startswith("请核对\n　财政资金「一百」不是数字。\n\n找到的内容")
    updating = report_text(report, ["项目 1：预算数 「60.00」 → 「80.00」"])
    assert updating.index("请核对") < updating.index("更新当前草稿会改动") < updating.index("找到的内容")
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert "读到 2 个项目，1 段文字没有归位。" in told
    nothing = ImportReportDialog("空.xlsx", Draft(), Report(), False)
    qtbot.addWidget(nothing)
    assert "没有读到分项目标、保障措施和项目。" in [label.text() for label in nothing.findChildren(QLabel)]


def test_with_a_draft_open_there_are_three_ways_and_a_new_draft_is_the_first(qtbot: QtBot) -> None:
    dialog = ImportReportDialog("去年.docx", small_draft(), REPORT, True)
    qtbot.addWidget(dialog)
    assert dialog.choice() is TakeOver.NEW
    buttons = dialog.findChildren(QRadioButton)
    assert [button.text() for button in buttons] == [way.value for way in TakeOver if way is not TakeOver.UPDATE]
    buttons[2].setChecked(True)
    assert dialog.choice() is TakeOver.ADD


def test_without_a_draft_nothing_is_asked(qtbot: QtBot) -> None:
    dialog = ImportReportDialog("去年.docx", small_draft(), REPORT, False)
    qtbot.addWidget(dialog)
    assert dialog.findChildren(QRadioButton) == []
    assert dialog.choice() is TakeOver.NEW


UNSURE = """2026年部门整体绩效目标
一、总体绩效目标
2025年，新建村级卫生室12所。2025年6月底前完成招标。到2025年底，签约率达到75%。
"""


@pytest.fixture
def asking(tmp_path: Path, qtbot: QtBot) -> ImportReportDialog:
    """The report on a text that is not sure of its year."""
    (tmp_path / "去年改的.txt").write_text(UNSURE, encoding="utf-8")
    read = read_file(tmp_path / "去年改的.txt")
    dialog = ImportReportDialog("去年改的.txt", read.draft, read.report, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_year_that_is_not_sure_is_asked_before_the_text_is_taken(asking: ImportReportDialog, qtbot: QtBot) -> None:
    (year,) = asking.findChildren(QLineEdit)
    assert unnamed(asking) == []
    assert (year.text(), year.placeholderText(), year.accessibleName()) == ("", "2026", "预算年度")
    assert asking.year() is None, "what is likely is not taken without the clerk"
    assert "标题写的是 2026 年" in asking.findChild(QPlainTextEdit).toPlainText()
    qtbot.keyClicks(year, "20261")
    asking.accept()
    assert asking.isVisible()
    assert any("20261" in label.text() for label in asking.findChildren(QLabel))
    year.setText("２０２６年")
    asking.accept()
    assert not asking.isVisible()
    assert asking.year() == 2026


def test_the_question_for_the_year_may_be_left_for_later(asking: ImportReportDialog) -> None:
    asking.accept()
    assert asking.result() == QDialog.DialogCode.Accepted
    assert asking.year() is None


def test_a_text_that_is_sure_of_its_year_is_not_asked_about_it(qtbot: QtBot) -> None:
    read = read_file(TEXTS[1])
    dialog = ImportReportDialog("去年.txt", read.draft, read.report, False)
    qtbot.addWidget(dialog)
    assert dialog.findChildren(QLineEdit) == []


@pytest.mark.parametrize("answer", [2026, None])
def test_the_answer_is_the_drafts_year(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: int | None
) -> None:
    choose(monkeypatch, TakeOver.NEW)
    monkeypatch.setattr(ImportReportDialog, "year", lambda _self: answer)
    (tmp_path / "去年改的.txt").write_text(UNSURE, encoding="utf-8")
    window.controller(ImportsController).import_files([tmp_path / "去年改的.txt"])
    qtbot.waitUntil(lambda: window.editor is not None)
    assert window.editor.session.document.year == answer


def test_files_dropped_together_are_read_one_after_the_other(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(monkeypatch, TakeOver.NEW)
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"no document")
    window.controller(ImportsController).import_files([TEXTS[0], broken, TEXTS[1]])
    qtbot.waitUntil(lambda: len(window.store.list()) == 2)
    qtbot.waitUntil(lambda: "1 个文件没有导入：" in window.statusBar().currentMessage())
    assert "坏.docx" in window.statusBar().currentMessage()


def test_a_refused_file_ends_the_row_and_says_how_many_were_not_read(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, TakeOver.NEW, accepted=False)
    window.controller(ImportsController).import_files([TEXTS[0], TEXTS[1], TEXTS[2]])
    qtbot.waitUntil(lambda: "后面 2 个文件也没有读" in window.statusBar().currentMessage())
    assert not window.store.list()


def test_a_file_replaces_the_open_text_in_one_step(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, TakeOver.REPLACE)
    session = opened.editor.session
    before = session.draft
    opened.controller(ImportsController).import_files([TEXTS[1]])
    qtbot.waitUntil(lambda: session.document == read_file(TEXTS[1]).draft.document)
    assert session.draft.settings == before.settings
    assert "替换" in (session.undo_label or "")
    session.undo()
    assert session.draft == before


def test_a_text_that_states_no_year_takes_the_drafts_year_not_away(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "无年度.txt"
    file.write_text("一、总体绩效目标\n做好全县水利工程的日常维护。\n", encoding="utf-8")
    choose(monkeypatch, TakeOver.REPLACE)
    session = opened.editor.session
    session.edit("year", 2027)
    opened.controller(ImportsController).import_files([file])
    qtbot.waitUntil(lambda: "日常维护" in session.document.overall_goal)
    assert session.document.year == 2027


def test_a_text_with_headings_of_units_switches_them_on_where_it_becomes_the_whole_text(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_file(Draft(read_file(TEXTS[1]).draft.document, Settings(unit_headings=True)), tmp_path / "部门.docx")
    choose(monkeypatch, TakeOver.REPLACE)
    session = opened.editor.session
    opened.controller(ImportsController).import_files([tmp_path / "部门.docx"])
    qtbot.waitUntil(lambda: session.draft.settings.unit_headings)
    session.undo()
    assert not session.draft.settings.unit_headings
    choose(monkeypatch, TakeOver.ADD)
    opened.controller(ImportsController).import_files([tmp_path / "部门.docx"])
    qtbot.waitUntil(lambda: len(session.document.projects) > 1)
    assert not session.draft.settings.unit_headings
    choose(monkeypatch, TakeOver.NEW)
    opened.controller(ImportsController).import_files([tmp_path / "部门.docx"])
    qtbot.waitUntil(lambda: opened.editor.session is not session)
    assert opened.editor.session.draft.settings.unit_headings


def test_a_file_is_added_to_the_open_text_in_one_step(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, TakeOver.ADD)
    session = opened.editor.session
    before, other = session.document, read_file(TEXTS[1]).draft.document
    opened.controller(ImportsController).import_files([TEXTS[1]])
    qtbot.waitUntil(lambda: len(session.document.projects) == 1 + len(other.projects))
    after = session.document
    assert after.projects[0] == before.projects[0]
    assert [project.name for project in after.projects[1:]] == [project.name for project in other.projects]
    assert len({project.id for project in after.projects}) == len(after.projects)
    assert (after.year, after.unit) == (before.year, before.unit)
    session.undo()
    assert session.document == before


def test_a_report_that_is_refused_changes_nothing(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    choose(monkeypatch, TakeOver.REPLACE, accepted=False)
    monkeypatch.setattr(ImportReportDialog, "exec", lambda _self: asked.append(1) or QDialog.DialogCode.Rejected)
    before = opened.editor.session.draft
    opened.controller(ImportsController).import_files([TEXTS[1]])
    qtbot.waitUntil(lambda: bool(asked))
    assert opened.editor.session.draft is before


def test_what_was_copied_is_read_like_a_file(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, TakeOver.NEW)
    copied = QMimeData()
    copied.setHtml("<p>一、总体绩效目标</p><p>2026年完成培训12期。</p>")
    QApplication.clipboard().setMimeData(copied)
    window.controller(ImportsController).import_clipboard()
    qtbot.waitUntil(lambda: window.editor is not None)
    document = window.editor.session.document
    assert (document.overall_goal, document.year) == ("2026年完成培训12期。", 2026)


def test_what_was_copied_and_is_no_text_is_not_called_a_wrong_file(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("年度工作计划")
    window.controller(ImportsController).import_clipboard()
    qtbot.waitUntil(lambda: "没有找到绩效文本" in window.statusBar().currentMessage())
    assert "选错了文件" not in window.statusBar().currentMessage()
    assert "复制整个文本" in window.statusBar().currentMessage()


def test_a_new_draft_says_what_it_came_from_and_where_the_one_before_is(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, TakeOver.NEW)
    before = opened.editor
    opened.controller(ImportsController).import_files([TEXTS[1]])
    qtbot.waitUntil(lambda: opened.editor is not before)
    qtbot.waitUntil(lambda: TEXTS[1].name in opened.statusBar().currentMessage())
    assert "新草稿" in opened.statusBar().currentMessage()
    assert "首页" in opened.statusBar().currentMessage()


def test_what_is_undone_is_not_told_any_more(opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, TakeOver.REPLACE)
    opened.controller(ImportsController).import_files([TEXTS[1]])
    qtbot.waitUntil(lambda: "可以撤销" in opened.statusBar().currentMessage())
    opened.menus.actions["edit.undo"].trigger()
    assert "替换" not in opened.statusBar().currentMessage()


def test_reading_a_file_leaves_the_page_its_height(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, TakeOver.ADD, accepted=False)
    QApplication.processEvents()
    before = opened.statusBar().height()
    opened.controller(ImportsController).import_files([TEXTS[1]])
    QApplication.processEvents()
    assert opened.statusBar().height() == before
    qtbot.waitUntil(lambda: "没有导入" in opened.statusBar().currentMessage())
    assert opened.statusBar().height() == before


def test_an_empty_clipboard_is_said_in_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().clear()
    window.controller(ImportsController).import_clipboard()
    qtbot.waitUntil(lambda: "剪贴板" in window.statusBar().currentMessage())


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "坏的.xyz"
    file.write_text("x", encoding="utf-8")
    window.controller(ImportsController).import_files([file])
    qtbot.waitUntil(
        lambda: "坏的.xyz" in window.statusBar().currentMessage() and "不认识" in window.statusBar().currentMessage()
    )


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
def test_a_name_that_would_turn_a_line_around_is_written_out(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def look(dialog: ImportReportDialog) -> None:
        shown.extend(label.text() for label in dialog.findChildren(QLabel))

    monkeypatch.setattr(ImportReportDialog, "exec", look)
    good, bad = tmp_path / "去年\u202ecod.txt", tmp_path / "坏\x1b[1m\u202e.json"
    good.write_bytes(TEXTS[1].read_bytes())
    bad.write_text("{", encoding="utf-8")
    imports = window.controller(ImportsController)
    imports.import_files([good])
    qtbot.waitUntil(lambda: bool(shown) and not window.reader.is_busy)
    imports.import_files([bad])
    qtbot.waitUntil(lambda: "坏" in window.statusBar().currentMessage() and not window.reader.is_busy)
    for words in ("".join(shown), window.statusBar().currentMessage()):
        assert "\\u202e" in words
        assert not set("\u202e\x1b") & set(words)


def test_a_long_reading_can_be_stopped(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def endless(_path: Path, go_on: object, *_more: object, **_own: object) -> object:
        from models.errors import CancelledError

        begun.set()
        while go_on():
            threading.Event().wait(0.01)
        raise CancelledError

    monkeypatch.setattr("importers.import_files.read_file", endless)
    desk = window.controller(ImportsController)
    desk.import_files([TEXTS[1]])
    qtbot.waitUntil(begun.is_set)
    assert window.reader.button.isVisible()
    window.reader.button.click()
    qtbot.waitUntil(lambda: "已停止读取" in window.statusBar().currentMessage())
    assert not window.reader.button.isVisible()
    assert window.editor is None
