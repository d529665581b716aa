"""我的指标库: rows added, changed, hidden and undone by keyboard; imported from and exported to Excel."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Indicator, Project, Unit
from models.indicators.indicator_library import Entry
from models.indicators.own_library import OWN_SOURCE, load_own
from models.store import StoreError
from tests.opening import open_store
from tests.shared import CHECKOUT
from ui.features.library.own_entry_dialog import OwnEntryDialog
from ui.features.library.own_library_dialog import OwnLibraryDialog
from ui.features.library.own_library_model import Shown

SCHEME = load_template().scheme("2015")
ROW = Indicator("i1", "产出指标", "数量指标", "育秧盘数", "全年育秧", "≥90盘", "计划标准")


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "goalform.db")
    unit = Unit("618001", "云泽县农业技术推广站")
    store.create(Draft(GoalDocument(year=2025, unit=unit, projects=(Project("p1", name="育秧", indicators=(ROW,)),))))
    return store


@pytest.fixture
def dialog(qtbot, store):
    dialog = OwnLibraryDialog(store, SCHEME)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)  # its keys work in the window that has the keyboard
    return dialog


def names(dialog):
    return [entry.name for entry in dialog.model.lines]


def press(dialog, text):
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


def answer(monkeypatch, **texts):
    """Whoever is asked for an indicator types this."""

    def typed(form):
        for name, text in texts.items():
            getattr(form, name).setText(text)
        return OwnEntryDialog.DialogCode.Accepted

    monkeypatch.setattr(OwnEntryDialog, "exec", typed)


def test_what_drafts_used_is_there_with_its_values_by_year_and_unit(dialog):
    assert names(dialog) == ["育秧盘数"]
    line = dialog.values.topLevelItem(0)
    assert [line.text(column) for column in range(3)] == ["2025", "≥90盘", "云泽县农业技术推广站 育秧"]


def test_an_indicator_added_is_kept_at_once_and_undone_with_ctrl_z(dialog, store, monkeypatch):
    answer(monkeypatch, name="示范田块数")
    press(dialog, "添加…")
    assert [(row.name, row.tier2) for row in load_own(store).rows] == [("示范田块数", "数量指标")]
    assert dialog.chosen()[0].name == "示范田块数"
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert load_own(store).rows == ()
    assert names(dialog) == ["育秧盘数"]


def test_a_changed_indicator_stands_for_the_one_before_and_the_draft_stays_as_it_is(dialog, store, monkeypatch):
    answer(monkeypatch, name="育秧总盘数", description="")
    press(dialog, "修改…")
    assert names(dialog) == ["育秧总盘数"]
    assert dialog.model.lines[0].source == OWN_SOURCE
    assert store.used_indicators(0)[0].name == "育秧盘数"
    press(dialog, "撤销")
    assert names(dialog) == ["育秧盘数"]


def test_what_is_hidden_is_listed_apart_and_can_be_shown_again(dialog):
    press(dialog, "隐藏")
    assert names(dialog) == []
    dialog.wanted.setCurrentText(Shown.HIDDEN.value)
    assert names(dialog) == ["育秧盘数"]
    press(dialog, "恢复显示")
    dialog.wanted.setCurrentText(Shown.MINE.value)
    assert names(dialog) == ["育秧盘数"]


def test_an_own_row_is_deleted_and_comes_back(dialog, store, monkeypatch):
    answer(monkeypatch, name="示范田块数")
    press(dialog, "添加…")
    dialog.wanted.setCurrentText(Shown.OWN.value)
    press(dialog, "删除")
    assert load_own(store).rows == ()
    dialog.undo()
    assert names(dialog) == ["示范田块数"]


def test_the_list_is_searched_and_told_apart_by_where_rows_come_from(dialog):
    dialog.wanted.setCurrentText(Shown.ALL.value)
    everything = len(names(dialog))
    dialog.wanted.setCurrentText(Shown.PROGRAM.value)
    assert len(names(dialog)) == everything - 1
    dialog.wanted.setCurrentText(Shown.USED.value)
    QTest.keyClicks(dialog.search, "yyps")
    assert names(dialog) == ["育秧盘数"]
    dialog.search.setText("没有这样的")
    assert names(dialog) == []
    assert "没有符合的指标" in dialog.message.text()
    dialog.search.clear()
    assert dialog.message.text() == "共列出 1 条。"


def test_an_empty_list_that_is_filled_says_how_many_there_are(dialog):
    dialog.wanted.setCurrentText(Shown.HIDDEN.value)
    assert "没有符合的指标" in dialog.message.text()
    dialog.wanted.setCurrentText(Shown.USED.value)
    assert dialog.message.text() == "共列出 1 条。"


def test_what_is_listed_is_exported_and_comes_back_in_one_step(dialog, store, tmp_path):
    path = tmp_path / "我的指标库.xlsx"
    dialog.export_file(path)
    assert "已导出 1 条" in dialog.message.text()
    dialog.import_file(path)
    assert "新增 1 条" in dialog.message.text()
    assert [row.name for row in load_own(store).rows] == ["育秧盘数"]
    dialog.import_file(path)
    assert dialog.message.text() == "没有变化。"
    dialog.undo()
    assert load_own(store).rows == ()


def test_enter_presses_the_button_with_the_focus_and_a_row_without_values_says_so(dialog, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(type(dialog), "_asked", lambda _dialog, entry: asked.append(entry))
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "添加…")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert asked == [None]
    dialog.wanted.setCurrentText("程序自带的")
    assert dialog.values.topLevelItem(0).text(0) == "还没有写进草稿，没有历年的值。"


def test_a_file_that_is_no_library_is_told_in_the_window(dialog, tmp_path: Path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"nothing")
    dialog.import_file(path)
    assert "坏.xlsx" in dialog.message.text()


def test_where_the_store_refuses_nothing_changes_and_it_is_told(dialog, store, monkeypatch):
    def refuse(*_values):
        raise StoreError("full", store.path)

    monkeypatch.setattr(store, "remember", refuse)
    press(dialog, "隐藏")
    assert names(dialog) == ["育秧盘数"]
    assert dialog.message.text().startswith("没有保存")


def test_every_field_has_the_name_of_its_label(dialog, qtbot):
    fields = (dialog.search, dialog.wanted, dialog.table, dialog.values)
    assert [field.accessibleName() for field in fields] == ["查找", "显示", "指标", "所选指标历年的值"]
    form = OwnEntryDialog(SCHEME, ["盘"], ["计划标准"], Entry("甲", "乙", "丙", unit="盆"))
    qtbot.addWidget(form)
    assert (form.tier1.currentText(), form.tier2.currentText(), form.unit.currentText()) == ("甲", "乙", "盆")
    assert form.entry() == Entry("甲", "乙", "丙", unit="盆")


def test_an_indicator_without_a_name_is_not_taken(qtbot):
    form = OwnEntryDialog(SCHEME, [], [])
    qtbot.addWidget(form)
    assert not form._accept.isEnabled()
    form.name.setText("育秧盘数")
    assert form._accept.isEnabled()
    form.tier1.setCurrentText("效益指标")
    assert form.tier2.currentText() == "经济效益指标"


def test_it_opens_without_a_draft(window, monkeypatch):
    shown = []
    monkeypatch.setattr(OwnLibraryDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    window.run_action("library.show")
    assert shown == ["我的指标库"]


def test_nothing_of_it_is_loaded_before_somebody_asks(tmp_path: Path):
    """Starts a process of its own, which takes half a second."""
    late = (
        "models.indicators.suggesting",
        "models.indicators.indicator_search",
        "models.indicators.own_library",
        "pypinyin",
        "ui.features.library.own_library_dialog",
    )
    code = f"import sys, ui.features.library.library_controller, ui.shell.main_window; print([name for name in {late!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.strip() == "[]"


def test_no_heading_is_cut_however_narrow_the_dialog_is(dialog, qapp):
    dialog.resize(dialog.minimumSizeHint().width(), dialog.height())
    qapp.processEvents()
    header = dialog.table.horizontalHeader()
    columns = range(dialog.model.columnCount())
    assert [column for column in columns if header.sectionSize(column) < header.sectionSizeHint(column)] == []
