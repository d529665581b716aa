"""The overview sheet of an exported workbook, and rows of sums anywhere: read for what they are, never as projects."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from openpyxl import Workbook, load_workbook

from exporters.build import build
from exporters.excel import write_excel
from importers.excel.excel_reader import join, read_excel
from importers.import_files import Imported
from importers.report import Kind
from models.document.template import load_template
from models.document.tree import GoalDocument, Indicator, Project
from tests.importers.workbooks import book, imported, rows_of, saved
from tests.strategies import documents
from tests.test_law import has_form

TEMPLATE = load_template()
OVERVIEW = "项目总览"
CODES = "13020925P000653100010", "13020924P00CXF810002X"
HEADER = ["项目编码", "项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标值"]
ROW = [CODES[0], "甲", 165, "产出指标", "数量指标", "培训次数", "3次"]


def exported_bytes(**amounts: str) -> bytes:
    rows = (Indicator("i1", "产出指标", "数量指标", "次数", value="≥3次"),)
    pairs = zip(CODES, ("甲", "乙"), strict=True)
    projects = (Project(f"p{code}", code=code, name=name, indicators=rows, **amounts) for code, name in pairs)  # type: ignore[arg-type]
    document = GoalDocument(projects=tuple(projects))
    return write_excel(document, build(document, TEMPLATE), TEMPLATE)


def exported(**amounts: str) -> Workbook:
    """For changes; what is saved of it has formulas without results."""
    return load_workbook(io.BytesIO(exported_bytes(**amounts)))


@given(documents())
def test_the_overview_of_an_export_says_nothing_new(document: GoalDocument) -> None:
    if has_form(document):
        read = read_excel(write_excel(document, build(document, TEMPLATE), TEMPLATE), "a.xlsx")
        assert len(read.overviews) == (len(document.projects) > 1)
        assert join(read, TEMPLATE).document.unplaced == ()


@pytest.mark.parametrize("budget", ["165.00", "165.5", "1,200.00", "约5", ""])
def test_an_overview_that_repeats_the_projects_is_passed_over_in_silence(budget: str, tmp_path: Path) -> None:
    found = imported(tmp_path, exported_bytes(budget=budget))
    assert [project.name for project in found.draft.document.projects] == ["甲", "乙"]
    assert found.draft.document.unplaced == ()
    assert not any(OVERVIEW in note.text for note in found.report.notes)
    assert not any(found.report.of(Kind.HINT))


def test_a_number_changed_in_the_overview_alone_is_pointed_out_and_kept(tmp_path: Path) -> None:
    changed = exported(budget="165.00")
    changed[OVERVIEW]["E5"].value = 170
    found = imported(tmp_path, saved(changed))
    assert [project.budget for project in found.draft.document.projects] == ["165.00", "165.00"]
    assert found.draft.document.unplaced == (f"工作表「{OVERVIEW}」\n第5行：2\t{CODES[1]}\t乙\t170.00\t1",)
    (note,) = (note for note in found.report.of(Kind.UNPLACED) if OVERVIEW in note.text)
    assert "第 5 行" in note.text


def test_an_overview_of_an_earlier_version_is_known_by_the_columns_it_had(tmp_path: Path) -> None:
    changed = exported(budget="165.00")
    del changed[OVERVIEW]
    earlier = changed.create_sheet(OVERVIEW, 1)
    header = ("序号", "项目编码", "项目名称", "预算数\n（万元）", "财政资金\n（万元）", "其他资金\n（万元）", "指标数")
    amounts = (165, None, None, 1)
    for row in (
        header,
        (1, CODES[0], "甲", *amounts),
        (2, CODES[1], "乙", *amounts),
        ("合计", None, None, 330, None, None, 2),
    ):
        earlier.append(row)
    found = imported(tmp_path, saved(changed))
    assert found.draft.document.unplaced == ()


def test_of_an_amount_and_the_sums_that_follow_from_it_only_the_amount_is_pointed_out(tmp_path: Path) -> None:
    changed = exported(budget="165.00")
    changed[OVERVIEW]["E5"].value, changed[OVERVIEW]["E6"].value = 170, 335
    found = imported(tmp_path, saved(changed)).draft.document
    assert found.unplaced == (f"工作表「{OVERVIEW}」\n第5行：2\t{CODES[1]}\t乙\t170.00\t1",)


def test_the_overview_alone_makes_no_projects_of_its_rows_and_its_sums(tmp_path: Path) -> None:
    changed = exported(budget="165.00")
    for name in changed.sheetnames:
        if name not in (OVERVIEW, "1.甲"):
            del changed[name]
    changed["1.甲"].title = "表"
    found = imported(tmp_path, saved(changed)).draft.document
    assert [project.name for project in found.projects] == ["甲"]
    assert "乙" in found.unplaced[0]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Imported]:
    return lambda rows: imported(tmp_path, book({"Sheet1": rows}))


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize(
    "words", ["合计", "总　计", "小计：", "合计（万元）", "本页小计", "项目合计", "合计数", "农业科小计", "总计:"]
)
def test_a_row_of_sums_in_a_list_is_never_a_project(words: str, column: int, read: Callable[..., Imported]) -> None:
    sums = [None, None, 165]
    found = read([HEADER, ROW, [*sums[:column], words, *sums[column + 1 :]]])
    assert [(project.name, project.budget) for project in found.draft.document.projects] == [("甲", "165")]
    assert words in found.draft.document.unplaced[0]


def test_an_indicator_that_is_called_like_a_sum_stays_an_indicator(read: Callable[..., Imported]) -> None:
    found = read([HEADER, ROW, [None, None, None, "产出指标", "数量指标", "培训人次合计", "30人"]])
    assert rows_of(found)[1] == ("产出指标", "数量指标", "培训人次合计", "30人")
