"""The overview sheet: each project in a row with its amounts as numbers, and their sums as formulas with their results."""

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet

from exporters.build import build
from exporters.excel import write_excel
from models.document.list_head import OVERVIEW_SHEET
from models.document.tree import GoalDocument, Indicator, Project, Unit
from tests.exporters.libreoffice import needs_libreoffice
from tests.exporters.libreoffice_macro import recalculated
from tests.exporters.samples import TEMPLATE
from tests.strategies import documents

ROWS = (Indicator("i1", "产出指标", "数量指标", "次数"), Indicator("i2", "产出指标", "质量指标", "合格率"))
STATION, OFFICE = Unit("618001", "云泽县农技推广站"), Unit("618002", "云泽县畜牧水产站")


def exported(*projects: Project) -> bytes:
    document = GoalDocument(projects=projects)
    return write_excel(document, build(document, TEMPLATE), TEMPLATE)


def overview(*projects: Project, results: bool = True) -> Worksheet:
    """The sheet: with the results of its formulas, as a viewer that computes nothing shows them, or with the formulas."""
    return openpyxl.load_workbook(io.BytesIO(exported(*projects)), data_only=results)[OVERVIEW_SHEET]


def project(
    number: int, budget: str = "", fiscal: str = "", other: str = "", unit: str = "万元", of: Unit = STATION
) -> Project:
    code, name = f"13992126P00000{number}100010", f"项目{'甲乙丙丁'[number - 1]}"
    return Project(f"p{number}", of, amount_unit=unit, code=code, name=name, budget=budget, fiscal_funds=fiscal,
                   other_funds=other, indicators=ROWS)  # fmt: skip


