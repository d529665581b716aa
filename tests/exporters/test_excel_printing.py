"""The workbook on paper: no heading alone at a page's foot, no number broken or shown as #."""

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from exporters.build import build
from exporters.excel import write_excel
from exporters.looks import type_area
from exporters.sheets import TEXT_SHEET
from models.document.blocks import REPEATED_IN_SHEET
from models.document.tree import GoalDocument, Items, SubGoal
from tests.exporters.libreoffice import convert, needs_libreoffice, pdf_pages, squeezed
from tests.exporters.samples import TEMPLATE, document, project

HEADING = "加强第{}处水源地的保护"


def text_of(lines: int, count: int = 24) -> GoalDocument:
    """A text whose headings fall on other heights of the page with every number of lines."""
    goals = tuple(
        SubGoal(f"s{number}", heading=HEADING.format(number), goal="办好培训" * 20) for number in range(count)
    )
    return replace(document(1), overall_goal="\n".join(["推广良种良法。"] * lines), sub_goals=Items(items=goals))


def written(given: GoalDocument) -> bytes:
    return write_excel(given, build(given, TEMPLATE), TEMPLATE)


def sheet_of(given: GoalDocument, name: str = TEXT_SHEET) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(written(given)))[name]


def budget_cell(sheet: Worksheet) -> Cell:
    """The one beside its label."""
    (label,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "预算数")
    return sheet.cell(label.row, label.column + 1)  # type: ignore[return-value]


def test_a_page_ends_before_a_heading_that_would_stand_alone() -> None:
    found = [(lines, sheet_of(text_of(lines))) for lines in range(1, 12)]
    broken = [(lines, sheet, [one.id for one in sheet.row_breaks.brk]) for lines, sheet in found]
    assert any(breaks for _, _, breaks in broken)
    for lines, sheet, breaks in broken:
        for row in breaks:
            first = str(sheet.cell(row + 1, 1).value)
            assert first.startswith(("（", "二、", "三、", "第二部分")), lines
            assert not str(sheet.cell(row, 1).value).endswith("水源地的保护"), lines


@pytest.mark.parametrize("count", [1, 3])
def test_the_headings_of_the_second_part_stand_above_its_first_project(count: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(document(count))))
    first = [cell.value for cell in book["1.农技推广项目1"]["A"]][:3]
    assert first == ["第二部分", "预算项目绩效目标", "1.农技推广项目1绩效目标表"]
    words = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert words.count("第二部分") == 1


def test_those_of_a_part_without_projects_stand_in_the_text() -> None:
    values = [cell.value for cell in sheet_of(replace(document(1), projects=()))["A"]]
    assert values[-2:] == ["第二部分", "预算项目绩效目标"]


def test_a_short_text_has_no_such_ends() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(document(2))))
    assert [list(sheet.row_breaks.brk) for sheet in book.worksheets] == [[]] * len(book.worksheets)


def of_rows(count: int) -> GoalDocument:
    rows = tuple(replace(project().indicators[0], id=f"i{place}") for place in range(count))
    return replace(document(1), projects=(replace(project(), indicators=rows),))


def test_a_sheet_of_little_more_than_a_page_is_printed_on_one() -> None:
    found = [sheet_of(of_rows(count), "1.农技推广项目1") for count in range(8, 40)]
    fits = [sheet.page_setup.fitToHeight for sheet in found]
    heights = [sum(float(row.height or 0) for row in sheet.row_dimensions.values()) for sheet in found]
    whole = type_area(TEMPLATE.page).height
    assert fits == [int(whole < height <= whole / 0.85) for height in heights]
    assert set(fits) == {0, 1}
    assert [list(sheet.row_breaks.brk) for sheet, fit in zip(found, fits, strict=True) if fit] == [[]] * sum(fits)


