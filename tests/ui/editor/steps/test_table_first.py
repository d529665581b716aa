"""Step ⑤ is about its table: the fields above it fold to one line of figures, and the table has the room."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft, Project
from tests.ui.conftest import settle
from ui.editor.steps.project_form import ProjectForm
from ui.editor.steps.project_summary import FOLD_KEY, is_written, summary
from ui.editor.steps.projects_step import ProjectsStep
from ui.editor.table.indicator_edits import BASIS
from ui.shell.main_window import MainWindow

WRITTEN = EXAMPLE.projects[0]
CONTROL = Qt.KeyboardModifier.ControlModifier


def form_of(window: MainWindow) -> ProjectForm:
    step = window.editor.current
    assert isinstance(step, ProjectsStep)
    return step.form


@pytest.fixture
def form(window: MainWindow) -> ProjectForm:
    window.take_draft(Draft(EXAMPLE))
    window.editor.show_step(5)
    settle(window)
    return form_of(window)


def fold(form: ProjectForm) -> None:
    assert FOLD_KEY == "Ctrl+T"
    QTest.keyClick(form.window(), Qt.Key.Key_T, CONTROL)


def rows_seen(form: ProjectForm) -> int:
    """How many rows of the table are in view from edge to edge."""
    table = form.table
    shown = table.visibleRegion().boundingRect()
    height = min(table.viewport().height(), shown.height())
    rows = range(table.indicators.rowCount())
    places = [table.visualRect(table.indicators.index(row, 3)) for row in rows]
    return sum(place.top() >= 0 and place.bottom() <= height for place in places)


def test_on_a_small_screen_with_the_problems_open_eight_rows_of_the_sample_are_seen(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.start_page.sample.emit()
    qtbot.waitUntil(lambda: window.editor is not None)
    window.resize(1366, 740)
    window.editor.show_step(5)
    window.editor.open_problems()
    settle(window)
    form = form_of(window)
    assert len(window.editor.session.document.projects[0].goals) == 2
    assert form.is_folded
    assert rows_seen(form) >= 8
    assert form.verticalScrollBar().maximum() == 0
    assert form.table.horizontalScrollBar().maximum() == 0


def test_what_is_folded_away_stands_in_one_line() -> None:
    told = summary(replace(WRITTEN, budget="128.00", fiscal_funds="100", other_funds="28"))
    assert "预算 128.00 万元 = 财政 100 + 其他 28" in told
    assert "计划 20/45/80/100" in told
    assert told.endswith("目标 2 条")
    assert summary(Project("p")) == "编码未填 · 预算未填 · 计划未填 · 目标未填"
    assert "编码 13020…01 ⚠" in summary(Project("p", code="13020922P00014710001"[:19] + "01"))


@pytest.mark.parametrize(
    "missing",
    [
        {"name": ""},
        {"code": " "},
        {"budget": ""},
        {"fiscal_funds": ""},
        {"spending_plan": ("20%", "", "80%", "100%")},
        {"goals": ("",)},
    ],
)
def test_a_project_that_is_not_written_yet_shows_its_fields(window: MainWindow, missing: dict[str, object]) -> None:
    assert is_written(WRITTEN)
    window.take_draft(Draft(replace(EXAMPLE, projects=(replace(WRITTEN, **missing),))))
    window.editor.show_step(5)
    assert not form_of(window).is_folded


def test_other_funds_left_empty_because_there_are_none_keep_the_table_first(window: MainWindow) -> None:
    """As real texts have it: the budget is all from the treasury, and the third amount is not written."""
    without = replace(WRITTEN, budget="165.00", fiscal_funds="165", other_funds="")
    window.take_draft(Draft(replace(EXAMPLE, projects=(without,))))
    window.editor.show_step(5)
    assert form_of(window).is_folded


def test_a_key_opens_the_fields_with_the_cursor_in_them_and_leads_back_to_the_cell(form: ProjectForm) -> None:
    form.table.setFocus()
    form.table.go_to(form.table.indicators.index(2, 4))
    fold(form)
    assert not form.is_folded
    assert QApplication.focusWidget().accessibleName() == "项目名称"
    fold(form)
    assert form.is_folded
    assert form.table.hasFocus()
    assert (form.table.currentIndex().row(), form.table.currentIndex().column()) == (2, 4)


def test_what_is_typed_into_a_field_is_kept_when_it_is_folded_away(form: ProjectForm, window: MainWindow) -> None:
    fold(form)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    QTest.keyClicks(QApplication.focusWidget(), "x")
    fold(form)
    assert window.editor.session.document.projects[0].name == f"{WRITTEN.name}x"
    QTest.keyClick(form.window(), Qt.Key.Key_Z, CONTROL)
    assert window.editor.session.document.projects[0].name == WRITTEN.name


def test_a_wish_holds_for_the_projects_looked_at_next(form: ProjectForm, window: MainWindow) -> None:
    fold(form)
    window.editor.show_place("projects[p2].indicators")
    assert not form.is_folded
    fold(form)
    window.editor.show_place("projects[p1].indicators")
    assert form.is_folded


@pytest.mark.parametrize("rest", ["name", "budget", "spending_plan[2]", "goals[1]", "unit.name"])
def test_whoever_is_led_to_a_folded_field_sees_it(form: ProjectForm, window: MainWindow, rest: str) -> None:
    window.editor.show_place(f"projects[p1].{rest}")
    assert not form.is_folded
    focus = QApplication.focusWidget()
    assert focus.isVisible()
    assert focus in form.findChildren(type(focus))


def test_problems_of_folded_fields_are_told_in_the_line(form: ProjectForm, window: MainWindow, qtbot: QtBot) -> None:
    assert "个问题" not in form.fold.button.accessibleDescription()
    session = window.editor.session
    session.edit("projects[p1].fiscal_funds", "1000")
    session.leave_field()
    qtbot.waitUntil(lambda: "个问题" in form.fold.button.accessibleDescription())
    assert "⚠" in form.fold.words.toolTip()


def test_the_line_is_as_high_folded_and_open(form: ProjectForm, window: MainWindow) -> None:
    before = form.fold.geometry()
    fold(form)
    settle(window)
    assert form.fold.geometry().top() == before.top()
    assert form.fold.height() == before.height()


def test_the_first_look_at_written_projects_is_at_their_list_and_enter_goes_to_the_table(form: ProjectForm) -> None:
    assert QApplication.focusWidget().accessibleName() == "项目列表"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert form.table.hasFocus()


def test_the_first_look_at_a_project_with_gaps_is_at_the_first_gap(window: MainWindow) -> None:
    window.take_draft(Draft(replace(EXAMPLE, projects=(replace(WRITTEN, budget=""),))))
    window.editor.show_step(5)
    assert QApplication.focusWidget().accessibleName() == "预算数"


def test_what_is_recommended_is_one_button_beside_the_table(form: ProjectForm) -> None:
    buttons = [button for button in form.findChildren(QPushButton) if button.text() == "推荐…"]
    assert len(buttons) == 1
    assert buttons[0].isVisible()
    assert (
        abs(
            buttons[0].mapTo(form, buttons[0].rect().bottomLeft()).y()
            - form.table.mapTo(form, form.table.rect().topLeft()).y()
        )
        < 2 * buttons[0].height()
    )


def test_the_chips_stand_in_one_row_and_have_their_whole_names(form: ProjectForm, window: MainWindow) -> None:
    window.resize(1366, 740)
    window.editor.open_problems()
    settle(window)
    chips = [form.tiers.chip(place) for place in range(len(form.tiers.texts))]
    assert len({chip.y() for chip in chips}) == 1
    assert [chip.accessibleName() for chip in chips] == form.tiers.texts
    assert all("指标" in text for text in form.tiers.texts)


@pytest.mark.parametrize("folded", [True, False])
def test_a_paste_of_three_hundred_rows_shows_no_collapsed_form(
    form: ProjectForm, window: MainWindow, folded: bool
) -> None:
    if not folded:
        fold(form)
        settle(window)
    table, last = form.table, len(form.table.indicators.rows)
    heights = {path: field.height() for field in form.findChildren(QLineEdit) if (path := field.accessibleName())}
    QApplication.clipboard().setText("\n".join(f"产出指标\t数量指标\t水表{n}\t说明" for n in range(300)))
    table.setFocus()
    table.go_to(table.indicators.index(last - 1, 0))
    table.paste()
    settle(window)
    assert len(table.indicators.rows) == last + 299
    assert rows_seen(form) >= (8 if folded else 1)
    assert table.height() <= form.viewport().height()
    now = {field.accessibleName(): field.height() for field in form.findChildren(QLineEdit)}
    assert {path: now[path] for path in heights} == heights
    assert form.widget().height() <= form.widget().sizeHint().height() + form.viewport().height()


@pytest.mark.parametrize("panel", ["preview", "help", "problems"])
def test_the_fields_stand_where_they_stood_before_a_panel_was_opened(
    form: ProjectForm, window: MainWindow, panel: str
) -> None:
    def places() -> list[tuple[int, int, int]]:
        settle(window)
        fields = form.widget().findChildren(QLineEdit)
        return [(*field.mapTo(form.widget(), field.rect().topLeft()).toTuple(), field.width()) for field in fields]

    window.resize(1366, 740)
    fold(form)
    before = places()
    window.open_panel(panel)
    assert places() != before
    window.close_panel()
    assert places() == before


def test_a_paste_of_three_hundred_rows_never_shows_a_collapsed_form(form: ProjectForm, window: MainWindow) -> None:
    window.resize(1366, 740)
    fold(form)
    settle(window)
    table, seen = form.table, []
    least = table.height()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
            if event.type() == QEvent.Type.Paint:
                seen.append((table.height(), form.is_folded, form.widget().height()))
            return False

    watch = Watch()
    for painted in (form.viewport(), form.widget(), table.viewport()):
        painted.installEventFilter(watch)
    table.setFocus()
    last = table.indicators.rowCount() - 1
    table.go_to(table.indicators.index(last, 2))
    QApplication.clipboard().setText("".join(f"第{number}段道路养护里程\n" for number in range(300)))
    QTest.keyClick(table, Qt.Key.Key_V, CONTROL)
    settle(window)
    assert table.indicators.rowCount() == last + 300
    assert seen
    assert {folded for _height, folded, _page in seen} == {False}
    assert min(height for height, _folded, _page in seen) >= least
    assert min(page for _height, _folded, page in seen) >= form.viewport().height()


@pytest.mark.parametrize("number", range(1, 7))
def test_a_page_is_painted_first_where_it_stays(window: MainWindow, number: int) -> None:
    window.resize(1366, 740)
    window.take_draft(Draft(EXAMPLE))
    settle(window)
    window.editor.show_step(2 if number != 2 else 3)
    settle(window)
    first: list[dict[QWidget, object]] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
            if event.type() == QEvent.Type.Paint and not first:
                first.append(places(window.editor.current))
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    window.editor.show_step(number)
    settle(window)
    QApplication.instance().removeEventFilter(watch)
    stayed = places(window.editor.current)
    assert {
        part.objectName() or type(part).__name__: place for part, place in first[0].items() if stayed.get(part) != place
    } == {}


def places(page: QWidget) -> dict[QWidget, object]:
    """Where all that can be written in or pressed stands on the page."""
    kinds = (QLineEdit, QPlainTextEdit, QPushButton, QAbstractItemView)
    return {
        part: (part.mapTo(page, QPoint()), part.size())
        for kind in kinds
        for part in page.findChildren(kind)
        if part.isVisibleTo(page)
    }


def test_the_first_line_of_a_list_is_marked_over_its_whole_height(
    form: ProjectForm, window: MainWindow, qtbot: QtBot
) -> None:
    table, project = form.table, EXAMPLE.projects[0]
    window.editor.session.edit(f"projects[{project.id}].indicators[{project.indicators[0].id}].basis", "")
    table.setFocus()
    table.go_to(table.indicators.index(0, BASIS))
    QTest.keyClick(table, Qt.Key.Key_F4)
    box = table.editor
    assert isinstance(box, QComboBox)
    view = box.view()
    qtbot.waitUntil(lambda: view.isVisible() and view.currentIndex().row() == 0)
    place, picture = view.visualRect(view.currentIndex()), view.viewport().grab().toImage()
    heights = (place.top() + 3, place.center().y(), place.bottom() - 3)
    found = {picture.pixelColor(place.right() - 8, y).name() for y in heights}
    ground = view.palette().color(QPalette.ColorRole.Base).name()
    box.hidePopup()
    table.commit_editor()
    assert ground not in found
