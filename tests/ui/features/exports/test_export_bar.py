"""Export and print from the last step: the whole text, one project, the blank form; progress and cancel."""

import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from exporters import export_files as files
from importers.import_files import read_file
from models.document.template import FORMS, load_template
from models.document.tree import Draft, Unit
from models.session.session import new_document
from tests.exporters.samples import document
from tests.ui.conftest import small_draft
from ui.features.exports.export_bar import WayOut
from ui.shell.main_window import MainWindow
from ui.widgets import printing, questions


@pytest.fixture
def out(window: MainWindow) -> WayOut:
    draft = small_draft()
    window.take_draft(replace(draft, document=replace(draft.document, projects=document(3).projects)))
    return window.editor.export_step().out


def choose(out: WayOut, text: str) -> None:
    row = next(row for row in range(out.scope.count()) if out.scope.itemText(row).startswith(text))
    out.scope.setCurrentIndex(row)


def export(qtbot: QtBot, out: WayOut, target: Path) -> Path:
    with qtbot.waitSignal(out.exported):
        out.export_to(target)
    return target


def test_the_text_goes_out_as_pdf(qtbot: QtBot, out: WayOut, tmp_path: Path) -> None:
    target = export(qtbot, out, tmp_path / "文本.pdf")
    assert target.read_bytes().startswith(b"%PDF-")
    assert str(target) in out.result.text()
    assert out.open_file.isVisible()
    assert not out._cancel.isVisible()


def test_one_project_goes_out_alone_with_its_number(qtbot: QtBot, out: WayOut, tmp_path: Path) -> None:
    choose(out, "项目 2")
    assert out._name() == "农技推广项目2绩效目标表"
    target = export(qtbot, out, tmp_path / "a.txt")
    assert target.read_text(encoding="utf-8").lstrip().startswith("2.农技推广项目2绩效目标表")
    (found,) = read_file(export(qtbot, out, tmp_path / "a.docx")).draft.document.projects
    assert found.name == "农技推广项目2"


def test_the_blank_form_goes_out(qtbot: QtBot, out: WayOut, tmp_path: Path) -> None:
    choose(out, "空白表")
    assert out._name() == "部门预算绩效文本（空白表）"
    text = export(qtbot, out, tmp_path / "a.txt").read_text(encoding="utf-8")
    assert "项目编码" in text
    assert "农技推广" not in text


def test_a_project_that_goes_leaves_the_choice_to_the_whole_text(window: MainWindow, out: WayOut) -> None:
    choose(out, "项目 3")
    window.editor.session.remove("projects[p3]")
    assert out.scope.currentText() == "整个文本"
    choose(out, "项目 2")
    window.editor.session.move("projects[p2]", 0)
    assert out.scope.currentText() == "项目 1：农技推广项目2"


def test_the_fonts_that_stand_in_are_named(out: WayOut) -> None:
    missing = "仿宋_GB2312" in out._fonts.text()
    assert missing is out._fonts.isVisible()


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_long_export_is_cancelled_and_writes_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_draft(Draft(document(5)))
    out, go_on = window.editor.export_step().out, threading.Event()
    real = files.file_bytes
    monkeypatch.setattr(files, "file_bytes", lambda *args: (go_on.wait(5), real(*args))[1])
    target = tmp_path / f"文本{suffix}"
    out.export_to(target)
    assert out._cancel.isVisible()
    assert not any(button.isEnabled() for button in out._buttons)
    QTest.mouseClick(out._cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: "已取消" in out.result.text())
    assert not target.exists()
    assert all(button.isEnabled() for button in out._buttons)


