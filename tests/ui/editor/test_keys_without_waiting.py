"""A key struck in a large text is shown before anything else: what need not change is not touched, what is computed follows."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.benchmarks.large import large_draft
from ui.editor.field_binding import TypedInto
from ui.editor.fields import LineField
from ui.editor.steps import Step
from ui.editor.steps.project_form import ProjectForm
from ui.editor.steps.tier_chips import TierChips
from ui.editor.table.indicator_edits import SIGN, UNIT
from ui.editor.table.indicator_view import IndicatorView
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


def opened_above(window: MainWindow, qtbot: QtBot) -> NameEditor:
    """The last name of a table, with a list that has no room below it."""
    window.resize(1100, 620)
    window.editor.show_place("projects[p20].indicators[i20x5].name")
    QApplication.processEvents()
    struck("p")
    editor = QApplication.focusWidget()
    assert isinstance(editor, NameEditor)
    qtbot.waitUntil(lambda: editor.offers.isVisible())
    assert editor.offers.is_above
    return editor


def grown(editor: NameEditor) -> None:
    """By lines, until what answers to the text would cover it: it answers as before."""
    top = editor.y()
    while editor.y() == top:
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)


def bottom_of_list(editor: NameEditor) -> int:
    return editor.offers.geometry().bottom() + 1 - editor.mapTo(editor.window(), QPoint(0, 0)).y()


def test_a_list_above_a_name_follows_the_key_that_made_it_longer(large: MainWindow, qtbot: QtBot) -> None:
    editor = opened_above(large, qtbot)
    assert bottom_of_list(editor) == 0
    before = editor.offers.geometry()
    grown(editor)
    assert editor.offers.geometry() == before
    cursor = editor.viewport().mapTo(editor.window(), editor.cursorRect().topLeft())
    assert not before.contains(cursor)
    qtbot.waitUntil(lambda: bottom_of_list(editor) == 0)
    assert editor.offers.isVisible()


def test_a_list_above_a_name_follows_while_keys_are_struck(large: MainWindow, qtbot: QtBot) -> None:
    editor = opened_above(large, qtbot)
    before = editor.offers.geometry()
    grown(editor)

    def has_followed() -> bool:
        struck("x")
        return editor.offers.geometry() != before or not editor.offers.isVisible()

    qtbot.waitUntil(has_followed)


def shown_cells(window: MainWindow, row: int) -> list[str]:
    table = window.editor.current.findChild(IndicatorView)
    return [str(table.indicators.index(row, column).data() or "") for column in range(table.indicators.columnCount())]


def test_a_key_in_a_cell_is_kept_at_once_and_the_page_follows(
    large: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: Counter[str] = Counter()
    for kind in (ProjectForm, TierChips, Step):
        monkeypatch.setattr(kind, "refresh", _counted(kind.refresh, kind.__name__, followed))
    path = "projects[p20].indicators[i20x3].name"
    large.editor.show_place(path)
    struck("p")
    followed.clear()
    struck("qr")
    assert large.editor.session.text(path) == "pqr"
    assert not followed
    qtbot.waitUntil(lambda: followed["TierChips"] == 1)
    assert set(followed) == {"TierChips"}


def _counted(refresh: Callable[..., None], name: str, counts: Counter[str]) -> Callable[..., None]:
    def counted(widget: QWidget, *arguments: object) -> None:
        counts[name] += 1
        refresh(widget, *arguments)

    return counted


def test_a_cell_left_at_once_shows_what_was_typed_into_it_and_beside_it(large: MainWindow) -> None:
    large.editor.show_place("projects[p20].indicators[i20x3].value")
    before = shown_cells(large, 2)
    struck("<")
    struck("=77%")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    value = large.editor.session.text("projects[p20].indicators[i20x3].value")
    assert value == "<=77%"
    assert before[SIGN : UNIT + 1] != ["<=", "77", "%"]
    assert shown_cells(large, 2)[SIGN : UNIT + 1] == ["<=", "77", "%"]


def test_a_key_release_in_a_cell_is_nobody_elses(large: MainWindow) -> None:
    large.editor.show_place("projects[p20].indicators[i20x3].description")
    struck("p")
    heard: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
            if event.type() == QEvent.Type.KeyRelease and watched.isWidgetType():
                heard.append(watched)
            return False

    watch, application = Watch(), QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    struck("q")
    application.removeEventFilter(watch)
    assert heard == [QApplication.focusWidget()]


def test_the_list_below_a_name_stays_where_it_is_while_the_name_becomes_a_line_longer(
    large: MainWindow, qtbot: QtBot
) -> None:
    large.editor.show_place("projects[p20].indicators[i20x3].name")
    struck("p")
    editor = QApplication.focusWidget()
    assert isinstance(editor, NameEditor)
    qtbot.waitUntil(lambda: editor.offers.isVisible() and not editor.is_waiting)
    place, room = editor.offers.geometry(), editor.text_room()
    while editor.text_room() == room:
        struck("x")
    assert editor.offers.isVisible()
    assert editor.offers.geometry() == place
    assert editor.text_room() <= editor.height()
    large.editor.commit_pending()
    assert large.editor.session.text("projects[p20].indicators[i20x3].name").startswith("pxx")


def test_an_open_name_without_its_list_is_no_higher_than_its_text(large: MainWindow, qtbot: QtBot) -> None:
    large.editor.show_place("projects[p20].indicators[i20x3].name")
    struck("p")
    editor = QApplication.focusWidget()
    assert isinstance(editor, NameEditor)
    before = editor.height()
    qtbot.waitUntil(editor.offers.isVisible)
    assert editor.height() >= editor.text_room() + editor.fontMetrics().lineSpacing()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.offers.isVisible()
    assert editor.height() == before


def test_rows_moved_right_behind_a_key_keep_what_it_wrote(large: MainWindow) -> None:
    path = "projects[p20].indicators[i20x3].description"
    large.editor.show_place(path)
    model = large.findChild(IndicatorView).indicators
    struck("p")
    struck("q")
    assert model.rows[2].description != "pq"  # the table has not followed yet
    assert model.move_rows([2], 1)
    assert large.editor.session.text(path) == "pq"
    assert [row.id for row in model.rows][2:4] == ["i20x4", "i20x3"]
