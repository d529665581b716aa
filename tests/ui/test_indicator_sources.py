"""Rows from the library, from other projects and from earlier years; items dragged in the lists. Each is one undo step."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from models.document import Draft, GoalDocument, Indicator, Items, Measure, Project
from models.session import Session
from models.store import open_store
from tests.ui.table_driver import ROWS, steps
from ui.dialogs.pick_rows import PickRows
from ui.steps.indicator_sources import LIBRARY, PROJECTS, YEARS, IndicatorSources
from ui.steps.items import SafeguardsStep
from ui.steps.projects import ProjectsStep
from ui.tables.indicator_edits import NAME

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
    items = [dialog.rows.topLevelItem(at) for at in range(dialog.rows.topLevelItemCount())]
    return [item for item in items if not item.isHidden()]


def test_several_indicators_picked_from_the_library_are_added_in_one_step(sources, session, qtbot):
    dialog = PickRows(LIBRARY, sources.library_choices())
    qtbot.addWidget(dialog)
    dialog.search.setText("pxb")
    found = visible(dialog)
    assert "培训班次" in [item.text(0) for item in found]
    dialog.search.setText("培训")
    for item in visible(dialog)[:2]:
        item.setCheckState(0, Qt.CheckState.Checked)
    dialog.search.setText("别的")
    picked = dialog.picked()
    assert len(picked) == 2
    sources.add_entries(picked)
    assert len(rows(session)) == 5
    assert session.undo_label == "从指标库加入 2 行指标"
    assert steps(session) == 1


def test_the_library_is_narrowed_by_its_tree_of_tiers(sources, qtbot):
    dialog = PickRows(LIBRARY, sources.library_choices())
    qtbot.addWidget(dialog)
    tree = dialog.groups
    named = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    tree.setCurrentItem(next(item for item in named if item.text(0).startswith("满意度指标")))
    chosen = [choice for choice in sources.library_choices() if choice.group[0] == "满意度指标"]
    assert len(visible(dialog)) == len(chosen) > 5


def test_enter_takes_the_current_row_where_none_is_ticked(sources, qtbot):
    dialog = PickRows(LIBRARY, sources.library_choices())
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.search, "pxbc")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert [entry.name for entry in dialog.picked()] == ["培训班次"]


def test_indicators_of_another_project_are_copied_and_leave_it_as_it_is(sources, session, qtbot):
    dialog = PickRows(PROJECTS, sources.project_choices())
    qtbot.addWidget(dialog)
    assert [item.text(0) for item in visible(dialog)] == ["培训班次"]
    sources.add_copies(dialog.picked())
    assert [row.name for row in rows(session)].count("培训班次") == 1
    assert len({row.id for row in (*rows(session), *rows(session, 1))}) == 5
    assert session.undo_label == "复制 1 行指标"
    assert steps(session) == 1


def test_the_value_of_an_earlier_year_is_taken_in_one_step(sources, step, session, qtbot):
    step.form.table.go_to(step.form.table.indicators.index(0, NAME))
    dialog = PickRows(YEARS, sources.year_choices())
    qtbot.addWidget(dialog)
    assert [item.text(1) for item in visible(dialog)] == ["≥55家"]
    sources.take_value(dialog.picked()[0])
    assert (rows(session)[0].value, rows(session)[0].description) == ("≥55家", "入驻企业")
    assert session.undo_label == "采用 2025 年的指标值"
    assert steps(session) == 1


def test_every_control_of_the_dialogs_has_its_labels_name(sources, qtbot):
    dialog = PickRows(LIBRARY, sources.library_choices())
    qtbot.addWidget(dialog)
    assert [dialog.search.accessibleName(), dialog.groups.accessibleName(), dialog.rows.accessibleName()] == [
        "查找",
        "一级、二级指标",
        "指标",
    ]


def test_the_menu_of_the_table_names_where_rows_come_from(step):
    more = next(button for button in step.findChildren(QPushButton) if button.text() == "更多")
    names = [action.text() for action in more.menu().actions()]
    assert names == ["从指标库选…", "复制其他项目的指标…", "参考历年…", "合理排序"]
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
