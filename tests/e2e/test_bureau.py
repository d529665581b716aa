"""录入系统 in a real window: the workbook and the rows to paste in the system's columns, and what it would refuse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator
from tests.e2e.clerk import at_work, save_as, screen_for, to_project_fields, until_line, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.menus import choose
from tests.waiting import until

HEADER = (
    "项目编码", "项目名称", "一级指标", "二级指标", "指标名称", "计算符号", "指标值", "计量单位", "权重", "指标解释", "指标值确定依据",
)  # fmt: skip
CODES = {"≥6处": "1", "＞6处": "2", "6处": "3", "＜6处": "4", "≤6处": "5", "明显改善": "6"}
"""A value with each sign, and the system's code for it."""
FIRST = "金额与支出计划"
"""The first group of rules."""
STAR = "亩均节水量*"
"""A name the system would refuse."""


def document() -> GoalDocument:
    """The second project has a value of each kind, and a name with a refused character."""
    project = EXAMPLE.projects[1]
    rows = tuple(
        Indicator(f"r{at}", "产出指标", "数量指标", f"指标{at}" if at else STAR, f"说明{at}", value, "年度建设方案", str(at))
        for at, value in enumerate(CODES)
    )  # fmt: skip
    return fieldpath.replace(EXAMPLE, f"projects[{project.id}].indicators", rows)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown
        shown.picture("bureau-last")


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
def test_the_systems_workbook_its_rows_on_the_clipboard_and_what_it_refuses(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path / "home", Draft(document()))
    choose(screen, "导出系统录入表…")
    exported = save_as(screen, "导出系统录入表", tmp_path / "system.xlsx")
    until_told(screen, "导出 12 行到 system.xlsx")
    screen.wait_for_window("请核对的指标值")
    (doubted,) = screen.lines("没有把握拆开的指标值")
    assert doubted.startswith("项目 1 · 指标 3 · 指标值「2026年11月底前」：拆不出")
    screen.picture("bureau-doubts")
    screen.keys("Escape")
    screen.wait_for_window(EXAMPLE.unit.name)
    header, *rows = load_workbook(exported).active.iter_rows(values_only=True)
    assert header == HEADER
    assert [row[5] for row in rows[6:]] == list(CODES.values())
    assert [row[6:9] for row in rows[6:]] == [*(("6", "处", str(at)) for at in range(5)), ("明显改善", None, "5")]
    assert rows[6][9:] == ("说明0", "年度建设方案")
    assert all(row[:2] == (rows[0][0], rows[0][1]) for row in rows[:6])

    to_project_fields(screen)
    screen.tab_to("项目列表", "shift+Tab")
    screen.keys("Down")
    until(lambda: screen.text("项目名称") == EXAMPLE.projects[1].name, "the second project")
    screen.keys("ctrl+shift+y")
    until_told(screen, "复制项目 2 的 6 行指标")
    screen.picture("bureau-copied")
    copied = screen.copied()["text"].splitlines()
    assert [tuple(line.split("\t")) for line in copied] == [tuple(cell or "" for cell in row) for row in rows[6:]]

    switch_on(screen, "能否录入系统")
    screen.keys("F7")
    found = until_line(screen, "问题列表", STAR)
    assert any("*" in line for line in found)
    screen.picture("bureau-problems")


def switch_on(screen: Desktop, group: str) -> None:
    """A group of rules, off until it is wanted."""
    choose(screen, "检查设置…")
    screen.wait_for_window("检查设置")
    listed = until_line(screen, "检查哪些问题", group)
    first, wanted = (next(at for at, line in enumerate(listed) if line.startswith(name)) for name in (FIRST, group))
    screen.keys("Home", *["Down"] * (wanted - first), "space")
    screen.picture("bureau-rules")
    screen.tab_to("确定")
    screen.keys("Return")
    screen.wait_for_window(EXAMPLE.unit.name)
