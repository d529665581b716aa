"""与上年比较 in the window: beside the draft, following it, leading into it, and out to paper."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.comparing.year_comparison import Compared
from models.document.tree import Draft, Project
from tests.shared import TEXTS
from tests.ui.conftest import small_draft
from ui.features.years.comparison_dialog import ComparisonDialog
from ui.features.years.years_controller import LAST_YEAR, YearsController
from ui.shell.main_window import MainWindow
from ui.widgets import file_dialogs as files
from ui.widgets import import_report_dialog as import_report
from ui.widgets import printing


def last_year() -> Draft:
    """The small draft as it was a year ago: another budget, a project that is gone, other ids."""
    draft = small_draft()
    project = replace(draft.document.projects[0], id="x1", budget="100.00")
    gone = Project("x2", name="旧机房改造", budget="5")
    return replace(draft, document=replace(draft.document, year=2025, projects=(project, gone)))


@pytest.fixture
def compared(opened: MainWindow, qtbot: QtBot) -> ComparisonDialog:
    """The comparison of the open draft with last year's, which stands in the store."""
    assert opened.store is not None
    opened.store.create(last_year())
    QTest.keyClick(opened, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = shown(opened)
    qtbot.waitUntil(lambda: dialog.rows.rowCount() > 0)
    return dialog


def shown(window: MainWindow) -> ComparisonDialog:
    desk = window.controller(YearsController)
    (dialog,) = desk._open
    assert isinstance(dialog, ComparisonDialog)
    return dialog


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def said(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())


def cells(dialog: ComparisonDialog) -> list[tuple[str, ...]]:
    rows = dialog.rows
    return [tuple(str(rows.data(rows.index(row, column))) for column in range(5)) for row in range(rows.rowCount())]


def choose(dialog: ComparisonDialog, place: str) -> Compared:
    """Marks the line of that place."""
    at = next(at for at, line in enumerate(dialog.rows.lines) if line.place == place)
    dialog.table.selectRow(at)
    return dialog.rows.lines[at]


def test_what_differs_stands_side_by_side(compared: ComparisonDialog) -> None:
    assert compared.picker.name == "2025年 618001 云泽县农业技术推广站（草稿）"
    assert cells(compared) == [
        ("项目 1 管网", "预算数", "【100.00】", "【128.00】", "改 +28.00（+28.0%）"),
        ("上年的项目「旧机房改造」：今年没有", "项目名称", "旧机房改造", "", "取消"),
        ("上年的项目「旧机房改造」：今年没有", "金额单位", "万元", "", "取消"),
        ("上年的项目「旧机房改造」：今年没有", "预算数", "5", "", "取消"),
    ]
    assert "只差年份 1，改 1，取消 3" in said(compared)
    compared.filter.setCurrentIndex(1)
    assert cells(compared)[0] == ("部门整体绩效目标", "预算年度", "【2025】", "【2026】", "只差年份")
    compared.filter.setCurrentIndex(2)
    assert compared.rows.rowCount() > 10


def test_the_window_stands_whole_on_the_screen(compared: ComparisonDialog) -> None:
    room = compared.screen().availableGeometry()
    assert room.contains(compared.frameGeometry())
    assert compared.frameGeometry().top() < room.height() - compared.height()


def test_both_texts_are_shown_whole_with_the_difference_marked(compared: ComparisonDialog) -> None:
    choose(compared, "预算数")
    assert [text.toPlainText() for text in compared.texts] == ["100.00", "128.00"]
    looks = [text.document().begin().begin().fragment().charFormat() for text in compared.texts]
    assert all(look.fontUnderline() and look.fontWeight() > 500 for look in looks)


def test_enter_goes_to_the_field_and_the_list_follows_what_is_typed(
    compared: ComparisonDialog, opened: MainWindow, qtbot: QtBot
) -> None:
    editor = opened.editor
    assert editor is not None
    choose(compared, "预算数")
    QTest.keyClick(compared.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.path == "projects[p1].budget")
    editor.session.edit("projects[p1].budget", "150.00")
    qtbot.waitUntil(lambda: cells(compared)[0][3] == "【150.00】")
    assert compared.table.currentIndex().row() == 0


def test_what_is_gone_leads_nowhere_and_says_so(compared: ComparisonDialog) -> None:
    choose(compared, "项目名称")
    assert not button(compared, "到这一处").isEnabled()
    compared.go()
    assert "本年没有，不能前往" in said(compared)


def test_where_only_years_differ_it_is_told_how_to_see_them(
    compared: ComparisonDialog, opened: MainWindow, qtbot: QtBot
) -> None:
    session = opened.editor.session
    last = compared.picker.draft.document
    session.change("照上年", replace(session.draft, document=replace(last, year=2026)))
    qtbot.waitUntil(lambda: not cells(compared))
    assert "要都看，请把「显示」改为「全部」" in said(compared)
    assert not button(compared, "导出 PDF…").isEnabled()


def test_the_comparison_becomes_a_pdf(
    compared: ComparisonDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, offered = tmp_path / "比较.pdf", list[str]()

    def choose_export(_parent: object, path: Path) -> Path:
        offered.append(path.name)
        return target

    monkeypatch.setattr(files, "choose_export", choose_export)
    button(compared, "导出 PDF…").click()
    qtbot.waitUntil(lambda: f"已导出到 {target}" in said(compared))
    assert offered[0].endswith("与上年比较.pdf")
    assert target.read_bytes().startswith(b"%PDF-")


def test_what_is_shown_goes_to_word_excel_and_the_printer(
    compared: ComparisonDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("比较.docx", "比较.xlsx"):
        compared.export_to(tmp_path / name)
        qtbot.waitUntil(lambda name=name: f"已导出到 {tmp_path / name}" in said(compared))
        assert (tmp_path / name).stat().st_size > 1000

    def choose_printer(_parent: object, _name: str, _count: int) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setFullPage(True)
        return printer

    monkeypatch.setattr(printing, "choose_printer", choose_printer)
    button(compared, "打印…").click()
    qtbot.waitUntil(lambda: "已打印成 PDF 文件" in said(compared))
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


def test_a_file_that_cannot_be_written_is_told(compared: ComparisonDialog, qtbot: QtBot, tmp_path: Path) -> None:
    compared.export_to(tmp_path / "没有的文件夹" / "比较.docx")
    qtbot.waitUntil(lambda: "没有的文件夹" in said(compared) and "已导出" not in said(compared))


def test_another_text_is_remembered_for_the_next_time(
    compared: ComparisonDialog, opened: MainWindow, qtbot: QtBot
) -> None:
    store, editor = opened.store, opened.editor
    assert store is not None
    assert editor is not None
    other = store.create(replace(last_year(), document=replace(last_year().document, year=2024)))
    compared.close()
    menu = opened.menus.actions["years.compare"]
    menu.trigger()
    dialog = shown(opened)
    assert "2025年" in dialog.picker.name  # the latest earlier year, until the user says otherwise
    dialog.picker.source.setCurrentIndex(dialog.picker.source.findData(other))
    dialog.picker.source.activated.emit(dialog.picker.source.currentIndex())
    assert store.recall(f"{LAST_YEAR}{editor.session.draft_id}") == str(other)
    menu.trigger()
    assert shown(opened) is dialog  # it comes to the front as it was left
    dialog.close()
    menu.trigger()
    assert "2024年" in shown(opened).picker.name


def test_a_file_can_be_compared_with(compared: ComparisonDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_report.ImportReportDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    compared.picker.read(TEXTS[3])
    qtbot.waitUntil(lambda: any("望鹤滩" in line.last for line in compared.rows.lines))
    assert compared.picker.name == "文件：003.txt"


def test_with_nothing_to_compare_the_window_says_what_to_do(opened: MainWindow) -> None:
    opened.menus.actions["years.compare"].trigger()
    dialog = shown(opened)
    assert "请选择上年的草稿，或从文件读取上年的文本。" in said(dialog)
    assert not button(dialog, "打印…").isEnabled()
    opened.leave_draft()
    assert not dialog.isVisible()
