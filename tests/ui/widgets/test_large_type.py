"""Large type on a small screen: everything stays in the window, nothing is cut off at the side."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from importers.report import Kind, Note, Report
from models.preferences import Preferences
from models.store.backup import Backups
from models.store.revisions import Revisions
from tests.ui.conftest import settle
from ui.features.backup.backups_dialog import BackupsDialog
from ui.features.checking.check_settings_dialog import CheckSettingsDialog
from ui.features.history.history_dialog import HistoryDialog
from ui.shell.main_window import MainWindow
from ui.shell.side_panel import KEY, LEAST_WIDTH
from ui.widgets.import_report_dialog import ImportReportDialog
from ui.widgets.style import characters
from ui.widgets.theme import apply_look

YAHEI_LINE = 1.32
"""How high a line of Microsoft YaHei is, in characters."""


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    apply_look(qapp, Preferences(size=20))
    yield
    apply_look(qapp, Preferences())


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("panel", ["help", "preview", "problems", "find"])
def test_no_step_is_wider_than_a_small_screen_with_a_panel_open(opened: MainWindow, qtbot: QtBot, panel: str) -> None:
    assert opened.editor is not None
    opened.resize(1366, 700)
    opened.editor.side.open(panel)
    for number in range(1, 7):
        opened.editor.show_step(number)
        step = opened.editor.current
        assert step is not None
        settle(opened)
        wide = [area for area in step.findChildren(QScrollArea) if area.isVisible() and _is_cut(area)]
        assert not wide, f"step {number}"
    assert opened.minimumSizeHint().width() <= 1366
    assert opened.minimumSizeHint().height() <= 700
    beside = opened.editor.side.panel(panel)
    assert beside is not None
    assert not [area for area in beside.findChildren(QScrollArea) if area.isVisible() and _is_cut(area)]


@pytest.mark.usefixtures("large")
def test_the_buttons_of_the_preview_wrap_and_show_their_words(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.editor is not None
    opened.resize(1366, 700)
    opened.editor.side.open("preview")
    settle(opened)
    panel = opened.editor.side.panel("preview")
    assert panel is not None
    buttons = panel.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["缩小", "放大", "适宽"]
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
        assert panel.rect().contains(button.mapTo(panel, button.rect().bottomRight()))


def test_of_many_versions_a_good_part_is_seen_on_a_small_screen(opened: MainWindow) -> None:
    assert opened.store is not None
    assert opened.editor is not None
    session = opened.editor.session
    dialog = HistoryDialog(session.draft, Revisions(opened.store), session.draft_id, opened)
    dialog.show()
    dialog.resize(990, 690)
    QApplication.processEvents()
    table = dialog.versions
    assert table.viewport().height() // table.verticalHeader().defaultSectionSize() >= 6
    dialog.close()


@pytest.mark.usefixtures("large")
def test_the_editor_fits_a_small_screen_that_is_enlarged_as_well(opened: MainWindow, qtbot: QtBot) -> None:
    """1366×768 at 150 % has room for 910×493 of a window's own points."""
    assert opened.editor is not None
    editor = opened.editor
    for _step in range(2):  # the bar of steps gives way first, then the window follows
        opened.resize(910, 493)
        settle(opened)
    assert (opened.width(), opened.height()) == (910, 493)
    for number in range(1, 7):
        editor.show_step(number)
        settle(opened)
        assert opened.minimumSizeHint().width() <= 910, f"step {number}"
        assert editor.current is not None
        # What stands in for Windows' font leaves more between its lines than that does itself.
        line = min(editor.fontMetrics().height(), YAHEI_LINE * characters(editor, 1))
        assert editor.current.height() > 5 * line, "rows of the form are seen"
    assert [editor.step_button(number).text().partition(" ")[0] for number in range(1, 7)] == list("①②③④⑤⑥")
    assert editor.step_button(6).text() == "⑥ 检查与导出"
    assert editor.step_button(3).accessibleName().startswith("③ 分项绩效目标")
    below = [button for button in editor.findChildren(QPushButton) if button.property("panel")]
    qtbot.waitUntil(lambda: any(button.text().startswith("问题 ") for button in below))  # it counts them now
    for number in range(1, 7):
        editor.show_step(number)
        settle(opened)
        assert [button for button in below if button.isVisibleTo(editor)] == below
        places = [button.mapTo(editor, button.rect().center()) for button in below]
        assert all(editor.rect().contains(place) for place in places)
        assert (len(below), len({place.y() for place in places})) == (5, 1), f"one row in step {number}"


@pytest.mark.usefixtures("large")
def test_the_page_of_a_store_that_cannot_be_opened_fits_too(window: MainWindow) -> None:
    window.resize(910, 493)
    window.fault_page.show_reason("草稿文件损坏。", "damaged")
    assert window.fault_page.minimumSizeHint().width() <= 910


@pytest.mark.usefixtures("large")
def test_the_buttons_of_the_large_dialogs_are_in_reach_on_a_small_screen(opened: MainWindow) -> None:
    """1366×768, of which a panel of the system takes a little."""
    assert opened.store is not None
    assert opened.editor is not None
    session = opened.editor.session
    report = Report((Note(Kind.FOUND, "项目 1「管网」：预算数 128.00，指标 8 行"),))
    dialogs = (
        HistoryDialog(session.draft, Revisions(opened.store), session.draft_id, opened),
        BackupsDialog(Backups(opened.home / "backups"), opened.store_path, parent=opened),
        ImportReportDialog("去年的文本.docx", session.draft, report, True, opened, changes=()),
        CheckSettingsDialog((), (), opened),
    )
    room = dialogs[0].screen().availableSize()
    for dialog in dialogs:
        dialog.show()
        QApplication.processEvents()
        assert dialog.minimumSizeHint().height() <= 700, type(dialog).__name__
        assert dialog.minimumSizeHint().width() <= 1300, type(dialog).__name__
        assert dialog.height() <= room.height()
        assert dialog.width() <= max(room.width(), dialog.minimumSizeHint().width())
        dialog.close()


def test_a_panel_is_as_many_characters_wide_in_another_size_of_type(opened: MainWindow, qapp: QApplication) -> None:
    """Else it would stay as narrow as it was in small type, and be remembered so."""
    assert opened.editor is not None
    opened.resize(1366, 700)
    side = opened.editor.side
    side.open("help")
    before = opened.recall(KEY)
    apply_look(qapp, Preferences(size=20))
    try:
        QApplication.processEvents()
        assert side.width() >= characters(side, LEAST_WIDTH)
        side.open("problems")
        assert (opened.recall(KEY) or "").split() == [(before or "").split()[0], "problems"]
    finally:
        apply_look(qapp, Preferences())


def _is_cut(area: QScrollArea) -> bool:
    return area.widget().minimumSizeHint().width() > area.viewport().width()
