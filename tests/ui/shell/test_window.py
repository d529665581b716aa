"""Finding one's way: start page, steps by key, the place returned to, names of all controls, faults."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.document.tree import Indicator
from models.errors import UserError
from models.store import Store
from ui.app import faults
from ui.app.application import reach_input_methods
from ui.editor.draft_editor import STEPS
from ui.editor.field_places import changed_place, step_of
from ui.shell.draft_table import local_time
from ui.shell.main_window import MainWindow
from ui.shell.start_page import StartPage

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)
OWN_STEPS = (1, 2, 3, 4, 6)


def unnamed(page: QWidget) -> list[str]:
    """The visible controls whose accessible name is no visible text beside or on them."""
    words = {label.text() for label in page.findChildren(QLabel) if label.isVisible()}
    words |= {box.title() for box in page.findChildren(QGroupBox)}
    wrong = []
    for control in page.findChildren(QWidget):
        inner = control.objectName().startswith("qt_") or isinstance(control, QHeaderView)
        if not isinstance(control, CONTROLS) or inner or not control.isVisible() or _is_part_of_another(control):
            continue
        shown = words | ({control.text()} if isinstance(control, QAbstractButton) else set())
        if not control.accessibleName() or control.accessibleName() not in shown:
            wrong.append(f"{type(control).__name__} «{control.accessibleName()}»")
    return wrong


def _is_part_of_another(control: QWidget) -> bool:
    parent = control.parentWidget()
    return isinstance(parent, (QLineEdit, QComboBox, QAbstractItemView)) or type(parent).__name__.startswith("QCombo")


def test_the_first_start_says_how_to_begin(window: MainWindow) -> None:
    page = window.start_page
    assert [button.text() for button in page.welcome.buttons.values()] == ["新建", "导入文件", "打开示例", "恢复备份"]
    assert all(button.isVisible() for button in page.welcome.buttons.values())
    assert page.welcome.buttons["drafts.new"].hasFocus()
    assert not page.buttons.isVisible()
    assert unnamed(page) == []


def test_every_control_has_a_visible_label_as_its_accessible_name(opened: MainWindow) -> None:
    assert unnamed(opened.editor) == []
    for number in OWN_STEPS:
        opened.editor.show_step(number)
        assert unnamed(opened.editor.current) == [], STEPS[number - 1][0]
    opened.go_home()
    assert unnamed(opened.start_page) == []


def test_the_tab_key_follows_reading_order(opened: MainWindow) -> None:
    for number in (*OWN_STEPS, 0):
        if number:
            opened.editor.show_step(number)
            page = opened.editor.current
        else:
            opened.go_home()
            page = opened.start_page
        stops, widget = [], page.nextInFocusChain()
        while page.isAncestorOf(widget):
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                stops.append(widget)
            widget = widget.nextInFocusChain()
        assert stops
        assert [_name(w) for w in stops] == [_name(w) for w in _as_read(stops, page)], number


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or type(widget).__name__


def _as_read(stops: list[QWidget], page: QWidget) -> list[QWidget]:
    """Down each column (the list and its form, the page and its buttons), rows from left to right."""

    def place(widget: QWidget) -> tuple[int, int, int]:
        at = widget.mapTo(page, QPoint(0, min(widget.height(), 30) // 2))
        column = 0
        holder = widget
        while holder is not page:
            if isinstance(holder.parentWidget(), QSplitter):
                column = 1 + holder.parentWidget().indexOf(holder)
            holder = holder.parentWidget()
        if isinstance(page, StartPage) and widget in page.buttons.buttons.values():
            column = 1
        return column, at.y(), at.x()

    ordered: list[tuple[int, int, int, QWidget]] = []
    row = (-1, 0)
    for widget in sorted(stops, key=place):
        column, y, x = place(widget)
        if column != row[0] or y - row[1] > 15:  # otherwise it stands in the row of the one before
            row = (column, y)
        ordered.append((*row, x, widget))
    return [widget for *_, widget in sorted(ordered, key=lambda entry: entry[:3])]


def test_alt_and_a_number_and_ctrl_page_keys_jump_between_the_steps(opened: MainWindow, qtbot: QtBot) -> None:
    editor = opened.editor
    for number in (3, 6, 1):
        qtbot.keyClick(opened, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda number=number: editor.step == number)
    qtbot.keyClick(opened, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.step == 2)
    qtbot.keyClick(opened, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.step == 1)


def test_a_draft_opens_at_the_field_where_it_was_left(opened: MainWindow, qtbot: QtBot) -> None:
    draft_id = opened.editor.session.draft_id
    opened.editor.show_place("sub_goals[s2].goal")
    opened.editor.show_place("sub_goals[s2].heading")
    opened.go_home()
    opened.open_draft(draft_id)
    assert opened.editor.step == 3
    assert opened.editor.path == "sub_goals[s2].heading"
    assert QApplication.focusWidget().text() == "培训"


def test_a_place_that_is_gone_opens_its_step(opened: MainWindow) -> None:
    draft_id = opened.editor.session.draft_id
    opened.editor.show_place("sub_goals[s2].heading")
    opened.go_home()
    opened.store.set_place(draft_id, "sub_goals[gone].heading", 3)
    opened.open_draft(draft_id)
    assert opened.editor.step == 3


def test_enter_opens_the_marked_draft_and_the_search_finds_it(opened: MainWindow, qtbot: QtBot) -> None:
    opened.go_home()
    page = opened.start_page
    opened.drafts.copy(page.chosen())
    assert page.table.model().rowCount() == 2
    page.search.setText("没有这个单位")
    assert page.table.model().rowCount() == 0
    page.search.setText("云泽")
    assert page.table.model().rowCount() == 2
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.editor is not None


def test_a_trashed_draft_can_be_had_back(opened: MainWindow, qtbot: QtBot) -> None:
    opened.go_home()
    page = opened.start_page
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page._empty.isVisible()
    page.trash_box.setChecked(True)
    assert page.buttons.buttons["trash"].text() == "移出回收站"
    page.buttons.buttons["trash"].click()
    page.trash_box.setChecked(False)
    assert page.table.model().rowCount() == 1


def test_a_store_that_does_not_open_is_explained_and_can_be_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    def no_store() -> Store:
        raise UserError("数据文件是只读的。")

    window = MainWindow(tmp_path, no_store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: hasattr(window, "fault_page") and window.fault_page.isVisible())
    assert window.fault_page.reason.text() == "数据文件是只读的。"
    assert window.fault_page._retry.hasFocus()


def test_an_error_of_ours_is_one_sentence_and_a_trace_without_the_user_s_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    faults.catch_faults(tmp_path, told.append)
    with pytest.raises(ValueError, match="机密") as raised:
        int("机密的预算数")
    sys.excepthook(ValueError, raised.value, raised.tb)
    log = (tmp_path / faults.LOG_NAME).read_text(encoding="utf-8")
    assert told == [faults.SENTENCE]
    assert "builtins.ValueError" in log
    assert "test_window.py" in log
    assert "机密" not in log


def test_items_are_added_copied_moved_and_deleted_each_in_one_step(opened: MainWindow, qtbot: QtBot) -> None:
    opened.editor.show_step(3)
    step, session = opened.editor.current, opened.editor.session
    buttons = {b.text(): b for b in step._list.findChildren(QAbstractButton)}
    buttons["添加"].click()
    assert len(session.document.sub_goals.items) == 3
    QTest.keyClicks(QApplication.focusWidget(), "new")
    assert session.document.sub_goals.items[1].heading == "new"
    qtbot.waitUntil(lambda: step._list._list.item(1).text() == "（二）new")
    buttons["复制"].click()
    assert [item.heading for item in session.document.sub_goals.items] == ["灌溉", "new", "new", "培训"]
    buttons["上移"].click()
    buttons["删除"].click()
    assert session.undo_label == "删除 分项目标 2"
    for _ in range(4):
        session.undo()
    assert [item.heading for item in session.document.sub_goals.items] == ["灌溉", "", "培训"]


def test_an_item_that_prints_no_pair_says_so_and_can_be_given_one(opened: MainWindow) -> None:
    opened.editor.show_place("sub_goals[s2].heading")
    step, session = opened.editor.current, opened.editor.session
    pair, text = step._pairs[0]
    assert not pair.isChecked()
    assert not text.isEnabled()
    pair.click()
    assert session.get("sub_goals[s2].goal") == ""
    assert text.isEnabled()


def test_the_own_number_of_an_item_stands_in_its_field_and_a_drawn_one_as_a_hint(opened: MainWindow) -> None:
    opened.editor.show_place("sub_goals[s2].heading")
    number = opened.editor.current._item_fields["number"]
    assert number.text() == "(2) "
    number.clear()
    assert opened.editor.session.get("sub_goals[s2].number") is None
    assert number.placeholderText() == "（二）（自动）"


def test_an_export_is_told_in_the_window_with_a_way_to_open_it(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    step = opened.editor.export_step()
    with qtbot.waitSignal(step.out.exported):
        step.out.export_to(tmp_path / "文本.txt")
    assert (tmp_path / "文本.txt").exists()
    assert step.result.text().startswith("已导出：")
    assert "未能归位的文字没有打印" in step.result.text()
    assert step.out.open_file.isVisible()
    assert step.out._open_folder.isVisible()
    assert opened.recall_folder("export.folder") == tmp_path


def test_a_step_seen_again_has_the_cursor_where_it_was(opened: MainWindow, qtbot: QtBot) -> None:
    opened.editor.show_place("sub_goals[s2].heading")
    opened.editor.show_step(1)
    qtbot.waitUntil(lambda: opened.editor.path == "year")
    opened.editor.show_step(3)
    qtbot.waitUntil(lambda: opened.editor.path == "sub_goals[s2].heading")


def test_an_export_that_fails_says_why_in_the_window(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    step = opened.editor.export_step()
    step.out.export_to(tmp_path / "没有的文件夹" / "文本.txt")
    qtbot.waitUntil(lambda: step.result.text().startswith("没有导出："))
    assert not step.out.open_file.isVisible()


def test_dialogs_of_qt_speak_chinese(qapp: QApplication) -> None:
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


@pytest.mark.parametrize(
    ("path", "step"),
    [("year", 1), ("headings.part_two", 1), ("overall_goal", 2), ("sub_goals[s1].text", 3), ("headings.safeguards", 4)],
)
def test_every_field_has_its_step(path: str, step: int) -> None:
    assert step_of(path) == step


def test_the_place_of_a_change_is_the_field_that_changed(opened: MainWindow) -> None:
    session = opened.editor.session
    before = session.draft
    session.edit("projects[p1].budget", "1")
    assert changed_place(before, session.draft) == "projects[p1].budget"


def test_a_time_is_shown_as_the_clock_on_the_wall_here() -> None:
    assert len(local_time("2026-11-20T23:13:00Z")) == 16
    assert local_time("gestern") == "gestern"


def test_fcitx_is_reached_through_ibus_unless_the_user_chose_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.delenv("QT_IM_MODULES", raising=False)
    monkeypatch.delenv("IBUS_USE_PORTAL", raising=False)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    reach_input_methods()
    assert (os.environ["QT_IM_MODULES"], os.environ["IBUS_USE_PORTAL"]) == ("fcitx;ibus", "1")
    os.environ["QT_IM_MODULES"] = "wayland"
    reach_input_methods()
    assert os.environ["QT_IM_MODULES"] == "wayland"


@pytest.mark.parametrize(("named", "tried"), [("@im=fcitx", "fcitx;ibus"), ("@im=ibus", "ibus"), ("@im=none", None)])
def test_an_input_method_that_is_named_to_x_alone_is_reached(
    named: str, tried: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {"XMODIFIERS": named})
    reach_input_methods()
    assert os.environ.get("QT_IM_MODULES") == tried


def test_rows_a_tier_scheme_does_not_know_are_named_and_kept(opened: MainWindow) -> None:
    session = opened.editor.session
    rows = (Indicator("i1", "产出指标", "数量指标"), Indicator("i2", "别的指标", "自拟指标"))
    for place, row in enumerate(rows):
        session.insert("projects[p1].indicators", place, row)
    opened.editor.show_step(1)
    told = opened.editor.current._tiers
    assert told.isVisible()
    assert "项目 1 第 2 行「别的指标 / 自拟指标」" in told.text()
    assert "第 1 行" not in told.text()
    session.edit("settings.tier_scheme", "2021")
    assert session.get("projects[p1].indicators") == rows
