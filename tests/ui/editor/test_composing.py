"""Words composed by an input method: what is seen is kept, given up they leave what was there, in every cell and field."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, GoalDocument, Indicator
from models.session.session import Session
from tests.ui.editor.table.table_driver import ROWS, Key, Table, compose
from ui.editor.fields import LineField, TextField
from ui.editor.table.indicator_edits import BASIS, DESCRIPTION, NAME, NUMBER, SIGN, TIER1, TIER2, UNIT

WORD = "绩效目标"
OTHER_ROW = 2
EMPTY = Indicator("i9", "产出指标", "数量指标", "", "", "", "")


class InputMethod(QObject):
    """Ends a composition as ibus does for an engine that leaves it to the program what becomes of it: with an empty event,
    whenever it is told to and whenever the keyboard moves."""

    real = QGuiApplication.inputMethod

    def __getattr__(self, name: str) -> object:
        return getattr(InputMethod.real(), name)

    def commit(self) -> None:
        if QGuiApplication.focusObject() is not None:
            QApplication.sendEvent(QGuiApplication.focusObject(), QInputMethodEvent())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusAboutToChange and watched is QApplication.focusWidget():
            self.commit()
        return False


class Heard(QObject):
    """What is said in the status bar."""

    last = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QStatusTipEvent):
            self.last = event.tip()
        return False


@pytest.fixture
def input_method(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[InputMethod]:
    method = InputMethod()
    monkeypatch.setattr(QGuiApplication, "inputMethod", lambda: method)
    qapp.installEventFilter(method)
    yield method
    qapp.removeEventFilter(method)


@pytest.fixture
def table(qtbot: QtBot, input_method: InputMethod) -> Table:
    return Table(qtbot, (*ROWS, EMPTY))


@pytest.fixture(params=[LineField, TextField])
def field(request: pytest.FixtureRequest, qtbot: QtBot, input_method: InputMethod) -> LineField | TextField:
    session = Session(Draft(GoalDocument(overall_goal="旧的目标")))
    made: LineField | TextField = request.param(session, "overall_goal")
    qtbot.addWidget(made)
    return in_front(qtbot, made)


def click(widget: QWidget, place: QPoint) -> None:
    """As the window system has it: the window is told first, and the keyboard moves before the widget is."""
    window = widget.window()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=widget.mapTo(window, place))


def in_front(qtbot: QtBot, widget: QWidget) -> QWidget:
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def focused() -> QWidget:
    """Whom the input method writes to."""
    found = QGuiApplication.focusObject()
    assert isinstance(found, QWidget)
    return found


def write(*preedits: str, word: str = WORD) -> None:
    for preedit in preedits:
        compose(focused(), preedit)
    compose(focused(), commit=word)


# Cells


@pytest.mark.parametrize("row", [0, 3], ids=["filled", "empty"])
@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
def test_the_first_word_on_a_selected_cell_replaces_what_stood_there(table: Table, row: int, column: int) -> None:
    table.go(row, column)
    write("ji", "jixiao", word="绩效")
    write("mu", "目标", word="目标")
    table.press(Key.Key_Return)
    assert table.shown(row, column) == WORD


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
def test_a_first_word_given_up_leaves_the_cell_and_its_next_word_replaces_it(table: Table, column: int) -> None:
    table.go(0, column)
    before = table.shown(0, column)
    compose(focused(), "ji")
    compose(focused())
    assert (table.editor.text(), table.session.undo_label) == (before, None)
    write("mu", word="目标")
    table.press(Key.Key_Return)
    assert table.shown(0, column) == "目标"


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
def test_a_selection_in_an_open_cell_comes_back_when_its_composition_is_given_up(table: Table, column: int) -> None:
    table.go(0, column)
    table.press(Key.Key_F2)
    table.editor.select_all()
    compose(focused(), "ji")
    compose(focused())
    table.press(Key.Key_Return)
    assert table.rows == (*ROWS, EMPTY)


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
@pytest.mark.parametrize("confirmed", [False, True], ids=["composing", "then open"])
def test_a_click_on_another_row_keeps_the_word_and_goes_to_that_row(table: Table, column: int, confirmed: bool) -> None:
    table.go(0, column)
    if confirmed:
        write("ji", word="绩效")
    compose(focused(), "目标")
    place = table.view.visualRect(table.view.indicators.index(OTHER_ROW, TIER1 if confirmed else column)).center()
    click(table.view.viewport(), place)
    assert table.shown(0, column) == ("绩效目标" if confirmed else "目标")
    assert table.here == (OTHER_ROW, TIER1 if confirmed else column)
    assert table.view.selected_cells() == {table.here}
    assert table.rows[1:] == (*ROWS[1:], EMPTY)
    assert table.editor is None


def press(key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, held)


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
def test_keys_struck_between_words_are_the_cells(table: Table, column: int) -> None:
    table.go(0, column)
    write("ji", word="绩效")
    press(Key.Key_Backspace)
    QTest.keyClicks(focused(), "x")
    write("mu", word="目")
    press(Key.Key_Home)
    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert (table.shown(0, column), table.here) == ("x目", (1, column))
    write("mu", word="目标")
    press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("ji", word="绩效")
    press(Key.Key_Tab)
    assert table.shown(1, column) == "绩效"


@pytest.mark.parametrize("column", [NAME, DESCRIPTION, NUMBER, UNIT, BASIS])
def test_esc_takes_the_words_of_a_selected_cell_back(table: Table, column: int) -> None:
    table.go(0, column)
    write("ji")
    while table.editor is not None:  # an open list goes first
        press(Key.Key_Escape)
    assert table.rows == (*ROWS, EMPTY)


def test_the_window_s_keys_are_the_cells_while_one_writes_into_it(table: Table) -> None:
    table.go(0, NAME)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    for writing in (False, True):
        event.ignore()
        QApplication.sendEvent(focused(), event)
        assert event.isAccepted() == writing
        write("ji")


@pytest.mark.parametrize("column", range(8))
def test_the_input_method_is_told_the_place_of_the_cell_it_writes_into(table: Table, column: int) -> None:
    table.go(1, column)
    compose(focused(), "mu")
    cell = table.view.visualRect(table.view.currentIndex()).translated(table.view.viewport().pos())
    told = table.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert QRectF(cell).adjusted(-2, -2, 2, 2).contains(QRectF(told).center())


@pytest.mark.parametrize(
    ("column", "word", "chosen"),
    [(TIER1, "效益", "效益指标"), (TIER2, "质量指标", "质量指标"), (SIGN, "≤", "≤"), (SIGN, "《=", "≤")],
)
def test_a_word_chooses_in_a_list(table: Table, column: int, word: str, chosen: str) -> None:
    table.go(0, column)
    write("x", word=word)
    table.press(Key.Key_Tab)
    assert table.shown(0, column) == chosen


def test_a_number_composed_into_the_cell_of_the_sign_goes_into_its_own(table: Table) -> None:
    table.go(3, SIGN)
    write("x", word="≥12")
    table.press(Key.Key_Return)
    assert table.rows[3].value == "≥12"


@pytest.mark.parametrize("column", [TIER1, TIER2, SIGN])
def test_a_word_no_choice_answers_to_is_not_swallowed_in_silence(table: Table, qapp: QApplication, column: int) -> None:
    heard = Heard()
    qapp.installEventFilter(heard)
    table.go(0, column)
    write("ji")
    table.view.commit_editor()
    assert heard.last == f"「{WORD}」不在这一列的选项里，没有填入；按 F4 从列表里选。"
    assert table.rows == (*ROWS, EMPTY)


def test_a_final_draft_takes_no_word(qtbot: QtBot, input_method: InputMethod) -> None:
    table = Table(qtbot)
    table.session.change("定稿", replace(table.session.draft, state="定稿"))
    table.go(0, NAME)
    write("ji")
    assert (table.rows, table.editor, table.here) == (ROWS, None, (0, NAME))


# Fields


def test_a_composition_over_a_selection_given_up_leaves_field_and_draft_as_they_were(field: LineField) -> None:
    before = field.session.document
    field.selectAll()
    for _ in range(2):  # what came back is selected again
        compose(field, "mu")
        assert field.session.document is before
        compose(field)
        assert _text(field) == "旧的目标"
        assert field.session.document is before
    write("ji")
    assert _text(field) == field.session.document.overall_goal == WORD


def test_a_click_in_the_field_keeps_what_is_composed(field: LineField) -> None:
    _go_to_end(field)
    compose(field, "目标")
    click(field, QPoint(4, 14))
    assert field.session.document.overall_goal == "旧的目标目标"
    write("ji", word="绩效")
    assert field.session.document.overall_goal == "绩效旧的目标目标"


def test_a_click_elsewhere_keeps_what_is_composed(qtbot: QtBot, input_method: InputMethod) -> None:
    page, session = QWidget(), Session(Draft())
    fields = LineField(session, "unit.name"), TextField(session, "overall_goal"), QLineEdit()
    layout = QVBoxLayout(page)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(page)
    page.show()
    for field, other in pairwise((*fields, *fields[:1])):
        in_front(qtbot, field)
        compose(field, "目标")
        click(other, other.rect().center())
        assert other.hasFocus()
    assert (session.document.unit.name, session.document.overall_goal, fields[2].text()) == ("目标",) * 3


@pytest.mark.parametrize("word", ["", WORD], ids=["given up", "confirmed"])
def test_the_hint_of_an_empty_text_is_hidden_while_something_is_composed(qtbot: QtBot, word: str) -> None:
    text = QPlainTextEdit()
    text.setPlaceholderText("例如")
    qtbot.addWidget(text)
    in_front(qtbot, text)
    for preedit in ("mu", "mubiao"):
        compose(text, preedit)
        assert text.placeholderText() == ""
    compose(text, commit=word)
    assert (text.placeholderText(), text.toPlainText()) == ("例如", word)


def test_paragraphs_come_back_as_they_were(qtbot: QtBot) -> None:
    text = QPlainTextEdit("甲𠮷\n乙\n\n丙")
    qtbot.addWidget(text)
    in_front(qtbot, text)
    cursor = text.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    compose(text, "mu")
    compose(text)
    assert text.toPlainText() == "甲𠮷\n乙\n\n丙"
    assert (text.textCursor().anchor(), text.textCursor().position()) == (1, 6)


def test_a_box_of_qt_s_own_keeps_words_as_well(qtbot: QtBot, input_method: InputMethod) -> None:
    dialog = QInputDialog()
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setTextValue("意见")
    qtbot.addWidget(dialog)
    dialog.show()
    box = dialog.findChild(QPlainTextEdit)
    in_front(qtbot, box)
    box.selectAll()
    compose(box, "mu")
    compose(box)
    assert dialog.textValue() == "意见"
    compose(box, "目标")
    click(box, QPoint(4, 14))
    assert dialog.textValue() == "目标"


def _text(field: LineField | TextField) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _go_to_end(field: LineField | TextField) -> None:
    if isinstance(field, QLineEdit):
        field.end(False)
    else:
        field.moveCursor(field.textCursor().MoveOperation.End)
