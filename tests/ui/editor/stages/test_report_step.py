"""The page of 监控 and 自评, with the keyboard: results typed, proposals taken, undone, closed, written."""

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.document import fieldpath
from models.reports import report_form
from tests.ui.editor.stages.conftest import BARE
from tests.ui.shell.test_window import unnamed
from ui.editor.editor_steps import REPORTS
from ui.editor.stages.report_step import CLOSE, REOPEN, ReportStep
from ui.editor.stages.result_view import ResultView
from ui.editor.table.cell_editors import TextEditor
from ui.features.preview.preview_panel import Preview
from ui.features.reports.reports_controller import ReportsController
from ui.shell.main_window import MainWindow
from ui.widgets import questions

KEY = Qt.Key


def target(view: QWidget) -> QWidget:
    """What keys go to: the editor that is open in the table, else the table."""
    return (view.editor if isinstance(view, ResultView) else None) or view


def strike(view: QWidget, text: str) -> None:
    """Each character into what has the keyboard just then."""
    for char in text:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
        QApplication.sendEvent(target(view), key)


def type_in(view: ResultView, qtbot: QtBot, text: str, key: Qt.Key = KEY.Key_Return) -> None:
    """Types into the current cell as the clerk does, and ends it with that key."""
    strike(view, text)
    qtbot.keyClick(target(view), key)


def texts(view: ResultView, column: int) -> list[str]:
    return [
        str(view.results.index(row, column).data(Qt.ItemDataRole.EditRole)) for row in range(view.results.rowCount())
    ]


def test_the_menu_begins_a_self_evaluation_at_the_first_cell_to_fill(page: ReportStep, window: MainWindow) -> None:
    assert window.editor.step == REPORTS
    assert window.editor.step_button(REPORTS).isVisible()
    assert page.rows.results.cell(page.rows.currentIndex()).path.endswith(".indicators[i1].actual")
    assert texts(page.rows, 3) == ["≥4000册", "≥98%", "≤36万元", "≥52000人次", "≥92%"]


def test_a_draft_without_reports_has_six_steps_as_before(window: MainWindow) -> None:
    window.take_draft(BARE)
    assert not window.editor.step_button(REPORTS).isVisible()


def test_results_are_typed_row_by_row_and_scores_are_proposed_in_grey(page: ReportStep, qtbot: QtBot) -> None:
    for text in ("4100册", "97.5%", "35.2万元", "53000人次", "93%"):
        type_in(page.rows, qtbot, text)
    assert texts(page.rows, 4) == ["4100册", "97.5%", "35.2万元", "53000人次", "93%"]
    score = page.rows.results.index(1, 6)
    assert (score.data(), score.data(Qt.ItemDataRole.EditRole)) == ("16.91", "")
    grey = score.data(Qt.ItemDataRole.ForegroundRole)
    assert isinstance(grey, QColor)
    assert "建议 16.91" in str(score.data(Qt.ItemDataRole.ToolTipRole))
    page.rows.go_to(score)
    qtbot.keyClick(page.rows, KEY.Key_Return)
    assert score.data(Qt.ItemDataRole.EditRole) == "16.91"
    assert page.rows.currentIndex().row() == 2


def test_targets_are_locked(page: ReportStep, qtbot: QtBot, window: MainWindow) -> None:
    page.rows.go_to(page.rows.results.index(0, 3))
    qtbot.keyClicks(page.rows, "9")
    qtbot.keyClick(page.rows, KEY.Key_Delete)
    session = window.editor.session
    assert session.document == BARE.document
    assert page.rows.editor is None


def test_tab_goes_from_one_open_cell_to_the_next_and_past_the_locked_ones(page: ReportStep, qtbot: QtBot) -> None:
    for _time in range(4):
        qtbot.keyClick(page.rows, KEY.Key_Tab)
    here = page.rows.currentIndex()
    assert (here.row(), here.column()) == (1, 4)
    qtbot.keyClick(page.rows, KEY.Key_Backtab)
    assert (page.rows.currentIndex().row(), page.rows.currentIndex().column()) == (0, 7)


