"""A clerk who does not see the window hears where she is: a walk over step ⑤ as a screen reader reads it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.e2e.clerk import at_work, screen_for, to_project_fields, until_at
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.listening import listening


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown


# More than a second: a window and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
def test_step_five_is_read_as_a_clerk_needs_it(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path / "home", Draft(EXAMPLE))
    folder = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    with listening(screen, folder) as heard:
        screen.to_step(5)
        until_at(screen, "项目列表")  # a busy machine tells of its line alone
        heard.wait_for("focus", "list item", EXAMPLE.projects[0].name[:4])
        screen.keys("Return")
        heard.wait_for("focus table", "绩效指标表")
        heard.wait_for("focus table cell", "第 1 行", "行 1 列")
        screen.keys("Down")
        heard.wait_for("focus table cell", "第 2 行", "行 2 列")
        screen.keys("ctrl+Home", "Tab", "Tab", "F2")
        heard.wait_for("focus", "第 1 行 三级指标")
        screen.keys("Escape", "ctrl+s")
        heard.wait_for("say", "已保存")
        to_project_fields(screen)
        screen.tab_to("预算数")
        heard.wait_for("focus text", "预算数")
        screen.type("77.00")
        screen.keys("Tab")
        told = heard.wait_for("say", "预算数")
        assert "错误" in told or "疑问" in told
        screen.keys("shift+Tab")
        heard.wait_for("focus text", "预算数", "说明「", told.partition("，")[2][:6])
        screen.keys("F8")
        heard.wait_for("say", "：", told.partition("，")[2][:6])
        screen.keys("Escape", "alt+1")
        heard.wait_for("focus", "预算年度")
        screen.keys("alt+Home")
        heard.wait_for("focus table cell", EXAMPLE.unit.name, "状态 草稿", "行 1 列")
        assert not any("重试" in line for line in heard.lines()), "no page that is not shown gets the keyboard"
