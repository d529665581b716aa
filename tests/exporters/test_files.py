"""Whole files: one project alone, the blank form, bad input, the same bytes twice."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from exporters.blank import blank_form
from exporters.export_files import SUFFIXES, file_bytes, write_blank, write_file, write_project
from importers.import_files import read_file
from models.document.blocks import Table
from models.document.cleaning import clean_line, clean_text
from models.document.tree import Draft, GoalDocument, Indicator, Project, Settings
from models.errors import UserError
from tests.exporters.samples import TEMPLATE, document, indicator, project

DRAFT = Draft(document(3))
READ_BACK = (".docx", ".xlsx", ".txt", ".json")


def read(path: Path) -> GoalDocument:
    return read_file(path).draft.document


@pytest.mark.parametrize("suffix", READ_BACK)
def test_one_project_alone_is_that_project_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"一个项目{suffix}"
    write_project(DRAFT, "p2", file)
    (found,) = read(file).projects
    assert found.name == "农技推广项目2"
    assert read(file).overall_goal == ""


def test_one_project_alone_keeps_its_number_and_has_no_cover(tmp_path: Path) -> None:
    write_project(DRAFT, "p3", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").lstrip().startswith("3.农技推广项目3绩效目标表")


def test_a_project_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="已不在文本中"):
        write_project(DRAFT, "p9", tmp_path / "a.docx")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_blank_form_has_every_label_and_every_tier(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"空表{suffix}"
    write_blank(TEMPLATE, file)
    assert file.stat().st_size > 500
    tables = [block for block in blank_form(TEMPLATE) if isinstance(block, Table)]
    words = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    tiers = [tier for tier1, below in TEMPLATE.scheme("2015").tiers.items() for tier in (tier1, *below)]
    for label in ("项目编码", "预算数", "3月底", "单位：万元", "指标值确定依据", *tiers):
        assert label in words


def test_a_blank_form_holds_nothing_but_the_forms_own_words(tmp_path: Path) -> None:
    write_blank(TEMPLATE, tmp_path / "空表.docx")
    found = read(tmp_path / "空表.docx")
    assert (found.year, found.unit.name, found.overall_goal.strip()) == (None, "", "")
    assert [row.tier2 for row in found.projects[0].indicators][:2] == ["数量指标", "质量指标"]
    assert {row.value for row in found.projects[0].indicators} == {""}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_second_run_gives_the_same_bytes(suffix: str) -> None:
    """Also in another process, where hashes come in another order."""
    command = (
        "import sys; from tests.exporters.test_files import DRAFT, file_bytes;"
        f"sys.stdout.buffer.write(file_bytes(DRAFT, {suffix!r}))"
    )
    root = Path(__file__).parents[2]
    assert subprocess.check_output([sys.executable, "-c", command], cwd=root) == file_bytes(DRAFT, suffix)


BAD = {
    "control characters": "甲\x00乙\x07丙\x1b丁",
    "a lone surrogate": "甲\ud800乙",
    "40,000 characters": "长" * 40_000,
    "a formula": "=1+1",
    "a command": "@SUM(A1)",
    "an emoji": "完成😀培训👩‍🌾",
    "rare characters": "𠮷野家 𰻝𰻝面",
    "right-to-left marks": "甲\u200f乙\u200e丙\u202e丁",
    "markup": "<b>甲&乙</b> &amp; \"丙\" '丁'",
    "CRLF": "第一段\r\n第二段\r第三段",
    "leading spaces": "  　甲乙",
    "a word of 300 letters": "x" * 300,
    "a backslash": r"C:\甲\n乙\t",
    "digits": "0012.50",
}
"""What people paste; each stands in a cell, in a paragraph and in the name of a project."""


@pytest.mark.parametrize("suffix", READ_BACK)
@pytest.mark.parametrize("typed", BAD.values(), ids=BAD.keys())
def test_bad_input_is_exported_and_read_again_as_typed(typed: str, suffix: str, tmp_path: Path) -> None:
    """As it stands in the draft: cleaned when it was typed."""
    cell, line = clean_text(typed)[0], clean_line(typed)[0]
    row = replace(indicator(1), name=line, description=line)
    given = Project("p1", name="项目", fund_use=cell, goals=("办好" + line,), indicators=(row,))
    file = tmp_path / f"a{suffix}"
    write_file(Draft(GoalDocument(projects=(given,))), file)
    (found,) = read(file).projects
    assert found.fund_use == cell
    assert found.goals == ("办好" + line,)
    assert (found.indicators[0].name, found.indicators[0].description) == (line, line)


@pytest.mark.parametrize("suffix", READ_BACK)
def test_a_project_name_of_200_characters_is_whole(suffix: str, tmp_path: Path) -> None:
    name = "很长的项目名称" * 28 + "完了了了"
    assert len(name) == 200
    file = tmp_path / f"a{suffix}"
    write_file(Draft(GoalDocument(projects=(project(name=name),))), file)
    assert read(file).projects[0].name == name


@pytest.mark.parametrize("suffix", READ_BACK)
def test_what_was_never_cleaned_still_makes_a_file_that_opens(suffix: str, tmp_path: Path) -> None:
    dirty = "".join(BAD.values())
    given = Project("p1", name=dirty, fund_use=dirty, indicators=(Indicator("i1", dirty, dirty, dirty),))
    file = tmp_path / f"a{suffix}"
    write_file(Draft(GoalDocument(overall_goal=dirty, title=dirty, projects=(given,)), Settings()), file)
    assert read_file(file).draft
