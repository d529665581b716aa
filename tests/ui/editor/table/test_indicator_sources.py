"""Rows from the library, from other projects and from earlier years; items dragged in the lists. Each is one undo step."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from models.document.tree import Draft, GoalDocument, Indicator, Items, Measure, Project
from models.indicators.indicator_library import UsedIndicator
from models.indicators.past_values import past_values
from models.session.session import Session
from tests.opening import open_store
from tests.ui.editor.table.table_driver import ROWS, steps
from ui.editor.indicator_sources.indicator_sources import IndicatorSources
from ui.editor.indicator_sources.past_values_dialog import PastValuesDialog
from ui.editor.indicator_sources.pick_rows_dialog import PRESENT, PickRows
from ui.editor.indicator_sources.source_wordings import LIBRARY, RECOMMENDED
from ui.editor.steps.items_step import SafeguardsStep
from ui.editor.steps.projects_step import ProjectsStep
from ui.editor.table.indicator_edits import NAME

PROJECTS_OF_DRAFT = (
    Project("p1", name="管网", indicators=ROWS),
    Project("p2", name="培训", indicators=(Indicator("i9", "产出指标", "数量指标", "培训班次"),)),
    Project("p3", name="设备"),
)


@pytest.fixture
def session(tmp_path):
    store = open_store(tmp_path / "goalform.db")
    earlier = Indicator("i1", "产出指标", "数量指标", "企业数量", "旧描述", "≥55家", "历史标准")
    store.create(Draft(GoalDocument(year=2025, projects=(Project("p1", name="旧项目", indicators=(earlier,)),))))
    draft = Draft(GoalDocument(year=2026, projects=PROJECTS_OF_DRAFT))
    return Session(draft, store, store.create(draft))


@pytest.fixture
def step(qtbot, session):
    step = ProjectsStep(session)
    qtbot.addWidget(step)
    session.subscribe(step.refresh)
    step.resize(1000, 700)
    step.show()
    return step


@pytest.fixture
def sources(step, session):
    return IndicatorSources(session, step.form.table)


def rows(session, place=0):
    return session.document.projects[place].indicators


def visible(dialog):
    """The first cells of the rows that are shown."""
    return [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]


def shown(qtbot, wording, choices, coverage=None):
    dialog = PickRows(wording, choices, None, coverage)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_several_indicators_picked_from_the_library_are_added_in_one_step(sources, session, qtbot):
    dialog = shown(qtbot, LIBRARY, sources.library_choices())
    dialog.search.setText("pxb")
    assert "培训班次" in visible(dialog)
    dialog.search.setText("培训")
    dialog.rows.setFocus()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Down)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    dialog.search.setText("别的")
    picked = dialog.picked()
    assert len(picked) == 2
    sources.add_entries(picked)
    assert len(rows(session)) == 5
    assert session.undo_label == "从指标库加入 2 行指标"
    assert steps(session) == 1


def test_words_in_any_order_find_a_row_of_the_library(sources, qtbot):
    dialog = shown(qtbot, LIBRARY, sources.library_choices())
    dialog.search.setText("次 训 培")
    assert all("培" in name and "训" in name and "次" in name for name in visible(dialog)[:2])
    dialog.search.setText("没有这样的词语")
    assert visible(dialog) == []
    assert not dialog._accept.isEnabled()


def test_the_library_is_narrowed_by_its_tree_of_tiers_which_tells_what_the_project_has(sources, qtbot):
    dialog = shown(qtbot, LIBRARY, sources.library_choices(), sources.coverage())
    tree = dialog.groups
    named = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    tree.setCurrentItem(next(item for item in named if item.text(0).startswith("满意度指标")))
    chosen = [choice for choice in sources.library_choices() if choice.group[0] == "满意度指标"]
    assert len(visible(dialog)) == len(chosen) > 5
    output = next(item for item in named if item.text(0).startswith("产出指标"))
    told = [output.child(at).text(0) for at in range(output.childCount())]
    assert [words.split("　")[0] for words in told] == ["数量指标", "质量指标", "时效指标", "成本指标"]
    assert [words.split("　")[2] for words in told] == ["✓ 已有 2", "— 无", "— 无", "— 无"]


def test_enter_takes_the_current_row_where_none_is_ticked(sources, qtbot):
    dialog = shown(qtbot, LIBRARY, sources.library_choices())
    QTest.keyClicks(dialog.search, "pxbc")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert [entry.name for entry in dialog.picked()] == ["培训班次"]


def told(dialog):
    """The sentence above the buttons."""
    return next(label.text() for label in dialog.findChildren(QLabel) if label.text().startswith(("列出", "没有符合")))


def test_the_dialog_says_what_its_button_will_take(sources, qtbot):
    dialog = shown(qtbot, LIBRARY, sources.library_choices())
    dialog.search.setText("培训班次")
    listed = f"列出 {len(visible(dialog))} 条。"
    assert told(dialog) == f"{listed}没有勾选，按「加入表格」只用光标所在的这一条。"
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert told(dialog) == f"{listed}已勾选 1 条，按「加入表格」就用这 1 条。"
    dialog.search.setText("没有这样的词语")
    assert told(dialog) == (
        "没有符合的，请换一个词或另选一类。已勾选 1 条，按「加入表格」就用这 1 条，其中 1 条现在没有列出。"
    )


def test_enter_presses_the_quick_button_that_has_the_focus(sources, session, qtbot):
    choices = [replace(choice, quick=at < 2) for at, choice in enumerate(sources.library_choices())]
    dialog = shown(qtbot, RECOMMENDED, choices)
    quick = next(button for button in dialog.findChildren(QPushButton) if button.text() == RECOMMENDED.quick)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    quick.setFocus()
    QTest.keyClick(quick, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert len(dialog.picked()) == 2


def test_what_the_project_has_already_is_marked_and_cannot_be_picked(sources, session, qtbot):
    sources.add_entries([choice.value for choice in sources.library_choices() if choice.texts[0] == "培训班次"])
    dialog = shown(qtbot, LIBRARY, sources.library_choices())
    dialog.search.setText("培训班次")
    assert visible(dialog)[0] == f"{PRESENT}　培训班次"
    assert dialog.rows.currentIndex().row() == 1  # the first one that can be picked
    dialog.rows.setCurrentIndex(dialog.model.index(0, 0))
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert dialog.picked() == []
    assert not dialog._accept.isEnabled()


def test_indicators_of_another_project_are_copied_and_leave_it_as_it_is(sources, session, qtbot):
    choices = sources.project_choices()
    assert [choice.texts[0] for choice in choices if choice.group[0] == "本文的其他项目"] == ["培训班次"]
    wanted = [choice.value for choice in choices if choice.texts[0] == "培训班次"]
    sources.add_copies([*wanted, *wanted])
    assert [row.name for row in rows(session)].count("培训班次") == 1
    assert len({row.id for row in (*rows(session), *rows(session, 1))}) == 5
    assert session.undo_label == "复制 1 行指标"
    sources.add_copies(wanted)
    assert [row.name for row in rows(session)].count("培训班次") == 1
    assert steps(session) == 1


def test_rows_of_last_years_same_project_are_offered_with_their_values(session, step, sources):
    session.store.create(
        Draft(
            GoalDocument(
                year=2024,
                projects=(
                    Project(
                        "p1", name="管网", indicators=(Indicator("i1", "成本指标", "经济成本指标", "单价", "", "≤9元"),)
                    ),
                ),
            )
        )
    )
    found = [choice for choice in sources.project_choices() if choice.group[0] == "同一项目往年"]
    assert [(choice.group[1], choice.texts[:3]) for choice in found] == [("2024 年", ("单价", "经济成本指标", "≤9元"))]
    sources.add_copies([found[0].value])
    copied = next(row for row in rows(session) if row.name == "单价")
    assert (copied.tier1, copied.tier2, copied.value) == ("产出指标", "成本指标", "≤9元")


def test_the_value_of_an_earlier_year_is_taken_in_one_step(sources, step, session, qtbot, monkeypatch):
    step.form.table.go_to(step.form.table.indicators.index(0, NAME))
    asked = []

    def accept(dialog):
        asked.append([dialog.lines.topLevelItem(0).text(column) for column in range(2)])
        return PastValuesDialog.DialogCode.Accepted

    monkeypatch.setattr(PastValuesDialog, "exec", accept)
    sources.from_years()
    assert asked == [["2025", "≥55家"]]
    assert (rows(session)[0].value, rows(session)[0].description) == ("≥55家", "入驻企业")
    assert session.undo_label == "采用 2025 年的指标值"
    assert steps(session) == 1


def test_an_indicator_nobody_used_before_has_no_earlier_values(sources, step, session):
    step.form.table.go_to(step.form.table.indicators.index(2, NAME))
    sources.from_years()
    assert steps(session) == 0


def test_each_row_that_is_offered_names_its_second_tier(sources, monkeypatch):
    shown = []

    def accept(dialog):
        shown.append((dialog.model, dialog._choices))
        return PickRows.DialogCode.Rejected

    monkeypatch.setattr(PickRows, "exec", accept)
    sources.from_library()
    model, choices = shown[0]
    headers = [model.headerData(section, Qt.Orientation.Horizontal) for section in range(model.columnCount())]
    column = headers.index("二级指标")
    assert len(choices) > 20
    assert [choice.texts[column] for choice in choices] == [choice.group[1] for choice in choices]
    assert {len(choice.texts) for choice in choices} == {len(headers)}


def test_recommended_rows_come_with_a_reason_and_with_the_numbers_the_project_names_in_one_step(
    sources, session, qtbot, monkeypatch
):
    session.edit("projects[p1].fund_use", "举办招商推介会 2 场")
    before, shown_choices, added = steps_so_far(session), [], []

    def accept(dialog):
        choices = dialog._choices
        shown_choices.extend(choices)
        next(button for button in dialog.findChildren(QPushButton) if button.text() == RECOMMENDED.quick).click()
        dialog.model.tick([at for at, choice in enumerate(choices) if choice.texts[2].startswith("≥2场")])
        added.extend(dialog.picked())
        return PickRows.DialogCode.Accepted

    monkeypatch.setattr(PickRows, "exec", accept)
    sources.from_recommended()
    qtbot.waitUntil(lambda: bool(added) and session.undo_label.startswith("采用推荐"))
    assert all(choice.texts[1] for choice in shown_choices)
    told = next(choice for choice in shown_choices if choice.texts[2].startswith("≥2场"))
    assert "资金用途写有「举办招商推介会2场」" in told.texts[1]
    missing = {choice.group[1] for choice in shown_choices} - {"数量指标", "社会效益指标"}
    assert {one.entry.tier2 for one in added if not one.value} == missing
    assert next(row for row in rows(session) if row.name == told.texts[0]).value == "≥2场"
    assert session.undo_label == f"采用推荐的 {len(added)} 行指标"
    assert steps_so_far(session) == before + 1


def test_rows_picked_go_behind_those_of_their_tier_and_take_the_place_of_an_empty_row(sources, step, session):
    table = step.form.table
    table.add_row()
    assert table.currentIndex().row() == 3
    sources.add_copies(
        [
            Indicator("a", "产出指标", "数量指标", "育苗数"),
            Indicator("b", "满意度指标", "服务对象满意度指标", "满意度"),
            Indicator("c", "产出指标", "时效指标", "完成时间"),
        ]
    )
    assert [row.name for row in rows(session)] == ["企业数量", "活动场次", "育苗数", "完成时间", "影响", "满意度"]


def test_a_project_that_says_nothing_is_asked_for_words_first(sources, session, step):
    session.edit("projects[p1].name", "")
    before = steps_so_far(session)
    sources.from_recommended()
    assert steps_so_far(session) == before


def steps_so_far(session):
    count = steps(session)
    for _step in range(count):
        session.redo()
    return count


def test_every_control_of_the_dialogs_has_its_labels_name(sources, qtbot):
    dialog = shown(qtbot, LIBRARY, sources.library_choices())
    assert [dialog.search.accessibleName(), dialog.groups.accessibleName(), dialog.rows.accessibleName()] == [
        "查找",
        "一级、二级指标",
        "指标",
    ]


def test_the_menu_of_the_table_names_where_rows_come_from(step):
    more = next(button for button in step.findChildren(QPushButton) if button.text() == "更多")
    names = [action.text() for action in more.menu().actions()]
    assert names == ["推荐…", "从指标库选…", "复制上年或其他项目的指标…", "参考历年…", "合理排序"]
    assert more.accessibleName() == "更多"


def drop(widget, start, row, lower):
    listed = widget.findChild(QListWidget)
    listed.setCurrentRow(start)
    rect = listed.visualItemRect(listed.item(row))
    listed.drop_at(QPoint(rect.center().x(), rect.bottom() if lower else rect.top()))


@pytest.mark.parametrize(
    ("start", "row", "lower", "order"),
    [(0, 2, True, "p2 p3 p1"), (2, 0, False, "p3 p1 p2"), (0, 1, True, "p2 p1 p3"), (1, 1, True, "p1 p2 p3")],
)
def test_a_project_dragged_in_the_list_moves_in_one_step(step, session, start, row, lower, order):
    drop(step, start, row, lower)
    assert " ".join(project.id for project in session.document.projects) == order
    assert steps(session) == (order != "p1 p2 p3")


def test_a_measure_dragged_in_the_list_moves_in_one_step(qtbot):
    measures = tuple(Measure(f"m{n}", heading=f"第{n}") for n in range(3))
    session = Session(Draft(GoalDocument(safeguards=Items(items=measures))))
    step = SafeguardsStep(session)
    qtbot.addWidget(step)
    session.subscribe(step.refresh)
    step.show()
    drop(step, 0, 2, lower=True)
    assert [item.id for item in session.document.safeguards.items] == ["m1", "m2", "m0"]
    assert steps(session) == 1


def test_the_picture_of_the_years_has_a_line_of_targets_and_one_of_what_was_reached(qtbot: QtBot) -> None:
    row = Indicator("i1", "产出指标", "数量指标", "绿化里程")
    known = UsedIndicator(2023, "站", "绿化", "产出指标", "数量指标", "绿化里程", "", "≥5公里", "", actual="4公里")
    used = [
        known,
        known._replace(year=2024, value="≥6公里", actual="8公里"),
        known._replace(year=2025, value="≥7公里", actual=""),
    ]
    dialog = PastValuesDialog(row, past_values(used, row))
    qtbot.addWidget(dialog)
    points = dialog.chart.points
    assert [point.percent for point in points] == [Decimal("62.5"), Decimal(75), Decimal("87.5")]
    assert [point.other for point in points] == [Decimal(50), Decimal(100), None]
    assert "各年变化（实线目标，虚线实际）" in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.resize(700, 500)
    dialog.show()
    drawn = dialog.chart.grab().toImage()
    dialog.chart.show_points([replace(point, other=None) for point in points], "")
    assert drawn != dialog.chart.grab().toImage()
