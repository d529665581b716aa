"""与上年比较 on paper: every line, the differing words marked, in each kind of file."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from exporters.comparison_document import comparison_blocks, comparison_bytes, marked, write_comparison
from exporters.paginate import paginate
from importers.word.word_reader import read_word
from models.comparing.year_comparison import Compared, compare
from models.document.blocks import Table
from models.document.template import load_template
from models.document.tree import GoalDocument, Project
from models.errors import UserError

LAST = GoalDocument(
    year=2025, overall_goal="推广品种12个。\n培训农户。", projects=(Project("p1", name="良种", budget="80.00"),)
)
NOW = replace(
    LAST, year=2026, overall_goal="推广品种15个。\n培训农户。", projects=(replace(LAST.projects[0], budget="87.50"),)
)
LINES = compare(LAST, NOW)


def test_differing_words_stand_in_brackets() -> None:
    line = next(line for line in LINES if line.place == "总体绩效目标")
    assert marked(line) == ("推广品种【12】个。\n培训农户。", "推广品种【15】个。\n培训农户。")
    assert marked(Compared("", "", "", "", "新的", "added")) == ("", "新的")


def test_the_word_file_has_a_row_for_every_line() -> None:
    blocks = read_word(comparison_bytes(LINES, "甲稿", "乙稿", ".docx"), "比较.docx").blocks
    rows = [
        tuple(cell.text for cell in row.cells) for block in blocks if isinstance(block, Table) for row in block.rows
    ]
    assert ("预算数", "【80.00】", "【87.50】", "改 +7.50（+9.4%）") in rows
    assert len(rows) == len(LINES) + len({line.group for line in LINES})
    words = "".join(block.text for block in blocks if not isinstance(block, Table))
    assert "甲稿" in words
    assert "乙稿" in words


def test_the_workbook_can_be_filtered_by_project() -> None:
    book = openpyxl.load_workbook(io.BytesIO(comparison_bytes(LINES, "甲", "乙", ".xlsx")))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("项目", "位置", "上年", "本年", "差别")
    assert len(rows) == len(LINES) + 1


def test_a_text_longer_than_a_page_is_printed_whole() -> None:
    long = replace(LAST, overall_goal="。".join(f"第{number}句话说的是推广" for number in range(400)))
    lines = compare(long, NOW)
    template = load_template()
    pages = paginate(comparison_blocks(lines, "甲", "乙", template), template)
    assert len(pages) > 2
    words = "".join(run.text for page in pages for line in page.lines for run in line.runs)
    assert all(f"第{number}句" in words.replace("【", "").replace("】", "") for number in (0, 200, 399))


def test_a_wrong_suffix_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"比较\.csv"):
        write_comparison(LINES, "甲", "乙", tmp_path / "比较.csv")
    write_comparison(LINES, "甲", "乙", tmp_path / "比较.docx")
    assert (tmp_path / "比较.docx").stat().st_size > 1000
