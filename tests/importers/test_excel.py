"""Excel files in the form's own geometry: what this program exported comes back whole."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from openpyxl import Workbook, load_workbook

from exporters.build import build
from exporters.excel import write_excel
from importers.excel.excel_reader import join, read_excel
from importers.import_files import Imported, read_file
from importers.reading.join import stated_by_lists
from importers.recognise import recognise
from importers.report import Kind
from models.document.blocks import strip
from models.document.template import load_template
from models.document.tree import GoalDocument, Indicator, Project, Unit
from tests.importers.workbooks import book, imported, rows_of, saved
from tests.normal import normal
from tests.shared import SEEDS, TEXTS
from tests.strategies import documents
from tests.test_law import has_form, said

TEMPLATE = load_template()
CODE, OTHER = "13020925P000653100010", "13020924P00CXF810002X"


def exported(document: GoalDocument) -> bytes:
    return write_excel(document, build(document, TEMPLATE), TEMPLATE)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Imported]:
    return lambda sheets, change=lambda _book: None: imported(tmp_path, book(sheets, change))


@given(documents())
def test_an_exported_workbook_reads_as_the_text_it_was_made_from(document: GoalDocument) -> None:
    if has_form(document):
        read = read_excel(exported(document), "a.xlsx")
        found = join(read, TEMPLATE).document
        whole = normal(document)
        # The lists are headed by the unit and the year of the whole text, which its pages do not show.
        stated = {"unit": document.unit if document.unit != Unit() else whole.unit, "year": document.year or whole.year}
        assert said(found) == said(replace(whole, **stated))
        assert (read.extra, read.left_out) == ((), ())


@given(documents(wild=True))
def test_a_workbook_reads_as_its_page_whatever_was_typed(document: GoalDocument) -> None:
    if has_form(document):
        page = recognise(strip(build(document, TEMPLATE)), TEMPLATE).document
        assert said(recognise(read_excel(exported(document), "a.xlsx").blocks, TEMPLATE).document) == said(page)


@given(documents())
def test_the_details_sheet_of_an_export_says_nothing_new(document: GoalDocument) -> None:
    if has_form(document):
        read = read_excel(exported(document), "a.xlsx")
        assert join(read, TEMPLATE) == recognise(read.blocks, TEMPLATE, stated_by_lists(read.listing))


@pytest.mark.parametrize("path", TEXTS + SEEDS, ids=lambda path: path.stem[:3])
def test_a_real_text_comes_back_from_excel_whole(path: Path, tmp_path: Path) -> None:
    document = read_file(path).draft.document
    found = imported(tmp_path, exported(document)).draft.document
    assert said(found) == said(document)
    assert found.unplaced == ()


def test_amounts_come_back_as_they_are_shown(tmp_path: Path) -> None:
    project = Project("p1", code=CODE, name="甲", budget="165.00", fiscal_funds="165", other_funds="4,204.68")
    (found,) = imported(tmp_path, exported(GoalDocument(projects=(project,)))).draft.document.projects
    assert (found.budget, found.fiscal_funds, found.other_funds) == ("165.00", "165", "4,204.68")


def test_words_longer_than_a_cell_come_back_in_one_piece(tmp_path: Path) -> None:
    long = "设备购置；" * 14_000
    project = Project(
        "p1", name="甲", fund_use=long, indicators=(Indicator("i1", "产出指标", "数量指标", "次数", long),)
    )
    found = imported(tmp_path, exported(GoalDocument(projects=(project,)))).draft.document
    assert found.projects[0].fund_use == long
    assert found.projects[0].indicators[0].description == long
    assert found.unplaced == ()


DEPARTMENT = Unit("618", "云泽县农业农村局")
UNITS = (Unit("618001", "云泽县农技推广站"), Unit("A12", "云泽县畜牧水产站"), Unit("", "7号泵站"))


def of_a_department(unit: Unit = DEPARTMENT, year: int | None = 2026) -> GoalDocument:
    rows = (Indicator("i1", "产出指标", "数量指标", "培训次数", "", "≥3次", "计划"),)
    projects = tuple(
        Project(f"p{n}", each, code=CODE if n == 1 else "", name="业务培训", budget="1,200.50", indicators=rows)
        for n, each in enumerate((*UNITS, *UNITS[:2]), 1)
    )
    return GoalDocument(year=year, unit=unit, projects=projects)


@pytest.mark.parametrize("unit", [DEPARTMENT, Unit("", "云泽县农业农村局"), Unit("A 07", "3　局"), Unit("618", "")])
def test_the_department_of_several_units_comes_back_with_its_own_code_and_name(unit: Unit, tmp_path: Path) -> None:
    document = of_a_department(unit)
    for _ in range(3):
        found = imported(tmp_path, exported(document))
        document = found.draft.document
        assert (document.unit, document.year, document.unplaced) == (unit, 2026, ())
        assert len(document.projects) == 5
        assert not any(found.report.of(Kind.UNPLACED))
    assert any("取自清单的表头" in note.text for note in found.report.of(Kind.SOURCE))


def test_two_lists_headed_by_different_units_are_both_kept(tmp_path: Path) -> None:
    changed = load_workbook(io.BytesIO(exported(of_a_department())))
    sheet = changed["指标明细"]
    sheet["A1"], sheet["A2"] = "云溪区水务局2026年指标明细", "单位编码：700　单位名称：云溪区水务局　预算年度：2026年"
    found = imported(tmp_path, saved(changed)).draft.document
    assert found.unit == DEPARTMENT
    assert "云溪区水务局" in found.unplaced[0]


def test_a_line_like_the_head_of_a_list_that_somebody_else_made_is_kept_as_it_was(
    read: Callable[..., Imported],
) -> None:
    header = ["项目名称", "一级指标", "三级指标", "指标值"]
    rows = [["全区指标一览"], ["单位名称：云溪区水务局"], header, ["甲", "产出指标", "次数", "3次"]]
    document = read({"Sheet1": rows}).draft.document
    assert document.projects[0].unit == Unit("", "云溪区水务局")
    assert "全区指标一览" in document.unplaced[0]


def test_a_row_changed_in_the_details_sheet_alone_is_pointed_out_and_kept(tmp_path: Path) -> None:
    rows = (Indicator("i1", "产出指标", "数量指标", "培训次数", "", "≥3次", "计划"),)
    document = GoalDocument(projects=(Project("p1", code=CODE, name="甲", indicators=rows),))
    changed = load_workbook(io.BytesIO(exported(document)))
    changed["指标明细"].cell(3, 8).value = "≥9次"
    found = imported(tmp_path, saved(changed))
    assert found.draft.document.projects[0].indicators[0].value == "≥3次"
    assert "≥9次" in found.draft.document.unplaced[0]
    assert any("以绩效目标表为准" in note.text for note in found.report.of(Kind.UNPLACED))


def test_weights_come_back_from_the_details_sheet(tmp_path: Path) -> None:
    rows = tuple(Indicator(f"i{n}", "产出指标", "数量指标", f"培训{n}", value="≥3次", weight=str(n)) for n in (10, 20))
    projects = tuple(Project(f"p{n}", name=f"项目{n}", indicators=rows) for n in (1, 2))
    found = imported(tmp_path, exported(GoalDocument(projects=projects))).draft.document
    assert [[row.weight for row in project.indicators] for project in found.projects] == [["10", "20"]] * 2


def test_a_project_that_only_the_details_sheet_has_is_added(tmp_path: Path) -> None:
    rows = (Indicator("i1", "产出指标", "数量指标", "培训次数", "", "≥3次", "计划"),)
    document = GoalDocument(projects=(Project("p1", code=CODE, name="甲", indicators=rows),))
    changed = load_workbook(io.BytesIO(exported(document)))
    changed["指标明细"].append([OTHER, "乙", "", "产出指标", "质量指标", "合格率", "", "≥95%", ""])
    found = imported(tmp_path, saved(changed))
    assert [project.name for project in found.draft.document.projects] == ["甲", "乙"]
    assert rows_of(found, 1) == [("产出指标", "质量指标", "合格率", "≥95%")]
    assert found.draft.document.unplaced == ()


def test_the_form_typed_by_hand_without_merged_cells_is_read(read: Callable[..., Imported]) -> None:
    found = read({
        "Sheet1": [
            ["1.甲项目绩效目标表"],
            ["806001白杨街道办事处", None, None, None, None, None, "单位：万元"],
            ["项目编码", CODE, None, "项目名称", "甲项目"],
            ["预算规模及资金用途", "预算数", 165, "其中：财政资金", 165, "其他资金", 0],
            [None, "购置设备"],
            ["资金支出计划（%）", "3月底", None, "6月底", "10月底", "12月底"],
            [None, 0.1, None, 0.3, 0.6, 1],
            ["绩效目标", "1.完成购置\n2.投入使用"],
            [],
            ["一级指标", "二级指标", "三级指标", "绩效指标描述", None, "指标值", "指标值确定依据"],
            ["产出指标", "数量指标", "购置数量", "台数", None, "≥10台", "计划"],
            [None, None, "购置批次", None, None, "2批", "计划"],
        ]
    })  # fmt: skip
    (project,) = found.draft.document.projects
    assert (project.unit, project.code, project.name) == (Unit("806001", "白杨街道办事处"), CODE, "甲项目")
    assert (project.budget, project.fund_use, project.goals) == ("165", "购置设备", ("完成购置", "投入使用"))
    assert project.spending_plan == ("0.1", "0.3", "0.6", "1")
    assert rows_of(found) == [
        ("产出指标", "数量指标", "购置数量", "≥10台"),
        ("产出指标", "数量指标", "购置批次", "2批"),
    ]


def test_a_sheet_of_notes_behind_the_text_does_not_become_part_of_it(read: Callable[..., Imported]) -> None:
    text = [["一、总体绩效目标"], ["2026年完成任务。"], ["三、工作保障措施"], ["（一）加强领导。"]]
    document = read({"文本": text, "说明": [["请于月底前报送"]]}).draft.document
    assert (document.year, [item.heading for item in document.safeguards.items]) == (2026, ["加强领导。"])
    assert document.unplaced == ("工作表「说明」\n请于月底前报送",)


def test_hidden_sheets_are_left_out_and_said_so(read: Callable[..., Imported]) -> None:
    def hide(made: Workbook) -> None:
        made["旧"].sheet_state = "hidden"

    sheet = [["项目名称", "一级指标", "三级指标", "指标值"], ["甲", "产出指标", "次数", "3次"]]
    found = read({"新": sheet, "旧": [*sheet, ["乙", "产出指标", "次数", "1次"]]}, hide)
    assert len(found.draft.document.projects) == 1
    assert any("「旧」是隐藏的" in note.text for note in found.report.of(Kind.HINT))


def test_a_formula_without_its_result_is_pointed_out(read: Callable[..., Imported]) -> None:
    header = ["项目名称", "一级指标", "三级指标", "指标值"]
    found = read({"Sheet1": [header, ["甲", "产出指标", "次数", "=1+2"]]})
    assert rows_of(found)[0][3] == ""
    assert any("D2" in note.text and "公式" in note.text for note in found.report.of(Kind.HINT))
