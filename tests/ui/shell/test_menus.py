"""The menus: made from the table of actions; each leads to something that is there, and no key has two meanings."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from models.checks.registry import Severity
from ui.editor.draft_editor import Editor
from ui.shell.actions import ACTIONS, DRAFT_CONTROLLERS, MENUS, Action, action, load
from ui.shell.draft_window import DraftWindow
from ui.shell.main_window import MainWindow
from ui.shell.side_panel import PANELS
from ui.shell.workbench import Controller


def shown(window: MainWindow, menu: str) -> list[str]:
    return [entry.text() for entry in window.menus.menus[menu].actions()]


@pytest.mark.parametrize("entry", ACTIONS, ids=lambda entry: entry.id)
def test_every_action_leads_to_a_method_of_the_window_the_editor_or_a_controller(entry: Action) -> None:
    owner, method = load(entry.target)
    assert issubclass(owner, DraftWindow | Editor | Controller)
    assert callable(getattr(owner, method))


@pytest.mark.parametrize("target", DRAFT_CONTROLLERS)
def test_who_hears_of_every_draft_is_a_controller(target: str) -> None:
    owner, method = load(target)
    assert issubclass(owner, Controller)
    assert method == ""


def test_ids_are_unique_and_menus_are_known() -> None:
    assert max(Counter(entry.id for entry in ACTIONS).values()) == 1
    assert {entry.menu for entry in ACTIONS} == {name for name, _title in MENUS}


def test_no_key_of_the_menus_and_panels_has_two_meanings() -> None:
    keys = Counter(keys for entry in ACTIONS if not entry.panel_key for keys in entry.shortcut.split())
    keys += Counter(entry.keys for entry in PANELS if entry.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    for entry in ACTIONS:
        assert not entry.panel_key or entry.shortcut in {panel.keys for panel in PANELS}


def test_no_key_has_two_meanings_on_a_page(opened: MainWindow) -> None:
    """A key of a visible widget must not be one of the menus', or of another widget that is seen at the same time."""
    menus = {keys for entry in ACTIONS if not entry.panel_key for keys in entry.shortcut.split()}
    for number in range(1, 7):
        opened.editor.show_step(number)
        found: Counter[str] = Counter()
        for shortcut in opened.findChildren(QShortcut):
            place = shortcut.parent()
            if isinstance(place, QWidget) and place.isVisible() and place.isEnabled():
                found[shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)] += 1
        found.pop("", None)
        assert [keys for keys, count in found.items() if count > 1] == []
        assert set(found) & menus == set()


def test_the_file_menu_is_grouped_by_what_one_wants(window: MainWindow) -> None:
    entries = shown(window, "file")
    assert entries[0] == "返回首页"
    assert entries[-2:] == ["", "退出"]
    assert entries.index("导出 Word…") < entries.index("导出数据包…") < entries.index("定稿")
    assert "" not in entries[entries.index("导出 Word…") : entries.index("导出数据包…")]


def test_every_entry_has_its_place_and_works(window: MainWindow) -> None:
    for menu, _title in MENUS:
        texts = [text.partition("\t")[0] for text in shown(window, menu) if text]
        assert texts == [entry.text for entry in ACTIONS if entry.menu == menu]
    window.menus.actions["window.quit"].trigger()
    assert not window.isVisible()


def test_what_needs_a_draft_rests_without_one(window: MainWindow) -> None:
    for entry in ACTIONS:
        assert window.menus.actions[entry.id].isEnabled() != entry.needs_draft


def test_the_start_page_asks_for_actions_there_are(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[str] = []
    window.start_page.action_wanted.disconnect()
    window.start_page.action_wanted.connect(wanted.append)
    for name, button in window.start_page.buttons.buttons.items():
        if name not in {"sample", *window.start_page.buttons.of_draft}:
            button.setEnabled(True)
            button.click()
    assert len(wanted) > 4
    for name in (*wanted, *(name for name in window.start_page.welcome.buttons if name != "sample")):
        assert action(name)


def test_f8_goes_to_the_next_problem_with_the_panel_folded_away(opened: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: opened.editor.problems.live.ready and bool(opened.editor.problems.live.problems))
    assert opened.editor.side.current == ""
    opened.menus.actions["check.next"].trigger()
    assert opened.editor.side.current == "problems"
    problems = opened.editor.problems.live.problems
    assert opened.editor.path == min(problems, key=lambda problem: problem.severity is Severity.INFO).path


def test_saving_stands_with_the_files(window: MainWindow) -> None:
    assert "保存" in shown(window, "file")
    assert "保存" not in shown(window, "edit")


def test_the_menu_adds_to_the_list_of_the_page_and_opens_the_form(opened: MainWindow) -> None:
    editor = opened.editor
    entries = shown(opened, "edit")
    assert "添加一项\tCtrl+N" in entries
    before = len(editor.session.document.sub_goals.items)
    editor.show_step(3)
    opened.run_action("editing.add")
    assert len(editor.session.document.sub_goals.items) == before + 1
    editor.show_step(5)
    folded = editor.current.form.is_folded
    opened.run_action("editing.fold")
    assert editor.current.form.is_folded != folded
    editor.show_step(2)
    opened.run_action("editing.add")
    assert opened.bar.currentMessage() == "这一页没有可以添加的列表。"
