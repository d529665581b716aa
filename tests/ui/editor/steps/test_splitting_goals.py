"""Numbered lines pasted into a goal of a project become goals, when the user says so."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.editor.steps.test_splitting import paste
from ui.editor.steps.text_splitting import Goals, Pasted, split_goals
from ui.shell.main_window import MainWindow


def goals_of(window: MainWindow) -> tuple[str, tuple[str, ...]]:
    project = window.editor.session.document.projects[0]
    return project.goals_numbering, project.goals


def test_numbered_lines_pasted_into_a_goal_become_goals(opened: MainWindow, qtbot: QtBot) -> None:
    session = opened.editor.session
    session.change("准备", replace(session.document, projects=(replace(session.document.projects[0], goals=("",)),)))
    opened.editor.show_place("projects[p1].goals[0]")
    paste("1、改造管网。\n2、培训农户。\n按期完成。")
    assert goals_of(opened) == ("{n}.", ("1、改造管网。\n2、培训农户。\n按期完成。",))
    line = opened.editor.current.form.goals._offer
    assert line.text.text() == "粘贴的文字像是 2 条绩效目标。按 Ctrl+回车拆分成 2 条。"
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect().height() == line.height())
    accept = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    opened.editor.current.form.table.setFocus()
    QTest.keyClick(QApplication.focusWidget(), *accept)  # in the table that key is the table's
    assert line.isVisible()
    field.setFocus()
    QTest.keyClick(field, *accept)
    assert not line.isVisible()
    assert goals_of(opened) == ("{n}、", ("改造管网。", "培训农户。\n按期完成。"))
    session.undo()
    assert goals_of(opened)[1] == ("1、改造管网。\n2、培训农户。\n按期完成。",)


@pytest.mark.parametrize(
    ("goals", "numbering", "place", "pasted", "expected"),
    [
        (("甲", ""), "{n}.", 1, Pasted("", "2.乙\n3.丙", ""), Goals(2, ("甲", "乙", "丙"), "{n}.", False)),
        (("甲", ""), "{n}.", 1, Pasted("", "1、乙\n2、丙", ""), Goals(2, ("甲", "乙", "丙"), "{n}.", True)),
        (("甲", ""), "", 1, Pasted("", "1、乙\n2、丙", ""), Goals(2, ("甲", "1、乙", "2、丙"), "", False)),
        (("前后",), "{n}.", 0, Pasted("前", "2.乙\n3.丙", "后"), Goals(2, ("前", "乙", "丙\n后"), "{n}.", False)),
        (("",), "{n}.", 0, Pasted("", "①乙\n②丙", ""), Goals(2, ("乙", "丙"), "{circled}", False)),
        (("",), "{n}.", 0, Pasted("", "1. 乙\n2. 丙", ""), Goals(2, ("乙", "丙"), "{n}.", False)),
        (("",), "{n}.", 0, Pasted("", "一是乙\n二是丙", ""), Goals(2, ("乙", "丙"), "{n}.", True)),
    ],
)
def test_numbers_of_goals_stay_where_they_can(
    goals: tuple[str, ...], numbering: str, place: int, pasted: Pasted, expected: Goals
) -> None:
    assert split_goals(goals, numbering, place, pasted) == expected
