"""The text and its reports are two things to hand in: problems of one are not counted with the other, and the preview names
the one it shows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from exporters.placed_pages import Page
from tests.ui.editor.stages.conftest import BARE
from tests.ui.editor.stages.test_report_step import type_in
from tests.ui.shell.test_start_page import shown
from ui.editor.editor_steps import REPORTS
from ui.editor.problems.problem_overview import ProblemOverview
from ui.editor.stages.report_step import ReportStep
from ui.features.final.final_controller import FinalController
from ui.features.preview.preview_panel import Preview
from ui.features.reports.reports_controller import ReportsController
from ui.shell.main_window import MainWindow
from ui.widgets import questions


@pytest.fixture
def begun(page: ReportStep, qtbot: QtBot, window: MainWindow) -> ReportStep:
    """A 自评 of which one cell is filled in: everything else is missing."""
    type_in(page.rows, qtbot, "4100册")
    report = window.editor.session.draft.reports[0]
    assert window.count_errors(report.id) > 0
    return page


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With how many errors the clerk was asked."""
    counts: list[int] = []

    def ask(_parent: QWidget, count: int, _still: str) -> str:
        counts.append(count)
        return questions.STAY

    monkeypatch.setattr(questions, "ask_about_errors", ask)
    return counts


@pytest.mark.usefixtures("begun")
def test_the_text_counts_what_it_counted_before_the_report_was_begun(window: MainWindow) -> None:
    with_report = window.count_errors()
    window.take_draft(BARE)
    assert window.count_errors() == with_report


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("way", ["word", "print", "final"])
def test_export_print_and_final_ask_about_the_errors_of_the_text_alone(
    window: MainWindow, asked: list[int], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr("ui.features.exports.export_bar.choose_export", lambda *_asked: None)
    of_text = window.count_errors()
    ways: dict[str, Callable[[], object]] = {
        "word": lambda: window.editor.export_step().out.ask(".docx"),
        "print": lambda: window.editor.export_step().out.print_pages(),
        "final": window.controller(FinalController).finalise,
    }
    assert of_text > 0
    ways[way]()
    assert asked == [of_text]


def test_the_report_counts_its_own(begun: ReportStep, window: MainWindow, tmp_path: Path) -> None:
    report = begun.report
    assert report is not None
    own = window.count_errors(report.id)
    window.controller(ReportsController).export_to(tmp_path / "自评.docx")
    assert f"检查还有 {own} 处错误" in window.statusBar().currentMessage()


@pytest.mark.usefixtures("begun")
def test_the_overview_tells_the_reports_problems_apart(window: MainWindow, qtbot: QtBot) -> None:
    of_text = window.count_errors()
    (overview,) = window.editor.export_step().findChildren(ProblemOverview)
    qtbot.waitUntil(lambda: "不影响文本" in overview.summary.text())
    first, _, rest = overview.summary.text().partition("。")
    assert first.startswith(f"错误 {of_text} 处")
    assert rest.startswith("另外，第 ⑦ 步的监控和自评里有错误")


@pytest.mark.usefixtures("begun")
def test_the_start_page_counts_the_text(window: MainWindow, qtbot: QtBot) -> None:
    of_text = window.count_errors()
    assert window.save_now()
    window.go_home()
    window.counts.count_now()
    qtbot.waitUntil(lambda: all(shown(window)))
    assert [words.partition("，")[0] for words in shown(window)] == [f"错误 {of_text}"]


def words_of(pages: tuple[Page, ...]) -> str:
    return "".join(run.text for page in pages for line in page.lines for run in line.runs)


def opened_preview(window: MainWindow) -> Preview:
    preview = window.editor.side.open("preview")
    assert isinstance(preview, Preview)
    return preview


def wait_for(qtbot: QtBot, preview: Preview, name: str, words: str, other: str) -> None:
    """Until the box names that document and its pages hold those words, and none of the other one."""

    def is_there() -> bool:
        seen = words_of(preview.view.pages())
        return preview.form.currentText() == name and words in seen and other not in seen

    qtbot.waitUntil(is_there)


TEXT, REPORT = ("绩效文本", "指标值确定依据", "实际完成值"), ("自评（2025年度）", "实际完成值", "指标值确定依据")


@pytest.mark.usefixtures("begun")
def test_the_preview_names_the_report_and_follows_to_the_text_and_back(window: MainWindow, qtbot: QtBot) -> None:
    preview = opened_preview(window)
    wait_for(qtbot, preview, *REPORT)
    window.editor.step_button(5).click()
    wait_for(qtbot, preview, *TEXT)
    window.editor.step_button(REPORTS).click()
    wait_for(qtbot, preview, *REPORT)


@pytest.mark.usefixtures("begun")
def test_a_preview_opened_later_shows_what_one_works_at_then(window: MainWindow, qtbot: QtBot) -> None:
    preview = opened_preview(window)
    wait_for(qtbot, preview, *REPORT)
    window.editor.side.close_panel()
    window.editor.step_button(5).click()
    assert opened_preview(window) is preview
    wait_for(qtbot, preview, *TEXT)


@pytest.mark.usefixtures("begun")
def test_the_document_chosen_in_the_box_is_the_one_that_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    preview = opened_preview(window)
    wait_for(qtbot, preview, *REPORT)
    choose(preview.form, "绩效文本")
    wait_for(qtbot, preview, *TEXT)
    window.editor.step_button(5).click()
    choose(preview.form, "自评（2025年度）")
    wait_for(qtbot, preview, *REPORT)


def test_another_project_of_the_report_is_shown_when_it_is_chosen(
    begun: ReportStep, window: MainWindow, qtbot: QtBot
) -> None:
    preview = opened_preview(window)
    qtbot.waitUntil(lambda: "新增图书册数" in words_of(preview.view.pages()))
    begun.project_choice.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "维修面积" in words_of(preview.view.pages()))
    assert "新增图书册数" not in words_of(preview.view.pages())


@pytest.mark.usefixtures("begun")
def test_a_report_that_is_taken_back_leaves_the_text_in_the_preview(window: MainWindow, qtbot: QtBot) -> None:
    preview = opened_preview(window)
    wait_for(qtbot, preview, *REPORT)
    while window.editor.session.draft.reports:
        window.editor.undo()
    wait_for(qtbot, preview, *TEXT)
    assert preview.form.findText("自评（2025年度）") == -1


def choose(box: QComboBox, name: str) -> None:
    """As the clerk does."""
    box.setCurrentIndex(box.findText(name))
    box.activated.emit(box.currentIndex())