def test_a_shortcut_during_an_export_asks_for_no_second_name(
    qtbot: QtBot, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(
        "ui.features.exports.export_bar.choose_export", lambda _parent, suggested: asked.append(suggested)
    )
    out.export_to(tmp_path / "a.docx")
    assert out.ask_whole(".xlsx")
    assert out.result.text() == "正在导出 a.docx …"
    qtbot.waitUntil(lambda: out.result.text().startswith("已导出"))
    assert asked == []
    assert not out.ask_whole(".xlsx")
    assert len(asked) == 1


def printer_to(file: Path, monkeypatch: pytest.MonkeyPatch, pages: tuple[int, int] | None = None) -> list[int]:
    """The dialog answers with a printer that is that file; what it was asked for."""
    counts: list[int] = []

    def choose_printer(_parent: object, _name: str, count: int) -> QPrinter:
        counts.append(count)
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setFullPage(True)
        if pages:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(*pages)
        return printer

    monkeypatch.setattr(printing, "choose_printer", choose_printer)
    return counts


def page_count(file: Path) -> int:
    return file.read_bytes().count(b"/Type /Page\n")


def test_the_whole_text_is_printed(
    qtbot: QtBot, window: MainWindow, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "printed.pdf"
    counts = printer_to(file, monkeypatch)
    choose(out, "项目 2")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "已打印成 PDF 文件" in out.result.text())
    assert out.result.text() == f"已打印成 PDF 文件：{file}"
    assert page_count(file) == counts[0] == len(files.draft_pages(window.editor.session.draft))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_one_project_is_printed_alone_and_a_range_is_kept_to(
    qtbot: QtBot, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "printed.pdf"
    printer_to(file, monkeypatch)
    choose(out, "项目 2")
    out.print_pages()
    qtbot.waitUntil(lambda: "已打印成 PDF 文件" in out.result.text())
    shown = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert page_count(file) == 1
    assert "13099924P00000110001A" in shown
    printer_to(file, monkeypatch, (2, 3))
    choose(out, "整个文本")
    out.result.clear()
    out.print_pages()
    qtbot.waitUntil(lambda: "已打印成 PDF 文件" in out.result.text())
    assert page_count(file) == 2


def test_printing_can_be_stopped(qtbot: QtBot, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printer_to(tmp_path / "printed.pdf", monkeypatch)
    # A printer that has not taken its first page yet: a short text is printed before a test could look.
    monkeypatch.setattr(printing.PrintJob, "_next", lambda _job: None)
    out.print_pages()
    qtbot.waitUntil(lambda: out._job is not None)
    out.cancel()
    assert out.result.text() == "没有打印：已取消。"
    assert all(button.isEnabled() for button in out._buttons)


def test_who_leaves_the_dialog_prints_nothing(qtbot: QtBot, out: WayOut, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "choose_printer", lambda *_asked: None)
    out.print_pages()
    qtbot.waitUntil(lambda: out.result.text() == "没有打印：已取消。")


def test_a_printer_that_does_not_answer_is_told(
    qtbot: QtBot, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer_to(tmp_path / "没有的文件夹" / "printed.pdf", monkeypatch)
    with qtbot.captureExceptions() as caught:
        out.print_pages()
        qtbot.waitUntil(lambda: "打印机没有响应" in out.result.text())
    assert caught == []


def test_a_text_with_errors_goes_out_after_one_plain_question(
    window: MainWindow, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked, answers, targets = [], [questions.STAY, questions.LOOK, questions.ANYWAY], [tmp_path / "a.txt", None]

    def ask(_parent: object, count: int, still: str) -> str:
        assert still == "仍然导出"
        asked.append(count)
        return answers.pop(0)

    monkeypatch.setattr(questions, "ask_about_errors", ask)
    monkeypatch.setattr("ui.features.exports.export_bar.choose_export", lambda *_asked: targets.pop(0))
    window.editor.session.edit("overall_goal", "")
    errors = out.count_errors()
    assert errors
    out.ask(".docx")
    assert (asked, len(targets)) == ([errors], 2)
    out.ask(".docx")
    assert window.editor.side.current == "problems"
    out.ask(".docx")
    qtbot.waitUntil(lambda: "已导出" in out.result.text())
    out.ask(".docx")
    assert (asked, targets) == ([errors] * 3, [])


def test_after_an_export_that_failed_the_focus_is_on_its_button(qtbot: QtBot, out: WayOut, tmp_path: Path) -> None:
    """Left to Qt it came to stand on 定稿, which Enter would then have pressed."""
    button = out._buttons[0]
    button.setFocus()
    out.export_to(tmp_path / "没有这个文件夹" / "a.docx")
    assert out.focusWidget() is out._cancel
    qtbot.waitUntil(lambda: not out._running)
    assert out.result.text().startswith("没有导出：")
    assert out.focusWidget() is button
    export(qtbot, out, tmp_path / "a.docx")
    assert out.focusWidget() is out.open_file


def test_who_writes_elsewhere_meanwhile_keeps_the_focus(
    qtbot: QtBot, window: MainWindow, out: WayOut, tmp_path: Path
) -> None:
    out._buttons[0].setFocus()
    with qtbot.waitSignal(out.exported):
        out.export_to(tmp_path / "a.txt")
        window.editor.show_step(2)
    assert window.focusWidget() is not None
    assert not out.isAncestorOf(window.focusWidget())


def test_an_export_by_key_that_is_given_up_leads_back_to_the_field(
    window: MainWindow, out: WayOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.features.exports.export_bar.choose_export", lambda _parent, _suggested: None)
    window.editor.show_place(f"projects[{window.editor.session.document.projects[1].id}].name")
    path = window.editor.path
    window.run_action("exports.word")
    assert (window.editor.step, window.editor.path) == (5, path)
    out.count_errors = lambda: 3
    monkeypatch.setattr(questions, "ask_about_errors", lambda *_asked: questions.LOOK)
    window.run_action("exports.word")
    assert window.editor.step == 6


def test_the_last_page_says_what_is_not_written_yet(window: MainWindow) -> None:
    template = load_template()
    window.take_draft(Draft(new_document(template, 2027, Unit("618001", ""))))
    step = window.editor.export_step()
    assert not step._missing.isHidden()
    for name in ("单位名称", "总体绩效目标", "分项绩效目标", "工作保障措施", "预算项目绩效目标"):
        assert name in step._missing.text()
    window.take_draft(small_draft())
    step = window.editor.export_step()
    assert step._missing.text().startswith("⚠ 还没有写：总体绩效目标。")
    window.editor.session.edit("overall_goal", "培训12期。")
    assert step._missing.isHidden()


def test_a_second_export_waits_for_the_first_before_a_name_is_asked_for(
    qtbot: QtBot, window: MainWindow, out: WayOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(
        "ui.features.exports.export_bar.choose_export", lambda _parent, suggested: asked.append(suggested)
    )
    with qtbot.waitSignal(out.exported):
        out.export_to(tmp_path / "a.docx")
        window.run_action("exports.pdf")
        window.run_action("exports.print")
        assert "还没有完成" in window.statusBar().currentMessage()
    assert asked == []


def choose_form(out: WayOut, form_id: str) -> None:
    out.form.setCurrentIndex(out.form.findData(form_id))
    out.form.activated.emit(out.form.currentIndex())


def test_the_text_goes_out_in_another_form_and_what_is_missing_is_told(
    qtbot: QtBot, window: MainWindow, out: WayOut, tmp_path: Path
) -> None:
    choose_form(out, "project-2015")
    assert out._name().endswith("项目支出绩效目标申报表")
    found = read_file(export(qtbot, out, tmp_path / "a.docx"))
    assert found.form == "project-2015"
    assert len(found.draft.document.projects) == 3
    assert "这个表样不印：" in out.result.text()
    assert window.store is not None
    assert window.store.recall("export.form") == "project-2015"
    out.form.refresh()
    assert out.form.currentData() == "project-2015"
    choose_form(out, "")
    assert read_file(export(qtbot, out, tmp_path / "b.docx")).form == ""


def test_a_package_holds_the_whole_draft_whatever_form_is_chosen(qtbot: QtBot, out: WayOut, tmp_path: Path) -> None:
    choose_form(out, "project-2015")
    package = read_file(export(qtbot, out, tmp_path / "a.jxmb"))
    assert package.draft.document == out.session.document


def test_a_form_of_the_user_is_offered(window: MainWindow, out: WayOut) -> None:
    assert window.store is not None
    own = window.store.path.parent / "forms" / "county-2026"
    own.mkdir(parents=True)
    shipped = (FORMS / "project-2015" / "form.toml").read_text(encoding="utf-8")
    text = shipped.replace('id = "project-2015"', 'id = "county-2026"').replace('name = "项目支出', 'name = "青禾县')
    (own / "form.toml").write_text(text, encoding="utf-8")
    out.form.refresh()
    assert out.form.findData("county-2026") > 0
