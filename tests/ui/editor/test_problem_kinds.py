"""The panel 问题 by kinds: notes that are alike stand in one line, a kind is ignored for the whole text, the head says what is left."""

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft, IgnoredProblem
from ui.editor.problems.problems_panel import ProblemsPanel
from ui.shell.main_window import MainWindow


def _draft() -> Draft:
    """One error, and the same note at three places."""
    document = fieldpath.replace(EXAMPLE, "projects[p1].indicators[cost].value", "≤75万元")
    for path in ("sub_goals[s1].goal", "sub_goals[s2].goal", "projects[p1].goals[0]"):
        text = str(fieldpath.get(document, path))
        document = fieldpath.replace(
            document, path, text.replace("，", ",", 1) if "，" in text else text[:5] + "," + text[5:]
        )
    return Draft(document)


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> ProblemsPanel:
    window.take_draft(_draft())
    live = window.editor.problems.live
    qtbot.waitUntil(lambda: len([p for p in live.problems if p.rule == "halfwidth-punct"]) == 3)
    window.editor.problems.open_panel()
    shown = window.editor.side.panel("problems")
    assert isinstance(shown, ProblemsPanel)
    return shown


def _lines(panel: ProblemsPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def _choose(panel: ProblemsPanel, text: str) -> None:
    (box,) = [box for box in panel.findChildren(QComboBox) if box.findText(text) >= 0]
    box.setCurrentIndex(box.findText(text))


def _mark(panel: ProblemsPanel, words: str) -> None:
    panel.list.setCurrentRow(next(row for row, line in enumerate(_lines(panel)) if words in line))


def test_notes_of_one_kind_stand_in_one_line_and_apart_among_notes(panel: ProblemsPanel) -> None:
    assert len([line for line in _lines(panel) if "半角标点" in line and "3 处" in line]) == 1
    assert len([line for line in _lines(panel) if "可改正" in line]) == 1
    _choose(panel, _notes_name(panel))
    assert len([line for line in _lines(panel) if "可改正" in line]) == 3


def _notes_name(panel: ProblemsPanel) -> str:
    names = [box.itemText(place) for box in panel.findChildren(QComboBox) for place in range(box.count())]
    return next(name for name in names if name.endswith("提示"))


def test_what_can_be_corrected_is_shown_alone(panel: ProblemsPanel) -> None:
    _choose(panel, "可改正的")
    texts = [line for line in _lines(panel) if "\n" in line]
    assert len(texts) == 3
    assert all("可改正" in line for line in texts)


def test_the_head_says_what_is_left_to_do(panel: ProblemsPanel) -> None:
    (head,) = [label.text() for label in panel.findChildren(QLabel) if "要改正" in label.text()]
    assert head.startswith("要改正 1 处；另有提示 1 类")
    assert "其中 3 处可一键改正" in head


def test_a_kind_is_ignored_in_this_text_and_found_again(panel: ProblemsPanel, window: MainWindow, qtbot: QtBot) -> None:
    live, session = window.editor.problems.live, window.editor.session
    _mark(panel, "半角标点")
    panel.ignore_kind()
    qtbot.waitUntil(lambda: not any(problem.rule == "halfwidth-punct" for problem in live.problems))
    assert session.draft.ignored == (IgnoredProblem("halfwidth-punct", "", ""),)
    session.edit("projects[p2].goals[0]", "建成示范田6处,示范田验收合格率达到100%。")
    qtbot.waitUntil(lambda: not any(problem.rule == "halfwidth-punct" for problem in live.now()))
    assert [problem.rule for problem in live.problems if problem.rule == "cost-over-budget"]
    _choose(panel, "已忽略的")
    _mark(panel, "全文的这一类")
    panel.ignore()
    qtbot.waitUntil(lambda: len([p for p in live.now() if p.rule == "halfwidth-punct"]) == 4)
    assert session.draft.ignored == ()


def test_of_a_contradiction_each_place_can_be_gone_to(panel: ProblemsPanel, window: MainWindow, qtbot: QtBot) -> None:
    (button,) = [button for button in panel.findChildren(QPushButton) if button.accessibleName() == "转到"]
    _mark(panel, "半角标点")
    assert button.text() == "转到"
    _mark(panel, "≤75万元")
    assert button.text() == "转到…"
    button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["项目 1 · 指标 4 · 指标值", "项目 1 · 预算数"]
    with qtbot.waitSignal(panel.go) as gone:
        menu.actions()[1].trigger()
    menu.close()
    assert gone.args == ["projects[p1].budget"]
    qtbot.waitUntil(lambda: window.editor.step == 5)
