"""Cells of the table of results behave as those of the indicator table: lists, keys that open them, words being composed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from models.reports.scoring import load_scoring
from tests.models.reports.drafts_with_reports import DRAFT
from tests.ui.editor.table.table_driver import compose
from ui.editor.stages.report_step import ReportStep
from ui.editor.stages.result_model import MARK_ROLE
from ui.editor.stages.result_view import ResultView
from ui.shell.main_window import MainWindow
from ui.widgets.colours import mark_colour

KEY, HELD = Qt.Key, Qt.KeyboardModifier
ACTUAL, CAUSES, REASON, LIKELIHOOD, REMARK = 4, 6, 7, 8, 9


@pytest.fixture
def rows(window: MainWindow, qtbot: QtBot) -> ResultView:
    """The indicators of the 监控, which has lists."""
    window.take_draft(Draft(DRAFT.document))
    window.run_action("reports.monitoring")
    window.activateWindow()
    step = window.editor.current
    assert isinstance(step, ReportStep)
    step.rows.setFocus()
    qtbot.waitUntil(step.rows.hasFocus)
    return step.rows


def go(rows: ResultView, row: int, column: int) -> None:
    rows.go_to(rows.results.index(row, column))


def shown(rows: ResultView, row: int, column: int) -> str:
    return str(rows.results.index(row, column).data(Qt.ItemDataRole.EditRole))


def written_to() -> QWidget:
    """Whom the input method writes to."""
    found = QGuiApplication.focusObject()
    assert isinstance(found, QWidget)
    return found


def strike(rows: ResultView, text: str) -> None:
    """Each character into what has the keyboard just then."""
    for char in text:
        QTest.keyClicks(rows.editor or rows, char)


def list_is_open(rows: ResultView) -> bool:
    return isinstance(rows.editor, QComboBox) and rows.editor.view().isVisible()


@pytest.mark.parametrize("column", [CAUSES, LIKELIHOOD])
@pytest.mark.parametrize(
    ("key", "held"), [(KEY.Key_F4, HELD.NoModifier), (KEY.Key_Down, HELD.AltModifier)], ids=["F4", "Alt+Down"]
)
def test_a_key_opens_the_list_of_the_chosen_cell_and_enter_takes_from_it(
    rows: ResultView, qtbot: QtBot, column: int, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    go(rows, 0, column)
    qtbot.keyClick(rows, key, held)
    qtbot.waitUntil(lambda: list_is_open(rows))
    editor = rows.editor
    assert isinstance(editor, QComboBox)
    for pressed in (KEY.Key_Down, KEY.Key_Return):
        QTest.keyClick(editor.view(), pressed)
    wanted = (load_scoring().causes if column == CAUSES else load_scoring().likelihood)[0]
    qtbot.waitUntil(lambda: shown(rows, 0, column) == wanted)
    assert rows.editor is None
    assert rows.hasFocus()


@pytest.mark.parametrize("column", [CAUSES, LIKELIHOOD])
def test_one_click_on_the_arrow_opens_the_list(rows: ResultView, qtbot: QtBot, column: int) -> None:
    go(rows, 1, column)
    arrow = rows.list_arrow.place()
    assert rows.visualRect(rows.currentIndex()).contains(arrow.adjusted(0, 0, -1, -1))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=arrow.center())
    qtbot.waitUntil(lambda: list_is_open(rows))


def test_only_cells_with_a_list_that_can_be_written_have_the_arrow(rows: ResultView, window: MainWindow) -> None:
    for column in (0, ACTUAL, REASON, REMARK):
        go(rows, 0, column)
        assert rows.list_arrow.place().isEmpty()
    go(rows, 0, CAUSES)
    assert not rows.list_arrow.place().isEmpty()
    rows.results.is_locked = True
    assert rows.list_arrow.place().isEmpty()


def test_initials_choose_in_a_list(rows: ResultView, qtbot: QtBot) -> None:
    from models.indicators.pinyin import initials

    wanted = load_scoring().likelihood[-1]
    go(rows, 0, LIKELIHOOD)
    strike(rows, initials(wanted))
    QTest.keyClick(rows.editor or rows, KEY.Key_Return)
    assert shown(rows, 0, LIKELIHOOD) == wanted
    assert rows.currentIndex().row() == 1


@pytest.mark.parametrize("is_typing", [False, True])
def test_control_tab_leaves_the_table_and_keeps_what_is_typed(rows: ResultView, qtbot: QtBot, is_typing: bool) -> None:
    go(rows, 0, ACTUAL)
    if is_typing:
        strike(rows, "41")
    QTest.keyClick(rows.editor or rows, KEY.Key_Tab, HELD.ControlModifier)
    assert not rows.has_keyboard()
    assert rows.editor is None
    assert shown(rows, 0, ACTUAL) == ("41" if is_typing else "")


@pytest.mark.parametrize("column", [ACTUAL, REASON, REMARK])
def test_the_first_word_composed_on_a_chosen_cell_replaces_what_stood_there(rows: ResultView, column: int) -> None:
    go(rows, 0, column)
    for words in ("旧的", "已完成"):
        go(rows, 0, column)
        for preedit in ("yi", "yiwancheng"):
            compose(written_to(), preedit)
        compose(written_to(), commit=words)
        QTest.keyClick(rows.editor or rows, KEY.Key_Return)
        assert shown(rows, 0, column) == words


def test_a_word_given_up_leaves_what_stood_in_the_cell(rows: ResultView) -> None:
    go(rows, 0, REASON)
    strike(rows, "1")
    QTest.keyClick(rows.editor or rows, KEY.Key_Return)
    go(rows, 0, REASON)
    compose(written_to(), "yi")
    compose(written_to())
    QTest.keyClick(rows.editor or rows, KEY.Key_Escape)
    assert shown(rows, 0, REASON) == "1"


def test_what_is_composed_is_kept_when_another_cell_is_chosen(rows: ResultView) -> None:
    go(rows, 0, REASON)
    compose(written_to(), "原因")
    go(rows, 2, REASON)
    QApplication.processEvents()
    assert shown(rows, 0, REASON) == "原因"
    assert (rows.currentIndex().row(), rows.currentIndex().column()) == (2, REASON)


def test_cut_takes_the_cell_to_the_clipboard_in_one_step(rows: ResultView, window: MainWindow) -> None:
    go(rows, 0, ACTUAL)
    strike(rows, "41")
    QTest.keyClick(rows.editor or rows, KEY.Key_Return)
    go(rows, 0, ACTUAL)
    QTest.keyClick(rows, KEY.Key_X, HELD.ControlModifier)
    assert (shown(rows, 0, ACTUAL), QGuiApplication.clipboard().text()) == ("", "41")
    window.run_action("edit.undo")
    assert shown(rows, 0, ACTUAL) == "41"


def test_a_wrong_cell_has_the_sign_and_colour_of_the_other_table_wherever_the_focus_is(
    page: ReportStep, window: MainWindow, qtbot: QtBot
) -> None:
    """An unfilled cell of a 自评 is an error, said with ！ on the colour of errors."""
    results = page.rows.results
    window.editor.session.edit(results.cell(results.index(0, ACTUAL)).path, "4100册")
    window.editor.problems.live.ask_all()
    qtbot.waitUntil(lambda: all(results.index(row, ACTUAL).data(MARK_ROLE) == "error" for row in (1, 2, 3)))
    assert str(results.index(1, ACTUAL).data(Qt.ItemDataRole.ToolTipRole)).startswith("错误：")
    assert results.index(0, ACTUAL).data(MARK_ROLE) == ""
    colour = mark_colour("error", page.rows.palette().base().color()).rgb()

    def marked(row: int) -> int:
        """How many points of the cell have the colour of an error."""
        cell = page.rows.visualRect(results.index(row, ACTUAL))
        shown = page.rows.viewport().grab(cell).toImage()
        places = ((x, y) for x in range(shown.width()) for y in range(shown.height()))
        return sum(shown.pixel(*place) == colour for place in places)

    go(page.rows, 1, ACTUAL)
    first = [marked(row) for row in (1, 2, 3)]
    assert min(first) > 0
    assert marked(0) == 0
    page.texts.fields[1].setFocus()
    page.rows.clearSelection()
    assert [marked(row) for row in (1, 2, 3)] == first


def test_a_chosen_cell_is_tinted_with_the_keyboard_and_grey_without(page: ReportStep) -> None:
    """So that of two tables one sees in which a key is heard."""

    def ground(view: ResultView) -> QColor:
        cell = view.visualRect(view.currentIndex())
        place = cell.center().x(), cell.bottom() - 4
        return view.viewport().grab().toImage().pixelColor(*place)

    page.funds.go_to(page.funds.results.index(2, 3))
    go(page.rows, 1, ACTUAL)
    page.rows.setFocus()
    tinted = ground(page.rows)
    grey = ground(page.funds)
    base = page.rows.palette().base().color()
    assert base not in (tinted, grey)
    assert tinted.saturation() > grey.saturation()
    page.funds.setFocus()
    assert (ground(page.rows), ground(page.funds)) == (grey, tinted)
