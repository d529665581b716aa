"""The menus: what belongs together stands together, and no entry is lost on the way there."""

from ui.main_window import MainWindow
from ui.menus import _FILE, _TOOLS


def shown(menu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_the_file_menu_is_grouped_by_what_one_wants(window: MainWindow) -> None:
    entries = shown(window.menus.file)
    assert entries[0] == "返回首页"
    assert entries[-2:] == ["", "退出"]
    assert entries.index("导出 Word…") < entries.index("导出数据包…") < entries.index("定稿")
    assert "" not in entries[entries.index("导出 Word…") : entries.index("导出数据包…")]


def test_every_entry_that_has_a_place_is_there_and_works(window: MainWindow) -> None:
    for menu, groups in ((window.menus.file, _FILE), (window.menus.tools, _TOOLS)):
        wanted = [name for names in groups for name in names]
        assert [name for name in shown(menu) if name in wanted] == wanted
    exit_ = window.menus.file.actions()[-1]
    exit_.trigger()
    assert not window.isVisible()


def test_an_entry_nobody_has_placed_comes_before_the_last_group(window: MainWindow) -> None:
    menus = window.menus
    menus.add(menus.file, "新来的", lambda: None)
    menus._group(menus.file, _FILE)
    assert shown(menus.file)[-4:] == ["", "新来的", "", "退出"]


def test_f8_goes_to_the_next_problem_with_the_panel_folded_away(opened: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: opened.editor.problems.live.ready and bool(opened.editor.problems.live.problems))
    assert opened.editor.side.current == ""
    next(action for action in opened.menus.check.actions() if action.text() == "下一个问题").trigger()
    assert opened.editor.side.current == "问题"
    assert opened.editor.path == opened.editor.problems.live.problems[0].path
