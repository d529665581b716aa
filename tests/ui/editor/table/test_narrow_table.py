"""The indicator table beside a wide panel: all columns are in sight, and so is the cell one is in."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from importers.import_files import read_file
from resources import ROOT
from tests.ui.conftest import settle
from tests.ui.editor.table.table_driver import Table
from ui.editor.steps.projects_step import ProjectsStep
from ui.editor.table.indicator_edits import NUMBER
from ui.editor.table.indicator_view import IndicatorView
from ui.shell.main_window import MainWindow
from ui.widgets.style import characters
from ui.widgets.wrapped_header import WrappedHeader


def header_of(view: IndicatorView) -> WrappedHeader:
    header = view.horizontalHeader()
    assert isinstance(header, WrappedHeader)
    return header


def cut_names(view: IndicatorView) -> list[str]:
    """The names that do not stand whole above their columns, or not in sight."""
    header, metrics = header_of(view), view.fontMetrics()
    return [
        header.name(column)
        for column in range(header.count())
        if header.sectionViewportPosition(column) < 0
        or header.sectionViewportPosition(column) + header.sectionSize(column) > view.viewport().width()
        or header.height_of_name(column) > header.height()
        or header.room_for_name(column) < metrics.horizontalAdvance("指标")
    ]


def table_in(window: MainWindow) -> IndicatorView:
    return next(view for view in window.findChildren(IndicatorView) if view.isVisible())


@pytest.fixture
def beside_preview(window: MainWindow) -> MainWindow:
    """The sample's projects on a small laptop's screen; the last row's value is current, and the preview is opened."""
    window.resize(1366, 740)
    window.take_draft(read_file(Path(ROOT, "sample", "sample.txt")).draft)
    window.editor.show_step(5)
    settle(window)
    view = table_in(window)
    view.go_to(view.indicators.index(view.indicators.rowCount() - 1, NUMBER))
    settle(window)
    window.editor.side.open("preview")
    settle(window)
    return window


def test_beside_the_preview_every_column_is_in_sight(beside_preview: MainWindow) -> None:
    view = table_in(beside_preview)
    header = header_of(view)
    assert max(header.height_of_name(column) for column in range(header.count())) > view.fontMetrics().height()
    assert cut_names(view) == []
    assert view.horizontalScrollBar().maximum() == 0


def test_beside_the_preview_every_column_is_in_sight_below_the_open_fields_too(beside_preview: MainWindow) -> None:
    step = beside_preview.editor.current
    assert isinstance(step, ProjectsStep)
    step.form.toggle_fields()
    settle(beside_preview)
    assert not step.form.is_folded
    view = table_in(beside_preview)
    assert cut_names(view) == []
    assert view.horizontalScrollBar().maximum() == 0


def test_the_current_cell_stays_in_sight_when_a_panel_opens_and_closes(beside_preview: MainWindow) -> None:
    view = table_in(beside_preview)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    beside_preview.editor.side.close_panel()
    settle(beside_preview)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_a_cell_scrolled_out_of_sight_is_not_brought_back(beside_preview: MainWindow) -> None:
    view = table_in(beside_preview)
    view.verticalScrollBar().setValue(0)
    settle(beside_preview)
    beside_preview.editor.side.open("find")
    settle(beside_preview)
    assert view.verticalScrollBar().value() == 0


def test_at_every_width_the_columns_come_to_rest(qtbot) -> None:
    table = Table(qtbot)
    view, least = table.view, sum(characters(table.view, width) for width in IndicatorView.narrowest)
    fitting = 0
    for width in range(least, 2 * least, 7):
        view.resize(width, 240)
        settle(view)
        widths = [view.columnWidth(column) for column in range(header_of(view).count())]
        for _turn in range(3):
            QApplication.processEvents()
        assert widths == [view.columnWidth(column) for column in range(header_of(view).count())]
        if view.viewport().width() >= least + view.verticalScrollBar().sizeHint().width():
            fitting += 1
            assert sum(widths) == view.viewport().width()
            assert cut_names(view) == []
    assert fitting > 10
