"""问题 in the window: live numbers and marks, the panel, corrections and 忽略 as undo steps, nothing while one types."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from models.checks.catalogue import OFF_BY_DEFAULT, RULES
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.problem_lines import count_left
from models.document import fieldpath
from models.document.template import load_template
from models.document.tree import Draft, Project, Unit
from models.session.session import new_document
from ui.app.faults import LOG_NAME
from ui.editor.problems.problem_overview import ProblemOverview
from ui.editor.problems.problems_panel import ProblemsPanel
from ui.editor.table.indicator_model import PROBLEM_ROLE
from ui.shell.main_window import MainWindow

COST = "projects[p1].indicators[cost].value"
COUNTED = "projects[p1].indicators[quantity].value"
SATISFIED = "projects[p2].indicators[i6].value"


def wrong() -> Draft:
    document = fieldpath.replace(EXAMPLE, COST, "≤75万元")
    document = fieldpath.replace(document, COUNTED, "≥1200")
    document = fieldpath.replace(document, SATISFIED, "≥90")
    document = fieldpath.replace(document, SATISFIED.replace("value", "name"), "示范农户满意度（%）")
    document = fieldpath.replace(document, "sub_goals[s1].goal", "面向种粮大户开展节水技术培训,提高科学种田水平。")
    return Draft(document)


@pytest.fixture
def judged(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with a text that has five problems, judged."""
    window.take_draft(wrong())
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Waits until the draft as it stands is judged."""
    live = window.editor.problems.live
    qtbot.waitUntil(lambda: live._judged is window.editor.session.draft and not live._running)


def panel_of(window: MainWindow) -> ProblemsPanel:
    window.editor.problems.open_panel()
    panel = window.editor.side.panel("problems")
    assert isinstance(panel, ProblemsPanel)
    return panel


def mark(panel: ProblemsPanel, path: str) -> None:
    row = next(row for row, (_, entry) in enumerate(panel._lines) if entry is not None and entry.path == path)
    panel.list.setCurrentRow(row)


def buttons(window: MainWindow) -> list[str]:
    return [window.editor.step_button(number).text() for number in range(1, 7)]


def rules(window: MainWindow) -> set[tuple[str, str]]:
    return {(problem.rule, problem.path) for problem in window.editor.problems.live.problems}


def test_steps_show_their_number_or_that_all_is_well(judged: MainWindow) -> None:
    found = judged.editor.problems.live.by_step()
    assert buttons(judged)[:2] == ["① 基本信息 ✓", "② 总体绩效目标 ✓"]
    assert count_left(found[3]) == 0
    assert buttons(judged)[2] == f"③ 分项绩效目标 ·{len(found[3])}"
    assert buttons(judged)[3] == "④ 工作保障措施 ✓"
    assert buttons(judged)[4] == f"⑤ 预算项目绩效目标 ⚠{count_left(found[5])}"
    assert buttons(judged)[5] == "⑥ 检查与导出"
    assert judged.editor.step_button(3).accessibleDescription() == f"{len(found[3])} 个提示"
    assert judged.editor.step_button(4).accessibleDescription() == "已填好"
    assert ("cost-over-budget", COST) in rules(judged)


def test_a_unit_without_its_code_is_not_called_whole(judged: MainWindow, qtbot: QtBot) -> None:
    judged.editor.session.edit("unit.code", "")
    qtbot.waitUntil(lambda: buttons(judged)[0] == "① 基本信息")
    judged.editor.session.edit("unit.code", "130202")
    qtbot.waitUntil(lambda: buttons(judged)[0] == "① 基本信息 ✓")


def test_a_new_draft_shows_no_problem(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(Draft(new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))))
    settle(window, qtbot)
    assert window.editor.problems.live.problems == ()
    assert buttons(window)[1:] == [
        "② 总体绩效目标",
        "③ 分项绩效目标",
        "④ 工作保障措施",
        "⑤ 预算项目绩效目标",
        "⑥ 检查与导出",
    ]
    window.editor.session.insert("projects", 0, Project("p9"))
    settle(window, qtbot)
    assert window.editor.problems.live.problems == ()


def test_enter_puts_the_cursor_into_the_cell(judged: MainWindow) -> None:
    panel = panel_of(judged)
    mark(panel, COST)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert judged.editor.step == 5
    table = judged.editor.current.form.table
    assert table.indicators.path(table.currentIndex()) == COST
    mark(panel, "sub_goals[s1].goal")
    panel.list.itemDoubleClicked.emit(panel.list.currentItem())
    assert judged.editor.step == 3
    assert judged.editor.path == "sub_goals[s1].goal"


def test_a_line_says_severity_place_words_and_sentence(judged: MainWindow) -> None:
    panel = panel_of(judged)
    texts = [text for text, _ in panel._lines]
    assert texts[0].startswith("项目 1 农业技术培训项目")
    assert any(text.startswith("提示（") for text in texts)
    (cost,) = [text for text in texts if "≤75万元" in text and "错误" in text]
    assert "指标 4 · 指标值" in cost
    assert "可选择：改为 ≤60万元" in cost
    assert "另一处：项目 1 · 预算数" in cost
    (counted,) = [text for text in texts if "「≥1200」" in text]
    assert "可改正：补上「人次」 → ≥1200人次" in counted


def test_what_only_the_clerk_knows_is_chosen_and_in_no_correction_of_all(judged: MainWindow) -> None:
    panel, session = panel_of(judged), judged.editor.session
    mark(panel, COST)
    (choose,) = [b for b in panel.findChildren(QPushButton) if b.accessibleName() == "选择…"]
    (all_of_them,) = [b for b in panel.findChildren(QPushButton) if b.accessibleName() == "全部改正"]
    assert not all_of_them.isEnabled()
    assert judged.editor.problems.live.correct_all("cost-over-budget") == 0
    assert session.get(COST) == "≤75万元"
    choose.click()
    (menu,) = [menu for menu in panel.findChildren(QMenu) if menu.isVisible()]
    (choice,) = menu.actions()
    assert choice.text() == "改为 ≤60万元"
    choice.trigger()
    menu.close()
    assert session.get(COST) == "≤60万元"
    assert session.undo_label == "改正 项目 1 · 指标 4 · 指标值"


def test_a_correction_is_one_step(judged: MainWindow, qtbot: QtBot) -> None:
    panel, session = panel_of(judged), judged.editor.session
    mark(panel, COUNTED)
    panel.correct()
    assert session.get(COUNTED) == "≥1200人次"
    assert session.undo_label == "改正 项目 1 · 指标 1 · 指标值"
    settle(judged, qtbot)
    assert COUNTED not in {path for _, path in rules(judged)}
    session.undo()
    settle(judged, qtbot)
    assert session.get(COUNTED) == "≥1200"
    assert ("unit-missing", COUNTED) in rules(judged)
    assert session.undo_label is None


def test_all_of_a_kind_are_corrected_in_one_step(judged: MainWindow, qtbot: QtBot) -> None:
    panel, session = panel_of(judged), judged.editor.session
    mark(panel, SATISFIED)
    assert "2" in panel._fix_all.text()
    panel.correct_all()
    assert session.get(COUNTED) == "≥1200人次"
    assert (session.get(SATISFIED), session.get(SATISFIED.replace("value", "name"))) == ("≥90%", "示范农户满意度")
    session.undo()
    assert session.draft == wrong()
    assert session.undo_label is None


def test_ignoring_is_kept_with_the_draft_and_can_be_taken_back(judged: MainWindow, qtbot: QtBot) -> None:
    panel, session = panel_of(judged), judged.editor.session
    mark(panel, COST)
    panel._reason.setText("财政已同意")
    count = len(judged.editor.problems.live.problems)
    panel.ignore()
    settle(judged, qtbot)
    (entry,) = session.draft.ignored
    assert (entry.path, entry.excerpt, entry.reason) == (COST, "≤75万元", "财政已同意")
    assert len(judged.editor.problems.live.problems) == count - 1
    session.undo()
    assert session.draft.ignored == ()
    session.redo()
    panel._severity.setCurrentIndex(panel._severity.findData("ignored"))
    assert any("财政已同意" in text for text, _ in panel._lines)
    mark(panel, COST)
    panel.ignore()
    settle(judged, qtbot)
    assert session.draft.ignored == ()
    assert len(judged.editor.problems.live.problems) == count


def test_the_list_can_be_filtered(judged: MainWindow) -> None:
    panel = panel_of(judged)
    panel._severity.setCurrentIndex(panel._severity.findData("info"))
    shown = [entry for _, entry in panel._lines if entry is not None]
    assert shown
    assert {entry.severity for entry in shown} == {"info"}
    panel._severity.setCurrentIndex(0)
    panel.filter_step(5)
    assert all(entry.path.startswith("projects") for _, entry in panel._lines if entry is not None)


def test_a_field_is_judged_after_it_is_left(judged: MainWindow, qtbot: QtBot) -> None:
    editor = judged.editor
    editor.show_place("overall_goal")
    field = QApplication.focusWidget()
    before = rules(judged)
    QTest.keyClicks(field, "abc,")
    field.setPlainText("2026年，XX推广新技术3000亩，培训农户1200人次。")
    settle(judged, qtbot)
    assert rules(judged) == before
    editor.show_step(3)
    settle(judged, qtbot)
    assert ("placeholder-left", "overall_goal") in rules(judged)


def test_what_an_export_found_is_shown_without_a_further_change(judged: MainWindow, qtbot: QtBot) -> None:
    live, session = judged.editor.problems.live, judged.editor.session
    path = f"projects[{session.document.projects[0].id}].other_funds"
    session.edit(path, "若干")
    assert path in {problem.path for problem in live.now()}, "before the check that waits for a pause"
    qtbot.waitUntil(lambda: ("budget-sum", path) in rules(judged))


def test_fields_and_cells_are_marked_in_words(judged: MainWindow, qtbot: QtBot) -> None:
    judged.editor.show_place("sub_goals[s1].goal")
    field = QApplication.focusWidget()
    assert field.toolTip()
    assert field.toolTip() == field.accessibleDescription()
    (label,) = [label for label in field.findChildren(QLabel) if label.property("role") == "mark"]
    assert "提示" in label.text()
    judged.editor.show_place(COST)
    model = judged.editor.current.form.table.indicators
    cell = judged.editor.current.form.table.currentIndex()
    assert cell.data(PROBLEM_ROLE) == "！"
    assert "错误" in cell.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert cell.data(Qt.ItemDataRole.ToolTipRole)
    other = model.find("quality", cell.column())
    assert not other.data(PROBLEM_ROLE)
    assert "个问题" in judged.editor.current._list._list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    judged.editor.session.edit("sub_goals[s1].goal", "面向种粮大户开展节水技术培训，提高科学种田水平。")
    settle(judged, qtbot)
    assert not label.isVisible()
    assert field.toolTip() == ""


def test_a_correction_of_a_text_that_has_changed_is_not_applied(judged: MainWindow) -> None:
    live, session = judged.editor.problems.live, judged.editor.session
    problem = next(problem for problem in live.problems if problem.path == COST)
    session.edit(COST, "≤55万元")
    assert not live.correct(problem)
    assert session.get(COST) == "≤55万元"


def test_rules_that_are_off_and_own_words(judged: MainWindow, qtbot: QtBot) -> None:
    live = judged.editor.problems.live
    live.use_rules(("cost-over-budget",), ("种粮大户",))
    qtbot.waitUntil(lambda: live._judged is not None)
    settle(judged, qtbot)
    assert "cost-over-budget" not in {rule for rule, _ in rules(judged)}
    assert "forbidden-word" in {rule for rule, _ in rules(judged)}
    assert replace(wrong()) == wrong()


def test_the_last_step_shows_problems_by_step_and_writes_the_report(
    judged: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    judged.editor.show_step(6)
    overview = judged.editor.current.findChild(ProblemOverview)
    cells = [[overview.table.item(row, column).text() for column in range(4)] for row in range(5)]
    assert cells[0] == ["① 基本信息", "✓", "✓", "✓"]
    assert cells[2][3] == "1"
    for suffix in (".docx", ".xlsx"):
        overview.report_to(tmp_path / f"报告{suffix}")
        qtbot.waitUntil(lambda: overview.result.text().startswith("已写好"))
        assert (tmp_path / f"报告{suffix}").stat().st_size > 1000
    overview.report_to(tmp_path / "没有" / "报告.docx")
    qtbot.waitUntil(lambda: overview.result.text().startswith("没有写成"))
    overview.table.setCurrentCell(4, 0)
    overview.table.opened.emit()
    panel = judged.editor.side.panel("problems")
    assert all(entry.path.startswith("projects") for _, entry in panel._lines if entry is not None)


def test_a_rule_that_fails_is_logged_and_the_problems_of_the_others_are_shown(
    judged: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = judged.editor.problems.live
    before = {problem for problem in live.problems if problem.rule != "cost-over-budget"}
    panel = panel_of(judged)

    def check(*_parts: object) -> None:
        raise LookupError

    failing = [replace(rule, check=check) if rule.id == "cost-over-budget" else rule for rule in RULES]
    monkeypatch.setattr(Checker.__init__, "__defaults__", (*Checker.__init__.__defaults__[:2], failing, None, None))
    live.use_rules((*OFF_BY_DEFAULT, "approximate-number"), ())
    settle(judged, qtbot)
    assert {problem for problem in live.problems if problem.rule != "cost-over-budget"} == before
    assert "LookupError" in (judged.home / LOG_NAME).read_text(encoding="utf-8")
    assert "已记入日志" in panel._summary.text()


def test_a_click_on_a_mark_shows_its_problem_in_the_panel(judged: MainWindow) -> None:
    judged.editor.show_place("sub_goals[s1].goal")
    field = QApplication.focusWidget()
    (label,) = [label for label in field.findChildren(QLabel) if label.property("role") == "mark"]
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    panel = judged.editor.side.panel("problems")
    assert judged.editor.side.current == "problems"
    assert panel._marked().path == "sub_goals[s1].goal"


def test_the_panel_names_what_is_not_written_at_all(window: MainWindow, qtbot: QtBot) -> None:
    draft = wrong()
    window.take_draft(replace(draft, document=replace(draft.document, overall_goal="")))
    settle(window, qtbot)
    panel = panel_of(window)
    qtbot.waitUntil(lambda: "还没有写：总体绩效目标。" in panel._summary.text())
    window.editor.session.edit("overall_goal", "培训农民3200人次。")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: "还没有写" not in panel._summary.text())
