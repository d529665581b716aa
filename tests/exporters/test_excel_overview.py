"""The overview sheet: each project in a row with its amounts as numbers, and their sums."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exporters.build import build
from exporters.excel import write_excel
from exporters.sheets import OVERVIEW_SHEET
from models.document.tree import GoalDocument, Indicator, Project
from tests.exporters.samples import TEMPLATE

ROWS = (Indicator("i1", "产出指标", "数量指标", "次数"), Indicator("i2", "产出指标", "质量指标", "合格率"))


def overview(*projects: Project) -> Worksheet:
    document = GoalDocument(projects=projects)
    book = openpyxl.load_workbook(io.BytesIO(write_excel(document, build(document, TEMPLATE), TEMPLATE)))
    return book[OVERVIEW_SHEET]


def project(number: int, budget: str = "", fiscal: str = "", other: str = "", unit: str = "万元") -> Project:
    code, name = f"13992126P00000{number}100010", f"项目{'甲乙丙'[number - 1]}"
    return Project(f"p{number}", amount_unit=unit, code=code, name=name, budget=budget, fiscal_funds=fiscal,
                   other_funds=other, indicators=ROWS)  # fmt: skip


def values(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.values)


def test_every_project_has_a_row_and_the_last_one_has_the_sums() -> None:
    sheet = overview(project(1, "165.00", "100.00", "65.00"), project(2, "4.20", "4.20"))
    assert values(sheet) == [
        ("序号", "项目编码", "项目名称", "预算数\n（万元）", "财政资金\n（万元）", "其他资金\n（万元）", "指标数"),
        (1, "13992126P000001100010", "项目甲", 165, 100, 65, 2),
        (2, "13992126P000002100010", "项目乙", 4.2, 4.2, None, 2),
        ("合计", None, None, 169.2, 104.2, 65, 4),
    ]


def test_amounts_show_the_digits_typed_and_sums_two_decimals_at_least() -> None:
    sheet = overview(project(1, "165.5", "1", "0.125"), project(2, "34", "2", "1,200.00"))
    formats = [[cell.number_format for cell in row] for row in sheet["D2:F4"]]
    assert formats == [["0.0", "0", "0.000"], ["0", "0", "0.00"], ["0.00", "0.00", "0.000"]]
    assert [cell.value for cell in sheet[4]][3:6] == [199.5, 3, 1200.125]


def test_sums_are_exact() -> None:
    sheet = overview(*(project(number, "0.1", "0.2") for number in (1, 2, 3)))
    assert [cell.value for cell in sheet[5]][3:5] == [0.3, 0.6]


def test_amounts_that_are_no_numbers_stand_as_typed_and_are_named_below_the_sums() -> None:
    rows = values(overview(project(1, "约5", "3.00"), project(2, "2.00", "/")))
    assert rows[1][3] == "约5"
    assert rows[3][3:5] == (2, 3)
    assert rows[4][0] == "注：以下金额不是数字，没有计入合计：1 项目甲的预算数「约5」；2 项目乙的财政资金「/」。"


def test_an_amount_of_another_unit_is_shown_in_the_unit_of_the_header() -> None:
    rows = values(overview(project(1, "165.00"), project(2, "5"), project(3, "10000", unit="元")))
    assert rows[3][3] == 1
    assert rows[4][3] == 171


def test_a_column_without_any_amount_has_no_sum() -> None:
    assert values(overview(project(1, "1.00"), project(2, "2.00")))[3] == ("合计", None, None, 3, None, None, 4)


def test_the_overview_keeps_its_header_in_view_and_prints_on_one_page_wide() -> None:
    sheet = overview(project(1, "1.00"), project(2, "2.00"))
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A2", "$1:$1", None)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_text_of_one_project_needs_no_overview() -> None:
    with pytest.raises(KeyError):
        overview(project(1, "1.00"))


def test_a_project_called_like_the_overview_has_a_sheet_of_its_own() -> None:
    projects = tuple(Project(f"p{n}", name=name) for n, name in enumerate(("项目总览", "指标明细"), 1))
    document = GoalDocument(projects=projects)
    data = write_excel(document, build(document, TEMPLATE), TEMPLATE)
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert len(names) == len(set(names)) == 5
