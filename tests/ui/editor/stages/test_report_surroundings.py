"""What stands around the page of 监控 and 自评: its problems in the panel and on its button, and the width of its tables."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.ui.editor.stages.conftest import BARE
from tests.ui.editor.stages.test_report_step import type_in
from ui.editor.editor_steps import REPORTS
from ui.editor.stages.report_step import ReportStep
from ui.shell.main_window import MainWindow


def test_problems_of_a_report_stand_on_its_button_and_in_the_panel_and_lead_to_their_cell(
    page: ReportStep, qtbot: QtBot, window: MainWindow
) -> None:
    """Only the first row is filled in."""
    editor, here = window.editor, page.rows.results.index(1, 4)
    path = page.rows.results.cell(here).path
    type_in(page.rows, qtbot, "4100册")
    editor.show_step(1)
    panel = editor.side.open("problems")

    def headings() -> list[str]:
        return [panel.list.item(row).text() for row in range(panel.list.count())]

    qtbot.waitUntil(lambda: any(line.startswith("⑦ 监控和自评") for line in headings()))
    assert "⚠" in editor.step_button(REPORTS).text()
    panel.mark(path)
    panel.show_place()
    assert editor.step == REPORTS
    assert page.rows.currentIndex() == here
    panel.filter_step(REPORTS)
    assert [line.partition("　")[0] for line in headings() if line[0] in "①②③④⑤⑥⑦"] == ["⑦ 监控和自评"]


def test_the_panel_offers_the_reports_once_there_are_any(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(BARE)
    panel = window.editor.side.open("problems")
    boxes = [box for box in panel.findChildren(QComboBox) if box.findText("⑤ 预算项目绩效目标") >= 0]
    assert [box.findText("⑦ 监控和自评") for box in boxes] == [-1]
    window.run_action("reports.monitoring")
    qtbot.waitUntil(lambda: [box.findText("⑦ 监控和自评") >= 0 for box in boxes] == [True])


@pytest.mark.parametrize("action", ["reports.monitoring", "reports.self_evaluation"])
def test_both_tables_fill_their_width_and_show_their_headers(window: MainWindow, qtbot: QtBot, action: str) -> None:
    window.resize(1366, 740)
    window.take_draft(BARE)
    window.run_action(action)
    step = window.editor.current
    assert isinstance(step, ReportStep)
    for table in (step.funds, step.rows):
        header, metrics = table.horizontalHeader(), table.fontMetrics()
        qtbot.waitUntil(lambda table=table, header=header: header.length() == table.viewport().width())
        words = [str(table.model().headerData(at, Qt.Orientation.Horizontal)) for at in range(header.count())]
        assert [w for at, w in enumerate(words) if table.columnWidth(at) < metrics.horizontalAdvance(w)] == []
