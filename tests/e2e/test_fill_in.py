"""填报模板 in a real window: out by keyboard, filled in by LibreOffice with one wrong entry, back in as one step."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.e2e.clerk import at_work, choose_files, save_as, screen_for, to_project_fields, until_stored, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.menus import choose
from tests.exporters.libreoffice_macro import typed_into
from tests.waiting import until

SHEET = "项目2"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown
        shown.picture("fill-in-last")


# More than a second: a window, a keyboard at a person's pace, and two starts of LibreOffice.
@needs_screen_reader
@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_filled_in_by_a_colleague_comes_back_as_one_step(screen: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "home"
    at_work(screen, home, Draft(EXAMPLE))
    choose(screen, "导出填报模板…")
    exported = save_as(screen, "导出填报模板", tmp_path / "fill.xlsx")
    until_told(screen, "已导出填报模板 fill.xlsx（2 张项目表）")
    screen.picture("fill-in-exported")
    rows = {row[0].value: row[0].row for row in load_workbook(exported)[SHEET].iter_rows() if row[0].value}
    first, wrong = rows["一级指标"] + 1, f"B{rows['财政资金']}"
    filled = typed_into(
        exported,
        SHEET,
        {f"B{rows['预算数']}": "38.00", wrong: "三十八", f"F{first}": "8", f"B{rows['资金用途']}": "购置滴灌设备。\n铺设管道。"},
        tmp_path,
    )  # fmt: skip

    screen.keys("ctrl+o")
    choose_files(screen, "导入文件", filled)
    screen.wait_for_window("导入结果")
    told = until(lambda: screen.text("导入说明"), "what was read")
    assert f"工作表「{SHEET}」单元格 {wrong}：财政资金「三十八」不是数字，已按原文保留。" in told
    assert "项目 2：预算数 「36.50」 → 「38.00」" in told
    screen.picture("fill-in-report")
    screen.keys("Return")
    after = until_stored(home, lambda draft: draft.document.projects[1].budget == "38.00", "the update on the disk")
    project = after.document.projects[1]
    assert (project.fiscal_funds, project.fund_use) == ("三十八", "购置滴灌设备。\n铺设管道。")
    assert (project.indicators[0].value, project.indicators[1:]) == ("8处", EXAMPLE.projects[1].indicators[1:])
    assert after.document.projects[0] == EXAMPLE.projects[0]
    to_project_fields(screen)
    until_told(screen, "财政资金")
    screen.picture("fill-in-taken")
    screen.keys("ctrl+z")
    until_stored(home, lambda draft: draft.document == EXAMPLE, "all of it taken back")
