"""The text form: lines, cells, rows, encodings."""

from dataclasses import replace
from pathlib import Path

import pytest

from exporters.export_files import write_file
from importers.import_files import read_file
from importers.text_reader import decode, read_text
from models.document.blocks import Paragraph, Table
from models.errors import UserError
from tests.shared import TEXTS


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_tabs_make_cells_and_empty_lines_end_rows() -> None:
    first, second = read_text("标题\n\t甲\n\t乙\n\n\t\n\t丙\n\n\n \n\t丁")[0], read_text("\t丁")[0]
    assert isinstance(first, Paragraph)
    table = read_text("标题\n\t甲\n\t乙\n\n\t\n\t丙\n\n\n \n\t丁")[1]
    assert isinstance(table, Table)
    assert isinstance(second, Table)
    assert cells(table) == [["甲", "乙"], ["", "丙"]]
    assert cells(second) == [["丁"]]


def test_two_tabs_continue_a_cell_with_its_next_paragraph() -> None:
    (table,) = read_text("\t第一段\n\t\t第二段\n\t乙")
    assert isinstance(table, Table)
    assert cells(table) == [["第一段\n第二段", "乙"]]


def test_bookmarks_left_by_an_extraction_are_no_words() -> None:
    heading, table = read_text("[bookmark: _Toc_1]一、总体绩效目标\n\t[bookmark: _GoBack]1项")
    assert isinstance(heading, Paragraph)
    assert isinstance(table, Table)
    assert heading.text == "一、总体绩效目标"
    assert cells(table) == [["1项"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_the_encodings_chinese_programs_write(encoding: str) -> None:
    assert decode("一、总体绩效目标≥90%𠮷".encode(encoding), "a.txt").lstrip("\ufeff") == "一、总体绩效目标≥90%𠮷"


@pytest.mark.parametrize("data", [b"", b" \n", b"\x00\x01\x02\xff\xfe" * 9, bytes(range(256)) * 4])
def test_what_is_no_text_is_refused_with_the_files_name(data: bytes) -> None:
    with pytest.raises(UserError, match=r"报表\.txt"):
        decode(data, "报表.txt")


def test_windows_line_ends_read_like_others() -> None:
    assert read_text("甲\r\n\t乙\r\n\r\n") == read_text("甲\n\t乙\n\n")


def test_characters_no_file_can_hold_are_counted_in_the_report(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("一、总体绩效目标\n全年\x07演出\u202e三十场。\n", encoding="utf-8")
    imported = read_file(file)
    assert imported.draft.document.overall_goal == "全年演出三十场。"
    assert "去掉了 2 个文件里存不下的字符（不可见的控制字符）。" in imported.report.lines


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_characters_taken_out_of_a_word_or_excel_file_are_counted_in_the_report(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"a{suffix}"
    draft = read_file(TEXTS[1]).draft
    document = replace(draft.document, overall_goal="2026年完成\u202e培训\u202c12期。")
    write_file(replace(draft, document=document), file)
    read = read_file(file)
    assert read.draft.document.overall_goal == "2026年完成培训12期。"
    assert "去掉了 2 个文件里存不下的字符（不可见的控制字符）。" in read.report.lines