@needs_libreoffice
def test_libreoffice_prints_it_on_one(tmp_path: Path) -> None:
    count = next(n for n in range(8, 40) if sheet_of(of_rows(n), "1.农技推广项目1").page_setup.fitToHeight)
    files = []
    for rows in (count, count + 2):
        files.append(tmp_path / f"{rows}.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(written(of_rows(rows))))
        del book["指标明细"]
        book.save(files[-1])
    pages = [pdf_pages(file) for file in convert(files, tmp_path / "out", "pdf")]
    assert [len(each) for each in pages] == [2, 2]  # the text and the project


def test_the_header_of_the_indicators_stays_with_their_first_row() -> None:
    purposes = ["设备购置和租赁等各项费用，" * count for count in range(60, 120, 2)]
    sheets = [
        sheet_of(replace(document(1), projects=(project(fund_use=words),)), "1.农技推广项目1") for words in purposes
    ]
    ends = [(sheet, one.id) for sheet in sheets for one in sheet.row_breaks.brk]
    heads = [sheet.cell(row + 1, 1).value for sheet, row in ends]
    assert "一级指标" in heads
    # The other ends part a tier, below its first row, or keep a label of two rows whole.
    assert set(heads) <= {"一级指标", REPEATED_IN_SHEET, "资金支出计划（%）"}


@needs_libreoffice
def test_libreoffice_prints_no_heading_alone(tmp_path: Path) -> None:
    files = []
    for lines in range(1, 9):
        files.append(tmp_path / f"{lines}.xlsx")
        files[-1].write_bytes(written(text_of(lines)))
    pages = [page for file in convert(files, tmp_path / "out", "pdf") for page in pdf_pages(file)]
    texts = [page for page in pages if any("办好培训" in line for line in page)]
    assert len(texts) >= 2 * len(files)
    headings = [squeezed(HEADING.format(number)) for number in range(24)]
    last = [[line for line in page if "—" not in line][-1] for page in texts]
    assert [line for line in last if any(line.endswith(heading) for heading in headings)] == []


@pytest.mark.parametrize("text", ["12,345,678.90", "13020925P000653", "2025.01-2025.12"])
def test_a_number_wider_than_its_cell_is_drawn_smaller_on_one_line(text: str) -> None:
    sheet = sheet_of(replace(document(1), projects=(project(budget=text),)), "1.农技推广项目1")
    cell = budget_cell(sheet)
    assert (cell.value, cell.alignment.shrink_to_fit, bool(cell.alignment.wrap_text)) == (text, True, False)
    short = sheet_of(replace(document(1), projects=(project(budget="1,650"),)), "1.农技推广项目1")
    assert sheet.row_dimensions[cell.row].height == short.row_dimensions[budget_cell(short).row].height


@pytest.mark.parametrize("text", ["1,650", "约5万元", "十二万三千四百五十六元", "1" * 60])
def test_other_words_are_wrapped_as_they_were(text: str) -> None:
    cell = budget_cell(sheet_of(replace(document(1), projects=(project(budget=text),)), "1.农技推广项目1"))
    assert (cell.value, bool(cell.alignment.shrink_to_fit), cell.alignment.wrap_text) == (text, False, True)


def test_no_character_of_a_label_stands_alone_on_its_second_line() -> None:
    sheet = sheet_of(document(1), "1.农技推广项目1")
    label = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "指标值确定依据")
    assert (label.alignment.shrink_to_fit, bool(label.alignment.wrap_text)) == (True, False)
    body = sheet_of(replace(document(1), overall_goal="字" * 37))
    line = next(cell for row in body.iter_rows() for cell in row if cell.value == "字" * 37)
    assert line.alignment.wrap_text


def test_an_amount_kept_as_a_number_is_never_shown_as_signs() -> None:
    cell = budget_cell(sheet_of(replace(document(1), projects=(project(budget="1234567890.12"),)), "1.农技推广项目1"))
    assert (cell.value, cell.alignment.shrink_to_fit) == (1234567890.12, True)


@pytest.mark.parametrize("value", ["≥1,234,567,890.12元", "不超过12,345,678.90元", "第2025000123号文"])
def test_a_number_among_words_is_drawn_smaller_before_it_would_break(value: str) -> None:
    rows = (replace(project().indicators[0], value=value),)
    sheet = sheet_of(replace(document(1), projects=(replace(project(), indicators=rows),)), "1.农技推广项目1")
    (cell,) = (each for row in sheet.iter_rows() for each in row if each.value == value)
    width = (sheet.column_dimensions[cell.column_letter].width * 7 + 5) * 0.75 - 7
    digits = max(re.findall(r"[\d,.]+", value), key=len)
    assert len(digits) * cell.font.sz / 2 <= width
    assert cell.font.sz >= 10.5 * 0.45
    assert cell.alignment.wrap_text or cell.alignment.shrink_to_fit


@needs_libreoffice
def test_libreoffice_prints_numbers_among_words_whole(tmp_path: Path) -> None:
    values = ["≥1,234,567,890.12元", "不超过12,345,678.90元", "共计7,654,321,098.76元以上", "12,345,678.91"]
    rows = tuple(
        replace(project().indicators[0], id=f"i{place}", value=value, description="共" * place + value + "的补助资金")
        for place, value in enumerate(values)
    )
    file = tmp_path / "文本.xlsx"
    file.write_bytes(written(replace(document(1), projects=(replace(project(), indicators=rows),))))
    book = openpyxl.load_workbook(file)
    del book["指标明细"]
    book.save(file)
    (printed,) = convert([file], tmp_path / "out", "pdf")
    shown = "\n".join(line for page in pdf_pages(printed) for line in page)
    figures = [re.findall(r"[\d,.]+", value)[0] for value in values]
    assert [shown.count(one) for one in figures] == [2] * len(figures)
