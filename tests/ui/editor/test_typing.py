"""What is typed is saved within a second, can be taken back, and is never half a word."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from models.errors import UserError
from models.session.session import Session
from models.store import open_store
from ui.editor.fields import CheckField, ChoiceField, LineField, TextField
from ui.shell.main_window import MainWindow
from ui.widgets import questions


def field(window: MainWindow, path: str) -> LineField | TextField:
    window.editor.show_place(path)
    return next(f for f in window.editor.current.fields if f.path == path)


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def stored(window: MainWindow) -> Draft:
    other = open_store(window.store.path)
    try:
        return other.load(window.editor.session.draft_id)
    finally:
        other.close()


def test_typing_is_on_the_disk_by_itself_while_the_field_has_the_focus(opened: MainWindow, qtbot: QtBot) -> None:
    goal = field(opened, "overall_goal")
    qtbot.keyClicks(goal, "abc")
    assert opened.bar.saved.text() == "正在保存…"
    qtbot.waitUntil(lambda: opened.bar.saved.text().startswith("已保存 "))
    assert stored(opened).document.overall_goal == "abc"


def test_somebody_who_never_pauses_is_saved_all_the_same(opened: MainWindow, qtbot: QtBot) -> None:
    goal = field(opened, "overall_goal")
    struck = 0
    while not stored(opened).document.overall_goal and struck < 1000:
        qtbot.keyClicks(goal, "x", delay=100)
        struck += 1
    assert stored(opened).document.overall_goal


def test_a_word_that_is_dragged_within_a_field_is_one_step(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = field(opened, "overall_goal")
    goal.setPlainText("甲乙丙丁")
    words, mouse = QMimeData(), Qt.MouseButton.LeftButton
    words.setText("甲")

    def move(field: TextField, event: QDropEvent) -> None:
        """As Qt does it: out and in within one block of edits. A test cannot drag, so that Qt would know its own words."""
        place, chosen = QTextCursor(field.document()), QTextCursor(field.document())
        place.setPosition(4)
        chosen.setPosition(1, QTextCursor.MoveMode.KeepAnchor)
        place.beginEditBlock()
        chosen.removeSelectedText()
        field.setTextCursor(place)
        field.insertFromMimeData(event.mimeData())
        place.endEditBlock()

    monkeypatch.setattr(QPlainTextEdit, "dropEvent", move)
    goal.dropEvent(QDropEvent(QPointF(), Qt.DropAction.MoveAction, words, mouse, Qt.KeyboardModifier.NoModifier))
    session = opened.editor.session
    assert session.get("overall_goal") == goal.toPlainText() == "乙丙丁甲"
    session.undo()
    assert session.get("overall_goal") == goal.toPlainText() == "甲乙丙丁"


def test_ctrl_z_in_a_field_takes_back_the_draft_s_last_step_and_ctrl_y_brings_it_again(
    opened: MainWindow, qtbot: QtBot
) -> None:
    goal = field(opened, "overall_goal")
    qtbot.keyClicks(goal, "abc")
    qtbot.keyClick(goal, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert goal.toPlainText() == opened.editor.session.document.overall_goal == ""
    qtbot.keyClick(goal, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert goal.toPlainText() == "abc"
    qtbot.keyClick(goal, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(goal, Qt.Key.Key_Z, shift)
    assert goal.toPlainText() == "abc"


def test_undo_names_its_step_and_leads_to_the_place_it_changed(opened: MainWindow, qtbot: QtBot) -> None:
    heading = field(opened, "sub_goals[s2].heading")
    heading.setText("种植培训")
    opened.editor.show_step(1)
    assert opened.menus.actions["edit.undo"].text() == "撤销 修改 分项目标 2 · 标题"
    opened.menus.actions["edit.undo"].trigger()
    assert opened.editor.step == 3
    assert opened.editor.path == "sub_goals[s2].heading"
    assert opened.editor.session.get("sub_goals[s2].heading") == "培训"


def test_undo_takes_back_a_phrase_and_leaves_the_ones_before(opened: MainWindow, qtbot: QtBot) -> None:
    opened.editor.show_step(2)
    goal = field(opened, "overall_goal")
    goal.setFocus()
    for words in ("建成泵站三座，", "修复渠道", "十二公里。"):
        for char in words:
            compose(goal, "", commit=char)
    texts = []
    for _phrase in range(2):
        qtbot.keyClick(goal, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        texts.append(opened.editor.session.document.overall_goal)
    assert texts == ["建成泵站三座，", ""]
    assert goal.toPlainText() == ""
    qtbot.keyClick(goal, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert goal.toPlainText() == "建成泵站三座，"


def test_undo_at_the_beginning_and_redo_at_the_end_say_so(opened: MainWindow, qtbot: QtBot) -> None:
    goal = field(opened, "overall_goal")
    goal.setFocus()
    qtbot.keyClick(goal, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "历史版本" in opened.statusBar().currentMessage()
    qtbot.keyClick(goal, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert opened.statusBar().currentMessage() == "没有可以重做的了。"


def test_undo_of_a_deleted_item_shows_it_again(opened: MainWindow) -> None:
    field(opened, "sub_goals[s2].heading")
    opened.editor.current._remove()
    assert [item.id for item in opened.editor.session.document.sub_goals.items] == ["s1"]
    opened.editor.show_step(6)
    opened.editor.undo()
    assert opened.editor.step == 3
    assert opened.editor.current._current == "s2"


@pytest.mark.parametrize("path", ["overall_goal", "unit.name"])
def test_a_word_being_composed_is_neither_saved_half_nor_takes_the_selected_text_away(
    opened: MainWindow, qtbot: QtBot, path: str
) -> None:
    session = opened.editor.session
    widget = field(opened, path)
    session.edit(path, "旧的")
    widget.selectAll()
    compose(widget, "nong")
    opened.editor.saver.flush()
    assert session.get(path) == "旧的"
    widget.refresh()  # another change arrives meanwhile
    compose(widget, "nong ye")
    compose(widget, "", "农业")
    assert session.get(path) == "农业"
    compose(widget, "zhan", "技术")
    assert session.get(path) == "农业技术"
    compose(widget, "", "站")
    assert session.get(path) == "农业技术站"


def test_a_composition_given_up_leaves_what_the_field_shows(opened: MainWindow) -> None:
    widget = field(opened, "unit.name")
    compose(widget, "wei")
    compose(widget, "")
    assert opened.editor.session.get("unit.name") == widget.text() == "云泽县农业技术推广站"


def test_characters_no_file_can_hold_are_taken_out_and_it_is_said(opened: MainWindow) -> None:
    goal = field(opened, "overall_goal")
    goal.insertPlainText("农\x01业\u202e𠮷")
    assert goal.toPlainText() == opened.editor.session.document.overall_goal == "农业𠮷"
    assert opened.statusBar().currentMessage() == "已去掉 2 个文件里存不下的字符。"


def test_a_change_elsewhere_keeps_cursor_and_scroll_of_a_text(opened: MainWindow) -> None:
    goal = field(opened, "overall_goal")
    goal.setPlainText("一二三\n四五六")
    cursor = goal.textCursor()
    cursor.setPosition(5)
    goal.setTextCursor(cursor)
    opened.editor.session.edit("overall_goal", "𠮷一二三\n四五六")
    assert goal.textCursor().position() == 7  # 𠮷 counts two


def test_a_section_heading_emptied_is_absent(opened: MainWindow) -> None:
    field(opened, "headings.part_two").clear()
    assert opened.editor.session.document.headings.part_two is None


def test_a_value_the_list_does_not_know_is_kept_and_shown(qtbot: QtBot) -> None:
    session = Session(Draft())
    session.edit("sub_goals.numbering", "【{n}】")
    choice = ChoiceField(session, "sub_goals.numbering", [("（{cn}）", "（一）")])
    qtbot.addWidget(choice)
    assert choice.currentText() == "【{n}】"
    choice.setCurrentIndex(0)
    assert session.document.sub_goals.numbering == "（{cn}）"


def test_a_field_whose_part_is_gone_is_empty_and_disabled(qtbot: QtBot) -> None:
    session = Session(Draft())
    for widget in (LineField(session, "sub_goals[s9].heading"), CheckField(session, "sub_goals[s9].run_in", "同段")):
        qtbot.addWidget(widget)
        assert not widget.isEnabled()


class _Full:
    """A store on a full disk."""

    def __init__(self) -> None:
        self.full, self.saved = True, 0

    def save(self, *_: object) -> None:
        if self.full:
            raise UserError("磁盘空间不足。")
        self.saved += 1


@pytest.fixture
def full(opened: MainWindow) -> Iterator[_Full]:
    store = _Full()
    opened.editor.session._store = store
    yield store
    store.full = False


def test_a_store_that_fails_shows_a_banner_until_it_succeeds_and_keeps_the_edit(
    opened: MainWindow, full: _Full, qtbot: QtBot
) -> None:
    editor = opened.editor
    field(opened, "unit.name").setText("新名")
    assert not editor.save_now()
    assert editor._banner.isVisible()
    assert editor._banner_text.text() == "未能保存：磁盘空间不足。"
    assert opened.bar.saved.text() == "未能保存"
    assert editor.session.get("unit.name") == "新名"
    full.full = False
    assert editor.saver.flush()
    assert full.saved == 1
    assert not editor._banner.isVisible()


def test_closing_warns_when_the_last_words_cannot_be_saved(
    opened: MainWindow, full: _Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    field(opened, "unit.name").setText("新名")
    monkeypatch.setattr(questions, "ask_to_leave", lambda *_asked: questions.STAY)
    assert not opened.close()
    assert opened.isVisible()


def test_closing_saves_a_word_just_composed(opened: MainWindow, qtbot: QtBot) -> None:
    draft_id, path = opened.editor.session.draft_id, opened.store.path
    compose(field(opened, "overall_goal"), "", "最后一词")
    assert opened.close()
    store = open_store(path)
    assert store.load(draft_id).document.overall_goal == "最后一词"
    store.close()


def test_no_break_spaces_outlive_looking_at_a_text_and_typing_in_it(opened: MainWindow) -> None:
    editor = opened.editor
    editor.session.edit("overall_goal", "甲\u00a0乙")
    before = editor.session.draft
    editor.show_place("overall_goal")
    editor.show_step(1)
    assert editor.session.draft is before
    editor.show_place("overall_goal")
    field = next(f for f in editor.current.fields if f.path == "overall_goal")
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertPlainText("x")
    assert editor.session.document.overall_goal == "甲\u00a0乙x"
