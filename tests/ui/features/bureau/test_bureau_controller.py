"""导出系统录入表, 复制本项目为系统格式, and the list of values to look at."""

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.ui.shell.test_window import unnamed
from ui.features.bureau.bureau_controller import BureauController
from ui.features.checking.check_settings_controller import CheckSettingsController
from ui.features.checking.check_settings_dialog import CheckSettingsDialog
from ui.shell.main_window import MainWindow
from ui.widgets.places_dialog import PlacesDialog
from ui.widgets.tsv import read_table


def desk(window: MainWindow) -> BureauController:
    return window.controller(BureauController)


def test_the_export_leaves_the_draft_alone_and_lists_what_it_could_not_split(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(EXAMPLE))
    before = window.editor.session.draft
    desk(window).export_to(tmp_path / "录入.xlsx")
    assert load_workbook(tmp_path / "录入.xlsx").worksheets[0].max_row == 13
    assert window.editor.session.draft is before
    assert "12 行" in window.statusBar().currentMessage()
    assert "2 处请核对" in window.statusBar().currentMessage()
    (dialog,) = window.findChildren(PlacesDialog)
    assert unnamed(dialog) == []
    assert dialog.list.item(0).text().startswith("项目 1 · 指标 3 · 指标值「2026年11月底前」")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert window.editor.path == "projects[p1].indicators[time].value"
    assert dialog.isVisible()
    window.go_home()
    assert not dialog.isVisible()


def test_the_project_that_is_shown_is_copied_in_the_systems_order(window: MainWindow) -> None:
    window.take_draft(Draft(EXAMPLE))
    window.editor.show_place("projects[p2].name")
    desk(window).copy()
    rows = read_table(QApplication.clipboard().text())
    assert len(rows) == 6
    assert rows[0][:8] == [
        "13992126P00012410001G",
        "小麦节水示范田建设项目",
        "产出指标",
        "数量指标",
        "示范田建设数量",
        "3",
        "6",
        "处",
    ]
    assert QApplication.clipboard().mimeData().html().count("<tr>") == 6


def test_without_a_project_chosen_the_line_says_what_to_do(window: MainWindow) -> None:
    window.take_draft(Draft(EXAMPLE))
    window.editor.show_place("overall_goal")
    desk(window).copy()
    assert "选好要复制的项目" in window.statusBar().currentMessage()


def test_the_systems_rules_are_off_until_ticked_and_stay_ticked(window: MainWindow, qtbot: QtBot) -> None:
    off, forbidden = window.check_rules
    assert set(off) == {"system-length", "system-characters", "system-number"}
    dialog = CheckSettingsDialog(off, forbidden)
    qtbot.addWidget(dialog)
    tree = dialog.rules
    group = next(
        tree.topLevelItem(place)
        for place in range(tree.topLevelItemCount())
        if "录入系统" in tree.topLevelItem(place).text(0)
    )
    group.child(1).setCheckState(0, Qt.CheckState.Checked)
    window.controller(CheckSettingsController).use(dialog.off(), dialog.forbidden())
    assert set(window.check_rules[0]) == {"system-length", "system-number"}
