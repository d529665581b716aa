"""The look: words of a field stand on the line of its label, also where Chinese comes from another font."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QStatusBar,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.preferences import Preferences
from ui.widgets.theme import apply_look


def written_rows(widget: QWidget) -> tuple[int, int]:
    """The first and the last row of pixels the words in the middle of a widget take, in its parent."""
    image = widget.grab().toImage()
    left, right = 10, image.width() - 40
    rows = [
        row
        for row in range(4, image.height() - 4)
        if any(image.pixelColor(column, row).lightness() < 150 for column in range(left, right))
    ]
    return widget.y() + rows[0], widget.y() + rows[-1]


@pytest.mark.parametrize("points", [11, 20])
def test_words_in_fields_stand_on_the_line_of_their_label(qapp: QApplication, qtbot: QtBot, points: int) -> None:
    apply_look(qapp, Preferences(size=points, theme="light"))
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    label, field, box, empty = QLabel("国国国国国国"), QLineEdit("国国国国国国"), QComboBox(), QLineEdit()
    box.addItem("国国国国国国")
    empty.setPlaceholderText("国国国国国国")
    for widget in (empty, label, field, box):
        row.addWidget(widget)
    holder.resize(80 * points, 60)
    holder.show()
    box.setFocus()  # a cursor is no word
    qapp.processEvents()
    label.setFixedHeight(field.height())
    qapp.processEvents()
    assert QFont(label.font()) == QFont(field.font())
    assert abs(box.height() - field.height()) <= 2  # around a field is room for the frame that shows the focus
    top, bottom = written_rows(label)
    for widget in (field, box, empty):
        assert abs(written_rows(widget)[0] - top) <= 1
        assert abs(written_rows(widget)[1] - bottom) <= 1
    apply_look(qapp, Preferences())


def test_no_word_moves_when_the_focus_comes(qapp: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    line, other, text, table = QLineEdit("国国"), QLineEdit(), QPlainTextEdit("国国"), QTableWidget(2, 2)
    for widget in (line, other, text, table):
        column.addWidget(widget)
    holder.show()
    holder.activateWindow()
    line.setCursorPosition(0)

    def places() -> list[QRect]:
        qapp.processEvents()
        inside = [text.viewport().geometry(), table.viewport().geometry()]
        return [line.geometry(), line.cursorRect(), text.geometry(), table.geometry(), *inside]

    other.setFocus()
    before = places()
    for widget in (line, text, table):
        widget.setFocus()
        assert places() == before


@pytest.mark.parametrize("points", [11, 20])
def test_digits_stay_on_their_line_when_chinese_is_written_behind_them(
    qapp: QApplication, qtbot: QtBot, points: int
) -> None:
    apply_look(qapp, Preferences(size=points, theme="light"))
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    plain, mixed, label = QLineEdit("1381"), QLineEdit("1381              国"), QLabel("1381              国")
    for widget in (plain, mixed, label):
        row.addWidget(widget)
    holder.resize(80 * points, 60)
    holder.show()
    label.setFocus()
    qapp.processEvents()
    label.setFixedHeight(plain.height())
    qapp.processEvents()

    def bottom(widget: QWidget) -> int:
        image = widget.grab(widget.rect().adjusted(0, 4, -widget.width() + 3 * points, -4)).toImage()
        columns = range(8, image.width())
        rows = [at for at in range(image.height()) if any(image.pixelColor(x, at).lightness() < 150 for x in columns)]
        return widget.y() + rows[-1]

    assert abs(bottom(plain) - bottom(label)) <= 1
    assert abs(bottom(mixed) - bottom(label)) <= 1
    apply_look(qapp, Preferences())


@pytest.fixture
def windows_theme(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Does what Windows' theme does at the start and whenever it changes: fonts for some classes, a pale selection."""
    font, palette = qapp.font(), qapp.palette()

    def take_effect() -> None:
        for name in ("QMenu", "QMenuBar", "QMessageBox", "QStatusBar", "QAbstractItemView"):
            QApplication.setFont(QFont("Serif", 5), name)
        pale = qapp.palette()
        for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText):
            pale.setColor(QPalette.ColorGroup.Inactive, role, QColor("#f0f0f0"))
        qapp.setPalette(pale)

    yield take_effect
    qapp.setFont(font)
    qapp.setPalette(palette)


def test_menus_lists_and_tables_are_written_in_the_one_font(
    qapp: QApplication, qtbot: QtBot, windows_theme: Callable[[], None]
) -> None:
    apply_look(qapp, Preferences(size=15))
    windows_theme()
    apply_look(qapp, Preferences(size=15, theme="dark"))
    widgets = [QMenu(), QMenuBar(), QMessageBox(), QStatusBar(), QTableWidget(1, 1), QListWidget(), QLabel()]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.ensurePolished()
    assert [(widget.metaObject().className(), widget.font().pointSize()) for widget in widgets] == [
        (widget.metaObject().className(), 15) for widget in widgets
    ]
    apply_look(qapp, Preferences())


def test_a_theme_that_changes_later_leaves_the_one_font_and_the_selection(
    qapp: QApplication, qtbot: QtBot, windows_theme: Callable[[], None]
) -> None:
    apply_look(qapp, Preferences(size=15))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    windows_theme()
    QApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.ThemeChange))
    qapp.processEvents()
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    assert table.font().pointSize() == 15
    selection_is_one(table)
    apply_look(qapp, Preferences())


def selection_is_one(widget: QWidget) -> None:
    """Whether what is selected looks the same with the focus and without it."""
    group = QPalette.ColorGroup
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText):
        assert widget.palette().color(group.Inactive, role) == widget.palette().color(group.Active, role)


@pytest.mark.parametrize("theme", ["system", "light", "dark"])
def test_what_is_selected_is_seen_without_the_focus(
    qapp: QApplication, qtbot: QtBot, windows_theme: Callable[[], None], theme: str
) -> None:
    windows_theme()
    apply_look(qapp, Preferences(theme=theme))
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    selection_is_one(table)
    apply_look(qapp, Preferences())
