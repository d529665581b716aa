"""The window opens as large as it was left; the first time it takes most of the screen."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.window_size import SIZE_FILE, show_as_left


def shown(qtbot: QtBot, folder: Path) -> QWidget:
    window = QLabel("窗口")
    qtbot.addWidget(window)
    show_as_left(window, folder)
    return window


def test_a_window_left_at_a_size_comes_back_at_it(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    window.showNormal()
    window.resize(612, 433)
    window.close()
    again = shown(qtbot, tmp_path)
    assert (again.width(), again.height()) == (612, 433)
    assert not again.isMaximized()


def test_a_window_that_filled_the_screen_fills_it_again(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / SIZE_FILE).write_text("612 433 maximized\n", encoding="utf-8")
    window = shown(qtbot, tmp_path)
    assert window.isMaximized()
    window.close()
    assert shown(qtbot, tmp_path).isMaximized()


@pytest.mark.parametrize("kept", ["", "breit hoch", "1", "-5 -5", "99999 99999"])
def test_a_file_that_says_nothing_or_too_much_leaves_a_window_on_the_screen(
    qtbot: QtBot, tmp_path: Path, kept: str
) -> None:
    (tmp_path / SIZE_FILE).write_text(kept, encoding="utf-8")
    window = shown(qtbot, tmp_path)
    room = window.screen().availableGeometry()
    assert window.minimumSizeHint().width() <= window.width() <= room.width()
    assert 0 < window.height() <= room.height()


def test_a_folder_that_cannot_be_written_is_no_matter(qtbot: QtBot, tmp_path: Path) -> None:
    shown(qtbot, tmp_path / "nowhere").close()
    assert not (tmp_path / "nowhere").exists()
