"""The workbook: words to the letter, amounts as numbers, the form's geometry, fit to print."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exporters.build import build
from exporters.excel import write_excel
from exporters.sheets import MAX_HEIGHT, MAX_TEXT, TEXT_SHEET
from importers.recognise import recognise
from importers.text_reader import read_text
from models.document.blocks import GOES_ON_IN_SHEET, REPEATED_IN_SHEET, Block, paragraph
from models.document.list_head import DETAIL_SHEET, OVERVIEW_SHEET, head_lines
from models.document.tree import GoalDocument, Indicator, Project
from tests.exporters.samples import TEMPLATE, document, merged_table, project, title
from tests.shared import SEEDS, SHARED, needs_shared
from tests.strategies import documents


def opened(given_document: GoalDocument, *blocks: Block) -> Workbook:
    data = write_excel(given_document, blocks or build(given_document, TEMPLATE), TEMPLATE)
    return openpyxl.load_workbook(io.BytesIO(data))


def of_projects(*projects: object) -> GoalDocument:
    return GoalDocument(projects=projects)  # type: ignore[arg-type]


def filled(sheet: Worksheet) -> list[list[object]]:
    """The words of each row, blank cells and blank rows aside."""
    rows = [[value for value in row if value is not None] for row in sheet.values]
    return [row for row in rows if row]


def find(sheet: Worksheet, value: object) -> ExcelCell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)  # type: ignore[return-value]


def test_the_sheets_are_the_text_the_overview_each_project_and_the_list_of_indicators() -> None:
    names = [TEXT_SHEET, OVERVIEW_SHEET, "1.农技推广项目1", "2.农技推广项目2", DETAIL_SHEET]
    assert opened(document()).sheetnames == names


def test_every_paragraph_is_a_cell_of_its_own() -> None:
    sheet = opened(document())[TEXT_SHEET]
    assert filled(sheet)[2:5] == [["一、总体绩效目标"], ["推广良种良法。"], ["提高农户收入。"]]
    assert find(sheet, "推广良种良法。").alignment.wrap_text


def test_a_project_stands_in_the_geometry_of_the_form() -> None:
    sheet = opened(document())["2.农技推广项目2"]
    rows = filled(sheet)
    assert rows[0] == ["2.农技推广项目2绩效目标表"]
    assert rows[3] == ["预算规模及资金用途", "预算数", 165, "其中：财政    资金", 165, "其他资金"]
    assert rows[4] == ["用于农技培训。\n用于设备购置。"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:G1", "A2:F2", "A4:A5", "B5:G5", "A11:A14", "B11:B12"} <= merged
    assert find(sheet, "项目编码").border.left.style == "thin"


def test_amounts_are_numbers_that_show_the_digits_typed() -> None:
    sheet = opened(of_projects(project(budget="165.00", fiscal_funds="0.5", other_funds="1200")))["1.农技推广项目1"]
    shown = [(cell.value, cell.number_format) for row in sheet["C4:G4"] for cell in row if cell.data_type == "n"]
    assert [pair for pair in shown if pair[0] is not None] == [(165, "0.00"), (0.5, "0.0"), (1200, "0")]


@pytest.mark.parametrize(
    "text", ["1,200.00", "0165", "12345678901234.56", "-0.00", "１２", "约5", "5万元", "1e3", ".5", "5."]
)
def test_an_amount_a_number_could_not_show_stays_text(text: str) -> None:
    sheet = opened(of_projects(project(budget=text)))["1.农技推广项目1"]
    assert find(sheet, text).data_type == "s"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@a", "#N/A", "007", "1/2", " 甲 ", "<&>", "𠮷😀"]
)
def test_words_are_never_read_as_anything_else(text: str) -> None:
    sheet = opened(of_projects(project(fund_use=text)))["1.农技推广项目1"]
    assert find(sheet, text).data_type == "s"


@settings(max_examples=20)  # each writes and reads a workbook of several sheets
@given(documents(wild=True))
def test_every_indicator_reads_back_to_the_letter(given_document: GoalDocument) -> None:
    book = opened(given_document)
    rows = [["" if value is None else value for value in row] for row in book[DETAIL_SHEET].values]
    names = ("tier1", "tier2", "name", "description", "value", "basis")
    wanted = [
        [found.code, found.name, found.unit.code + found.unit.name, *(getattr(row, name) for name in names)]
        for found in given_document.projects
        for row in found.indicators
    ]
    head = len(head_lines(given_document, DETAIL_SHEET)) + 1
    assert [row[:9] for row in rows[head:]] == wanted


@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_words_read_back_to_the_letter(text: str) -> None:
    assert filled(opened(GoalDocument(), paragraph(text))[TEXT_SHEET]) == [[text]]


@pytest.mark.parametrize("text", ["\x00甲\x0b", "\ud800甲", "\ufffe甲"])
def test_characters_no_file_can_hold_are_left_out(text: str) -> None:
    assert filled(opened(GoalDocument(), paragraph(text))[TEXT_SHEET]) == [["甲"]]


@pytest.mark.parametrize("letter", ["甲", "𠮷"])
def test_words_a_cell_cannot_hold_go_on_in_the_next_row(letter: str) -> None:
    long = letter * (MAX_TEXT + 10)
    book = opened(of_projects(project(fund_use=long)))
    rows = [row for row in filled(book["1.农技推广项目1"]) if letter in str(row[-1])]
    words = [str(row.pop()) for row in rows]
    assert all(row in ([], [REPEATED_IN_SHEET]) for row in rows)  # beside them their label, named again
    assert all(len(part.encode("utf-16-le")) <= MAX_TEXT * 2 for part in words)
    assert words[0].startswith(letter)
    assert all(part.startswith(GOES_ON_IN_SHEET + letter) for part in words[1:])
    assert "".join(part.removeprefix(GOES_ON_IN_SHEET) for part in words) == long


def test_a_row_is_as_tall_as_its_words_and_no_taller_than_excel_can() -> None:
    sheet = opened(of_projects(project(fund_use="甲" * 5000)))["1.农技推广项目1"]
    cells = [cell for row in sheet.iter_rows() for cell in row if "甲甲" in str(cell.value)]
    assert sum(str(cell.value).count("甲") for cell in cells) == 5000
    areas = [area for cell in cells for area in sheet.merged_cells.ranges if cell.coordinate in area]
    rows = [row for area in areas for row in range(area.min_row, area.max_row + 1)]
    heights = [sheet.row_dimensions[row].height or 0 for row in rows]
    assert max(heights) <= MAX_HEIGHT
    assert sum(heights) > 5000 / 35 * 10.5
    assert sheet.row_dimensions[find(sheet, "3月底").row].height == pytest.approx(20.2, abs=0.1)


def test_a_long_code_is_seen_whole_also_in_a_font_with_wider_digits() -> None:
    sheet = opened(of_projects(project(code="13992126P000001100010")))["1.农技推广项目1"]
    code = find(sheet, "13992126P000001100010")
    assert (code.alignment.shrink_to_fit, bool(code.alignment.wrap_text)) == (True, False)
    assert sheet.row_dimensions[code.row].height == pytest.approx(20.2, abs=0.1)


def test_each_sheet_prints_on_a4_one_page_wide_with_its_head_repeated() -> None:
    book = opened(document())
    for each in book:
        fit = each.sheet_properties.pageSetUpPr.fitToPage  # type: ignore[union-attr]
        assert (each.page_setup.paperSize, each.page_setup.fitToWidth, each.page_setup.fitToHeight, fit) == (
            9,
            1,
            0,
            True,
        )
        corner = f"{openpyxl.utils.get_column_letter(each.max_column)}${each.max_row}"
        assert each.print_area == f"'{each.title}'!$A$1:${corner}"
    sheet = book["1.农技推广项目1"]
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.print_title_rows == f"${find(sheet, '一级指标').row}:${find(sheet, '一级指标').row}"


@pytest.mark.parametrize("name", [OVERVIEW_SHEET, DETAIL_SHEET])
def test_a_list_prints_across_with_ordinary_margins_its_header_on_every_page_and_their_count(name: str) -> None:
    sheet = opened(document())[name]
    margins = sheet.page_margins
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    assert (margins.top, margins.bottom, margins.left, margins.right) == (0.75, 0.75, 0.7, 0.7)
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


@pytest.mark.parametrize("name", [OVERVIEW_SHEET, DETAIL_SHEET])
def test_a_list_says_whose_it_is_and_of_which_year(name: str) -> None:
    rows = filled(opened(document())[name])
    money = "　金额单位：万元" if name == OVERVIEW_SHEET else ""
    assert rows[0] == [f"青松县农技推广站2025年{name}"]
    assert rows[1] == [f"单位编码：900001　单位名称：青松县农技推广站　预算年度：2025年{money}"]


def test_the_list_of_indicators_can_be_filtered_under_a_head_that_stays() -> None:
    sheet = opened(document())[DETAIL_SHEET]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:I11"
    assert [cell.value for cell in sheet[3]][:4] == ["项目编码", "项目名称", "预算单位", "一级指标"]
    assert {cell.value for cell in sheet["C"][3:]} == {"900001青松县农技推广站"}


@pytest.mark.parametrize("length", [600, 3_000, 12_000])
def test_no_words_of_a_list_are_cut_off_at_the_greatest_height_of_a_row(length: int) -> None:
    rows = (Indicator("i1", "产出指标", "数量指标", "次数", "说" * length, "≥3次"),)
    sheet = opened(of_projects(Project("p1", name="甲", indicators=rows)))[DETAIL_SHEET]
    cell = find(sheet, "说" * length)
    size, width = cell.font.sz, sheet.column_dimensions[cell.column_letter].width * 7 * 0.75
    lines = -(-length // int(width / size))
    assert lines * size * 1.2 <= sheet.row_dimensions[cell.row].height <= MAX_HEIGHT


@pytest.mark.parametrize(
    "name", ["[专项]:经费*?/\\", "'引号'", "长" * 60, "😀" * 40, "History", "HISTORY绩效目标表", ""]
)
def test_sheet_names_are_legal_and_differ(name: str) -> None:
    names = opened(GoalDocument(), title(f"{name}绩效目标表"), title(f"{name.upper()}绩效目标表")).sheetnames
    assert len({found.casefold() for found in names}) == 4
    assert all(0 < len(found.encode("utf-16-le")) // 2 <= 31 and not set(found) & set("[]:*?/\\") for found in names)


def test_a_table_without_a_title_still_has_its_sheet() -> None:
    sheet = opened(GoalDocument(), merged_table())["表"]
    assert filled(sheet) == [["头一", "头二", "头三"], ["甲", "乙"], ["丙\n丁"]]


def test_the_file_says_whose_it_is_and_of_which_year() -> None:
    about = opened(document()).properties
    assert (about.title, about.creator) == ("2025年部门预算绩效文本", "青松县农技推广站")


def test_only_one_sheet_is_selected() -> None:
    assert sum(bool(sheet.sheet_view.tabSelected) for sheet in opened(document()).worksheets) <= 1


def test_the_same_text_gives_the_same_bytes() -> None:
    blocks = build(document(), TEMPLATE)
    data = write_excel(document(), blocks, TEMPLATE)
    assert data == write_excel(document(), blocks, TEMPLATE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@needs_shared
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_a_real_text_comes_out_in_the_same_words(seed: Path, tmp_path: Path) -> None:
    found = recognise(read_text(seed.read_text(encoding="utf-8")), TEMPLATE)
    export = tmp_path / "export.xlsx"
    export.write_bytes(write_excel(found.document, build(found.document, TEMPLATE), TEMPLATE))
    judge = [sys.executable, str(SHARED / "tools" / "same_text.py"), str(seed), str(export)]
    done = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
