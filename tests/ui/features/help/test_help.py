"""Help in the window: 填报说明 beside the form, the manual, 关于, and the file of diagnostics that holds no words."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from models.document.tree import Indicator
from models.help.help_texts import field_help, steps
from tests.shared import CHECKOUT
from tests.ui.conftest import small_draft
from ui.editor.table import indicator_edits as edits
from ui.features.help.about_dialog import AboutDialog
from ui.features.help.help_controller import HelpController
from ui.features.help.help_panel import BAD, GOOD, NAME, WHY, HelpPanel
from ui.features.help.manual_window import ManualWindow
from ui.shell.main_window import MainWindow
from ui.shell.manual_texts import manual
from ui.shell.side_panel import KEY as SIDE
from ui.shell.side_panel import PANELS

F1 = Qt.Key.Key_F1
PLACES = frozenset(section.id for chapter in manual() for section in chapter.sections)
"""Chapters and sections of the manual."""


def desk_of(window: MainWindow) -> HelpController:
    return window.controller(HelpController)


@pytest.fixture
def helped(window: MainWindow) -> MainWindow:
    """A draft whose project has an indicator, with 填报说明 open at the first step."""
    draft = small_draft()
    (project,) = draft.document.projects
    row = Indicator("i1", "产出指标", "数量指标", "更换管道", "", "≥6.4公里", "")
    project = replace(project, goals=("换管道", "建泵房"), indicators=(row,))
    window.take_draft(replace(draft, document=replace(draft.document, projects=(project,))))
    window.editor.side.open("help")
    return window


def panel_of(window: MainWindow) -> HelpPanel:
    panel = window.editor.side.panel("help")
    assert isinstance(panel, HelpPanel)
    return panel


# the panel


def test_f1_opens_the_help_of_the_field_with_the_focus(opened: MainWindow) -> None:
    opened.editor.show_place("unit.name")
    QTest.keyClick(QApplication.focusWidget(), F1)
    assert opened.editor.side.current == "help"
    panel = panel_of(opened)
    assert panel.heading.text() == "单位名称"
    assert field_help("unit.name").text in panel.text.toPlainText()
    assert QApplication.focusWidget().path == "unit.name"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("year", "预算年度"),
        ("settings.tier_scheme", "指标体系"),
        ("overall_goal", "总体绩效目标"),
        ("sub_goals[s1].goal", "绩效目标"),
        ("safeguards[m1].heading", "标题"),
        ("projects[p1].code", "项目编码"),
        ("projects[p1].unit.name", "单位名称"),
        ("projects[p1].spending_plan[2]", "资金支出计划 10月底"),
        ("projects[p1].goals[1]", "绩效目标"),
        ("projects[p1].indicators[i1].basis", "指标值确定依据"),
    ],
)
def test_the_panel_follows_the_cursor(helped: MainWindow, path: str, title: str) -> None:
    helped.editor.show_place(path)
    panel = panel_of(helped)
    assert panel.heading.text() == title
    assert field_help(path).text in panel.text.toPlainText()


def test_an_example_is_told_good_or_bad_in_words(helped: MainWindow) -> None:
    helped.editor.show_place("year")
    shown, field = panel_of(helped).text.toPlainText(), field_help("year")
    assert f"{GOOD}\n{field.good}" in shown
    assert f"{BAD}\n{field.bad}" in shown
    assert f"{WHY}：{field.why}" in shown


def test_moving_over_the_table_shows_the_help_of_each_column(helped: MainWindow) -> None:
    helped.editor.show_place("projects[p1].indicators[i1].tier1")
    panel, table = panel_of(helped), helped.editor.current.form.table
    shown = []
    for column in range(edits.COLUMN_COUNT):
        table.go_to(table.indicators.index(0, column))
        shown.append(panel.heading.text())
    assert shown == list(edits.HEADERS)


def test_where_no_field_has_the_focus_the_step_is_explained(helped: MainWindow) -> None:
    helped.editor.show_step(6)
    panel = panel_of(helped)
    assert panel.heading.text() == "⑥ 检查与导出"
    assert steps()[6].order[0] in panel.text.toPlainText()


def test_every_step_is_explained_the_one_after_the_text_too(helped: MainWindow) -> None:
    helped.run_action("reports.self_evaluation")
    headings = []
    for number in range(1, 8):
        helped.editor.show_step(number, focus=False)
        assert panel_of(helped).heading.text().endswith(steps()[number].title)
        headings.append(panel_of(helped).heading.text()[0])
    assert "".join(headings) == "①②③④⑤⑥⑦"


def test_the_whole_step_can_be_read_while_in_a_field(helped: MainWindow) -> None:
    helped.editor.show_place("overall_goal")
    panel = panel_of(helped)
    panel.whole_step.click()
    assert panel.heading.text() == "② 总体绩效目标"
    assert steps()[2].text in panel.text.toPlainText()
    panel.whole_step.click()
    assert panel.heading.text() == "总体绩效目标"


def test_the_keys_of_the_place_fold_out(helped: MainWindow) -> None:
    helped.editor.show_place("projects[p1].goals[0]")
    panel = panel_of(helped)
    assert "Shift+回车" not in panel.text.toPlainText()
    panel.fold.click()
    assert "Shift+回车" in panel.text.toPlainText()
    assert panel.fold.accessibleDescription() == "已展开"
    helped.editor.show_place("projects[p1].indicators[i1].name")
    assert "Ctrl+D" in panel.text.toPlainText()
    panel.fold.click()
    assert "Ctrl+D" not in panel.text.toPlainText()


def test_a_folded_panel_does_nothing_until_it_is_seen_again(helped: MainWindow) -> None:
    panel = panel_of(helped)
    helped.editor.show_place("year")
    before = panel.text.toPlainText()
    helped.editor.side.close_panel()
    helped.editor.show_place("unit.code")
    assert panel.text.toPlainText() == before
    helped.editor.side.open("help")
    assert panel.heading.text() == "单位代码"


def test_the_text_can_be_selected_by_keyboard_and_is_named(helped: MainWindow) -> None:
    helped.editor.show_place("year")
    panel = panel_of(helped)
    panel.text.setFocus()
    assert panel.text.accessibleName() == NAME
    assert panel.text.accessibleDescription() == "预算年度"
    QTest.keyClick(panel.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert field_help("year").text in panel.text.textCursor().selectedText()


def test_an_open_help_is_open_again_with_the_next_draft(helped: MainWindow) -> None:
    assert helped.store.recall(SIDE).endswith("help")
    helped.go_home()
    helped.open_draft(helped.start_page.chosen())
    assert helped.editor.side.current == "help"
    assert panel_of(helped).text.toPlainText()


def test_light_or_dark_the_frames_follow(helped: MainWindow) -> None:
    helped.editor.show_place("year")
    panel = panel_of(helped)
    before, palette = panel.text.toHtml(), QPalette(panel.palette())
    palette.setColor(QPalette.ColorRole.PlaceholderText, Qt.GlobalColor.red)
    panel.setPalette(palette)
    assert panel.text.toHtml() != before
    assert "#ff0000" in panel.text.toHtml()


# the manual


def test_f1_on_the_start_page_opens_the_first_chapter(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.start_page.isVisible)
    QTest.keyClick(window.start_page, F1)
    shown = desk_of(window)._manual
    assert shown.isVisible()
    assert shown.section == "first"
    assert not shown.isModal()


def test_the_manual_opens_at_what_the_window_shows(helped: MainWindow) -> None:
    helped.editor.show_step(6)
    desk_of(helped).show_here()
    assert desk_of(helped)._manual.section == "export"
    panel_of(helped).more.click()
    assert desk_of(helped)._manual.section == "export"
    helped.editor.show_step(2)
    panel_of(helped).more.click()
    assert desk_of(helped)._manual.section == "overall"


@pytest.mark.parametrize(("named", "section"), [("merge", "merge"), (None, "first")])
def test_f1_in_a_dialog_opens_its_chapter_in_front_of_it(
    window: MainWindow, qtbot: QtBot, named: str | None, section: str
) -> None:
    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(QPushButton("确定"))
    dialog.setProperty("help", named)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, F1)
    (shown,) = dialog.findChildren(ManualWindow)
    assert shown.isVisible()
    assert shown.section == section
    dialog.close()


def test_f1_in_a_dialog_beside_the_window_opens_the_one_manual(window: MainWindow, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(QPushButton("关闭"))
    dialog.setProperty("help", "rollover")
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, F1)
    qtbot.waitUntil(lambda: (manual := desk_of(window)._manual) is not None and manual.section == "rollover")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk_of(window)._manual)
    QTest.keyClick(desk_of(window)._manual, F1)
    assert desk_of(window)._manual.section == "keys"
    dialog.close()


def test_every_place_of_a_dialog_or_panel_is_there() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / "ui").rglob("*.py")))
    named = re.findall(r'(?:Property\("help", |help_place = |help_place=|helped_by\()"([^"]+)"', sources)
    assert len(named) > 25
    for place in (*named, *(entry.chapter for entry in PANELS if entry.chapter)):
        assert place in PLACES, place


def test_every_dialog_of_the_program_says_its_place() -> None:
    silent = []  # by themselves
    for path in (CHECKOUT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            bases = [getattr(base, "id", "") for base in node.bases] if isinstance(node, ast.ClassDef) else []
            if "QDialog" in bases:  # those of a ProgramDialog cannot be made without a place
                silent.append(node.name)
    assert silent == ["ProgramDialog"]


def test_the_manual_opens_at_the_panel_or_the_table_with_the_focus(helped: MainWindow) -> None:
    helped.editor.show_place("projects[p1].indicators[i1].name")
    assert panel_of(helped).chapter == "table"
    desk_of(helped).show_here()
    assert desk_of(helped)._manual.section == "table"
    helped.editor.side.open("problems")
    helped.editor.side.panel("problems").list.setFocus()
    desk_of(helped).show_here()
    assert desk_of(helped)._manual.section == "problems"


@pytest.mark.parametrize(("changes", "title"), [(False, "关于"), (True, "更新记录")])
def test_about_and_what_is_new_are_named_as_their_menu_and_have_their_place(
    qtbot: QtBot, tmp_path: Path, changes: bool, title: str
) -> None:
    dialog = AboutDialog(tmp_path, tmp_path / "backups", changes)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == title
    assert dialog.property("help") in PLACES
