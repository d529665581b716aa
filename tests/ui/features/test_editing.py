"""The menu's 剪切, 复制, 粘贴 and 全选 act where the keyboard is; every panel has an entry."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.shell.actions import ACTIONS
from ui.shell.main_window import MainWindow
from ui.shell.side_panel import PANELS


def choose(window: MainWindow, *names: str) -> None:
    for name in names:
        window.menus.actions[f"editing.{name}"].trigger()


def test_words_of_a_field_are_cut_and_pasted_elsewhere(opened: MainWindow) -> None:
    opened.editor.show_place("sub_goals[s1].goal")
    choose(opened, "select_all", "cut")
    session = opened.editor.session
    assert session.get("sub_goals[s1].goal") == ""
    opened.editor.show_place("sub_goals[s1].indicator")
    choose(opened, "select_all", "paste")
    assert session.get("sub_goals[s1].indicator") == "换管道"
    opened.editor.undo()
    assert session.get("sub_goals[s1].indicator") == "6公里"


def test_cells_are_copied_as_a_table(opened: MainWindow) -> None:
    opened.editor.show_place("projects[p1].indicators")
    table = opened.editor.current.form.table
    QApplication.clipboard().setText("产出指标\t数量指标\t水表\n产出指标\t质量指标\t合格率")
    table.setFocus()
    choose(opened, "paste")
    assert [row.name for row in opened.editor.session.document.projects[0].indicators] == ["水表", "合格率"]
    choose(opened, "select_all", "copy")
    assert QApplication.clipboard().text().count("\n") >= 1
    assert QApplication.clipboard().text().startswith("产出指标\t数量指标\t水表")


def test_without_a_field_it_is_said_where_the_cursor_must_be(opened: MainWindow) -> None:
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    choose(opened, "paste")
    assert "光标" in opened.statusBar().currentMessage()


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.id)
def test_every_panel_has_an_entry_in_a_menu(opened: MainWindow, panel) -> None:
    entry = next(
        entry for entry in ACTIONS if panel.id in (entry.id, *entry.id.split(".")) or entry.text == panel.title
    )
    opened.menus.actions[entry.id].trigger()
    assert opened.editor.side.current == panel.id
