"""Labels of merged cells in a workbook: parted where a printed page ends, named on both pages, typed once, one when read."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from exporters.sheet_breaks import page_breaks, part_labels
from exporters.sheets import Sheet, page_sheets
from importers.budget import Budget
from importers.import_files import read_file
from importers.reading.sheet import Area, make_sheet
from models.document.blocks import REPEATED_IN_SHEET, Role, Row, Table
from models.document.tree import Draft
from models.forms.form_definition import load_project_forms
from tests.exporters.libreoffice import convert, needs_libreoffice, pdf_pages
from tests.exporters.samples import TEMPLATE, cell, document, project
from tests.exporters.test_repeated_labels import LONG, SETTINGS, label_table, without_ids

SHEET = "1.农技推广项目1"


def opened(data: bytes, name: str = SHEET) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def sheet_of(table: Table) -> Sheet:
    """The table on a sheet of its own, its labels parted."""
    (sheet,) = page_sheets([("表", (table,))], table.columns, TEMPLATE.page)
    part_labels(sheet, page_breaks(sheet, TEMPLATE.page))
    return sheet


def named(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Row, words and drawn words of the first column's labels."""
    found = [(number, slots[0]) for number, (_, slots) in enumerate(sheet.rows, 1) if slots and slots[0]]
    return [(number, slot.text, slot.drawn) for number, slot in found if slot.role is Role.CELL_LABEL and slot.text]


def test_a_tier_over_the_end_of_a_page_is_typed_once_and_drawn_on_each() -> None:
    sheet = opened(file_bytes(Draft(LONG, SETTINGS), ".xlsx"))
    ends = [each.id for each in sheet.row_breaks.brk]
    assert len(ends) == 2
    assert sum(sheet.cell(row, 1).value == "产出指标" for row in range(1, sheet.max_row + 1)) == 1
    for row in ends:
        again = [sheet.cell(row + 1, column) for column in (1, 2)]
        assert [(str(each.value).strip(), each.number_format) for each in again] == [
            ("", ';;;"产出指标"'),
            ("", ';;;"数量指标"'),
        ]
    spans = sorted((area.min_row, area.max_row) for area in sheet.merged_cells.ranges if area.max_col == 1)
    assert spans[-3:] == [(13, ends[0]), (ends[0] + 1, ends[1]), (ends[1] + 1, sheet.max_row)]


def test_a_table_whose_labels_end_with_their_pages_keeps_the_programs_own_ends() -> None:
    sheet = opened(file_bytes(Draft(document(2), SETTINGS), ".xlsx"))
    assert list(sheet.row_breaks.brk) == []


def test_it_is_one_cell_again_when_read(tmp_path: Path) -> None:
    file = tmp_path / "文本.xlsx"
    file.write_bytes(file_bytes(Draft(LONG, SETTINGS), ".xlsx"))
    found = read_file(file)
    assert without_ids(found.draft.document) == without_ids(LONG)
    assert found.draft.document.unplaced == ()


@pytest.mark.parametrize("form", load_project_forms(), ids=lambda form: form.id)
def test_so_does_a_form(form: object, tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(form_bytes(Draft(LONG, SETTINGS), form, ".xlsx"))  # type: ignore[arg-type]
    found = read_file(file).draft.document
    assert [row[:3] for row in without_ids(found)] == [row[:3] for row in without_ids(LONG)]
    assert found.projects[0].goals == LONG.projects[0].goals


def test_what_somebody_types_over_the_second_part_is_kept(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file_bytes(Draft(LONG, SETTINGS), ".xlsx")))
    sheet = book[SHEET]
    row = sheet.row_breaks.brk[0].id + 1
    sheet.cell(row, 2).value = "质量指标"
    book.save(tmp_path / "文本.xlsx")
    tiers = [row.tier2 for row in read_file(tmp_path / "文本.xlsx").draft.document.projects[0].indicators]
    assert tiers == ["数量指标"] * (row - 13) + ["质量指标"] * (60 - (row - 13))


def ending(before: int) -> Sheet:
    return sheet_of(label_table(6, "服务对象满意度指标", before=before))


def test_a_part_too_small_for_its_words_draws_them_smaller() -> None:
    places = [ending(before) for before in range(25, 50)]
    torn = [sheet for sheet in places if len(named(sheet)) == 2]
    assert torn
    for sheet in torn:
        (first, typed, _), (second, again, drawn) = named(sheet)
        assert (typed, again, drawn) == ("服务对象满意度指标", REPEATED_IN_SHEET, "服务对象满意度指标")
        parts = (second - first, 6 - (second - first))
        slots = (sheet.rows[first - 1][1][0], sheet.rows[second - 1][1][0])
        assert [slot.shrinks for slot in slots if slot] == [rows == 1 for rows in parts]
    assert {named(sheet)[1][0] - named(sheet)[0][0] for sheet in torn} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("words", ['带"引号"的指标', "甲\\乙指标"])
