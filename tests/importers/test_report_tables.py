"""Filled 自评表 and 监控表 of other places, in their own geometry and words; fictional units."""

from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from importers.checking import check_file
from importers.import_files import read_file
from models.document.tree import Draft, FundResult, IndicatorResult

Rows = Sequence[Sequence[str]]
"""A cell's words, repeated over the columns it spans."""

OTHER_PLACE: Rows = (
    ("单位名称", "临溪县交通运输局", "临溪县交通运输局", "填报日期", "2025年3月", "2025年3月", "2025年3月", "2025年3月"),
    ("项目名称", "农村公路养护", "农村公路养护", "农村公路养护", "农村公路养护", "农村公路养护", "农村公路养护", "农村公路养护"),
    (*("预算执行情况（万元）（20分）",) * 2, "", "预算数（A）", "执行数（B）", "执行率（B/A）", *("得分（20分*执行率）",) * 2),
    ("预算执行情况（万元）（20分）", "预算执行情况（万元）（20分）", "年度财政资金总额", "86.00", "81.70", "95%", "19", "19"),
    ("年度绩效目标1（80分）", "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分", "得分"),
    ("年度绩效目标1（80分）", "产出指标（40分）", "数量指标", "养护公路里程", "≥120公里", "118公里", "19.67", "19.67"),
    ("年度绩效目标1（80分）", "产出指标（40分）", "质量指标", "养护合格率", "≥95%", "96%", "20", "20"),
    ("年度绩效目标1（80分）", "效益指标（40分）", "社会效益指标", "沿线村民出行时间缩短", "≥10分钟", "12分钟", "40", "40"),
    ("总分", "总分", "总分", "总分", "总分", "总分", "98.67", "98.67"),
    ("偏差大或目标未完成原因分析", "偏差大或目标未完成原因分析", *("汛期两段路基冲毁，改由专项修复。",) * 6),
    ("改进措施及结果应用方案", "改进措施及结果应用方案", *("明年提前安排汛前加固。",) * 6),
)  # fmt: skip
PUBLISHED: Rows = (
    ("项目名称", *("图书购置费",) * 8),
    ("主管部门", *("临溪县文化局",) * 3, "实施单位", *("临溪县图书馆",) * 4),
    ("项目资金（元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("项目资金（元）", *("年度资金总额：",) * 2, "360000", "360000", "352000", "10", "97.78%", "9.78"),
    ("项目资金（元）", *("其中：本年一般公共预算拨款",) * 2, "360000", "360000", "352000", "—", "97.78%", "—"),
    ("项目资金（元）", *("其他资金",) * 2, "0", "0", "0", "—", "0", "—"),
    ("年度总体目标", *("预期目标",) * 4, *("实际完成情况",) * 4),
    ("年度总体目标", *("新增图书4000册，满足读者借阅需要。",) * 4, *("新增图书4100册，读者到馆53000人次。",) * 4),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ("绩效指标", "产出指标(50分)", "数量指标", "新增图书册数", "≥4000册", "4100册", "30", "30", ""),
    ("绩效指标", "产出指标(50分)", "质量指标", "图书验收合格率", "≥98%", "97.5%", "20", "19.9", "一批图书装订返工，已约定质保条款。"),
    ("绩效指标", "效益指标(30分)", "社会效益指标", "读者到馆人次", "≥52000人次", "53000人次", "30", "30", ""),
    ("绩效指标", "满意度指标(10分)", "服务对象满意度指标", "读者满意度", "≥92%", "93%", "10", "10", ""),
    (*("总分",) * 6, "100", "99.68", ""),
)  # fmt: skip


def _is_label(text: str) -> bool:
    """Points and scores stand side by side, equal or not."""
    return bool(text) and not text.replace(".", "").isdigit() and text != "—"


def word(path: Path, rows: Rows, *titles: str) -> Path:
    document = docx.Document()
    for title in titles:
        document.add_paragraph(title)
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for at, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = start
            while end + 1 < len(row) and row[end + 1] == row[start] and _is_label(row[start]):
                end += 1
            if end > start:
                words = row[start]
                merged = table.cell(at, start).merge(table.cell(at, end))
                merged.text = words
            start = end + 1
    document.save(str(path))
    return path


def excel(path: Path, rows: Rows, *titles: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for title in titles:
        sheet.append([title])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(rows[0]))
    first = sheet.max_row + 1 if titles else 1
    for at, row in enumerate(rows, first):
        start = 0
        while start < len(row):
            end = start
            while end + 1 < len(row) and row[end + 1] == row[start] and _is_label(row[start]):
                end += 1
            sheet.cell(at, start + 1, row[start])
            if end > start:
                sheet.merge_cells(start_row=at, end_row=at, start_column=start + 1, end_column=end + 1)
            start = end + 1
    book.save(path)
    return path


@pytest.fixture(params=["docx", "xlsx"])
def make(request: pytest.FixtureRequest, tmp_path: Path):
    def made(rows: Rows, *titles: str) -> Draft:
        path = tmp_path / f"自评.{request.param}"
        found = read_file(word(path, rows, *titles) if request.param == "docx" else excel(path, rows, *titles))
        assert found.is_report
        return found.draft

    return made


def test_a_published_table_gives_the_goal_side_and_the_results(make) -> None:
    draft = make(PUBLISHED, "项目支出绩效自评表", "（2024年度）")
    (project,) = draft.document.projects
    assert (draft.document.year, project.name, project.unit.name) == (2024, "图书购置费", "临溪县图书馆")
    assert (project.amount_unit, project.budget, project.fiscal_funds) == ("元", "360000", "360000")
    assert project.goals == ("新增图书4000册，满足读者借阅需要。",)
    assert [row.tier1 for row in project.indicators] == ["产出指标", "产出指标", "效益指标", "满意度指标"]
    assert project.indicators[1].value == "≥98%"
    (report,) = draft.reports
    (result,) = report.projects
    assert (report.kind, report.year, result.total) == ("自评", 2024, "99.68")
    assert result.actual_goals == "新增图书4100册，读者到馆53000人次。"
    assert result.funds[0] == FundResult("年度资金总额", "360000", "360000", "352000", "", "97.78%", "10", "9.78")
    assert [fund.name for fund in result.funds] == ["年度资金总额", "本年一般公共预算拨款", "其他资金"]
    assert result.indicators[1] == IndicatorResult(
        "i2", "97.5%", reason="一批图书装订返工，已约定质保条款。", weight="20", score="19.9"
    )


def test_another_places_table_is_read_by_its_words(make) -> None:
    draft = make(OTHER_PLACE, "2024年度农村公路养护项目自评表")
    (project,) = draft.document.projects
    (result,) = draft.reports[0].projects
    assert (draft.document.year, project.name, project.unit.name, project.budget) == (
        2024,
        "农村公路养护",
        "临溪县交通运输局",
        "86.00",
    )
    assert result.funds == (FundResult("年度财政资金总额", "", "86.00", "81.70", "", "95%", "20", "19"),)
    first = project.indicators[0]
    assert (first.tier1, first.name, first.value) == (
        "产出指标",
        "养护公路里程",
        "≥120公里",
    )
    assert [one.actual for one in result.indicators] == ["118公里", "96%", "12分钟"]
    assert [one.score for one in result.indicators] == ["19.67", "20", "40"]
    assert (result.total, result.reason) == ("98.67", "汛期两段路基冲毁，改由专项修复。")
    assert result.improvements == "明年提前安排汛前加固。"


def test_only_the_report_of_such_a_file_is_checked(tmp_path: Path) -> None:
    checked = check_file(word(tmp_path / "自评.docx", PUBLISHED, "项目支出绩效自评表", "（2024年度）"))
    assert checked.problems == ()
    wrong = [list(row) for row in PUBLISHED]
    wrong[3][7], wrong[3][8] = "95%", "9"
    checked = check_file(word(tmp_path / "错.docx", wrong, "项目支出绩效自评表", "（2024年度）"))
    assert {"rate-wrong", "fund-score-wrong", "total-wrong"} <= {problem.rule for problem in checked.problems}


def test_two_tables_in_one_file_are_two_projects(tmp_path: Path) -> None:
    document = docx.Document(str(word(tmp_path / "甲.docx", PUBLISHED, "项目支出绩效自评表", "（2024年度）")))
    second = docx.Document(str(word(tmp_path / "乙.docx", OTHER_PLACE, "2024年度自评表")))
    document.add_paragraph("项目支出绩效自评表")
    document.element.body.append(second.tables[0]._element)
    document.save(str(tmp_path / "两个.docx"))
    found = read_file(tmp_path / "两个.docx").draft
    assert [project.name for project in found.document.projects] == ["图书购置费", "农村公路养护"]
    assert [len(result.indicators) for result in found.reports[0].projects] == [4, 3]


def test_a_table_of_targets_alone_is_no_report(tmp_path: Path) -> None:
    rows = [(*row[:5],) for row in PUBLISHED[8:13]]
    found = read_file(word(tmp_path / "目标.docx", [("项目名称", *("图书购置费",) * 4), *rows], "绩效目标表"))
    assert not found.is_report
    assert found.draft.reports == ()


def test_causes_ticked_in_columns_of_their_own_are_read(tmp_path: Path) -> None:
    ends = ("原因说明", "完成目标可能性", "备注")
    rows = [
        ("项目名称", *("农村公路养护",) * 13),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1-7月完成情况",
            "全年预计完成情况",
            *("偏差原因",) * 5,
            *ends,
        ),
        ("", "", "", "", "", "", "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "", "", ""),
        (
            "产出指标",
            "数量指标",
            "养护公路里程",
            "≥120公里",
            "60公里",
            "110公里",
            "√",
            "",
            "√",
            "",
            "",
            "汛期停工",
            "有可能",
            "",
        ),
        ("产出指标", "质量指标", "养护合格率", "≥95%", "96%", "96.5%", "", "", "", "", "冻害", "", "确定能", "抽检"),
    ]
    found = read_file(excel(tmp_path / "监控.xlsx", rows, "2025年度绩效运行监控表（截至2025年7月）")).draft
    (report,) = found.reports
    first, second = report.projects[0].indicators
    assert (report.kind, report.as_of) == ("监控", "2025-07")
    assert (first.actual, first.expected, first.causes, first.reason) == (
        "60公里",
        "110公里",
        "经费保障、人员保障",
        "汛期停工",
    )
    assert (first.likelihood, second.causes, second.remark) == ("有可能", "其他：冻害", "抽检")


def test_a_list_of_results_between_commas_is_read(tmp_path: Path) -> None:
    path = tmp_path / "自评.csv"
    path.write_text(
        "项目名称,全年预算数,全年执行数,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n"
        "农村公路养护,86,81.7,产出指标,数量指标,养护公路里程,≥120公里,118公里,50,49.17\n"
        "农村公路养护,86,81.7,效益指标,社会效益指标,出行时间缩短,≥10分钟,12分钟,30,30\n"
        "桥梁检测,20,20,产出指标,数量指标,检测桥梁数,≥30座,30座,50,50\n"
        "合计,106,101.7,,,,,,,\n",
        encoding="utf-8",
    )
    found = read_file(path)
    assert found.is_report
    assert [project.name for project in found.draft.document.projects] == ["农村公路养护", "桥梁检测"]
    first, second = found.draft.reports[0].projects
    assert (first.funds, second.funds) == (
        (FundResult("年度资金总额", "", "86", "81.7"),),
        (FundResult("年度资金总额", "", "20", "20"),),
    )
    assert [one.score for one in first.indicators] == ["49.17", "30"]
    assert found.draft.document.unplaced == ("合计\t106\t101.7",)
