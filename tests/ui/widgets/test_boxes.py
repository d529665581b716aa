"""Boxes that are ticked: seen in light and dark, with the focus and without it, in lists too."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.preferences import Preferences
from tests.ui.contrast import contrast
from ui.widgets.theme import apply_look


class Boxes(QWidget):
    """A box, a round button (which knows two states) and two rows of a table, all in one state; the second row is selected."""

    def __init__(self, state: Qt.CheckState) -> None:
        super().__init__()
        self.box, self.round, self.table = QCheckBox("国"), QRadioButton("国"), QTableWidget(2, 1)
        self.box.setTristate(True)
        self.box.setCheckState(state)
        self.round.setChecked(state == Qt.CheckState.Checked)
        row = QHBoxLayout(self)
        for widget in (self.box, self.round, self.table):
            row.addWidget(widget)
        for number in range(2):
            item = QTableWidgetItem("国")
            item.setCheckState(state)
            self.table.setItem(number, 0, item)
        self.table.setCurrentCell(1, 0)

    def of_button(self, button: QAbstractButton) -> QRect:
        """Where its box is, in this widget."""
        option = QStyleOptionButton()
        option.initFrom(button)
        parts, is_box = QStyle.SubElement, button is self.box
        part = parts.SE_CheckBoxIndicator if is_box else parts.SE_RadioButtonIndicator
        return button.style().subElementRect(part, option, button).translated(button.pos())

    def of_row(self, number: int) -> QRect:
        """Where its box is, in the table's viewport."""
        option = QStyleOptionViewItem()
        option.initFrom(self.table)
        option.rect = self.table.visualItemRect(self.table.item(number, 0))
        option.features = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        place = self.table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, self.table)
        place.moveCenter(QPoint(place.center().x(), option.rect.center().y()))
        return place


def plainest(widget: QWidget, place: QRect, start: float, end: float) -> float:
    """Across the middle of a place, between these shares of its width: how much the plainest pixel stands out from the one
    before them."""
    image, middle, some = widget.grab().toImage(), place.center().y(), place.height() // 4
    first, last = (place.left() + round(place.width() * share) for share in (start, end))
    ground, rows = image.pixelColor(first - 1, middle), range(middle - some, middle + some)
    return max(contrast(image.pixelColor(column, row), ground) for column in range(first, last) for row in rows)


@pytest.fixture(params=[(theme, points) for theme in ("light", "dark") for points in (11, 20)])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme, points = request.param
    apply_look(qapp, Preferences(size=points, theme=theme))
    yield
    apply_look(qapp, Preferences())


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("state", list(Qt.CheckState))
def test_the_outline_of_a_box_is_seen_ticked_or_not(qtbot: QtBot, state: Qt.CheckState) -> None:
    shown = Boxes(state)
    qtbot.addWidget(shown)
    shown.show()
    for button in (shown.box, shown.round):
        for focused in (shown.table, button):
            focused.setFocus()
            assert plainest(shown, shown.of_button(button), 0, 0.16) >= 3
    for number in range(2):
        assert plainest(shown.table.viewport(), shown.of_row(number), 0, 0.16) >= 3


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("is_enabled", [True, False])
def test_a_tick_is_seen_in_its_box(qtbot: QtBot, is_enabled: bool) -> None:
    for state in Qt.CheckState:
        shown = Boxes(state)
        qtbot.addWidget(shown)
        shown.setEnabled(is_enabled)
        shown.show()
        places = [(shown, shown.of_button(shown.box)), (shown.table.viewport(), shown.of_row(0))]
        if state != Qt.CheckState.PartiallyChecked:
            places.append((shown, shown.of_button(shown.round)))
        for widget, place in places:
            seen = plainest(widget, place, 0.2, 0.8)
            assert seen == 1 if state == Qt.CheckState.Unchecked else seen >= (3 if is_enabled else 2)
