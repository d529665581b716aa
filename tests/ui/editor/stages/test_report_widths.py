"""What stands on the page of 监控 and 自评 is read whole on a small screen, in every size of type, with and without a panel."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication

from models.preferences import Preferences
from models.reports import report_cells
from models.reports.results import new_report
from tests.ui.conftest import settle
from tests.ui.editor.stages.conftest import BARE
from ui.editor.editor_steps import REPORTS
from ui.editor.stages.report_step import ReportStep
from ui.editor.stages.result_view import ResultView
from ui.shell.main_window import MainWindow
from ui.widgets.name_choice import NameChoice
from ui.widgets.theme import apply_look
from ui.widgets.wrapped_header import WrappedHeader


@pytest.fixture(params=[9, 11, 14, 20])
def points(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    apply_look(qapp, Preferences(size=request.param))
    yield request.param
    apply_look(qapp, Preferences())


def page_of(window: MainWindow, kind: str, panel: str) -> ReportStep:
    """The page of a report of that kind on a small screen."""
    report = replace(new_report(BARE.document, kind), as_of="2025-07" if kind == "监控" else "")  # type: ignore[arg-type]
    window.take_draft(report_cells.with_new_report(BARE, report))
    window.resize(1366, 700)
    window.editor.show_step(REPORTS)
    if panel:
        window.editor.side.open(panel)
    settle(window)
    step = window.editor.current
    assert isinstance(step, ReportStep)
    return step


def cut_names(view: ResultView) -> list[str]:
    """The names of columns that do not fit into their section of the header."""
    header = view.horizontalHeader()
    assert isinstance(header, WrappedHeader)
    metrics = header.fontMetrics()
    cut = []
    for column in range(view.results.columnCount()):
        name, room = header.name(column), header.room_for_name(column)
        widest = max(metrics.horizontalAdvance(char) for char in name)
        if header.height_of_name(column) > header.height() or widest > room:
            cut.append(name)
    return cut


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize("panel", ["", "problems", "preview"])
@pytest.mark.parametrize("kind", ["监控", "自评"])
def test_no_name_of_a_column_is_cut(window: MainWindow, kind: str, panel: str) -> None:
    page = page_of(window, kind, panel)
    names = [column.header for view in (page.funds, page.rows) for column in view.results.columns]
    assert {"监控": "完成目标可能性", "自评": "偏差原因分析及改进措施"}[kind] in names
    assert [name for view in (page.funds, page.rows) for name in cut_names(view)] == []


def test_a_column_pulled_narrower_wraps_its_name_and_a_wider_one_gives_the_room_back(window: MainWindow) -> None:
    page = page_of(window, "监控", "")
    header = page.rows.horizontalHeader()
    column = next(at for at, one in enumerate(page.rows.results.columns) if one.header == "全年预计完成情况")
    page.rows.setColumnWidth(column, 400)
    settle(window)
    before = header.height()
    page.rows.setColumnWidth(column, 50)
    settle(window)
    assert header.height() > before
    assert cut_names(page.rows) == []
    page.rows.setColumnWidth(column, 400)
    settle(window)
    assert header.height() == before


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize("panel", ["", "problems"])
def test_the_chosen_report_is_named_whole_or_with_dots_and_a_tool_tip(window: MainWindow, panel: str) -> None:
    page = page_of(window, "监控", panel)
    for choice in (page.report_choice, page.project_choice):
        name, shown = choice.currentText(), choice.shown_name()
        assert shown == name or (shown.endswith("…") and name.startswith(shown[:-1]) and len(shown) > 3)
        place = QPoint(3, 3)
        QApplication.sendEvent(choice, QHelpEvent(QEvent.Type.ToolTip, place, choice.mapToGlobal(place)))
        assert choice.toolTip() == name
    if not panel:
        assert page.report_choice.shown_name() == "监控（截至2025年7月）"


def test_a_name_too_long_for_its_box_ends_in_dots(qapp: QApplication) -> None:
    choice = NameChoice()
    choice.addItems(["监控（截至2025年7月），已定稿", "自评"])
    choice.resize(choice.minimumSizeHint())
    assert choice.shown_name().startswith("监控")
    assert choice.shown_name().endswith("…")
    choice.setCurrentIndex(1)
    assert choice.shown_name() == "自评"
    choice.setCurrentIndex(0)
    choice.resize(choice.sizeHint())
    assert choice.shown_name() == choice.currentText()
