"""The list of items from the keyboard: every command is one named step, and nothing needs a mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from models.document.tree import GoalDocument, Measure
from tests.ui.conftest import settle
from ui.editor.fields import LineField, TextField
from ui.editor.steps.item_list import ItemList
from ui.shell.main_window import MainWindow

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def listed(opened: MainWindow) -> MainWindow:
    """The third step with five sub-goals, the keyboard in the list."""
    session = opened.editor.session
    opened.editor.show_step(3)
    for name in ("丙", "丁", "戊"):
        opened.editor.current._add()
        QApplication.focusWidget().setText(name)
    session.edit("sub_goals[s2].number", None)
    session.leave_field()
    step = opened.editor.current
    step.choose_item("s1")
    assert headings(opened) == ["灌溉", "丙", "丁", "戊", "培训"]
    return opened


def headings(window: MainWindow) -> list[str]:
    return [item.heading for item in window.editor.session.document.sub_goals.items]


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def marked(window: MainWindow) -> str:
    item = window.editor.current.chosen_item()
    return item.heading if item else ""


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_F2])
def test_enter_and_f2_go_to_the_heading_of_the_marked_item(listed: MainWindow, key: Qt.Key) -> None:
    press(Key.Key_Down)
    press(key)
    assert listed.editor.path.endswith(".heading")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.text() == "丙"


def test_alt_and_an_arrow_move_the_item_and_the_mark_with_it(listed: MainWindow) -> None:
    press(Key.Key_Down, ALT)
    assert headings(listed) == ["丙", "灌溉", "丁", "戊", "培训"]
    assert listed.editor.session.undo_label == "移动 分项目标 1"
    assert marked(listed) == "灌溉"
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)  # it is the first already
    assert headings(listed) == ["灌溉", "丙", "丁", "戊", "培训"]
    assert listed.editor.session.undo_label == "移动 分项目标 2"


def test_delete_removes_the_item_and_one_undo_brings_it_back(listed: MainWindow) -> None:
    press(Key.Key_Down)
    press(Key.Key_Delete)
    assert headings(listed) == ["灌溉", "丁", "戊", "培训"]
    assert listed.editor.session.undo_label == "删除 分项目标 2"
    assert marked(listed) == "丁"
    listed.editor.undo()
    assert headings(listed) == ["灌溉", "丙", "丁", "戊", "培训"]


def test_every_button_is_one_step_with_a_name(listed: MainWindow) -> None:
    session = listed.editor.session
    states = [session.document]
    for text, label in (
        ("添加", "添加 分项目标"),
        ("复制", "复制 分项目标"),
        ("下移", "移动 分项目标 3"),
        ("上移", "移动 分项目标 4"),
        ("删除", "删除 分项目标 3"),
    ):
        button = next(b for b in _buttons(listed) if b.text() == text)
        button.setFocus()
        press(Key.Key_Space)
        assert session.undo_label == label
        states.append(session.document)
    for state in reversed(states[:-1]):
        session.undo()
        assert session.document is state


def _buttons(window: MainWindow) -> list:
    step_list: ItemList = window.editor.current._list
    return step_list.buttons


def test_digits_go_to_the_item_with_that_place_and_letters_to_their_words(listed: MainWindow, qtbot: QtBot) -> None:
    shown = listed.editor.current._list._list
    shown.keyboardSearch("4")
    assert marked(listed) == "戊"
    shown.keyboardSearch("丁")
    assert marked(listed) == "丁"
    shown.keyboardSearch("9")
    assert marked(listed) == "丁"


def test_tab_leaves_the_list_for_its_buttons(listed: MainWindow) -> None:
    names = []
    for _ in range(6):
        press(Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["添加", "复制", "删除", "上移", "下移", "拆分"]


def test_a_measure_that_was_copied_has_no_typed_number_twice(opened: MainWindow) -> None:
    session = opened.editor.session
    session.edit("safeguards[m1].number", "一、")
    opened.editor.show_step(4)
    next(b for b in _buttons(opened) if b.text() == "复制").click()
    first, second = session.document.safeguards.items
    assert (first.number, second.number) == ("一、", None)
    assert second == Measure(second.id, None, first.heading, first.run_in, first.text)


def test_the_last_item_deleted_leaves_an_explanation(opened: MainWindow) -> None:
    opened.editor.show_step(4)
    opened.editor.current._list.focus_list()
    press(Key.Key_Delete)
    step = opened.editor.current
    assert step._empty.isVisible()
    assert "还没有保障措施" in step._empty.text()
    assert not any(button.isEnabled() for button in step._list.buttons[1:])
    opened.editor.undo()
    assert not step._empty.isVisible()


def test_a_field_that_gets_the_focus_is_seen_in_a_low_window(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(opened.width(), 400)
    for name in ("indicator", "number"):
        opened.editor.show_place(f"sub_goals[s1].{name}")
        field = QApplication.focusWidget()
        assert field.path == f"sub_goals[s1].{name}"
        qtbot.waitUntil(lambda field=field: not field.visibleRegion().isEmpty())


def test_enter_on_a_project_goes_to_its_name(opened: MainWindow) -> None:
    opened.editor.show_step(5)
    opened.editor.current._list.focus_list()
    press(Key.Key_Return)
    assert opened.editor.path == "projects[p1].name"


@pytest.mark.parametrize("lines", [3, 5])
def test_a_text_of_several_lines_is_seen_whole_without_scrolling(opened: MainWindow, qtbot: QtBot, lines: int) -> None:
    opened.editor.show_place("sub_goals[s1].goal")
    field = opened.editor.current._item_fields["goal"]
    qtbot.waitUntil(field.isVisible)
    opened.editor.session.edit("sub_goals[s1].goal", "\n".join(f"（{n}）整治堤防12.5公里 abg。" for n in range(lines)))
    qtbot.waitUntil(lambda: field.verticalScrollBar().maximum() == 0)
    assert field.document().documentLayout().documentSize().height() == lines


def test_the_menu_at_a_line_does_what_the_buttons_do(listed: MainWindow) -> None:
    items = listed.editor.current.findChild(ItemList)
    commands = {action.text(): action for action in items.menu().actions()}
    assert list(commands) == ["添加", "复制", "删除", "上移", "下移", "拆分"]
    commands["下移"].trigger()
    assert headings(listed) == ["丙", "灌溉", "丁", "戊", "培训"]
    commands["删除"].trigger()
    assert headings(listed) == ["丙", "丁", "戊", "培训"]


def test_the_place_is_that_of_the_line_the_keyboard_is_at(listed: MainWindow) -> None:
    step = listed.editor.current
    listed.editor.show_place("sub_goals[s1].text")
    assert listed.bar.place.text().endswith("分项目标 1 · 正文")
    step._list.focus_list()
    assert listed.bar.place.text().endswith("分项目标 1")
    press(Key.Key_Down, ALT)
    assert listed.bar.place.text().endswith("分项目标 2")


@pytest.mark.parametrize(("number", "names"), [(3, {"heading", "goal", "indicator"}), (4, {"heading", "text"})])
def test_an_empty_item_shows_an_example_of_each_field(opened, number, names):
    opened.editor.show_step(number)
    step = opened.editor.current
    step._list.add.emit()
    shown = {
        field.path.rpartition(".")[2]
        for field in step.fields
        if isinstance(field, LineField | TextField) and field.placeholderText().startswith("例如：")
    }
    assert shown == names


@pytest.mark.parametrize(
    ("step", "fields"), [(3, ["heading", "text", "goal", "indicator"]), (4, ["heading", "text"])], ids=["③", "④"]
)
def test_tab_goes_from_one_place_to_write_to_the_next_and_past_the_boxes(
    opened: MainWindow, step: int, fields: list[str]
) -> None:
    """Words typed at a box would be lost."""
    opened.editor.show_step(step)
    page = opened.editor.current
    if page.chosen_item() is None:
        page._add()
    opened.editor.show_place(f"{page.section}[{page.chosen_item().id}].heading")
    seen = [opened.editor.path.rpartition(".")[2]]
    for _press in fields[1:]:
        press(Key.Key_Tab)
        seen.append(opened.editor.path.rpartition(".")[2])
    assert seen == fields


def test_a_single_item_cannot_be_moved(opened: MainWindow) -> None:
    opened.editor.show_step(4)
    buttons = opened.editor.current.findChild(ItemList).buttons
    enabled = {button.text(): button.isEnabled() for button in buttons}
    assert (enabled["上移"], enabled["下移"], enabled["复制"], enabled["删除"]) == (False, False, True, True)
    opened.editor.current._add()
    assert all(button.isEnabled() for button in buttons)


def test_a_field_that_is_not_printed_says_what_opens_it(opened: MainWindow) -> None:
    session = opened.editor.session
    opened.editor.show_step(3)
    session.change("不打印", replace(session.draft, document=_without_goal(session.document)))
    settle(opened)
    field = next(
        one for one in opened.editor.current.findChildren(QPlainTextEdit) if one.accessibleName() == "绩效目标"
    )
    assert not field.isEnabled()
    box = next(one for one in opened.editor.current.findChildren(QCheckBox) if "绩效目标" in one.text())
    assert box.text() in field.placeholderText()
    box.click()
    settle(opened)
    assert field.isEnabled()
    assert field.placeholderText().startswith("例如：")


def _without_goal(document: GoalDocument) -> GoalDocument:
    items = document.sub_goals.items
    return replace(document, sub_goals=replace(document.sub_goals, items=(replace(items[0], goal=None), *items[1:])))