def test_words_no_number_format_can_hold_are_left_blank_there(words: str, tmp_path: Path) -> None:
    rows = tuple(replace(row, tier1=words) for row in LONG.projects[0].indicators)
    text = replace(LONG, projects=(replace(LONG.projects[0], indicators=rows),))
    file = tmp_path / "文本.xlsx"
    file.write_bytes(file_bytes(Draft(text, SETTINGS), ".xlsx"))
    sheet = opened(file.read_bytes())
    assert {sheet.cell(each.id + 1, 1).number_format for each in sheet.row_breaks.brk} == {"@"}
    assert without_ids(read_file(file).draft.document) == without_ids(text)


def test_a_space_of_that_kind_below_nothing_stays_a_space() -> None:
    rows = {1: {1: REPEATED_IN_SHEET, 2: "甲"}, 3: {1: REPEATED_IN_SHEET, 2: "乙"}}
    assert make_sheet("表", {row: dict(words) for row, words in rows.items()}, (), Budget()).rows == rows
    wider = make_sheet("表", {1: {1: "甲"}, 2: {1: REPEATED_IN_SHEET}}, (Area(2, 1, 2, 2),), Budget())
    assert wider.rows[2][1] == REPEATED_IN_SHEET


@needs_libreoffice
def test_libreoffice_prints_them_on_every_page_and_keeps_them_one(tmp_path: Path) -> None:
    file = tmp_path / "文本.xlsx"
    file.write_bytes(file_bytes(Draft(LONG, SETTINGS), ".xlsx"))
    (printed,) = convert([file], tmp_path / "pdf", "pdf")
    pages = ["".join(page) for page in pdf_pages(printed)]
    held = [page for page in pages if "第0项" in page or "一级指标二级指标三级指标" in page][:3]
    assert len(held) == 3
    assert ["产出指标" in page and "数量指标" in page for page in held] == [True] * 3
    for suffix in ("xlsx", "ods"):
        (saved,) = convert([file], tmp_path / suffix, suffix)
        assert without_ids(read_file(saved).draft.document) == without_ids(LONG)


def test_rows_of_other_words_are_not_parted() -> None:
    """Only labels: the words of a field stand in one cell whatever the printer does."""
    first = Row((cell("说明", rowspan=60, role=Role.CELL_TEXT), cell("值")))
    sheet = sheet_of(Table((first, *(Row((cell("值"),)) for _ in range(59))), (1190, 3000)))
    assert sheet.merged == [(1, 0, 60, 0)]


@needs_libreoffice
def test_beside_a_row_of_several_pages_the_label_is_printed_on_each(tmp_path: Path) -> None:
    given = project(fund_use="，".join(f"第{number}批农机作业补助按核实面积兑付到户" for number in range(200)))
    text = replace(document(1), projects=(given,))
    file = tmp_path / "文本.xlsx"
    file.write_bytes(file_bytes(Draft(text, SETTINGS), ".xlsx"))
    (printed,) = convert([file], tmp_path / "pdf", "pdf")
    pages = ["".join(page) for page in pdf_pages(printed)]
    long = [page for page in pages if "批农机作业补助按" in page]
    assert len(long) > 2
    assert [("预算规模" in page, "资金用途" in page) for page in long] == [(True, True)] * len(long)
    assert read_file(file).draft.document.projects[0].fund_use == given.fund_use


def test_words_beside_a_row_of_several_pages_stand_at_its_top() -> None:
    row = replace(LONG.projects[0].indicators[0], description="按村核实作业面积，" * 200, value="≥77亩")
    text = replace(LONG, projects=(replace(LONG.projects[0], indicators=(row,)),))
    sheet = opened(file_bytes(Draft(text, SETTINGS), ".xlsx"))
    (value,) = (each for line in sheet.iter_rows() for each in line if each.value == "≥77亩")
    assert value.alignment.vertical == "top"
    (merged,) = (area for area in sheet.merged_cells.ranges if value.coordinate in area)
    heights = [float(sheet.row_dimensions[number].height or 0) for number in range(merged.min_row, merged.max_row + 1)]
    assert len(heights) > 4
    assert max(heights) <= 100
