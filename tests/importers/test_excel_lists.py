"""Indicator lists in Excel, as the bureaus' systems hand them out: understood by their headers."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from importers.import_files import Imported
from importers.report import Kind
from models.document.tree import Unit
from tests.importers.workbooks import book, imported, rows_of

CODE = "13020925P000653100010"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Imported]:
    return lambda sheets, change=lambda _book: None: imported(tmp_path, book(sheets, change))


WHOLE = [("产出指标", "数量指标", "培训次数", "≥3次"), ("产出指标", "质量指标", "合格率", "≥95%")]
LAYOUTS: dict[str, Sequence[Sequence[Any]]] = {
    "one column for each part": [
        ["项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位", "权重"],
        [CODE, "甲", "产出指标", "数量指标", "培训次数", "≥", 3, "次", 10],
        [CODE, "甲", "产出指标", "质量指标", "合格率", "≥", 95, "%", 20],
    ],
    "another order and other words": [
        ["度量单位", "目标值", "运算符号", "指标名称", "二级指标", "一级指标", "分值", "项目"],
        ["次", "3", "大于等于", "培训次数", "数量指标", "产出指标", "10", f"{CODE}-甲"],
        ["%", "95", "大于等于", "合格率", "质量指标", "产出指标", "20", None],
    ],
    "the value in one column": [
        ["项目名称", "项目编码", "一级指标", "二级指标", "三级指标", "绩效指标描述", "年度指标值", "权重"],
        ["甲", CODE, "产出指标", "数量指标", "培训次数", "", "≥3次", 10],
        [None, None, None, "质量指标", "合格率", "", "≥95%", 20],
    ],
    "headers in row 4 below a title": [
        ["2026年项目绩效指标表"],
        ["单位：万元"],
        [],
        ["项目编码", "项目名称", "一级指标", "二级指标", "*三级指标", "符号", "指标值（必填）", "单位", "分值"],
        [CODE, "甲", "产出指标", "数量指标", "培训次数", ">=", 3, "次", 10],
        [None, None, None, "质量指标", "合格率", ">=", 95, "%", 20],
    ],
    "a number, remarks and repeated headers": [
        [
            "序号",
            "项目名称",
            "项目编码",
            "一级指标",
            "二级指标",
            "三级指标",
            "计算符号",
            "指标值",
            "单位",
            "权重",
            "备注",
        ],
        [1, "甲", CODE, "产出指标", "数量指标", "培训次数", "≥", "3", "次", 10, "见附件"],
        [
            "序号",
            "项目名称",
            "项目编码",
            "一级指标",
            "二级指标",
            "三级指标",
            "计算符号",
            "指标值",
            "单位",
            "权重",
            "备注",
        ],
        [2, "甲", CODE, "产出指标", "质量指标", "合格率", "≥", "95", "%", 20],
        ["合计", None, None, None, None, None, None, None, None, 30],
    ],
    "a line for each project": [
        ["项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "符号", "指标值", "单位", "权重"],
        [CODE, "甲"],
        [None, None, "产出指标", "数量指标", "培训次数", "≥", 3, "次", 10],
        [None, None, None, "质量指标", "合格率", "≥", 95, "%", 20],
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_is_understood_whatever_its_headers_and_their_order(layout: str, read: Callable[..., Imported]) -> None:
    found = read({"Sheet1": LAYOUTS[layout]})
    (project,) = found.draft.document.projects
    assert (project.code, project.name) == (CODE, "甲")
    values = [(row[:3], row[3].replace(">=", "≥")) for row in rows_of(found)]
    assert values == [(row[:3], row[3]) for row in WHOLE]
    assert [row.weight for row in project.indicators] == ["10", "20"]


def test_a_new_text_from_a_list_has_the_forms_own_lines(read: Callable[..., Imported]) -> None:
    document = read({"Sheet1": LAYOUTS["one column for each part"]}).draft.document
    assert document.headings.part_two_name == "预算项目绩效目标"
    assert document.year is None


def test_merged_project_and_tier_cells_hold_for_all_their_rows(read: Callable[..., Imported]) -> None:
    def merge(made: Workbook) -> None:
        for area in ("A2:A4", "B2:B3", "A5:A6", "G2:G3"):
            made["指标"].merge_cells(area)

    header = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值", "单位", "指标值确定依据"]
    found = read(
        {
            "指标": [
                header,
                ["甲", "产出指标", "数量指标", "次数", 3, "次", "年初计划"],
                [None, None, "质量指标", "合格率", 95, "%", None],
                [None, "效益指标", "社会效益指标", "知晓率", 80, "%", None],
                ["乙", "产出指标", "数量指标", "场数", 5, "场", None],
                [None, "满意度指标", "服务对象满意度指标", "满意度", 90, "%", None],
            ]
        },
        merge,
    )
    assert [project.name for project in found.draft.document.projects] == ["甲", "乙"]
    assert rows_of(found) == [
        ("产出指标", "数量指标", "次数", "3次"),
        ("产出指标", "质量指标", "合格率", "95%"),
        ("效益指标", "社会效益指标", "知晓率", "80%"),
    ]
    assert [row.basis for row in found.draft.document.projects[0].indicators] == ["年初计划", "年初计划", ""]
    assert len(rows_of(found, 1)) == 2


def test_two_rows_of_headers_are_taken_together(read: Callable[..., Imported]) -> None:
    def merge(made: Workbook) -> None:
        for area in ("A2:A3", "B2:B3", "C2:F2"):
            made["指标"].merge_cells(area)

    found = read(
        {
            "指标": [
                ["绩效指标汇总"],
                ["项目编码", "项目名称", "绩效指标"],
                [None, None, "一级指标", "二级指标", "三级指标", "指标值"],
                [CODE, "甲", "产出指标", "数量指标", "次数", "3次"],
            ]
        },
        merge,
    )
    assert found.draft.document.projects[0].code == CODE
    assert rows_of(found) == [("产出指标", "数量指标", "次数", "3次")]
    assert found.draft.document.unplaced == ("工作表「指标」表头以外\n第1行：绩效指标汇总",)


def test_two_sheets_of_lists_are_one_text_and_one_project_may_go_on(read: Callable[..., Imported]) -> None:
    header = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]
    found = read({
        "一科": [header, ["甲", "产出指标", "数量指标", "次数", "3次"]],
        "二科": [header, ["乙", "产出指标", "数量指标", "场数", "5场"], ["甲", "产出指标", "质量指标", "合格率", "95%"]],
    })  # fmt: skip
    assert [project.name for project in found.draft.document.projects] == ["甲", "乙"]
    assert [row[2] for row in rows_of(found)] == ["次数", "合格率"]


def test_a_list_without_a_project_column_takes_the_title_or_the_name_of_its_sheet(
    read: Callable[..., Imported],
) -> None:
    header, row = ["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "次数", "3次"]
    found = read({
        "甲项目": [header, row],
        "Sheet2": [["项目名称：乙项目"], header, row],
        "Sheet3": [["3.丙项目绩效目标表"], header, row],
    })  # fmt: skip
    assert [project.name for project in found.draft.document.projects] == ["甲项目", "乙项目", "丙项目"]
    assert found.draft.document.unplaced == ()


def test_amounts_in_yuan_are_kept_as_typed_with_their_unit(read: Callable[..., Imported]) -> None:
    header = ["项目名称", "预算数(元)", "财政资金（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
    found = read({"Sheet1": [header, ["甲", 1650000, 165, "产出指标", "数量指标", "次数", "3次"]]})
    (project,) = found.draft.document.projects
    assert (project.budget, project.amount_unit, project.fiscal_funds) == ("1650000", "元", "165万元")
    assert not any("没有写金额单位" in line for line in found.report.lines)


def test_all_that_a_list_says_of_a_project_is_taken(read: Callable[..., Imported]) -> None:
    header = [
        "预算年度",
        "预算单位",
        "项目名称",
        "预算金额",
        "资金用途",
        "绩效目标",
        "3月底",
        "12月底",
        "三级指标",
        "指标值",
        "一级指标",
    ]
    row = [
        2026,
        "806001白杨街道办事处",
        "甲",
        12.5,
        "购置",
        "1.完成购置\n2.投用",
        "10%",
        "100%",
        "数量",
        "≥3台",
        "产出指标",
    ]
    found = read(
        {"Sheet1": [["金额单位：元"], header, row, [None, "", None, 99, None, None, None, None, "批次", "1批"]]}
    )
    document = found.draft.document
    (project,) = document.projects
    assert (document.year, project.unit, project.amount_unit) == (2026, Unit("806001", "白杨街道办事处"), "元")
    assert (project.budget, project.fund_use, project.goals) == ("12.5", "购置", ("完成购置", "投用"))
    assert project.spending_plan == ("10%", "", "", "100%")
    assert document.unplaced == ("工作表「Sheet1」「预算金额」列\n第4行：99",)


SHOWN = [
    (0.9, "0%", "90%"),
    (0.1 + 0.2, "General", "0.3"),
    (165, "0.00", "165.00"),
    (1234.5, "#,##0.00", "1,234.50"),
    (date(2026, 9, 1), 'yyyy"年"m"月"', "2026年9月"),
    (date(2026, 9, 1), "mm-dd-yy", "2026/9/1"),
    (3, '0"次"', "3次"),
    (90, '"≥"0"%"', "≥90%"),
    (-2.5, "0.0;(0.0)", "(2.5)"),
    (1.005, "0.00", "1.01"),
    (12, "# ?/?", "12"),
    (1285000, "0!.0,", "128.5"),
    (1285000, "0!.0000", "128.5000"),
    (1285000, '0!.0,"万元"', "128.5万元"),
    (1285000, '#,##0.00,"千元"', "1,285.00千元"),
    (0.065, "0.0%", "6.5%"),
    (0.955, '"≥"0.0%', "≥95.5%"),
    (1e300, "0.00", "1E+300"),
    (True, "General", "TRUE"),
]


@pytest.mark.parametrize(("value", "number_format", "shown"), SHOWN)
def test_numbers_and_dates_are_read_as_they_are_shown(
    value: object, number_format: str, shown: str, read: Callable[..., Imported]
) -> None:
    def show(made: Workbook) -> None:
        made["Sheet1"]["D2"].number_format = number_format

    header = ["项目名称", "一级指标", "三级指标", "指标值", "单位"]
    found = read({"Sheet1": [header, ["甲", "产出指标", "次数", value, "%" if number_format == "0%" else ""]]}, show)
    assert rows_of(found)[0][3] == shown


VALUES = [
    ("≥", "3", "次", "≥3次", ""),
    ("大于等于", "3", "次", "≥3次", ""),
    ("小于", "3", "天", "＜3天", ""),
    ("=", "100", "%", "=100%", ""),
    ("≥", "≥3次", "次", "≥3次", ""),
    ("≥", "95%", "百分比", "≥95%", ""),
    ("", "1-3", "天", "1-3天", ""),
    ("＝", "优良", "", "优良", ""),
    ("≤", "2026年9月", "", "≤2026年9月", ""),
    ("定性", "优良", "", "优良", "定性"),
    ("正向", "90", "%", "≥90%", ""),
    ("正向", "≥90", "%", "≥90%", "正向"),
    ("≥", "优良", "无", "≥优良", "无"),
    ("≤", "≥3次", "", "≥3次", "≤"),
]


@pytest.mark.parametrize(("sign", "number", "unit", "value", "left"), VALUES)
def test_sign_number_and_unit_become_one_value_and_other_words_are_kept(
    sign: str, number: str, unit: str, value: str, left: str, read: Callable[..., Imported]
) -> None:
    header = ["项目名称", "一级指标", "三级指标", "指标性质", "指标值", "单位"]
    found = read({"Sheet1": [header, ["甲", "产出指标", "次数", sign, number, unit]]})
    assert rows_of(found)[0][3] == value
    assert "".join(found.draft.document.unplaced).endswith(left)
    assert bool(found.draft.document.unplaced) == bool(left)


def test_columns_and_cells_nobody_knows_are_kept_and_reported(read: Callable[..., Imported]) -> None:
    header = ["项目名称", "一级指标", "三级指标", "指标值", "备注"]
    found = read({
        "Sheet1": [header, ["甲", "产出指标", "次数", "3次", "见附件", "补充"], ["填表人：王小明"]],
        "说明": [["本表由系统导出"], ["联系人", "王小明"]],
    })  # fmt: skip
    kept = "\n".join(found.draft.document.unplaced)
    assert len(found.draft.document.projects) == 1
    for words in ("见附件", "补充", "填表人：王小明", "本表由系统导出", "联系人\t王小明"):
        assert words in kept
    assert any("「备注」列" in note.text for note in found.report.of(Kind.UNPLACED))
