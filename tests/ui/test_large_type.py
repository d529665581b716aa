"""Large type on a small screen: everything stays in the window, nothing is cut off at the side."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from models.preferences import Preferences
from ui.look import put_on
from ui.main_window import MainWindow


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    put_on(qapp, Preferences(size=20))
    yield
    put_on(qapp, Preferences())


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("panel", ["填报说明", "预览", "问题", "查找"])
def test_no_step_is_wider_than_a_small_screen_with_a_panel_open(opened: MainWindow, qtbot: QtBot, panel: str) -> None:
    assert opened.editor is not None
    opened.resize(1366, 700)
    opened.editor.side.open(panel)
    for number in range(1, 7):
        opened.editor.show_step(number)
        step = opened.editor.current
        assert step is not None
        qtbot.wait(20)  # the page is laid out
        wide = [area for area in step.findChildren(QScrollArea) if area.isVisible() and _is_cut(area)]
        assert not wide, f"step {number}"
    assert opened.minimumSizeHint().width() <= 1366
    assert opened.minimumSizeHint().height() <= 700
    beside = opened.editor.side.panel(panel)
    assert beside is not None
    assert not [area for area in beside.findChildren(QScrollArea) if area.isVisible() and _is_cut(area)]


def _is_cut(area: QScrollArea) -> bool:
    return area.widget().minimumSizeHint().width() > area.viewport().width()
