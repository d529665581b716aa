"""The page of reports on a low screen, with the preview beside it and all texts unfolded: it scrolls, and nothing is cut."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.conftest import settle
from tests.ui.editor.stages.test_report_widths import page_of, points  # noqa: F401  (a fixture)
from ui.editor.stages.report_step import ReportStep
from ui.shell.main_window import MainWindow


def seen(page: ReportStep, part: QWidget, place: QRect) -> bool:
    """Whether that place of a part of the page lies in what the page shows of itself."""
    viewport = page.area.viewport()
    return viewport.rect().contains(QRect(part.mapTo(viewport, place.topLeft()), place.size()))


@pytest.fixture
def full(window: MainWindow) -> ReportStep:
    page = page_of(window, "自评", "preview")
    page.texts.unfold()
    settle(window)
    return page


def test_at_least_four_rows_have_their_place(full: ReportStep) -> None:
    rows = full.rows
    assert rows.results.rowCount() > 4
    assert rows.viewport().height() >= sum(rows.rowHeight(row) for row in range(4))


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize("panel", ["", "problems", "preview"])
def test_every_part_of_the_page_is_whole_and_can_be_scrolled_to(window: MainWindow, panel: str) -> None:
    page = page_of(window, "自评", panel)
    page.texts.unfold()
    settle(window)
    inside = page.area.widget()
    parts = [part for part in (page.points, page.funds, page.rows, *page.texts.fields) if part.isVisible()]
    assert len(parts) == 8
    for part in parts:
        assert part.height() >= max(part.minimumHeight(), min(part.minimumSizeHint().height(), part.maximumHeight()))
        assert inside.rect().contains(QRect(part.mapTo(inside, QPoint()), part.size())), part.accessibleName()
    assert inside.height() - page.area.viewport().height() <= page.area.verticalScrollBar().maximum()
    assert page.area.horizontalScrollBar().maximum() == 0


@pytest.mark.usefixtures("points")
@pytest.mark.parametrize("panel", ["", "preview"])
def test_no_number_of_the_points_is_cut(window: MainWindow, panel: str) -> None:
    page = page_of(window, "自评", panel)
    session, report = window.editor.session, page.report
    assert report is not None
    for row, actual in (("i1", "4100册"), ("i2", "97.5%")):
        session.edit(f"reports[{report.id}].projects[p1].indicators[{row}].actual", actual)
    session.leave_field()
    page.take_all()
    session.edit(f"reports[{report.id}].projects[p1].indicators[i4].actual", "53000人次")
    settle(window)
    told = page.points.text()
    assert told.startswith("预算执行 0/10　产出指标 33.91/50")
    assert told.endswith("灰色的 30 分是建议，还没有计入　按「采用全部建议」计入　还有 3 处没有得分")
    assert page.points.accessibleName() == told
    labels = [label for label in page.points.findChildren(QLabel) if label.isVisible()]
    assert len(labels) == 9
    for label in labels:
        assert label.width() >= label.sizeHint().width()
        assert page.points.rect().contains(label.geometry())


def test_the_page_scrolls_no_sooner_than_it_must(window: MainWindow) -> None:
    page = page_of(window, "自评", "")
    window.resize(1366, 740)
    settle(window)
    assert page.area.verticalScrollBar().maximum() == 0
    rows = page.rows
    assert rows.viewport().height() >= sum(rows.rowHeight(row) for row in range(4))


def test_the_cell_the_keyboard_goes_to_comes_into_view(full: ReportStep, window: MainWindow) -> None:
    bar, rows = full.area.verticalScrollBar(), full.rows
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    rows.setFocus()
    for row in range(rows.results.rowCount()):
        rows.go_to(rows.results.index(row, 4))
        settle(window)
        assert seen(full, rows.viewport(), rows.visualRect(rows.currentIndex()))
    bar.setValue(bar.maximum())
    full.funds.setFocus()
    full.funds.go_to(full.funds.results.index(0, 3))
    settle(window)
    assert seen(full, full.funds.viewport(), full.funds.visualRect(full.funds.currentIndex()))
    QTest.keyClick(full.funds, Qt.Key.Key_Down)
    assert full.funds.currentIndex().row() == 1


def test_a_place_in_the_texts_is_led_to(full: ReportStep, window: MainWindow) -> None:
    report = full.report
    assert report is not None
    full.area.verticalScrollBar().setValue(0)
    window.go_to(f"reports[{report.id}].projects[p1].improvements")
    settle(window)
    field = full.texts.fields[4]
    assert field.hasFocus()
    assert seen(full, field, field.rect())
