"""与上年比较 in a real window: opened, narrowed, gone to, exported and printed by keyboard."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft
from tests import words
from tests.e2e.clerk import at_work, save_as, screen_for, until_line, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.menus import choose
from tests.waiting import until

TABLE = "逐项比较（回车到本年那一处）"
LAST = fieldpath.replace(replace(EXAMPLE, year=2025), f"projects[{EXAMPLE.projects[1].id}].budget", "30.25")
"""The same unit's text of the year before."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown
        shown.picture("comparison-last")


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_this_year_beside_last_year_is_gone_to_exported_and_printed(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path / "home", Draft(LAST), Draft(EXAMPLE))
    choose(screen, "与上年比较…")
    screen.wait_for_window("与上年比较")
    listed = until_line(screen, TABLE, "30.25")
    assert any("36.50" in cell for cell in listed)
    screen.picture("comparison")
    exported = export(screen, "导出 Excel…", tmp_path / "out.xlsx")
    cells = [cell for row in load_workbook(exported).active.iter_rows(values_only=True) for cell in row if cell]
    assert "【30.25】" in cells  # what differs is marked

    screen.tab_to("打印…")
    screen.keys("Return")
    screen.wait_for_window("打印")
    screen.picture("comparison-print")
    screen.tab_to("输出文件(F)：")
    printed = tmp_path / "printed.pdf"
    screen.keys("ctrl+a")
    screen.paste(str(printed))
    screen.keys("Return")
    until_told(screen, f"已打印成 PDF 文件：{printed}")
    on_paper = words.bare(subprocess.check_output(["pdftotext", "-raw", str(printed), "-"]).decode())
    assert "【30.25】【36.50】改+6.25（+20.7%）" in on_paper

    screen.tab_to(TABLE, "shift+Tab")
    screen.keys("Return")
    screen.wait_for_window(EXAMPLE.unit.name)
    until(lambda: screen.focused()["name"] == "预算数", "the field of the line")
    until(lambda: screen.text("项目名称") == EXAMPLE.projects[1].name, "that project")


def export(screen: Desktop, button: str, target: Path) -> Path:
    screen.tab_to(button)
    screen.keys("Return")
    save_as(screen, "导出 ", target)
    screen.wait_for_window("与上年比较")
    return target
