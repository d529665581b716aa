"""The dialogs for files, where the system has none of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHeaderView, QLineEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.file_dialogs import choose_export, choose_import, choose_sources, file_dialog


@pytest.fixture(autouse=True)
def as_on_a_system_without() -> Iterator[None]:
    """Windows' own would wait for its user."""
    alone = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QApplication.testAttribute(alone)
    QApplication.setAttribute(alone)
    yield
    QApplication.setAttribute(alone, before)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def shown() -> QFileDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QFileDialog)
    return found


def test_a_new_name_keeps_the_suffix(parent: QWidget, tmp_path: Path) -> None:
    seen: list[str] = []

    def answer() -> None:
        dialog = shown()
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        seen.append(name.selectedText())
        name.insert("送审稿")
        dialog.accept()

    QTimer.singleShot(0, answer)
    assert choose_export(parent, tmp_path / "2027年绩效文本.docx") == tmp_path / "送审稿.docx"
    assert seen == ["2027年绩效文本"]


def test_a_name_with_a_dot_never_replaces_a_file_nobody_was_asked_about(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "文本2.0.docx").write_bytes(b"kept")
    offered: list[str] = []

    def begin() -> None:
        shown().findChild(QLineEdit, "fileNameEdit").setText("文本2.0")
        QTimer.singleShot(0, see_again)
        shown().accept()

    def see_again() -> None:
        offered.append(shown().findChild(QLineEdit, "fileNameEdit").text())
        shown().reject()

    QTimer.singleShot(0, begin)
    assert choose_export(parent, tmp_path / "a.docx") is None
    assert offered == ["文本2.0.docx"]


def test_what_is_cancelled_is_nothing(parent: QWidget, tmp_path: Path) -> None:
    for choose in (choose_import, choose_sources):
        QTimer.singleShot(0, lambda: shown().reject())
        assert not choose(parent, tmp_path)
    QTimer.singleShot(0, lambda: shown().reject())
    assert choose_export(parent, tmp_path / "a.docx") is None


def test_several_files_of_units_are_chosen_at_once(parent: QWidget, tmp_path: Path) -> None:
    files = [tmp_path / "甲.jxmb", tmp_path / "乙.jxmb"]
    for file in files:
        file.write_bytes(b"")

    def answer() -> None:
        dialog = shown()
        dialog.findChild(QLineEdit, "fileNameEdit").setText(" ".join(f'"{file.name}"' for file in files))
        dialog.done(QDialog.DialogCode.Accepted)

    QTimer.singleShot(0, answer)
    assert sorted(choose_sources(parent, tmp_path)) == sorted(files)


def test_name_size_and_time_are_all_seen(parent: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = file_dialog(parent, "导入文件", tmp_path, ["可以导入的文件 (*.docx)"], "import")
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    listed = dialog.findChild(QTreeView, "treeView")
    assert listed.header().sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch
    assert listed.header().length() <= listed.viewport().width()
    wanted = listed.fontMetrics().horizontalAdvance("2026/11/21 10:32")
    assert listed.header().sectionSize(3) >= wanted
