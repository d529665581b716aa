"""A part that is shown before it has its place is a window of its own for a moment, which flashes and takes the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.editor.places import draft_to_type_into
from ui.shell.main_window import MainWindow
from ui.shell.side_panel import PANELS


class Watch(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} «{watched.accessibleName()}»")
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[list[str]]:
    watch = Watch()
    qapp.installEventFilter(watch)
    yield watch.shown
    qapp.removeEventFilter(watch)


def test_no_page_step_or_panel_is_a_window_of_its_own_for_a_moment(windows: list[str], window: MainWindow) -> None:
    window.take_draft(draft_to_type_into())
    for entry in PANELS:
        window.open_panel(entry.id)
        for step in range(1, 8):
            window.editor.show_step(step)
            QApplication.processEvents()
    window.go_home()
    QApplication.processEvents()
    assert windows == ["MainWindow «»"]
