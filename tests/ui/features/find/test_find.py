"""查找 and 替换 as a clerk uses them: from the keyboard, over the whole draft, back with one undo."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, Indicator, Project, ProjectResult, Report
from models.session.finding import Hit
from ui.features.find.find_panel import FindPanel
from ui.features.find.hit_list import AROUND, _fitted
from ui.shell.main_window import MainWindow

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ROW = Indicator("i1", "产出指标", "数量指标", "培训场次", "𠮷林路培训", "≥2场", "年初培训计划")


@pytest.fixture
def searched(opened: MainWindow) -> MainWindow:
    """The small draft with a text of several paragraphs, a table and two goals."""
    session = opened.editor.session
    document = replace(
        session.document,
        overall_goal="2026年𠮷林路培训一次。\n再培训一次。",
        projects=(replace(session.document.projects[0], goals=("甲培训", "乙"), indicators=(ROW,)),),
    )
    session.change("准备", document)
    opened.editor.show_place("unit.name")
    return opened


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.setText(text)


def look_for(window: MainWindow, words: str, replacing: bool = False) -> FindPanel:
    press(Key.Key_H if replacing else Key.Key_F, CTRL)
    panel = window.editor.side.panel("find")
    assert isinstance(panel, FindPanel)
    panel.words.setText(words)
    return panel


def lines(panel: FindPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def selected() -> str:
    focus = QApplication.focusWidget()
    return focus.selectedText() if isinstance(focus, QLineEdit) else focus.textCursor().selectedText()


def test_the_hits_are_listed_by_field_as_the_words_are_typed(searched: MainWindow) -> None:
    panel = look_for(searched, "培训")
    assert lines(panel) == [
        *("总体绩效目标　2 处", "2026年𠮷林路【培训】一次。 再培训一次。", "…026年𠮷林路培训一次。 再【培训】一次。"),
        *("分项目标 2 · 标题　1 处", "【培训】"),
        *("项目 1 · 绩效目标 1　1 处", "甲【培训】"),
        *("项目 1 · 指标 1 · 三级指标　1 处", "【培训】场次"),
        *("项目 1 · 指标 1 · 绩效指标描述　1 处", "𠮷林路【培训】"),
        *("项目 1 · 指标 1 · 指标值确定依据　1 处", "年初【培训】计划"),
    ]
    assert panel._status.text() == "共 7 处，在 6 个字段"
    assert panel.model.index(1).data(AROUND) == ("2026年𠮷林路", "培训", "一次。 再培训一次。")
    panel.words.setText("没有的话")
    assert lines(panel) == []
    assert panel._status.text() == "没有找到「没有的话」。"
    panel.words.clear()
    assert panel._status.text().startswith("输入要查找的文字")


def test_ctrl_f_takes_the_selected_words_over_and_esc_goes_back(searched: MainWindow) -> None:
    searched.editor.show_place("overall_goal")
    goal = QApplication.focusWidget()
    cursor = goal.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(8, cursor.MoveMode.KeepAnchor)
    goal.setTextCursor(cursor)
    press(Key.Key_F, CTRL)
    assert QApplication.focusWidget().accessibleName() == "查找"
    assert QApplication.focusWidget().text() == "𠮷林"
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is goal
    goal.selectAll()  # two paragraphs: nobody looks for that
    press(Key.Key_F, CTRL)
    assert QApplication.focusWidget().text() == "𠮷林"
    press(Key.Key_H, CTRL)
    assert QApplication.focusWidget().accessibleName() == "替换为"
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is goal


def test_enter_on_a_hit_selects_it_in_its_field(searched: MainWindow) -> None:
    panel = look_for(searched, "培训")
    for place, path in enumerate(("overall_goal", "overall_goal", "sub_goals[s2].heading", "projects[p1].goals[0]")):
        panel.list.setFocus()
        panel.list.mark(place)
        press(Key.Key_Return)
        assert searched.editor.path == path
        assert selected() == "培训"
    panel.list.setFocus()
    panel.list.mark(5)
    press(Key.Key_Return)
    table = searched.editor.current.form.table
    assert table.hasFocus()
    assert searched.editor.path == "projects[p1].indicators[i1].description"
    assert table.currentIndex().data() == "𠮷林路培训"


def test_the_part_of_a_value_that_holds_the_words_is_the_cell_selected(searched: MainWindow) -> None:
    panel = look_for(searched, "场")
    panel.list.mark([hit.path.endswith("value") for hit in panel.model.hits].index(True))
    panel.show_marked(True)
    assert searched.editor.current.form.table.currentIndex().data() == "场"


def test_f3_goes_on_from_anywhere_and_round_the_end(searched: MainWindow, qtbot: QtBot) -> None:
    look_for(searched, "一次")
    press(Key.Key_Escape)
    press(Key.Key_F3)
    assert (searched.editor.path, selected()) == ("overall_goal", "一次")
    first = QApplication.focusWidget().textCursor().position()
    press(Key.Key_F3)
    assert QApplication.focusWidget().textCursor().position() > first
    press(Key.Key_F3)
    assert QApplication.focusWidget().textCursor().position() == first
    assert searched.statusBar().currentMessage().startswith("已经是最后一处")
    press(Key.Key_F3, SHIFT)
    assert QApplication.focusWidget().textCursor().position() > first


def test_enter_in_the_box_shows_hit_after_hit_and_keeps_the_cursor(searched: MainWindow) -> None:
    panel = look_for(searched, "培训")
    for place in range(3):
        press(Key.Key_Return)
        assert panel.list.place == place
        assert QApplication.focusWidget() is panel.words
    assert searched.editor.path == "sub_goals[s2].heading"
    heading = next(f for f in searched.editor.current.fields if f.path == searched.editor.path)
    assert heading.selectedText() == "培训"
    assert searched.editor.session.undo_label == "准备"


def test_f3_before_anything_was_looked_for_asks_for_words(searched: MainWindow) -> None:
    press(Key.Key_F3)
    assert QApplication.focusWidget().accessibleName() == "查找"


def test_all_is_replaced_in_one_step_that_says_what_it_was(searched: MainWindow) -> None:
    session = searched.editor.session
    before = session.document
    panel = look_for(searched, "培训", replacing=True)
    panel.new_words.setText("学习")
    panel._replace_all.setFocus()
    press(Key.Key_Space)
    assert QApplication.focusWidget() is panel.words
    assert session.undo_label == "把「培训」替换为「学习」（7 处）"
    assert session.document.overall_goal == "2026年𠮷林路学习一次。\n再学习一次。"
    assert session.document.projects[0].indicators[0].basis == "年初学习计划"
    assert lines(panel) == []
    session.undo()
    assert session.document is before
    panel.search_now()
    assert len(panel.model.hits) == 7


def test_undo_right_after_a_replacement_takes_that_back_and_not_the_words(searched: MainWindow) -> None:
    before = searched.editor.session.document
    panel = look_for(searched, "培训", replacing=True)
    panel.words.clear()
    panel.words.setFocus()
    QTest.keyClicks(panel.words, "2026")
    panel.words.setText("培训")
    panel.new_words.setText("讲课")
    panel.replace_all()
    panel.words.setFocus()
    press(Key.Key_Z, CTRL)
    assert searched.editor.session.document == before
    assert panel.words.text() == "培训"


def test_one_is_replaced_and_the_next_one_shown(searched: MainWindow) -> None:
    session = searched.editor.session
    panel = look_for(searched, "培训", replacing=True)
    panel.new_words.setFocus()
    write("大培训")
    press(Key.Key_Return)  # nothing is marked yet: it is shown first
    assert session.undo_label == "准备"
    press(Key.Key_Return)
    assert session.document.overall_goal == "2026年𠮷林路大培训一次。\n再培训一次。"
    assert panel.marked() == Hit("overall_goal", 16, 18)
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert session.document.overall_goal == "2026年𠮷林路大培训一次。\n再大培训一次。"
    assert session.document.sub_goals.items[1].heading == "大培训"
    assert panel.marked() == Hit("projects[p1].goals[0]", 1, 3)
    assert QApplication.focusWidget() is panel.new_words
    for _ in range(3):
        session.undo()
    assert session.undo_label == "准备"


def test_only_ticked_hits_are_replaced(searched: MainWindow) -> None:
    session = searched.editor.session
    panel = look_for(searched, "培训", replacing=True)
    panel.new_words.setText("学习")
    panel._tick_none.click()
    assert not panel._replace_all.isEnabled()
    panel.list.setFocus()
    panel.list.mark(1)
    press(Key.Key_Space)
    panel.list.mark(2)
    press(Key.Key_Space)
    assert panel._replace_all.text() == panel._replace_all.accessibleName() == "替换勾选的 2 处"
    panel._replace_all.click()
    assert session.document.overall_goal == "2026年𠮷林路培训一次。\n再学习一次。"
    assert session.document.sub_goals.items[1].heading == "学习"
    assert session.document.projects[0].goals == ("甲培训", "乙")
    assert session.undo_label == "把「培训」替换为「学习」（2 处）"


def test_the_list_follows_edits_and_undo(searched: MainWindow, qtbot: QtBot) -> None:
    panel = look_for(searched, "培训")
    session = searched.editor.session
    session.edit("overall_goal", "别的")
    qtbot.waitUntil(lambda: len(panel.model.hits) == 5)
    session.undo()
    qtbot.waitUntil(lambda: len(panel.model.hits) == 7)


def test_the_search_stays_from_step_to_step(searched: MainWindow) -> None:
    panel = look_for(searched, "培训")
    searched.editor.show_step(4)
    searched.editor.show_step(1)
    assert panel.isVisible()
    assert (panel.words.text(), len(panel.model.hits)) == ("培训", 7)


def test_year_and_unplaced_lines_are_shown_and_not_replaced(searched: MainWindow) -> None:
    panel = look_for(searched, "2026", replacing=True)
    assert [hit.path for hit in panel.model.hits] == ["year", "overall_goal"]
    assert panel._status.text().startswith("共 2 处，在 2 个字段；其中 1 处")
    panel.new_words.setText("2027")
    panel.replace_all()
    document = searched.editor.session.document
    assert (document.year, document.overall_goal[:5]) == (2026, "2027年")
    panel.words.setText("附注")
    assert lines(panel) == ["未能归位的文字 1　1 处", "【附注】一行（只能查看）"]
    panel.list.mark(0)
    panel.show_marked(True)
    assert searched.editor.step == 6


def test_a_final_text_can_be_searched_and_not_replaced(searched: MainWindow) -> None:
    session = searched.editor.session
    session.change("定稿", replace(session.draft, state="定稿"))
    panel = look_for(searched, "培训", replacing=True)
    assert QApplication.focusWidget() is panel.words
    assert len(panel.model.hits) == 7
    assert "已定稿" in panel._status.text()
    assert not panel._replace.isEnabled()
    assert not panel._replace_all.isEnabled()
    before = session.document
    panel.replace_all()
    panel.list.mark(0)
    panel.replace_one()
    assert session.document is before


def test_case_and_width_are_options(searched: MainWindow) -> None:
    searched.editor.session.edit("unit.name", "ＡＢ站 ab站")
    panel = look_for(searched, "ab")
    assert len(panel.model.hits) == 2
    panel._width.setChecked(False)
    assert len(panel.model.hits) == 1
    panel._width.setChecked(True)
    panel._case.setChecked(True)
    assert len(panel.model.hits) == 1


def test_what_is_being_typed_in_a_cell_is_found(searched: MainWindow) -> None:
    searched.editor.show_place("projects[p1].indicators[i1].description")
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "xyz")
    panel = look_for(searched, "xyz")
    assert [hit.path for hit in panel.model.hits] == ["projects[p1].indicators[i1].description"]


def test_a_large_draft_is_searched_without_the_window_waiting(searched: MainWindow, qtbot: QtBot) -> None:
    rows = tuple(replace(ROW, id=f"i{n}") for n in range(20))
    projects = tuple(Project(f"p{n}", name="培训项目", indicators=rows) for n in range(30))
    searched.editor.session.change("很多", replace(searched.editor.session.document, projects=projects))
    panel = look_for(searched, "培训")
    assert panel.model.hits == ()
    qtbot.waitUntil(lambda: len(panel.model.hits) == 3 + 30 * (1 + 3 * 20))
    panel.words.setText("年初")
    panel.replace_all()  # at once, although nothing was found in the worker yet
    assert searched.editor.session.undo_label == "把「年初」替换为「」（600 处）"


def test_the_panel_is_closed_from_the_keyboard(searched: MainWindow) -> None:
    field: QWidget = QApplication.focusWidget()
    panel = look_for(searched, "培训")
    close = next(b for b in panel.findChildren(QWidget) if b.accessibleName() == "关闭")
    close.setFocus()
    press(Key.Key_Space)
    assert searched.editor.side.current == ""
    assert QApplication.focusWidget() is field


def test_every_control_of_the_panel_is_named_and_reached_by_tab(searched: MainWindow) -> None:
    panel = look_for(searched, "培训")
    names = []
    while panel.isAncestorOf(QApplication.focusWidget()):
        names.append(QApplication.focusWidget().accessibleName())
        press(Key.Key_Tab)
    assert names == [
        *("查找", "替换为", "区分大小写", "全半角不分", "上一处", "下一处", "替换", "全部替换"),
        *("命中列表", "全勾选", "全不勾选", "关闭"),
    ]


def test_a_hit_is_seen_however_narrow_the_panel_is(searched: MainWindow) -> None:
    font = searched.font()
    parts = ("前" * 14, "命中", "后" * 24)
    for room in (60, 120, 240, 480):
        fitted = [text for text, _font in _fitted(parts, font, font, room)]
        assert sum(QFontMetrics(font).horizontalAdvance(text) for text in fitted) <= room
        assert fitted[1] == "【命中】"
    assert [text for text, _font in _fitted(("前", "命中", "后"), font, font, 480)] == ["前", "【命中】", "后"]


def test_the_arrow_keys_go_from_hit_to_hit(searched: MainWindow) -> None:
    panel = look_for(searched, "培训")
    panel.list.setFocus()
    places = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Up):
        press(key)
        places.append(panel.list.place)
    assert places == [1, 2, 3, 2, 1, 0, 0]  # the first one is marked as the list gets the focus
    press(Key.Key_End, CTRL)
    assert panel.list.place == 6
    press(Key.Key_Home, CTRL)
    assert panel.list.place == 0


def test_a_click_on_the_button_leads_into_the_box_and_not_into_the_cell(searched: MainWindow) -> None:
    editor = searched.editor
    editor.show_place("projects[p1].indicators[i1].name")
    button = next(button for button in editor.side.buttons.findChildren(QPushButton) if button.text() == "查找")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = editor.side.panel("find")
    assert isinstance(panel, FindPanel)
    assert QApplication.focusWidget() is panel.words
    QTest.keyClicks(QApplication.focusWidget(), "2")
    assert editor.session.get("projects[p1].indicators[i1].name") == "培训场次"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not editor.side.isVisible()
    assert editor.current.isAncestorOf(QApplication.focusWidget())


def with_report(draft: Draft, state: str) -> Draft:
    """A 自评 of the first project, in whose reason a word of the text stands."""
    result = ProjectResult(draft.document.projects[0].id, reason="培训推迟，培训场地在修。")
    return replace(draft, reports=(Report("r1", "自评", 2026, state=state, projects=(result,)),))


def test_in_a_final_text_words_of_its_report_are_still_replaced(searched: MainWindow) -> None:
    session = searched.editor.session
    session.change("自评", with_report(session.draft, "草稿"))
    session.change("定稿", replace(session.draft, state="定稿"))
    panel, before = look_for(searched, "培训", replacing=True), session.document
    panel.new_words.setText("轮训")
    panel.replace_all()
    assert session.document is before
    assert session.draft.reports[0].projects[0].reason == "轮训推迟，轮训场地在修。"


def test_what_stands_in_a_final_report_is_neither_replaced_nor_counted(searched: MainWindow) -> None:
    session, said = searched.editor.session, []
    session.change("自评", with_report(session.draft, "定稿"))
    panel = look_for(searched, "培训", replacing=True)
    panel.message.connect(said.append)
    assert "2 处在定稿的内容里，只能查看" in panel._status.text()
    panel.new_words.setText("轮训")
    panel.replace_all()
    assert said == ["已替换 7 处，在 6 个字段，可以一步撤销。"]
    assert session.draft.reports[0].projects[0].reason == "培训推迟，培训场地在修。"