def values(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows from the header on."""
    return list(sheet.values)[2:]


def formulas(*projects: Project) -> list[list[object]]:
    """What stands below the projects, from the column of budgets on."""
    rows = list(overview(*projects, results=False).values)[3 + len(projects) :]
    return [list(row[4:]) for row in rows]


def test_every_project_has_a_row_and_the_last_one_has_the_sums() -> None:
    sheet = overview(project(1, "165.00", "100.00", "65.00"), project(2, "4.20", "4.20"))
    own = "618001云泽县农技推广站"
    assert values(sheet) == [
        (
            "序号",
            "项目编码",
            "项目名称",
            "预算单位",
            "预算数\n（万元）",
            "财政资金\n（万元）",
            "其他资金\n（万元）",
            "指标数",
        ),
        (1, "13992126P000001100010", "项目甲", own, 165, 100, 65, 2),
        (2, "13992126P000002100010", "项目乙", own, 4.2, 4.2, None, 2),
        ("合计", None, None, None, 169.2, 104.2, 65, 4),
    ]


def test_sums_are_formulas_over_the_projects() -> None:
    assert formulas(project(1, "165.00", "100.00", "65.00"), project(2, "4.20", "4.20")) == [
        ["=SUM(E4:E5)", "=SUM(F4:F5)", "=SUM(G4:G5)", "=SUM(H4:H5)"]
    ]


def test_a_department_has_the_sums_of_each_of_its_units() -> None:
    projects = (
        project(1, "10.00", "10.00"),
        project(2, "2.50", "2.50", of=OFFICE),
        project(3, "0.05", "0.05", of=STATION),
        project(4, "1.00", of=Unit()),
    )
    assert values(overview(*projects))[5:] == [
        ("小计", None, None, "618001云泽县农技推广站", 10.05, 10.05, None, 4),
        ("小计", None, None, "618002云泽县畜牧水产站", 2.5, 2.5, None, 2),
        ("小计", None, None, "（没有写明单位）", 1, None, None, 2),
        ("合计", None, None, None, 13.55, 12.55, None, 8),
    ]
    assert [row[0] for row in formulas(*projects)] == [
        "=SUMIF($D$4:$D$7,$D8,E$4:E$7)",
        "=SUMIF($D$4:$D$7,$D9,E$4:E$7)",
        "=SUM(E7:E7)",
        "=SUM(E4:E7)",
    ]


@pytest.mark.parametrize("name", ["三星*级站", "问?站", "=1+1", ">100", "618003", "长" * 300])
def test_a_unit_whose_words_mean_something_to_a_formula_is_added_up_row_by_row(name: str) -> None:
    odd = Unit("", name)
    projects = (project(1, "1", of=odd), project(2, "2"), project(3, "4", of=odd))
    assert [row[0] for row in formulas(*projects)] == [
        "=SUM(E4:E4,E6:E6)",
        "=SUMIF($D$4:$D$6,$D8,E$4:E$6)",
        "=SUM(E4:E6)",
    ]


def test_amounts_show_two_decimals_at_least_and_every_digit_typed_at_the_right_edge() -> None:
    sheet = overview(project(1, "165.5", "1", "0.125"), project(2, "34", "2", "1,200.00"))
    formats = [[cell.number_format for cell in row] for row in sheet["E4:G6"]]
    assert formats == [["#,##0.00", "#,##0.00", "#,##0.000"], ["#,##0.00"] * 3, ["#,##0.00", "#,##0.00", "#,##0.000"]]
    assert [cell.value for cell in sheet[6]][4:7] == [199.5, 3, 1200.125]
    assert {cell.alignment.horizontal for row in sheet["E4:G6"] for cell in row} == {"right"}


def test_sums_are_exact() -> None:
    sheet = overview(*(project(number, "0.1", "0.2") for number in (1, 2, 3)))
    assert [cell.value for cell in sheet[7]][4:6] == [0.3, 0.6]


def test_amounts_that_are_no_numbers_stand_as_typed_and_are_named_below_the_sums() -> None:
    rows = values(overview(project(1, "约5", "3.00"), project(2, "2.00", "/")))
    assert rows[1][4] == "约5"
    assert rows[3][4:6] == (2, 3)
    assert rows[4][0] == "注：以下金额不是数字，没有计入合计：1 项目甲的预算数「约5」；2 项目乙的财政资金「/」。"


def test_an_amount_no_spreadsheet_can_hold_stays_text_and_its_sum_is_no_formula() -> None:
    projects = (project(1, "12345678901234.56", "1"), project(2, "1", "2"))
    rows = values(overview(*projects))
    assert (rows[1][4], rows[3][4]) == ("12345678901234.56", "12345678901235.56")
    assert formulas(*projects)[0][1] == "=SUM(F4:F5)"


def test_an_amount_of_another_unit_is_shown_in_the_unit_of_the_header() -> None:
    rows = values(overview(project(1, "165.00"), project(2, "5"), project(3, "10000", unit="元")))
    assert rows[3][4] == 1
    assert rows[4][4] == 171


def test_a_column_without_any_amount_has_no_sum() -> None:
    assert values(overview(project(1, "1.00"), project(2, "2.00")))[3] == ("合计", None, None, None, 3, None, None, 4)


def test_filter_and_sorting_take_the_projects_alone() -> None:
    sheet = overview(project(1, "1.00"), project(2, "2.00", of=OFFICE))
    head = len(list(sheet.values)) - 6
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (f"A{head + 2}", f"A{head + 1}:H{head + 3}")


def test_a_text_of_one_project_needs_no_overview() -> None:
    with pytest.raises(KeyError):
        overview(project(1, "1.00"))


def test_a_project_called_like_the_overview_has_a_sheet_of_its_own() -> None:
    projects = tuple(Project(f"p{n}", name=name) for n, name in enumerate(("项目总览", "指标明细"), 1))
    document = GoalDocument(projects=projects)
    data = write_excel(document, build(document, TEMPLATE), TEMPLATE)
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert len(names) == len(set(names)) == 5


@settings(max_examples=15)  # each writes and reads a workbook of several sheets
@given(documents())
def test_every_sum_carries_what_its_formula_adds_up(document: GoalDocument) -> None:
    data = write_excel(document, build(document, TEMPLATE), TEMPLATE)
    if len(document.projects) < 2:
        return
    shown, written = (
        openpyxl.load_workbook(io.BytesIO(data), data_only=only)[OVERVIEW_SHEET] for only in (True, False)
    )
    for row in written.iter_rows():
        for cell in row:
            if cell.data_type == "f" and str(cell.value).startswith("=SUM("):
                areas = re.findall(r"([A-H])(\d+):[A-H](\d+)", str(cell.value))
                cells = [
                    shown[f"{letter}{at}"].value for letter, top, end in areas for at in range(int(top), int(end) + 1)
                ]
                added = sum(Decimal(str(value)) for value in cells if isinstance(value, int | float))
                assert Decimal(str(shown[cell.coordinate].value)) == added


@needs_libreoffice
def test_libreoffice_computes_the_same_sums(tmp_path: Path) -> None:
    starred = Unit("", "三星*级站")
    projects = (
        project(1, "10.10", "10.05"),
        project(2, "2.50", "约3", of=OFFICE),
        project(3, "12,345,678.90", of=starred),
        project(4, "-0.05", "0.2", "1", of=Unit()),
    )
    file = tmp_path / "sums.xlsx"
    file.write_bytes(exported(*projects))
    computed = openpyxl.load_workbook(recalculated(file, tmp_path), data_only=True)[OVERVIEW_SHEET]
    sums = [row[4:] for row in values(overview(*projects)) if row[0] in ("小计", "合计")]
    assert len(sums) == 5
    assert [row[4:] for row in values(computed) if row[0] in ("小计", "合计")] == [
        tuple(value if value is None else pytest.approx(value) for value in row) for row in sums
    ]
