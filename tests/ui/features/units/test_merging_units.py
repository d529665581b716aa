"""汇总单位 in the window: units ticked, ordered and added become a department's text; later texts are brought in as one step."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableWidget
from pytestqt.qtbot import QtBot

from exporters.export_files import file_bytes, write_file
from importers.import_files import Imported
from models.document import fieldpath
from models.document.tree import Draft, Unit
from models.merge import Choice, PartOne, merged_units
from models.preferences import Preferences, remember
from models.store.revisions import Revisions
from tests.models.units import DEPARTMENT, TEMPLATE, THREE, UNITS, edited, here, merged, names, without
from tests.ui.shell.test_window import unnamed
from ui.app import background
from ui.features.units.merge_dialog import Department, MergeDialog
from ui.features.units.unit_sources import Candidate, UnitSources, of_file, of_store
from ui.features.units.update_units_dialog import UpdateUnitsDialog
from ui.shell.main_window import MainWindow


def candidates(*numbers: int) -> list[Candidate]:
    return [of_file(f"{UNITS[number].name}.jxmb", THREE[number]) for number in numbers]


@pytest.fixture
def dialog(qtbot: QtBot) -> MergeDialog:
    made = MergeDialog(TEMPLATE, Department(2026, DEPARTMENT), candidates(0, 1, 2))
    qtbot.addWidget(made)
    made.show()
    return made


def tick(sources: UnitSources, *rows: int) -> None:
    """With the space key, as without a mouse."""
    for row in rows:
        sources.table.setCurrentCell(row, 0)
        QTest.keyClick(sources.table, Qt.Key.Key_Space)


def cells(table: QTableWidget) -> list[list[str]]:
    return [
        [table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())
    ]


def test_every_control_has_its_name(dialog: MergeDialog) -> None:
    assert unnamed(dialog) == []


def test_nothing_is_merged_before_a_unit_is_ticked(dialog: MergeDialog) -> None:
    assert not dialog._accept.isEnabled()
    assert dialog.said.text() == "用空格键勾选要汇总的单位。"
    tick(dialog.sources, 1)
    assert dialog._accept.isEnabled()


def test_the_totals_of_the_ticked_units_are_shown(dialog: MergeDialog) -> None:
    tick(dialog.sources, 0, 2)
    assert cells(dialog.totals) == [
        ["618001 云泽县农业技术推广站", "2", "20.00", "20.00", "0.00"],
        ["618003 云泽县农机监理所", "2", "20.00", "20.00", "0.00"],
        ["合计", "4", "40.00", "40.00", "0.00"],
    ]


def test_units_are_put_in_order_by_keys(dialog: MergeDialog) -> None:
    tick(dialog.sources, 0, 1, 2)
    dialog.sources.table.setFocus()
    QTest.keyClick(dialog.sources.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(dialog.draft())[:4] == ["农业一", "农业二", "农机一", "农机二"]
    assert len(dialog.sources.sources()) == 3


def test_part_one_is_taken_from_the_unit_that_is_chosen(dialog: MergeDialog) -> None:
    tick(dialog.sources, 0, 1)
    dialog.part_one.setCurrentIndex(list(PartOne).index(PartOne.ONE))
    assert dialog.chosen.isEnabled()
    dialog.chosen.setCurrentIndex(1)
    assert dialog.draft().document.overall_goal == THREE[1].document.overall_goal


@pytest.mark.parametrize("wanted", [True, False])
def test_the_units_have_headings_where_they_are_wanted(dialog: MergeDialog, wanted: bool) -> None:
    tick(dialog.sources, 0, 1, 2)
    if wanted:
        dialog.unit_headings.setFocus()
        QTest.keyClick(dialog.unit_headings, Qt.Key.Key_Space)
    draft = dialog.draft()
    page = file_bytes(draft, ".txt").decode().split("\n")
    assert [line for line in page if line in {f"{unit.code}{unit.name}" for unit in UNITS}] == [
        f"{unit.code}{unit.name}" for unit in UNITS if wanted
    ]


def test_doubts_are_told_in_lines(dialog: MergeDialog) -> None:
    tick(dialog.sources, 0)
    assert dialog.said.text() == ""
    dialog.year.setText("2027")
    dialog.year.editingFinished.emit()
    assert dialog.said.text().startswith("⚠ 年度不一致")


def test_a_wrong_year_is_told_and_keeps_the_dialog(dialog: MergeDialog) -> None:
    tick(dialog.sources, 0)
    dialog.year.setText("26")
    dialog.accept()
    assert "不像一个年份" in dialog.said.text()
    assert dialog.isVisible()


def test_files_are_dropped_on_the_list(qtbot: QtBot, dialog: MergeDialog, tmp_path: Path) -> None:
    write_file(THREE[0], tmp_path / "站.jxmb")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "站.jxmb"))])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    dialog.sources.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: len(dialog.sources.sources()) == 1)
    assert dialog.sources.sources()[0].draft == THREE[0]
    assert cells(dialog.sources.table)[3] == ["618001 云泽县农业技术推广站", "2026", "2", "20.00", "站.jxmb"]


def test_a_file_that_is_added_again_takes_the_place_of_what_it_was(
    qtbot: QtBot, dialog: MergeDialog, tmp_path: Path
) -> None:
    tick(dialog.sources, 2)
    for draft in (THREE[0], edited(THREE[0], "projects[p1].budget", "55.00")):
        write_file(draft, tmp_path / "站.jxmb")
        dialog.sources.add_files([tmp_path / "站.jxmb"])
        qtbot.waitUntil(lambda: not dialog.sources.reading)
    assert [source.draft for source in dialog.sources.sources()] == [THREE[2], draft]
    assert [row[3:] for row in cells(dialog.sources.table)[3:]] == [["65.00", "站.jxmb"]]


def test_a_file_that_cannot_be_read_is_told(qtbot: QtBot, dialog: MergeDialog, tmp_path: Path) -> None:
    (tmp_path / "坏.jxmb").write_bytes(b"noise")
    dialog.sources.add_files([tmp_path / "坏.jxmb"])
    qtbot.waitUntil(lambda: "坏.jxmb" in dialog.said.text())
    assert dialog.sources.table.rowCount() == 3


def test_files_stand_in_the_order_they_were_chosen_in_whichever_is_read_first(
    dialog: MergeDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waiting: list[tuple[Callable[[], Imported], Callable[[Imported], None]]] = []
    monkeypatch.setattr(background, "run", lambda _asker, work, done, _failed: waiting.append((work, done)))
    for number in THREE:
        write_file(THREE[number], tmp_path / f"{number}.jxmb")
    dialog.sources.add_files([tmp_path / f"{number}.jxmb" for number in THREE])
    for place in (2, 0, 1):
        work, done = waiting[place]
        done(work())
    assert [row[4] for row in cells(dialog.sources.table)[3:]] == ["0.jxmb", "1.jxmb", "2.jxmb"]
    assert [source.name for source in dialog.sources.sources()] == ["0.jxmb", "1.jxmb", "2.jxmb"]


def test_a_draft_that_cannot_be_loaded_is_told_and_not_ticked(qtbot: QtBot, window: MainWindow) -> None:
    gone = window.store.create(THREE[0])
    (line,) = window.store.list()
    window.store.delete(gone)
    made = MergeDialog(TEMPLATE, Department(2026, DEPARTMENT), [of_store(line, window.store.load)])
    qtbot.addWidget(made)
    tick(made.sources, 0)
    assert made.sources.sources() == []
    assert "已没有这份草稿" in made.said.text()


def answer(monkeypatch: pytest.MonkeyPatch, kind: type[QDialog], use: Callable[[Any], object]) -> None:
    """The dialog is used like that and accepted."""

    def execute(dialog: QDialog) -> QDialog.DialogCode:
        use(dialog)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(kind, "exec", execute)


def test_the_drafts_of_the_start_page_become_a_departments_text(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for draft in THREE.values():
        window.store.create(draft)

    def use(dialog: MergeDialog) -> None:
        tick(dialog.sources, 0, 1, 2)
        dialog.code.setText(DEPARTMENT.code)
        dialog.name.setText(DEPARTMENT.name)

    answer(monkeypatch, MergeDialog, use)
    window.run_action("units.merge")
    document = window.editor.session.document
    assert [project.unit for project in document.projects] == [unit for unit in UNITS for _ in range(2)]
    assert (document.unit, document.year) == (DEPARTMENT, 2026)
    assert "已汇总 3 个单位" in window.statusBar().currentMessage()
    assert window.store.recall("merge.name") == DEPARTMENT.name
    assert len(window.store.list()) == 4


def test_headings_stand_ticked_where_new_drafts_begin_with_them(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []

    def use(dialog: MergeDialog) -> None:
        tick(dialog.sources, 0)
        shown.append(dialog.unit_headings.isChecked())

    window.store.create(THREE[0])
    answer(monkeypatch, MergeDialog, use)
    window.run_action("units.merge")
    remember(Preferences(unit_headings=True), window.remember)
    window.run_action("units.merge")
    assert shown == [False, True]
    assert window.editor.session.draft.settings.unit_headings


def test_the_last_step_shows_what_each_unit_has(window: MainWindow) -> None:
    window.take_draft(THREE[0])
    assert not window.editor.export_step().units.isVisible()
    window.take_draft(merged())
    units = window.editor.export_step().units
    assert units.isVisible()
    assert [row[0] for row in cells(units.table)] == [f"{unit.code} {unit.name}" for unit in UNITS] + ["合计"]
    window.editor.session.edit(f"{here(window.editor.session.draft, '农机一')}.budget", "15.00")
    assert cells(units.table)[-1] == ["合计", "6", "65.00", "60.00", "0.00"]


@pytest.fixture
def department(window: MainWindow) -> MainWindow:
    """The department's draft is open, with an edit of its own; the units' drafts lie in the store, one edited."""
    for number, draft in THREE.items():
        window.store.create(edited(draft, "projects[p1].budget", "33.00") if number == 0 else draft)
    draft = merged()
    window.take_draft(edited(draft, f"{here(draft, '农业一')}.fund_use", "部门的话。"))
    return window


def test_the_units_newest_texts_are_ticked_and_brought_in_as_one_step(
    department: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    answer(monkeypatch, UpdateUnitsDialog, lambda dialog: seen.append([s.unit for s in dialog.sources.sources()]))
    session = department.editor.session
    QApplication.processEvents()  # the version «at opening» is kept
    session.edit("overall_goal", "部门的目标。")
    before = session.draft
    department.menus.actions["units.update"].trigger()
    assert seen == [list(UNITS)]
    project = fieldpath.get(session.document, here(session.draft, "农业一"))
    assert (project.budget, project.fund_use) == ("33.00", "部门的话。")
    assert session.undo_label == "汇总：更新下属单位"
    kept = Revisions(department.store).list(session.draft_id)[0]
    assert (kept.reason, Revisions(department.store).load(kept.sequence)) == ("merge", before)
    session.undo()
    assert session.draft == before


def test_a_final_text_is_not_updated(department: MainWindow) -> None:
    session = department.editor.session
    session.change("定稿", replace(session.draft, state="定稿"))
    department.menus.actions["units.update"].trigger()
    assert "已定稿" in department.statusBar().currentMessage()


@pytest.fixture
def asking(qtbot: QtBot) -> UpdateUnitsDialog:
    """One change to be taken, and two conflicts: a field, and a project deleted in the department."""
    draft = merged()
    draft = edited(draft, f"{here(draft, '畜牧二')}.budget", "99.00")
    draft = without(draft, here(draft, "农机二"))
    one = edited(edited(THREE[1], "projects[p2].budget", "77.00"), "projects[p1].budget", "11.00")
    two = edited(THREE[2], "projects[p2].fund_use", "新的用途。")
    rows = [of_file("畜牧.jxmb", one), of_file("农机.jxmb", two)]
    made = UpdateUnitsDialog(draft, rows, (0, 1))
    qtbot.addWidget(made)
    made.show()
    return made


def test_changes_and_conflicts_are_listed_with_both_texts(asking: UpdateUnitsDialog) -> None:
    assert unnamed(asking) == []
    assert cells(asking.changes) == [["项目 3：预算数 10.00 → 11.00"]]
    assert cells(asking.conflicts) == [
        ["项目 4 · 预算数", "云泽县畜牧水产站", "两边都改了", "以后再定"],
        ["项目「农机二」", "云泽县农机监理所", "部门已删除", "以后再定"],
    ]
    assert (asking.ours.toPlainText(), asking.theirs.toPlainText()) == ("99.00", "77.00")
    asking.conflicts.selectRow(1)
    assert asking.ours.toPlainText() == "（已删除）"
    assert "新的用途。" in asking.theirs.toPlainText()
    assert "还有 2 处没有选" in asking.said.text()


def test_a_conflict_is_decided_by_the_keyboard(asking: UpdateUnitsDialog) -> None:
    asking.choice.setFocus()
    QTest.keyClick(asking.choice, Qt.Key.Key_End)
    asking.choice.activated.emit(asking.choice.currentIndex())
    assert cells(asking.conflicts)[0][3] == "采用单位的"
    document = asking.outcome.draft.document
    assert [project.budget for project in document.projects] == ["10.00", "10.00", "11.00", "77.00", "10.00"]


def test_all_conflicts_are_decided_at_once(asking: UpdateUnitsDialog) -> None:
    asking._all[1].click()
    assert "农机二" in names(asking.outcome.draft)
    assert "没有选" not in asking.said.text()
    asking._all[0].click()
    assert "农机二" not in names(asking.outcome.draft)
    assert [row[3] for row in cells(asking.conflicts)] == [Choice.OURS.value] * 2


def test_a_file_takes_the_place_of_the_same_units_draft(
    qtbot: QtBot, asking: UpdateUnitsDialog, tmp_path: Path
) -> None:
    write_file(edited(THREE[1], "projects[p1].budget", "55.00"), tmp_path / "新.jxmb")
    asking.sources.add_files([tmp_path / "新.jxmb"])
    qtbot.waitUntil(lambda: asking.sources.table.rowCount() == 3)
    assert [source.name for source in asking.sources.sources()] == ["农机.jxmb", "新.jxmb"]
    assert cells(asking.changes) == [["项目 3：预算数 10.00 → 55.00"]]
    assert "选了 2 份" not in asking.said.text()


def test_a_unit_of_the_same_code_and_another_name_is_told(qtbot: QtBot) -> None:
    other = Draft(replace(THREE[1].document, unit=Unit(UNITS[1].code, "云泽县种子站")))
    made = UpdateUnitsDialog(merged(), [of_file("种子.jxmb", other), *candidates(0)], (0, 1))
    qtbot.addWidget(made)
    told = f"「{UNITS[1].code} 云泽县种子站」汇总时叫「{UNITS[1].name}」，请核对是不是同一个单位。"
    assert [line for line in made.said.text().split("\n") if "汇总时叫" in line] == [f"⚠ {told}"]


def test_a_unit_that_was_never_merged_is_told(qtbot: QtBot) -> None:
    other = Draft(replace(THREE[0].document, unit=Unit("618009", "云泽县种子站")))
    made = UpdateUnitsDialog(merged(), [of_file("种子.jxmb", other)], (0,))
    qtbot.addWidget(made)
    assert "以前没有汇总过" in made.said.text()
    assert len(merged_units(made.outcome.draft.provenance)) == 4


def test_an_update_without_a_source_says_what_to_do(qtbot: QtBot) -> None:
    made = UpdateUnitsDialog(merged(), [], ())
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    assert not made._accept.isEnabled()
    assert "添加文件" in made.said.text()
