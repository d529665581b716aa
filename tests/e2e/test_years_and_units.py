"""Last year's text becomes this year's, and units become their department, by keyboard alone in a real window."""

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporters.package_writer import write_jxmb
from importers.import_files import read_file
from tests import words
from tests.e2e.clerk import choose_files, is_shown, screen_for, stored, to_project_fields
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.menus import choose
from tests.models.units import DEPARTMENT, THREE, edited
from tests.shared import TEXTS
from tests.waiting import until

SOURCE = TEXTS[1]
YEAR = 2026
"""Of which the source is."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown
        shown.picture("last")


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_last_years_file_becomes_this_years_draft_and_the_two_are_compared(screen: Desktop, tmp_path: Path) -> None:
    home, before = tmp_path / "home", read_file(SOURCE).draft.document
    screen.start(home)
    make_new_year(screen)
    until(lambda: len(stored(home)) == 2, "both years' drafts on the disk")
    made, last = stored(home)
    assert (made.document.year, last.document.year) == (YEAR + 1, YEAR)
    assert last.document.projects == before.projects
    # The first mention was left as it is, the others moved on.
    assert made.document.overall_goal.startswith(before.overall_goal[:20])
    assert f"{YEAR + 1}年" in made.document.overall_goal

    marks = made.provenance.carried_over
    assert marks[0] == "projects[p1].budget"
    choose(screen, "沿用上年的内容…")
    screen.wait_for_window("沿用上年的内容")
    screen.keys("space", "Escape")
    screen.wait_for_window("年 ")
    until(lambda: stored(home)[0].provenance.carried_over == marks[1:], "the first mark confirmed")

    to_project_fields(screen)
    screen.tab_to("预算数")
    screen.type("321.50")
    screen.keys("Tab")
    screen.keys("ctrl+shift+l")
    screen.wait_for_window("与上年比较")
    until(lambda: is_shown(screen, "改 1"), "the change in the comparison")
    screen.picture("comparison")
    for name, target in (("导出 Word…", tmp_path / "out.docx"), ("导出 PDF…", tmp_path / "out.pdf")):
        screen.tab_to(name)
        screen.keys("Return")
        screen.wait_for_window("导出 ")
        screen.keys("ctrl+a")
        screen.paste(str(target))
        screen.keys("Return")
        until(target.exists, f"the file {target.name}")
        screen.wait_for_window("与上年比较")
    on_paper = words.bare(subprocess.check_output(["pdftotext", "-raw", str(tmp_path / "out.pdf"), "-"]).decode())
    in_word = zipfile.ZipFile(tmp_path / "out.docx").read("word/document.xml").decode()
    assert "321.50" in on_paper
    assert "321.50" in in_word


def make_new_year(screen: Desktop) -> None:
    """From the file, with the first year left as it is."""
    choose(screen, "从上年生成…")
    screen.wait_for_window("从上年生成")
    screen.keys("Return")
    choose_files(screen, "导入文件", SOURCE)
    screen.wait_for_window("导入结果")
    screen.keys("Return")
    screen.wait_for_window("从上年生成")
    screen.keys("Home", "space")
    screen.picture("rollover")
    screen.tab_to("生成草稿")
    screen.keys("Return")
    screen.wait_for_window(f"{YEAR + 1}年 ")


# As above.
@needs_screen_reader
@pytest.mark.e2e
def test_units_are_merged_edited_and_merged_again_with_a_conflict_undone(screen: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for number, draft in THREE.items():
        (tmp_path / f"{number}.jxmb").write_bytes(write_jxmb(draft))
    unit = edited(edited(THREE[0], "projects[p1].budget", "12.00"), "projects[p2].fund_use", "单位改过的用途。")
    (tmp_path / "new.jxmb").write_bytes(write_jxmb(unit))
    screen.start(home)
    merge(screen, [tmp_path / f"{number}.jxmb" for number in THREE])
    to_project_fields(screen)
    screen.tab_to("预算数")
    screen.type("11.00")
    screen.keys("Tab")
    until(lambda: budgets(home)[:1] == ["11.00"], "the department's budget on the disk")
    assert budgets(home)[1:] == ["10.00"] * 5

    choose(screen, "更新下属单位…")
    screen.wait_for_window("更新下属单位")
    screen.keys("alt+a")
    choose_files(screen, "添加下属单位的文件", tmp_path / "new.jxmb")
    until(lambda: is_shown(screen, "两边都改过的（1）"), "the budget both have changed")
    screen.tab_to("这一处")
    screen.keys("Down", "Down")
    screen.picture("update")
    screen.tab_to("更新")
    screen.keys("Return")
    screen.wait_for_window(DEPARTMENT.name)
    until(lambda: budgets(home)[:1] == ["12.00"], "the unit's budget on the disk")
    assert stored(home)[0].document.projects[1].fund_use == "单位改过的用途。"
    screen.keys("ctrl+z")
    until(lambda: budgets(home)[:1] == ["11.00"], "the department's budget again")
    assert stored(home)[0].document.projects[1].fund_use == THREE[0].document.projects[1].fund_use

    remark(screen, "12?")
    until(lambda: [one.text for one in stored(home)[0].remarks] == ["12?"], "the remark on the disk")
    assert stored(home)[0].remarks[0].path == f"projects[{stored(home)[0].document.projects[0].id}].budget"
    screen.picture("remarks")


def merge(screen: Desktop, files: list[Path]) -> None:
    choose(screen, "汇总单位…")
    screen.wait_for_window("汇总单位")
    screen.keys("alt+a")
    choose_files(screen, "添加下属单位的文件", *files)
    screen.wait_for_window("汇总单位")
    screen.tab_to("单位代码")
    screen.type(DEPARTMENT.code)
    screen.tab_to("单位名称")
    screen.paste(DEPARTMENT.name)
    screen.picture("merge")
    screen.keys("Return")
    screen.wait_for_window(DEPARTMENT.name)


def budgets(home: Path) -> list[str]:
    """Of the draft made last."""
    drafts = stored(home)
    return [project.budget for project in drafts[0].document.projects] if drafts else []


def remark(screen: Desktop, text: str) -> None:
    """On the field with the cursor."""
    screen.keys("ctrl+shift+m")
    screen.wait_for_window("写审核意见")
    screen.type(text)
    screen.tab_to("写入")
    screen.keys("Return")
    screen.wait_for_window(DEPARTMENT.name)
