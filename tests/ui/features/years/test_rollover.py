"""从上年生成, 年份顺延 and 沿用上年 in the window, by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from importers.import_files import read_file
from models.document.tree import Draft, GoalDocument, Headings, Indicator, Project, Unit
from models.errors import UserError
from tests.shared import TEXTS
from tests.ui.conftest import settle
from ui.features.years.mention_list import TICK
from ui.features.years.rollover_dialog import FromLastYearDialog, MoveOnDialog
from ui.features.years.years_controller import LAST_YEAR, YearsController
from ui.shell.main_window import MainWindow
from ui.widgets import file_dialogs as files
from ui.widgets import import_report_dialog as import_report

OLD = Draft(
    GoalDocument(
        year=2025,
        unit=Unit("618001", "云泽县农业技术推广站"),
        headings=Headings(overall_goal="一、总体绩效目标"),
        overall_goal="2025年推广品种12个，较2024年增加2个。按云财预〔2025〕8号执行。",
        projects=(
            Project(
                *("p1",), code="13992125P000412100030", name="2025年良种推广", budget="80.00", fiscal_funds="80.00",
                spending_plan=("10%", "30%", "60%", "100%"),
                indicators=(Indicator("i1", "产出指标", "数量指标", "推广品种", value="≥12个", basis="2025年工作计划"),),
            ),
        ),
    ),
    state="定稿",
)  # fmt: skip


@pytest.fixture
def years(window: MainWindow) -> YearsController:
    """The helper, in a window whose store holds last year's 定稿."""
    assert window.store is not None
    window.drafts.reload(window.store.create(OLD))
    return window.controller(YearsController)


