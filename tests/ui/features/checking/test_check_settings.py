"""检查设置, and the problems of each draft on the start page."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.checks.catalogue import RULES
from models.checks.example import EXAMPLE
from models.checks.report_checker import severities_of_reports
from models.document.tree import Draft
from tests.ui.editor.test_problems import settle, wrong
from tests.ui.shell.test_window import unnamed
from ui.features.checking.check_settings_controller import CheckSettingsController
from ui.features.checking.check_settings_dialog import CheckSettingsDialog
from ui.shell.draft_table import PROBLEMS, problems_text
from ui.shell.main_window import MainWindow


def shown(window: MainWindow) -> list[str]:
    model = window.start_page._sorted
    return [model.index(row, PROBLEMS).data() for row in range(model.rowCount())]


def test_the_start_page_counts_in_its_own_time(window: MainWindow, qtbot: QtBot) -> None:
    window.store.create(wrong())
    window.store.create(Draft(EXAMPLE))
    window.drafts.reload()
    assert shown(window) == ["", ""]
    window.counts.count_now()
    qtbot.waitUntil(lambda: all(shown(window)))
    assert sorted(shown(window)) == ["没有发现", shown(window)[0] if "错误" in shown(window)[0] else shown(window)[1]]


def test_an_edited_draft_has_no_old_number(window: MainWindow, qtbot: QtBot) -> None:
    draft_id = window.store.create(Draft(EXAMPLE))
    window.drafts.reload()
    window.counts.count_now()
    qtbot.waitUntil(lambda: all(shown(window)))
    window.open_draft(draft_id)
    window.editor.session.edit("projects[p1].budget", "")
    window.go_home()
    assert shown(window) == [""]
    window.counts.count_now()
    qtbot.waitUntil(lambda: all(shown(window)))
    assert "错误" in shown(window)[0]


def test_words_of_the_column() -> None:
    assert [problems_text(counts) for counts in (None, (-1, -1), (0, 0), (2, 0), (0, 3), (1, 2))] == [
        "",
        "",
        "没有发现",
        "错误 2",
        "疑问 3",
        "错误 1，疑问 2",
    ]


def test_the_dialog_lists_every_rule_by_name(qtbot: QtBot) -> None:
    dialog = CheckSettingsDialog(("typo",), ("领导",))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.off() == ("typo",)
    assert dialog.forbidden() == ("领导",)
    assert unnamed(dialog) == []
    tree = dialog.rules
    items = [
        tree.topLevelItem(g).child(c)
        for g in range(tree.topLevelItemCount())
        for c in range(tree.topLevelItem(g).childCount())
    ]
    assert len(items) == len({*(rule.id for rule in RULES), *severities_of_reports()}) - 1
    for item in items:
        assert not item.text(0).isascii()
        item.setCheckState(0, Qt.CheckState.Checked)
    dialog.words.setPlainText(" 领导 \n\n领导\n兄弟单位")
    assert (dialog.off(), dialog.forbidden()) == ((), ("领导", "兄弟单位"))


def test_settings_hold_for_the_open_draft_and_the_next_ones(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(wrong())
    settle(window, qtbot)
    window.controller(CheckSettingsController).use(("cost-over-budget", "unit-missing"), ("种粮大户",))
    live = window.editor.problems.live
    qtbot.waitUntil(lambda: live._judged is not None and not live._running)
    settle(window, qtbot)
    assert {"cost-over-budget", "unit-missing"} & {problem.rule for problem in live.problems} == set()
    assert "forbidden-word" in {problem.rule for problem in live.problems}
    window.go_home()
    window.take_draft(wrong())
    settle(window, qtbot)
    assert window.check_rules == (("cost-over-budget", "unit-missing"), ("种粮大户",))
    qtbot.waitUntil(lambda: "forbidden-word" in {p.rule for p in window.editor.problems.live.problems})
