"""The workbook a 自评 or 监控 is filled into, and the columns the bureau's system imports."""

import csv
from pathlib import Path

import openpyxl
import pytest

from exporters.bureau_workbook import write_bureau_results
from exporters.reports.report_files import report_for
from exporters.reports.result_fill_in import write_result_fill_in
from importers.import_files import read_file
from models.document.tree import Draft, GoalDocument
from models.errors import UserError
from models.reports.matching import fill
from models.reports.report_form import load_form
from models.reports.results import result_of, results_by_id
from tests.models.checks.test_report_rules import RUNNING, SELF
from tests.models.reports.drafts_with_reports import DRAFT

BARE = Draft(DRAFT.document)


def made(draft: Draft, form_id: str, path: Path) -> int:
    form = load_form(form_id)
    return write_result_fill_in(draft, report_for(draft, form), form, path)


def test_only_what_is_to_be_filled_in_is_unlocked(tmp_path: Path) -> None:
    assert made(BARE, "self-evaluation", tmp_path / "填报.xlsx") == 2
    sheet = openpyxl.load_workbook(tmp_path / "填报.xlsx").worksheets[0]
    assert sheet.protection.sheet
    by_words = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert by_words["≥4000册"].protection.locked
    assert by_words["新增图书册数"].protection.locked
    actual = sheet.cell(by_words["≥4000册"].row, by_words["实际完成值"].column)
    assert not actual.protection.locked
    rate = sheet.cell(by_words["年度资金总额"].row, by_words["执行率"].column)
    assert rate.protection.locked
    assert rate.value is None


def test_a_monitoring_has_lists_to_choose_from(tmp_path: Path) -> None:
    made(RUNNING, "monitoring", tmp_path / "填报.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "填报.xlsx").worksheets[0]
    lists = {str(one.formula1): len(one.cells.ranges) for one in sheet.data_validations.dataValidation}
    assert lists['"确定能,有可能,完全不可能"']


def test_what_a_colleague_filled_in_goes_to_the_draft(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    made(BARE, "self-evaluation", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    by_words = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    sheet.cell(by_words["≥4000册"].row, by_words["实际完成值"].column, "4100册")
    sheet.cell(by_words["年度资金总额"].row, by_words["全年执行数"].column, "35.20")
    book.save(path)
    read = read_file(path)
    assert read.is_report
    filled = fill(BARE, read.draft)
    assert filled is not None
    result = result_of(filled.draft.reports[0], "p1")
    assert results_by_id(result)["i1"].actual == "4100册"
    assert (result.funds[0].executed, result.funds[0].rate) == ("35.20", "")
    assert filled.unmatched == 0


def test_a_draft_without_projects_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="草稿里还没有项目"):
        made(Draft(GoalDocument(year=2025)), "monitoring", tmp_path / "填报.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_columns_of_the_system_are_a_file_of_rows(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"录入{suffix}"
    count = write_bureau_results(SELF, SELF.reports[0], path)
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file)]
    else:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows = [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == count + 1
    assert rows[0][2:] == (
        *("一级指标", "二级指标", "三级指标", "年度指标值"),
        *("实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    )
    assert rows[1][1:] == (
        *("农业技术培训项目", "产出指标", "数量指标", "培训农户人次"),
        *("≥1200人次", "1260人次", "20", "20", ""),
    )


def test_a_monitoring_has_columns_of_its_own(tmp_path: Path) -> None:
    write_bureau_results(RUNNING, RUNNING.reports[0], tmp_path / "录入.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "录入.xlsx").worksheets[0]
    assert sheet.title == "绩效运行监控"
    assert [cell.value for cell in sheet[1]][-2:] == ["完成目标可能性", "备注"]