@pytest.fixture
def dialog(years: YearsController, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> FromLastYearDialog:
    store = window.store
    assert store is not None
    dialog = FromLastYearDialog(store.list(), window.start_page.chosen() or 0, store.load, tmp_path, window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_on_a_small_screen_two_lines_of_the_text_are_seen_whole(dialog: FromLastYearDialog) -> None:
    dialog.resize(dialog.minimumSizeHint())
    settle(dialog)
    text = dialog.list.text
    text.setPlainText("第一行\n第二行\n第三行")
    first = text.document().begin()
    second = text.blockBoundingGeometry(first.next()).translated(text.contentOffset())
    assert text.viewport().rect().contains(second.toAlignedRect())


def generated(years: YearsController, window: MainWindow, dialog: FromLastYearDialog) -> Draft:
    """The draft that is open when the dialog is answered as it stands."""
    answer = dialog.answer()
    years.take(answer.draft, answer.source_id, answer.last)
    assert window.editor is not None
    return window.editor.session.draft


def button(owner: QWidget, text: str) -> QPushButton:
    return next(one for one in owner.findChildren(QPushButton) if one.text() == text)


def said(owner: QWidget) -> str:
    return "\n".join(label.text() for label in owner.findChildren(QLabel) if not label.isHidden())


def accept_of(dialog: FromLastYearDialog | MoveOnDialog) -> QPushButton:
    box = dialog.box
    return next(b for b in box.buttons() if box.buttonRole(b) == QDialogButtonBox.ButtonRole.AcceptRole)


def test_the_years_are_shown_one_by_one_with_what_they_become(dialog: FromLastYearDialog) -> None:
    lines = [dialog.list.lines.topLevelItem(at) for at in range(dialog.list.lines.topLevelItemCount())]
    shown = [
        (line.checkState(TICK) == Qt.CheckState.Checked, *(line.text(column) for column in range(1, 5)))
        for line in lines
    ]
    assert shown == [
        (True, "总体绩效目标", "【2025年】推广品种12个，较2024年…", "2026年", "计划年度"),
        (False, "总体绩效目标", "2025年推广品种12个，较【2024年】增加2个。按云财预〔2025…", "2025年", "上年"),
        (True, "项目 1 · 项目名称", "【2025年】良种推广", "2026年", "计划年度"),
        (True, "项目 1 · 指标 1 · 指标值确定依据", "【2025年】工作计划", "2026年", "计划年度"),
    ]
    assert "共 4 处年份：3 处顺延，1 处保留（上年 1）" in said(dialog)


def test_space_ticks_and_enter_makes_the_draft(
    years: YearsController, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: FromLastYearDialog) -> int:
        dialog.show()
        lines = dialog.list.lines
        lines.setFocus()
        QTest.keyClick(lines, Qt.Key.Key_Down)
        QTest.keyClick(lines, Qt.Key.Key_Space)  # 较2024年
        QTest.keyClick(lines, Qt.Key.Key_Down)
        QTest.keyClick(lines, Qt.Key.Key_Space)  # the project's name stays
        QTest.keyClick(lines, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(FromLastYearDialog, "exec", answer)
    old_id = window.start_page.chosen()
    QTest.mouseClick(button(window.start_page, "从上年生成"), Qt.MouseButton.LeftButton)
    editor, store = window.editor, window.store
    assert editor is not None
    assert store is not None
    document = editor.session.document
    assert document.year == 2026
    assert document.overall_goal == "2026年推广品种12个，较2025年增加2个。按云财预〔2025〕8号执行。"
    project = document.projects[0]
    assert (project.name, project.code) == ("2025年良种推广", OLD.document.projects[0].code)
    assert (project.indicators[0].basis, project.budget) == ("2026年工作计划", "80.00")
    assert editor.session.draft.state == "草稿"
    assert editor.session.draft.provenance.source == "2025年 618001 云泽县农业技术推广站（定稿）"
    assert store.load(old_id) == OLD
    assert store.recall(f"{LAST_YEAR}{editor.session.draft_id}") == str(old_id)
    assert "3 处金额和指标值沿用上年" in window.statusBar().currentMessage()


def test_enter_presses_the_button_with_the_focus(dialog: FromLastYearDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(files, "choose_import", lambda *_asked: asked.append(1))
    dialog.picker.read_button.setFocus()
    QTest.keyClick(dialog.picker.read_button, Qt.Key.Key_Return)
    assert (asked, dialog.result()) == ([1], 0)


def test_a_message_hides_the_place_below_while_it_is_shown(
    years: YearsController, window: MainWindow, dialog: FromLastYearDialog, qtbot: QtBot
) -> None:
    generated(years, window, dialog)
    qtbot.waitUntil(window.bar.place.isHidden)  # Qt lays the bar out anew when its text comes
    assert "已生成 2026年的草稿" in window.statusBar().currentMessage()


def test_codes_are_emptied_by_choice(years: YearsController, window: MainWindow, dialog: FromLastYearDialog) -> None:
    dialog.empty_codes.click()
    assert generated(years, window, dialog).document.projects[0].code == ""


def test_all_none_or_the_proposed_ones_at_once(dialog: FromLastYearDialog) -> None:
    found = dialog.list.accepted()
    for text, count in (("全部勾选", 4), ("全部不勾", 0), ("按建议勾选", 3)):
        button(dialog, text).click()
        assert len(dialog.list.accepted()) == count
    assert dialog.list.accepted() == found


def test_another_year_is_typed(dialog: FromLastYearDialog) -> None:
    dialog.years.old.selectAll()
    QTest.keyClicks(dialog.years.old, "2024")
    assert dialog.years.new.text() == "2025"
    assert "共 3 处年份：0 处顺延，3 处保留（下年 2、存疑 1）" in said(dialog)
    dialog.years.new.selectAll()
    QTest.keyClicks(dialog.years.new, "2024")
    assert not accept_of(dialog).isEnabled()
    assert "新的年度与原来的相同" in said(dialog)
    dialog.years.new.clear()
    QTest.keyClicks(dialog.years.new, "20")
    assert "新的年度「20」不像一个年份" in said(dialog)


def test_a_text_without_a_year_is_asked_for_it(
    years: YearsController, window: MainWindow, dialog: FromLastYearDialog
) -> None:
    dialog.picker.take_file("004.txt", read_file(TEXTS[4]).draft)
    assert "项目编码里最近的立项年份是 2023 年，请核对" in said(dialog)
    assert dialog.years.years() == (2023, 2024)
    assert "文本里没有要顺延的年份" in said(dialog)
    assert generated(years, window, dialog).document.year == 2024


def test_a_file_is_read_reported_and_kept_as_last_years_draft(
    years: YearsController,
    window: MainWindow,
    dialog: FromLastYearDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_report.ImportReportDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    dialog.picker.read(TEXTS[3])
    qtbot.waitUntil(lambda: dialog.picker.file == "003.txt")
    assert dialog.keep_file.isVisible()
    draft = generated(years, window, dialog)
    assert (draft.document.year, draft.provenance.source) == (2025, "文件：003.txt")
    store, editor = window.store, window.editor
    assert store is not None
    assert editor is not None
    last = store.load(int(store.recall(f"{LAST_YEAR}{editor.session.draft_id}")))
    assert last.document == read_like(last, TEXTS[3])


def read_like(draft: Draft, text: Path) -> GoalDocument:
    """The text as read, under the draft's ids."""
    from models.document.tree import without_ids

    assert without_ids(draft.document) == without_ids(read_file(text).draft.document)
    return draft.document


def test_a_file_that_cannot_be_read_is_told_in_the_dialog(
    dialog: FromLastYearDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"no word file")
    dialog.picker.read(bad)
    qtbot.waitUntil(lambda: "坏.docx" in said(dialog) and dialog.picker.read_button.text() == "从文件读取…")
    assert dialog.picker.name == "2025年 618001 云泽县农业技术推广站（定稿）"


def test_without_any_draft_the_dialog_says_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    def load(_id: int) -> Draft:
        raise UserError("没有")

    dialog = FromLastYearDialog((), 0, load, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "还没有可以用的草稿：请按「从文件读取」" in said(dialog)
    assert not accept_of(dialog).isEnabled()


def test_enter_in_a_field_never_cancels_not_even_after_the_focus_was_on_cancel(qtbot: QtBot, tmp_path: Path) -> None:
    def load(_id: int) -> Draft:
        raise UserError("没有")

    dialog = FromLastYearDialog((), 0, load, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    cancel = next(button for button in dialog.box.buttons() if button is not accept_of(dialog))
    cancel.setFocus()
    dialog.years.old.setFocus()
    QTest.keyClicks(dialog.years.old, "2025")
    QTest.keyClick(dialog.years.old, Qt.Key.Key_Return)
    assert dialog.isVisible()
    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()


# the open draft itself


def test_the_open_draft_moves_on_in_one_step(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = opened.editor
    assert editor is not None
    editor.session.edit("overall_goal", "2026年推广品种12个。")
    before = editor.session.draft
    monkeypatch.setattr(MoveOnDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    entry = opened.menus.actions["years.move_on"]
    entry.trigger()
    assert (editor.session.document.year, editor.session.document.overall_goal) == (2027, "2027年推广品种12个。")
    assert editor.session.undo_label == "年份顺延到 2027"
    editor.undo()
    assert editor.session.draft == before


def test_a_final_text_does_not_move_on(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = opened.editor
    assert editor is not None
    editor.session.finalise()
    before = editor.session.draft
    asked: list[object] = []
    monkeypatch.setattr(MoveOnDialog, "exec", asked.append)
    opened.menus.actions["years.move_on"].trigger()
    assert (asked, editor.session.draft) == ([], before)


def test_what_was_reached_is_offered_and_left_out_unless_wanted(window: MainWindow, tmp_path: Path) -> None:
    from tests.models.reports.test_reached import evaluated

    assert window.store is not None
    number = window.store.create(evaluated().draft)
    dialog = FromLastYearDialog(window.store.list(), number, window.store.load, tmp_path, window)
    dialog.show()
    assert dialog.use_reached.isVisible()
    assert dialog.use_reached.text() == "指标值改用自评达到的数（2 个）"
    assert "≥92% → ≥93%" in dialog.use_reached.toolTip()
    assert dialog.answer().draft.document.projects[0].indicators[4].value == "≥92%"
    dialog.use_reached.setChecked(True)
    assert dialog.answer().draft.document.projects[0].indicators[4].value == "≥93%"
    dialog.reject()
