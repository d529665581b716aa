"""Marks in the cells of the table: a sign and a colour for each kind, told apart without the colour, and never cut."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor

from models.checks.registry import Problem, Severity
from models.document.tree import Remark
from tests.ui.contrast import contrast
from tests.ui.editor.table.table_driver import ROWS, Table
from ui.editor.marks import SYMBOLS
from ui.editor.table.indicator_edits import COLUMN_COUNT, NUMBER
from ui.editor.table.indicator_model import MARK_ROLE, PROBLEM_ROLE
from ui.widgets.colours import mark_colour

VALUE = "projects[p1].indicators[i1].value"
KINDS = ("error", "warn", "info", "carried", "remark")


def marked(qtbot, kind):
    table = Table(qtbot, [replace(ROWS[0], value="1200")])
    model = table.view.indicators
    if kind == "carried":
        model.show_carried_over((VALUE,))
    elif kind == "remark":
        model.show_remarks({VALUE: (Remark("r", VALUE, "请核对"),)})
    else:
        model.show_problems({VALUE: (Problem("r", Severity(kind), VALUE, "值", "1200", "缺单位"),)})
    return table


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_sign_of_its_own_that_is_seen_whole(qtbot, kind):
    table = marked(qtbot, kind)
    index = table.view.indicators.index(0, NUMBER)
    assert index.data(MARK_ROLE) == kind
    assert index.data(PROBLEM_ROLE) == {**SYMBOLS, "carried": "沿用", "remark": "意"}[kind]
    colour = mark_colour(kind, table.view.palette().base().color()).rgb()
    cell = table.view.visualRect(index)
    shown = table.view.viewport().grab(cell).toImage()
    columns = {x for x in range(shown.width()) for y in range(shown.height()) if shown.pixel(x, y) == colour}
    assert columns
    assert min(columns) > 0
    assert max(columns) < shown.width() - 1


def test_no_other_cell_of_the_row_is_marked(qtbot):
    table = marked(qtbot, "error")
    model = table.view.indicators
    assert [c for c in range(COLUMN_COUNT) if model.index(0, c).data(PROBLEM_ROLE)] == [NUMBER]


def test_signs_differ_and_no_sign_says_delete():
    signs = [*SYMBOLS.values(), "沿用", "意"]
    assert len(set(signs)) == len(signs)
    assert not set("✕×xX") & set("".join(signs))


@pytest.mark.parametrize("ground", ["#ffffff", "#f1f3f1", "#1b1f21", "#25292b"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_colours_can_be_read_on_light_and_dark(kind, ground):
    assert contrast(mark_colour(kind, QColor(ground)), QColor(ground)) >= 4.5
