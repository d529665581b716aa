"""A key struck in a large text is shown before anything else: what need not change is not touched, what is computed follows."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from tests.benchmarks.large import large_draft
from ui.editor.field_binding import TypedInto
from ui.editor.fields import LineField
from ui.editor.table.name_editor import NameEditor
from ui.shell.main_window import MainWindow


@pytest.fixture
def large(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.take_draft(large_draft(40, 6))
    window.editor.show_place("projects[p20].name")
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), LineField))
    return window


def struck(text: str) -> None:
    """All in one turn of events, as fast as nobody types."""
    field = QApplication.focusWidget()
    assert field is not None
    for char in text:
        QTest.keyClick(field, char)


def test_a_key_touches_no_other_field_of_the_project(large: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: Counter[str] = Counter()
    refresh = TypedInto.refresh

    def counted(field: TypedInto) -> None:
        touched[field.path] += 1
        refresh(field)

    monkeypatch.setattr(TypedInto, "refresh", counted)
    struck("x")
    assert "x" in large.editor.session.text("projects[p20].name")
    assert {path for path in touched if path.startswith("projects[")} == {"projects[p20].name"}


def test_an_undo_shows_every_field_as_it_was(large: MainWindow) -> None:
    session = large.editor.session
    before = session.text("projects[p20].name")
    struck("x")
    large.undo()
    assert session.text("projects[p20].name") == before
    field = next(one for one in large.findChildren(LineField) if one.path == "projects[p20].name")
    assert field.text() == before


def test_the_list_and_the_length_follow_after_a_pause(large: MainWindow, qtbot: QtBot) -> None:
    step = large.editor.current
    assert step is not None
    projects = next(one for one in step.findChildren(QListWidget) if one.count() == 40)
    before, length = projects.item(19).text(), large.bar.count.text()
    struck("xyz")
    assert (projects.item(19).text(), large.bar.count.text()) == (before, length)
    qtbot.waitUntil(lambda: "xyz" in projects.item(19).text())
    qtbot.waitUntil(lambda: large.bar.count.text() != length)


def test_down_struck_at_once_goes_into_the_list_of_what_was_typed(large: MainWindow, qtbot: QtBot) -> None:
    large.editor.show_place("projects[p20].indicators[i20x3].name")
    struck("p")
    editor = QApplication.focusWidget()
    assert isinstance(editor, NameEditor)
    struck("xbc")
    assert editor.is_waiting
    assert not editor.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.offers.isVisible()
    assert editor.offers.marked() == 0
    assert not editor.is_waiting
