"""A double click in a number with a point takes all of it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, GoalDocument, Project
from models.session.session import Session
from ui.editor.fields import LineField, TextField
from ui.editor.table.cell_editors import TextEditor
from ui.widgets.number_selection import number_at


@pytest.mark.parametrize(
    ("text", "at", "number"),
    [
        ("40.00", 0, "40.00"),
        ("40.00", 3, "40.00"),
        ("≥48.5%", 2, "48.5"),
        ("共4,204.68万元", 4, "4,204.68"),
        ("养护12,15段", 3, "12"),
        ("养护12,15段", 6, "15"),
        ("完成率", 1, ""),
        ("2026年", 1, "2026"),
        ("13992126P000010100010", 3, ""),
    ],
)
def test_a_number_is_its_digits_with_points_and_commas_of_thousands(text: str, at: int, number: str) -> None:
    span = number_at(text, at)
    assert (text[slice(*span)] if span else "") == number


@pytest.mark.parametrize("kind", ["line", "text", "cell"])
@pytest.mark.parametrize(("text", "then"), [("40.00", "45.00"), ("\U00020089经费48.5万元", "\U00020089经费45.00万元")])
def test_typing_after_a_double_click_replaces_the_whole_number(qtbot: QtBot, kind: str, text: str, then: str) -> None:
    session = Session(Draft(GoalDocument(projects=(Project("p1", name=text),), overall_goal=text)))
    field: LineField | TextField | TextEditor
    if kind == "line":
        field = LineField(session, "projects[p1].name")
    elif kind == "text":
        field = TextField(session, "overall_goal")
    else:
        field = TextEditor()
        field.show_text(text)
    qtbot.addWidget(field)
    field.resize(400, 60)
    field.show()
    qtbot.waitExposed(field)
    for digit in ("4", text[text.index(".") + 1]):
        place = _place_of(field, text, digit)
        target: QWidget = field if isinstance(field, LineField) else field.viewport()
        QTest.mouseDClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        found = field.selectedText() if isinstance(field, LineField) else field.textCursor().selectedText()
        assert found in {"40.00", "48.5"}
    QTest.keyClicks(field, "45.00")
    assert (field.text() if isinstance(field, LineField | TextEditor) else field.toPlainText()) == then


def _place_of(field: LineField | TextField | TextEditor, text: str, digit: str) -> QPoint:
    """A little behind the left edge of that character."""
    at = len(text[: text.rindex(digit) if digit != "4" else text.index(digit)].encode("utf-16-le")) // 2
    if isinstance(field, LineField):
        field.setCursorPosition(at)
        return field.cursorRect().center() + QPoint(3, 0)
    cursor = field.textCursor()
    cursor.setPosition(at)
    return field.cursorRect(cursor).center() + QPoint(3, 0)