def test_escape_takes_back_what_was_typed_and_undo_the_whole_cell(
    page: ReportStep, qtbot: QtBot, window: MainWindow
) -> None:
    type_in(page.rows, qtbot, "12", KEY.Key_Escape)
    assert texts(page.rows, 4)[0] == ""
    type_in(page.rows, qtbot, "4100册")
    window.run_action("edit.undo")
    assert texts(page.rows, 4)[0] == ""
    window.run_action("edit.redo")
    assert texts(page.rows, 4)[0] == "4100册"


def test_the_rate_and_its_points_follow_the_amounts_as_one_types(page: ReportStep, qtbot: QtBot) -> None:
    page.funds.setFocus()
    page.funds.go_to(page.funds.results.index(0, 3))
    type_in(page.funds, qtbot, "35.20")
    assert page.funds.results.index(0, 5).data() == "97.78%"
    assert page.funds.results.index(0, 6).data() == "9.78"
    assert not page.funds.results.index(0, 5).flags() & Qt.ItemFlag.ItemIsEditable


def test_a_column_copied_from_excel_fills_the_open_cells_in_one_step(
    page: ReportStep, qtbot: QtBot, window: MainWindow
) -> None:
    QGuiApplication.clipboard().setText("4100册\n97.5%\n35.2万元\n53000人次\n93%")
    qtbot.keyClick(page.rows, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert texts(page.rows, 4) == ["4100册", "97.5%", "35.2万元", "53000人次", "93%"]
    window.run_action("edit.undo")
    assert texts(page.rows, 4) == [""] * 5


def test_all_proposals_are_taken_at_once_and_the_strip_adds_up(page: ReportStep, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("4100册\n97.5%\n35.2万元\n53000人次\n93%")
    page.rows.paste()
    page.funds.go_to(page.funds.results.index(0, 3))
    page.funds.setFocus()
    type_in(page.funds, qtbot, "35.20")
    page.button("take").click()
    assert texts(page.rows, 5) == ["17", "17", "16", "30", "10"]
    assert texts(page.rows, 6) == ["17", "16.91", "16", "30", "10"]
    assert page.points.text() == "预算执行 9.78/10　产出指标 49.91/50　效益指标 30/30　满意度指标 10/10　总分 99.69/100"


def test_a_final_report_is_locked_until_it_is_opened_again(page: ReportStep, qtbot: QtBot) -> None:
    type_in(page.rows, qtbot, "4100册")
    page.button("close").click()
    assert page.button("close").text() == REOPEN
    page.rows.setFocus()
    qtbot.keyClicks(page.rows, "9")
    assert texts(page.rows, 4)[:2] == ["4100册", ""]
    page.button("close").click()
    assert page.button("close").text() == CLOSE
    page.rows.go_to(page.rows.results.index(1, 4))
    page.rows.setFocus()
    type_in(page.rows, qtbot, "97%")
    assert texts(page.rows, 4)[1] == "97%"


def test_a_problem_of_a_report_leads_to_its_cell(page: ReportStep, window: MainWindow, qtbot: QtBot) -> None:
    type_in(page.rows, qtbot, "4100天")
    path = f"reports[{window.editor.session.draft.reports[0].id}].projects[p1].indicators[i1].actual"
    window.editor.show_step(1)  # the cell was left
    qtbot.waitUntil(lambda: bool(window.editor.problems.live.by_path().get(path)))
    assert "⚠" not in str(page.rows.results.index(0, 4).data())
    assert "单位应当相同" in str(page.rows.results.index(0, 4).data(Qt.ItemDataRole.ToolTipRole))
    window.go_to(path)
    assert window.editor.step == REPORTS
    assert (page.rows.currentIndex().row(), page.rows.currentIndex().column()) == (0, 4)


def test_another_project_is_chosen_and_has_its_own_page(page: ReportStep, qtbot: QtBot) -> None:
    page.project_choice.setCurrentIndex(1)
    assert texts(page.rows, 2) == ["维修面积"]
    page.rows.setFocus()
    page.rows.go_to(page.rows.results.index(0, 4))
    type_in(page.rows, qtbot, "300平方米")
    page.project_choice.setCurrentIndex(0)
    assert texts(page.rows, 4) == [""] * 5


def test_a_monitoring_asks_for_its_month_and_chooses_causes_from_a_list(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(BARE)
    window.run_action("reports.monitoring")
    step = window.editor.current
    assert isinstance(step, ReportStep)
    qtbot.waitUntil(lambda: step.month.hasFocus())
    qtbot.keyClicks(step.month, "2025-07")
    report = window.editor.session.draft.reports[0]
    assert (report.kind, report.as_of) == ("监控", "2025-07")
    step.rows.setFocus()
    step.rows.go_to(step.rows.results.index(0, 6))
    strike(step.rows, "人")
    qtbot.keyClick(target(step.rows), KEY.Key_Return)
    assert texts(step.rows, 6)[0] == "人员保障"


def test_a_final_text_leaves_its_reports_to_be_filled(page: ReportStep, qtbot: QtBot, window: MainWindow) -> None:
    session = window.editor.session
    session.change("定稿", replace(session.draft, state="定稿"))
    reason = page.texts.fields[1]
    reason.setFocus()
    qtbot.keyClicks(reason, "abc")
    (report,) = session.draft.reports
    assert session.get(f"reports[{report.id}].projects[p1].reason") == "abc"
    page.rows.setFocus()
    type_in(page.rows, qtbot, "4100册")
    assert texts(page.rows, 4)[0] == "4100册"


def test_nothing_can_be_typed_into_the_texts_of_a_final_report(
    page: ReportStep, qtbot: QtBot, window: MainWindow
) -> None:
    session, reason = window.editor.session, page.texts.fields[1]
    qtbot.keyClicks(reason, "abc")
    page.toggle_final()
    assert reason.isReadOnly()
    before = session.draft
    qtbot.keyClicks(reason, "def")
    assert session.draft is before
    assert reason.toPlainText() == "abc"
    page.toggle_final()
    qtbot.keyClicks(reason, "def")
    assert reason.toPlainText() == "abcdef"


def test_what_was_typed_is_stored(page: ReportStep, qtbot: QtBot, window: MainWindow) -> None:
    type_in(page.rows, qtbot, "4100册")
    assert window.save_now()
    assert window.store is not None
    session = window.editor.session
    stored = window.store.load(session.draft_id)
    (report,) = stored.reports
    assert fieldpath.get(stored, f"reports[{report.id}].projects[p1].indicators[i1].actual") == "4100册"


def test_the_report_is_written_as_word(page: ReportStep, qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    type_in(page.rows, qtbot, "4100册")
    window.controller(ReportsController).export_to(tmp_path / "自评.docx")
    tables = docx.Document(str(tmp_path / "自评.docx")).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert "4100册" in cells


def test_every_control_of_the_page_is_named(page: ReportStep) -> None:
    assert unnamed(page) == []


def test_the_preview_shows_the_page_of_the_report_one_is_in(page: ReportStep, qtbot: QtBot, window: MainWindow) -> None:
    type_in(page.rows, qtbot, "4100册")
    preview = window.open_panel("preview")
    assert isinstance(preview, Preview)
    seen = [preview.view.pages()]

    def shape() -> float:
        seen[0] = preview.view.pages()
        return seen[0][0].width / seen[0][0].height if seen[0] else 0

    qtbot.waitUntil(lambda: shape() > 1)
    assert "实际完成值" in "".join(run.text for line in seen[0][0].lines for run in line.runs)
    preview.show_path("overall_goal")  # as the editor says which field has the cursor
    qtbot.waitUntil(lambda: 0 < shape() < 1)


def test_an_opened_result_shows_all_its_lines_without_a_bar(page: ReportStep, window: MainWindow, qtbot: QtBot) -> None:
    strike(page.rows, "4100 copies " * 3)
    editor = page.rows.editor
    assert isinstance(editor, TextEditor)
    qtbot.waitUntil(lambda: editor.viewport().rect().contains(editor.cursorRect()))
    qtbot.keyClick(editor, KEY.Key_Return)
    page.rows.setCurrentIndex(page.rows.results.index(0, 4))
    qtbot.keyClick(page.rows, KEY.Key_F2)
    opened = page.rows.editor
    assert isinstance(opened, TextEditor)
    QApplication.processEvents()
    assert opened.document().begin().layout().lineCount() > 1
    assert not opened.verticalScrollBar().isVisible()
    assert opened.viewport().rect().contains(opened.cursorRect())


def test_conclusion_problems_and_measures_are_unfolded_typed_and_told(
    page: ReportStep, qtbot: QtBot, window: MainWindow
) -> None:
    report = window.editor.session.draft.reports[0]
    here = f"reports[{report.id}].projects[p1]"
    assert page.texts.fields[2].isHidden() or not page.texts.fields[2].isVisible()
    assert page.focus_path(f"{here}.conclusion")
    assert window.focusWidget() is page.texts.fields[2]
    qtbot.keyClicks(page.texts.fields[2], "ok")
    page.commit_pending()
    assert fieldpath.get(window.editor.session.draft, f"{here}.conclusion") == "ok"
    page.texts.unfold(False)
    assert page.texts.button.text() == "更多栏目（已填）"


def test_weights_and_grades_are_chosen_for_a_report(page: ReportStep, qtbot: QtBot, window: MainWindow) -> None:
    session = window.editor.session
    type_in(page.rows, qtbot, "4100册")
    weight = page.rows.results.index(0, 5)
    before = weight.data()
    page.scoring.weights.setCurrentIndex(page.scoring.weights.findData("hubei"))
    assert session.draft.reports[0].weights == "hubei"
    assert weight.data() != before
    window.run_action("edit.undo")
    assert session.draft.reports[0].weights == ""
    assert page.scoring.weights.currentIndex() == 0
    page.scoring.grades.setCurrentIndex(page.scoring.grades.findData("2020"))
    assert session.draft.reports[0].grades == "2020"
    page.take_all()
    for name in ("97.5%", "35.2万元", "53000人次", "93%"):
        page.rows.go_to(page.rows.results.index(["97.5%", "35.2万元", "53000人次", "93%"].index(name) + 1, 4))
        type_in(page.rows, qtbot, name)
    page.funds.go_to(page.funds.results.index(0, 3))
    type_in(page.funds, qtbot, "36.00")
    page.take_all()
    assert "等级 优" in page.points.text()


def test_fill_in_workbook_and_system_columns_are_written_from_the_page(
    page: ReportStep, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    type_in(page.rows, qtbot, "4100册")
    controller = window.controller(ReportsController)
    controller.fill_in_to(tmp_path / "填报.xlsx")
    controller.bureau_to(tmp_path / "录入.csv")
    assert (tmp_path / "填报.xlsx").is_file()
    assert "4100册" in (tmp_path / "录入.csv").read_text(encoding="utf-8-sig")


def test_a_report_is_printed_across(
    page: ReportStep, qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(page.rows, qtbot, "4100册")
    sheets = tmp_path / "打印.pdf"
    asked: list[tuple[str, int, bool]] = []

    def chosen(_parent: QWidget, name: str, count: int, *, landscape: bool) -> QPrinter:
        asked.append((name, count, landscape))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(sheets))
        return printer

    monkeypatch.setattr("ui.widgets.printing.choose_printer", chosen)
    monkeypatch.setattr("ui.widgets.questions.ask_about_proposals", lambda *_asked: questions.ANYWAY)
    window.run_action("reports.print")
    qtbot.waitUntil(lambda: "已打印成 PDF 文件" in window.statusBar().currentMessage())
    assert sheets.stat().st_size > 0
    assert [(name, landscape) for name, _count, landscape in asked] == [("项目支出绩效自评表", True)]


def test_no_key_looks_for_the_files_of_forms(
    page: ReportStep, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may lie on a slow disk."""
    looked: list[str] = []
    places = report_form.form_kinds

    def told(*folder: Path) -> object:
        looked.append("")
        return places(*folder)

    monkeypatch.setattr(report_form, "form_kinds", told)
    (window.store.path.parent / "forms").mkdir(exist_ok=True)
    page.refresh(None)
    before = len(looked)
    assert before > 0
    type_in(page.rows, qtbot, "4100册")
    page.funds.setFocus()
    assert texts(page.rows, 4)[0] == "4100册"
    assert len(looked) == before
